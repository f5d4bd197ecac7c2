//! How many minutes the line shift had, and what was planned for it.

use super::{Source, Sourced, facts::Facts};

/// The net minutes of a line shift, from the best source there is.
///
/// A shift that still runs has had no more than its elapsed minutes.
pub(super) fn net_minutes(facts: &Facts) -> Sourced {
    let net = whole_net(facts);
    Sourced { value: facts.elapsed_net.map_or(net.value, |elapsed| net.value.min(elapsed)), ..net }
}

fn whole_net(facts: &Facts) -> Sourced {
    (facts.net_minutes.map(|net| Source::NetEntered.gives(net)))
        .or_else(|| facts.calendar_net.map(|net| Source::NetCalendar.gives(net)))
        .or_else(|| facts.clock_net.map(|net| Source::NetClock.gives(net)))
        .unwrap_or(Source::NetDefault.gives(facts.policy.default_net_minutes))
}

/// The clock minutes within which a stop can lie.
///
/// Entered net minutes may exceed the shift's clock: the line then ran on.
pub(super) fn clock_limit(facts: &Facts) -> f64 {
    facts.clock_minutes.unwrap_or(0.0).max(whole_net(facts).value)
}

/// The units planned, where any were; in proportion while the shift runs.
pub(super) fn planned_units(facts: &Facts) -> Option<Sourced> {
    let units = (facts.planned_units.map(|units| Source::UnitsEntered.gives(units)))
        .or_else(|| facts.calendar_units.map(|units| Source::UnitsCalendar.gives(units)))?;
    let whole = whole_net(facts).value;
    let passed = if whole > 0.0 { net_minutes(facts).value / whole } else { 1.0 };
    Some(units.source.gives(units.value * passed))
}
