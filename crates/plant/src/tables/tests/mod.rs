//! Tables go out and come in again.
mod again;
mod pool;
mod refused;
mod rows;
mod whole;
mod workbook;

pub(super) use crate::import::tests::{Plant, counts, told, wish};
use crate::{
    export::Format,
    import::{fields::What, preview::Wish},
};
use domain::{Client, Id};
use store::Session;

/// A file of a table.
pub(super) fn of(table: &str) -> Wish {
    wish(What::of(None, Some(table)).unwrap())
}

/// The file goes to this client, whatever it says.
pub(super) fn into(table: &str, header: &str, client: Id<Client>) -> Wish {
    let field = |c: &str| (c.to_string(), Some(c.to_string()).filter(|c| c != "client"));
    Wish { client_id: Some(client), mapping: Some(header.split(',').map(field).collect()), ..of(table) }
}

impl Plant {
    /// One client's rows of a table, without the client's code.
    pub(super) fn table_of(&self, who: &Session, table: &str, client: Id<Client>) -> Vec<String> {
        let repo = self.store.repository(who).unwrap();
        let what = What::of(None, Some(table)).unwrap();
        let text = repo.read(|r| crate::export::export(r, what, Some(client), Format::Csv)).unwrap();
        text.lines().map(|line| line.split_once(',').unwrap_or((line, "")).1.to_string()).collect()
    }
    /// How many changes the log holds.
    pub(super) fn changes(&self) -> i64 {
        let repo = self.store.repository(&self.admin).unwrap();
        repo.read(|r| r.first("SELECT count(*) FROM change", &[], |row| row.get(0))).unwrap().unwrap_or(0)
    }
}
