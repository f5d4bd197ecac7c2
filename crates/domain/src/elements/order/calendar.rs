//! The days on which a client's lines work.

use crate::{Day, elements::Key};
use std::collections::BTreeMap;

/// A line that runs on a shift, on some weekdays, from a day on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The line.
    pub line: Key,
    /// The shift.
    pub shift: Key,
    /// The first day of the plan.
    pub from: Day,
    /// The weekdays as bits, Monday first.
    pub weekdays: i64,
}

/// A day on which a client, line or shift works, or does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayException {
    /// The day.
    pub day: Day,
    /// Only this line.
    pub line: Option<Key>,
    /// Only this shift.
    pub shift: Option<Key>,
    /// Whether there is work.
    pub working: bool,
}

/// The working days of a client: those on which one of its lines runs.
///
/// A client without a plan in force works from Monday to Friday.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkingDays {
    plans: BTreeMap<(Key, Key), Vec<(Day, i64)>>,
    exceptions: BTreeMap<Day, Vec<DayException>>,
}

const MONDAY_TO_FRIDAY: i64 = 0b001_1111;

/// A working day is looked for this far; beyond, a calendar has none.
const HORIZON: i32 = 20 * 366;

impl WorkingDays {
    /// The working days of a client's plans and exceptions.
    pub fn of(
        plans: impl IntoIterator<Item = Plan>,
        exceptions: impl IntoIterator<Item = DayException>,
    ) -> WorkingDays {
        let mut days = WorkingDays::default();
        for plan in plans {
            days.plans.entry((plan.line, plan.shift)).or_default().push((plan.from, plan.weekdays));
        }
        days.plans.values_mut().for_each(|plans| plans.sort_unstable());
        exceptions.into_iter().for_each(|one| days.exceptions.entry(one.day).or_default().push(one));
        days
    }

    /// Whether one of the client's lines works on a day.
    pub fn holds(&self, day: Day) -> bool {
        let exceptions = self.exceptions.get(&day).map_or(&[][..], Vec::as_slice);
        let mut in_force = self.plans.iter().filter_map(|(pair, plans)| Some((pair, weekdays_on(plans, day)?)));
        let works = |(line, shift): &(Key, Key), weekdays: i64| {
            decisive(exceptions, Some((line, shift))).unwrap_or_else(|| day.is_in(weekdays))
        };
        match in_force.next() {
            None => decisive(exceptions, None).unwrap_or_else(|| day.is_in(MONDAY_TO_FRIDAY)),
            Some((pair, weekdays)) => works(pair, weekdays) || in_force.any(|(pair, weekdays)| works(pair, weekdays)),
        }
    }

    /// The `count`-th working day after a day; the day itself for none of them.
    ///
    /// None where the calendar has no such day within twenty years.
    pub fn after(&self, day: Day, count: u32) -> Option<Day> {
        let Some(skipped) = count.checked_sub(1) else { return Some(day) };
        let mut days = day.plus(1).to(day.plus(HORIZON)).filter(|day| self.holds(*day));
        days.nth(skipped as usize)
    }

    /// How many working days lie between two days, both included.
    pub fn count(&self, from: Day, to: Day) -> u32 {
        from.to(to).filter(|day| self.holds(*day)).count() as u32
    }
}

/// The weekdays of the plan in force on a day.
fn weekdays_on(plans: &[(Day, i64)], day: Day) -> Option<i64> {
    plans.iter().rev().find(|(from, _)| *from <= day).map(|(_, weekdays)| *weekdays)
}

/// What the exception that names most says of a line and shift, or of the whole client.
fn decisive(exceptions: &[DayException], of: Option<(&Key, &Key)>) -> Option<bool> {
    let concerns = |one: &&DayException| match of {
        Some((line, shift)) => {
            one.line.as_ref().is_none_or(|id| id == line) && one.shift.as_ref().is_none_or(|id| id == shift)
        }
        None => one.line.is_none() && one.shift.is_none(),
    };
    let names = |one: &&DayException| (one.line.is_some(), one.shift.is_some());
    exceptions.iter().filter(concerns).max_by_key(names).map(|one| one.working)
}
