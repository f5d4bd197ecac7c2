//! What is known about one line shift before anything is worked out.

/// The 16 bytes of a row's id.
pub type Key = [u8; 16];

pub use crate::entities::{Affects, Basis};

/// A client's rules and defaults.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Planned stops (maintenance, no orders) are no planned time.
    pub exclude_planned: bool,
    /// Set-up is neither planned time nor a stop.
    pub exclude_setup: bool,
    /// The crew where nothing else is known.
    pub default_crew: Option<f64>,
    /// The minutes of a shift where nothing else is known.
    pub default_net_minutes: f64,
    /// Minutes per unit where nothing else is known.
    pub default_standard: Option<f64>,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            exclude_planned: false,
            exclude_setup: false,
            default_crew: None,
            default_net_minutes: 480.0,
            default_standard: None,
        }
    }
}

/// Everything known about one line on one shift of one day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The unit of the line's time.
    pub basis: Basis,
    /// People on the line, as entered.
    pub crew: Option<f64>,
    /// Floating people who were idle on the line, as entered.
    pub floating_idle: Option<f64>,
    /// Minutes floating people were idle on the line, by the covers.
    pub idle_minutes: Option<f64>,
    /// People present in the attendance of the line and shift.
    pub listed: Option<f64>,
    /// Net minutes of the shift, as entered or imported.
    pub net_minutes: Option<f64>,
    /// Overtime in the line's unit, as entered.
    pub overtime: Option<f64>,
    /// Units planned for the line shift, as entered.
    pub planned_units: Option<f64>,
    /// Net minutes of an exception in the calendar.
    pub calendar_net: Option<f64>,
    /// Shift length by its two moments, in minutes.
    pub clock_minutes: Option<f64>,
    /// Shift length less breaks, in minutes.
    pub clock_net: Option<f64>,
    /// Net minutes passed so far, of a shift that still runs.
    pub elapsed_net: Option<f64>,
    /// Mean of the crews entered in the 30 days before.
    pub mean_crew: Option<f64>,
    /// Crew planned in the line's calendar.
    pub planned_crew: Option<f64>,
    /// Units planned in the line's calendar.
    pub calendar_units: Option<f64>,
    /// What was produced.
    pub entries: Vec<EntryFacts>,
    /// When the line or a station stood.
    pub stops: Vec<StopFacts>,
    /// The client's rules and defaults.
    pub policy: Policy,
}

/// One production entry; missing counts are 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EntryFacts {
    /// The entry's id.
    pub id: Key,
    /// The style or model made.
    pub product: Option<Key>,
    /// The operation done.
    pub operation: Option<Key>,
    /// The work order served.
    pub order: Option<Key>,
    /// Its hour from the start of the shift; none is the whole shift.
    pub hour: Option<i64>,
    /// Units made, good and bad.
    pub produced: Option<f64>,
    /// Units that failed the first time.
    pub defective: Option<f64>,
    /// Of these, reworked, repaired and scrapped.
    pub parts: [Option<f64>; 3],
    /// Clock minutes the line ran for it.
    pub run_minutes: Option<f64>,
    /// People assigned to it.
    pub crew_assigned: Option<f64>,
    /// People present.
    pub crew_present: Option<f64>,
    /// Minutes per unit of the work order.
    pub order_standard: Option<f64>,
    /// Minutes per unit of the product, valid that day.
    pub product_standard: Option<f64>,
    /// Minutes per unit shown by the 30 days before.
    pub demonstrated: Option<f64>,
}

/// One stop.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StopFacts {
    /// The stop's id.
    pub id: Key,
    /// Its length in clock minutes.
    pub minutes: Option<f64>,
    /// Clock minutes from the start of the shift to its start.
    pub start_minute: Option<f64>,
    /// People or stations it held up, as entered.
    pub affected: Option<f64>,
    /// The station that stood.
    pub station: Option<String>,
    /// What its reason holds up.
    pub affects: Affects,
    /// Its reason.
    pub reason: Option<Key>,
    /// Its reason is planned.
    pub planned: bool,
    /// Its reason is a set-up.
    pub setup: bool,
    /// The work order it belongs to.
    pub order: Option<Key>,
}
