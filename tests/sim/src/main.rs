//! `sim [--seeds N] [--first N] [--faults all|NAME,…]`: plays seeds as the product is, or with faults planted.
use domain::planted::Bug;
use std::{process::ExitCode, str::FromStr};

const USAGE: &str = "sim [--seeds N] [--first N] [--faults all|NAME,...]";

/// A planted fault need not be found more often than this.
const ENOUGH: usize = 10;

/// Where a fault shows that few seeds show; found by playing 100 000.
const RARE: &[(&str, u64)] = &[("offer_cut_only", 27_000), ("late_page", 400), ("no_author_chain", 2600)];

struct Wanted {
    seeds: u64,
    first: Option<u64>,
    faults: Vec<String>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(wanted) = wanted(&words) else {
        eprintln!("{} is not understood: {USAGE}", words.join(" "));
        return ExitCode::FAILURE;
    };
    let fine = if wanted.faults.is_empty() { clean(&wanted) } else { hunt_all(&wanted) };
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn wanted(words: &[String]) -> Option<Wanted> {
    let mut wanted = Wanted { seeds: 2000, first: None, faults: vec![] };
    for pair in words.chunks(2) {
        let [name, value] = pair else { return None };
        match name.as_str() {
            "--seeds" => wanted.seeds = u64::from_str(value).ok()?,
            "--first" => wanted.first = Some(u64::from_str(value).ok()?),
            "--faults" => wanted.faults = value.split(',').map(String::from).collect(),
            _ => return None,
        }
    }
    Some(wanted)
}

/// Plays the seeds as the product is.
fn clean(wanted: &Wanted) -> bool {
    let first = wanted.first.unwrap_or(0);
    for seed in first..first + wanted.seeds {
        if let Some(broken) = sim::play(seed, None).broken {
            println!("seed {seed}: {broken} (still so after {} steps)", sim::shortest(seed, None));
            return false;
        }
    }
    println!("{} seeds from {first}: every promise held", wanted.seeds);
    true
}

fn hunt_all(wanted: &Wanted) -> bool {
    let named = |name: &str| wanted.faults.iter().any(|f| f == "all" || f == name);
    let bugs: Vec<_> = Bug::ALL.iter().filter(|b| named(b.1)).collect();
    let missed: Vec<&str> = bugs.iter().filter(|b| !hunt(***b, wanted)).map(|b| b.1).collect();
    if missed.is_empty() && !bugs.is_empty() {
        println!("{} planted faults, each found", bugs.len());
        return true;
    }
    println!("not found: {}", if bugs.is_empty() { wanted.faults.join(", ") } else { missed.join(", ") });
    false
}

/// Plays the seeds with a fault until it has been found often enough; tells whether it was.
fn hunt((bug, name): (Bug, &str), wanted: &Wanted) -> bool {
    let rare = RARE.iter().find(|r| r.0 == name).map_or(0, |r| r.1);
    let first = wanted.first.unwrap_or(rare);
    let (mut found, mut earliest, mut played) = (0, None, 0);
    for seed in first..first + wanted.seeds {
        played += 1;
        let Some(broken) = sim::play(seed, Some(bug)).broken else { continue };
        found += 1;
        earliest.get_or_insert((seed, broken.clone()));
        if found == ENOUGH {
            break;
        }
    }
    let earliest = earliest.map_or(String::from("never"), |(s, b)| format!("seed {s}: {b}"));
    println!("{name:<26} {found:>3} of {played:>5} seeds from {first:>4}; first {earliest}");
    found > 0
}
