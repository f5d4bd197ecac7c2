//! What PCs must have in common once nothing is on its way.
use crate::{Pc, Program, pc::CLIENT};
use serde_json::{Value as Json, json};

/// Figures of production, of stops and of quality.
const FIGURES: [&str; 14] = [
    "efficiency",
    "oee",
    "availability",
    "performance",
    "quality_rate",
    "accounted",
    "throughput",
    "hours",
    "mttr",
    "ppm",
    "dpmo",
    "fpy",
    "rty",
    "scrap_rate",
];
/// What was entered, and what it rests on.
const TABLES: [&str; 9] = [
    "line",
    "product",
    "shift",
    "product_standard",
    "downtime_reason",
    "line_shift",
    "production_entry",
    "downtime_entry",
    "quality_entry",
];

/// What a PC shows.
pub struct Shown {
    figures: Vec<(&'static str, Json)>,
    tables: Vec<(&'static str, Vec<Json>)>,
}

impl Shown {
    /// Each figure by line and day, as it is printed, and each row.
    pub fn by(pc: &Pc) -> Shown {
        let figures = FIGURES.map(|code| (code, figure(pc, code)));
        let tables = TABLES.map(|name| (name, pc.table(name)));
        Shown { figures: figures.into(), tables: tables.into() }
    }
    /// Whether another shows the same, in the columns that both programs know.
    pub fn is(&self, other: &Shown) {
        assert_eq!(self.figures, other.figures);
        for ((name, mine), (_, theirs)) in self.tables.iter().zip(&other.tables) {
            assert_eq!(shared(mine, theirs), shared(theirs, mine), "{name}");
        }
    }
}

fn figure(pc: &Pc, code: &str) -> Json {
    // A yield through several steps is a product's, not a day's.
    let grouped = if code == "rty" { "product" } else { "line,day" };
    let said = pc.says(&["kpi", code, "--client", CLIENT, "--by", grouped]).fine();
    let rows = said["rows"].as_array().unwrap();
    assert!(!rows.is_empty(), "{code}: {said}");
    rows.iter()
        .map(|row| json!({ "by": row["by"], "of": [row["numerator"], row["denominator"]], "is": row["value"] }))
        .collect()
}

/// Rows in the columns that others have, too, in an order of their own.
fn shared(rows: &[Json], others: &[Json]) -> Vec<String> {
    let known = |name: &str| others.first().is_some_and(|other| other.get(name).is_some());
    let text = |row: &Json| {
        let columns = row.as_object().unwrap().iter().filter(|(name, _)| known(name));
        columns.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    };
    let mut rows: Vec<String> = rows.iter().map(text).collect();
    rows.sort();
    rows
}

/// Brings PCs to rest; then all have the same rows, figures and log, nothing waits, and each file is sound.
pub fn agree(pcs: &[&Pc]) {
    // The first may have nothing yet of what the last one sends.
    for pc in pcs {
        pc.syncs();
    }
    let logs: Vec<u64> = pcs.iter().map(|pc| pc.syncs()).collect();
    assert!(logs.iter().all(|log| *log == logs[0]), "{logs:?} entries");
    let first = Shown::by(pcs[0]);
    pcs[1..].iter().for_each(|other| first.is(&Shown::by(other)));
    pcs.iter().for_each(|pc| is_sound(pc));
}

fn is_sound(pc: &Pc) {
    assert_eq!(pc.says(&["verify"]).fine()["sound"], true);
    // The oldest programs that know a hub list nothing for a person.
    if pc.program() == Program::New {
        assert_eq!(pc.says(&["review", "list"]).fine(), json!({ "conflicts": [], "refused": [] }));
    }
}
