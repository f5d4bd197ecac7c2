//! What can move a figure from one period to the next.

use serde::Serialize;
use ts_rs::TS;

/// One of the seven factors of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Factor {
    /// What stops left of the time; a client's excluded stops too, where the figure rests on available time.
    Availability,
    /// What a reported run explains of the time left by stops.
    Accounted,
    /// What was earned, or made, in the time run.
    Performance,
    /// What of it was good.
    Quality,
    /// Which products each line made.
    Product,
    /// Which lines worked.
    Line,
    /// Which clients and lines worked, where several clients are asked about.
    Client,
    /// On which weekdays and shifts there was work.
    Calendar,
}

impl Factor {
    /// Its word; the key of its words under "factor.".
    pub const fn word(self) -> &'static str {
        match self {
            Factor::Availability => "availability",
            Factor::Accounted => "accounted",
            Factor::Performance => "performance",
            Factor::Quality => "quality",
            Factor::Product => "product",
            Factor::Line => "line",
            Factor::Client => "client",
            Factor::Calendar => "calendar",
        }
    }

    /// Every factor, in the order in which they are shown.
    pub const ALL: &'static [Factor] = &[
        Factor::Availability,
        Factor::Accounted,
        Factor::Performance,
        Factor::Quality,
        Factor::Product,
        Factor::Line,
        Factor::Client,
        Factor::Calendar,
    ];
}
