//! Who takes a step, and that the client can read his name.
use super::{Writer, known};
use crate::{Result, error::missing};
use domain::{Client, Entity, Id, author_row, change::Act, workflow::Actor};

impl Writer<'_> {
    /// A row that names people finds the author's name there already.
    pub(super) fn sign_first<E: Entity>(&mut self, client: Id<Client>) -> Result<()> {
        let names_people = E::COLUMNS.iter().any(|c| c.refers == Some(domain::Author::TABLE));
        if names_people { self.sign(client) } else { Ok(()) }
    }
    /// Sees to it that the client can read the author's name.
    pub(super) fn sign(&mut self, client: Id<Client>) -> Result<()> {
        // The plant's log tells nobody who books: that would tell for whom.
        if client == Client::PLANT || !self.authors.insert(client) {
            return Ok(());
        }
        let (user, name) = (self.session().user(), self.session().display_name().to_string());
        let row = author_row(client, user, name);
        match self.current(client, row.id)? {
            None => self.insert(&row, Act::Create),
            Some(old) if old.values != row.values() => {
                let before = domain::Author::of(client, row.id, old.values.clone()).ok_or_else(missing)?;
                self.write(&row, &before, old, &[0])
            }
            Some(_) => Ok(()),
        }
    }
    /// A row goes from step to step as its work does; taking a step back is no step.
    pub(super) fn guard_step<E: Entity>(&self, before: Option<&E>, row: &E) -> Result<()> {
        if self.undoes.is_some() {
            return Ok(());
        }
        let by = Actor {
            user: self.session().user().cast(),
            role: self.session().role(),
            now: self.now(),
            reason: self.reason.as_deref(),
            knows: &|what| Ok(known::knows(self, row.client(), what)?),
        };
        Ok(E::step(before, row, &by)?)
    }
}
