//! Every row is the fold of its changes.
use super::{Check, Place, Steps};
use crate::{Result, repository::act, session::ClientRef};
use domain::{
    Column, Id, Kind, Shape, Value, logged,
    merge::{Decided, Fate, Folded, Verdict, Versions, Write, apply, fold},
};
use rusqlite::{Connection, OptionalExtension, types::ValueRef};

const CHANGES: &str = "SELECT c.kind, c.record, c.op, c.act, c.patch, c.base, n.decision, n.seq, n.fates, n.stream
    FROM confirmation n CROSS JOIN change c ON c.client_id = n.client_id AND c.op = n.op
    WHERE n.client_id = ?1 ORDER BY c.kind, c.record, n.seq";

/// One record of one client, as its changes make it.
struct Record {
    shape: &'static Shape,
    id: [u8; 16],
    row: Option<Folded>,
}

/// Folds every client's log and compares it with the rows.
pub(super) fn fold_all(c: &Connection, clients: &[ClientRef], check: &mut Check, steps: &mut Steps<'_>) -> Result<()> {
    for client in clients {
        let mut stmt = c.prepare_cached(CHANGES)?;
        let mut rows = stmt.query([client.id.bytes().as_slice()])?;
        let mut record: Option<Record> = None;
        while let Some(r) = rows.next()? {
            steps.step();
            let (kind, id): (u8, [u8; 16]) = (r.get(0)?, r.get(1)?);
            let Some(shape) = logged().find(|s| s.number == kind) else {
                check.report(place("no_such_table", "change", client, Some(r.get::<_, i64>(7)?.to_string())));
                continue;
            };
            if record.as_ref().is_none_or(|o| o.id != id || o.shape.number != kind) {
                finish(c, client, record.replace(Record { shape, id, row: None }), check)?;
            }
            let decision: i64 = r.get(6)?;
            if let Some(Record { row, .. }) = &mut record {
                let done = match r.get::<_, Option<Vec<u8>>>(9)? {
                    Some(_) => as_decided(shape, row.take(), r, decision)?,
                    None => write(shape.columns, r)?.map(|w| fold(shape, row.take(), &w)),
                };
                let decided = done.as_ref().map(|d| i64::from(d.1.number()));
                if decided != Some(decision) {
                    let at = Some(Id::<()>::from_bytes(id).to_string());
                    check.report(place("decided", shape.table, client, at));
                }
                *row = done.and_then(|d| d.0);
            }
        }
        finish(c, client, record, check)?;
        strangers(c, client, check)?;
    }
    Ok(())
}

/// The fold of a change that a hub decided; nothing is decided anew.
fn as_decided(
    shape: &Shape,
    row: Option<Folded>,
    r: &rusqlite::Row<'_>,
    decision: i64,
) -> Result<Option<(Option<Folded>, Verdict)>> {
    let fates = r.get::<_, Option<String>>(8)?.unwrap_or_default();
    let verdict = u8::try_from(decision).ok().and_then(Verdict::of_number);
    let (Some(write), Some(verdict), Some(fates)) = (write(shape.columns, r)?, verdict, Fate::of_text(&fates)) else {
        return Ok(None);
    };
    Ok(Some((apply(row, &write, &Decided { verdict, fates }, shape), verdict)))
}

fn place(what: &'static str, table: &str, client: &ClientRef, row: Option<String>) -> Place {
    Place { what, table: table.into(), client: Some(client.code.clone()), row, detail: None }
}

/// A change with its columns as numbers; none where it cannot be read.
fn write(columns: &[Column], r: &rusqlite::Row<'_>) -> Result<Option<Write>> {
    let Some(act) = act(r.get(3)?) else { return Ok(None) };
    let op = Id::from_bytes(r.get(2).unwrap_or_default());
    Ok(Write::read(columns, op, act, &r.get::<_, String>(4)?, &r.get::<_, String>(5)?))
}

/// Compares a folded record with its row.
fn finish(c: &Connection, client: &ClientRef, record: Option<Record>, check: &mut Check) -> Result<()> {
    let Some(Record { shape, id, row: wanted }) = record else { return Ok(()) };
    check.looked_at += 1;
    let row = Some(Id::<()>::from_bytes(id).to_string());
    let (Some(wanted), stored) = (wanted, stored(c, shape, client, id)?) else {
        check.report(place("unfounded", shape.table, client, row));
        return Ok(());
    };
    let Some(stored) = stored else {
        check.report(place("row_lost", shape.table, client, row));
        return Ok(());
    };
    if let Some(column) = differs(shape.columns, &wanted, &stored) {
        let detail = Some(column.to_string());
        check.report(Place { detail, ..place("row_differs", shape.table, client, row) });
    }
    Ok(())
}

/// The first column that is not what the log says.
fn differs(columns: &[Column], wanted: &Folded, stored: &Folded) -> Option<&'static str> {
    let values = wanted.values.iter().zip(&stored.values);
    let column = columns.iter().zip(values).find(|(_, (w, s))| !alike(w, s)).map(|(c, _)| c.name);
    let gone = (wanted.gone != stored.gone).then_some("gone_at");
    let versions = || (0..columns.len()).all(|i| wanted.versions.column(i) == stored.versions.column(i));
    column.or(gone).or_else(|| (!versions()).then_some("ver"))
}

/// Equal; a fraction may have lost its last bit on its way through text.
fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Real(x), Value::Real(y)) => (x - y).abs() <= 4.0 * f64::EPSILON * x.abs().max(y.abs()),
        _ => a == b,
    }
}

/// The row as the order of the log makes it: under one's own changes, where some wait.
fn stored(c: &Connection, shape: &Shape, client: &ClientRef, id: [u8; 16]) -> Result<Option<Folded>> {
    let sql = "SELECT row FROM shade WHERE client_id = ?1 AND kind = ?2 AND record = ?3";
    let whose = client.id.bytes();
    let values = rusqlite::params![whose.as_slice(), shape.number, id.as_slice()];
    let under: Option<Option<String>> = c.prepare_cached(sql)?.query_row(values, |r| r.get(0)).optional()?;
    match under {
        Some(text) => Ok(text.and_then(|t| Folded::of_text(shape.columns, &t))),
        None => in_table(c, shape, client, id),
    }
}

fn in_table(c: &Connection, shape: &Shape, client: &ClientRef, id: [u8; 16]) -> Result<Option<Folded>> {
    let names: String = shape.columns.iter().map(|c| format!("{}, ", c.name)).collect();
    let sql = format!("SELECT {names}gone_at, ver FROM main.{} WHERE client_id = ?1 AND id = ?2", shape.table);
    let n = shape.columns.len();
    let found = c.prepare_cached(&sql)?.query_row([client.id.bytes(), id], |r| {
        let values = shape.columns.iter().enumerate().map(|(i, c)| Ok(value(c.kind, r.get_ref(i)?)));
        let versions = Versions::of_bytes(r.get(n + 1)?).unwrap_or_else(|| Versions::created(Id::from_bytes([0; 16])));
        let gone = r.get::<_, Option<i64>>(n)?.is_some();
        Ok(Folded::of(values.collect::<rusqlite::Result<_>>()?, versions, gone))
    });
    Ok(found.optional()?)
}

/// The value of a column; nothing where it is of no kind a column has.
fn value(kind: Kind, v: ValueRef<'_>) -> Value {
    match (kind, v) {
        (_, ValueRef::Integer(n)) => Value::Int(n),
        (_, ValueRef::Real(x)) => Value::Real(x),
        (_, ValueRef::Text(t)) => Value::Text(String::from_utf8_lossy(t).into()),
        (Kind::Id, ValueRef::Blob(b)) => b.try_into().map_or(Value::Null, Value::Id),
        _ => Value::Null,
    }
}

/// Rows that no change has made.
fn strangers(c: &Connection, client: &ClientRef, check: &mut Check) -> Result<()> {
    for shape in logged() {
        let sql = format!(
            "SELECT id FROM main.{} t WHERE client_id = ?1 AND NOT EXISTS
             (SELECT 1 FROM change c WHERE c.client_id = ?1 AND c.record = t.id AND c.kind = ?2)",
            shape.table
        );
        let mut stmt = c.prepare_cached(&sql)?;
        let mut rows = stmt.query(rusqlite::params![client.id.bytes().as_slice(), shape.number])?;
        while let Some(r) = rows.next()? {
            let row = Some(Id::<()>::from_bytes(r.get(0)?).to_string());
            check.report(place("unlogged", shape.table, client, row));
        }
    }
    Ok(())
}
