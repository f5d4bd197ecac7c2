//! The pieces that SQL makes of the rows, added up beside the engine's answers.
use super::stage::{FIRST, TODAY};
use domain::{Client, Day, Id, Value};
use plant::kpi::{self, Answer, AnswerRow, Ask};
use std::collections::BTreeMap;
use store::{Reader, Result, values};

const PIECES: &str = include_str!("pieces.sql");

/// A quantity of a piece: its place among the numbers that the SQL gives.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Of {
    Available,
    Planned,
    Stops,
    Run,
    RunClock,
    Good,
    Earned,
    EarnedGood,
    DownClock,
    Failures,
    Units,
    MadePlanned,
    Crew,
    Cells,
    EstAvailable,
    EstPlanned,
    EstUptime,
    EstRun,
    EstRunClock,
    EstEarned,
    EstEarnedGood,
    EstCrew,
    // Beyond the SQL's own numbers: what is inferred of the planned units.
    EstUnits,
}

const NUMBERS: usize = Of::EstUnits as usize;

/// What one piece adds, and where it belongs.
pub(super) struct Piece {
    client: Id<Client>,
    day: Day,
    /// Line, shift, product, operation and order.
    ids: [String; 5],
    entries: i64,
    /// Its time was divided, and the line shift differs in product, operation, order.
    divided: [bool; 3],
    numbers: [f64; NUMBERS],
}

const TIMES: [&str; 3] = ["day", "week", "month"];
const NAMES: [&str; 5] = ["line", "shift", "product", "operation", "order"];

/// Every piece of a client.
pub(super) fn pieces(r: &Reader<'_>, client: Id<Client>) -> Result<Vec<Piece>> {
    let id = |value: Value| match value {
        Value::Id(id) => Id::<Client>::from_bytes(id).to_string(),
        _ => Id::<Client>::from_bytes([0; 16]).to_string(),
    };
    r.select(PIECES, values![client, TODAY], |row| {
        let mut ids: [String; 5] = Default::default();
        for (n, place) in ids.iter_mut().enumerate() {
            *place = row.get(1 + n).map(id)?;
        }
        let divided: bool = row.get(7)?;
        let mut numbers = [0.0; NUMBERS];
        for (n, number) in numbers.iter_mut().enumerate() {
            *number = row.get(11 + n)?;
        }
        let differs = [row.get::<bool>(8)?, row.get(9)?, row.get(10)?];
        let day = row.get(0)?;
        Ok(Piece {
            client,
            day,
            ids,
            entries: row.get(6)?,
            divided: differs.map(|differs| divided && differs),
            numbers,
        })
    })
}

/// A question: how it is grouped, over which days, and of what only.
#[derive(Clone)]
pub(super) struct Question {
    pub(super) clients: Vec<Id<Client>>,
    pub(super) by: Vec<&'static str>,
    pub(super) from: Day,
    pub(super) to: Day,
    /// Filters by the name of a grouping.
    pub(super) only: Vec<(&'static str, Vec<String>)>,
}

impl Question {
    pub(super) fn of(clients: &[Id<Client>], by: &[&'static str]) -> Question {
        Question { clients: clients.into(), by: by.into(), from: FIRST, to: TODAY, only: vec![] }
    }

    /// Names below the line shift that this question looks at.
    fn looks_at(&self, name: &str) -> bool {
        self.by.contains(&name) || self.only.iter().any(|only| only.0 == name)
    }

    fn holds(&self, piece: &Piece) -> bool {
        let passes = |(name, ids): &(&str, Vec<String>)| ids.contains(&key(piece, name));
        self.clients.contains(&piece.client)
            && (self.from..=self.to).contains(&piece.day)
            && self.only.iter().all(passes)
    }

    pub(super) fn ask(&self, kpi: &str) -> Ask {
        let mut ask =
            serde_json::json!({ "kpi": kpi, "clients": self.clients, "from": self.from, "to": self.to, "by": self.by });
        for (name, ids) in &self.only {
            ask[format!("{name}s")] = serde_json::json!(ids);
        }
        serde_json::from_value(ask).unwrap()
    }
}

/// Where a piece belongs under one grouping.
fn key(piece: &Piece, by: &str) -> String {
    match by {
        "client" => piece.client.to_string(),
        "day" => piece.day.to_string(),
        "week" => Day(piece.day.0 - (piece.day.0 + 3).rem_euclid(7)).to_string(),
        "month" => format!("{}-01", &piece.day.to_string()[..7]),
        name => piece.ids[NAMES.iter().position(|known| *known == name).unwrap()].clone(),
    }
}

/// Sums of a group, with its entries.
#[derive(Default, Clone)]
pub(super) struct Group {
    sums: [f64; NUMBERS + 1],
    entries: i64,
    /// Crew and line shifts of each line.
    lines: BTreeMap<String, (f64, f64)>,
    days: f64,
}

impl Group {
    fn add(&mut self, piece: &Piece, question: &Question) {
        let mut numbers = [0.0; NUMBERS + 1];
        numbers[..NUMBERS].copy_from_slice(&piece.numbers);
        let looked_at = NAMES[2..].iter().zip(piece.divided).any(|(name, divided)| divided && question.looks_at(name));
        if looked_at {
            infer(&mut numbers);
        }
        self.sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        self.entries += piece.entries;
        let line = self.lines.entry(piece.ids[0].clone()).or_default();
        *line = (line.0 + numbers[Of::Crew as usize], line.1 + numbers[Of::Cells as usize]);
        self.days = f64::from(question.to.0 - question.from.0 + 1);
    }
    fn of(&self, of: Of) -> f64 {
        self.sums[of as usize]
    }
    /// Calendar minutes of its lines, times the mean crew of each.
    fn calendar(&self) -> f64 {
        let of_line = |(crew, cells): &(f64, f64)| if *cells > 0.0 { crew / cells } else { 0.0 };
        self.lines.values().map(|line| self.days * 1440.0 * of_line(line)).sum()
    }
    fn share(&self, part: Of, whole: f64) -> f64 {
        let part = self.of(part);
        if part == 0.0 { 0.0 } else { (part / whole).clamp(0.0, 1.0) }
    }
}

/// Time that was divided by inference is inferred, all of it.
fn infer(numbers: &mut [f64; NUMBERS + 1]) {
    use Of::{
        Available, EstAvailable, EstPlanned, EstRun, EstRunClock, EstUnits, EstUptime, Planned, Run, RunClock, Units,
    };
    for (part, whole) in
        [(EstAvailable, Available), (EstPlanned, Planned), (EstRun, Run), (EstRunClock, RunClock), (EstUnits, Units)]
    {
        numbers[part as usize] = numbers[whole as usize];
    }
    numbers[EstUptime as usize] = numbers[Planned as usize] - numbers[Of::Stops as usize];
}

/// What a KPI divides by what, how often, and which part of both is inferred.
struct Told {
    above: f64,
    below: f64,
    est_above: f64,
    est_below: f64,
}

/// Every KPI of line shifts with the number by which its ratio is multiplied.
pub(super) const RATIOS: [(&str, f64); 12] = [
    ("efficiency", 100.0),
    ("availability", 100.0),
    ("accounted", 100.0),
    ("performance", 100.0),
    ("quality_rate", 100.0),
    ("oee", 100.0),
    ("hours", 1.0),
    ("throughput", 1.0),
    ("attainment", 100.0),
    ("mtbf", 1.0),
    ("mttr", 1.0),
    ("teep", 100.0),
];

fn told(kpi: &str, g: &Group) -> Told {
    use Of::{
        Available, DownClock, Earned, EarnedGood, EstAvailable, EstCrew, EstEarned, EstEarnedGood, EstPlanned, EstRun,
        EstRunClock, EstUnits, EstUptime, Failures, Good, MadePlanned, Planned, Run, RunClock, Stops, Units,
    };
    // What rounding leaves of a line that stood for all of its time is no time.
    let left = g.of(Planned) - g.of(Stops);
    let uptime = if left.abs() <= 1e-11 * g.of(Planned) { 0.0 } else { left };
    let sum = |of: Of, est: Of| (g.of(of), g.share(est, g.of(of)));
    let ((above, est_above), (below, est_below)) = match kpi {
        "efficiency" => (sum(Earned, EstEarned), sum(Available, EstAvailable)),
        "availability" => ((uptime, g.share(EstUptime, uptime)), sum(Planned, EstPlanned)),
        "accounted" => (sum(Run, EstRun), (uptime, g.share(EstUptime, uptime))),
        "performance" => (sum(Earned, EstEarned), sum(Run, EstRun)),
        "quality_rate" => (sum(EarnedGood, EstEarnedGood), sum(Earned, EstEarned)),
        "oee" => (sum(EarnedGood, EstEarnedGood), sum(Planned, EstPlanned)),
        "hours" => ((g.of(Run) / 60.0, g.share(EstRun, g.of(Run))), (1.0, 0.0)),
        "throughput" => ((g.of(Good), 0.0), (g.of(RunClock) / 60.0, g.share(EstRunClock, g.of(RunClock)))),
        "attainment" => ((g.of(MadePlanned), 0.0), sum(Units, EstUnits)),
        "mtbf" => ((g.of(RunClock) / 60.0, g.share(EstRunClock, g.of(RunClock))), (g.of(Failures), 0.0)),
        "mttr" => ((g.of(DownClock) / 60.0, 0.0), (g.of(Failures), 0.0)),
        _ => (sum(EarnedGood, EstEarnedGood), (g.calendar(), g.share(EstCrew, g.of(Of::Crew)))),
    };
    Told { above, below, est_above, est_below }
}

fn groups(pieces: &[Piece], question: &Question) -> BTreeMap<Vec<String>, Group> {
    let mut groups = BTreeMap::<Vec<String>, Group>::new();
    for piece in pieces.iter().filter(|piece| question.holds(piece)) {
        // What has no product is another nothing with each client.
        let whose = question.by.iter().any(|by| !TIMES.contains(by)).then_some("client");
        let key = question.by.iter().copied().chain(whose).map(|by| key(piece, by)).collect();
        groups.entry(key).or_default().add(piece, question);
    }
    groups
}

pub(super) fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

pub(super) fn answer(r: &Reader<'_>, kpi: &str, question: &Question) -> Result<Answer> {
    kpi::ask(r, None, &question.ask(kpi))
}

/// Holds every KPI that may be grouped so against the pieces.
pub(super) fn compare(r: &Reader<'_>, pieces: &[Piece], question: &Question) -> Result<usize> {
    let groups = groups(pieces, question);
    let mut held = 0;
    for (kpi, scale) in RATIOS.iter().filter(|(kpi, _)| may(kpi, &question.by)) {
        let rows = answer(r, kpi, question)?.rows;
        let whose = |row: &AnswerRow| row.keys.get("client").cloned();
        let keyed =
            |row: &AnswerRow| question.by.iter().map(|by| row.keys[*by].clone()).chain(whose(row)).collect::<Vec<_>>();
        for row in &rows {
            let group = groups.get(&keyed(row)).cloned().unwrap_or_default();
            hold(kpi, *scale, row, &group, question);
            held += 1;
        }
        let there: Vec<_> = rows.iter().map(keyed).collect();
        for (key, group) in groups.iter().filter(|(key, _)| !there.contains(key)) {
            let told = told(kpi, group);
            let empty = told.above == 0.0 && (told.below == 0.0 || *kpi == "hours");
            assert!(empty, "{kpi} by {:?} has no row of {key:?}", question.by);
        }
    }
    Ok(held)
}

fn hold(kpi: &str, scale: f64, row: &AnswerRow, group: &Group, question: &Question) {
    let Told { above, below, est_above, est_below } = told(kpi, group);
    let by = (&question.by, &question.only, question.from, question.to);
    assert!(near(row.numerator, above), "{kpi} by {by:?}: {row:?} has not {above} above");
    assert!(near(row.denominator, below), "{kpi} by {by:?}: {row:?} has not {below} below");
    let value = (below > 1e-9).then(|| scale * above / below);
    let same = match (row.value, value) {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a == b,
    };
    assert!(same || (below.abs() < 1e-6 && above.abs() < 1e-6), "{kpi} by {by:?}: {row:?} is not {value:?}");
    assert!(near(row.estimated_numerator, est_above), "{kpi} by {by:?}: {row:?} is not {est_above} inferred above");
    assert!(near(row.estimated_share, est_below), "{kpi} by {by:?}: {row:?} is not {est_below} inferred below");
    assert_eq!(row.rows, group.entries, "{kpi} by {by:?}: {row:?}");
}

/// Whether a KPI can be grouped so; what cannot is another test's.
fn may(kpi: &str, by: &[&str]) -> bool {
    let own: Vec<&str> = kpi::named(kpi).unwrap().groupings.iter().map(|by| by.word()).collect();
    by.iter().all(|by| own.contains(by) || (kpi != "teep" && TIMES.contains(by)))
}

/// Every grouping: none, each alone, and every two.
pub(super) fn groupings() -> Vec<Vec<&'static str>> {
    const ALL: [&str; 9] = ["client", "line", "shift", "product", "operation", "order", "day", "week", "month"];
    let pairs = ALL.iter().enumerate().flat_map(|(n, a)| ALL[n + 1..].iter().map(move |b| vec![*a, *b]));
    [vec![]].into_iter().chain(ALL.iter().map(|by| vec![*by])).chain(pairs).collect()
}
