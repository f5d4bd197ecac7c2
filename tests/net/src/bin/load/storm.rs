//! Every PC comes back at once with all it wrote; and every PC rests.
use crate::{
    number,
    pc::Pc,
    report::{each_second, markdown, three},
    stage::Stage,
};
use std::time::{Duration, Instant};

const CLIENTS: usize = 100;
/// Changes in a push, as a PC sends them after it was away.
const BATCH: usize = 500;
/// A PC that waits at the hub asks for its client and for its manifest so often while nothing happens.
const ASKS: Duration = Duration::from_secs(60);
const MANIFEST: u32 = 10;

/// Both, on a hub of their own.
pub(crate) async fn all(words: &[String]) {
    let (devices, pending) = (number(words, "--devices", 500), number(words, "--pending", 2000));
    eprintln!("storm: {devices} PCs");
    let stage = Stage::set(CLIENTS).await;
    let pcs = stage.pcs(devices).await;
    let (pcs, table) = storm(&stage, pcs, pending).await;
    println!("{table}");
    eprintln!("rest");
    println!("{}", rest(&stage, pcs, number(words, "--rest", 60)).await);
}

/// All of them send all they have, at once; then it is counted.
async fn storm(stage: &Stage, pcs: Vec<Pc>, pending: usize) -> (Vec<Pc>, String) {
    let (devices, before, from) = (pcs.len(), stage.used(), Instant::now());
    let tasks = pcs.into_iter().map(|mut pc| {
        tokio::spawn(async move {
            let mut took = vec![];
            for _ in 0..pending / BATCH {
                let changes = pc.writes(BATCH);
                took.push(pc.sends(changes).await.unwrap());
            }
            (pc, took)
        })
    });
    let (mut pcs, mut times) = (vec![], vec![]);
    for task in tasks.collect::<Vec<_>>() {
        let (pc, took) = task.await.unwrap();
        pcs.push(pc);
        times.extend(took);
    }
    let (took, after) = (from.elapsed(), stage.used());
    let sent = devices * (pending / BATCH) * BATCH;
    let there = stage.count("SELECT count(*) FROM hub.entry").await;
    let once = stage.count("SELECT count(*) FROM hub.verdict").await;
    let [p50, p95, p99] = three(&mut times);
    let later: usize = pcs.iter().map(|p| p.later).sum();
    let row = |what: &str, value: String| vec![what.to_string(), value];
    let rows = [
        row("changes sent", sent.to_string()),
        row("lost", (sent as i64 - once).to_string()),
        row("doubled", (there - once).to_string()),
        row("drained in, s", format!("{:.1}", took.as_secs_f64())),
        row("changes/s", each_second(sent, took)),
        row("a push of 500, p50 / p95 / p99, ms", format!("{p50} / {p95} / {p99}")),
        row("answers \"later\", obeyed", later.to_string()),
        row("processor: hub / PostgreSQL, s", format!("{:.0} / {:.0}", after.0 - before.0, after.1 - before.1)),
        row("memory of the hub, MB", format!("{:.0}", stage.hub.holds())),
    ];
    let title = format!("A storm: {devices} PCs come back at once, each with {pending} changes");
    (pcs, markdown(&title, &["what", "found"], &rows))
}

/// All of them wait and ask as a PC does on which nobody writes.
async fn rest(stage: &Stage, pcs: Vec<Pc>, seconds: usize) -> String {
    let devices = pcs.len();
    let caught: Vec<_> = pcs.into_iter().map(|pc| tokio::spawn(caught_up(pc))).collect();
    let mut tasks = vec![];
    for one in caught {
        let pc = one.await.unwrap();
        tasks.push(tokio::spawn(asks(pc)));
    }
    // The first round of all of them is over.
    tokio::time::sleep(ASKS).await;
    let (before, from) = (stage.used(), Instant::now());
    tokio::time::sleep(Duration::from_secs(seconds as u64)).await;
    let (took, after) = (from.elapsed().as_secs_f64(), stage.used());
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    let share = |used: f64| format!("{:.1} %", used / took * 100.0);
    let rows = [
        vec!["hub".to_string(), share(after.0 - before.0), format!("{:.0}", stage.hub.holds())],
        vec!["PostgreSQL".to_string(), share(after.1 - before.1), String::from("–")],
    ];
    let title = format!(
        "At rest: {devices} PCs that wait for news, ask for their client every 60 s and for their rights every 600 s"
    );
    markdown(&title, &["process", "of one core", "memory, MB"], &rows)
}

async fn caught_up(mut pc: Pc) -> Pc {
    while !pc.takes(5000).await.unwrap().2 {}
    assert_eq!((pc.foreign, pc.strange), (0, 0));
    pc
}

async fn asks(mut pc: Pc) {
    let (first, _waits) = (fastrand::u32(..MANIFEST), tokio::spawn(pc.waits()));
    tokio::time::sleep(ASKS.mul_f64(fastrand::f64())).await;
    for round in first.. {
        pc.takes(1000).await.unwrap();
        if round % MANIFEST == 0 {
            pc.asks().await.unwrap();
        }
        tokio::time::sleep(ASKS).await;
    }
}
