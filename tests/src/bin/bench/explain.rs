//! The first page of an explanation, and one line shift of it with its rows, live.
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
type Question = (&'static str, &'static str, Option<usize>, i32);

const QUESTIONS: &[Question] = &[
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

/// What is opened of them: line shifts of each kind, and orders.
const OPENED: &[&str] = &["oee", "ppm", "absenteeism", "otif", "wip_age"];

/// What one took, in milliseconds: the first page, one of it opened with its rows, and the same rows by plain SQL.
pub(crate) struct Took {
    page: f64,
    opened: f64,
    plain: f64,
}

fn asked(like: &str) -> impl Iterator<Item = &'static Question> {
    QUESTIONS.iter().filter(move |question| question.0.contains(like))
}

/// Asks everything of one plant.
pub(crate) fn all(made: &Made, like: &str) -> store::Result<Vec<Took>> {
    let mut others = Others::of(made)?;
    asked(like).map(|question| one(made, question, &mut others)).collect()
}

fn one(made: &Made, (name, kpi, clients, days): &Question, others: &mut Others<'_>) -> store::Result<Took> {
    eprintln!("{}: explain {name}", made.shape.name());
    let clients: Option<Vec<Id<Client>>> = clients.map(|n| (0..n).map(|i| made.client(i * 7 + 1)).collect());
    let ask = Ask { clients: clients.clone(), ..Ask::of(kpi, TODAY.plus(-days), TODAY.plus(-1)) };
    let page = explained(made, others, Explain { ask: ask.clone(), offset: 0, limit: PAGE, rows: false })?;
    let opened = explained(made, others, Explain { ask, offset: 0, limit: 1, rows: true })?;
    let plain = plain::board(made, clients.as_deref(), (TODAY.plus(-days), TODAY.plus(-1)), others, 2)?;
    Ok(Took { page, opened, plain: median(plain) })
}

/// How long an explanation takes while others write.
fn explained(made: &Made, others: &mut Others<'_>, asked: Explain) -> store::Result<f64> {
    let mut live = vec![];
    for _ in 0..TIMES {
        others.commit()?;
        let repo = made.store.repository(&made.admin)?;
        live.push(timed(|| kpi_explain(&repo, asked.clone()))?.0);
    }
    Ok(median(live))
}

/// All plants side by side.
pub(crate) fn table(columns: &[(Shape, Vec<Took>)], like: &str) -> String {
    let mut head = vec!["explanation (ms)".to_string()];
    head.extend(columns.iter().map(|(shape, _)| format!("live, {}", shape.name())));
    head.extend(["target", "met", "growth", "plain SQL, live", "ratio"].map(String::from));
    let pages =
        asked(like).enumerate().map(|(i, (name, ..))| row(columns, &format!("first page: {name}"), i, |t| t.page));
    let opened = asked(like).enumerate().filter(|(_, (_, kpi, ..))| OPENED.contains(kpi));
    let opened = opened.map(|(i, (name, kpi, ..))| {
        let one = if ["otif", "wip_age"].contains(kpi) { "one order" } else { "one line shift" };
        row(columns, &format!("opened, {one} with its rows: {name}"), i, |t| t.opened)
    });
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    markdown("Explain", &head, &pages.chain(opened).collect::<Vec<_>>())
}

fn row(columns: &[(Shape, Vec<Took>)], name: &str, i: usize, of: impl Fn(&Took) -> f64) -> Vec<String> {
    let mut row = vec![name.to_string()];
    row.extend(columns.iter().map(|(_, took)| ms(of(&took[i]))));
    let (first, last) = (&columns[0].1[i], &columns[columns.len() - 1].1[i]);
    row.extend([format!("≤ {TARGET}"), met(of(last), TARGET), growth(of(first), of(last), columns.len())]);
    row.extend([ms(last.plain), format!("{:.0} ×", last.plain / of(last))]);
    row
}
