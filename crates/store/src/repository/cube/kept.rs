//! Days of clients as they were worked out for a question, kept until somebody writes to them.
use super::Revs;
use crate::{Result, repository::Reader, values};
use domain::{
    Client, Day, Id,
    elements::{Key, Sources},
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
};

/// So many numbers are kept for a person: 32 MB. What was not asked for longest goes first.
const ROOM: usize = 4_000_000;

/// What one group of a client's day comes to, in an order that who worked it out knows.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptGroup {
    /// The ids it is grouped by.
    pub keys: Vec<Key>,
    /// What it rests on.
    pub sources: Sources,
    /// Its sums.
    pub numbers: Box<[f64]>,
}

/// Whose days are kept, and how they are grouped.
type Shelf = (Id<Client>, String);
/// The groups of each day; a day that has none is kept, too.
type Days = BTreeMap<Day, Vec<KeptGroup>>;

/// The client and the groups of a question, with its first and last day.
#[derive(Clone, Copy)]
pub struct KeptAsk<'a> {
    /// The client.
    pub client: Id<Client>,
    /// Names how its days are grouped.
    pub by: &'a str,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
}

/// Days that were worked out for a person.
///
/// They are given out through a reader only, and only where this reader sees
/// the very sums they were worked out from: each client's sums have a number
/// that grows with every transaction, and each day has the number it was last
/// written with.
#[derive(Default)]
pub struct Kept(Mutex<Shelves>);

#[derive(Default)]
struct Shelves {
    epoch: i64,
    revs: Revs,
    days: HashMap<Shelf, (u64, Days)>,
    /// What alone is more than there is room for.
    too_many: HashSet<Shelf>,
    /// Grows with every question.
    turn: u64,
}

impl Kept {
    /// Gives the groups of each day of a period; days that are not kept are worked out first.
    ///
    /// None of them is given, and `false` told, where memory cannot answer: the period has too many groups, another
    /// question is just working days out, or memory knows of writes that this reader does not see.
    pub fn each(
        &self,
        r: &Reader<'_>,
        ask: KeptAsk<'_>,
        mut work_out: impl FnMut(Day, Day) -> Result<Vec<(Day, KeptGroup)>>,
        mut give: impl FnMut(Day, &KeptGroup),
    ) -> Result<bool> {
        let Some(mut shelves) = self.free() else { return Ok(false) };
        let shelf = (ask.client, ask.by.to_owned());
        if r.known.is_some() || !shelves.follow(r, ask.client)? || shelves.too_many.contains(&shelf) {
            return Ok(false);
        }
        shelves.turn += 1;
        let turn = shelves.turn;
        let (last, days) = shelves.days.entry(shelf.clone()).or_default();
        *last = turn;
        let missing = missing(days, ask.from, ask.to);
        for (from, to) in &missing {
            let (from, to) = (*from, *to);
            let worked_out = work_out(from, to)?;
            from.to(to).for_each(|day| drop(days.insert(day, Vec::new())));
            worked_out.into_iter().for_each(|(day, group)| days.entry(day).or_default().push(group));
        }
        days.range(ask.from..=ask.to).for_each(|(day, groups)| groups.iter().for_each(|group| give(*day, group)));
        if !missing.is_empty() {
            shelves.make_room(ROOM);
        }
        Ok(true)
    }
    /// The shelves, unless another question is at them.
    fn free(&self) -> Option<MutexGuard<'_, Shelves>> {
        match self.0.try_lock() {
            Ok(free) => Some(free),
            Err(TryLockError::Poisoned(left)) => {
                // A panic may have left half a day behind.
                let mut shelves = PoisonError::into_inner(left);
                *shelves = Shelves::default();
                self.0.clear_poison();
                Some(shelves)
            }
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl Shelves {
    /// Lets go of the days of a client that were written since, and of everything under new rights; tells whether
    /// what is left is as the reader sees it.
    fn follow(&mut self, r: &Reader<'_>, client: Id<Client>) -> Result<bool> {
        let epoch = r.session().0.epoch;
        if self.epoch != epoch {
            *self = Shelves { epoch, ..Shelves::default() };
        }
        let last = "SELECT rev FROM kpi_client_rev WHERE client_id = ?1";
        let rev = r.first(last, values![client], |row| row.get::<i64>(0))?.unwrap_or(0);
        let known = *self.revs.entry(client).or_insert(rev);
        if rev > known {
            let sql = "SELECT day FROM kpi_client_day WHERE client_id = ?2 AND rev > ?1";
            let written = r.select(sql, values![known, client], |row| row.get::<Day>(0))?;
            for (_, (_, days)) in self.days.iter_mut().filter(|((whose, _), _)| *whose == client) {
                written.iter().for_each(|day| drop(days.remove(day)));
            }
            self.revs.insert(client, rev);
        }
        Ok(rev >= known)
    }
    /// Lets go of the shelves nobody asked for longest, until there is room.
    fn make_room(&mut self, room: usize) {
        let mut taken: usize = self.days.values().map(|(_, days)| numbers(days)).sum();
        while taken > room {
            let oldest = self.days.iter().min_by_key(|(_, (last, _))| *last).map(|(shelf, _)| shelf.clone());
            let Some((shelf, (_, days))) = oldest.and_then(|shelf| self.days.remove_entry(&shelf)) else { return };
            taken -= numbers(&days);
            if self.days.is_empty() {
                self.too_many.insert(shelf);
            }
        }
    }
}

/// How many numbers some days hold.
fn numbers(days: &Days) -> usize {
    days.values().flatten().map(|group| group.keys.len() * 2 + group.numbers.len() + 8).sum()
}

/// The stretches of days of a period that are not kept.
fn missing(days: &Days, from: Day, to: Day) -> Vec<(Day, Day)> {
    let mut stretches: Vec<(Day, Day)> = vec![];
    for day in from.to(to).filter(|day| !days.contains_key(day)) {
        match stretches.last_mut() {
            Some((_, end)) if end.plus(1) == day => *end = day,
            _ => stretches.push((day, day)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests;
