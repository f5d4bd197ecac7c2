//! The clock of a shift: when it starts, ends and pauses.

use super::{Day, Instant, Zone, instant_at};

/// A stretch of time between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Instant,
    /// The moment after the last.
    pub to: Instant,
}

impl Span {
    /// Its length in minutes.
    pub fn minutes(self) -> f64 {
        self.to.minutes_since(self.from)
    }

    /// The part of it that lies before `now`, in minutes.
    pub fn elapsed(self, now: Instant) -> f64 {
        now.min(self.to).minutes_since(self.from).max(0.0)
    }
}

/// A pause of a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Break {
    /// Wall-clock minutes after local midnight.
    pub start_minute: i32,
    /// Its length in minutes.
    pub minutes: f64,
}

/// The span of a shift; it belongs wholly to the day on which it starts.
///
/// Minutes are wall-clock minutes after local midnight; an end at or before
/// the start is on the next day. The length follows the two UTC moments, so a
/// night shift has 7 h or 9 h when the clock changes.
pub fn shift_span(zone: Zone, day: Day, start_minute: i32, end_minute: i32) -> Span {
    let end = if end_minute <= start_minute { end_minute + 1440 } else { end_minute };
    Span { from: instant_at(zone, day, start_minute), to: instant_at(zone, day, end) }
}

/// The length of a shift less its breaks, in minutes.
pub fn net_minutes(span: Span, breaks: &[Break]) -> f64 {
    span.minutes() - breaks.iter().map(|pause| pause.minutes).sum::<f64>()
}

/// The net minutes of a shift that lie before `now`.
pub fn elapsed_net(zone: Zone, day: Day, span: Span, breaks: &[Break], now: Instant) -> f64 {
    let paused = breaks.iter().map(|pause| paused(zone, day, span, pause, now)).sum::<f64>();
    span.elapsed(now) - paused
}

/// The part of a break that lies before `now`.
fn paused(zone: Zone, day: Day, span: Span, pause: &Break, now: Instant) -> f64 {
    let on_day = instant_at(zone, day, pause.start_minute);
    // A break before the shift's start is one after midnight of a night shift.
    let from = if on_day < span.from { instant_at(zone, day, pause.start_minute + 1440) } else { on_day };
    now.min(span.to).minutes_since(from).clamp(0.0, pause.minutes.max(0.0))
}

/// The row in force on a day: the latest `valid_from` on or before it.
pub fn valid_on<T>(rows: &[T], day: Day, valid_from: impl Fn(&T) -> Day) -> Option<&T> {
    rows.iter().filter(|row| valid_from(row) <= day).max_by_key(|row| valid_from(row))
}

/// All rows in force on a day: those that share the latest `valid_from`.
pub fn all_valid_on<T>(rows: &[T], day: Day, valid_from: impl Fn(&T) -> Day) -> Vec<&T> {
    let latest = rows.iter().map(&valid_from).filter(|from| *from <= day).max();
    rows.iter().filter(|row| Some(valid_from(row)) == latest).collect()
}
