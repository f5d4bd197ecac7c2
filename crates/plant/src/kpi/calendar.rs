//! Line shifts on the calendar: what an answer's completeness is measured by.

use super::{
    ask::Question,
    group::{GroupKey, Place},
    grouping::Grouping,
};
use domain::{Client, Day, Id, elements::Key};
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

/// The line shifts on the calendar; none where a question looks below them.
pub(super) fn expected(reader: &Reader<'_>, question: &Question) -> Result<Option<Expected>> {
    if question.is_below_line_shift() {
        return Ok(None);
    }
    let mut expected = Expected::new();
    for client in &question.clients {
        let plans = plans(reader, *client)?;
        if !plans.is_empty() {
            count(question, *client, &plans, &exceptions(reader, question, *client)?, &mut expected);
        }
    }
    Ok(Some(expected))
}

type Plans = HashMap<(Key, Key), Vec<Plan>>;
type Exceptions = HashMap<Day, Vec<Exception>>;

fn plans(reader: &Reader<'_>, client: Id<Client>) -> Result<Plans> {
    let sql =
        "SELECT line_id, shift_id, valid_from, weekdays FROM line_calendar WHERE client_id = ?1 ORDER BY valid_from";
    let mut plans = Plans::new();
    reader.select(sql, values![client], |row| {
        let plan = Plan { from: row.get(2)?, weekdays: row.get(3)? };
        plans.entry((row.get(0)?, row.get(1)?)).or_default().push(plan);
        Ok(())
    })?;
    Ok(plans)
}

fn exceptions(reader: &Reader<'_>, question: &Question, client: Id<Client>) -> Result<Exceptions> {
    let sql = "SELECT day, line_id, shift_id, working FROM calendar_day WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3";
    let mut exceptions = Exceptions::new();
    reader.select(sql, values![client, question.from, question.to], |row| {
        let exception = Exception { line: row.get(1)?, shift: row.get(2)?, working: row.get(3)? };
        exceptions.entry(row.get(0)?).or_default().push(exception);
        Ok(())
    })?;
    Ok(exceptions)
}

fn count(question: &Question, client: Id<Client>, plans: &Plans, exceptions: &Exceptions, expected: &mut Expected) {
    let by_time = question.by.iter().any(|grouping| grouping.is_time());
    let by_line = question.by.iter().any(|grouping| matches!(grouping, Grouping::Line | Grouping::Shift));
    let mut days = vec![0u32; question.from.days_to(question.to) as usize];
    let mut give = |days: &[u32], place: &dyn Fn(Day) -> Place| {
        let counted = question.from.to(question.to).zip(days).filter(|(_, count)| **count > 0);
        if by_time {
            counted.for_each(|(day, count)| {
                *expected.entry(GroupKey::of(&question.by, &place(day))).or_default() += f64::from(*count);
            });
        } else {
            let sum: u32 = counted.map(|(_, count)| *count).sum();
            *expected.entry(GroupKey::of(&question.by, &place(question.from))).or_default() += f64::from(sum);
        }
    };
    for ((line, shift), plans) in plans {
        if question.lines.passes(Some(*line)) && question.shifts.passes(Some(*shift)) {
            mark(question, (line, shift), plans, exceptions, &mut days);
            if by_line {
                give(&days, &|day| Place::of_line_shift(client.bytes(), day, *shift, *line));
                days.fill(0);
            }
        }
    }
    if !by_line {
        give(&days, &|day| Place::of_day(client.bytes(), day));
    }
}

/// Counts the days of the period on which one line runs on one shift.
fn mark(question: &Question, pair: (&Key, &Key), plans: &[Plan], exceptions: &Exceptions, days: &mut [u32]) {
    let mut weekday = question.from.weekday() as usize - 1;
    let mut next = plans.iter().peekable();
    let mut weekdays = None;
    for (day, count) in question.from.to(question.to).zip(days) {
        while let Some(plan) = next.next_if(|plan| plan.from <= day) {
            weekdays = Some(plan.weekdays);
        }
        if let Some(mask) = weekdays {
            let planned = mask & (1 << weekday) != 0;
            let runs = if exceptions.is_empty() { planned } else { except(exceptions.get(&day), pair, planned) };
            *count += u32::from(runs);
        }
        weekday = (weekday + 1) % 7;
    }
}

/// The most specific exception decides; line and shift before line before shift.
fn except(exceptions: Option<&Vec<Exception>>, (line, shift): (&Key, &Key), planned: bool) -> bool {
    let concerns = |one: &&Exception| {
        one.line.as_ref().is_none_or(|id| id == line) && one.shift.as_ref().is_none_or(|id| id == shift)
    };
    let weight = |one: &&Exception| (one.line.is_some(), one.shift.is_some());
    exceptions.and_then(|all| all.iter().filter(concerns).max_by_key(weight)).map_or(planned, |one| one.working)
}
