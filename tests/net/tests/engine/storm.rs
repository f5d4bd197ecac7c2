//! Everything at once: cut lines, hubs that stop and are set back, programs killed in the middle.
use domain::{Client, Id, Role, change::Op, change::User};
use net::{
    machine::{Seat, quick},
    place::{ANA, BEN, CY, OURS, Place},
    proxy::Proxy,
};
use std::{collections::BTreeSet, time::Duration};
use sync::{device::Standing, http::Account};

const USERS: [Id<User>; 3] = [ANA, BEN, CY];
const CLIENT: Id<Client> = OURS;

struct Storm {
    place: Place,
    seats: Vec<Seat>,
    dice: fastrand::Rng,
    written: Vec<Id<Op>>,
    withdraws: bool,
}

impl Storm {
    async fn new(proxy: &Proxy, place: Place, seed: u64, withdraws: bool) -> Storm {
        place.desk.state().grant(CY, CLIENT, Some(Role::Supervisor));
        let mut seats = vec![];
        for user in USERS {
            let mut seat = Seat::new(&place, vec![user]).await;
            let url = format!("https://localhost:{}", proxy.address.port());
            seat.account = Account { url, ..seat.account.clone() };
            seat.start(&place);
            seats.push(seat);
        }
        Storm { place, seats, dice: fastrand::Rng::with_seed(seed), written: vec![], withdraws }
    }
    /// What happens between two moments.
    async fn happens(&mut self) {
        let at = self.dice.usize(0..self.seats.len());
        match self.dice.u8(0..100) {
            0..58 => {
                let row = self.dice.u8(1..=3);
                self.written.extend(self.seats[at].machine.write(USERS[at], row, &[("moved", 1)]));
                self.seats[at].running().nudge();
            }
            58..68 => self.seats[at].running().wake(),
            68..74 => {
                // The program is killed: whatever it was in the middle of ends.
                self.seats[at].engine = None;
                let settings = quick(&self.place, self.seats[at].account.device);
                self.seats[at].start_with(&self.place, settings);
            }
            74..78 => self.place.desk.pass(net::state::ACCESS),
            78..82 => self.place.desk.state().hub.save(),
            82..85 => self.place.desk.state().hub.restore(true),
            85..88 => {
                drop(self.place.stop());
                tokio::time::sleep(Duration::from_millis(self.dice.u64(0..30))).await;
                self.place.start().await;
            }
            88..92 if self.withdraws => {
                let role = self.dice.bool().then_some(Role::Supervisor);
                self.place.desk.state().grant(CY, CLIENT, role);
            }
            _ => tokio::time::sleep(Duration::from_millis(self.dice.u64(0..20))).await,
        }
    }
    /// All heals, and everything is where it belongs.
    async fn calms(&mut self) {
        self.place.desk.state().grant(CY, CLIENT, Some(Role::Supervisor));
        for _ in 0..3 {
            for seat in &self.seats {
                seat.running().wake();
                seat.until("it is back", |s| s.clients.get(&CLIENT).is_some_and(|c| c.standing == Standing::Active))
                    .await;
                seat.rests().await;
            }
            self.place.desk.state().hub.save();
            for seat in &self.seats {
                seat.until("what was sealed is safe", |s| s.partings == 0).await;
            }
        }
    }
    fn checks(&self) {
        let state = self.place.desk.state();
        let log = &state.hub.logs[&CLIENT];
        let ops: BTreeSet<_> = log.entries.iter().map(|(e, _)| e.op()).collect();
        assert_eq!(ops.len(), log.entries.len(), "each change once");
        let there = |op: &Id<Op>| ops.contains(op) || log.quarantine.contains_key(op) || log.refused.contains_key(op);
        let lost: Vec<_> = self.written.iter().filter(|op| !there(op)).collect();
        assert!(lost.is_empty(), "{lost:?} of {}", self.written.len());
        if !self.withdraws {
            assert_eq!(ops.len(), self.written.len(), "all of them in the order");
        }
        for seat in &self.seats {
            assert_eq!(seat.machine.file(CLIENT).view, log.rows);
        }
        let moved: i64 = (1..=3).filter_map(|row| self.seats[0].machine.shows(row, "moved")).sum();
        assert_eq!(moved, ops.len() as i64);
    }
}

async fn storm(seed: u64, withdraws: bool) {
    let place = Place::open().await;
    let proxy = Proxy::new(place.address, seed).await;
    let mut storm = Storm::new(&proxy, place, seed, withdraws).await;
    for seat in &storm.seats {
        seat.rests().await;
    }
    storm.place.desk.state().hub.save();
    proxy.cuts(true);
    for _ in 0..250 {
        storm.happens().await;
    }
    proxy.cuts(false);
    storm.calms().await;
    storm.checks();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_nothing_is_lost_and_nothing_doubled() {
    for seed in [1, 2, 3] {
        storm(seed, false).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_of_grants_given_and_withdrawn_nothing_is_lost() {
    for seed in [1, 2, 3] {
        storm(seed, true).await;
    }
}
