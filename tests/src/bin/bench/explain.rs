//! The first page of an explanation, live.
use super::{
    load::Others,
    made::{Made, Shape, TODAY},
    plain,
    report::{growth, markdown, median, met, ms, timed},
};
use domain::{Client, Id};
use plant::{
    commands::board::kpi_explain,
    kpi::{Ask, Explain},
};

/// How often each is asked.
const TIMES: usize = 20;
/// What was promised.
const TARGET: f64 = 20.0;
/// Rows of a page, as the window asks for them.
const PAGE: usize = 20;

/// KPI, clients and days.
const QUESTIONS: &[(&str, &str, Option<usize>, i32)] = &[
    ("OEE, 1 client, 1 day", "oee", Some(1), 1),
    ("OEE, 1 client, 30 days", "oee", Some(1), 30),
    ("OEE, 1 client, 1 year", "oee", Some(1), 365),
    ("OEE, all clients, 30 days", "oee", None, 30),
    ("PPM, 1 client, 30 days", "ppm", Some(1), 30),
    ("FPY, all clients, 30 days", "fpy", None, 30),
    ("absenteeism, 1 client, 30 days", "absenteeism", Some(1), 30),
    ("OTIF, 1 client, 30 days", "otif", Some(1), 30),
    ("OTIF, all clients, 30 days", "otif", None, 30),
    ("WIP age, 1 client", "wip_age", Some(1), 30),
];

/// What one took, in milliseconds: live, and the same rows by plain SQL.
pub(crate) type Took = (f64, f64);

fn asked(like: &str) -> impl Iterator<Item = &'static (&'static str, &'static str, Option<usize>, i32)> {
    QUESTIONS.iter().filter(move |question| question.0.contains(like))
}

/// Asks everything of one plant.
pub(crate) fn all(made: &Made, like: &str) -> store::Result<Vec<Took>> {
    let mut others = Others::of(made)?;
    asked(like).map(|question| one(made, question, &mut others)).collect()
}

fn one(
    made: &Made,
    (name, kpi, clients, days): &(&str, &str, Option<usize>, i32),
    others: &mut Others<'_>,
) -> store::Result<Took> {
    eprintln!("{}: explain {name}", made.shape.name());
    let clients: Option<Vec<Id<Client>>> = clients.map(|n| (0..n).map(|i| made.client(i * 7 + 1)).collect());
    let ask = Ask { clients: clients.clone(), ..Ask::of(kpi, TODAY.plus(-days), TODAY.plus(-1)) };
    let mut live = vec![];
    for _ in 0..TIMES {
        others.commit()?;
        let repo = made.store.repository(&made.admin)?;
        let asked = Explain { ask: ask.clone(), offset: 0, limit: PAGE };
        live.push(timed(|| kpi_explain(&repo, asked))?.0);
    }
    let plain = plain::board(made, clients.as_deref(), (TODAY.plus(-days), TODAY.plus(-1)), others, 2)?;
    Ok((median(live), median(plain)))
}

/// All plants side by side.
pub(crate) fn table(columns: &[(Shape, Vec<Took>)], like: &str) -> String {
    let mut head = vec!["first page of an explanation (ms)".to_string()];
    head.extend(columns.iter().map(|(shape, _)| format!("live, {}", shape.name())));
    head.extend(["target", "met", "growth", "plain SQL, live", "ratio"].map(String::from));
    let rows = asked(like).enumerate().map(|(i, (name, ..))| {
        let mut row = vec![(*name).to_string()];
        row.extend(columns.iter().map(|(_, took)| ms(took[i].0)));
        let (first, last) = (columns[0].1[i], columns[columns.len() - 1].1[i]);
        row.extend([format!("≤ {TARGET}"), met(last.0, TARGET), growth(first.0, last.0, columns.len())]);
        row.extend([ms(last.1), format!("{:.0} ×", last.1 / last.0)]);
        row
    });
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    markdown("Explain", &head, &rows.collect::<Vec<_>>())
}
