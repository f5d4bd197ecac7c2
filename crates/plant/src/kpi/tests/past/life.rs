//! What may happen to a plant, one step after the other, by a seed.

use super::super::*;
use crate::import::write::Order as File;
use domain::{ClientSetting, Entity, HoldEntry, HoldState, OrderStatus, Shipment, WorkOrder};
use proptest::prelude::*;
use store::values;

/// One thing that happens; the numbers choose what it happens to.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Types { day: i32, line: usize, crew: Option<f64>, open: bool, entries: Vec<(usize, i64)>, stop: bool },
    Corrects { which: usize, produced: i64 },
    Closes { which: usize, closed: bool },
    Moves { which: usize, to: usize },
    TakesEntry { which: usize },
    TakesShift { which: usize },
    BringsBack,
    Standard { product: usize, day: i32, minutes: f64 },
    TakesStandard { which: usize },
    Defaults { crew: Option<f64>, standard: Option<f64>, exclude: bool },
    Orders { which: usize, standard: Option<f64> },
    Dates { which: usize, promised: Option<i32>, start: Option<i32> },
    Stands { which: usize, status: usize },
    Ships { which: usize, day: i32, units: i64 },
    Holds { which: usize, from: i32, to: Option<i32> },
    Basis { line: usize, machine: bool },
    Planned { planned: bool },
    Imports { day: i32, produced: i64 },
    Undo,
    Redo,
    Waits { hours: i64 },
}

/// A crew, often unknown.
fn crew() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![Just(None), (2..9_i32).prop_map(|n| Some(f64::from(n)))]
}

/// A day before or after today, or none.
fn maybe(days: std::ops::Range<i32>) -> impl Strategy<Value = Option<i32>> {
    prop_oneof![Just(None), days.prop_map(Some)]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let day = -24..=0_i32;
    let types = (
        day.clone(),
        0..2_usize,
        crew(),
        any::<bool>(),
        prop::collection::vec((0..3_usize, 50..400_i64), 0..3),
        any::<bool>(),
    );
    let which = 0..40_usize;
    prop_oneof![
        8 => types.prop_map(|(day, line, crew, open, entries, stop)| Step::Types { day, line, crew, open, entries, stop }),
        4 => (which.clone(), 0..400_i64).prop_map(|(which, produced)| Step::Corrects { which, produced }),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, closed)| Step::Closes { which, closed }),
        1 => (which.clone(), which.clone()).prop_map(|(which, to)| Step::Moves { which, to }),
        1 => which.clone().prop_map(|which| Step::TakesEntry { which }),
        1 => which.clone().prop_map(|which| Step::TakesShift { which }),
        1 => Just(Step::BringsBack),
        2 => (0..3_usize, day.clone(), 1..9_i32).prop_map(|(product, day, m)| Step::Standard { product, day, minutes: f64::from(m) }),
        1 => which.clone().prop_map(|which| Step::TakesStandard { which }),
        1 => (crew(), crew(), any::<bool>()).prop_map(|(crew, standard, exclude)| Step::Defaults { crew, standard, exclude }),
        2 => (which.clone(), crew()).prop_map(|(which, standard)| Step::Orders { which, standard }),
        2 => (which.clone(), maybe(-12..3), maybe(-24..0))
            .prop_map(|(which, promised, start)| Step::Dates { which, promised, start }),
        1 => (which.clone(), 0..9_usize).prop_map(|(which, status)| Step::Stands { which, status }),
        2 => (which.clone(), -14..3_i32, 20..150_i64).prop_map(|(which, day, units)| Step::Ships { which, day, units }),
        1 => (which, -20..0_i32, maybe(-10..3)).prop_map(|(which, from, to)| Step::Holds { which, from, to }),
        1 => (0..2_usize, any::<bool>()).prop_map(|(line, machine)| Step::Basis { line, machine }),
        1 => any::<bool>().prop_map(|planned| Step::Planned { planned }),
        1 => (day, 50..400_i64).prop_map(|(day, produced)| Step::Imports { day, produced }),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => (1..20_i64).prop_map(|hours| Step::Waits { hours }),
    ]
}

/// A plant in which things happen.
pub(super) struct Life {
    pub(super) plant: Plant,
    pub(super) factory: Factory,
    orders: Vec<Id<WorkOrder>>,
    third: Id<Product>,
}

impl Life {
    pub(super) fn begin() -> Life {
        let plant = plant();
        let factory = plant.client("ACME", Basis::Labour);
        let (client_id, line) = (factory.client, factory.lines[0]);
        let (orders, third) = plant.write(|w| {
            let (third, calendar) = (w.fresh(), w.fresh());
            let orders: Vec<_> = (1..=4).map(|number| order_row(w, &factory, number)).collect();
            w.put_all(&orders)?;
            // Nothing is known of its standard but what the days before have shown.
            w.put(&Product { client_id, id: third, code: "C".into(), name: String::new(), active: true })?;
            w.put(&domain::LineCalendar {
                client_id,
                id: calendar,
                line_id: line,
                shift_id: factory.shift,
                valid_from: Day(0),
                weekdays: 31,
                planned_crew: Some(4.0),
                planned_units: Some(300.0),
            })?;
            Ok((orders.into_iter().map(|order| order.id).collect(), third))
        });
        Life { plant, factory, orders, third }
    }

    fn all<E: Entity>(&self) -> Vec<E> {
        self.plant.read(|r| r.list(self.factory.client, 1000, 0)).unwrap()
    }

    fn one<E: Entity>(&self, which: usize) -> Option<E> {
        let mut all = self.all::<E>();
        (!all.is_empty()).then(|| all.swap_remove(which % all.len()))
    }

    /// Writes; what is refused has not happened.
    fn tries<T>(&self, f: impl FnOnce(&mut Writer<'_>) -> store::Result<T>) {
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        drop(repo.write(|w| {
            w.because(Some("as it was".into()));
            f(w)
        }));
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each thing that can happen")]
    pub(super) fn happens(&self, step: &Step) {
        let client = self.factory.client;
        // A clock that never stands, as outside of tests.
        self.plant.clock.advance(7);
        match step {
            Step::Types { day, line, crew, open, entries, stop } => {
                self.types(*day, *line, *crew, *open, entries, *stop)
            }
            Step::Corrects { which, produced } => {
                if let Some(old) = self.one::<ProductionEntry>(*which) {
                    let run_minutes = (produced % 3 == 0).then_some(60.0);
                    self.tries(|w| w.put(&ProductionEntry { produced: Some(*produced), run_minutes, ..old }));
                }
            }
            Step::Closes { which, closed } => {
                if let Some(old) = self.one::<LineShift>(*which) {
                    let state = if *closed { ShiftState::Closed } else { ShiftState::Reopened };
                    self.tries(|w| w.put(&LineShift { state, ..old }));
                }
            }
            Step::Moves { which, to } => {
                if let (Some(old), Some(to)) = (self.one::<ProductionEntry>(*which), self.one::<LineShift>(*to)) {
                    self.tries(|w| w.put(&ProductionEntry { line_shift_id: to.id, ..old }));
                }
            }
            Step::TakesEntry { which } => {
                if let Some(old) = self.one::<ProductionEntry>(*which) {
                    self.tries(|w| w.remove::<ProductionEntry>(client, old.id));
                }
            }
            Step::TakesShift { which } => {
                if let Some(old) = self.one::<LineShift>(*which) {
                    self.tries(|w| w.remove::<LineShift>(client, old.id));
                }
            }
            Step::BringsBack => self.brings_back(),
            Step::Standard { product, day, minutes } => {
                let valid_from = TODAY.plus(*day);
                self.tries(|w| {
                    let (id, product_id) = (w.fresh(), self.product(*product));
                    w.put(&ProductStandard {
                        client_id: client,
                        id,
                        product_id,
                        operation_id: None,
                        valid_from,
                        minutes: *minutes,
                    })
                });
            }
            Step::TakesStandard { which } => {
                if let Some(old) = self.one::<ProductStandard>(*which) {
                    self.tries(|w| w.remove::<ProductStandard>(client, old.id));
                }
            }
            Step::Defaults { crew, standard, exclude } => self.tries(|w| {
                let old = w.setting(client)?;
                w.put(&ClientSetting {
                    default_crew: *crew,
                    default_standard: *standard,
                    exclude_planned: *exclude,
                    ..old
                })
            }),
            Step::Orders { which, standard } => {
                let Some(old) = self.order(*which) else { return };
                let entry = self.one::<ProductionEntry>(*which);
                self.tries(|w| {
                    w.put(&WorkOrder { standard: *standard, ..old.clone() })?;
                    entry.map_or(Ok(()), |e| w.put(&ProductionEntry { work_order_id: Some(old.id), ..e }).map(|_| ()))
                });
            }
            Step::Dates { which, promised, start } => {
                let [planned_ship_date, actual_start] = [promised, start].map(|day| day.map(|day| TODAY.plus(day)));
                let Some(old) = self.order(*which) else { return };
                self.tries(|w| w.put(&WorkOrder { planned_ship_date, actual_start, ..old }));
            }
            Step::Stands { which, status } => {
                let status = OrderStatus::ALL[status % OrderStatus::ALL.len()];
                let Some(old) = self.order(*which) else { return };
                self.tries(|w| w.put(&WorkOrder { status, ..old }));
            }
            Step::Ships { which, day, units } => {
                let Some(WorkOrder { id: work_order_id, .. }) = self.order(*which) else { return };
                let (day, quantity) = (TODAY.plus(*day), Some(*units));
                self.tries(|w| {
                    let id = w.fresh();
                    w.put(&Shipment { work_order_id, day, quantity, ..Shipment::blank(client, id) })
                });
            }
            Step::Holds { which, from, to } => {
                let Some(WorkOrder { id: work_order_id, .. }) = self.order(*which) else { return };
                let state = if to.is_some() { HoldState::Resumed } else { HoldState::Held };
                let [held_from, held_to] = [Some(*from), *to].map(|day| day.map(|day| TODAY.plus(day)));
                self.tries(|w| {
                    let id = w.fresh();
                    w.put(&HoldEntry { work_order_id, state, held_from, held_to, ..HoldEntry::blank(client, id) })
                });
            }
            Step::Basis { line, machine } => self.tries(|w| {
                let old: Line = w.get(client, self.factory.lines[*line])?;
                w.put(&Line { basis: if *machine { Basis::Machine } else { Basis::Labour }, ..old })
            }),
            Step::Planned { planned } => self.tries(|w| {
                let old: DowntimeReason = w.get(client, self.factory.station)?;
                w.put(&DowntimeReason { planned: *planned, ..old })
            }),
            Step::Imports { day, produced } => self.imports(*day, *produced),
            // The client itself stays: without one there is nothing to ask.
            Step::Undo => self.tries(|w| {
                w.undo()?;
                w.get::<Client>(client, client.cast()).map(|_| ())
            }),
            Step::Redo => self.tries(|w| w.redo()),
            Step::Waits { hours } => self.plant.clock.advance(hours * 3_600_000),
        }
    }

    /// One of the orders; half of what is done is done to the first.
    fn order(&self, which: usize) -> Option<WorkOrder> {
        let id = if which.is_multiple_of(2) { self.orders[0] } else { self.orders[which % self.orders.len()] };
        self.plant.read(|r| r.find(self.factory.client, id)).unwrap()
    }

    fn product(&self, place: usize) -> Id<Product> {
        self.factory.products.get(place).copied().unwrap_or(self.third)
    }

    fn types(&self, day: i32, line: usize, crew: Option<f64>, open: bool, entries: &[(usize, i64)], stop: bool) {
        let f = &self.factory;
        let state = if open { ShiftState::Open } else { ShiftState::Closed };
        self.tries(|w| {
            let row = LineShift::empty(f.client, TODAY.plus(day), f.shift, f.lines[line]);
            w.bring(&LineShift { crew, state, ..row.clone() })?;
            for (product, made) in entries {
                let entry = produced(f, w.fresh(), row.id, (0, *made, made % 7, None));
                w.put(&ProductionEntry { product_id: Some(self.product(*product)), ..entry })?;
            }
            if stop {
                let id = w.fresh();
                w.put(&stopped(f, id, row.id, 20.0))?;
            }
            Ok(())
        });
    }

    fn brings_back(&self) {
        let client = self.factory.client;
        let sql = "SELECT id FROM production_entry_all WHERE client_id = ?1 AND gone_at IS NOT NULL LIMIT 1";
        let gone = self.plant.read(|r| r.first(sql, values![client], |row| row.get::<Id<ProductionEntry>>(0))).unwrap();
        if let Some(id) = gone {
            self.tries(|w| w.restore(client, id));
        }
    }

    fn imports(&self, day: i32, produced: i64) {
        let text = format!(
            "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced,defective\nACME,{},DAY,L1,A,3,6,480,{produced},2\n",
            TODAY.plus(day)
        );
        let sheet = crate::import::desk::Sheet::open(text.into_bytes()).unwrap();
        let wish = crate::import::preview::Wish {
            what: crate::import::fields::Kind::Production.into(),
            client_id: None,
            mapping: None,
            scrap_inside: None,
        };
        let file = File { sheet: &sheet, name: "day.csv", wish: &wish, without_errors: true };
        self.tries(|w| crate::import::write::import(w, &file, &mut |_, _| Ok(())));
    }
}

fn order_row(w: &Writer<'_>, f: &Factory, number: i64) -> WorkOrder {
    WorkOrder {
        code: format!("WO-{number}"),
        status: OrderStatus::InProgress,
        product_id: Some(f.products[0]),
        quantity: Some(100 * number),
        planned_ship_date: Some(TODAY.plus(-6)),
        ..WorkOrder::blank(f.client, w.fresh())
    }
}
