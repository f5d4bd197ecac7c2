//! A request reads what it asks for, and not its client's whole log.
use crate::{plant::Plant, server::PATIENCE};
use domain::Role;
use std::{sync::Arc, time::Instant};

/// Rows and places of indexes that were read in the hub's tables, by sessions that have ended.
async fn reads(plant: &mut Plant) -> i64 {
    // What a session counted is there for others when it has ended.
    let other = plant.ground.hub(&plant.clock).await;
    drop(std::mem::replace(&mut plant.hub, Arc::new(other)));
    let since = Instant::now();
    let sessions = format!("pg_stat_activity WHERE usename = 'hub_app' AND datname = '{}'", plant.ground.database);
    while plant.count(&sessions).await > 1 {
        assert!(since.elapsed() < PATIENCE, "sessions do not end");
        tokio::task::yield_now().await;
    }
    let sql = "SELECT (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE schemaname = 'hub')::bigint
        + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE schemaname = 'hub')::bigint";
    plant.ground.postgres().await.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_push_and_a_pull_read_no_more_of_a_long_log_than_they_ask_for() {
    let mut plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    for _ in 0..10 {
        let changes: Vec<_> = (0..300).map(|i| pc.line(&format!("L{i}"))).collect();
        pc.push(&plant.hub, &changes).await;
    }
    pc.catch_up(&plant.hub).await;
    let before = reads(&mut plant).await;
    for _ in 0..10 {
        let change = pc.line("more");
        pc.push(&plant.hub, &[change]).await;
        pc.catch_up(&plant.hub).await;
    }
    let read = reads(&mut plant).await - before;
    assert!(read < 1000, "{read} rows were read for ten changes of a log of 3000");
}

/// What is forbidden to the planner counts as dear, and PostgreSQL compiles dear plans before it runs them.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_plan_is_compiled_for_a_request() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    for _ in 0..10 {
        let change = pc.line("more");
        pc.push(&plant.hub, &[change]).await;
        pc.catch_up(&plant.hub).await;
    }
    let sessions = "SELECT pid FROM pg_stat_activity WHERE usename = 'hub_app' AND datname = current_database()";
    let sessions = plant.ground.postgres().await.query(sessions, &[]).await.unwrap();
    assert!(!sessions.is_empty());
    for session in sessions {
        let pid: i32 = session.get(0);
        let loaded = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
        assert!(!loaded.contains("llvmjit"), "a plan was compiled");
    }
}
