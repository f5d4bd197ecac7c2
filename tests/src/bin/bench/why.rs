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

/// What one question took in one plant, in milliseconds: live and warm.
pub(crate) type Took = (f64, f64);

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
    let (mut live, mut warm) = (vec![], vec![]);
    for (times, is_live) in [(&mut live, true), (&mut warm, false)] {
        for _ in 0..TIMES {
            if is_live {
                others.commit()?;
            }
            let repo = made.store.repository(&made.admin)?;
            let (took, why) = timed(|| kpi_why(&repo, asked.clone()))?;
            assert!(why.difference.is_some(), "there is nothing to explain");
            times.push(took);
        }
    }
    Ok((median(live), median(warm)))
}

/// All plants side by side.
pub(crate) fn table(columns: &[(Shape, Vec<Took>)], like: &str) -> String {
    let mut head = vec!["OEE against the days before (ms)".to_string()];
    for (shape, _) in columns {
        head.extend([format!("live, {}", shape.name()), format!("warm, {}", shape.name())]);
    }
    head.extend(["target", "met"].map(String::from));
    let rows = asked(like).enumerate().map(|(i, (name, _, days))| {
        let mut row = vec![(*name).to_string()];
        row.extend(columns.iter().flat_map(|(_, took)| [ms(took[i].0), ms(took[i].1)]));
        let last = columns.last().map_or(f64::NAN, |(_, took)| took[i].0);
        let met = if last <= TARGET { "yes" } else { "**no**" };
        let judged = *days <= 30;
        row.extend(if judged { [format!("≤ {TARGET}"), met.into()] } else { ["–".into(), "–".into()] });
        row
    });
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    markdown("Why did it change", &head, &rows.collect::<Vec<_>>())
}
