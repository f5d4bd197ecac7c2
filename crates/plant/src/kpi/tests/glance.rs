//! What a board asks at a glance: from memory, from the file and from the rows it is the same.

use super::{answers, orders, *};
use crate::kpi::{BoardAsk, Card, KPIS, board};
use domain::ProductionEntry;

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    a.zip(b).map_or(a == b, |(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0))
}

/// Age and orders in work at the end of a day.
fn sums(rows: &[AnswerRow]) -> (f64, f64) {
    rows.iter().fold((0.0, 0.0), |sum, row| (sum.0 + row.numerator, sum.1 + row.denominator))
}

#[test]
fn the_ages_of_any_day_are_the_same_from_memory_from_the_file_and_from_the_orders() {
    let plant = plant();
    let mut seed = 11u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let factories = ["ACME", "BOLT", "CARD"].map(|name| plant.client(name, Basis::Labour));
    let some: [Option<Vec<_>>; 3] =
        [None, Some(vec![factories[0].client]), Some(factories[1..].iter().map(|f| f.client).collect())];
    for round in 0..2 {
        // The second time memory learns of what was written since.
        for f in &factories[round..] {
            plant.write(|w| (0..25).try_for_each(|n| orders::uneven(w, f, n + 100 * round as i32, &mut next)));
        }
        let repo = plant.store.repository(&plant.admin).unwrap();
        // Days long ago are added up from the first on, those of late back from today.
        for day in (0..60).step_by(3).map(|n| DAY.plus(n)).chain((0..9).map(|n| TODAY.plus(-n))) {
            for clients in &some {
                let ask = Ask { clients: clients.clone(), ..question("wip_age", day, day, &[]) };
                let by_order = sums(&plant.ask(&Ask { by: vec!["order".into()], ..ask.clone() }).rows);
                let by_file = plant.ask(&ask);
                let by_cube = repo.read_cube(|r, cube| crate::kpi::ask(r, Some(cube), &ask)).unwrap();
                for (row, way) in [(&by_file.rows[0], "file"), (&by_cube.rows[0], "memory")] {
                    assert!(
                        near(Some(row.numerator), Some(by_order.0)),
                        "{day} {way} {clients:?}: {row:?} {by_order:?}"
                    );
                    assert_eq!(row.denominator, by_order.1, "{day} {way} {clients:?}");
                }
                assert_eq!(by_file.rows[0].weakest, by_cube.rows[0].weakest, "{day}");
            }
        }
    }
}

#[test]
fn a_board_is_the_same_from_memory_and_from_the_file_also_after_a_correction() {
    let plant = plant();
    let factories = answers::uneven(&plant);
    let kpis: Vec<String> = KPIS.iter().map(|kpi| kpi.code.to_owned()).collect();
    for corrected in [false, true] {
        if corrected {
            plant.write(|w| {
                w.because(Some("counted again".into()));
                let entries = w.list::<ProductionEntry>(factories[1].client, 1_000, 0)?;
                let corrected =
                    entries.into_iter().map(|e| ProductionEntry { produced: e.produced.map(|n| n + 7), ..e });
                w.put_all(&corrected.collect::<Vec<_>>()).map(|_| ())
            });
        }
        for clients in [None, Some(vec![factories[0].client]), Some(vec![factories[1].client])] {
            let (kpis, from, to) = (kpis.clone(), DAY.plus(10), DAY.plus(29));
            let ask = BoardAsk {
                kpis,
                clients,
                from,
                to,
                lines: None,
                shifts: None,
                products: None,
                known: None,
                as_of: None,
            };
            let repo = plant.store.repository(&plant.admin).unwrap();
            let by_cube = repo.read_cube(|r, cube| board(r, Some(cube), &ask)).unwrap();
            let by_file = plant.read(|r| board(r, None, &ask)).unwrap();
            by_cube.iter().zip(&by_file).for_each(|(cube, file)| same(cube, file));
        }
    }
}

fn same(cube: &Card, file: &Card) {
    let (of_cube, of_file) = (&cube.answer.rows[0], &file.answer.rows[0]);
    assert!(near(of_cube.value, of_file.value), "{}: {of_cube:?} {of_file:?}", file.kpi);
    assert!(near(Some(of_cube.denominator), Some(of_file.denominator)), "{}", file.kpi);
    assert!(near(Some(of_cube.estimated_share), Some(of_file.estimated_share)), "{}", file.kpi);
    let before = |card: &Card| card.previous.as_ref().and_then(|row| row.value);
    assert!(near(before(cube), before(file)), "{}: the period before", file.kpi);
    assert_eq!(cube.spark.len(), file.spark.len(), "{}", file.kpi);
    for (a, b) in cube.spark.iter().zip(&file.spark) {
        assert!(a.day == b.day && near(a.value, b.value), "{}: {a:?} {b:?}", file.kpi);
    }
}
