//! A table goes out, row by row.
use super::{book::Book, called, keys};
use crate::export::{Format, sheet::Sheet};
use domain::{Client, Column, Day, Kind, Value, entities::Shape as Rows, fault::phrase};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::{ClientRef, Reader};

/// Adds a client's rows of a table, in the order of what makes them up; the plant's own where there is no client.
pub(crate) fn write_out(
    r: &Reader<'_>,
    rows: &'static Rows,
    client: Option<&ClientRef>,
    format: Format,
    sheet: &mut Sheet,
) -> store::Result<()> {
    let mut book = Book::of(r, client.map_or(Client::PLANT, |c| c.id));
    book.open(rows)?;
    let language = (format == Format::Csv).then(|| r.session().language());
    let mut all = vec![];
    for record in book.records(rows)? {
        let cell = |(c, v): (&'static Column, &Value)| (called(c), cell(&book, c, v, language));
        let columns = rows.columns.iter().zip(&record.values).filter(|(c, _)| !keys::left_out(c));
        let mut row: Vec<(&'static str, Json)> = columns.map(cell).collect();
        row.extend(client.map(|c| ("client", Json::from(c.code.as_str()))));
        all.push((order(rows, &row), row));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().for_each(|(_, row)| sheet.push(row));
    Ok(())
}

/// One value as people read it; without a language as programs do.
fn cell(book: &Book<'_, '_>, column: &Column, value: &Value, language: Option<&str>) -> Json {
    match value {
        Value::Id(id) => {
            let names = column.refers.and_then(|table| book.names(table));
            names.map(|n| n.text(*id)).filter(|text| !text.is_empty()).map_or(Json::Null, Json::from)
        }
        value => plain(column, value, language),
    }
}

/// A value that points to no row.
pub(super) fn plain(column: &Column, value: &Value, language: Option<&str>) -> Json {
    match (column.kind, value) {
        (Kind::Bool, Value::Int(n)) => truth(*n != 0, language),
        (Kind::Day, Value::Int(n)) => i32::try_from(*n).map_or(Json::Null, |d| Day(d).to_string().into()),
        (_, Value::Text(text)) if text.is_empty() => Json::Null,
        (_, value) => value.to_json(),
    }
}

fn truth(yes: bool, language: Option<&str>) -> Json {
    let word = if yes { "file.yes" } else { "file.no" };
    language.map_or(Json::Bool(yes), |l| phrase(l, word, &BTreeMap::new()).into())
}

/// First what makes up the row, then the rest: the same on every PC.
fn order(rows: &Rows, row: &[(&'static str, Json)]) -> Vec<String> {
    let text = |value: &Json| match value {
        Json::Number(n) => format!("{:024.6}", n.as_f64().unwrap_or(0.0)),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let of = |name: &str| rows.columns.iter().find(|c| c.name == name).map(called);
    let key = keys::key(rows).iter().filter_map(|name| of(name));
    let found = key.filter_map(|name| row.iter().find(|(n, _)| *n == name)).map(|(_, v)| text(v));
    found.chain(row.iter().map(|(_, v)| text(v))).collect()
}
