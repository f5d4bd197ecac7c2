//! How many rows a client may still bring today, counted once a transaction.
use super::{Reader, cell::key};
use crate::Result;
use domain::{
    Client, Code, Entity, Fault, Group, Id, Value,
    change::{Act, Op},
};
use std::collections::{HashMap, hash_map::Entry};

/// The limit and what is left of it, by client; none where there is no limit.
#[derive(Default)]
pub(super) struct Room(HashMap<Id<Client>, Option<(i64, i64)>>);

impl Room {
    /// Takes the place of one new row of the floor.
    pub(super) fn take<E: Entity>(&mut self, r: &Reader<'_>, client: Id<Client>) -> Result<()> {
        if E::GROUP != Group::Floor {
            return Ok(());
        }
        let room = match self.0.entry(client) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(left(r, client)?),
        };
        match room {
            Some((limit, left)) if *left <= 0 => Err(Fault::new(Code::RowLimit).with("value", limit).into()),
            Some((_, left)) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// The client's limit, and what the last 24 hours have left of it.
fn left(r: &Reader<'_>, client: Id<Client>) -> Result<Option<(i64, i64)>> {
    let Some(limit) = r.setting(client)?.rows_a_day else { return Ok(None) };
    let since = Id::<Op>::at(r.now().0 - 86_400_000, [0; 10]);
    let create = Act::ALL.iter().position(|a| *a == Act::Create).map_or(0, |i| i as i64 + 1);
    let sql = "SELECT count(*) FROM change WHERE client_id = ?1 AND op > ?2 AND act = ?3";
    let values = [key(client), Value::Id(since.bytes()), Value::Int(create)];
    let made = r.first(sql, &values, |row| row.get::<i64>(0))?.unwrap_or(0);
    Ok(Some((limit, limit - made)))
}
