//! What happens on the lines, day by day and hour by hour.
use super::{
    blueprint::{Blueprint, LinePlan, ShiftPlan},
    chance::Chance,
    delivery::Delivery,
    inspect::{self, Lot},
    orders::{Book, Current},
    people::{Crews, Worked},
    rows::{Ids, Rows, first_day},
    setup::{Names, SHORT, holiday, net, planned_units, short_day},
    stops::{self, Stop},
};
use domain::{
    Basis, ClosedHow, Day, LineShift, ProductionEntry, RejectDetail, ShiftState,
    time::{Instant, Zone, shift_span},
};

/// The invented days of one client, on their way into rows.
pub(super) struct Floor<'b> {
    pub(super) blueprint: &'static Blueprint,
    pub(super) names: &'b Names,
    pub(super) zone: Zone,
    pub(super) now: Instant,
    pub(super) today: Day,
    pub(super) chance: Chance,
    pub(super) inspector: Chance,
    pub(super) crews: Crews,
}

/// One line on one shift of one day.
struct Place<'p> {
    line: &'static LinePlan,
    shift: &'static ShiftPlan,
    day: Day,
    /// Minutes of the shift that have passed.
    elapsed: f64,
    /// Minutes the shift lasts.
    length: f64,
    trouble: bool,
    pace: f64,
    row: &'p LineShift,
    reports_run: bool,
}

impl Floor<'_> {
    /// Fills the tables of the floor, of its people and its quality, and the orders.
    pub(super) fn run(mut self, ids: &mut Ids, rows: &mut Rows) {
        let blueprint = self.blueprint;
        let chance = self.chance.branch("delivery");
        let mut delivery = Delivery { blueprint, names: self.names, today: self.today, chance };
        for (place, line) in blueprint.lines.iter().enumerate() {
            let mut book = Book::of(blueprint, line, place, &self.chance);
            for day in first_day(self.today).to(self.today) {
                for shift in blueprint.shifts.iter().filter(|s| line.shifts.contains(&s.code)) {
                    self.line_shift(line, shift, day, &mut book, ids, rows);
                }
            }
            for order in book.close(self.today, self.names, ids) {
                delivery.follow(order, ids, rows);
            }
        }
    }
    fn line_shift(
        &mut self,
        line: &'static LinePlan,
        shift: &'static ShiftPlan,
        day: Day,
        book: &mut Book<'_>,
        ids: &mut Ids,
        rows: &mut Rows,
    ) {
        let minute = |m: i64| i32::try_from(m).unwrap_or(0);
        let span = shift_span(self.zone, day, minute(shift.start), minute(shift.end));
        let elapsed = span.elapsed(self.now);
        if elapsed <= 0.0 || !day.is_in(line.weekdays) || day == holiday(self.blueprint, self.today) {
            return;
        }
        let short = day == short_day(self.today);
        let length = if short { SHORT } else { span.minutes() };
        let row = self.head(line, shift, day, elapsed < span.minutes());
        let place = Place {
            trouble: self.in_trouble(line, day),
            pace: self.pace(line, day),
            reports_run: self.chance.happens(self.blueprint.reports_run),
            elapsed: elapsed.min(length),
            length,
            row: &row,
            line,
            shift,
            day,
        };
        let from = rows.entries.len();
        self.hours(&place, book, ids, rows);
        let lot = lot(&rows.entries[from..]);
        let (trouble, over) = (place.trouble, elapsed >= span.minutes());
        inspect::inspect((self.blueprint, self.names, line), &row, (lot, trouble), &mut self.inspector, ids, rows);
        let hours = (self.net(shift, day) / 30.0).round() / 2.0;
        self.crews.note(&Worked { line, shift: shift.code, row: &row, hours, over }, ids, rows);
        rows.line_shifts.push(row);
    }
    fn in_trouble(&self, line: &LinePlan, day: Day) -> bool {
        let trouble = &self.blueprint.trouble;
        day.monday() == self.today.monday().plus(-7 * trouble.weeks_ago) && trouble.lines.contains(&line.code)
    }
    /// How fast a line is on a day: its level, its trend, the weekday, and chance.
    fn pace(&mut self, line: &LinePlan, day: Day) -> f64 {
        let passed = f64::from(day.0 - first_day(self.today).0) / 89.0;
        let weekday = match day.weekday() {
            1 => 0.955,
            5 => 0.975,
            6 | 7 => 0.93,
            _ => 1.0,
        };
        let trouble = if self.in_trouble(line, day) { self.blueprint.trouble.pace } else { 1.0 };
        (line.pace + line.gain * passed) * weekday * trouble * self.chance.around_one(0.035)
    }
    /// The line shift itself; some of it is often left out.
    fn head(&mut self, line: &LinePlan, shift: &ShiftPlan, day: Day, running: bool) -> LineShift {
        let c = &mut self.chance;
        let absent = c.times(line.crew * 0.03).min(4);
        let half = if c.happens(0.06) { 0.5 } else { 0.0 };
        let crew = (line.crew - f64::from(absent) + half).max(1.0);
        let closed = !running && (day < self.today.plus(-3) || !c.happens(0.05));
        let labour = line.basis == Basis::Labour;
        let empty =
            LineShift::empty(self.names.client, day, self.names.shifts[shift.code], self.names.lines[line.code]);
        LineShift {
            crew: c.happens(self.blueprint.counts_crew).then_some(crew),
            overtime: (!running && labour && c.happens(0.05)).then(|| (crew * 0.4).round() * 60.0),
            planned_units: c.happens(0.85).then(|| planned_units(self.blueprint, line, self.net(shift, day))),
            state: if closed { ShiftState::Closed } else { ShiftState::Open },
            closed_how: closed.then_some(ClosedHow::Person),
            note: self.note(line, day),
            handover: None,
            ..empty
        }
    }
    fn net(&self, shift: &ShiftPlan, day: Day) -> f64 {
        if day == short_day(self.today) { SHORT } else { net(shift.start, shift.end, shift.breaks) }
    }
    fn note(&mut self, line: &LinePlan, day: Day) -> Option<String> {
        const NOTES: &[&str] = &[
            "Two people from the line beside until noon.",
            "First article approved late.",
            "Good day.",
            "New operator in training.",
            "Material of the next order is here.",
        ];
        if self.in_trouble(line, day) {
            return Some(self.blueprint.trouble.note.into());
        }
        self.chance.happens(0.07).then(|| self.chance.pick(NOTES).copied().unwrap_or_default().into())
    }
    /// Hour by hour: an order, its units, and what stopped the line.
    fn hours(&mut self, p: &Place<'_>, book: &mut Book<'_>, ids: &mut Ids, rows: &mut Rows) {
        let mut all = stops::stops(self.blueprint, p.line, p.day, p.length, p.trouble, &mut self.chance);
        let mut rest = 0.0;
        let last = (p.elapsed / 60.0).floor() as i64;
        let hours = if p.elapsed >= p.length { (p.length / 60.0).ceil() as i64 } else { last };
        for hour in 0..hours {
            let (current, begun) = book.current(p.day, self.names, ids);
            let from = hour as f64 * 60.0;
            if begun && (hour > 0 || p.day > first_day(self.today)) {
                all.extend(stops::change(self.blueprint, from, &mut self.chance));
            }
            let running = self.running(p, &all, from);
            rest += self.units(p, &current, hour, running);
            let made = (rest.floor() as i64).min(current.left);
            rest = if made < current.left { rest.fract() } else { 0.0 };
            self.entry(p, &current, hour, made, running, ids, rows);
            book.make(made, p.day);
        }
        let over = p.elapsed >= p.length;
        for mut stop in all.into_iter().filter(|s| s.start + s.minutes <= p.elapsed || over && s.start + 2.0 < p.length)
        {
            stop.minutes = stop.minutes.min(p.length - stop.start);
            let row = stops::row(&stop, ids.fresh(), p.row.id, self.names, &mut self.chance);
            rows.stops.push(stops::on_machine(row, &stop, p.line, self.names, &mut self.inspector));
        }
    }
    /// Minutes of an hour in which the line ran.
    fn running(&self, p: &Place<'_>, all: &[Stop], from: f64) -> f64 {
        let to = (from + 60.0).min(p.length);
        let paused: f64 = p
            .shift
            .breaks
            .iter()
            .map(|(at, minutes)| {
                let start = (at - p.shift.start).rem_euclid(1440) as f64;
                ((start + minutes).min(to) - start.max(from)).max(0.0)
            })
            .sum();
        let stopped: f64 = all.iter().map(|s| s.within(from, to) * s.share).sum();
        (to - from - paused - stopped).max(0.0)
    }
    fn units(&mut self, p: &Place<'_>, current: &Current, hour: i64, running: f64) -> f64 {
        let people = if p.line.basis == Basis::Machine { 1.0 } else { p.row.crew.unwrap_or(p.line.crew) };
        // The first hour starts slowly; the hours after the breaks too.
        let curve = match hour {
            0 => 0.86,
            4 => 0.95,
            7 => 0.97,
            _ => 1.03,
        };
        people * running * p.pace * curve * self.chance.around_one(0.03) / current.standard
    }
    #[allow(clippy::too_many_arguments, reason = "an entry is where everything meets")]
    fn entry(
        &mut self,
        p: &Place<'_>,
        now: &Current,
        hour: i64,
        made: i64,
        running: f64,
        ids: &mut Ids,
        rows: &mut Rows,
    ) {
        if made == 0 && running > 0.0 {
            return;
        }
        let bad = self.defective(p, made);
        let c = &mut self.chance;
        let scrap = (bad as f64 * c.between(0.15, 0.4)).floor() as i64;
        let ordered = !c.happens(0.05);
        let named = !ordered || c.happens(0.75);
        let entry = ProductionEntry {
            line_shift_id: p.row.id,
            work_order_id: ordered.then_some(now.order.id),
            product_id: if named { Some(self.names.products[now.product]) } else { None },
            operation_id: p.line.operation.and_then(|o| self.names.operations.get(o)).copied(),
            hour: Some(hour),
            produced: Some(made),
            defective: (!c.happens(0.04)).then_some(bad),
            scrap: (bad > 0 && scrap > 0).then_some(scrap),
            run_minutes: (p.reports_run && !c.happens(0.01)).then(|| (running * c.between(0.96, 1.0)).round()),
            crew_present: (p.row.crew.is_none() && c.happens(0.4)).then_some(p.line.crew),
            entry_method: Some("typed".into()),
            ..ProductionEntry::blank(self.names.client, ids.fresh())
        };
        let defective = entry.defective.unwrap_or(0);
        self.rejects(p, &entry, defective, ids, rows);
        rows.entries.push(ProductionEntry { scrap: entry.defective.and(entry.scrap), ..entry });
    }
    fn defective(&mut self, p: &Place<'_>, made: i64) -> i64 {
        let rate = if p.trouble { p.line.rejects * self.blueprint.trouble.rejects } else { p.line.rejects };
        let mean = made as f64 * rate;
        let n = if mean > 40.0 {
            (mean * self.chance.around_one(0.16)).max(0.0)
        } else {
            f64::from(self.chance.times(mean))
        };
        (n as i64).min(made)
    }
    /// Some of the rejects by type and cause.
    fn rejects(&mut self, p: &Place<'_>, entry: &ProductionEntry, bad: i64, ids: &mut Ids, rows: &mut Rows) {
        if bad == 0 || !self.chance.happens(0.6) {
            return;
        }
        let usual = self.chance.pick(self.blueprint.defects).map(|d| (d.name, d.cause));
        let worst = (self.blueprint.trouble.defect, self.blueprint.trouble.cause);
        let first = if p.trouble { worst } else { usual.unwrap_or(worst) };
        let most = if bad > 2 { bad - bad / 3 } else { bad };
        let second = self.blueprint.defects.iter().map(|d| (d.name, d.cause)).find(|d| d.0 != first.0);
        for ((defect, cause), quantity) in [Some(first), second].into_iter().flatten().zip([most, bad - most]) {
            if quantity > 0 {
                rows.rejects.push(RejectDetail {
                    production_entry_id: entry.id,
                    defect: defect.into(),
                    cause: self.chance.happens(0.7).then(|| cause.into()),
                    quantity,
                    defect_type_id: self.names.defects.get(defect).copied(),
                    ..RejectDetail::blank(entry.client_id, ids.fresh())
                });
            }
        }
    }
}

/// What an inspector finds of a line shift: its units, and what they are.
fn lot(entries: &[ProductionEntry]) -> Lot {
    let sum = |of: fn(&ProductionEntry) -> Option<i64>| entries.iter().filter_map(of).sum();
    Lot {
        produced: sum(|e| e.produced),
        defective: sum(|e| e.defective),
        product: entries.iter().find_map(|e| e.product_id),
        order: entries.iter().find_map(|e| e.work_order_id),
    }
}
