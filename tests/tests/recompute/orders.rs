//! Delivery and WIP age from the rows alone, in plain SQL.
use crate::{
    chance::Chance,
    orders_made::{FIRST, Made, TODAY, client, produce},
};
use checks::Plant;
use domain::{Client, Day, Id};
use plant::kpi::{Ask, ask};
use store::values;

/// Every order of a client as of a day: what it counts for, by no code of the program.
///
/// ?1 the client, ?2 the day, ?3 and ?4 the days between which calendars are laid out.
const ORDERS: &str = "
WITH RECURSIVE cal(day) AS (SELECT ?3 UNION ALL SELECT day + 1 FROM cal WHERE day < ?4),
plan AS (
  SELECT line_id, shift_id, valid_from, weekdays, planned_crew,
    coalesce((SELECT min(q.valid_from) FROM line_calendar q WHERE q.client_id = ?1 AND q.line_id = c.line_id
      AND q.shift_id = c.shift_id AND q.valid_from > c.valid_from), 99999) AS until
  FROM line_calendar c WHERE c.client_id = ?1),
planned AS (SELECT DISTINCT day FROM cal JOIN plan ON day >= valid_from AND day < until),
work AS (
  SELECT c.day FROM cal c WHERE CASE WHEN c.day IN (SELECT day FROM planned)
    THEN EXISTS (SELECT 1 FROM plan p WHERE c.day >= p.valid_from AND c.day < p.until AND coalesce(
        (SELECT x.working FROM calendar_day x WHERE x.client_id = ?1 AND x.day = c.day
           AND (x.line_id IS NULL OR x.line_id = p.line_id) ORDER BY x.line_id IS NULL, x.id DESC LIMIT 1),
        (p.weekdays >> ((c.day + 3) % 7)) & 1) = 1)
    ELSE coalesce((SELECT x.working FROM calendar_day x WHERE x.client_id = ?1 AND x.day = c.day AND x.line_id IS NULL
        ORDER BY x.id DESC LIMIT 1), (c.day + 3) % 7 < 5) END),
works AS (SELECT day, row_number() OVER (ORDER BY day) AS n FROM work),
setting AS (SELECT coalesce(delivery_tolerance, 0) AS tolerance, default_standard, default_crew FROM client_setting WHERE client_id = ?1),
minutes AS (SELECT (end_minute - start_minute) * 1.0 AS net FROM shift_time WHERE client_id = ?1),
made AS (
  SELECT e.work_order_id AS id, min(l.day) AS first, max(l.day) AS last FROM production_entry e
  JOIN line_shift l ON l.client_id = ?1 AND l.id = e.line_shift_id
  WHERE e.client_id = ?1 AND e.produced > 0 GROUP BY e.work_order_id),
raw AS (
  SELECT o.*, m.first AS first_made, m.last AS last_made, l.basis,
    o.status IN ('cancelled', 'rejected') AS void,
    (o.status IN ('completed', 'shipped', 'closed')
      OR (o.status = 'on_hold' AND o.before_hold IN ('completed', 'shipped', 'closed'))) AS finished,
    (SELECT min(s.day) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = o.id) AS first_ship,
    (SELECT max(s.day) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = o.id) AS last_ship,
    (SELECT count(*) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = o.id AND s.quantity IS NULL) AS uncounted,
    coalesce(o.standard, (SELECT p.minutes FROM product_standard p WHERE p.client_id = ?1 AND p.product_id = o.product_id
      AND p.operation_id IS NULL AND p.valid_from <= o.planned_start ORDER BY p.valid_from DESC LIMIT 1),
      (SELECT default_standard FROM setting)) AS unit,
    (SELECT avg(crew) FROM (SELECT planned_crew AS crew, row_number() OVER (ORDER BY planned_crew) AS n, count(*) OVER () AS c
      FROM plan p JOIN line b ON b.client_id = ?1 AND b.id = p.line_id
      WHERE planned_crew > 0 AND b.basis = 'labour' AND o.planned_start >= p.valid_from AND o.planned_start < p.until)
      WHERE n IN ((c + 1) / 2, (c + 2) / 2)) AS median,
    (SELECT p.weekdays FROM plan p WHERE p.line_id = o.line_id AND o.planned_start >= p.valid_from AND o.planned_start < p.until) AS own,
    (SELECT p.planned_crew FROM plan p WHERE p.line_id = o.line_id AND o.planned_start >= p.valid_from AND o.planned_start < p.until) AS own_crew
  FROM work_order o LEFT JOIN made m ON m.id = o.id LEFT JOIN line l ON l.client_id = ?1 AND l.id = o.line_id
  WHERE o.client_id = ?1),
need AS (
  SELECT r.*, r.quantity * r.unit / (
      CASE WHEN r.basis = 'machine' THEN 1.0 ELSE coalesce(r.own_crew, r.median, (SELECT default_crew FROM setting)) END
      * iif(r.own IS NULL, 480.0, (SELECT net FROM minutes))) AS days FROM raw r),
dated AS (
  SELECT n.*,
    coalesce(n.planned_ship_date, n.required_date, iif(n.days <= 0, n.planned_start,
      (SELECT w.day FROM works w WHERE w.n = (SELECT count(*) FROM works v WHERE v.day <= n.planned_start)
         + CAST(n.days - 1e-9 AS INTEGER) + (n.days - 1e-9 > CAST(n.days - 1e-9 AS INTEGER))))) AS promised,
    iif(n.void, n.ended, iif(n.finished, coalesce(n.completed, n.last_made, n.last_ship, n.ended), NULL)) AS over_on,
    iif(n.finished AND n.first_ship IS NULL, (SELECT min(w.day) FROM works w WHERE w.day > coalesce(n.last_made, n.completed)), NULL) AS left_on,
    (SELECT min(s.day) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = n.id AND (SELECT sum(coalesce(t.quantity, 0))
       FROM shipment t WHERE t.client_id = ?1 AND t.work_order_id = n.id AND t.day <= s.day)
       >= n.quantity * (1 - (SELECT tolerance FROM setting)) - 1e-7) AS counted
  FROM need n),
day AS (
  SELECT d.*, (d.void OR d.finished) AND (d.over_on IS NULL OR d.over_on <= ?2) AS over,
    iif(coalesce(d.first_ship, d.left_on) <= ?2, coalesce(d.first_ship, d.left_on), NULL) AS first_left,
    CASE WHEN coalesce(d.counted, d.left_on) IS NOT NULL THEN iif(coalesce(d.counted, d.left_on) <= ?2, coalesce(d.counted, d.left_on), NULL)
      WHEN d.finished AND (d.over_on IS NULL OR d.over_on <= ?2) AND (d.quantity IS NULL OR d.uncounted > 0)
      THEN (SELECT max(s.day) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = d.id AND s.day <= ?2) END AS whole,
    coalesce(d.actual_start * 1440 + coalesce(d.actual_start_minute, 0), d.first_made * 1440, d.planned_start * 1440, d.received * 1440) AS start
  FROM dated d),
held AS (
  SELECT o.id, max(h.held_from * 1440 + coalesce(h.held_from_minute, 0), o.start) AS f,
    min(?2 * 1440 + 1440, iif(h.state IN ('held', 'resume_requested'), ?2 * 1440 + 1440,
      max(iif(h.held_to_minute IS NULL, h.held_to * 1440 + 1440, h.held_to * 1440 + h.held_to_minute), h.held_from * 1440 + coalesce(h.held_from_minute, 0)))) AS t
  FROM day o JOIN hold_entry h ON h.client_id = ?1 AND h.work_order_id = o.id
  WHERE h.client_id = ?1 AND h.state IN ('held', 'resume_requested', 'resumed', 'scrapped') AND h.quantity IS NULL AND h.job_id IS NULL),
isle AS (
  SELECT id, f, t, sum(new) OVER (PARTITION BY id ORDER BY f, t ROWS UNBOUNDED PRECEDING) AS n FROM (
    SELECT id, f, t, coalesce(f > max(t) OVER (PARTITION BY id ORDER BY f, t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS new
    FROM held WHERE t > f)),
paused AS (SELECT id, sum(t - f) AS minutes FROM (SELECT id, n, min(f) AS f, max(t) AS t FROM isle GROUP BY id, n) GROUP BY id)
SELECT d.promised, d.void AND d.over, d.first_left, d.whole, d.delay IN ('customer_request', 'customer_change', 'supplier', 'force_majeure', 'upstream_hold'),
  iif(NOT d.over AND d.start < ?2 * 1440 + 1440, (?2 * 1440 + 1440 - d.start - coalesce(p.minutes, 0)) / 1440.0, NULL)
FROM day d LEFT JOIN paused p ON p.id = d.id";

/// An order as the SQL sees it.
struct Seen {
    promised: Option<Day>,
    void: bool,
    first: Option<Day>,
    complete: Option<Day>,
    justified: bool,
    age: Option<f64>,
}

fn seen(plant: &Plant, client: Id<Client>, as_of: Day) -> Vec<Seen> {
    let repo = plant.store.repository(&plant.admin).unwrap();
    let bound = values![client, as_of, FIRST.plus(-60), FIRST.plus(900)];
    repo.read(|r| {
        r.select(ORDERS, bound, |row| {
            let justified = row.get::<Option<bool>>(4)?.unwrap_or(false);
            let (promised, void) = (row.get(0)?, row.get(1)?);
            Ok(Seen { promised, void, first: row.get(2)?, complete: row.get(3)?, justified, age: row.get(5)? })
        })
    })
    .unwrap()
}

/// Numerator and denominator of a KPI, counted order by order.
fn counted(kpi: &str, orders: &[Seen], [from, to]: [Day; 2], as_of: Day) -> (f64, f64) {
    if kpi == "wip_age" {
        let ages = orders.iter().filter_map(|order| order.age);
        return ages.fold((0.0, 0.0), |(days, orders), age| (days + age, orders + 1.0));
    }
    let mut sums = (0.0, 0.0);
    for order in orders.iter().filter(|order| !order.void) {
        let Some(promised) = order.promised.filter(|day| (from..=to).contains(day)) else { continue };
        let (on_time, whole) =
            (order.first.is_some_and(|day| day <= promised), order.complete.is_some_and(|day| day <= promised));
        let due = order.first.is_some() || promised < as_of;
        let (above, below) = match kpi {
            "otd" => (on_time, due),
            "true_otd" => (whole, order.complete.is_some()),
            "otif" => (whole, due),
            _ => (on_time || (due && order.justified), due),
        };
        sums = (sums.0 + f64::from(u8::from(above)), sums.1 + f64::from(u8::from(below)));
    }
    sums
}

fn question(kpi: &str, client: Id<Client>, [from, to]: [Day; 2], as_of: Option<Day>, by: &[&str]) -> Ask {
    Ask {
        kpi: kpi.into(),
        clients: Some(vec![client]),
        from,
        to,
        by: by.iter().map(|word| (*word).to_owned()).collect(),
        lines: None,
        shifts: None,
        products: None,
        operations: None,
        orders: None,
        known: None,
        jobs: None,
        departments: None,
        as_of,
    }
}

pub(crate) fn answered(plant: &Plant, ask_: &Ask) -> (f64, f64) {
    let repo = plant.store.repository(&plant.admin).unwrap();
    let rows = repo.read(|r| ask(r, None, ask_)).unwrap().rows;
    rows.iter().fold((0.0, 0.0), |sums, row| (sums.0 + row.numerator, sums.1 + row.denominator))
}

pub(crate) const KPIS: [&str; 5] = ["otd", "true_otd", "otif", "otd_net", "wip_age"];

/// A plant with two clients, whose orders have been worked on.
fn plant_of(seed: u64) -> (Plant, [Made; 2], Chance) {
    let (plant, mut chance) = (Plant::new(), Chance(seed));
    let clients = ["ACME", "BOLT"].map(|code| client(&plant, code, &mut chance, 40));
    let repo = plant.store.repository(&plant.admin).unwrap();
    for made in &clients {
        repo.write(|w| (0..60).try_for_each(|_| produce(w, made, &mut chance))).unwrap();
    }
    (plant, clients, chance)
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 1e-9 * b.0.abs().max(1.0) && a.1 == b.1
}

#[test]
fn plain_sql_over_the_rows_gives_the_same_delivery_and_the_same_ages() {
    for seed in 1..=6 {
        let (plant, clients, _) = plant_of(seed);
        for made in &clients {
            let period = [FIRST, TODAY.plus(20)];
            for as_of in [None, Some(TODAY.plus(-1)), Some(FIRST.plus(70)), Some(FIRST.plus(35)), Some(TODAY.plus(9))] {
                let day = as_of.unwrap_or(TODAY);
                let orders = seen(&plant, made.client, day);
                assert_eq!(orders.len(), 40);
                for kpi in KPIS {
                    let want = counted(kpi, &orders, period, day);
                    let got = answered(&plant, &question(kpi, made.client, period, as_of, &[]));
                    assert!(near(got, want), "plant {seed}, {kpi} as of {as_of:?}: {got:?}, by SQL {want:?}");
                }
            }
        }
    }
}

#[test]
fn parts_of_orders_sum_to_the_whole() {
    let (plant, [made, _], _) = plant_of(7);
    let period = [FIRST, TODAY.plus(20)];
    for as_of in [None, Some(FIRST.plus(60))] {
        for kpi in KPIS {
            let whole = answered(&plant, &question(kpi, made.client, period, as_of, &[]));
            assert!(whole.1 > 3.0, "{kpi}: {whole:?}");
            let words: &[&str] = if kpi == "wip_age" {
                &["client", "line", "product", "order", "priority"]
            } else {
                &["client", "product", "order", "customer_po", "day", "week", "month"]
            };
            for by in words {
                let parts = answered(&plant, &question(kpi, made.client, period, as_of, &[by]));
                assert!(near(parts, whole), "{kpi} by {by}: {parts:?}, not {whole:?}");
            }
        }
    }
}

#[test]
fn a_client_s_delivery_never_moves_with_another_s_orders() {
    let (plant, [acme, bolt], mut chance) = plant_of(8);
    let all = |made: &Made| {
        let of = |kpi| {
            [None, Some(FIRST.plus(60))]
                .map(|as_of| answered(&plant, &question(kpi, made.client, [FIRST, TODAY.plus(20)], as_of, &[])))
        };
        KPIS.map(of)
    };
    let (before, others) = (all(&acme), all(&bolt));
    crate::orders_kept::work(&plant, &bolt, &mut chance, 80);
    assert_eq!(all(&acme), before);
    assert_ne!(all(&bolt), others);
}
