//! Many at once: writers, readers, several hubs on one database, and an end without warning.
use crate::{
    plant::{Pc, Plant},
    server::{PATIENCE, Server},
};
use domain::{
    Id, Role,
    change::Op,
    feed::{Pulled, Pushed, Sent},
};
use hub::{desk::Desk, postgres::Postgres};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// So many PCs, in turn for either client, each with a leader.
async fn pcs(plant: &Plant, many: usize) -> Vec<Pc> {
    let mut pcs = vec![];
    for i in 0..many {
        let client = plant.clients[i % 2];
        let user = plant.person(Role::Leader, &[client]).await;
        let device = plant.device(&[user]).await;
        pcs.push(plant.at(device, user, client));
    }
    pcs
}

/// Pushes lines, some of them twice.
async fn write(hub: Arc<Postgres>, mut pc: Pc, pushes: usize) -> Vec<Id<Op>> {
    let mut ops = vec![];
    for i in 0..pushes {
        let changes: Vec<Sent> = (0..=i % 4).map(|j| pc.line(&format!("L{i}-{j}"))).collect();
        let push = pc.pack(&changes);
        if i % 3 == 0 {
            hub.push(pc.stream.device, push.clone()).await.unwrap();
        }
        pc.push(&hub, &changes).await;
        ops.extend(changes.iter().map(|s| s.change.op));
    }
    ops
}

/// Reads on until so many entries have come; `Pc::pull` checks that there is no hole and every link of the chain.
async fn tail(hub: Arc<Postgres>, mut pc: Pc, until: usize) -> Vec<Id<Op>> {
    let since = Instant::now();
    while pc.log.len() < until {
        assert!(since.elapsed() < PATIENCE, "only {} of {until} have come", pc.log.len());
        pc.pull(&hub, 7).await;
        tokio::task::yield_now().await;
    }
    assert!(pc.log.windows(2).all(|w| w[0].received_at <= w[1].received_at));
    pc.log.iter().map(|e| e.op()).collect()
}

/// Sixteen writers on two clients by these hubs; a reader of each client sees every change once and in order.
async fn crowd(plant: &Plant, hubs: &[Arc<Postgres>]) {
    const PUSHES: usize = 12;
    let per_writer: usize = (0..PUSHES).map(|i| i % 4 + 1).sum();
    let (writers, readers) = (pcs(plant, 16).await, pcs(plant, 2).await);
    let by = |i: usize| hubs[i % hubs.len()].clone();
    let tails: Vec<_> = readers.into_iter().map(|pc| tokio::spawn(tail(by(1), pc, per_writer * 8))).collect();
    let writing: Vec<_> =
        writers.into_iter().enumerate().map(|(i, pc)| tokio::spawn(write(by(i / 2), pc, PUSHES))).collect();
    let mut written = vec![];
    for task in writing {
        written.extend(task.await.unwrap());
    }
    let mut seen = vec![];
    for task in tails {
        seen.extend(task.await.unwrap());
    }
    let (all, there): (BTreeSet<_>, BTreeSet<_>) = (written.iter().collect(), seen.iter().collect());
    assert_eq!((seen.len(), all), (written.len(), there));
    for client in plant.clients {
        let (rows, head) = (format!("hub.entry WHERE client_id = '{client}'"), per_writer as i64 * 8);
        assert_eq!(plant.count(&rows).await, head);
        assert_eq!(plant.count(&format!("hub.client_head WHERE client_id = '{client}' AND seq = {head}")).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_sees_all_that_sixteen_write_without_a_hole_and_in_order() {
    let plant = Plant::new().await;
    crowd(&plant, std::slice::from_ref(&plant.hub)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hubs_on_one_database_keep_one_order() {
    let plant = Plant::new().await;
    let other = Arc::new(plant.ground.hub(&plant.clock).await);
    crowd(&plant, &[plant.hub.clone(), other]).await;
}

/// Writes until the end, through every failure; gives what was acknowledged.
async fn insist(hub: Arc<Postgres>, mut pc: Pc, ends: Arc<AtomicBool>) -> Vec<Id<Op>> {
    let mut acknowledged = vec![];
    while !ends.load(Ordering::SeqCst) {
        let changes: Vec<Sent> = (0..5).map(|i| pc.line(&format!("L{i}"))).collect();
        let since = Instant::now();
        loop {
            // A lost answer: the same changes are brought again until they are answered.
            match hub.push(pc.stream.device, pc.pack(&changes)).await {
                Ok(Pushed::Verdicts(verdicts)) => break acknowledged.extend(verdicts.iter().map(|v| v.0)),
                Ok(other) => panic!("not taken: {other:?}"),
                Err(_) => tokio::task::yield_now().await,
            }
            assert!(since.elapsed() < PATIENCE, "PostgreSQL does not come back");
        }
        pc.sent(&changes);
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_was_acknowledged_survives_a_kill_under_load_exactly_once() {
    let plant = Plant::of(Arc::new(Server::start(true))).await;
    let ends = Arc::new(AtomicBool::new(false));
    let writers = pcs(&plant, 8).await;
    let mut readers = pcs(&plant, 2).await;
    let writing: Vec<_> =
        writers.into_iter().map(|pc| tokio::spawn(insist(plant.hub.clone(), pc, ends.clone()))).collect();
    for round in 1..=3 {
        more(&plant, &mut readers[0], round * 40).await;
        let server = plant.ground.server.clone();
        tokio::task::spawn_blocking(move || {
            server.kill();
            server.restart();
        })
        .await
        .unwrap();
    }
    more(&plant, &mut readers[0], 160).await;
    ends.store(true, Ordering::SeqCst);
    let mut acknowledged = vec![];
    for task in writing {
        acknowledged.extend(task.await.unwrap());
    }
    let mut there = vec![];
    for reader in &mut readers {
        reader.catch_up(&plant.hub).await;
        there.extend(reader.log.iter().map(|e| e.op()));
    }
    let once: BTreeSet<_> = there.iter().collect();
    assert_eq!(once.len(), there.len(), "nothing is there twice");
    assert_eq!(acknowledged.iter().collect::<BTreeSet<_>>(), once, "what was acknowledged is there, and nothing else");
    assert_eq!(plant.count("hub.folded").await, there.len() as i64);
    assert_eq!(plant.count("hub.verdict").await, there.len() as i64);
}

/// Waits until the log has grown to a length.
async fn more(plant: &Plant, reader: &mut Pc, until: usize) {
    let since = Instant::now();
    while reader.log.len() < until {
        assert!(since.elapsed() < PATIENCE, "only {} of {until} have come", reader.log.len());
        let asked = domain::feed::Pull { client: reader.client, at: reader.at, limit: 1 };
        if let Ok(Pulled::Page(_)) = plant.hub.pull(reader.stream.device, asked).await {
            reader.pull(&plant.hub, 50).await;
        }
        tokio::task::yield_now().await;
    }
}
