//! The whole board: every KPI that has one figure, live, warm, and beside plain SQL on the rows.
use super::{
    load::Others,
    made::{Made, Shape, TODAY},
    plain,
    report::{growth, markdown, median, memory, met, ms, slow, timed},
};
use plant::{
    commands::board::kpi_board,
    kpi::{BoardAsk, KPIS},
};
use std::time::Duration;

/// How often a board is asked.
const TIMES: usize = 40;
/// How often the rows are asked; it takes seconds.
const TIMES_PLAIN: usize = 2;

/// Clients, none for all; days, none for all time; the time promised in milliseconds.
const BOARDS: &[(&str, Option<usize>, Option<i32>, f64)] = &[
    ("1 client, 30 days", Some(1), Some(30), 3.0),
    ("1 client, 1 year", Some(1), Some(365), 3.0),
    ("1 client, all time", Some(1), None, 3.0),
    ("all clients, 30 days", None, Some(30), 10.0),
    ("all clients, 1 year", None, Some(365), 10.0),
    ("all clients, all time", None, None, 10.0),
];

/// What a board took, in milliseconds, and what the process held afterwards, in megabytes.
pub(crate) struct Took {
    live: f64,
    slow: f64,
    warm: f64,
    plain: f64,
    memory: f64,
}

fn asked(like: &str) -> impl Iterator<Item = &'static (&'static str, Option<usize>, Option<i32>, f64)> {
    BOARDS.iter().filter(move |board| board.0.contains(like))
}

fn ask(made: &Made, clients: Option<usize>, days: Option<i32>) -> BoardAsk {
    // A figure of one person is on no board.
    let kpis = KPIS.iter().map(|kpi| kpi.code).filter(|code| *code != "bradford").map(String::from).collect();
    BoardAsk {
        kpis,
        clients: clients.map(|n| (0..n).map(|i| made.client(i * 7 + 1)).collect()),
        from: days.map_or_else(|| made.shape.size().first(), |n| TODAY.plus(-n)),
        to: TODAY.plus(-1),
        lines: None,
        shifts: None,
        products: None,
        known: None,
        as_of: None,
    }
}

/// Asks every board of one plant.
pub(crate) fn all(made: &Made, like: &str) -> store::Result<Vec<Took>> {
    let mut others = Others::of(made)?;
    asked(like).map(|(name, clients, days, _)| one(made, name, &ask(made, *clients, *days), &mut others)).collect()
}

fn one(made: &Made, name: &str, asked: &BoardAsk, others: &mut Others<'_>) -> store::Result<Took> {
    eprintln!("{}: the whole board, {name}", made.shape.name());
    let board = || -> store::Result<Duration> {
        let repo = made.store.repository(&made.admin)?;
        Ok(timed(|| kpi_board(&repo, asked.clone()))?.0)
    };
    let (mut live, mut warm) = (vec![], vec![]);
    for _ in 0..TIMES {
        others.commit()?;
        live.push(board()?);
    }
    for _ in 0..TIMES {
        warm.push(board()?);
    }
    let memory = memory();
    let plain = plain::board(made, asked.clients.as_deref(), (asked.from, asked.to), others, TIMES_PLAIN)?;
    Ok(Took { live: median(live.clone()), slow: slow(live), warm: median(warm), plain: median(plain), memory })
}

/// What each KPI's card takes alone, of all clients and a year, live.
pub(crate) fn cards(made: &Made, like: &str) -> store::Result<String> {
    let mut others = Others::of(made)?;
    let whole = ask(made, None, Some(365));
    let mut rows = vec![];
    for kpi in whole.kpis.iter().filter(|kpi| kpi.contains(like)) {
        let asked = BoardAsk { kpis: vec![kpi.clone()], ..whole.clone() };
        let mut live = vec![];
        for _ in 0..TIMES / 4 {
            others.commit()?;
            let repo = made.store.repository(&made.admin)?;
            live.push(timed(|| kpi_board(&repo, asked.clone()))?.0);
        }
        rows.push(vec![kpi.clone(), ms(median(live))]);
    }
    Ok(markdown("One card, all clients, 1 year", &["KPI", "live, ms"], &rows))
}

/// All plants side by side.
pub(crate) fn table(columns: &[(Shape, Vec<Took>)], like: &str) -> String {
    let mut head = vec!["every KPI on one board (ms)".to_string()];
    for (shape, _) in columns {
        let name = shape.name();
        head.extend([format!("live, {name}"), format!("1 of 20, {name}"), format!("warm, {name}")]);
    }
    head.extend(["target", "met", "growth", "plain SQL, live", "ratio", "memory, MB"].map(String::from));
    let rows = asked(like).enumerate().map(|(i, (name, _, _, target))| {
        let mut row = vec![(*name).to_string()];
        row.extend(columns.iter().flat_map(|(_, took)| [ms(took[i].live), ms(took[i].slow), ms(took[i].warm)]));
        let (first, last) = (&columns[0].1[i], &columns[columns.len() - 1].1[i]);
        row.extend([format!("≤ {target}"), met(last.live, *target), growth(first.live, last.live, columns.len())]);
        row.extend([ms(last.plain), format!("{:.0} ×", last.plain / last.live), format!("{:.0}", last.memory)]);
        row
    });
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let note = "Live: another connection corrects an entry before each question. Plain SQL: sums over line shifts, entries, \
        stops, inspections, attendance and orders through the same scoped reader, once each, without inference, days, the \
        period before, intervals, completeness or stamp. Memory: what the process held after the question, two stores \
        and all caches included.\n";
    format!("{}\n{note}", markdown("The whole board", &head, &rows.collect::<Vec<_>>()))
}
