//! Inspections: the rows summed by SQL alone are what the engine answers.
mod memory;
mod sql;
mod stage;

use checks::Plant;
use domain::{Client, Id};
use plant::kpi::{AnswerRow, KPIS};
use sql::{RATIOS, answer, compare, groupings};
use stage::{Chance, change, floor, inspect, produce, set_again};
use store::Reader;

/// A client with inspections after so many changes.
pub(crate) fn made(plant: &Plant, code: &str, seed: u64, changes: usize) -> Id<Client> {
    let (mut chance, mut f) = (Chance(seed), floor(plant, code));
    (0..changes).for_each(|_| change(plant, &mut f, &mut chance));
    f.client
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
