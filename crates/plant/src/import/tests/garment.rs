//! The garment factory's files, and a made-up plant of the same shape.
use super::{Plant, counts, wish};
use crate::import::fields::Kind;
use domain::{Client, DowntimeEntry, Id, LineShift, Product, ProductStandard, ProductionEntry, ShiftState};
use std::{fmt::Write, path::Path};

/// Efficiency of a client from the sums: earned over available, in percent.
fn efficiency(plant: &Plant, client: Id<Client>) -> f64 {
    let repo = plant.store.repository(&plant.admin).unwrap();
    let sql = "SELECT sum(earned), sum(available) FROM kpi_line_shift WHERE client_id = ?1";
    let sums = repo.read(|r| r.first(sql, store::values![client], |row| Ok((row.get::<f64>(0)?, row.get::<f64>(1)?))));
    let (earned, available) = sums.unwrap().unwrap();
    100.0 * earned / available
}

/// A file of the same shape: two departments, two styles, a team that runs twice on one day.
fn made_up() -> (String, String) {
    let mut production = String::from(
        "source_row,client,day,shift,line,product,standard_minutes,crew,shift_minutes,overtime_operator_minutes,units,style_changes,published_productivity,published_target\n",
    );
    let mut stops = String::from("source_row,client,day,shift,line,reason,minutes,stations_affected\n");
    for n in 0..600 {
        let (client, team, day) = (["SEWING ", "FINISHING"][n % 2], n / 2 % 12 + 1, n / 24 % 28 + 1);
        let shift = if n % 24 == 23 { "DAY-2" } else { "DAY" };
        let (crew, smv) = ([59.0, 30.5][n % 2], [26.16, 3.94][n % 2]);
        let units = 100 + n;
        writeln!(
            production,
            "{},{client},2015-02-{day:02},{shift},TEAM-{team:02},SMV-{smv} ,{smv},{crew},480,{},{units},0,0.9,0.8",
            n + 2,
            n % 7 * 60
        )
        .unwrap();
        if n % 20 == 0 {
            writeln!(stops, "{},{client},2015-02-{day:02},{shift},TEAM-{team:02},IDLE,4.5,{}", n + 2, n % 9 + 1)
                .unwrap();
        }
    }
    (production, stops)
}

#[test]
fn a_plant_of_the_same_shape_goes_in_once_and_is_told_from_the_second_time() {
    let (plant, (production, stops)) = (Plant::new(), made_up());
    let (view, _) = plant.look(&plant.admin, &wish(Kind::Production), production.as_bytes()).unwrap();
    assert_eq!((view.rows, view.good, view.error_count, view.already), (600, 600, 0, 0));
    assert_eq!(view.creates.clients, ["SEWING", "FINISHING"]);
    let first = plant.take(&plant.admin, &wish(Kind::Production), production.as_bytes(), false).unwrap();
    assert_eq!((counts(&first), first.batches.len()), ((600, 0, 0), 2));
    let stop = plant.take(&plant.admin, &wish(Kind::Downtime), stops.as_bytes(), false).unwrap();
    assert_eq!(counts(&stop), (30, 0, 0));
    let sewing = plant.id("SEWING");
    let shifts: Vec<LineShift> = plant.rows(sewing);
    assert!(shifts.iter().all(|s| s.state == ShiftState::Closed && s.net_minutes == Some(480.0)));
    assert!(plant.rows::<LineShift>(plant.id("FINISHING")).iter().all(|s| s.crew == Some(30.5)));
    assert_eq!(plant.rows::<Product>(sewing)[0].code, "SMV-26.16");
    assert_eq!(plant.rows::<ProductStandard>(sewing)[0].minutes, 26.16);
    for (kind, text, n) in [(Kind::Production, production, 600), (Kind::Downtime, stops, 30)] {
        assert_eq!(plant.look(&plant.admin, &wish(kind), text.as_bytes()).unwrap().0.already, n);
        let again = plant.take(&plant.admin, &wish(kind), text.as_bytes(), false).unwrap();
        assert_eq!((counts(&again), again.batches.len()), ((0, n, 0), 0));
    }
}

#[test]
fn the_garment_factorys_own_files_give_its_own_figures() {
    let Ok(folder) = std::env::var("LINEBOARD_GARMENT_DATA") else {
        println!("skipped: LINEBOARD_GARMENT_DATA names no folder");
        return;
    };
    let read = |name: &str| std::fs::read(Path::new(&folder).join(name)).unwrap();
    let (plant, production, stops) = (Plant::new(), read("production.csv"), read("stops.csv"));
    let (view, _) = plant.look(&plant.admin, &wish(Kind::Production), &production).unwrap();
    assert_eq!((view.rows, view.error_count), (1197, 0));
    let first = plant.take(&plant.admin, &wish(Kind::Production), &production, false).unwrap();
    assert_eq!(counts(&first), (1197, 0, 0));
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Downtime), &stops, false).unwrap()), (18, 0, 0));
    let (sewing, finishing) = (plant.id("SEWING"), plant.id("FINISHING"));
    assert_eq!(plant.rows::<ProductionEntry>(sewing).len(), 691);
    assert_eq!(plant.rows::<ProductionEntry>(finishing).len(), 506);
    assert_eq!(plant.rows::<DowntimeEntry>(sewing).len(), 18);
    assert!((efficiency(&plant, sewing) - 72.18488).abs() < 0.001, "{}", efficiency(&plant, sewing));
    assert!((efficiency(&plant, finishing) - 77.06447).abs() < 0.001, "{}", efficiency(&plant, finishing));
    let again = plant.take(&plant.admin, &wish(Kind::Production), &production, false).unwrap();
    assert_eq!(counts(&again), (0, 1197, 0));
}
