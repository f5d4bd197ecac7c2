//! The stops of one line shift.
use super::{
    blueprint::{Blueprint, LinePlan, ReasonPlan, StopKind},
    chance::Chance,
    setup::Names,
};
use domain::{Affects, Basis, Day, DowntimeEntry, Id, LineShift};

/// A stop on the line's clock, before it is written down.
pub(super) struct Stop {
    pub(super) reason: &'static ReasonPlan,
    pub(super) start: f64,
    pub(super) minutes: f64,
    /// The share of the crew that stands still.
    pub(super) share: f64,
    pub(super) cause: Option<&'static str>,
}

impl Stop {
    /// Minutes of it that fall between two minutes of the shift.
    pub(super) fn within(&self, from: f64, to: f64) -> f64 {
        ((self.start + self.minutes).min(to) - self.start.max(from)).max(0.0)
    }
}

/// Everything that stops a line on a day, but for changes of order.
pub(super) fn stops(
    b: &'static Blueprint,
    line: &LinePlan,
    day: Day,
    length: f64,
    trouble: bool,
    c: &mut Chance,
) -> Vec<Stop> {
    let mut out = vec![];
    for reason in b.reasons {
        let bad = trouble && reason.code == b.trouble.reason;
        let (often, minutes) = if bad { (b.trouble.often, b.trouble.minutes) } else { (reason.often, reason.minutes) };
        let planned = reason.kind == StopKind::Planned && day.weekday() == 3;
        let n = if planned { 1 } else { c.times(often) };
        for _ in 0..n {
            let minutes = (minutes * c.around_one(0.35).max(0.25)).round().max(2.0);
            let start = if planned { 15.0 } else { c.between(5.0, (length - minutes).max(6.0)).round() };
            let share = share(reason.affects, line);
            out.push(Stop { reason, start, minutes, share, cause: bad.then_some(b.trouble.cause) });
        }
    }
    out.sort_by(|a, b| a.start.total_cmp(&b.start));
    out
}

/// The share of a line that one stop stands still.
pub(super) fn share(affects: Affects, line: &LinePlan) -> f64 {
    if affects == Affects::Station && line.basis == Basis::Labour { 1.0 / line.crew.max(1.0) } else { 1.0 }
}

/// The change of order at a minute of the shift.
pub(super) fn change(b: &'static Blueprint, start: f64, c: &mut Chance) -> Option<Stop> {
    let reason = b.reasons.iter().find(|r| r.kind == StopKind::Setup)?;
    let minutes = (reason.minutes * c.around_one(0.3).max(0.4)).round();
    Some(Stop { reason, start, minutes, share: 1.0, cause: None })
}

/// How the stop is written down: some of it is often left out.
pub(super) fn row(s: &Stop, id: Id<DowntimeEntry>, at: Id<LineShift>, names: &Names, c: &mut Chance) -> DowntimeEntry {
    const ACTIONS: &[&str] = &["Mechanic called", "Adjusted", "Part replaced", "Restarted", "Supervisor told"];
    let station = s.reason.affects == Affects::Station;
    DowntimeEntry {
        line_shift_id: at,
        reason_id: (!c.happens(0.03)).then(|| names.reasons[s.reason.code]),
        minutes: Some(s.minutes),
        start_minute: c.happens(0.72).then_some(s.start),
        affected: (station && c.happens(0.5)).then_some(1.0),
        station: station.then(|| format!("{}", c.whole(1, 24))),
        cause: s.cause.map(Into::into),
        action: c.happens(0.35).then(|| c.pick(ACTIONS).copied().unwrap_or_default().into()),
        resolved: Some(true),
        ..DowntimeEntry::blank(names.client, id)
    }
}

/// A machine that stood, where one of the line's own did.
pub(super) fn on_machine(
    row: DowntimeEntry,
    stop: &Stop,
    line: &LinePlan,
    names: &Names,
    c: &mut Chance,
) -> DowntimeEntry {
    let machine = names.machines.get(line.code).and_then(|all| c.pick(all)).copied();
    let stood = stop.reason.kind == StopKind::Unplanned && c.happens(0.6);
    DowntimeEntry { equipment_id: machine.filter(|_| stood), ..row }
}
