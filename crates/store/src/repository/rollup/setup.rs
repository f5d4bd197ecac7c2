//! How a client is set up, read once for many line shifts.
use super::quality;
use crate::{Result, repository::Reader, values};
use domain::{
    CalendarDay, Client, ClientSetting, Day, Id, Line, LineCalendar, Operation, Product, ProductStandard, Shift,
    ShiftBreak, ShiftTime, WorkOrder,
    elements::{self, Policy, order::WorkingDays},
    time::{self, Break, Instant, Span, Zone},
};
use std::{collections::HashMap, sync::Arc};

/// What line shifts of one client share.
pub(super) struct Setup {
    pub(super) client: Id<Client>,
    pub(super) setting: ClientSetting,
    pub(super) zone: Zone,
    pub(super) today: Day,
    pub(super) now: Instant,
    times: HashMap<Id<Shift>, Times>,
    calendars: HashMap<(Id<Line>, Id<Shift>), Vec<LineCalendar>>,
    pub(super) exceptions: Vec<CalendarDay>,
    pub(super) plans: Option<Arc<Vec<LineCalendar>>>,
    pub(super) working: Option<Arc<WorkingDays>>,
    bases: HashMap<Id<Line>, elements::Basis>,
    standards: HashMap<Id<Product>, Vec<ProductStandard>>,
    orders: HashMap<Id<WorkOrder>, Ordered>,
    /// What the days before one day show of products; settling goes from day to day, so that those days stand.
    demonstrated: (Day, HashMap<Shown, Option<f64>>),
    pub(super) quality: quality::Known,
}

/// A product on lines of a basis: minutes of people and of machines are not added up.
type Shown = (Id<Product>, elements::Basis);

/// The times of a shift and its breaks, of every day.
type Times = (Vec<ShiftTime>, Vec<ShiftBreak>);

/// Standard and product of an order.
type Ordered = (Option<f64>, Option<Id<Product>>);

impl Setup {
    pub(super) fn load(r: &Reader<'_>, client: Id<Client>) -> Result<Setup> {
        let setting = r.setting(client)?;
        let zone = time::zone_named(&setting.time_zone).unwrap_or(Zone::UTC);
        let rollover = i32::try_from(setting.rollover_minute).unwrap_or(0);
        Ok(Setup {
            client,
            zone,
            today: time::today(r.now(), zone, rollover),
            now: r.now(),
            exceptions: r.list_where(client, "day IS NOT NULL", &[])?,
            setting,
            plans: None,
            working: None,
            times: HashMap::new(),
            calendars: HashMap::new(),
            bases: HashMap::new(),
            standards: HashMap::new(),
            orders: HashMap::new(),
            demonstrated: (Day(0), HashMap::new()),
            quality: quality::Known::default(),
        })
    }
    pub(super) fn policy(&self) -> Policy {
        Policy {
            exclude_planned: self.setting.exclude_planned,
            exclude_setup: self.setting.exclude_setup,
            default_crew: self.setting.default_crew,
            default_net_minutes: self.setting.default_net_minutes.unwrap_or(480.0),
            default_standard: self.setting.default_standard,
        }
    }
    pub(super) fn basis(&mut self, r: &Reader<'_>, line: Id<Line>) -> Result<elements::Basis> {
        if let Some(b) = self.bases.get(&line) {
            return Ok(*b);
        }
        let sql = "SELECT basis FROM line_all WHERE client_id = ?1 AND id = ?2";
        let word = r.first(sql, values![self.client, line], |row| row.get::<String>(0))?;
        let basis = if word.as_deref() == Some("machine") { elements::Basis::Machine } else { elements::Basis::Labour };
        self.bases.insert(line, basis);
        Ok(basis)
    }
    /// The moments of a shift on a day, and its breaks; none where no times are set.
    pub(super) fn clock(&mut self, r: &Reader<'_>, shift: Id<Shift>, day: Day) -> Result<Option<(Span, Vec<Break>)>> {
        let zone = self.zone;
        if !self.times.contains_key(&shift) {
            let rule = "shift_id = ?2";
            let rows =
                (r.list_where(self.client, rule, values![shift])?, r.list_where(self.client, rule, values![shift])?);
            self.times.insert(shift, rows);
        }
        let Some((times, breaks)) = self.times.get(&shift) else { return Ok(None) };
        let minutes = time::valid_on(times, day, |t| t.valid_from).and_then(|t| t.start_minute.zip(t.end_minute));
        let Some((from, to)) = minutes else { return Ok(None) };
        let minute = |m: i64| i32::try_from(m).unwrap_or(0);
        let valid = time::all_valid_on(breaks, day, |b: &ShiftBreak| b.valid_from);
        let breaks = valid.iter().map(|b| Break { start_minute: minute(b.start_minute), minutes: b.minutes }).collect();
        Ok(Some((time::shift_span(zone, day, minute(from), minute(to)), breaks)))
    }
    /// Crew and units planned for a line and shift on a day.
    pub(super) fn planned(
        &mut self,
        r: &Reader<'_>,
        line: Id<Line>,
        shift: Id<Shift>,
        day: Day,
    ) -> Result<(Option<f64>, Option<f64>)> {
        if !self.calendars.contains_key(&(line, shift)) {
            let rows = r.list_where(self.client, "line_id = ?2 AND shift_id = ?3", values![line, shift])?;
            self.calendars.insert((line, shift), rows);
        }
        let rows = self.calendars.get(&(line, shift)).map_or(&[][..], Vec::as_slice);
        let valid = time::valid_on(rows, day, |c| c.valid_from).filter(|c| day.is_in(c.weekdays));
        Ok((valid.and_then(|c| c.planned_crew), valid.and_then(|c| c.planned_units)))
    }
    /// Net minutes of an exception of the day; the one that names most wins.
    pub(super) fn exception(&self, line: Id<Line>, shift: Id<Shift>, day: Day) -> Option<f64> {
        let fits = |d: &&CalendarDay| {
            d.day == day && d.line_id.is_none_or(|l| l == line) && d.shift_id.is_none_or(|s| s == shift)
        };
        let best =
            self.exceptions.iter().filter(fits).max_by_key(|d| (d.line_id.is_some(), d.shift_id.is_some(), d.id));
        best.and_then(|d| d.net_minutes)
    }
    /// Minutes per unit of a product on a day: of the operation, else of the whole.
    pub(super) fn standard(
        &mut self,
        r: &Reader<'_>,
        product: Id<Product>,
        operation: Option<Id<Operation>>,
        day: Day,
    ) -> Result<Option<f64>> {
        if !self.standards.contains_key(&product) {
            let rows = r.list_where(self.client, "product_id = ?2", values![product])?;
            self.standards.insert(product, rows);
        }
        let rows = self.standards.get(&product).map_or(&[][..], Vec::as_slice);
        let of = |op: Option<Id<Operation>>| {
            let newest = rows.iter().filter(|s| s.operation_id == op && s.valid_from <= day);
            newest.max_by_key(|s| (s.valid_from, s.id)).map(|s| s.minutes)
        };
        Ok(operation.and_then(|_| of(operation)).or_else(|| of(None)))
    }
    /// What the days before show of a product; asked once for all entries of a day.
    pub(super) fn demonstrated(
        &mut self,
        product: Shown,
        day: Day,
        ask: impl FnOnce() -> Result<Option<f64>>,
    ) -> Result<Option<f64>> {
        if self.demonstrated.0 != day {
            self.demonstrated = (day, HashMap::new());
        }
        if let Some(known) = self.demonstrated.1.get(&product) {
            return Ok(*known);
        }
        let found = ask()?;
        self.demonstrated.1.insert(product, found);
        Ok(found)
    }
    /// Standard and product of an order.
    pub(super) fn order(&mut self, r: &Reader<'_>, order: Id<WorkOrder>) -> Result<(Option<f64>, Option<Id<Product>>)> {
        if let Some(known) = self.orders.get(&order) {
            return Ok(*known);
        }
        let sql = "SELECT standard, product_id FROM work_order_all WHERE client_id = ?1 AND id = ?2";
        let found =
            r.first(sql, values![self.client, order], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or((None, None));
        self.orders.insert(order, found);
        Ok(found)
    }
}
