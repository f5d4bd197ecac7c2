//! Inspections by product and step, from memory and from the file.
use super::{
    sql::{RATIOS, groupings},
    stage::{Chance, DAY, change, floor},
};
use crate::memory::{Asking, question};
use checks::Plant;

#[test]
fn what_is_in_memory_of_inspections_is_what_the_file_says_after_any_writes_and_undos() {
    let (plant, mut chance) = (Plant::new(), Chance(41));
    let mut floors = [floor(&plant, "ACME"), floor(&plant, "BOLT")];
    let clients = [floors[0].client, floors[1].client];
    let mut asking = Asking::of(&plant.store.repository(&plant.admin).unwrap());
    for round in 0..8 {
        for _ in 0..8 {
            change(&plant, &mut floors[chance.below(2)], &mut chance);
        }
        let repo = plant.store.repository(&plant.admin).unwrap();
        let period = (DAY, DAY.plus(2 + round));
        repo.read(|r| {
            let all = RATIOS.iter().map(|ratio| ratio.0);
            for (kpi, by) in all.flat_map(|kpi| groupings(kpi).into_iter().map(move |by| (kpi, by))) {
                asking.compare(r, &question(kpi, &clients, period, &by))?;
            }
            Ok(())
        })
        .unwrap();
    }
    assert!(asking.compared > 2_000, "{} rows were compared", asking.compared);
}
