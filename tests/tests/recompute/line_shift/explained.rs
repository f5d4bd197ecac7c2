//! An explanation closes: what it lists, summed up again, is the number it explains.
use super::{
    sql::{Question, RATIOS, near},
    stage::{FIRST, change, floor},
};
use crate::chance::Chance;
use checks::Plant;
use domain::Day;
use plant::kpi::{self, AnswerRow, Ask, Explain, Explained, ExplainedShift};
use std::collections::BTreeMap;
use store::{Reader, Result};

/// The question about one group of an answer.
fn of_group(ask: &Ask, by: &str, row: &AnswerRow) -> Ask {
    let Some(key) = row.keys.get(by) else { return ask.clone() };
    let mut one = serde_json::to_value(Ask { by: vec![], ..ask.clone() }).unwrap();
    if let Some(client) = row.keys.get("client") {
        one["clients"] = serde_json::json!([client]);
    }
    let first = || key.parse::<Day>().unwrap();
    let last = match by {
        "day" => first(),
        "week" => first().plus(6),
        "month" => first().plus(31).first_of_month().plus(-1),
        "client" => return serde_json::from_value(one).unwrap(),
        _ => {
            one[format!("{by}s")] = serde_json::json!([key]);
            return serde_json::from_value(one).unwrap();
        }
    };
    one["from"] = serde_json::json!(first().max(ask.from));
    one["to"] = serde_json::json!(last.min(ask.to));
    serde_json::from_value(one).unwrap()
}

/// The value out of the sums of the listed line shifts.
fn again(kpi: &str, all: &Explained, ask: &Ask) -> Option<f64> {
    let sum = |name: &str| all.line_shifts.iter().map(|shift| shift.elements[name]).sum::<f64>();
    let uptime = || {
        let left = sum("planned") - sum("stops");
        if left.abs() <= 1e-11 * sum("planned") { 0.0 } else { left }
    };
    let (scale, above, below) = match kpi {
        "efficiency" => (100.0, sum("earned"), sum("available")),
        "availability" => (100.0, uptime(), sum("planned")),
        "accounted" => (100.0, sum("run"), uptime()),
        "performance" => (100.0, sum("earned"), sum("run")),
        "quality_rate" => (100.0, sum("earned_good"), sum("earned")),
        "oee" => (100.0, sum("earned_good"), sum("planned")),
        "hours" => (1.0, sum("run") / 60.0, 1.0),
        "throughput" => (1.0, sum("good"), sum("run_clock") / 60.0),
        "attainment" => (100.0, sum("produced_planned"), sum("planned_units")),
        "mtbf" => (1.0, sum("run_clock") / 60.0, sum("failures")),
        "mttr" => (1.0, sum("down_clock") / 60.0, sum("failures")),
        _ => (100.0, sum("earned_good"), calendar(&all.line_shifts, ask)),
    };
    (below > 0.0).then(|| scale * above / below)
}

/// Calendar minutes of the listed lines, times the mean crew of each.
fn calendar(shifts: &[ExplainedShift], ask: &Ask) -> f64 {
    let mut lines = BTreeMap::<(&str, &str), Vec<f64>>::new();
    for shift in shifts {
        lines.entry((&shift.client, &shift.line)).or_default().push(shift.inputs["crew"]);
    }
    let days = f64::from(ask.to.0 - ask.from.0 + 1);
    lines.values().map(|crews| days * 1440.0 * crews.iter().sum::<f64>() / crews.len() as f64).sum()
}

/// What the rows of one kind say of a value.
fn of_rows(shift: &ExplainedShift, table: &str, value: &str) -> f64 {
    let rows = shift.entries.iter().filter(|row| row.table == table);
    rows.filter_map(|row| row.values.get(value)?.parse::<f64>().ok()).sum()
}

/// The rows that a line shift's people come from are listed where they count.
fn hold_people(shift: &ExplainedShift) {
    let from_list = shift.sources["crew"].source == "attendance";
    let listed = shift.entries.iter().filter(|row| row.table == "attendance_entry").count() as f64;
    assert!(if from_list { listed >= shift.inputs["crew"] } else { listed == 0.0 }, "{shift:?}");
    let idle = shift.inputs.get("floating_idle").copied().unwrap_or_default();
    let entered = of_rows(shift, "line_shift", "floating_idle");
    let covers = of_rows(shift, "coverage_entry", "idle_minutes") / shift.inputs["net_minutes"];
    assert!(idle == 0.0 || near(idle, entered + covers), "{shift:?}");
}

/// Elements of a whole line shift, of the rows that stand under it.
fn hold_rows(kpi: &str, shift: &ExplainedShift) {
    let available = (shift.inputs["crew"] + shift.inputs.get("floating_idle").unwrap_or(&0.0))
        * shift.inputs["net_minutes"]
        + of_rows(shift, "line_shift", "overtime");
    let made = |value| of_rows(shift, "production_entry", value);
    let rows = [
        ("available", available),
        ("planned", available - of_rows(shift, "downtime_entry", "excluded")),
        ("stops", of_rows(shift, "downtime_entry", "stops")),
        ("earned", made("earned")),
        ("earned_good", made("earned_good")),
        ("good", made("produced") - made("defective")),
    ];
    for (name, told) in rows {
        if let Some(element) = shift.elements.get(name) {
            assert!(near(*element, told), "{kpi}: the rows make {told} {name}: {shift:?}");
        }
    }
}

fn hold(r: &Reader<'_>, kpi: &str, question: &Question, by: &str) -> Result<usize> {
    let ask = question.ask(kpi);
    let rows = kpi::ask(r, None, &ask)?.rows;
    for row in &rows {
        let one = of_group(&ask, by, row);
        let all = kpi::explain(r, None, &Explain { ask: one.clone(), offset: 0, limit: 10_000, rows: true })?;
        assert_eq!(all.total, all.line_shifts.len());
        for term in all.terms.iter().filter(|term| term.element != "calendar_minutes") {
            let sum: f64 = all.line_shifts.iter().map(|shift| shift.elements[&term.element]).sum();
            assert!(near(sum, term.value), "{kpi} by {by}: {sum} is not the {} of {row:?}", term.element);
        }
        // What is divided below the line shift is listed with its parts, not by its rows alone.
        let below = ["product", "operation", "order"].contains(&by);
        all.line_shifts.iter().for_each(hold_people);
        all.line_shifts.iter().filter(|_| !below).for_each(|shift| hold_rows(kpi, shift));
        let whole = kpi != "teep" || !below;
        let same = match (again(kpi, &all, &one), all.row.value, row.value) {
            (Some(a), Some(b), Some(c)) => near(a, b) && near(b, c),
            (a, b, c) => a.is_none() && b.is_none() && c.is_none(),
        };
        assert!(!whole || same || row.denominator.abs() < 1e-6, "{kpi} by {by}: {row:?} is not {:?}", all.row);
        let shown = format!(" = {} {}", all.row.value.unwrap_or_default(), kpi::named(kpi).unwrap().unit);
        assert!(all.row.value.is_none() || all.formula.ends_with(&shown), "{}", all.formula);
    }
    Ok(rows.len())
}

#[test]
fn what_an_explanation_lists_makes_the_number_for_every_kpi_grouping_and_period() {
    let (plant, mut chance) = (Plant::new(), Chance(11));
    let mut floors = ["ACME", "BOLT"].map(|name| floor(&plant, name, &mut chance));
    for _ in 0..35 {
        floors.iter_mut().for_each(|f| change(&plant, f, &mut chance));
    }
    let clients = floors.map(|f| f.client);
    let repo = plant.store.repository(&plant.admin).unwrap();
    let held: Result<usize> = repo.read(|r| {
        let mut held = 0;
        for (kpi, _) in RATIOS {
            let own = kpi::named(kpi).unwrap().groupings.iter().map(|by| by.word());
            let times = ["week", "month"].into_iter().filter(|_| kpi != "teep");
            for by in [""].into_iter().chain(own).chain(times) {
                let by_list: &[&'static str] = if by.is_empty() { &[] } else { &[by] };
                let whole = Question::of(&clients, by_list);
                let fortnight = Question { from: FIRST.plus(9), to: FIRST.plus(22), ..whole.clone() };
                held += hold(r, kpi, &whole, by)? + hold(r, kpi, &fortnight, by)?;
            }
        }
        Ok(held)
    });
    assert!(held.unwrap() > 500, "enough to explain");
}
