//! When it is tried, and when not; time is played.
use domain::Role;
use net::{
    desk::Memory,
    direct::{Direct, Way},
    machine::{Machine, played},
    place::{ANA, OURS, THEIRS},
};
use sim::{file::Fresh, table::Program};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use sync::engine::{Engine, Settings};

async fn direct() -> (Memory, Arc<Direct>, Arc<Machine>, Engine) {
    let desk = Memory::default();
    desk.state().grant(ANA, OURS, Some(Role::Supervisor));
    let device = domain::Id::from_bytes([1; 16]);
    desk.state().hub.enrolled.insert(device, vec![ANA]);
    let (hub, clock) = (Arc::new(Direct::new(desk.clone(), device)), desk.clone());
    let machine = Machine::new(device, vec![ANA], Fresh::default());
    let settings = Settings::new(device, desk.public(), Arc::new(move || clock.now()), 5);
    let engine = Engine::start(machine.clone(), hub.clone(), Arc::new(Program::Newer), settings);
    played(&engine, "caught up", |s| s.clients.get(&OURS).is_some_and(|c| c.caught_up)).await;
    (desk, hub, machine, engine)
}

async fn asked_within(hub: &Direct, time: Duration) -> usize {
    let before = hub.asked.load(Ordering::SeqCst);
    tokio::time::sleep(time).await;
    hub.asked.load(Ordering::SeqCst) - before
}

#[tokio::test(start_paused = true)]
async fn a_hub_that_is_down_is_tried_less_and_less_often() {
    let (_, hub, _, engine) = direct().await;
    hub.way(Way::Down);
    let first = asked_within(&hub, Duration::from_secs(120)).await;
    let later = asked_within(&hub, Duration::from_secs(3600)).await;
    assert!((4..=12).contains(&first), "{first}");
    assert!((12..=25).contains(&later), "{later} in an hour");
    engine.nudge();
    assert_eq!(asked_within(&hub, Duration::from_secs(1)).await, 0, "writing does not make it come back");
    engine.wake();
    assert_eq!(asked_within(&hub, Duration::from_secs(1)).await, 1, "looking tries at once");
    hub.way(Way::Open);
    engine.wake();
    played(&engine, "it is there again", |s| s.trouble.is_none()).await;
    assert!(asked_within(&hub, Duration::from_secs(3600)).await >= 60, "the usual rest again");
}

#[tokio::test(start_paused = true)]
async fn what_a_hub_tells_of_and_does_not_give_is_not_asked_for_in_circles() {
    let (_, hub, _, engine) = direct().await;
    hub.way(Way::Hollow);
    let asked = asked_within(&hub, Duration::from_secs(3600)).await;
    assert!((60..=600).contains(&asked), "{asked} in an hour");
    assert_eq!(engine.status().borrow().restarts, 0);
}

#[tokio::test(start_paused = true)]
async fn a_hub_that_says_when_is_not_asked_before() {
    let (_, hub, _, _engine) = direct().await;
    hub.way(Way::Busy(Duration::from_secs(500)));
    asked_within(&hub, Duration::from_secs(60)).await;
    let asked = asked_within(&hub, Duration::from_secs(5000)).await;
    assert!((9..=10).contains(&asked), "{asked}");
}

#[tokio::test(start_paused = true)]
async fn a_paused_engine_sends_nothing() {
    let (_, hub, machine, engine) = direct().await;
    engine.pause(true);
    played(&engine, "it is told", |s| s.paused).await;
    machine.write(ANA, 1, &[("count", 1)]);
    engine.nudge();
    engine.wake();
    assert_eq!(asked_within(&hub, Duration::from_secs(36_000)).await, 0);
    engine.pause(false);
    played(&engine, "it is sent", |s| s.clients[&OURS].done == 1).await;
    assert!(!engine.status().borrow().paused);
}

#[tokio::test(start_paused = true)]
async fn a_round_that_is_paused_in_its_middle_ends_there() {
    let (desk, hub, machine, engine) = direct().await;
    let shut = desk.shut().await;
    let before = hub.asked.load(Ordering::SeqCst);
    machine.write(ANA, 1, &[("count", 1)]);
    engine.nudge();
    while hub.asked.load(Ordering::SeqCst) == before {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    engine.pause(true);
    drop(shut);
    assert_eq!(asked_within(&hub, Duration::from_secs(3600)).await, 0, "what was asked is heard, and nothing more");
    let file = machine.file(OURS);
    assert_eq!((file.outgoing.len(), file.outgoing[0].acknowledged), (1, true));
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_paid_by_what_goes_over_it_is_used_seldom() {
    let (_, hub, _, engine) = direct().await;
    let usual = asked_within(&hub, Duration::from_secs(36_000)).await;
    engine.metered(true);
    let seldom = asked_within(&hub, Duration::from_secs(36_000)).await;
    assert!(seldom * 5 < usual, "{seldom} and {usual}");
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_falls_silent_is_started_anew() {
    let (_, hub, machine, engine) = direct().await;
    hub.way(Way::Silent);
    machine.write(ANA, 1, &[("count", 1)]);
    engine.nudge();
    played(&engine, "it is noticed", |s| s.restarts == 1).await;
    hub.way(Way::Open);
    played(&engine, "it goes on", |s| s.clients[&OURS].done == 1).await;
    tokio::time::sleep(Duration::from_secs(36_000)).await;
    assert!(engine.status().borrow().restarts <= 2, "a rest is no silence");
}

#[tokio::test(start_paused = true)]
async fn a_newer_hub_is_brought_what_waits_though_it_gives_nothing() {
    let (desk, hub, machine, engine) = direct().await;
    hub.way(Way::Newer);
    machine.write(ANA, 1, &[("count", 1)]);
    engine.nudge();
    played(&engine, "it is told", |s| s.clients[&OURS].trouble.as_deref() == Some("version")).await;
    played(&engine, "it is there", |s| s.clients[&OURS].acknowledged == 1).await;
    assert_eq!(desk.state().hub.logs[&OURS].entries.len(), 1);
    hub.way(Way::Open);
    played(&engine, "the program is newer, too", |s| s.clients[&OURS].at_rest()).await;
}

#[tokio::test(start_paused = true)]
async fn answers_to_other_questions_change_nothing() {
    let (_, hub, machine, engine) = direct().await;
    hub.way(Way::Astray);
    let before = machine.file(OURS);
    played(&engine, "a page is left", |s| s.clients[&OURS].trouble.as_deref() == Some("page")).await;
    machine.write(ANA, 1, &[("count", 1)]);
    engine.nudge();
    played(&engine, "a verdict is left", |s| s.clients[&OURS].trouble.as_deref() == Some("answer")).await;
    let file = machine.file(OURS);
    assert_eq!((file.state.cursor, file.log.len(), file.outgoing.len()), (before.state.cursor, before.log.len(), 1));
    assert!(!file.outgoing[0].acknowledged);
}

#[tokio::test(start_paused = true)]
async fn the_client_on_the_screen_goes_first() {
    let (desk, hub, _, engine) = direct().await;
    desk.state().grant(ANA, THEIRS, Some(Role::Supervisor));
    played(&engine, "both are here", |s| s.clients.get(&THEIRS).is_some_and(|c| c.caught_up)).await;
    let second = |engine: &Engine| engine.status().borrow().rounds + 2;
    for looks_at in [THEIRS, OURS] {
        engine.look_at(Some(looks_at));
        let next = second(&engine);
        played(&engine, "a round", |s| s.rounds >= next).await;
        hub.pulled.lock().unwrap().clear();
        tokio::time::sleep(Duration::from_secs(600)).await;
        let pulled = hub.pulled.lock().unwrap().clone();
        let of = |client| pulled.iter().filter(|c| **c == client).count();
        let other = if looks_at == OURS { THEIRS } else { OURS };
        assert!(of(looks_at) >= 20 && (8..=13).contains(&of(other)), "{} and {}", of(looks_at), of(other));
        hub.pulled.lock().unwrap().clear();
        engine.wake();
        let next = second(&engine) - 1;
        played(&engine, "a round", |s| s.rounds >= next).await;
        assert_eq!(hub.pulled.lock().unwrap().first(), Some(&looks_at));
        hub.way(Way::Down);
        tokio::time::sleep(Duration::from_secs(600)).await;
        hub.pulled.lock().unwrap().clear();
        hub.way(Way::Open);
        engine.wake();
        played(&engine, "it is there again", |s| s.trouble.is_none()).await;
        assert_eq!(hub.pulled.lock().unwrap()[..2], [looks_at, other], "where both have waited");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_asks_nothing_of_other_clients() {
    let (desk, hub, machine, engine) = direct().await;
    desk.state().grant(ANA, THEIRS, Some(Role::Supervisor));
    played(&engine, "both are here", |s| s.clients.get(&THEIRS).is_some_and(|c| c.caught_up)).await;
    engine.look_at(Some(OURS));
    hub.pulled.lock().unwrap().clear();
    for n in 1..=20 {
        machine.write(ANA, 1, &[("moved", 1)]);
        engine.nudge();
        played(&engine, "it came back", |s| s.clients[&OURS].done == n && s.clients[&OURS].at_rest()).await;
    }
    let pulled = hub.pulled.lock().unwrap().clone();
    let theirs = pulled.iter().filter(|c| **c == THEIRS).count();
    assert!(theirs <= 1 && pulled.len() >= 20, "{theirs} of {}", pulled.len());
}

#[tokio::test(start_paused = true)]
async fn after_a_restore_exactly_what_was_lost_is_returned_and_the_place_is_found_at_once() {
    for kept in [0, 1, 2, 63, 64, 65, 128, 148, 149, 150] {
        let (desk, hub, machine, engine) = direct().await;
        for n in 1..=150 {
            machine.write(ANA, 1, &[("moved", 1)]);
            engine.nudge();
            if n == kept || n == 150 {
                played(&engine, "all is there", |s| s.clients[&OURS].done == n && s.clients[&OURS].at_rest()).await;
            }
            if n == kept.max(1) {
                desk.state().hub.save();
            }
        }
        if kept == 0 {
            let mut state = desk.state();
            state.hub.backup.as_mut().unwrap().0.clear();
        }
        desk.state().hub.restore(true);
        engine.wake();
        let rounds = engine.status().borrow().rounds + 4;
        played(&engine, "it is there again", |s| s.rounds > rounds && s.clients[&OURS].at_rest()).await;
        let offered = hub.offered.load(Ordering::SeqCst);
        assert_eq!((offered as i64, machine.shows(1, "moved")), (150 - kept, Some(150)), "from {kept}");
        let questions = desk.state().asked.get("agree").copied().unwrap_or(0);
        assert!(questions <= 2, "{questions} from {kept}");
    }
}
