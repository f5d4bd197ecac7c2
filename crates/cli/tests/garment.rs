//! A garment factory's files give the figures that were published for it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may stop, and makes its own files"
)]
mod plant;

use plant::Plant;
use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

/// Earned and available minutes of a team's day, and what was published of it.
type Sums = (f64, f64, Option<f64>);

/// One team on one day, as the file has it.
struct TeamDay {
    client: String,
    line: String,
    day: String,
    earned: f64,
    available: f64,
    published: Option<f64>,
}

fn read(text: &str) -> Vec<TeamDay> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = |name: &str| head.iter().position(|h| *h == name).unwrap();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let number = |name: &str| cells[at(name)].parse::<f64>().unwrap_or(0.0);
            TeamDay {
                client: cells[at("client")].to_uppercase(),
                line: cells[at("line")].to_uppercase(),
                day: cells[at("day")].into(),
                earned: number("units") * number("standard_minutes"),
                available: number("crew") * number("shift_minutes") + number("overtime_operator_minutes"),
                published: head.contains(&"published_productivity").then(|| number("published_productivity")),
            }
        })
        .collect()
}

/// Every team-day of the file, and the whole of every client, as the command line tells them.
fn compare(plant: &Plant, rows: &[TeamDay], near: f64) {
    let mut wanted: BTreeMap<(&str, &str, &str), Sums> = BTreeMap::new();
    let mut whole: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for r in rows {
        let cell = wanted.entry((&r.client, &r.line, &r.day)).or_default();
        // A team that made two styles stands in two rows, with its people and time in both.
        cell.0 += r.earned;
        whole.entry(&r.client).or_default().0 += r.earned;
        if cell.1 == 0.0 {
            cell.1 = r.available;
            whole.entry(&r.client).or_default().1 += r.available;
        }
        cell.2 = r.published;
    }
    let answer = plant.ada(&["kpi", "efficiency", "--by", "client,line,day", "--json"]).fine().json();
    let told = answer["rows"].as_array().unwrap();
    assert_eq!(told.len(), wanted.len());
    for row in told {
        // A code is written as it was first; its case and blanks say nothing.
        let by = |name: &str| row["by"][name].as_str().unwrap().to_uppercase();
        let (earned, available, published) = wanted[&(by("client").as_str(), by("line").as_str(), by("day").as_str())];
        let value = row["value"].as_f64().unwrap();
        assert!((value - earned / available * 100.0).abs() < 1e-9, "{row}");
        if let Some(published) = published {
            assert!((value / 100.0 - published).abs() <= near, "{row} published as {published}");
        }
    }
    for (client, (earned, available)) in whole {
        assert!((plant.value("efficiency", client) - earned / available * 100.0).abs() < 1e-9, "{client}");
    }
}

#[test]
fn the_published_figures_come_out_of_the_published_files() {
    let Some(folder) = std::env::var_os("LINEBOARD_GARMENT_DATA").map(PathBuf::from) else {
        eprintln!("skipped: LINEBOARD_GARMENT_DATA names no folder with the garment factory's files");
        return;
    };
    let plant = Plant::new();
    let production = folder.join("production.csv");
    assert_eq!(plant.import("production", &production)["imported"]["written"], 1197);
    assert_eq!(plant.import("downtime", &folder.join("stops.csv"))["imported"]["written"], 18);
    assert!((plant.value("efficiency", "SEWING") - 72.18488).abs() < 1e-3);
    assert!((plant.value("efficiency", "FINISHING") - 77.06447).abs() < 1e-3);
    compare(&plant, &read(&std::fs::read_to_string(&production).unwrap()), 0.0016);
    assert_eq!(plant.import("production", &production)["imported"]["written"], 0, "again adds nothing");
    assert!(plant.ada(&["verify", "--json"]).fine().json()["sound"].as_bool().unwrap());
}

/// Numbers that look like chance and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A file of the published one's shape: half people, blanks behind names, empty cells, overtime.
fn generated() -> String {
    let mut text = String::from(
        "source_row,client,day,shift,line,product,standard_minutes,crew,shift_minutes,overtime_operator_minutes,units,style_changes\n",
    );
    let (mut n, mut source) = (Numbers(2015), 1);
    for day in 0..59 {
        let date = if day < 31 { format!("2015-01-{:02}", day + 1) } else { format!("2015-02-{:02}", day - 30) };
        if day % 7 == 1 || (day > 58) {
            continue;
        }
        for team in 1..=12 {
            for (client, people, standard) in [("SEWING", 58, 2616), ("FINISHING ", 8, 394)] {
                if n.below(20) == 0 {
                    continue;
                }
                source += 1;
                let half = if n.below(6) == 0 { ".5" } else { "" };
                let crew = people - n.below(4);
                let standard = standard - n.below(3) * 120;
                let (overtime, units) = (n.below(4) * 960, 300 + n.below(900));
                let changes = if n.below(3) == 0 { String::new() } else { n.below(3).to_string() };
                let line = if n.below(9) == 0 { format!("team-{team:02} ") } else { format!("TEAM-{team:02}") };
                let _ = writeln!(
                    text,
                    "{source},{client},{date},DAY,{line},SMV-{0}.{1:02},{0}.{1:02},{crew}{half},480,{overtime},{units},{changes}",
                    standard / 100,
                    standard % 100,
                );
            }
        }
    }
    text
}

#[test]
fn a_file_of_the_same_shape_gives_every_team_day_and_both_clients() {
    let plant = Plant::new();
    let (text, name) = (generated(), "generated.csv");
    let rows = read(&text);
    assert!(rows.len() > 1000);
    let file = plant.file(name, &text);
    let imported = plant.import("production", &file);
    assert_eq!(imported["imported"]["written"].as_u64(), Some(rows.len() as u64), "{imported}");
    compare(&plant, &rows, 0.0);
    let again = plant.import("production", &file);
    assert_eq!((&again["imported"]["written"], &again["imported"]["unchanged"]), (&0.into(), &rows.len().into()));
    plant.ada(&["undo"]).fine();
    assert!(
        plant.ada(&["kpi", "efficiency", "--json"]).fine().json()["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|r| r["value"].is_null())
    );
}

#[test]
fn a_leader_of_one_client_sees_nothing_of_the_other() {
    let plant = Plant::new();
    plant.import("production", &plant.file("generated.csv", &generated()));
    let new = plant.path("lea.txt").display().to_string();
    let add = [
        "user",
        "add",
        "lea",
        "--role",
        "leader",
        "--clients",
        "SEWING",
        "--new-password-file",
        &new,
        "--no-forced-change",
    ];
    plant.ada(&add).fine();
    for args in [
        &["kpi", "efficiency", "--by", "client,line", "--json"][..],
        &["kpi", "efficiency", "--explain", "--json"],
        &["kpi", "efficiency"],
        &["export", "production"],
        &["export", "line", "--json"],
        &["export", "product"],
    ] {
        let said = plant.lea(args).fine();
        assert!(said.out.contains("SEWING") || args.len() == 2 && args[0] == "kpi", "{args:?}");
        assert!(!said.out.contains("FINISHING") && !said.err.contains("FINISHING"), "{args:?}");
    }
    // Somebody else's client and one that never was are the same answer.
    let answers: Vec<_> = ["FINISHING", "NOWHERE"]
        .iter()
        .map(|c| {
            let said = plant.lea(&["kpi", "efficiency", "--client", c, "--json"]);
            assert_eq!(said.code, 1);
            said.err.replace(c, "CODE")
        })
        .collect();
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains("\"missing\""));
}
