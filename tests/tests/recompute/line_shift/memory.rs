//! Line shifts by product and operation, from memory and from the file.
use super::{
    kept::{back_date, bring_in},
    sql::RATIOS,
    stage::{FIRST, TODAY, change, floor},
};
use crate::{
    chance::Chance,
    memory::{Asking, question},
};
use checks::Plant;
use plant::kpi::{Ask, WhyAsk};

/// Groupings whose days are kept, with and without time, and two that are not.
const BY: &[&[&str]] = &[
    &["product"],
    &["product", "client"],
    &["day", "product"],
    &["month", "operation"],
    &["line", "product"],
    &["shift", "operation", "week"],
    &["product", "order"],
    &["line"],
];

#[test]
fn what_is_in_memory_of_line_shifts_is_what_the_file_says_after_any_writes_undos_and_imports() {
    for seed in [31, 32] {
        let (plant, mut chance) = (Plant::new(), Chance(seed));
        let mut floors = ["ACME", "BOLT"].map(|name| floor(&plant, name, &mut chance));
        let clients = floors.each_ref().map(|f| f.client);
        let mut asking = Asking::of(&plant.store.repository(&plant.admin).unwrap());
        for round in 0..10 {
            for _ in 0..8 {
                let which = chance.below(2) as usize;
                change(&plant, &mut floors[which], &mut chance);
            }
            bring_in(&plant, &floors[round % 2], &mut chance);
            back_date(&plant, &floors[round % 2], &mut chance);
            let repo = plant.store.repository(&plant.admin).unwrap();
            // A part of the time first: the rest is worked out when it is asked.
            let period = (FIRST, FIRST.plus(10 + 4 * round as i32));
            repo.read(|r| {
                for (kpi, by) in RATIOS.iter().flat_map(|ratio| BY.iter().map(move |by| (ratio.0, by))) {
                    let ask = question(kpi, &clients, period, by);
                    if plant::kpi::ask(r, None, &ask).is_ok() {
                        let (lines, products) = (Some(vec![floors[0].lines[0]]), Some(vec![floors[1].products[1]]));
                        asking.compare(r, &ask)?;
                        asking.compare(r, &Ask { lines, ..ask.clone() })?;
                        asking.compare(r, &Ask { products, ..ask })?;
                    }
                }
                for (kpi, clients) in [("oee", &clients[..]), ("throughput", &clients), ("efficiency", &clients[1..])] {
                    let ask = question(kpi, clients, (FIRST.plus(20), TODAY), &[]);
                    asking.compare_change(r, &WhyAsk { ask, versus_from: FIRST, versus_to: FIRST.plus(19) })?;
                }
                Ok(())
            })
            .unwrap();
        }
        assert!(asking.compared > 2_000, "{} rows were compared", asking.compared);
    }
}
