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
    let counter = Counter { question, timeline: Timeline::of(question), exceptions };
    Ok(Some(counter.count(&plans)))
}

/// One client is asked by its key, several by one scan of all in scope.
fn rule(question: &Question) -> (&'static str, Vec<domain::Value>) {
    match question.clients[..] {
        [one] => ("client_id = ?1", vec![domain::Value::Id(one.bytes())]),
        _ => ("?1 IS NULL", vec![domain::Value::Null]),
    }
}

fn plans(reader: &Reader<'_>, question: &Question) -> Result<Plans> {
    let (rule, client) = rule(question);
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
    let (rule, client) = rule(question);
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
}

impl Counter<'_> {
    fn count(&self, plans: &Plans) -> Expected {
        // Pairs that fall into the same groups are counted together, a stretch of time at once.
        let mut rows = BTreeMap::<Pair, (Pair, Vec<u32>)>::new();
        for (pair, plans) in plans {
            let blank = || (*pair, vec![0; self.timeline.starts().len()]);
            let (_, slots) = rows.entry(self.group_of(pair)).or_insert_with(blank);
            self.mark(pair, plans, slots);
        }
        let mut expected = Expected::new();
        for ((client, line, shift), slots) in rows.into_values() {
            for (count, day) in slots.iter().zip(self.timeline.starts()).filter(|(count, _)| **count > 0) {
                let place = Place::of_line_shift(client, *day, shift, line);
                *expected.entry(GroupKey::of(&self.question.by, &place)).or_default() += f64::from(*count);
            }
        }
        expected
    }

    /// What of a pair the question groups by.
    fn group_of(&self, (client, line, shift): &Pair) -> Pair {
        let kept = |by: Grouping, id: &Key| if self.question.by.contains(&by) { *id } else { Key::default() };
        (kept(Grouping::Client, client), kept(Grouping::Line, line), kept(Grouping::Shift, shift))
    }

    /// Counts the days of the period on which one line runs on one shift.
    fn mark(&self, pair: &Pair, plans: &[Plan], slots: &mut [u32]) {
        let mut weekday = self.question.from.weekday() as usize - 1;
        let mut next = plans.iter().peekable();
        let mut weekdays = 0;
        for (day, slot) in self.question.from.to(self.question.to).zip(self.timeline.slots()) {
            while let Some(plan) = next.next_if(|plan| plan.from <= day) {
                weekdays = plan.weekdays | IN_FORCE;
            }
            let planned = weekdays & (1 << weekday) != 0;
            let runs =
                if self.exceptions.is_empty() || weekdays == 0 { planned } else { self.except(day, pair, planned) };
            slots[*slot as usize] += u32::from(runs);
            weekday = (weekday + 1) % 7;
        }
    }

    /// The most specific exception decides; line and shift before line before shift.
    fn except(&self, day: Day, (client, line, shift): &Pair, planned: bool) -> bool {
        let concerns = |one: &&Exception| {
            one.line.as_ref().is_none_or(|id| id == line) && one.shift.as_ref().is_none_or(|id| id == shift)
        };
        let weight = |one: &&Exception| (one.line.is_some(), one.shift.is_some());
        let exceptions = self.exceptions.get(&(*client, day));
        exceptions.and_then(|all| all.iter().filter(concerns).max_by_key(weight)).map_or(planned, |one| one.working)
    }
}

/// The bit beyond Sunday: some plan is in force, on whatever weekdays.
const IN_FORCE: i64 = 1 << 7;
