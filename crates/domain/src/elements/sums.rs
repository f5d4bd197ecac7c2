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
    }
}

impl Square {
    /// The two elements it multiplies.
    pub const fn elements(self) -> (Element, Element) {
        use Element::{Available, Earned, EarnedGood, Planned, Run, Stops};
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

    /// Planned less stops: the time the line could run.
    pub fn uptime(&self) -> f64 {
        self[Element::Planned] - self[Element::Stops]
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
