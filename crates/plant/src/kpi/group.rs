//! What is summed up for one row of an answer.

use super::{ask::Question, grouping::Grouping};
use domain::{
    Day,
    elements::{Element, Family, Key, Sources, Squares, Sums},
};
use store::Crew;

/// The sums of the line shifts, or parts of them, in one group.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Group {
    /// The element sums.
    pub sums: Sums,
    /// The squares between line shifts.
    pub squares: Squares,
    /// What they rest on.
    pub sources: Sources,
    /// Calendar minutes of the lines in use times their mean crew.
    pub capacity: f64,
    /// Line shifts with a part in it.
    pub line_shifts: f64,
    /// Planned units that were divided by inference.
    pub est_units: f64,
    /// Products or jobs whose steps were inspected; endless where they are several and nobody counted.
    pub routes: f64,
    /// The yields of the steps of a route, multiplied; of one route only.
    pub rolled: f64,
}

impl Group {
    /// The group of one line shift, or of its part in the group.
    pub(super) fn of_line_shift(sums: Sums, sources: Sources) -> Group {
        Group { sums, squares: sums.squares(), sources, line_shifts: 1.0, ..Group::default() }
    }

    /// Adds the rows of another group.
    pub fn add(&mut self, other: &Group) {
        self.sums += &other.sums;
        self.squares += &other.squares;
        self.sources |= other.sources;
        self.capacity += other.capacity;
        self.line_shifts += other.line_shifts;
        self.est_units += other.est_units;
        self.routes += other.routes;
        self.rolled += other.rolled;
    }

    /// Gives one line its calendar time: every minute of every day, times the
    /// mean crew it had.
    pub(super) fn count_calendar(&mut self, from: Day, to: Day) {
        self.capacity = capacity(Crew::of(&self.sums), from, to);
    }

    /// How many line shifts a ratio's interval is taken between.
    pub(super) fn observations(&self, family: Family) -> f64 {
        if family == Family::People { self.sums[Element::PeopleCells] } else { self.line_shifts }
    }

    /// How many rows of a family somebody entered.
    pub(super) fn rows(&self, family: Family) -> f64 {
        match family {
            // People needed are a number on one row.
            Family::People => self.sums[Element::AttendanceRows],
            other => counts(other).iter().map(|count| self.sums[*count]).sum(),
        }
    }

    /// Whether it has anything of a family.
    pub(super) fn has(&self, family: Family) -> bool {
        counts(family).iter().any(|count| self.sums[*count] > 0.0)
    }

    /// Whether labour and machine lines are added up in it.
    pub fn mixes_bases(&self) -> bool {
        let machine = self.sums[Element::MachineShifts];
        // Parts of a line shift are fractions of it, so the comparison allows for rounding.
        machine > 1e-9 && machine < self.sums[Element::LineShifts] - 1e-9
    }
}

/// The calendar minutes of a line over a period times the mean crew it had.
pub(super) fn capacity(crew: Crew, from: Day, to: Day) -> f64 {
    let mean = crew.people / crew.line_shifts;
    if mean > 0.0 { f64::from(from.days_to(to)) * 1440.0 * mean } else { 0.0 }
}

/// The elements that tell whether a family has rows.
pub(super) const fn counts(family: Family) -> &'static [Element] {
    match family {
        Family::LineShift => &[Element::Entries],
        Family::Quality => &[Element::Inspections],
        Family::People => &[Element::AttendanceRows, Element::RequiredPeople],
        Family::Orders => &[Element::ShippedOrders, Element::UnshippedOrders],
        Family::Wip => &[Element::WipOrders],
    }
}

/// What a line shift, or a part of it, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub client: Key,
    pub day: Day,
    pub shift: Option<Key>,
    pub line: Option<Key>,
    pub product: Option<Key>,
    pub operation: Option<Key>,
    pub order: Option<Key>,
    pub job: Option<Key>,
    pub equipment: Option<Key>,
    /// Stands for a word that is in no table of codes: a department, an order number, a priority.
    pub word: Option<Key>,
}

impl Place {
    /// A client's day.
    pub(super) const fn of_day(client: Key, day: Day) -> Place {
        Place {
            client,
            day,
            shift: None,
            line: None,
            product: None,
            operation: None,
            order: None,
            job: None,
            equipment: None,
            word: None,
        }
    }

    /// A whole line shift.
    pub(super) const fn of_line_shift(client: Key, day: Day, shift: Key, line: Key) -> Place {
        Place { shift: Some(shift), line: Some(line), ..Place::of_day(client, day) }
    }

    /// A part of the line shift.
    pub(super) const fn part(self, product: Option<Key>, operation: Option<Key>, order: Option<Key>) -> Place {
        Place { product, operation, order, ..self }
    }
}

/// Which row of an answer something belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct GroupKey(pub Vec<KeyPart>);

/// One part of a group's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum KeyPart {
    /// A row of a client; zero bytes for none.
    Row(Key, Key),
    /// The first day of a day, week or month.
    Time(Day),
}

impl GroupKey {
    /// The group of a place.
    pub(super) fn of(by: &[Grouping], place: &Place) -> GroupKey {
        let row = |id: Option<Key>| KeyPart::Row(place.client, id.unwrap_or_default());
        let day = place.day;
        GroupKey(
            by.iter()
                .map(|grouping| match grouping {
                    Grouping::Client => row(Some(place.client)),
                    Grouping::Line => row(place.line),
                    Grouping::Shift => row(place.shift),
                    Grouping::Product => row(place.product),
                    Grouping::Operation | Grouping::Step => row(place.operation),
                    Grouping::Job => row(place.job),
                    Grouping::Equipment => row(place.equipment),
                    Grouping::Department | Grouping::CustomerPo | Grouping::Priority => row(place.word),
                    Grouping::Order => row(place.order),
                    Grouping::Day => KeyPart::Time(day),
                    Grouping::Week => KeyPart::Time(day.monday()),
                    Grouping::Month => KeyPart::Time(day.first_of_month()),
                })
                .collect(),
        )
    }
}

impl Question {
    /// Whether a place is asked about, below the client and the period.
    pub(super) fn holds(&self, place: &Place) -> bool {
        self.lines.passes(place.line)
            && self.shifts.passes(place.shift)
            && self.products.passes(place.product)
            && self.operations.passes(place.operation)
            && self.orders.passes(place.order)
            && self.jobs.passes(place.job)
            && self.departments.passes(place.word)
    }
}
