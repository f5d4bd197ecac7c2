//! A line shift or a part of it, before its elements are derived.

use super::{Element, Sums, WorkedEntry, WorkedStop};

/// What holds for a whole line shift and each of its parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    /// Crew and idle floating people together.
    pub people: f64,
    /// The crew alone: reported clock minutes are multiplied by it.
    pub crew: f64,
    /// The crew is inferred.
    pub crew_inferred: bool,
    /// The crew or the net minutes are inferred.
    pub time_inferred: bool,
    /// Every entry reports its run.
    pub reported: bool,
    /// Units were planned for the line shift.
    pub has_plan: bool,
}

/// Quantities that add up; every element follows from them linearly.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slice {
    pub available: f64,
    pub excluded: f64,
    pub est_excluded: f64,
    pub run_clock: f64,
    pub sums: Sums,
}

impl Slice {
    /// The time of a line shift that is not of one entry or stop.
    pub(super) fn shared(available: f64, of_line_shift: Sums) -> Slice {
        Slice { available, sums: of_line_shift, ..Slice::default() }
    }

    /// Adds `share` of the line shift's own time to a part.
    pub(super) fn add_share(&mut self, whole: &Slice, share: f64) {
        self.available += whole.available * share;
        for (sum, value) in self.sums.0.iter_mut().zip(whole.sums.0) {
            *sum += value * share;
        }
    }

    /// Adds `share` of a stop.
    pub(super) fn add_stop(&mut self, stop: &WorkedStop, share: f64) {
        let amount = stop.amount * share;
        let inferred = if stop.affected.source.is_inferred() { amount } else { 0.0 };
        if stop.excluded {
            self.excluded += amount;
            self.est_excluded += inferred;
        } else {
            self.sums[Element::Stops] += amount;
            self.sums[Element::EstStops] += inferred;
        }
        if stop.unplanned {
            self.sums[Element::DownClock] += stop.clock * share;
        }
        if stop.failure {
            self.sums[Element::Failures] += share;
        }
    }

    /// Adds a production entry and the clock minutes it reports.
    pub(super) fn add_entry(&mut self, entry: &WorkedEntry, run_minutes: Option<f64>, has_plan: bool) {
        let sums = &mut self.sums;
        self.run_clock += run_minutes.unwrap_or(0.0);
        sums[Element::Entries] += 1.0;
        sums[Element::Produced] += entry.produced;
        sums[Element::Good] += entry.good;
        sums[Element::Earned] += entry.earned;
        sums[Element::EarnedGood] += entry.earned_good;
        if entry.standard.source.is_inferred() {
            sums[Element::EstEarned] += entry.earned;
            sums[Element::EstEarnedGood] += entry.earned_good;
        }
        if has_plan {
            sums[Element::ProducedPlanned] += entry.produced;
        }
    }

    /// The elements; planned, run and the inferred parts follow from the rest.
    pub(super) fn elements(&self, ground: &Ground) -> Sums {
        let mut sums = self.sums;
        sums[Element::Available] = self.available;
        sums[Element::Planned] = self.available - self.excluded;
        let uptime = sums.uptime();
        let (run, clock) = self.run(ground, uptime);
        sums[Element::Run] = run;
        sums[Element::RunClock] = clock;
        if ground.time_inferred {
            sums[Element::EstAvailable] = self.available;
            sums[Element::EstPlanned] = sums[Element::Planned];
            sums[Element::EstUptime] = uptime;
        } else {
            sums[Element::EstPlanned] = self.est_excluded;
            sums[Element::EstUptime] = self.est_excluded + sums[Element::EstStops];
        }
        sums[Element::EstRun] = if ground.reported && !ground.crew_inferred { 0.0 } else { run };
        sums[Element::EstRunClock] = if ground.reported { 0.0 } else { clock };
        sums[Element::EstCrew] = if ground.crew_inferred { sums[Element::Crew] } else { 0.0 };
        sums
    }

    /// Minutes run in the line's unit, and by its clock.
    fn run(&self, ground: &Ground, uptime: f64) -> (f64, f64) {
        if ground.reported {
            return (self.run_clock * ground.crew, self.run_clock);
        }
        (uptime, if ground.people > 0.0 { uptime / ground.people } else { 0.0 })
    }
}
