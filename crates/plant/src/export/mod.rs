//! Rows go out as files, in the columns that import takes.

mod floor;
mod names;
pub mod sheet;
mod workbook;

use crate::import::fields::{Kind, What};
use base64::prelude::{BASE64_STANDARD, Engine};
use domain::{Client, Code, Fault, Id, Verb, words};
use sheet::Sheet;
use store::Reader;

words! {
    /// The form of an exported file.
    Format {
        /// Separated by commas, for spreadsheets.
        Csv = "csv",
        /// A list of objects, for programs.
        Json = "json",
        /// A workbook, for spreadsheets; its bytes are told in base64.
        Xlsx = "xlsx",
    }
}

/// The rows of one client, or of every client in scope; of the plant's own tables, what the person may know of.
pub fn export(
    r: &Reader<'_>,
    what: impl Into<What>,
    client: Option<Id<Client>>,
    format: Format,
) -> store::Result<String> {
    let (what, session) = (what.into(), r.session());
    session.may(Verb::Export, what.group())?;
    if client.is_some_and(|id| !session.covers(id)) {
        return Err(Fault::new(Code::Missing).into());
    }
    what.goes_with(client)?;
    let mut sheet = Sheet::of(what);
    if let What::Table(rows) = what
        && crate::tables::of_plant(rows)
    {
        crate::tables::write_out(r, rows, None, format, &mut sheet)?;
        return written(&sheet, format);
    }
    for c in session.clients().iter().filter(|c| client.is_none_or(|id| id == c.id)) {
        match what {
            What::Kind(Kind::Production) => floor::production(r, c, &mut sheet)?,
            What::Kind(Kind::Downtime) => floor::stops(r, c, &mut sheet)?,
            What::Kind(Kind::Line) => names::lines(r, c, &mut sheet)?,
            What::Kind(Kind::Product) => names::products(r, c, &mut sheet)?,
            What::Table(rows) => crate::tables::write_out(r, rows, Some(c), format, &mut sheet)?,
        }
    }
    written(&sheet, format)
}

fn written(sheet: &Sheet, format: Format) -> store::Result<String> {
    Ok(match format {
        Format::Csv => sheet.csv(),
        Format::Json => sheet.json(),
        Format::Xlsx => BASE64_STANDARD.encode(sheet.xlsx()?),
    })
}
