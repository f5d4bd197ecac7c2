//! Why a figure changed: thirty days against the thirty before.
use super::{
    load::Others,
    made::{Made, Shape, TODAY},
    report::{markdown, median, ms, timed},
};
use domain::{Client, Id};
use plant::{
    commands::kpi_why,
    kpi::{Ask, WhyAsk},
};
use std::time::Duration;

/// How often each is asked.
const TIMES: usize = 30;
/// What was promised.
const TARGET: f64 = 50.0;

/// Clients and days of a question; no clients for all.
const QUESTIONS: &[(&str, Option<usize>, i32)] = &[
    ("1 client, 30 days", Some(1), 30),
    ("3 clients, 30 days", Some(3), 30),
    ("all clients, 7 days", None, 7),
    ("all clients, 30 days", None, 30),
    ("1 client, 1 year", Some(1), 365),
];

/// How often a session that has nothing in memory asks.
const TIMES_FIRST: usize = 5;

/// What one question took in one plant, in milliseconds: live, the first of a session, and warm.
pub(crate) type Took = [f64; 3];

fn ask(made: &Made, clients: Option<usize>, days: i32) -> WhyAsk {
    let clients: Option<Vec<Id<Client>>> = clients.map(|n| (0..n).map(|i| made.client(i * 7 + 1)).collect());
    let ask = Ask { clients, ..Ask::of("oee", TODAY.plus(-days), TODAY.plus(-1)) };
    WhyAsk { ask, versus_from: TODAY.plus(-2 * days), versus_to: TODAY.plus(-days - 1) }
}

/// The questions whose names hold a text.
fn asked(like: &str) -> impl Iterator<Item = &'static (&'static str, Option<usize>, i32)> {
    QUESTIONS.iter().filter(move |(name, _, _)| name.contains(like))
}

/// Asks everything of one plant.
pub(crate) fn all(made: &Made, like: &str) -> store::Result<Vec<Took>> {
    let mut others = Others::of(made)?;
    asked(like).map(|(name, clients, days)| one(made, name, &ask(made, *clients, *days), &mut others)).collect()
}

fn one(made: &Made, name: &str, asked: &WhyAsk, others: &mut Others<'_>) -> store::Result<Took> {
    eprintln!("{}: why, {name}", made.shape.name());
    let ask = || -> store::Result<Duration> {
        let repo = made.store.repository(&made.admin)?;
        let (took, why) = timed(|| kpi_why(&repo, asked.clone()))?;
        assert!(why.difference.is_some(), "there is nothing to explain");
        Ok(took)
    };
    let (mut live, mut first, mut warm) = (vec![], vec![], vec![]);
    for _ in 0..TIMES_FIRST {
        made.store.forget(made.admin.user());
        first.push(ask()?);
    }
    for _ in 0..TIMES {
        others.commit()?;
        live.push(ask()?);
    }
    for _ in 0..TIMES {
        warm.push(ask()?);
    }
    Ok([live, first, warm].map(median))
}

/// All plants side by side.
pub(crate) fn table(columns: &[(Shape, Vec<Took>)], like: &str) -> String {
    let mut head = vec!["OEE against the days before (ms)".to_string()];
    for (shape, _) in columns {
        head.extend(["live", "first", "warm"].map(|how| format!("{how}, {}", shape.name())));
    }
    head.extend(["target", "met"].map(String::from));
    let rows = asked(like).enumerate().map(|(i, (name, _, days))| {
        let mut row = vec![(*name).to_string()];
        row.extend(columns.iter().flat_map(|(_, took)| took[i].map(ms)));
        let last = columns.last().map_or(f64::NAN, |(_, took)| took[i][0]);
        let met = if last <= TARGET { "yes" } else { "**no**" };
        let judged = *days <= 30;
        row.extend(if judged { [format!("≤ {TARGET}"), met.into()] } else { ["–".into(), "–".into()] });
        row
    });
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    markdown("Why did it change", &head, &rows.collect::<Vec<_>>())
}
