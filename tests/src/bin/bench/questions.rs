//! The board's questions: live, warm, and beside plain SQL on the rows.
use super::{
    load::Others,
    made::{Made, Shape, TODAY},
    report::{markdown, median, ms, timed},
};
use domain::{Client, Id};
use plant::{
    commands::kpi_ask,
    kpi::{Ask, KPIS},
};
use std::time::Duration;
use store::Row;

/// How often each KPI is asked.
const TIMES: usize = 15;
/// How often the rows are asked; it takes seconds.
const TIMES_PLAIN: usize = 3;

/// A question of the board, of no KPI yet.
#[derive(Clone)]
struct Question {
    name: &'static str,
    /// Clients; none for all.
    clients: Option<usize>,
    days: Option<i32>,
    by: Option<&'static str>,
    /// None where nothing was promised.
    target: Option<f64>,
    /// TEEP alone: it asks every line for its people, and no other KPI does.
    teep: bool,
}

const fn question(
    name: &'static str,
    clients: Option<usize>,
    days: Option<i32>,
    by: Option<&'static str>,
    target: f64,
) -> Question {
    Question { name, clients, days, by, target: Some(target), teep: false }
}

const fn teep(name: &'static str, clients: Option<usize>) -> Question {
    Question { name, clients, days: YEAR, by: None, target: None, teep: true }
}

const YEAR: Option<i32> = Some(365);

const QUESTIONS: &[Question] = &[
    question("1 client, 30 days, total", Some(1), Some(30), None, 0.5),
    question("1 client, 30 days, by day", Some(1), Some(30), Some("day"), 0.5),
    question("1 client, 1 year, total", Some(1), YEAR, None, 1.5),
    question("1 client, 1 year, by day", Some(1), YEAR, Some("day"), 1.5),
    question("3 clients, 1 year, total", Some(3), YEAR, None, 2.0),
    question("3 clients, 1 year, by day", Some(3), YEAR, Some("day"), 2.0),
    question("all clients, 1 year, total", None, YEAR, None, 2.0),
    question("all clients, 1 year, by day", None, YEAR, Some("day"), 2.0),
    question("all clients, all time, total", None, None, None, 2.0),
    question("all clients, all time, by day", None, None, Some("day"), 2.0),
    question("1 client, 1 year, by line", Some(1), YEAR, Some("line"), 15.0),
    question("1 client, 1 year, by product", Some(1), YEAR, Some("product"), 15.0),
    teep("TEEP, 1 client, 1 year, total", Some(1)),
    teep("TEEP, all clients, 1 year, total", None),
];

/// What one question took, in milliseconds.
pub(crate) struct Took {
    live: f64,
    /// Of the KPI that takes longest.
    slowest: f64,
    /// The first question of a session, which has nothing in memory yet.
    first: f64,
    warm: f64,
    plain: f64,
}

/// The questions whose names hold a text.
fn asked(like: &str) -> impl Iterator<Item = &'static Question> {
    QUESTIONS.iter().filter(move |q| q.name.contains(like))
}

/// Asks everything of one plant.
pub(crate) fn all(made: &Made, like: &str) -> store::Result<Vec<Took>> {
    let mut others = Others::of(made)?;
    asked(like).map(|q| one(made, q, &mut others)).collect()
}

fn one(made: &Made, q: &Question, others: &mut Others<'_>) -> store::Result<Took> {
    eprintln!("{}: {}", made.shape.name(), q.name);
    let fits = |code: &str| (code == "teep") == q.teep;
    let asked: Vec<Ask> = KPIS.iter().filter(|k| fits(k.code)).filter_map(|k| q.ask(made, k.code)).collect();
    let (mut first, mut live, mut warm) = (vec![], vec![], vec![]);
    for ask in &asked {
        made.store.forget(made.admin.user());
        let repo = made.store.repository(&made.admin)?;
        first.push(timed(|| kpi_ask(&repo, ask.clone()))?.0);
    }
    for turn in 0..TIMES * asked.len() {
        others.commit()?;
        // The session is as old as the window: its rights are read again only when they changed.
        let repo = made.store.repository(&made.admin)?;
        let ask = &asked[turn % asked.len()];
        live.push(timed(|| kpi_ask(&repo, ask.clone()))?.0);
    }
    for turn in 0..TIMES * asked.len() {
        let repo = made.store.repository(&made.admin)?;
        let ask = &asked[turn % asked.len()];
        warm.push(timed(|| kpi_ask(&repo, ask.clone()))?.0);
    }
    let of_kpi = |kpi: usize| median(live.iter().skip(kpi).step_by(asked.len()).copied().collect());
    let slowest = (0..asked.len()).map(of_kpi).fold(0.0, f64::max);
    let (first, live) = (median(first), median(live));
    Ok(Took { live, slowest, first, warm: median(warm), plain: median(plain(made, q, others)?) })
}

impl Question {
    fn clients(&self, made: &Made) -> Option<Vec<Id<Client>>> {
        self.clients.map(|n| (0..n).map(|i| made.client(i * 7 + 1)).collect())
    }
    fn from(&self, made: &Made) -> domain::Day {
        self.days.map_or_else(|| made.shape.size().first(), |n| TODAY.plus(-n))
    }
    /// The question of a KPI; none where it does not know the grouping.
    fn ask(&self, made: &Made, kpi: &str) -> Option<Ask> {
        let ask = Ask {
            clients: self.clients(made),
            by: self.by.iter().map(|b| (*b).to_string()).collect(),
            ..Ask::of(kpi, self.from(made), TODAY.plus(-1))
        };
        let repo = made.store.repository(&made.admin).ok()?;
        kpi_ask(&repo, ask.clone()).ok().map(|_| ask)
    }
}

/// Efficiency from the rows themselves, as somebody without sums would ask, live.
///
/// Entered crews only and one standard a product: less work than the KPI does.
#[allow(clippy::too_many_lines, reason = "one statement, told as a whole")]
fn plain(made: &Made, q: &Question, others: &mut Others<'_>) -> store::Result<Vec<Duration>> {
    let group = match q.by {
        Some("day") => ("l.day", "l.day"),
        Some("line") => ("l.line_id", "l.line_id"),
        // Time below the line shift would have to be divided first; only what was earned is asked.
        Some("product") => ("l.line_id", "e.product_id"),
        _ => ("1", "1"),
    };
    let one = "AND l.client_id = ?3 ";
    let (only, e, s) =
        if q.clients == Some(1) { (one, "AND e.client_id = ?3 ", "AND s.client_id = ?3") } else { ("", "", "") };
    let available = format!(
        "SELECT {0}, sum(l.crew * l.net_minutes + coalesce(l.overtime, 0)) FROM line_shift l
         WHERE l.day BETWEEN ?1 AND ?2 {only}GROUP BY {0}",
        group.0
    );
    let earned = format!(
        "SELECT {0}, sum(e.produced * s.minutes) FROM line_shift l
         JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id {e}
         JOIN product_standard s ON s.client_id = e.client_id AND s.product_id = e.product_id {s}
         WHERE l.day BETWEEN ?1 AND ?2 {only}GROUP BY {0}",
        group.1
    );
    let clients = q.clients(made);
    let repo = made.store.repository(&made.admin)?;
    let mut times = vec![];
    for _ in 0..TIMES_PLAIN {
        others.commit()?;
        let (took, groups) = timed(|| {
            let ask = |r: &store::Reader<'_>| {
                let first = clients.as_ref().and_then(|c| c.first().copied()).unwrap_or_else(|| made.client(0));
                let values = store::values![q.from(made), TODAY.plus(-1), first];
                let values = if q.clients == Some(1) { values } else { &values[..2] };
                let sum = |row: &Row<'_>| row.get::<Option<f64>>(1);
                Ok(r.select(&available, values, sum)?.len() + r.select(&earned, values, sum)?.len())
            };
            match &clients {
                Some(some) => repo.read_of(some, ask),
                None => repo.read(ask),
            }
        })?;
        assert!(groups > 1, "the rows give no answer");
        times.push(took);
    }
    Ok(times)
}

/// All plants side by side.
pub(crate) fn table(columns: &[(Shape, Vec<Took>)], like: &str) -> String {
    let mut head = vec!["question (median over KPIs, ms)".to_string()];
    for (shape, _) in columns {
        let of = ["live", "live, slowest KPI", "first", "warm"].map(|how| format!("{how}, {}", shape.name()));
        head.extend(of);
    }
    head.extend(["target", "met", "growth", "plain SQL, live", "ratio"].map(String::from));
    let rows = asked(like).enumerate().map(|(i, q)| {
        let mut row = vec![q.name.to_string()];
        row.extend(
            columns.iter().flat_map(|(_, took)| [took[i].live, took[i].slowest, took[i].first, took[i].warm].map(ms)),
        );
        let (first, last) = (&columns[0].1[i], &columns[columns.len() - 1].1[i]);
        row.extend([
            q.target.map_or_else(|| "–".into(), |t| format!("≤ {t}")),
            q.target.map_or("–", |t| if last.live <= t { "yes" } else { "**no**" }).into(),
            // All clients are ten times as many in the larger plant; the others ask the same number of days.
            if q.clients.is_some() {
                format!("{:+.0} %", (last.live / first.live - 1.0) * 100.0)
            } else {
                "–".into()
            },
            ms(last.plain),
            format!("{:.0} ×", last.plain / last.live),
        ]);
        row
    });
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = rows.collect();
    let note = "Live: another connection corrects an entry, with change, confirmation and sums, before each question. \
        Each KPI the grouping fits is asked in turn. First: of a session that has nothing in memory yet, while nobody writes. Plain SQL: two joins over the rows through the same scoped reader, \
        for one KPI, without inference, intervals, completeness or stamp.\n";
    format!("{}\n{note}", markdown("Questions", &head, &rows))
}
