//! Rows go out as files, in the columns that import takes.

mod floor;
mod names;
pub mod sheet;

use crate::import::fields::Kind;
use domain::{Client, Code, Fault, Group, Id, Verb, words};
use sheet::Sheet;
use store::Reader;

words! {
    /// The form of an exported file.
    Format {
        /// Separated by commas, for spreadsheets.
        Csv = "csv",
        /// A list of objects, for programs.
        Json = "json",
    }
}

/// The rows of one client, or of every client in scope.
pub fn export(r: &Reader<'_>, kind: Kind, client: Option<Id<Client>>, format: Format) -> store::Result<String> {
    let session = r.session();
    session.may(Verb::Export, Group::Floor)?;
    if client.is_some_and(|id| !session.covers(id)) {
        return Err(Fault::new(Code::Missing).into());
    }
    let mut sheet = Sheet::of(kind);
    for c in session.clients().iter().filter(|c| client.is_none_or(|id| id == c.id)) {
        match kind {
            Kind::Production => floor::production(r, c, &mut sheet)?,
            Kind::Downtime => floor::stops(r, c, &mut sheet)?,
            Kind::Line => names::lines(r, c, &mut sheet)?,
            Kind::Product => names::products(r, c, &mut sheet)?,
        }
    }
    Ok(match format {
        Format::Csv => sheet.csv(),
        Format::Json => sheet.json(),
    })
}
