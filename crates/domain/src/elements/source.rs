//! Where a value comes from, and how far it is trusted.

/// A quantity that may have to be inferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// People on the line.
    Crew,
    /// Net minutes of the shift.
    NetMinutes,
    /// People or stations a stop held up.
    Stops,
    /// Minutes the line ran.
    Run,
    /// Minutes per unit.
    Standard,
    /// The division of time among entries.
    Allocation,
    /// Units planned.
    PlannedUnits,
    /// Units inspected.
    Inspected,
    /// Defects found.
    Defects,
    /// Defect opportunities of a unit.
    Opportunities,
    /// Hours people should work, and were missing.
    Hours,
    /// People there.
    Staffed,
    /// The day an order was promised.
    Promised,
    /// The day an order left.
    Shipped,
    /// When work on an order began.
    Start,
}

impl Subject {
    /// Its name in an explanation.
    pub const fn key(self) -> &'static str {
        match self {
            Subject::Crew => "crew",
            Subject::NetMinutes => "net_minutes",
            Subject::Stops => "stops",
            Subject::Run => "run",
            Subject::Standard => "standard",
            Subject::Allocation => "allocation",
            Subject::PlannedUnits => "planned_units",
            Subject::Inspected => "inspected",
            Subject::Defects => "defects",
            Subject::Opportunities => "opportunities",
            Subject::Hours => "hours",
            Subject::Staffed => "staffed",
            Subject::Promised => "promised",
            Subject::Shipped => "shipped",
            Subject::Start => "start",
        }
    }
}

macro_rules! sources {
    ($($name:ident: $subject:ident, $key:literal, $confidence:literal, $doc:literal;)*) => {
        /// Where a value comes from; the confidence follows from it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Source { $(#[doc = $doc] $name),* }

        impl Source {
            /// Every source, in the order of its bit.
            pub const ALL: &'static [Source] = &[$(Source::$name),*];

            /// The key of its words, under "source.".
            pub const fn key(self) -> &'static str {
                match self { $(Source::$name => $key),* }
            }

            /// What it is, in a sentence.
            pub const fn about(self) -> &'static str {
                match self { $(Source::$name => $doc),* }
            }

            /// How far it is trusted, from 0 to 1.
            pub const fn confidence(self) -> f64 {
                match self { $(Source::$name => $confidence),* }
            }

            /// What it is a source of.
            pub const fn subject(self) -> Subject {
                match self { $(Source::$name => Subject::$subject),* }
            }
        }
    };
}

sources! {
    CrewEntered: Crew, "entered", 1.0, "Crew entered on the line shift.";
    CrewMachine: Crew, "machine_line", 1.0, "A machine line counts as one.";
    CrewAssigned: Crew, "crew_assigned", 1.0, "People assigned in its entries.";
    CrewPresent: Crew, "crew_present", 0.8, "People present in its entries.";
    CrewMean: Crew, "mean_30_days", 0.5, "Mean of the crews entered in the 30 days before.";
    CrewPlanned: Crew, "planned_crew", 0.4, "Crew planned in the line's calendar.";
    CrewDefault: Crew, "client_default", 0.3, "The client's default crew.";
    CrewUnknown: Crew, "unknown", 0.0, "No crew is known; it counts as 0.";
    NetEntered: NetMinutes, "entered", 1.0, "Net minutes entered or imported.";
    NetCalendar: NetMinutes, "calendar_day", 1.0, "An exception in the calendar.";
    NetClock: NetMinutes, "shift_clock", 1.0, "Shift length less breaks.";
    NetDefault: NetMinutes, "client_default", 0.3, "The client's default minutes.";
    StopEntered: Stops, "entered", 1.0, "People or stations affected, as entered.";
    StopMachine: Stops, "machine_line", 1.0, "A stop of a machine line affects one.";
    StopLine: Stops, "affects_line", 0.8, "Its reason holds up the whole crew.";
    StopStation: Stops, "affects_station", 0.8, "Its reason holds up one station.";
    StopUnknown: Stops, "unknown", 0.0, "The stop has no minutes; it counts as 0.";
    RunReported: Run, "reported", 1.0, "Every entry reports its run minutes.";
    RunInferred: Run, "planned_minus_stops", 0.8, "Planned time less stops.";
    StandardOrder: Standard, "work_order", 1.0, "The work order's own standard.";
    StandardProduct: Standard, "product_standard", 1.0, "The product's standard valid that day.";
    StandardShown: Standard, "demonstrated", 0.6, "What the 30 days before have shown.";
    StandardDefault: Standard, "client_default", 0.3, "The client's default standard.";
    StandardUnknown: Standard, "unknown", 0.0, "No standard is known; nothing is earned.";
    Whole: Allocation, "whole", 1.0, "There is nothing to divide.";
    ByRun: Allocation, "by_run", 1.0, "Divided by reported run minutes.";
    ByEarned: Allocation, "by_earned", 0.5, "Divided by earned minutes.";
    Equal: Allocation, "equal", 0.3, "Divided equally.";
    UnitsEntered: PlannedUnits, "entered", 1.0, "Planned units of the line shift.";
    UnitsCalendar: PlannedUnits, "line_calendar", 1.0, "Planned units of the line's calendar.";
    CrewAttendance: Crew, "attendance", 0.8, "People present in the attendance of that line and shift.";
    InspectedEntered: Inspected, "entered", 1.0, "Units inspected, as entered.";
    InspectedProduced: Inspected, "stands_in", 0.8, "Production stands in where its order has no inspection that day.";
    DefectsEntered: Defects, "entered", 1.0, "Defects found, as entered.";
    DefectsDefective: Defects, "defective_units", 0.8, "Defective units, where nobody counted their defects.";
    OpportunitiesPart: Opportunities, "part", 1.0, "Opportunities of the product.";
    OpportunitiesDefault: Opportunities, "client_default", 0.5, "The client's default opportunities.";
    OpportunitiesOne: Opportunities, "one", 0.3, "One opportunity a unit, for want of another number.";
    HoursEntered: Hours, "entered", 1.0, "Hours as entered.";
    HoursInferred: Hours, "shift_hours", 0.5, "The shift's hours, where nobody entered any.";
    StaffedEntered: Staffed, "entered", 1.0, "People there, as entered.";
    StaffedAttendance: Staffed, "attendance", 0.8, "People present in the attendance.";
    PromisedPlanned: Promised, "planned_ship_date", 1.0, "The day planned to ship.";
    PromisedRequired: Promised, "required_date", 0.8, "The day the client asked for.";
    PromisedWorked: Promised, "from_standard", 0.5, "Planned start and the days its standard needs.";
    ShippedEntered: Shipped, "entered", 1.0, "The day of a shipment.";
    ShippedAfter: Shipped, "after_production", 0.5, "The working day after the last production.";
    StartEntered: Start, "actual_start", 1.0, "The start as entered.";
    StartProduced: Start, "first_production", 0.9, "The first production day.";
    StartPlanned: Start, "planned_start", 0.6, "The planned start.";
    StartReceived: Start, "received", 0.4, "The day it was received.";
    HoursDifference: Hours, "scheduled_less_actual", 0.8, "Scheduled less worked hours.";
    HoursWhole: Hours, "whole_schedule", 0.5, "All scheduled hours, of an absence nobody measured.";
    ShippedRest: Shipped, "last_shipment", 0.5, "The last shipment of a finished order, where units are missing.";
}

impl Source {
    /// Whether a value from it is an inference.
    pub fn is_inferred(self) -> bool {
        self.confidence() < 1.0
    }

    /// A value that comes from it.
    pub fn gives(self, value: f64) -> Sourced {
        Sourced { value, source: self }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sourced {
    /// The value.
    pub value: f64,
    /// Its source.
    pub source: Source,
}

impl Sourced {
    /// How far it is trusted, from 0 to 1.
    pub fn confidence(self) -> f64 {
        self.source.confidence()
    }
}

/// A set of sources in one integer; sets are united with `|`.
///
/// A source's bit is its place in the list: new ones stand at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sources(pub u64);

impl Sources {
    /// Adds a source.
    pub fn add(&mut self, source: Source) {
        self.0 |= 1_u64 << source as u8;
    }

    /// Whether it holds a source.
    pub fn holds(self, source: Source) -> bool {
        self.0 & (1_u64 << source as u8) != 0
    }

    /// The sources it holds.
    pub fn iter(self) -> impl Iterator<Item = Source> {
        Source::ALL.iter().copied().filter(move |source| self.holds(*source))
    }

    /// The least trusted inference about any of the subjects.
    pub fn weakest(self, subjects: &[Subject]) -> Option<Source> {
        let inferred = self.iter().filter(|source| source.is_inferred() && subjects.contains(&source.subject()));
        inferred.min_by(|a, b| a.confidence().total_cmp(&b.confidence()))
    }
}

impl std::ops::BitOr for Sources {
    type Output = Sources;

    fn bitor(self, other: Sources) -> Sources {
        Sources(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Sources {
    fn bitor_assign(&mut self, other: Sources) {
        self.0 |= other.0;
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(sources: I) -> Sources {
        let mut set = Sources::default();
        sources.into_iter().for_each(|source| set.add(source));
        set
    }
}
