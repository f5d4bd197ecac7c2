//! What other people write meanwhile.
use super::made::{Made, TODAY};
use domain::{Id, ProductionEntry};
use store::{Store, values};

/// Somebody who corrects one entry after the other, on another connection.
pub(crate) struct Others<'m> {
    made: &'m Made,
    entries: Vec<(usize, Id<ProductionEntry>)>,
    next: usize,
}

impl<'m> Others<'m> {
    /// Corrects entries of the last days, client by client.
    pub(crate) fn of(made: &'m Made) -> store::Result<Self> {
        let repo = made.store.repository(&made.admin)?;
        let mut entries = vec![];
        for place in 0..made.admin.clients().len() {
            let client = made.client(place);
            let sql = "SELECT e.id FROM line_shift l JOIN production_entry e ON e.client_id = l.client_id
                AND e.line_shift_id = l.id WHERE l.client_id = ?1 AND e.client_id = ?1 AND l.day >= ?2 LIMIT 20";
            let found =
                repo.read_of(&[client], |r| r.select(sql, values![client, TODAY.plus(-3)], |row| row.get(0)))?;
            entries.extend(found.into_iter().map(|id| (place, id)));
        }
        Ok(Others { made, entries, next: 0 })
    }
    /// One correction, committed.
    pub(crate) fn commit(&mut self) -> store::Result<()> {
        let (place, id) = self.entries[self.next * 7 % self.entries.len()];
        self.next += 1;
        correct(&self.made.other, self.made, place, id)
    }
}

/// Changes the units of an entry of a closed shift, with a reason.
pub(crate) fn correct(at: &Store, made: &Made, place: usize, id: Id<ProductionEntry>) -> store::Result<()> {
    let client = made.client(place);
    at.repository(&made.admin)?.write(|w| {
        w.because(Some("recount".into()));
        let old: ProductionEntry = w.get(client, id)?;
        let produced = old.produced.map(|n| if n % 2 == 0 { n + 1 } else { n - 1 });
        w.put(&ProductionEntry { produced, ..old }).map(|_| ())
    })
}
