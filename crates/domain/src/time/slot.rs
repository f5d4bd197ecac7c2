//! The hours of a shift, as its entry sheet shows them.

use super::{Span, Zone, local_label};

/// One hour of a shift; the last may be shorter.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Its number, 0 from the start of the shift.
    pub hour: i64,
    /// The wall clock at its start, when the shift has clock times.
    pub from: Option<String>,
    /// The wall clock at its end, when the shift has clock times.
    pub to: Option<String>,
    /// Its length in minutes.
    pub minutes: f64,
}

/// The hours of a shift with clock times, counted in elapsed hours.
pub fn slots(zone: Zone, span: Span) -> Vec<Slot> {
    lengths(span.minutes())
        .map(|(hour, minutes)| {
            let from = span.from.plus_minutes(hour * 60);
            let to = from.plus_minutes(60).min(span.to);
            Slot { hour, from: Some(local_label(zone, from)), to: Some(local_label(zone, to)), minutes }
        })
        .collect()
}

/// The hours of a shift that has no clock times.
pub fn slots_without_clock(minutes: f64) -> Vec<Slot> {
    lengths(minutes).map(|(hour, minutes)| Slot { hour, from: None, to: None, minutes }).collect()
}

/// Hour numbers with their length; a shift longer than 48 h is cut there.
fn lengths(minutes: f64) -> impl Iterator<Item = (i64, f64)> {
    let hours = (minutes / 60.0).ceil().clamp(0.0, 48.0) as i64;
    (0..hours).map(move |hour| (hour, (minutes - hour as f64 * 60.0).min(60.0)))
}
