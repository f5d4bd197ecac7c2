//! Grants given and withdrawn.
use domain::{Role, feed::Manifest};
use net::{
    desk::Memory,
    direct::Direct,
    machine::{Machine, Seat, played},
    place::{ANA, OURS, Place, THEIRS},
};
use sim::{file::Fresh, table::Program};
use std::sync::Arc;
use sync::{
    device::Standing,
    engine::{Engine, Settings, Status},
};

fn stands(client: domain::Id<domain::Client>, standing: Standing) -> impl FnMut(&Status) -> bool {
    move |s| s.clients.get(&client).is_some_and(|c| c.standing == standing)
}

#[tokio::test]
async fn a_withdrawn_client_leaves_nothing_behind_and_what_was_written_is_with_the_hub() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    place.desk.state().grant(ANA, THEIRS, Some(Role::Viewer));
    ana.start(&place);
    ana.machine.write(ANA, 1, &[("count", 1)]);
    ana.rests().await;
    ana.stop().await;
    ana.machine.write(ANA, 1, &[("count", 2)]);
    let op = ana.machine.file(OURS).outgoing[0].sent.change.op;
    place.desk.state().grant(ANA, OURS, None);
    ana.start(&place);
    ana.until("it is forgotten", stands(OURS, Standing::Purged)).await;
    ana.until("it is sealed", |s| s.partings == 1).await;
    let file = ana.machine.file(OURS);
    assert!(file.ops().is_empty() && file.rows.is_empty() && file.view.is_empty() && file.wrote.is_empty());
    ana.until("what was sealed has come", |_| place.desk.state().hub.logs[&OURS].quarantine.contains_key(&op)).await;
    assert_eq!(ana.machine.pc().partings.len(), 1, "no backup holds it yet");
    place.desk.state().hub.save();
    ana.until("a backup holds it", |s| s.partings == 0).await;
    assert!(ana.machine.pc().partings.is_empty());
    assert_eq!(ana.machine.file(THEIRS).state.standing, Standing::Active, "the other client stays");
}

#[tokio::test]
async fn a_client_granted_again_comes_back_whole() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    ana.machine.write(ANA, 1, &[("count", 1)]);
    ana.running().nudge();
    ana.rests().await;
    place.desk.state().grant(ANA, OURS, None);
    ana.until("it is forgotten", stands(OURS, Standing::Purged)).await;
    let calm = |place: &Place| place.desk.state().asked["pull"];
    let rounds = ana.status().rounds;
    ana.until("rounds go on", |s| s.rounds > rounds + 2).await;
    let before = calm(&place);
    let rounds = ana.status().rounds;
    ana.until("rounds go on", |s| s.rounds > rounds + 2).await;
    assert_eq!(calm(&place), before, "it is not asked for");
    place.desk.state().grant(ANA, OURS, Some(Role::Supervisor));
    ana.until("it is back", stands(OURS, Standing::Active)).await;
    ana.rests().await;
    assert_eq!(ana.machine.shows(1, "count"), Some(1));
}

/// A PC without a wire, whose hub's manifest can be forged.
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

fn manifest(desk: &Memory, change: impl FnOnce(&mut Manifest)) -> String {
    let signed = futures(desk);
    let mut manifest: Manifest = serde_json::from_str(&signed).unwrap();
    change(&mut manifest);
    serde_json::to_string(&manifest).unwrap()
}

fn futures(desk: &Memory) -> String {
    let device = domain::Id::from_bytes([1; 16]);
    serde_json::to_string(&desk.state().manifest(device, desk.now())).unwrap()
}

#[tokio::test(start_paused = true)]
async fn only_a_manifest_the_hub_signed_for_this_pc_and_no_older_one_is_believed() {
    let (desk, hub, machine, engine) = direct().await;
    let none = manifest(&desk, |m| m.clients.clear());
    let older = manifest(&desk, |m| (m.generation, m.clients) = (0, vec![]));
    let other = manifest(&desk, |m| (m.device, m.clients) = (domain::Id::from_bytes([9; 16]), vec![]));
    let mut forged = desk.sign(none.clone());
    forged.text.push(' ');
    for (signed, told) in [(forged, Some("manifest")), (desk.sign(other), Some("manifest")), (desk.sign(older), None)] {
        *hub.forged.lock().unwrap() = Some(signed);
        let before = engine.status().borrow().rounds;
        let word = told.map(String::from);
        played(&engine, "it was looked at", |s| s.rounds > before + 60 && s.trouble == word).await;
        assert_eq!(machine.file(OURS).state.standing, Standing::Active);
    }
    *hub.forged.lock().unwrap() = Some(desk.sign(none));
    played(&engine, "this one is the hub's", stands(OURS, Standing::Purged)).await;
}

#[tokio::test(start_paused = true)]
async fn a_withdrawal_is_heard_at_the_next_question_and_not_only_with_the_next_manifest() {
    let (desk, _, _, engine) = direct().await;
    desk.state().grant(ANA, OURS, None);
    let begun = tokio::time::Instant::now();
    played(&engine, "it is forgotten", stands(OURS, Standing::Purged)).await;
    assert!(begun.elapsed() < std::time::Duration::from_secs(120), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_is_sealed_is_not_sent_again_and_again_while_no_backup_holds_it() {
    let (desk, _, machine, engine) = direct().await;
    machine.write(ANA, 1, &[("count", 1)]);
    desk.state().grant(ANA, OURS, None);
    engine.nudge();
    played(&engine, "it is sealed", |s| s.partings == 1).await;
    tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
    let sent = desk.state().asked["part"];
    assert!((3..=9).contains(&sent), "{sent} times in an hour");
}

#[tokio::test(start_paused = true)]
async fn a_manifest_that_ran_out_is_told() {
    let (desk, hub, _, engine) = direct().await;
    assert!(!engine.status().borrow().lease_over);
    hub.way(net::direct::Way::Down);
    desk.pass(net::state::LEASE + 1);
    played(&engine, "the lease is over", |s| s.lease_over).await;
    hub.way(net::direct::Way::Open);
    played(&engine, "a new one holds", |s| !s.lease_over).await;
}

#[tokio::test(start_paused = true)]
async fn a_hub_that_says_less_than_it_once_signed_is_shown_what_that_was() {
    let (desk, _, _, engine) = direct().await;
    desk.state().grant(ANA, THEIRS, Some(Role::Supervisor));
    played(&engine, "it is known", |s| s.generation == Some(2)).await;
    assert_eq!(desk.state().asked.get("remind"), None);
    // Set back to before that grant, and nobody told it.
    desk.state().hub.generation = 1;
    tokio::time::sleep(std::time::Duration::from_secs(1200)).await;
    assert!(desk.state().asked["remind"] > 0);
    assert!(desk.state().hub.locked, "and gives nothing until somebody has looked");
    assert_eq!(engine.status().borrow().generation, Some(2), "the PC goes by what it knows");
}

#[tokio::test(start_paused = true)]
async fn a_withdrawal_is_known_before_anything_is_asked() {
    let (desk, hub, machine, engine) = direct().await;
    engine.stop().await;
    machine.write(ANA, 1, &[("count", 1)]);
    let text = manifest(&desk, |m| m.clients.clear());
    let kept: Manifest = serde_json::from_str(&text).unwrap();
    sync::engine::Files::keep_manifest(&*machine, &desk.sign(text), &kept, 0).unwrap();
    hub.way(net::direct::Way::Down);
    let clock = desk.clone();
    let settings = Settings::new(kept.device, desk.public(), Arc::new(move || clock.now()), 5);
    let engine = Engine::start(machine.clone(), hub, Arc::new(Program::Newer), settings);
    played(&engine, "a round has ended", |s| s.rounds > 0).await;
    assert_eq!(machine.file(OURS).state.standing, Standing::Purged, "though the hub is out of reach");
    assert_eq!(machine.pc().partings.len(), 1, "and what was written waits for it");
}

#[tokio::test(start_paused = true)]
async fn a_whole_new_log_does_not_go_over_a_line_that_is_paid_by_what_goes_over_it() {
    let (desk, _, machine, engine) = direct().await;
    engine.metered(true);
    desk.state().grant(ANA, THEIRS, Some(Role::Supervisor));
    played(&engine, "it is known", |s| s.generation == Some(2)).await;
    let rounds = engine.status().borrow().rounds;
    played(&engine, "rounds go on", |s| s.rounds > rounds + 3).await;
    assert_eq!(machine.file(THEIRS).state.standing, Standing::New);
    engine.look_at(Some(THEIRS));
    engine.wake();
    played(&engine, "somebody looks at it", stands(THEIRS, Standing::Active)).await;
}
