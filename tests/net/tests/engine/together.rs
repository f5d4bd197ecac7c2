//! What several PCs write comes together.
use net::{
    machine::Seat,
    place::{ANA, BEN, OURS, Place},
};

async fn two(place: &Place) -> (Seat, Seat) {
    let (mut ana, mut ben) = (Seat::new(place, vec![ANA]).await, Seat::new(place, vec![BEN]).await);
    ana.start(place);
    ben.start(place);
    ana.rests().await;
    ben.rests().await;
    (ana, ben)
}

/// Both have the same rows, which are the hub's, and nothing waits.
async fn agree(place: &Place, seats: &[&Seat]) {
    for seat in seats.iter().chain(seats) {
        seat.rests().await;
    }
    let state = place.desk.state();
    for seat in seats {
        let file = seat.machine.file(OURS);
        assert_eq!(file.rows, state.hub.logs[&OURS].rows);
        assert_eq!(file.view, file.rows);
    }
}

#[tokio::test]
async fn two_pcs_agree_after_both_were_written_on_apart() {
    let place = Place::open().await;
    let (mut ana, mut ben) = two(&place).await;
    ana.machine.write(ANA, 1, &[("count", 1), ("moved", 10)]);
    ana.running().nudge();
    ana.rests().await;
    ben.rests().await;
    assert_eq!(ben.machine.shows(1, "count"), Some(1));
    ana.stop().await;
    ben.stop().await;
    for n in 2..12 {
        ana.machine.write(ANA, n, &[("count", i64::from(n))]);
        ben.machine.write(BEN, n + 20, &[("count", i64::from(n))]);
    }
    ana.machine.write(ANA, 1, &[("moved", 5), ("count", 7)]);
    ben.machine.write(BEN, 1, &[("moved", 3), ("note", 9)]);
    ana.start(&place);
    ben.start(&place);
    agree(&place, &[&ana, &ben]).await;
    assert_eq!((ana.machine.shows(1, "moved"), ben.machine.shows(1, "moved")), (Some(18), Some(18)));
    assert_eq!((ben.machine.shows(1, "count"), ana.machine.shows(1, "note")), (Some(7), Some(9)));
    assert_eq!(place.desk.state().hub.logs[&OURS].entries.len(), 23);
}

#[tokio::test]
async fn what_is_written_is_sent_at_once() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    let hours = std::time::Duration::from_secs(36_000);
    let slow =
        sync::engine::Settings { interval: hours, manifest: hours, ..net::machine::quick(&place, ana.account.device) };
    ana.start_with(&place, slow);
    ana.until("it rests", |s| s.rounds == 1 && s.clients.get(&OURS).is_some_and(|c| c.caught_up)).await;
    ana.machine.write(ANA, 1, &[("count", 1)]);
    ana.running().nudge();
    ana.until("it came back", |s| s.clients[&OURS].done == 1 && s.clients[&OURS].at_rest()).await;
}

#[tokio::test]
async fn a_file_that_was_copied_is_two_and_nothing_is_lost_or_doubled() {
    let place = Place::open().await;
    let (mut ana, ben) = two(&place).await;
    ana.machine.write(ANA, 1, &[("moved", 1)]);
    ana.running().nudge();
    ana.rests().await;
    ana.stop().await;
    let mut twin =
        Seat { machine: ana.machine.twin(), account: ana.account.clone(), coins: ana.coins.clone(), engine: None };
    ana.machine.write(ANA, 1, &[("moved", 10)]);
    twin.machine.write(ANA, 1, &[("moved", 100)]);
    ana.start(&place);
    ana.rests().await;
    twin.start(&place);
    agree(&place, &[&ana, &ben, &twin]).await;
    assert_eq!(ana.machine.shows(1, "moved"), Some(111));
    let numbers = |seat: &Seat| seat.machine.file(OURS).state.incarnation;
    assert_ne!(numbers(&ana), numbers(&twin));
}

#[tokio::test]
async fn a_hub_that_was_set_back_gets_everything_again() {
    let place = Place::open().await;
    let (ana, ben) = two(&place).await;
    for n in 1..=3 {
        ana.machine.write(ANA, n, &[("count", i64::from(n)), ("moved", 1)]);
    }
    ana.running().nudge();
    agree(&place, &[&ana, &ben]).await;
    place.desk.state().hub.save();
    for n in 1..90 {
        ana.machine.write(ANA, n, &[("moved", 1)]);
        ben.machine.write(BEN, n + 100, &[("count", 1)]);
    }
    ana.running().nudge();
    ben.running().nudge();
    agree(&place, &[&ana, &ben]).await;
    let before = ana.machine.file(OURS).view;
    place.desk.state().hub.restore(true);
    assert_eq!(place.desk.state().hub.logs[&OURS].entries.len(), 3);
    ana.machine.write(ANA, 1, &[("moved", 5)]);
    ana.running().nudge();
    agree(&place, &[&ana, &ben]).await;
    let after = ana.machine.file(OURS).view;
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_eq!(ana.machine.shows(1, "moved"), Some(7), "once each");
    assert_eq!(place.desk.state().hub.logs[&OURS].entries.len(), 3 + 2 * 89 + 1);
}

#[tokio::test]
async fn a_hub_in_another_life_waits_for_its_admin_and_then_gets_everything() {
    let place = Place::open().await;
    let (ana, ben) = two(&place).await;
    ana.machine.write(ANA, 1, &[("moved", 1)]);
    ana.running().nudge();
    agree(&place, &[&ana, &ben]).await;
    place.desk.state().hub.save();
    ben.machine.write(BEN, 1, &[("moved", 2)]);
    ben.running().nudge();
    agree(&place, &[&ana, &ben]).await;
    place.desk.state().hub.restore(false);
    ana.until("the hub is locked", |s| s.trouble.as_deref() == Some("busy")).await;
    assert_eq!(ana.machine.shows(1, "moved"), Some(3), "nothing leaves the screen");
    {
        let mut state = place.desk.state();
        let grants = state.truth.grants.clone();
        state.hub.confirm(&grants);
    }
    agree(&place, &[&ana, &ben]).await;
    assert_eq!((ana.machine.shows(1, "moved"), ana.machine.file(OURS).state.epoch), (Some(3), 2));
}

#[tokio::test]
async fn a_new_pc_says_how_far_it_is() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    for n in 1..=40 {
        ana.machine.write(ANA, n, &[("count", 1)]);
    }
    ana.running().nudge();
    ana.rests().await;
    place.desk.state().hub.save();
    let mut ben = Seat::new(&place, vec![BEN]).await;
    ben.start(&place);
    let mut status = ben.running().status();
    let mut told = vec![];
    while told.last() != Some(&(40, 40)) {
        status.changed().await.unwrap();
        told.extend(status.borrow().clients.get(&OURS).map(|c| (c.done, c.at_least)));
    }
    assert!(told.windows(2).all(|w| w[0].0 <= w[1].0), "{told:?}");
    assert!(told.contains(&(4, 40)) && told.contains(&(20, 40)), "{told:?}");
}
