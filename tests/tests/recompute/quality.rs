//! Inspections: the rows summed by SQL alone are what the engine answers.
use checks::Plant;
use domain::{
    Basis, Client, ClientSetting, Day, Id, Job, Line, LineShift, Operation, OrderStatus, PartOpportunities, Product,
    ProductStandard, ProductionEntry, QualityEntry, Shift, ShiftState, Value, WorkOrder,
};
use plant::kpi::{self, Answer, AnswerRow, Ask, KPIS};
use std::collections::BTreeMap;
use store::{Reader, Writer, values};

const DAY: Day = Day(20_000);

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> usize {
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
struct Floor {
    client: Id<Client>,
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

fn floor(plant: &Plant, code: &str) -> Floor {
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
fn change(plant: &Plant, f: &mut Floor, chance: &mut Chance) {
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

fn inspect(w: &mut Writer<'_>, f: &mut Floor, chance: &mut Chance) -> store::Result<()> {
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

fn produce(w: &mut Writer<'_>, f: &mut Floor, chance: &mut Chance) -> store::Result<()> {
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
fn set_again(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> store::Result<()> {
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

/// What is counted of each row: which thing, how many, and the chances for a defect.
const ROWS: &str = "WITH told AS (
    SELECT q.day, q.line_id AS line, q.shift_id AS shift, coalesce(q.operation_id, j.operation_id) AS step,
      coalesce(q.product_id, j.product_id, o.product_id) AS product, q.job_id AS job,
      coalesce(q.inspected, q.passed + q.defective) AS n, coalesce(q.passed, q.inspected - q.defective) AS good,
      coalesce(q.defective, q.inspected - q.passed) AS bad, q.total_defects AS counted, coalesce(q.again, 0) AS again,
      q.rework AS rework, q.repair AS repair, q.scrap AS scrap
    FROM quality_entry q LEFT JOIN job_all j ON j.client_id = q.client_id AND j.id = q.job_id
    LEFT JOIN work_order_all o ON o.client_id = q.client_id AND o.id = coalesce(q.work_order_id, j.work_order_id)
    WHERE q.client_id = ?1
    UNION ALL
    SELECT l.day, l.line_id, l.shift_id, e.operation_id, coalesce(e.product_id, o.product_id), e.job_id,
      e.produced, e.produced - coalesce(e.defective, 0), coalesce(e.defective, 0), NULL, 0, e.rework, e.repair, e.scrap
    FROM production_entry e JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
    LEFT JOIN work_order_all o ON o.client_id = e.client_id AND o.id = e.work_order_id
    WHERE e.client_id = ?1 AND e.produced IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM quality_entry x LEFT JOIN job_all y ON y.client_id = x.client_id AND y.id = x.job_id
      WHERE x.client_id = e.client_id AND x.day = l.day AND coalesce(x.work_order_id, y.work_order_id) IS e.work_order_id)
  ), seen AS (
    SELECT t.*, coalesce(
        (SELECT p.opportunities FROM part_opportunities p WHERE p.client_id = ?1 AND p.product_id = t.product),
        (SELECT s.default_opportunities FROM client_setting s WHERE s.client_id = ?1), 1) AS chances,
      t.step IS NULL OR coalesce(
        (SELECT s.final_operation_id = t.step FROM client_setting s WHERE s.client_id = ?1),
        (SELECT p.is_final FROM operation_all p WHERE p.client_id = ?1 AND p.id = t.step), 0) AS last
    FROM told t)";

/// Numerator and denominator of each KPI, over rows of `seen`.
const RATIOS: [(&str, &str, &str); 8] = [
    (
        "ppm",
        "iif(last AND NOT again AND n + good + bad IS NOT NULL, bad, 0)",
        "iif(last AND NOT again AND n + good + bad IS NOT NULL, n, 0)",
    ),
    (
        "dpmo",
        "iif(n IS NOT NULL, coalesce(counted, bad), 0)",
        "iif(coalesce(counted, bad) IS NOT NULL, n * chances, 0)",
    ),
    (
        "fpy",
        "iif(NOT again AND n + good + bad IS NOT NULL, good, 0)",
        "iif(NOT again AND n + good + bad IS NOT NULL, n, 0)",
    ),
    (
        "rty",
        "iif(NOT again AND n + good + bad IS NOT NULL, good, 0)",
        "iif(NOT again AND n + good + bad IS NOT NULL, n, 0)",
    ),
    ("scrap_rate", "iif(n IS NOT NULL, scrap, 0)", "n"),
    ("rework_rate", "iif(n IS NOT NULL, rework, 0)", "n"),
    ("repair_rate", "iif(n IS NOT NULL, repair, 0)", "n"),
    ("final_yield", "n - coalesce(scrap, 0)", "n"),
];

/// A group's ids, and its numerator, denominator and rows.
type Told = BTreeMap<Vec<String>, (f64, f64, i64)>;

fn column(by: &str) -> &str {
    match by {
        "client" => "?1",
        other => other,
    }
}

/// The groups of a KPI by SQL alone.
fn told(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str]) -> store::Result<Told> {
    let (_, above, below) = RATIOS.iter().find(|ratio| ratio.0 == kpi).unwrap();
    let keys: String = by.iter().map(|by| format!("{}, ", column(by))).collect();
    let places: Vec<String> = (1..=by.len()).map(|n| n.to_string()).collect();
    let grouped = if by.is_empty() { String::new() } else { format!("GROUP BY {}", places.join(", ")) };
    let sql = format!("{ROWS} SELECT {keys} total({above}), total({below}), count(*) FROM seen {grouped}");
    let text = |value: Value| match value {
        Value::Id(id) => Id::<Client>::from_bytes(id).to_string(),
        Value::Int(day) => Day(i32::try_from(day).unwrap()).to_string(),
        _ => Id::<Client>::from_bytes([0; 16]).to_string(),
    };
    let rows = r.select(&sql, values![client], |row| {
        let key = (0..by.len()).map(|n| row.get(n).map(text)).collect::<store::Result<Vec<_>>>()?;
        Ok((key, (row.get(by.len())?, row.get(by.len() + 1)?, row.get(by.len() + 2)?)))
    })?;
    Ok(rows.into_iter().filter(|(_, told)| told.2 > 0).collect())
}

fn answer(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str]) -> store::Result<Answer> {
    let ask = serde_json::json!({ "kpi": kpi, "clients": [client], "from": DAY, "to": DAY.plus(9), "by": by });
    kpi::ask(r, None, &serde_json::from_value::<Ask>(ask).unwrap())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Every allowed grouping of a KPI, alone and by day.
fn groupings(kpi: &str) -> Vec<Vec<&'static str>> {
    let own: Vec<&str> = kpi::named(kpi).unwrap().groupings.iter().map(|by| by.word()).collect();
    let daily = own.iter().map(|by| vec![*by, "day"]);
    let pairs = own.iter().flat_map(|a| own.iter().filter(move |b| a < *b).map(move |b| vec![*a, *b]));
    [vec![], vec!["day"]].into_iter().chain(own.iter().map(|by| vec![*by])).chain(daily).chain(pairs).collect()
}

/// The value of a row: the ratio, or of one route the ratios of its steps multiplied.
fn value(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str], key: &[String]) -> store::Result<Option<f64>> {
    if kpi != "rty" {
        let scale = kpi::named(kpi).unwrap().scale;
        let (above, below, _) = told(r, client, kpi, by)?[key];
        return Ok((below > 0.0).then(|| scale * above / below));
    }
    let none = Id::<Client>::from_bytes([0; 16]).to_string();
    let fine: Vec<&str> = by.iter().copied().chain(["product", "step"]).collect();
    let mut routes = BTreeMap::<String, BTreeMap<String, (f64, f64)>>::new();
    for (at, (passed, inspected, _)) in told(r, client, kpi, &fine)? {
        let job = by.iter().position(|by| *by == "job").map(|n| at[n].clone()).filter(|job| *job != none);
        let route = job.map_or_else(|| format!("product {}", at[by.len()]), |job| format!("job {job}"));
        if at[..by.len()] == *key {
            let step = routes.entry(route).or_default().entry(at[by.len() + 1].clone()).or_default();
            *step = (step.0 + passed, step.1 + inspected);
        }
    }
    let yields = |steps: &BTreeMap<String, (f64, f64)>| -> Vec<f64> {
        steps.values().filter(|step| step.1 > 0.0).map(|(passed, inspected)| passed / inspected).collect()
    };
    let inspected: Vec<Vec<f64>> = routes.values().map(yields).filter(|yields| !yields.is_empty()).collect();
    Ok(if let [one] = &inspected[..] { Some(100.0 * one.iter().product::<f64>()) } else { None })
}

fn compare(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str]) -> store::Result<()> {
    let (told, answer) = (told(r, client, kpi, by)?, answer(r, client, kpi, by)?);
    let key = |row: &AnswerRow| by.iter().map(|by| row.keys[*by].clone()).collect::<Vec<_>>();
    let rows: Vec<&AnswerRow> = answer.rows.iter().filter(|row| row.rows > 0).collect();
    assert_eq!(rows.len(), told.len(), "{kpi} by {by:?}");
    for row in rows {
        let (above, below, count) = told[&key(row)];
        assert!(near(row.numerator, above) && near(row.denominator, below), "{kpi} by {by:?}: {row:?} {above}/{below}");
        assert_eq!(row.rows, count, "{kpi} by {by:?}");
        let wanted = value(r, client, kpi, by, &key(row))?;
        let same = match (row.value, wanted) {
            (Some(a), Some(b)) => near(a, b),
            (a, b) => a == b,
        };
        assert!(same, "{kpi} by {by:?}: {row:?} is not {wanted:?}");
    }
    Ok(())
}

#[test]
fn the_engine_answers_what_sql_makes_of_the_rows_under_every_grouping() {
    for seed in 1..=4 {
        let plant = Plant::new();
        let (mut chance, mut f) = (Chance(seed), floor(&plant, "ACME"));
        for _ in 0..40 {
            change(&plant, &mut f, &mut chance);
        }
        let repo = plant.store.repository(&plant.admin).unwrap();
        repo.read(|r| {
            for (kpi, _, _) in RATIOS {
                groupings(kpi).iter().try_for_each(|by| compare(r, f.client, kpi, by))?;
            }
            Ok(())
        })
        .unwrap();
    }
    let own = KPIS.iter().filter(|kpi| kpi.family() == domain::elements::Family::Quality).map(|kpi| kpi.code);
    assert_eq!(own.collect::<Vec<_>>(), RATIOS.map(|ratio| ratio.0), "every one has its SQL");
}

#[test]
fn stored_sums_are_rebuilt_sums_after_any_writes_and_undos() {
    let plant = Plant::new();
    let mut chance = Chance(99);
    let mut floors = [floor(&plant, "ACME"), floor(&plant, "BOLT")];
    for _ in 0..12 {
        for _ in 0..8 {
            let which = chance.below(2);
            change(&plant, &mut floors[which], &mut chance);
        }
        let report = plant.store.verify(&plant.admin, &mut |_, _| {}).unwrap();
        assert!(report.is_sound(), "{:?}", report.first());
    }
}

#[test]
fn a_client_s_figures_never_move_with_another_client_s_rows() {
    let plant = Plant::new();
    let mut chance = Chance(7);
    let [mut ours, mut theirs] = [floor(&plant, "ACME"), floor(&plant, "BOLT")];
    (0..25).for_each(|_| change(&plant, &mut ours, &mut chance));
    let all = || {
        let repo = plant.store.repository(&plant.admin).unwrap();
        let of = |r: &Reader<'_>, kpi: &str| -> store::Result<Vec<Vec<AnswerRow>>> {
            groupings(kpi).iter().map(|by| Ok(answer(r, ours.client, kpi, by)?.rows)).collect()
        };
        repo.read(|r| RATIOS.iter().map(|ratio| of(r, ratio.0)).collect::<store::Result<Vec<_>>>()).unwrap()
    };
    let before = all();
    for _ in 0..25 {
        // What undo takes back is the last step, whosever it is.
        let repo = plant.store.repository(&plant.admin).unwrap();
        repo.write(|w| {
            w.because(Some("recount".into()));
            inspect(w, &mut theirs, &mut chance)?;
            produce(w, &mut theirs, &mut chance)?;
            set_again(w, &theirs, &mut chance)
        })
        .unwrap();
    }
    assert_eq!(all(), before);
}
