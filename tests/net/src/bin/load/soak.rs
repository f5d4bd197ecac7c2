//! PCs write and read for as long as one likes; each minute says how it goes.
use crate::{number, pc::Pc, report::three, seconds, stage::Stage};
use hub::{
    clock::Clock,
    doctor::{Is, Looks, look},
};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

const CLIENTS: usize = 100;
/// Two of each client, so that what one writes another reads.
const PCS: usize = 200;
/// Milliseconds between two reads of a PC: a thousand and more a second at the hub, of all of them.
const PAUSE: std::ops::Range<u64> = 20..300;
/// One read of so many goes with a write.
const WRITES: u8 = 25;

/// What was seen since it was last told.
#[derive(Default)]
struct Seen {
    pushes: Vec<Duration>,
    pulls: Vec<Duration>,
    changes: usize,
    entries: usize,
    errors: usize,
    foreign: usize,
    strange: usize,
}

type Shared = Arc<(Mutex<Seen>, AtomicBool)>;

/// Runs it and prints a table, a line a minute; ends with 1 where anything was not as it must be.
pub(crate) async fn all(words: &[String]) {
    let minutes = number(words, "--minutes", 10);
    let stage = Stage::set(CLIENTS).await;
    let shared: Shared = Arc::default();
    let pcs = stage.pcs(PCS).await;
    let tasks: Vec<_> = pcs.into_iter().map(|pc| tokio::spawn(works(pc, shared.clone()))).collect();
    println!("{PCS} PCs of {CLIENTS} clients write and read over TLS.\n");
    println!(
        "| minute | changes/s | push p50 / p95 / p99, ms | reads/s | read p50 / p95 / p99, ms | entries/s | errors | foreign | out of order | hub, MB | PostgreSQL, MB |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let (mut bad, mut from) = (0, Instant::now());
    for minute in 1..=minutes {
        tokio::time::sleep(Duration::from_secs(60)).await;
        let seen = std::mem::take(&mut *shared.0.lock().unwrap_or_else(PoisonError::into_inner));
        bad += seen.foreign + seen.strange + seen.errors;
        println!("{}", line(minute, seen, from.elapsed().as_secs_f64(), &stage));
        from = Instant::now();
    }
    shared.1.store(true, SeqCst);
    bad += end(&stage, tasks).await;
    // Its server stops with it, whatever came of it.
    drop(stage);
    if bad > 0 {
        std::process::exit(1);
    }
}

fn line(minute: usize, mut seen: Seen, took: f64, stage: &Stage) -> String {
    let each = |n: usize| format!("{:.0}", n as f64 / took);
    let (pushes, pulls) = (three(&mut seen.pushes).join(" / "), three(&mut seen.pulls).join(" / "));
    let (hub, database) = (stage.hub.holds(), seconds::held_by_all(stage.postmaster));
    let (writes, reads, entries) = (each(seen.changes), each(seen.pulls.len()), each(seen.entries));
    let Seen { errors, foreign, strange, .. } = seen;
    format!(
        "| {minute} | {writes} | {pushes} | {reads} | {pulls} | {entries} | {errors} | {foreign} | {strange} | {hub:.0} | {database:.0} |"
    )
}

/// One PC: writes a little now and then, and takes in what there is.
async fn works(mut pc: Pc, shared: Shared) -> (Pc, i64) {
    let mut written = 0;
    while !shared.1.load(SeqCst) {
        tokio::time::sleep(Duration::from_millis(fastrand::u64(PAUSE))).await;
        if fastrand::u8(..WRITES) == 0 {
            let changes = pc.writes(fastrand::usize(1..20));
            let count = changes.len();
            let sent = pc.sends(changes).await;
            written += if sent.is_ok() { count as i64 } else { 0 };
            note(&shared, |seen| match sent {
                Ok(took) => (seen.changes += count, seen.pushes.push(took)).0,
                Err(_) => seen.errors += 1,
            });
        }
        let taken = pc.takes(1000).await;
        let (foreign, strange) = (std::mem::take(&mut pc.foreign), std::mem::take(&mut pc.strange));
        note(&shared, |seen| {
            (seen.foreign, seen.strange) = (seen.foreign + foreign, seen.strange + strange);
            match taken {
                Ok((took, entries, _)) => (seen.entries += entries, seen.pulls.push(took)).0,
                Err(_) => seen.errors += 1,
            }
        });
    }
    (pc, written)
}

fn note(shared: &Shared, with: impl FnOnce(&mut Seen)) {
    with(&mut shared.0.lock().unwrap_or_else(PoisonError::into_inner));
}

/// Nothing is lost or doubled, every PC of a client stands at one place, and the doctor finds nothing wrong.
async fn end(stage: &Stage, tasks: Vec<tokio::task::JoinHandle<(Pc, i64)>>) -> usize {
    let (mut written, mut apart, mut places) = (0, 0, std::collections::BTreeMap::new());
    let mut pcs = vec![];
    for task in tasks {
        let (pc, count) = task.await.unwrap();
        written += count;
        pcs.push(pc);
    }
    // Only now nobody writes any more.
    for mut pc in pcs {
        while !pc.takes(5000).await.unwrap().2 {}
        apart += usize::from(*places.entry(pc.client).or_insert(pc.at) != pc.at) + pc.foreign + pc.strange;
    }
    let there = stage.count("SELECT count(*) FROM hub.entry").await;
    let mut wrong = vec![];
    let looks = Looks { url: stage.url.clone(), clock: Clock::default(), certificate: None, disk: None, least_free: 1 };
    look(&looks, &mut |f| wrong.extend(Some(f).filter(|f| f.is == Is::Bad))).await;
    println!("\nWritten {written}, at the hub {there}, PCs apart {apart}, the doctor finds wrong: {wrong:?}");
    usize::from(written != there) + apart + wrong.len()
}
