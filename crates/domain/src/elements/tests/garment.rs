//! The published team-days of a garment factory, where its file is given.

use super::*;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// The file of the real data; without it these tests say so and pass.
fn production() -> Option<String> {
    let Some(folder) = std::env::var_os("LINEBOARD_GARMENT_DATA") else {
        eprintln!("skipped: LINEBOARD_GARMENT_DATA is not set");
        return None;
    };
    Some(fs::read_to_string(PathBuf::from(folder).join("production.csv")).unwrap())
}

/// Client, element sums and published productivity of each team-day.
fn team_days(text: &str) -> Vec<(String, Sums, f64)> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let place = |name: &str| names.iter().position(|one| *one == name).unwrap();
    let team_day = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |name: &str| cells[place(name)].parse::<f64>().unwrap();
        let facts = Facts {
            overtime: Some(number("overtime_operator_minutes")),
            entries: vec![entry(1, number("units"), number("standard_minutes"))],
            ..line_shift(number("crew"), number("shift_minutes"))
        };
        (cells[place("client")].to_owned(), work(&facts).sums, number("published_productivity"))
    };
    lines.map(team_day).collect()
}

#[test]
fn real_data_every_team_day_equals_its_published_productivity() {
    let Some(text) = production() else { return };
    let days = team_days(&text);
    assert_eq!(days.len(), 1197);
    for (client, sums, published) in days {
        let efficiency = sums[Element::Earned] / sums[Element::Available];
        assert!((efficiency - published).abs() <= 0.0016, "{client}: {efficiency} is not {published}");
    }
}

#[test]
fn real_data_sewing_is_72_18488_and_finishing_77_06447() {
    let Some(text) = production() else { return };
    let mut clients = BTreeMap::<String, Sums>::new();
    team_days(&text).into_iter().for_each(|(client, sums, _)| *clients.entry(client).or_default() += &sums);
    let efficiency = |client: &str| {
        let sums = &clients[client];
        format!("{:.5}", 100.0 * sums[Element::Earned] / sums[Element::Available])
    };
    assert_eq!((efficiency("SEWING"), efficiency("FINISHING")), ("72.18488".into(), "77.06447".into()));
}
