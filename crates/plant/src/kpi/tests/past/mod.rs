//! What was known then is answered again.

mod life;

use super::*;
use crate::commands::board::{kpi_ask, kpi_explain};
use life::{Life, step};
use proptest::prelude::*;
use serde_json::Value as Json;

/// Questions whose answers rest on every kind of row.
fn asked() -> Vec<Ask> {
    let (from, to) = (TODAY.plus(-12), TODAY.plus(2));
    [
        ("efficiency", &[][..]),
        ("efficiency", &["day"]),
        ("oee", &["line", "shift"]),
        ("oee", &["product"]),
        ("performance", &["order", "week"]),
        ("availability", &[]),
        ("attainment", &["line"]),
        ("mtbf", &["line"]),
        ("teep", &[]),
    ]
    .map(|(kpi, by)| question(kpi, from, to, by))
    .to_vec()
}

impl Plant {
    fn repo(&self) -> store::Repository<'_> {
        self.store.repository(&self.admin).unwrap()
    }

    fn answer(&self, ask: &Ask) -> store::Result<Answer> {
        kpi_ask(&self.repo(), ask.clone())
    }

    /// The same question as it was known.
    fn again(&self, ask: &Ask, known: Known) -> Answer {
        self.answer(&Ask { known: Some(known), ..ask.clone() }).unwrap()
    }
}

/// The first place where two answers differ, by more than the last bits of a sum.
fn differs(was: &Json, is: &Json) -> Option<String> {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    match (was, is) {
        (Json::Number(a), Json::Number(b)) if near(a.as_f64()?, b.as_f64()?) => None,
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => a.iter().zip(b).find_map(|(a, b)| differs(a, b)),
        (Json::Object(a), Json::Object(b)) if a.len() == b.len() => {
            a.iter().find_map(|(key, a)| differs(a, &b[key]).map(|at| format!("{key}.{at}")))
        }
        _ => (was != is).then(|| format!(": {was} is now {is}")),
    }
}

fn same(what: &impl std::fmt::Debug, was: &impl serde::Serialize, is: &impl serde::Serialize) {
    let [was, is] = [serde_json::to_value(was).unwrap(), serde_json::to_value(is).unwrap()];
    assert_eq!(differs(&was, &is), None, "{what:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Writes, corrections, removals, undos, back-dated standards, imports, the end of days.
    #[test]
    fn an_answer_asked_again_at_its_stamp_is_the_printed_one(steps in prop::collection::vec(step(), 8..60)) {
        let life = Life::begin();
        let mut printed = vec![];
        for (n, step) in steps.iter().enumerate() {
            life.happens(step);
            if n % 8 == 7 {
                printed.extend(asked().into_iter().map(|ask| (n, life.plant.answer(&ask).unwrap(), ask)));
            }
        }
        life.plant.clock.advance(86_400_000);
        for (i, (n, answer, ask)) in printed.iter().enumerate() {
            let stamp = answer.stamp.clone();
            let known = if i % 3 == 0 { Known::At(stamp.at) } else { Known::Stamp(stamp) };
            same(&(n, &known, ask), answer, &life.plant.again(ask, known.clone()));
        }
    }
}
