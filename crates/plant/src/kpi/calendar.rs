//! Line shifts on the calendar: what an answer's completeness is measured by.

use super::{
    ask::Question,
    group::{GroupKey, Place},
    grouping::Grouping,
    timeline::Timeline,
};
use domain::{Day, elements::Key};
use std::collections::{BTreeMap, HashMap};
use store::{Reader, Result, values};

/// How many line shifts the calendar holds, by group.
pub(super) type Expected = BTreeMap<GroupKey, f64>;

/// A line that runs on a shift, from a day on.
struct Plan {
    from: Day,
    weekdays: i64,
}

/// A day on which a client, line or shift works, or does not.
struct Exception {
    line: Option<Key>,
    shift: Option<Key>,
    working: bool,
}

/// A line on a shift of a client.
type Pair = (Key, Key, Key);
type Plans = BTreeMap<Pair, Vec<Plan>>;
type Exceptions = HashMap<(Key, Day), Vec<Exception>>;

/// The line shifts on the calendar; none where a question looks below them.
pub(super) fn expected(reader: &Reader<'_>, question: &Question) -> Result<Option<Expected>> {
    if question.is_below_line_shift() {
        return Ok(None);
    }
    let plans = plans(reader, question)?;
    if plans.is_empty() {
        return Ok(None);
    }
    let exceptions = exceptions(reader, question)?;
    let timeline = Timeline::of(question);
    let weekdays = weekdays(question, &timeline);
    Ok(Some(Counter { question, timeline, exceptions, weekdays }.count(&plans)))
}

fn plans(reader: &Reader<'_>, question: &Question) -> Result<Plans> {
    let (rule, client) = question.whose();
    let sql = format!("SELECT client_id, line_id, shift_id, valid_from, weekdays FROM line_calendar WHERE {rule}");
    let asked = |client: Key| question.clients.iter().any(|one| one.bytes() == client);
    let mut plans = Plans::new();
    reader.select(&sql, &client, |row| {
        let pair: Pair = (row.get(0)?, row.get(1)?, row.get(2)?);
        if asked(pair.0) && question.lines.passes(Some(pair.1)) && question.shifts.passes(Some(pair.2)) {
            plans.entry(pair).or_default().push(Plan { from: row.get(3)?, weekdays: row.get(4)? });
        }
        Ok(())
    })?;
    plans.values_mut().for_each(|plans| plans.sort_by_key(|plan| plan.from));
    Ok(plans)
}

fn exceptions(reader: &Reader<'_>, question: &Question) -> Result<Exceptions> {
    let (rule, client) = question.whose();
    let sql = format!(
        "SELECT client_id, day, line_id, shift_id, working FROM calendar_day WHERE {rule} AND day BETWEEN ?2 AND ?3"
    );
    let bound = [&client, values![question.from, question.to]].concat();
    let mut exceptions = Exceptions::new();
    reader.select(&sql, &bound, |row| {
        let exception = Exception { line: row.get(2)?, shift: row.get(3)?, working: row.get(4)? };
        exceptions.entry((row.get(0)?, row.get(1)?)).or_default().push(exception);
        Ok(())
    })?;
    Ok(exceptions)
}

/// Counts the days on which lines run.
struct Counter<'a> {
    question: &'a Question,
    timeline: Timeline,
    exceptions: Exceptions,
    /// How often each weekday falls into each stretch of time.
    weekdays: Vec<[u32; 7]>,
}

impl Counter<'_> {
    fn count(&self, plans: &Plans) -> Expected {
        // Pairs that fall into the same groups are counted together, a stretch of time at once.
        let mut rows = BTreeMap::<Pair, (Pair, Tally)>::new();
        for (pair, plans) in plans {
            let blank = || (*pair, Tally { weekly: [0; 7], slots: vec![0; self.timeline.starts().len()] });
            let (_, tally) = rows.entry(self.group_of(pair)).or_insert_with(blank);
            self.mark(plans, tally);
        }
        for (pair, plans) in plans {
            if let Some((_, tally)) = rows.get_mut(&self.group_of(pair)) {
                self.except(pair, plans, tally);
            }
        }
        let mut expected = Expected::new();
        for ((client, line, shift), tally) in rows.into_values() {
            for (slot, day) in self.timeline.starts().iter().enumerate() {
                let weekly: u32 = tally.weekly.iter().zip(self.weekdays[slot]).map(|(runs, days)| runs * days).sum();
                let place = Place::of_line_shift(client, *day, shift, line);
                *expected.entry(GroupKey::of(&self.question.by, &place)).or_default() +=
                    f64::from(weekly) + tally.slots[slot] as f64;
            }
        }
        expected
    }

    /// What of a pair the question groups by.
    fn group_of(&self, (client, line, shift): &Pair) -> Pair {
        let kept = |by: Grouping, id: &Key| if self.question.by.contains(&by) { *id } else { Key::default() };
        (kept(Grouping::Client, client), kept(Grouping::Line, line), kept(Grouping::Shift, shift))
    }

    /// Counts the days on which one line runs on one shift, exceptions apart.
    fn mark(&self, plans: &[Plan], tally: &mut Tally) {
        let whole = plans.iter().rev().find(|plan| plan.from <= self.question.to);
        if let Some(plan) = whole.filter(|plan| plan.from <= self.question.from) {
            // One plan holds the whole period: its weeks are all the same.
            tally
                .weekly
                .iter_mut()
                .enumerate()
                .for_each(|(day, runs)| *runs += u32::from(plan.weekdays >> day & 1 == 1));
            return;
        }
        for (day, slot) in self.question.from.to(self.question.to).zip(self.timeline.slots()) {
            tally.slots[*slot as usize] += i64::from(in_force(plans, day).is_some_and(|plan| day.is_in(plan.weekdays)));
        }
    }

    /// Corrects the count by the exceptions of a client, where a plan is in force.
    fn except(&self, (client, line, shift): &Pair, plans: &[Plan], tally: &mut Tally) {
        for ((_, day), exceptions) in self.exceptions.iter().filter(|((whose, _), _)| whose == client) {
            let Some(plan) = in_force(plans, *day) else { continue };
            let concerns = |one: &&Exception| {
                one.line.as_ref().is_none_or(|id| id == line) && one.shift.as_ref().is_none_or(|id| id == shift)
            };
            // The most specific exception decides; line and shift before line before shift.
            let decisive =
                exceptions.iter().filter(concerns).max_by_key(|one| (one.line.is_some(), one.shift.is_some()));
            if let Some(exception) = decisive {
                let change = i64::from(exception.working) - i64::from(day.is_in(plan.weekdays));
                tally.slots[self.timeline.slot(*day)] += change;
            }
        }
    }
}

/// Line shifts counted: so many on each weekday, and what differs, by stretch of time.
struct Tally {
    weekly: [u32; 7],
    slots: Vec<i64>,
}

/// The plan in force on a day.
fn in_force(plans: &[Plan], day: Day) -> Option<&Plan> {
    plans.iter().rev().find(|plan| plan.from <= day)
}

/// How often each weekday falls into each stretch of time.
fn weekdays(question: &Question, timeline: &Timeline) -> Vec<[u32; 7]> {
    let mut weekdays = vec![[0; 7]; timeline.starts().len()];
    let mut weekday = question.from.weekday() as usize - 1;
    for slot in timeline.slots() {
        weekdays[*slot as usize][weekday] += 1;
        weekday = (weekday + 1) % 7;
    }
    weekdays
}
