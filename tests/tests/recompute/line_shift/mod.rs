//! Line shifts: the rows summed by SQL alone are what the engine answers.
mod explained;
mod kept;
mod memory;
mod sql;
mod stage;

use crate::chance::Chance;
use checks::Plant;
use domain::{Client, Day, Id, elements::Family};
use plant::kpi::{AnswerRow, KPIS};
use sql::{Piece, Question, RATIOS, answer, compare, groupings, pieces};
use stage::{FIRST, Floor, change, floor, set_up, work};
use std::collections::BTreeSet;
use store::{Reader, Result};

/// A client with line shifts after so many changes.
pub(crate) fn made(plant: &Plant, code: &str, seed: u64, changes: usize) -> Id<Client> {
    let mut chance = Chance(seed);
    let mut f = floor(plant, code, &mut chance);
    (0..changes).for_each(|_| change(plant, &mut f, &mut chance));
    f.client
}

/// Questions about a part of what there is.
fn narrowed(f: &Floor, chance: &mut Chance) -> Vec<Question> {
    let only: [(&'static str, Vec<String>); 5] = [
        ("line", f.lines[..2].iter().map(ToString::to_string).collect()),
        ("shift", vec![f.shifts[0].to_string()]),
        ("product", f.products[1..].iter().map(ToString::to_string).collect()),
        ("operation", vec![f.steps[0].to_string()]),
        ("order", vec![f.orders[1].to_string()]),
    ];
    let mut asked = vec![];
    for by in [vec![], vec!["line"], vec!["product"], vec!["order", "week"], vec!["day"]] {
        let whole = Question::of(&[f.client], &by);
        let from = FIRST.plus(chance.between(0, 20) as i32);
        asked.push(Question { from, to: Day(from.0 + 13), ..whole.clone() });
        for one in &only {
            asked.push(Question { only: vec![one.clone()], ..whole.clone() });
        }
        asked.push(Question { only: vec![only[0].clone(), only[2].clone()], ..whole });
    }
    asked
}

#[test]
fn the_engine_answers_what_sql_makes_of_the_line_shifts_under_every_grouping() {
    for seed in 1..=3 {
        let (plant, mut chance) = (Plant::new(), Chance(seed));
        let [mut ours, mut theirs] = ["ACME", "BOLT"].map(|name| floor(&plant, name, &mut chance));
        for _ in 0..60 {
            change(&plant, &mut ours, &mut chance);
            change(&plant, &mut theirs, &mut chance);
        }
        let repo = plant.store.repository(&plant.admin).unwrap();
        let held: Result<usize> = repo.read(|r| {
            let both = [ours.client, theirs.client];
            let told: Vec<Piece> = [pieces(r, both[0])?, pieces(r, both[1])?].into_iter().flatten().collect();
            let whole = groupings().into_iter().map(|by| Question::of(&both, &by));
            whole.chain(narrowed(&ours, &mut chance)).map(|question| compare(r, &told, &question)).sum()
        });
        assert!(held.unwrap() > 2_000, "plant {seed} has enough to compare");
    }
    let own = KPIS.iter().filter(|kpi| kpi.family() == Family::LineShift).map(|kpi| kpi.code);
    assert_eq!(own.collect::<BTreeSet<_>>(), RATIOS.map(|ratio| ratio.0).into(), "every one has its SQL");
}

#[test]
fn a_client_s_line_shifts_never_move_with_another_client_s_rows() {
    let (plant, mut chance) = (Plant::new(), Chance(5));
    let [mut ours, mut theirs] = ["ACME", "BOLT"].map(|name| floor(&plant, name, &mut chance));
    (0..60).for_each(|_| change(&plant, &mut ours, &mut chance));
    let of = |r: &Reader<'_>, kpi: &str, by: &'static str| -> Result<Vec<AnswerRow>> {
        Ok(answer(r, kpi, &Question::of(&[ours.client], &[by]))?.rows)
    };
    let all = || {
        let repo = plant.store.repository(&plant.admin).unwrap();
        repo.read(|r| RATIOS.iter().map(|ratio| of(r, ratio.0, "line")).collect::<Result<Vec<_>>>()).unwrap()
    };
    let before = all();
    for _ in 0..60 {
        let repo = plant.store.repository(&plant.admin).unwrap();
        repo.write(|w| {
            w.because(Some("recount".into()));
            work(w, &mut theirs, &mut chance)?;
            set_up(w, &mut theirs, &mut chance)
        })
        .unwrap();
    }
    assert_eq!(all(), before);
    assert!(before.iter().flatten().any(|row| row.value.is_some()));
}
