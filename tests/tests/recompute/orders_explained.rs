//! The orders behind an answer are the same from memory and from the file, whatever was written.
use crate::{
    chance::Chance,
    orders_kept::work,
    orders_made::{FIRST, TODAY, client},
};
use checks::Plant;
use plant::kpi::{Ask, Explain, Explained, ExplainedSource, explain, explain_kept};

/// What is told, with shares as far as the order of adding leaves them the same.
fn told(explained: &Explained) -> String {
    let near = |source: &ExplainedSource| {
        let share = format!("{:.9}", source.share);
        (source.source.clone(), source.line_shifts, share)
    };
    let sources: Vec<_> = explained.sources.iter().map(near).collect();
    format!("{} {sources:?} {:?}", explained.total, explained.orders)
}

#[test]
fn the_orders_behind_an_answer_are_the_same_from_memory_and_from_the_file_after_any_writes_and_undos() {
    let (plant, mut chance) = (Plant::new(), Chance(12));
    let made = [client(&plant, "ACME", &mut chance, 12), client(&plant, "OTHER", &mut chance, 12)];
    let repo = plant.store.repository(&plant.admin).unwrap();
    let (kept, mut compared) = (repo.kept(), 0);
    for round in 0..60 {
        work(&plant, &made[round % 2], &mut chance, 2);
        let kpi = ["otd", "otif", "true_otd", "otd_net", "wip_age"][round % 5];
        let clients = (round % 3 == 0).then(|| vec![made[0].client]);
        let as_of = (round % 4 == 0).then(|| TODAY.plus(-20));
        let ask = Ask { clients, as_of, ..Ask::of(kpi, FIRST, TODAY.plus(30)) };
        for offset in [0, 1, 5] {
            let page = Explain { ask: ask.clone(), offset, limit: 3, rows: false };
            let memory = repo.read_cube(|r, cube| explain_kept(r, Some(cube), &kept, &page)).unwrap();
            let file = repo.read(|r| explain(r, None, &page)).unwrap();
            assert_eq!(told(&memory), told(&file), "round {round}, {kpi} from {offset}");
            compared += memory.orders.len();
        }
    }
    assert!(compared > 200, "{compared} orders were on the pages");
}

/// One page of what explains a KPI.
fn page(plant: &Plant, kpi: &str, offset: usize, limit: usize) -> Explained {
    let page = Explain { ask: Ask::of(kpi, FIRST, TODAY), offset, limit, rows: false };
    plant.store.repository(&plant.admin).unwrap().read(|r| explain(r, None, &page)).unwrap()
}

/// Two clients with orders that much was written of.
fn worked() -> Plant {
    let (plant, mut chance) = (Plant::new(), Chance(5));
    let made = [client(&plant, "ACME", &mut chance, 15), client(&plant, "OTHER", &mut chance, 15)];
    made.iter().for_each(|made| work(&plant, made, &mut chance, 20));
    plant
}

#[test]
fn pages_of_orders_follow_each_other() {
    let plant = worked();
    for kpi in ["otd", "otif", "wip_age"] {
        let whole = page(&plant, kpi, 0, 100);
        assert!(whole.total > 4 && whole.orders.len() == whole.total, "{kpi}: {}", whole.total);
        let one_by_one: Vec<_> = (0..=whole.total).flat_map(|at| page(&plant, kpi, at, 1).orders).collect();
        assert_eq!(one_by_one, whole.orders, "{kpi}");
    }
}

#[test]
fn the_oldest_order_in_work_comes_first_whoevers_it_is() {
    let ages: Vec<f64> = page(&worked(), "wip_age", 0, 100).orders.iter().map(|order| order.age.unwrap().age).collect();
    assert!(ages.len() > 3 && ages.is_sorted_by(|old, young| old >= young), "{ages:?}");
    assert_ne!(ages.first(), ages.last());
}
