//! The codes people use, instead of ids.

use super::{
    as_of::word_key,
    group::{GroupKey, KeyPart},
    grouping::Grouping,
    people,
};
use domain::{Client, Id, elements::Key};
use std::collections::{BTreeMap, HashMap};
use store::{Reader, Result, values};

/// What stands where there is no product, operation or order.
const NONE: &str = "—";

/// Codes that were looked up.
pub(super) struct Labels<'a, 'c> {
    reader: &'a Reader<'c>,
    known: HashMap<(&'static str, Key), String>,
    departments: HashMap<Key, HashMap<Key, String>>,
}

impl<'a, 'c> Labels<'a, 'c> {
    /// No code is known yet.
    pub(super) fn new(reader: &'a Reader<'c>) -> Self {
        Labels { reader, known: HashMap::new(), departments: HashMap::new() }
    }

    /// The code of a row of a client, removed ones too.
    pub(super) fn code(&mut self, table: &'static str, client: Key, id: Option<Key>) -> Result<String> {
        let Some(id) = id.filter(|id| *id != Key::default()) else { return Ok(NONE.into()) };
        if let Some(code) = self.known.get(&(table, id)) {
            return Ok(code.clone());
        }
        let sql = format!("SELECT code FROM {table}_all WHERE client_id = ?1 AND id = ?2");
        let key = |id: Key| -> Id<Client> { Id::from_bytes(id) };
        let code = self.reader.first(&sql, values![key(client), key(id)], |row| row.get::<String>(0))?;
        let code = code.unwrap_or_else(|| NONE.into());
        self.known.insert((table, id), code.clone());
        Ok(code)
    }

    /// The name of a department from the key that stands for it.
    fn department(&mut self, client: Key, key: Key) -> Result<String> {
        if !self.departments.contains_key(&client) {
            let sql = "SELECT DISTINCT department FROM employee_all WHERE client_id = ?1 AND department IS NOT NULL";
            let names = self.reader.select(sql, &[domain::Value::Id(client)], |row| row.get::<String>(0))?;
            let keyed = |name: String| Some((people::department(client, Some(&name))?, name));
            self.departments.insert(client, names.into_iter().filter_map(keyed).collect());
        }
        let name = self.departments.get(&client).and_then(|names| names.get(&key));
        Ok(name.cloned().unwrap_or_else(|| NONE.into()))
    }

    /// The word a key stands for, among those of a client's orders.
    fn word(&mut self, column: &'static str, client: Key, key: Key) -> Result<String> {
        if key == Key::default() {
            return Ok(NONE.into());
        }
        if !self.known.contains_key(&(column, key)) {
            let sql = format!(
                "SELECT DISTINCT CAST({column} AS TEXT) FROM kpi_order WHERE client_id = ?1 AND {column} IS NOT NULL"
            );
            let client_id: Id<Client> = Id::from_bytes(client);
            let words = self.reader.select(&sql, values![client_id], |row| row.get::<String>(0))?;
            self.known.extend(words.into_iter().map(|word| ((column, word_key(client, &word)), word)));
        }
        Ok(self.known.get(&(column, key)).cloned().unwrap_or_else(|| NONE.into()))
    }

    /// The words of a group and its ids: `by` and `keys` of an answer's row.
    pub(super) fn of(&mut self, by: &[Grouping], key: &GroupKey) -> Result<(Words, Words)> {
        let (mut words, mut keys) = (Words::new(), Words::new());
        for (grouping, part) in by.iter().zip(&key.0) {
            let (word, id) = self.part(*grouping, *part)?;
            words.insert(grouping.word().into(), word);
            keys.insert(grouping.word().into(), id);
            if let KeyPart::Row(client, _) = part {
                keys.entry("client".into()).or_insert_with(|| text(*client));
            }
        }
        Ok((words, keys))
    }

    fn part(&mut self, grouping: Grouping, part: KeyPart) -> Result<(String, String)> {
        Ok(match (grouping, part) {
            (Grouping::Week, KeyPart::Time(day)) => (day.week(), day.to_string()),
            (Grouping::Month, KeyPart::Time(day)) => (day.month(), day.to_string()),
            (_, KeyPart::Time(day)) => {
                let text = day.to_string();
                (text.clone(), text)
            }
            (Grouping::Department, KeyPart::Row(client, key)) => {
                let name = self.department(client, key)?;
                // A department is its name: that is what a filter asks for.
                (name.clone(), if key == Key::default() { String::new() } else { name })
            }
            (Grouping::CustomerPo, KeyPart::Row(client, id)) => (self.word("customer_po", client, id)?, text(id)),
            (Grouping::Priority, KeyPart::Row(client, id)) => (self.word("priority", client, id)?, text(id)),
            (_, KeyPart::Row(client, id)) => (self.code(table(grouping), client, Some(id))?, text(id)),
        })
    }
}

/// Names with words.
pub(super) type Words = BTreeMap<String, String>;

fn text(id: Key) -> String {
    Id::<Client>::from_bytes(id).to_string()
}

/// The table whose codes a grouping shows.
const fn table(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Line => "line",
        Grouping::Shift => "shift",
        Grouping::Product => "product",
        Grouping::Operation | Grouping::Step => "operation",
        Grouping::Job => "job",
        Grouping::Equipment => "equipment",
        Grouping::Order => "work_order",
        // Departments, order numbers and priorities are words of their own and in no table of codes.
        Grouping::Client
        | Grouping::Department
        | Grouping::CustomerPo
        | Grouping::Priority
        | Grouping::Day
        | Grouping::Week
        | Grouping::Month => "client",
    }
}
