//! By what an answer can be grouped.

use domain::{Code, Fault};

macro_rules! groupings {
    ($($name:ident = $word:literal, $about:literal;)*) => {
        /// By what the rows of an answer are grouped.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Grouping { $(#[doc = $about] $name),* }

        impl Grouping {
            /// All of them.
            pub const ALL: &'static [Grouping] = &[$(Grouping::$name),*];

            /// Its word in a question.
            pub const fn word(self) -> &'static str {
                match self { $(Grouping::$name => $word),* }
            }
        }
    };
}

groupings! {
    Client = "client", "The client.";
    Line = "line", "The line.";
    Shift = "shift", "The shift.";
    Product = "product", "The product.";
    Operation = "operation", "The operation.";
    Order = "order", "The work order.";
    Step = "step", "The operation after which was inspected.";
    Job = "job", "The job of the order.";
    Department = "department", "The department.";
    Equipment = "equipment", "The machine.";
    CustomerPo = "customer_po", "The client's own order number.";
    Priority = "priority", "The order's priority.";
    Day = "day", "The production day.";
    Week = "week", "The ISO week.";
    Month = "month", "The month.";
}

/// Whatever belongs to a day can be followed over time.
const TIMES: &[Grouping] = &[Grouping::Day, Grouping::Week, Grouping::Month];

/// What every KPI of a line shift can be grouped by, beside time.
pub(super) const OF_LINE_SHIFTS: &[Grouping] =
    &[Grouping::Client, Grouping::Line, Grouping::Shift, Grouping::Product, Grouping::Operation, Grouping::Order];

/// What every KPI of inspections can be grouped by, beside time.
pub(super) const OF_INSPECTIONS: &[Grouping] =
    &[Grouping::Client, Grouping::Line, Grouping::Product, Grouping::Step, Grouping::Shift];
/// What a KPI of people can be grouped by, beside time.
pub(super) const OF_PEOPLE: &[Grouping] = &[Grouping::Client, Grouping::Line, Grouping::Shift, Grouping::Department];

impl Grouping {
    /// The groupings a question names; none the KPI does not know, none twice.
    pub fn read(words: &[String], allowed: &[Grouping]) -> Result<Vec<Grouping>, Fault> {
        let mut groupings = Vec::new();
        for word in words {
            let grouping = allowed.iter().chain(TIMES).copied().find(|grouping| grouping.word() == word);
            match grouping {
                Some(grouping) if !groupings.contains(&grouping) => groupings.push(grouping),
                _ => return Err(Fault::new(Code::Grouping).at("by").with("value", word)),
            }
        }
        Ok(groupings)
    }

    /// Whether it divides a line shift into its parts.
    pub const fn is_below_line_shift(self) -> bool {
        matches!(self, Grouping::Product | Grouping::Operation | Grouping::Order | Grouping::Step | Grouping::Job)
    }

    /// Whether one line shift can lie in several of its groups.
    pub const fn divides_line_shift(self) -> bool {
        !self.is_time() && !matches!(self, Grouping::Client | Grouping::Line | Grouping::Shift)
    }

    /// Whether it is a stretch of time.
    pub const fn is_time(self) -> bool {
        matches!(self, Grouping::Day | Grouping::Week | Grouping::Month)
    }

    /// The mark of line shifts whose time is divided along it.
    pub const fn shared_mark(self) -> i64 {
        match self {
            Grouping::Product => 1,
            Grouping::Operation => 2,
            Grouping::Order => 4,
            _ => 0,
        }
    }
}
