//! Two transactions that meet: who waits for whom, and who tries again.
use crate::{
    plant::{Pc, Plant, person},
    server::PATIENCE,
};
use domain::{Role, feed::Pushed};
use hub::{Error, desk::Desk, postgres::Postgres};
use std::time::Instant;
use tokio::task::JoinHandle;

type Push = JoinHandle<Result<Pushed, Error>>;

/// A push that has read all it wants to know and waits to write.
async fn held_up(plant: &Plant, by: &tokio_postgres::Transaction<'_>) -> (Pc, Push) {
    let pc = plant.pc(Role::Leader).await;
    by.batch_execute("LOCK TABLE hub.entry IN EXCLUSIVE MODE").await.unwrap();
    let (hub, device, push) = (plant.hub.clone(), pc.stream.device, pc.pack(&[pc.line("L")]));
    let task = tokio::spawn(async move { hub.push(device, push).await });
    waiting(plant, 1).await;
    (pc, task)
}

/// Until so many sessions of the hub wait for a lock.
async fn waiting(plant: &Plant, many: i64) {
    let since = Instant::now();
    let of = format!(
        "pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'hub_app' AND datname = '{}'",
        plant.ground.database
    );
    while plant.count(&of).await < many {
        assert!(since.elapsed() < PATIENCE, "nobody waits");
        tokio::task::yield_now().await;
    }
}

/// Takes a right in one of the ways there are.
async fn take_right(hub: &Postgres, way: usize, pc: &Pc) -> Result<(), Error> {
    let mut off = person(pc.user, Role::Leader);
    off.active = false;
    match way {
        0 => hub.withdraw(pc.user, pc.client).await,
        1 => hub.release(pc.user, pc.stream.device).await,
        2 => hub.withdraw_device(pc.stream.device).await,
        _ => hub.keep_person(&off).await,
    }
}

#[tokio::test]
async fn a_withdrawal_waits_for_who_is_writing() {
    let plant = Plant::new().await;
    let mut postgres = plant.ground.postgres().await;
    for way in 0..4 {
        let by = postgres.transaction().await.unwrap();
        let (pc, push) = held_up(&plant, &by).await;
        let hub = plant.hub.clone();
        let withdrawal = tokio::spawn(async move { take_right(&hub, way, &pc).await });
        let ends = async {
            while !withdrawal.is_finished() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = waiting(&plant, 2) => {}
            () = ends => panic!("a right was taken, way {way}, while its use was being written"),
        }
        by.commit().await.unwrap();
        assert!(matches!(push.await.unwrap().unwrap(), Pushed::Verdicts(_)));
        withdrawal.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_push_that_another_transaction_ended_is_tried_again() {
    let plant = Plant::new().await;
    let mut postgres = plant.ground.postgres().await;
    // The push is the one that notices that neither can go on.
    let notices = format!("ALTER ROLE hub_app IN DATABASE {} SET deadlock_timeout = '3s'", plant.ground.database);
    postgres.batch_execute(&notices).await.unwrap();
    let hub = plant.ground.hub(&plant.clock).await;
    let plant = Plant { hub: std::sync::Arc::new(hub), ..plant };
    let by = postgres.transaction().await.unwrap();
    by.batch_execute("SET LOCAL deadlock_timeout = '1h'").await.unwrap();
    let (mut pc, push) = held_up(&plant, &by).await;
    by.batch_execute("SELECT FROM hub.client_head FOR UPDATE").await.unwrap();
    by.commit().await.unwrap();
    assert!(matches!(push.await.unwrap().unwrap(), Pushed::Verdicts(_)));
    pc.catch_up(&plant.hub).await;
    assert_eq!(pc.log.len(), 1);
    let noticed = "pg_stat_database WHERE datname = current_database() AND deadlocks > 0";
    let since = Instant::now();
    while plant.count(noticed).await == 0 {
        assert!(since.elapsed() < PATIENCE, "the two never met");
        tokio::task::yield_now().await;
    }
}
