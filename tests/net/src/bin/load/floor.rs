//! What PostgreSQL alone does with as many rows of the same size, by the same number of connections.
use crate::{server::admin, stage::Stage};
use std::time::{Duration, Instant};
use tokio_postgres::Client;

const TABLE: &str = "DROP TABLE IF EXISTS public.floor; CREATE TABLE public.floor
  (part integer, seq bigint, chain bytea, sent text, PRIMARY KEY (part, seq))";
const ROWS: &str =
    "INSERT INTO public.floor SELECT $1, $2::bigint + n, decode(repeat('ab', 32), 'hex'), repeat('x', $3)
  FROM generate_series(1, $4::integer) n";
const PAGE: &str = "SELECT seq, chain, sent FROM public.floor WHERE part = $1 AND seq > $2 ORDER BY seq LIMIT 1000";

/// How long each transaction takes, and all of them.
pub(crate) struct Floor {
    pub(crate) each: Vec<Duration>,
    pub(crate) all: Duration,
    pub(crate) rows: usize,
}

async fn link(stage: &Stage) -> Client {
    admin(&stage.url.replace("user=hub_app", "user=postgres")).await
}

/// Inserts rows of so many letters, so many in a transaction, by so many connections.
pub(crate) async fn inserts(stage: &Stage, rows: usize, each: usize, by: usize, letters: i64) -> Floor {
    link(stage).await.batch_execute(TABLE).await.unwrap();
    let from = Instant::now();
    let mut tasks = vec![];
    for part in 0..by {
        let (link, times) = (link(stage).await, rows / each / by);
        tasks.push(tokio::spawn(async move { insert(&link, part as i32, times, each, letters as i32).await }));
    }
    let mut all = vec![];
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    Floor { rows: all.len() * each, each: all, all: from.elapsed() }
}

async fn insert(link: &Client, part: i32, times: usize, each: usize, letters: i32) -> Vec<Duration> {
    let sql = link.prepare(ROWS).await.unwrap();
    let mut took = vec![];
    for n in 0..times {
        let (first, each, from) = ((n * each) as i64, each as i32, Instant::now());
        link.execute(&sql, &[&part, &first, &letters, &each]).await.unwrap();
        took.push(from.elapsed());
    }
    took
}

/// Reads all of it again, a thousand rows at a time.
pub(crate) async fn selects(stage: &Stage, by: usize) -> Floor {
    let from = Instant::now();
    let mut tasks = vec![];
    for part in 0..by {
        let link = link(stage).await;
        tasks.push(tokio::spawn(async move { select(&link, part as i32).await }));
    }
    let (mut all, mut rows) = (vec![], 0);
    for task in tasks {
        let (took, read) = task.await.unwrap();
        all.extend(took);
        rows += read;
    }
    Floor { each: all, all: from.elapsed(), rows }
}

async fn select(link: &Client, part: i32) -> (Vec<Duration>, usize) {
    let sql = link.prepare(PAGE).await.unwrap();
    let (mut took, mut rows, mut at) = (vec![], 0, 0i64);
    loop {
        let from = Instant::now();
        let page = link.query(&sql, &[&part, &at]).await.unwrap();
        took.push(from.elapsed());
        let Some(last) = page.last() else { return (took, rows) };
        (at, rows) = (last.get(0), rows + page.len());
    }
}
