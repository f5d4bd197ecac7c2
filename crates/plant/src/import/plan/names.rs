//! What a file of lines or products would change.
use super::{
    super::{
        check::Errors,
        rows::Named,
        why::{RowError, Why},
    },
    Plan,
    book::{Book, Fresh},
    standards::{Said, Standards},
};
use domain::{Basis, Client, Day, Id};

/// Plans lines: those whose code is here must say the same.
pub(super) fn lines(rows: &[Named], book: &mut Book, plan: &mut Plan, errors: &mut Errors, fresh: Fresh<'_>) {
    for row in rows {
        match line(row, book, fresh) {
            Ok((client, new)) => plan.count(client, new),
            Err(error) => errors.add([error]),
        }
    }
}

/// Plans products with their standards.
pub(super) fn products(rows: &[Named], book: &mut Book, plan: &mut Plan, errors: &mut Errors, fresh: Fresh<'_>) {
    let mut standards = Standards::default();
    for row in rows {
        match product(row, book, &mut standards, fresh) {
            Ok((client, new)) => plan.count(client, new),
            Err(error) => errors.add([error]),
        }
    }
    plan.standards = standards.rows();
}

fn line(row: &Named, book: &mut Book, fresh: Fresh<'_>) -> Result<(Id<Client>, bool), RowError> {
    let known = book.client(row.row, &row.client, fresh)?;
    if let Some(id) = known.lines.get(&row.code) {
        if let Some((name, basis)) = known.line_names.get(&id) {
            agree(row, "name", row.name.as_deref(), name)?;
            agree(row, "basis", row.basis.map(Basis::word), basis.word())?;
        }
        return Ok((known.client, false));
    }
    let id = known.line(&row.code, row.basis.unwrap_or(Basis::Labour));
    let name = row.name.as_deref().unwrap_or(&row.code).to_string();
    if let Some(new) = known.lines.new.last_mut() {
        new.name.clone_from(&name);
    }
    known.line_names.insert(id, (name, row.basis.unwrap_or(Basis::Labour)));
    Ok((known.client, true))
}

fn product(
    row: &Named,
    book: &mut Book,
    standards: &mut Standards,
    fresh: Fresh<'_>,
) -> Result<(Id<Client>, bool), RowError> {
    let known = book.client(row.row, &row.client, fresh)?;
    let here = known.products.get(&row.code);
    let product = match here {
        Some(id) => {
            agree(row, "name", row.name.as_deref(), known.product_names.get(&id).map_or("", String::as_str))?;
            id
        }
        None => known.product(&row.code),
    };
    if here.is_none() {
        let name = row.name.as_deref().unwrap_or(&row.code).to_string();
        if let Some(new) = known.products.new.last_mut() {
            new.name.clone_from(&name);
        }
        known.product_names.insert(product, name);
    }
    let Some(minutes) = row.standard else { return Ok((known.client, here.is_none())) };
    // A standard without a day has always held.
    let day = row.valid_from.unwrap_or(Day(0));
    let said = Said { row: row.row, product, operation: None, day, minutes };
    let new = standards.take(known, &said, true)?;
    Ok((known.client, new || here.is_none()))
}

fn agree(row: &Named, field: &str, says: Option<&str>, here: &str) -> Result<(), RowError> {
    match says {
        Some(says) if says != here => {
            Err(RowError::new(row.row, Why::DiffersHere).at(field).value(says).with("here", here))
        }
        _ => Ok(()),
    }
}
