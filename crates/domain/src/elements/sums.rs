//! Named sums that add up over any rows.

use std::ops::{Add, AddAssign, Index, IndexMut, SubAssign};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $key:literal, $about:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = $about] $variant),* }

        impl $name {
            /// Every one, in the order of its index.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The names, in the order of the index: columns of the store.
            pub const NAMES: &'static [&'static str] = &[$($key),*];
            /// How many there are.
            pub const COUNT: usize = $name::ALL.len();

            /// Its name.
            pub const fn name(self) -> &'static str {
                $name::NAMES[self as usize]
            }

            /// What it is, in a sentence.
            pub const fn about(self) -> &'static str {
                match self { $($name::$variant => $about),* }
            }

            /// The one of a name.
            pub fn named(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

named! {
    /// An element: a quantity of a line shift that adds up.
    ///
    /// Minutes are in the line's unit (operator- or line-minutes) except the
    /// two clocks. An `est_` element is the part that rests on inference.
    Element {
        Available = "available", "(crew + floating idle) × net minutes + overtime.";
        Planned = "planned", "Available less the stops the client's policy excludes.";
        Stops = "stops", "Minutes × people affected of the remaining stops.";
        Run = "run", "Minutes run, reported or planned less stops.";
        Produced = "produced", "Units made.";
        Good = "good", "Units made less units that failed first time.";
        Earned = "earned", "Produced × standard.";
        EarnedGood = "earned_good", "Good × standard.";
        RunClock = "run_clock", "Minutes run by the line's clock.";
        DownClock = "down_clock", "Minutes of unplanned stops by the line's clock.";
        Failures = "failures", "Unplanned stops.";
        PlannedUnits = "planned_units", "Units planned.";
        ProducedPlanned = "produced_planned", "Units made where units were planned.";
        Crew = "crew", "People on the line.";
        EstAvailable = "est_available", "Available that is inferred.";
        EstPlanned = "est_planned", "Planned that is inferred.";
        EstStops = "est_stops", "Stops that are inferred.";
        EstUptime = "est_uptime", "Planned less stops, as far as inferred.";
        EstRun = "est_run", "Run that is inferred.";
        EstRunClock = "est_run_clock", "Run by the clock that is inferred.";
        EstEarned = "est_earned", "Earned that is inferred.";
        EstEarnedGood = "est_earned_good", "Earned by good units that is inferred.";
        EstCrew = "est_crew", "Crew that is inferred.";
        Entries = "entries", "Production entries.";
        WithEntries = "with_entries", "Line shifts with a production entry.";
        MachineShifts = "machine_shifts", "Line shifts of machine lines.";
        LineShifts = "line_shifts", "Line shifts.";
        Inspections = "inspections", "Inspections, and production entries that stand in for one.";
        Inspected = "inspected", "Units inspected, each time they were.";
        FirstInspected = "first_inspected", "Units inspected for the first time.";
        FirstPassed = "first_passed", "Units without a defect the first time.";
        FinalInspected = "final_inspected", "Units inspected for the first time after the final step.";
        FinalDefective = "final_defective", "Units defective the first time after the final step.";
        Defects = "defects", "Defects found.";
        Opportunities = "opportunities", "Units inspected × defect opportunities of a unit.";
        Reworked = "reworked", "Defective units done again.";
        Repaired = "repaired", "Defective units mended.";
        Scrapped = "scrapped", "Defective units thrown away.";
        EstInspected = "est_inspected", "Inspected units that are inferred.";
        EstFirstInspected = "est_first_inspected", "Units inspected the first time that are inferred.";
        EstFirstPassed = "est_first_passed", "Units passed the first time that are inferred.";
        EstFinalInspected = "est_final_inspected", "Units inspected after the final step that are inferred.";
        EstFinalDefective = "est_final_defective", "Units defective after the final step that are inferred.";
        EstDefects = "est_defects", "Defects that are inferred.";
        EstOpportunities = "est_opportunities", "Opportunities that are inferred.";
        EstReworked = "est_reworked", "Units done again that are inferred.";
        EstRepaired = "est_repaired", "Units mended that are inferred.";
        EstScrapped = "est_scrapped", "Units thrown away that are inferred.";
        AttendanceRows = "attendance_rows", "People on the list.";
        PeopleCells = "people_cells", "Line shifts with people on the list.";
        ScheduledHours = "scheduled_hours", "Hours people should work, without vacation and holidays.";
        AbsentHours = "absent_hours", "Hours people were missing.";
        UncoveredHours = "uncovered_hours", "Hours people were missing and nobody covered.";
        ActualHours = "actual_hours", "Hours people worked.";
        NormalHours = "normal_hours", "Of these, paid once.";
        DoubleHours = "double_hours", "Of these, paid double.";
        TripleHours = "triple_hours", "Of these, paid three times.";
        UnsplitHours = "unsplit_hours", "Of these, not told how they are paid.";
        RequiredPeople = "required_people", "People needed, where it is told how many were there.";
        StaffedPeople = "staffed_people", "People there, where it is told how many are needed.";
        EstScheduledHours = "est_scheduled_hours", "Scheduled hours that are inferred.";
        EstAbsentHours = "est_absent_hours", "Missing hours that are inferred.";
        EstUncoveredHours = "est_uncovered_hours", "Uncovered hours that are inferred.";
        EstStaffedPeople = "est_staffed_people", "People there that are inferred.";
        ShippedOrders = "shipped_orders", "Promised orders of which something was shipped.";
        UnshippedOrders = "unshipped_orders", "Promised orders of which nothing was shipped.";
        OnTimeFirst = "on_time_first", "Promised orders whose first shipment was on time.";
        ShippedComplete = "shipped_complete", "Promised orders that were shipped complete.";
        OnTimeComplete = "on_time_complete", "Promised orders that were complete on time.";
        JustifiedLate = "justified_late", "Shipped late, for a reason that is not ours.";
        JustifiedUnshipped = "justified_unshipped", "Not shipped, for a reason that is not ours.";
        EstShippedOrders = "est_shipped_orders", "Shipped orders whose promised or shipped day is inferred.";
        EstUnshippedOrders = "est_unshipped_orders", "Unshipped orders whose promised day is inferred.";
        EstShippedComplete = "est_shipped_complete", "Complete orders whose promised or shipped day is inferred.";
        EstOnTimeFirst = "est_on_time_first", "Orders on time whose promised or shipped day is inferred.";
        EstOnTimeComplete = "est_on_time_complete", "Orders complete on time whose promised or shipped day is inferred.";
        EstJustifiedLate = "est_justified_late", "Orders late for a reason not ours whose promised or shipped day is inferred.";
        EstJustifiedUnshipped = "est_justified_unshipped", "Orders not shipped for a reason not ours whose promised day is inferred.";
        WipOrders = "wip_orders", "Open orders that were begun.";
        WipDays = "wip_days", "Days since they were begun, without the days on hold.";
        EstWipDays = "est_wip_days", "Such days of orders whose start is inferred.";
        EstWipOrders = "est_wip_orders", "Open orders whose start is inferred.";
    }
}

/// Elements that are kept together: by line shift, inspection, people or order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Time and production of a line shift.
    LineShift,
    /// Inspections, by their day.
    Quality,
    /// Attendance and staffing, by their day.
    People,
    /// Work orders, by the day they were promised.
    Orders,
    /// Open work orders, as of a day.
    Wip,
}

impl Family {
    /// Every family.
    pub const ALL: [Family; 5] = [Family::LineShift, Family::Quality, Family::People, Family::Orders, Family::Wip];

    /// Its elements, in the order of the index.
    pub fn elements(self) -> &'static [Element] {
        let first = |family: Family| match family {
            Family::LineShift => Element::Available as usize,
            Family::Quality => Element::Inspections as usize,
            Family::People => Element::AttendanceRows as usize,
            Family::Orders => Element::ShippedOrders as usize,
            Family::Wip => Element::WipOrders as usize,
        };
        let end = Family::ALL.iter().find(|later| **later > self).map_or(Element::COUNT, |later| first(*later));
        &Element::ALL[first(self)..end]
    }

    /// Whether it is kept by work orders, and not by line shifts.
    pub const fn is_of_orders(self) -> bool {
        matches!(self, Family::Orders | Family::Wip)
    }

    /// The names of its elements: columns of the store.
    pub fn names(self) -> &'static [&'static str] {
        let elements = self.elements();
        let first = elements[0] as usize;
        &Element::NAMES[first..first + elements.len()]
    }
}

impl Element {
    /// The elements of a client's day: all but those that are only known as of a day.
    pub fn of_day() -> &'static [Element] {
        &Element::ALL[..Element::WipOrders as usize]
    }

    /// The element that is its inferred part, where one is kept.
    pub fn estimate(self) -> Option<Element> {
        Element::named(&format!("est_{}", self.name()))
    }

    /// What it is kept with.
    pub fn family(self) -> Family {
        let holds = |family: &Family| family.elements().contains(&self);
        Family::ALL.into_iter().find(holds).unwrap_or(Family::LineShift)
    }
}

named! {
    /// The product of two elements of one line shift, summed for intervals.
    Square {
        EarnedEarned = "earned_earned", "Earned².";
        AvailableAvailable = "available_available", "Available².";
        StopsStops = "stops_stops", "Stops².";
        PlannedPlanned = "planned_planned", "Planned².";
        RunRun = "run_run", "Run².";
        GoodGood = "good_good", "Earned by good units².";
        EarnedAvailable = "earned_available", "Earned × available.";
        StopsPlanned = "stops_planned", "Stops × planned.";
        EarnedRun = "earned_run", "Earned × run.";
        GoodEarned = "good_earned", "Earned by good units × earned.";
        GoodPlanned = "good_planned", "Earned by good units × planned.";
        UncoveredUncovered = "uncovered_uncovered", "Uncovered hours².";
        UncoveredScheduled = "uncovered_scheduled", "Uncovered × scheduled hours.";
        ScheduledScheduled = "scheduled_scheduled", "Scheduled hours².";
    }
}

impl Square {
    /// The two elements it multiplies.
    pub const fn elements(self) -> (Element, Element) {
        use Element::{Available, Earned, EarnedGood, Planned, Run, ScheduledHours, Stops, UncoveredHours};
        match self {
            Square::EarnedEarned => (Earned, Earned),
            Square::AvailableAvailable => (Available, Available),
            Square::StopsStops => (Stops, Stops),
            Square::PlannedPlanned => (Planned, Planned),
            Square::RunRun => (Run, Run),
            Square::GoodGood => (EarnedGood, EarnedGood),
            Square::EarnedAvailable => (Earned, Available),
            Square::StopsPlanned => (Stops, Planned),
            Square::EarnedRun => (Earned, Run),
            Square::GoodEarned => (EarnedGood, Earned),
            Square::GoodPlanned => (EarnedGood, Planned),
            Square::UncoveredUncovered => (UncoveredHours, UncoveredHours),
            Square::UncoveredScheduled => (UncoveredHours, ScheduledHours),
            Square::ScheduledScheduled => (ScheduledHours, ScheduledHours),
        }
    }

    /// The square of two elements in either order, where one is kept.
    pub fn of(x: Element, y: Element) -> Option<Square> {
        Square::ALL.iter().copied().find(|square| square.elements() == (x, y) || square.elements() == (y, x))
    }
}

macro_rules! array {
    ($(#[$doc:meta])* $name:ident of $index:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct $name(pub [f64; $index::COUNT]);

        impl Default for $name {
            fn default() -> $name {
                $name([0.0; $index::COUNT])
            }
        }

        impl $name {
            /// Names with values, in the order of the index.
            pub fn named(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
                $index::NAMES.iter().copied().zip(self.0)
            }
        }

        impl Index<$index> for $name {
            type Output = f64;

            fn index(&self, index: $index) -> &f64 {
                &self.0[index as usize]
            }
        }

        impl IndexMut<$index> for $name {
            fn index_mut(&mut self, index: $index) -> &mut f64 {
                &mut self.0[index as usize]
            }
        }

        impl AddAssign<&$name> for $name {
            fn add_assign(&mut self, other: &$name) {
                self.0.iter_mut().zip(other.0).for_each(|(sum, value)| *sum += value);
            }
        }

        impl SubAssign<&$name> for $name {
            fn sub_assign(&mut self, other: &$name) {
                self.0.iter_mut().zip(other.0).for_each(|(sum, value)| *sum -= value);
            }
        }

        impl Add for $name {
            type Output = $name;

            fn add(mut self, other: $name) -> $name {
                self += &other;
                self
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = $name>>(sums: I) -> $name {
                sums.fold($name::default(), Add::add)
            }
        }
    };
}

array! {
    /// The element sums of any rows.
    Sums of Element
}

array! {
    /// The sums of squares between line shifts.
    Squares of Square
}

/// What sums of shares may differ by, against what they are shares of: well over what is lost in adding thousands.
const ROUNDING: f64 = 1e-11;

impl Sums {
    /// The squares of one line shift; add them, never the sums' own.
    pub fn squares(&self) -> Squares {
        let mut squares = Squares::default();
        for (slot, square) in squares.0.iter_mut().zip(Square::ALL) {
            let (x, y) = square.elements();
            *slot = self[x] * self[y];
        }
        squares
    }

    /// The sums of one family, in the order of its elements.
    pub fn of(&self, family: Family) -> &[f64] {
        let elements = family.elements();
        let first = elements[0] as usize;
        &self.0[first..first + elements.len()]
    }

    /// Planned less stops: the time the line could run.
    ///
    /// Shares of a time add up to it but for rounding: what is left of a line that stood for all of its time is nothing,
    /// not a moment in which all of the rest happened.
    pub fn uptime(&self) -> f64 {
        let (planned, stops) = (self[Element::Planned], self[Element::Stops]);
        let left = planned - stops;
        if left.abs() <= ROUNDING * planned.abs() { 0.0 } else { left }
    }

    /// What a reported run leaves unexplained; negative when over-reported.
    pub fn unaccounted(&self) -> f64 {
        self.uptime() - self[Element::Run]
    }

    /// The whole visible loss: planned less stops less earned.
    pub fn to_explain(&self) -> f64 {
        self.uptime() - self[Element::Earned]
    }
}
