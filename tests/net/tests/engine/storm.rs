//! Everything at once: cut lines, hubs that stop and are set back, programs killed in the middle.
use net::{
    machine::{Seat, quick},
    place::{ANA, BEN, OURS, Place},
    proxy::Proxy,
};
use std::{collections::BTreeSet, time::Duration};
use sync::http::Account;

/// What happens between two moments.
async fn happen(place: &mut Place, seats: &mut [Seat], dice: &mut fastrand::Rng, written: &mut i64) {
    let at = dice.usize(0..seats.len());
    match dice.u8(0..100) {
        0..60 => {
            let user = if at == 0 { ANA } else { BEN };
            let row = dice.u8(1..=3);
            seats[at].machine.write(user, row, &[("moved", 1)]);
            *written += 1;
            seats[at].running().nudge();
        }
        60..70 => seats[at].running().wake(),
        70..76 => {
            // The program is killed: whatever it was in the middle of ends.
            seats[at].engine = None;
            seats[at].start_with(place, quick(place, seats[at].account.device));
        }
        76..80 => place.desk.pass(net::state::ACCESS),
        80..84 => place.desk.state().hub.save(),
        84..87 => place.desk.state().hub.restore(true),
        87..90 => {
            drop(place.stop());
            tokio::time::sleep(Duration::from_millis(dice.u64(0..30))).await;
            place.start().await;
        }
        _ => tokio::time::sleep(Duration::from_millis(dice.u64(0..20))).await,
    }
}

async fn storm(seed: u64) {
    let mut place = Place::open().await;
    let proxy = Proxy::new(place.address, seed).await;
    let mut dice = fastrand::Rng::with_seed(seed);
    let mut seats = vec![];
    for user in [ANA, BEN, BEN] {
        let mut seat = Seat::new(&place, vec![user]).await;
        seat.account = Account { url: format!("https://localhost:{}", proxy.address.port()), ..seat.account.clone() };
        seat.start(&place);
        seats.push(seat);
    }
    for seat in &seats {
        seat.rests().await;
    }
    place.desk.state().hub.save();
    proxy.cuts(true);
    let mut written = 0;
    for _ in 0..250 {
        happen(&mut place, &mut seats, &mut dice, &mut written).await;
    }
    proxy.cuts(false);
    for _ in 0..3 {
        for seat in &seats {
            seat.running().wake();
            seat.rests().await;
        }
    }
    let state = place.desk.state();
    let log = &state.hub.logs[&OURS];
    let ops: BTreeSet<_> = log.entries.iter().map(|(e, _)| e.op()).collect();
    assert_eq!((ops.len(), log.entries.len()), (written as usize, written as usize), "each change is there, once");
    for seat in &seats {
        assert_eq!(seat.machine.file(OURS).view, log.rows);
    }
    let moved: i64 = (1..=3).filter_map(|row| seats[0].machine.shows(row, "moved")).sum();
    assert_eq!(moved, written);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_nothing_is_lost_and_nothing_doubled() {
    for seed in [1, 2, 3] {
        storm(seed).await;
    }
}
