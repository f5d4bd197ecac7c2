//! The commands of import and export.
use super::{
    guess::Mapping,
    preview::{Preview, Wish, preview},
    why::RowError,
    write::{Imported, Order, import},
};
use crate::commands::Call;
use crate::export::{Format, export, sheet::csv};
use domain::{Client, Id};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use store::Repository;

use super::fields::{Kind, What};

/// The name and size of a file that is coming in.
#[derive(Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub size: usize,
}

/// By what a file on its way in is asked for.
#[derive(Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Its token.
    pub token: String,
}

/// What a look at a file is to understand it as.
#[derive(Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The file.
    pub token: String,
    /// What its rows are, if they are of a kind.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Else the table whose rows they are.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub table: Option<String>,
    /// The client of rows that name none.
    #[serde(default)]
    pub client_id: Option<Id<Client>>,
    /// The field of each column; none to be guessed.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// Whether scrap is counted inside defective.
    #[serde(default)]
    pub scrap_inside: Option<bool>,
}

/// How a file is to go in.
#[derive(Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// The file.
    pub token: String,
    /// What its rows are, if they are of a kind.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Else the table whose rows they are.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub table: Option<String>,
    /// The client of rows that name none.
    #[serde(default)]
    pub client_id: Option<Id<Client>>,
    /// The field of each column; none to be guessed.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// Whether scrap is counted inside defective.
    #[serde(default)]
    pub scrap_inside: Option<bool>,
    /// Whether rows with errors are left out, or stop the whole.
    #[serde(default)]
    pub without_errors: bool,
}

/// What is to go out.
#[derive(Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// What its rows are, if they are of a kind.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Else the table whose rows they are.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub table: Option<String>,
    /// Only this client.
    #[serde(default)]
    pub client_id: Option<Id<Client>>,
    /// In which form.
    pub format: Format,
}

/// Takes a file in; its pieces follow by `chunk`.
pub fn import_begin(at: &Call<'_>, input: Begin) -> store::Result<Token> {
    Ok(Token { token: at.desk.begin(at.repo.session(), &input.name, input.size)? })
}

/// Looks at a file without changing anything.
pub fn import_preview(at: &Call<'_>, input: Look) -> store::Result<Preview> {
    let upload = at.desk.get(at.repo.session(), &input.token)?;
    let sheet = upload.sheet()?;
    let Look { token, kind, table, client_id, mapping, scrap_inside } = input;
    let wish = Wish { what: What::of(kind, table.as_deref())?, client_id, mapping, scrap_inside };
    let mut progress = |done, total| {
        (at.tell)(&token, done, total);
        upload.wanted()
    };
    let (view, errors) = at.repo.read(|r| preview(r, &sheet, &wish, &mut progress))?;
    upload.keep_errors(errors);
    Ok(view)
}

/// Brings a file in, and takes it off the desk.
pub fn import_confirm(at: &Call<'_>, input: Confirm) -> store::Result<Imported> {
    let upload = at.desk.get(at.repo.session(), &input.token)?;
    let sheet = upload.sheet()?;
    let Confirm { token, kind, table, client_id, mapping, scrap_inside, without_errors } = input;
    let wish = Wish { what: What::of(kind, table.as_deref())?, client_id, mapping, scrap_inside };
    let order = Order { sheet: &sheet, name: &upload.name, wish: &wish, without_errors };
    let mut progress = |done, total| {
        (at.tell)(&token, done, total);
        upload.wanted()
    };
    let imported = at.repo.write(|w| import(w, &order, &mut progress))?;
    at.desk.drop_file(&token);
    Ok(imported)
}

/// The errors of the last look at a file, as CSV.
pub fn import_errors(at: &Call<'_>, input: Token) -> store::Result<String> {
    Ok(errors_file(&at.desk.get(at.repo.session(), &input.token)?.errors()))
}

/// Gives a file up.
pub fn import_cancel(at: &Call<'_>, input: Token) -> store::Result<()> {
    Ok(at.desk.cancel(at.repo.session(), &input.token)?)
}

/// Rows of the clients in scope, as a file; that they went out is on the record.
pub fn export_rows(repo: &Repository<'_>, input: Export) -> store::Result<String> {
    let Export { kind, table, client_id, format } = input;
    let what = What::of(kind, table.as_deref())?;
    let text = repo.read(|r| export(r, what, client_id, format))?;
    let of_plant = matches!(what, What::Table(rows) if crate::tables::of_plant(rows));
    let all = if of_plant { "the plant" } else { "all clients in scope" };
    let whose = client_id.map_or_else(|| all.into(), |id| format!("client {id}"));
    repo.store().record(repo.session(), "export", &format!("{} of {whose}", what.word()))?;
    Ok(text)
}

/// Errors as CSV: row, field, value, reason.
pub fn errors_file(errors: &[RowError]) -> String {
    let header = ["row", "field", "value", "reason"].map(Cow::Borrowed).to_vec();
    let text = |t: &Option<String>| Cow::Owned(t.clone().unwrap_or_default());
    let row = |e: &RowError| {
        vec![Cow::Owned(e.row.to_string()), text(&e.field), text(&e.value), Cow::Owned(e.message.clone())]
    };
    csv(header, errors.iter().map(row))
}
