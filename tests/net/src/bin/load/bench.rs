//! The figures of a hub, each beside what PostgreSQL alone does.
use crate::{
    first,
    floor::{self, Floor},
    number,
    pc::Pc,
    report::{each_second, markdown, three},
    stage::Stage,
    storm,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// Clients, and who works at a time.
const CLIENTS: usize = 100;
const AT_ONCE: usize = 8;
/// Changes in a push, entries in a page.
const BATCH: usize = 200;
const PAGE: usize = 1000;
/// Changes that go from one PC to another.
const CHANGES: usize = 500;

/// Measures all of it and prints it.
pub(crate) async fn all(words: &[String]) {
    let stage = Stage::set(CLIENTS).await;
    let pcs = stage.pcs(CLIENTS).await;
    let changes = number(words, "--changes", 100_000);
    println!("# The hub\n\nOne hub, one PostgreSQL 15 that syncs every commit, and every PC on the same machine.\n");
    eprintln!("push");
    let (pcs, mut pushed, took) = pushes(pcs, changes).await;
    let letters = stage.count("SELECT avg(length(sent) + length(fates))::bigint FROM hub.entry").await;
    let mut bare = floor::inserts(&stage, changes, BATCH, AT_ONCE, letters).await;
    let head = ["200 changes at a time, 8 at once", "changes/s", "p50, ms", "p95, ms", "p99, ms"];
    let rows = [
        row("push over TLS, over 100 clients", each_second(pushed.len() * BATCH, took), &mut pushed),
        row("plain INSERT of 200 rows in PostgreSQL", each_second(bare.rows, bare.all), &mut bare.each),
    ];
    println!("{}", markdown("Push", &head, &rows));
    eprintln!("pull");
    let mut read = pulls(pcs).await;
    let mut bare = floor::selects(&stage, AT_ONCE).await;
    let head = ["1000 entries at a time, 8 at once", "entries/s", "p50, ms", "p95, ms", "p99, ms"];
    let rows = [
        row("pull over TLS, each link of the chain checked", each_second(read.rows, read.all), &mut read.each),
        row("plain SELECT of 1000 rows", each_second(bare.rows, bare.all), &mut bare.each),
    ];
    println!("{}", markdown("Pull", &head, &rows));
    eprintln!("one change");
    println!("{}", across(&stage).await);
    drop(stage);
    storm::all(words).await;
    println!("{}", first::all(words).await);
}

fn row(name: &str, rate: String, times: &mut [Duration]) -> Vec<String> {
    let [p50, p95, p99] = three(times);
    vec![name.into(), rate, p50, p95, p99]
}

/// Each PC sends its share, so many of them at once; the PCs, how long each push took, and all of it.
async fn pushes(pcs: Vec<Pc>, changes: usize) -> (Vec<Pc>, Vec<Duration>, Duration) {
    let rounds = (changes / BATCH / pcs.len()).max(1);
    let (room, from) = (Arc::new(Semaphore::new(AT_ONCE)), Instant::now());
    let tasks = pcs.into_iter().map(|mut pc| {
        let room = room.clone();
        tokio::spawn(async move {
            let mut took = vec![];
            for _ in 0..rounds {
                let _one = room.acquire().await;
                let changes = pc.writes(BATCH);
                took.push(pc.sends(changes).await.unwrap());
            }
            (pc, took)
        })
    });
    let (mut pcs, mut all) = (vec![], vec![]);
    for task in tasks.collect::<Vec<_>>() {
        let (pc, took) = task.await.unwrap();
        pcs.push(pc);
        all.extend(took);
    }
    (pcs, all, from.elapsed())
}

/// Each PC takes in all there is of its client.
async fn pulls(pcs: Vec<Pc>) -> Floor {
    let (room, from) = (Arc::new(Semaphore::new(AT_ONCE)), Instant::now());
    let tasks = pcs.into_iter().map(|mut pc| {
        let room = room.clone();
        tokio::spawn(async move {
            let (mut took, mut rows) = (vec![], 0);
            loop {
                let _one = room.acquire().await;
                let (time, entries, last) = pc.takes(PAGE).await.unwrap();
                took.push(time);
                rows += entries;
                if last {
                    assert_eq!((pc.foreign, pc.strange), (0, 0));
                    return (took, rows);
                }
            }
        })
    });
    let (mut each, mut rows) = (vec![], 0);
    for task in tasks.collect::<Vec<_>>() {
        let (took, read) = task.await.unwrap();
        each.extend(took);
        rows += read;
    }
    Floor { each, all: from.elapsed(), rows }
}

/// From one PC to another, back to back: a push, and the other's pull.
async fn across(stage: &Stage) -> String {
    let (client, user) = stage.clients[0];
    let (mut one, mut other) = (stage.pc(client, user).await, stage.pc(client, user).await);
    while !other.takes(PAGE).await.unwrap().2 {}
    let (mut took, mut told, mut bare) = (vec![], vec![], vec![]);
    for _ in 0..CHANGES {
        let changes = one.writes(1);
        let from = Instant::now();
        one.sends(changes).await.unwrap();
        let (_, entries, _) = other.takes(PAGE).await.unwrap();
        took.push(from.elapsed());
        assert_eq!(entries, 1);
    }
    for _ in 0..CHANGES {
        let (changes, news) = (one.writes(1), tokio::spawn(other.waits()));
        // It waits before anything is written.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let from = Instant::now();
        let (sent, heard) = tokio::join!(one.sends(changes), async {
            news.await.unwrap();
            other.takes(PAGE).await.unwrap().1
        });
        told.push(from.elapsed());
        assert!(sent.is_ok() && heard == 1);
    }
    let link = floor::inserts(stage, CHANGES, 1, 1, 1).await;
    bare.extend(link.each);
    let head = ["one change", "p50, ms", "p95, ms", "p99, ms"];
    let row = |name: &str, times: &mut [Duration]| {
        let [p50, p95, p99] = three(times);
        vec![name.into(), p50, p95, p99]
    };
    let rows = [
        row("pushed by one PC and pulled by another, over TLS", &mut took),
        row("pushed by one PC, told to another that waits, and pulled by that", &mut told),
        row("plain INSERT of one row in PostgreSQL", &mut bare),
    ];
    markdown("From PC to PC", &head, &rows)
}
