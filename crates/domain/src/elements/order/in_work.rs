//! Orders in work at the end of a day, as sums that change from day to day.

use super::{DAY_MINUTES, OrderFacts, end_of};
use crate::{
    Day,
    elements::{Element, Source, Sources, Sums},
};
use std::{
    collections::BTreeSet,
    ops::{Add, AddAssign, Sub, SubAssign},
};

/// The orders in work at the end of a day, or by how much they differ from the day before.
///
/// An order that is not on hold ages with the clock: its age is the end of the
/// day plus what is `fixed`. One on hold is `fixed` alone. So the ages of any day
/// follow from the changes of the days up to it, without a look at an order.
/// All are whole minutes and orders, so that they add up exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct InWork(pub [f64; InWork::COUNT]);

/// The sources of a start, in the order of their counts.
const STARTS: [Source; 4] = [Source::StartEntered, Source::StartProduced, Source::StartPlanned, Source::StartReceived];
const RUNNING: usize = 4;
const FIXED: usize = 5;
/// How far behind a sum the part of it that rests on an inferred start is.
const INFERRED: usize = 2;

impl InWork {
    /// How many sums there are.
    pub const COUNT: usize = 8;
    /// Their names: columns of the store.
    pub const NAMES: [&'static str; InWork::COUNT] = [
        "start_entered",
        "start_produced",
        "start_planned",
        "start_received",
        "running",
        "fixed_minutes",
        "est_running",
        "est_fixed_minutes",
    ];

    fn of(start: Source, running: f64, fixed: f64) -> InWork {
        let mut sums = InWork::default();
        STARTS.iter().zip(&mut sums.0).for_each(|(one, orders)| *orders = f64::from(u8::from(*one == start)));
        (sums.0[RUNNING], sums.0[FIXED]) = (running, fixed);
        if start.is_inferred() {
            (sums.0[RUNNING + INFERRED], sums.0[FIXED + INFERRED]) = (running, fixed);
        }
        sums
    }

    /// The elements of the family `Wip` at the end of a day, and what they rest on.
    pub fn as_of(&self, day: Day) -> (Sums, Sources) {
        let days = |running: usize| (self.0[running] * end_of(day) as f64 + self.0[running + 1]) / DAY_MINUTES as f64;
        let orders = |inferred: bool| {
            STARTS.iter().zip(self.0).filter(|(start, _)| !inferred || start.is_inferred()).map(|(_, n)| n).sum()
        };
        let mut sums = Sums::default();
        (sums[Element::WipOrders], sums[Element::WipDays]) = (orders(false), days(RUNNING));
        (sums[Element::EstWipOrders], sums[Element::EstWipDays]) = (orders(true), days(RUNNING + INFERRED));
        (sums, STARTS.into_iter().zip(self.0).filter(|(_, orders)| *orders > 0.0).map(|(start, _)| start).collect())
    }
}

impl OrderFacts {
    /// What it adds to the orders in work at the end of a day; nothing where it is not.
    pub fn in_work(&self, day: Day) -> InWork {
        let Some(age) = self.age(day).filter(|age| age.open) else { return InWork::default() };
        let until = end_of(day);
        let on_hold = self.held().iter().any(|hold| hold.from < until && hold.to.is_none_or(|to| until <= to));
        let running = if on_hold { 0.0 } else { 1.0 };
        InWork::of(age.start.source, running, (age.minutes - age.held) as f64 - running * until as f64)
    }

    /// The days on which that changes, each with by how much.
    pub fn in_work_changes(&self) -> Vec<(Day, InWork)> {
        let mut before = InWork::default();
        let change = |day: Day| {
            let after = self.in_work(day);
            let change = after - before;
            before = after;
            (day, change)
        };
        self.turns().into_iter().map(change).filter(|(_, change)| *change != InWork::default()).collect()
    }

    /// The days on which an order may enter work, leave it, or stop or go on in between.
    fn turns(&self) -> BTreeSet<Day> {
        let day = |minute: i64| Day(minute.div_euclid(DAY_MINUTES) as i32);
        let holds = self.held().into_iter().flat_map(|hold| [Some(hold.from), hold.to]).flatten();
        // It is not in work any more at the end of the day that ends with it.
        let over = self.over_at().map(|over| day(over - 1));
        self.start().map(|start| start.minute).into_iter().chain(holds).map(day).chain(over).collect()
    }
}

impl AddAssign for InWork {
    fn add_assign(&mut self, other: InWork) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, value)| *sum += value);
    }
}

impl SubAssign for InWork {
    fn sub_assign(&mut self, other: InWork) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, value)| *sum -= value);
    }
}

impl Add for InWork {
    type Output = InWork;
    fn add(mut self, other: InWork) -> InWork {
        self += other;
        self
    }
}

impl Sub for InWork {
    type Output = InWork;
    fn sub(mut self, other: InWork) -> InWork {
        self -= other;
        self
    }
}
