//! A client whose rows leave out whatever may be left out, and random changes of them.
use checks::Plant;
use domain::{
    Basis, Client, ClientSetting, Day, Id, Job, Line, LineShift, Operation, OrderStatus, PartOpportunities, Product,
    ProductStandard, ProductionEntry, QualityEntry, Shift, ShiftState, WorkOrder,
};
use store::Writer;

pub(super) const DAY: Day = Day(20_000);

/// Numbers that look like chance and are the same every time.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n).unwrap()
    }
    /// One of them, or none.
    fn some<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len() as u64 + 1)).copied()
    }
    /// A part of a count, or nothing said.
    fn part(&mut self, of: i64) -> Option<i64> {
        (self.below(3) > 0).then(|| i64::try_from(self.below(u64::try_from(of).unwrap() + 1)).unwrap())
    }
}

/// A client whose rows leave out whatever may be left out.
pub(super) struct Floor {
    pub(super) client: Id<Client>,
    lines: [Id<Line>; 2],
    shifts: [Id<Shift>; 2],
    products: [Id<Product>; 3],
    steps: [Id<Operation>; 3],
    orders: [Id<WorkOrder>; 3],
    jobs: [Id<Job>; 3],
    parts: [Id<PartOpportunities>; 2],
    inspections: Vec<Id<QualityEntry>>,
    entries: Vec<Id<ProductionEntry>>,
}

fn ids<E, const N: usize>(w: &Writer<'_>) -> [Id<E>; N] {
    std::array::from_fn(|_| w.fresh())
}

pub(super) fn floor(plant: &Plant, code: &str) -> Floor {
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.write(|w| {
        let client: Id<Client> = w.fresh();
        w.found(&Client { client_id: client, id: client, code: code.into(), name: code.into(), active: true })?;
        let f = Floor {
            client,
            lines: ids(w),
            shifts: ids(w),
            products: ids(w),
            steps: ids(w),
            orders: ids(w),
            jobs: ids(w),
            parts: ids(w),
            inspections: vec![],
            entries: vec![],
        };
        set_up(w, &f)?;
        Ok(f)
    })
    .unwrap()
}

fn set_up(w: &mut Writer<'_>, f: &Floor) -> store::Result<()> {
    let c = f.client;
    let code = |what: &str, n: usize| format!("{what}{n}");
    for (n, id) in f.lines.iter().enumerate() {
        let blank = Line { code: code("L", n), basis: Basis::Labour, active: true, ..Line::blank(c, *id) };
        w.put(&blank)?;
    }
    for (n, id) in f.shifts.iter().enumerate() {
        w.put(&Shift { code: code("S", n), active: true, ..Shift::blank(c, *id) })?;
    }
    for (n, id) in f.products.iter().enumerate() {
        w.put(&Product { code: code("P", n), active: true, ..Product::blank(c, *id) })?;
    }
    for (n, id) in f.steps.iter().enumerate() {
        w.put(&Operation { code: code("O", n), is_final: n == 2, active: true, ..Operation::blank(c, *id) })?;
    }
    for (n, id) in f.orders.iter().enumerate() {
        let product_id = f.products.get(n + 1).copied();
        let status = OrderStatus::Released;
        w.put(&WorkOrder { code: code("W", n), product_id, status, ..WorkOrder::blank(c, *id) })?;
    }
    for (n, id) in f.jobs.iter().enumerate() {
        let (work_order_id, operation_id) = (f.orders[n], f.steps.get(n + 1).copied());
        let product_id = (n == 0).then_some(f.products[0]);
        w.put(&Job { code: code("J", n), work_order_id, operation_id, product_id, ..Job::blank(c, *id) })?;
    }
    for (n, id) in f.parts.iter().enumerate() {
        let (product_id, opportunities) = (f.products[n], 10 + 7 * i64::try_from(n).unwrap());
        w.put(&PartOpportunities { client_id: c, id: *id, product_id, opportunities })?;
    }
    let old = w.setting(c)?;
    w.put(&ClientSetting { default_opportunities: Some(4), ..old })?;
    let id = w.fresh();
    let standard = ProductStandard { product_id: f.products[0], minutes: 2.0, ..ProductStandard::blank(c, id) };
    w.put(&standard).map(|_| ())
}

/// One random change of a plant: new rows, corrections, removals, set-up, undo.
pub(super) fn change(plant: &Plant, f: &mut Floor, chance: &mut Chance) {
    let repo = plant.store.repository(&plant.admin).unwrap();
    let done = repo.write(|w| {
        w.because(Some("recount".into()));
        match chance.below(12) {
            0..4 => inspect(w, f, chance),
            4..7 => produce(w, f, chance),
            7 => correct(w, f, chance),
            8 => take_away(w, f, chance),
            9 => set_again(w, f, chance),
            10 => w.undo().map(|_| ()),
            _ => w.redo().map(|_| ()),
        }
    });
    // There may be nothing to undo, and a row may have gone with another.
    if let Err(refused) = done {
        let fault = domain::Fault::from(refused);
        assert!(["missing", "nothing_to_undo", "nothing_to_redo"].contains(&fault.code.as_str()), "{fault:?}");
    }
}

pub(super) fn inspect(w: &mut Writer<'_>, f: &mut Floor, chance: &mut Chance) -> store::Result<()> {
    for _ in 0..=chance.below(3) {
        let id = w.fresh();
        f.inspections.push(id);
        w.put(&inspection(f, id, chance))?;
    }
    Ok(())
}

fn inspection(f: &Floor, id: Id<QualityEntry>, chance: &mut Chance) -> QualityEntry {
    let inspected = 20 + i64::try_from(chance.below(200)).unwrap();
    let defective = i64::try_from(chance.below(20)).unwrap();
    let told = chance.below(8);
    QualityEntry {
        day: DAY.plus(i32::try_from(chance.below(4)).unwrap()),
        line_id: f.lines[chance.below(2)],
        shift_id: chance.some(&f.shifts),
        work_order_id: chance.some(&f.orders),
        job_id: chance.some(&f.jobs),
        product_id: chance.some(&f.products),
        operation_id: chance.some(&f.steps),
        inspected: (told & 1 == 0).then_some(inspected),
        defective: (told & 2 == 0).then_some(defective),
        passed: (told & 4 == 0).then_some(inspected - defective),
        rework: chance.part(defective / 3),
        repair: chance.part(defective / 3),
        scrap: chance.part(defective / 3),
        total_defects: chance.part(defective * 2),
        again: chance.some(&[true, false, false]),
        ..QualityEntry::blank(f.client, id)
    }
}

pub(super) fn produce(w: &mut Writer<'_>, f: &mut Floor, chance: &mut Chance) -> store::Result<()> {
    let day = DAY.plus(i32::try_from(chance.below(4)).unwrap());
    let blank = LineShift::empty(f.client, day, f.shifts[chance.below(2)], f.lines[chance.below(2)]);
    w.bring(&LineShift { crew: Some(4.0), net_minutes: Some(480.0), state: ShiftState::Closed, ..blank.clone() })?;
    for _ in 0..=chance.below(2) {
        let id = w.fresh();
        f.entries.push(id);
        let bad = i64::try_from(chance.below(9)).unwrap();
        w.put(&ProductionEntry {
            line_shift_id: blank.id,
            work_order_id: chance.some(&f.orders),
            product_id: chance.some(&f.products),
            operation_id: chance.some(&f.steps),
            job_id: chance.some(&f.jobs),
            produced: (chance.below(6) > 0).then_some(40 + bad),
            defective: (chance.below(3) > 0).then_some(bad),
            scrap: chance.part(bad / 2),
            rework: chance.part(bad / 2),
            ..ProductionEntry::blank(f.client, id)
        })?;
    }
    Ok(())
}

fn correct(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> store::Result<()> {
    if let Some(id) = chance.some(&f.inspections) {
        w.get::<QualityEntry>(f.client, id)?;
        w.put(&inspection(f, id, chance))?;
    }
    if let Some(id) = chance.some(&f.entries) {
        let old: ProductionEntry = w.get(f.client, id)?;
        w.put(&ProductionEntry { work_order_id: chance.some(&f.orders), ..old })?;
    }
    Ok(())
}

fn take_away(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> store::Result<()> {
    match chance.below(3) {
        0 => chance.some(&f.inspections).map_or(Ok(()), |id| w.remove(f.client, id)),
        1 => chance.some(&f.entries).map_or(Ok(()), |id| w.remove(f.client, id)),
        _ => w.remove(f.client, f.parts[chance.below(2)]),
    }
}

/// Set-up that changes what is counted, and how.
pub(super) fn set_again(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> store::Result<()> {
    match chance.below(5) {
        0 => {
            let old: Operation = w.get(f.client, f.steps[chance.below(3)])?;
            w.put(&Operation { is_final: !old.is_final, ..old })
        }
        1 => {
            let old: Job = w.get(f.client, f.jobs[chance.below(3)])?;
            w.put(&Job {
                work_order_id: f.orders[chance.below(3)],
                product_id: chance.some(&f.products),
                operation_id: chance.some(&f.steps),
                ..old
            })
        }
        2 => {
            let old: WorkOrder = w.get(f.client, f.orders[chance.below(3)])?;
            w.put(&WorkOrder { product_id: chance.some(&f.products), ..old })
        }
        3 => {
            let old: PartOpportunities = w.get(f.client, f.parts[chance.below(2)])?;
            w.put(&PartOpportunities { opportunities: old.opportunities + 1, ..old })
        }
        _ => {
            let old = w.setting(f.client)?;
            let default_opportunities = chance.some(&[3, 8]);
            w.put(&ClientSetting { final_operation_id: chance.some(&f.steps), default_opportunities, ..old })
        }
    }
    .map(|_| ())
}
