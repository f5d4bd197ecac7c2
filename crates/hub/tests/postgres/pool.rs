//! The plant's own log at the hub: who has it, and nobody of the pool is in two places at one time.
use crate::plant::{BEGIN, Pc, Plant, fresh, person};
use domain::{
    BookingState, Client, Entity, Id, PoolBooking, PoolEmployee, Role,
    change::{Act, User, creation},
    feed::{Pulled, Pushed, Sent},
    merge::{Verdict, Why},
};
use hub::{Error, desk::Desk};

const HOUR: i64 = 3_600_000;

impl Plant {
    /// A PC of somebody of a role, for the plant's own log.
    pub(crate) async fn pool_pc(&mut self, role: Role) -> Pc {
        let user = self.person(role, &[]).await;
        let device = self.device(&[user]).await;
        self.keys.insert(Client::PLANT, self.ground.key(Client::PLANT).await);
        self.at(device, user, Client::PLANT)
    }
}

impl Pc {
    /// Somebody of the pool.
    pub(crate) fn pooled(&self, id: Id<PoolEmployee>) -> Sent {
        let blank = PoolEmployee::blank(Client::PLANT, id);
        let row = PoolEmployee { code: "PIA".into(), name: "Pia".into(), active: true, ..blank };
        self.change(PoolEmployee::NUMBER, id.bytes(), Act::Create, &creation::<PoolEmployee>(&row.values()), "{}")
    }
    /// A booking of him, between two hours of the day.
    pub(crate) fn books(&self, who: Id<PoolEmployee>, (from, to): (i64, i64)) -> Sent {
        self.books_as(who, (from, to), self.user)
    }
    fn books_as(&self, who: Id<PoolEmployee>, (from, to): (i64, i64), by: Id<User>) -> Sent {
        let id: Id<PoolBooking> = fresh();
        let row = PoolBooking {
            token: id.hex(),
            pool_employee_id: who,
            from_utc: BEGIN + from * HOUR,
            to_utc: BEGIN + to * HOUR,
            state: BookingState::Confirmed,
            booked_by: by,
            booked_at: BEGIN,
            ..PoolBooking::blank(Client::PLANT, id)
        };
        self.change(PoolBooking::NUMBER, id.bytes(), Act::Create, &creation::<PoolBooking>(&row.values()), "{}")
    }
    fn releases(&self, booking: &Sent) -> Sent {
        let base = format!(r#"{{"state":["{}"]}}"#, booking.change.op);
        self.change(PoolBooking::NUMBER, booking.change.record, Act::Patch, r#"{"state":"released"}"#, &base)
    }
}

const TAKEN: Verdict = Verdict::Rejected(Why::Taken);

#[tokio::test]
async fn nobody_of_the_pool_is_booked_twice_for_one_time() {
    let mut plant = Plant::new().await;
    let (mut a, mut b) = (plant.pool_pc(Role::Supervisor).await, plant.pool_pc(Role::Leader).await);
    let (pia, hub) = (fresh(), plant.hub.clone());
    let first = a.books(pia, (0, 8));
    let both = [a.pooled(pia), first.clone()];
    assert_eq!(a.push(&hub, &both).await, [Verdict::Applied; 2]);
    let (over, beside, inside) = (b.books(pia, (7, 9)), b.books(pia, (8, 16)), b.books(pia, (9, 10)));
    let said = b.push(&hub, &[over, beside, inside]).await;
    assert_eq!(said, [TAKEN, Verdict::Applied, TAKEN], "also by what came in the same message");
    let other = b.pooled(fresh());
    let elsewhere = b.books(Id::from_bytes(other.change.record), (0, 8));
    assert_eq!(b.push(&hub, &[other, elsewhere]).await, [Verdict::Applied; 2], "somebody else is free");
    // Given back, the time is anybody's again.
    let back = a.releases(&first);
    assert_eq!(a.push(&hub, &[back]).await, [Verdict::Applied]);
    let anew = b.books(pia, (1, 7));
    assert_eq!(b.push(&hub, std::slice::from_ref(&anew)).await, [Verdict::Applied]);
    // One that stands does not move onto another.
    let base = format!(r#"{{"from_utc":["{0}"],"to_utc":["{0}"]}}"#, anew.change.op);
    let patch = format!(r#"{{"from_utc":{},"to_utc":{}}}"#, BEGIN + 6 * HOUR, BEGIN + 9 * HOUR);
    let moved = b.change(PoolBooking::NUMBER, anew.change.record, Act::Patch, &patch, &base);
    assert_eq!(b.push(&hub, &[moved]).await, [TAKEN]);
    assert_eq!(a.catch_up(&hub).await.entries.len(), 7);
}

#[tokio::test]
async fn of_many_who_book_one_time_at_one_moment_one_does() {
    let mut plant = Plant::new().await;
    let (pia, hub) = (fresh(), plant.hub.clone());
    let mut first = plant.pool_pc(Role::Supervisor).await;
    let made = first.pooled(pia);
    first.push(&hub, &[made]).await;
    let mut asks = vec![];
    for _ in 0..8 {
        let pc = plant.pool_pc(Role::Supervisor).await;
        let (hub, push) = (hub.clone(), pc.pack(&[pc.books(pia, (0, 8))]));
        asks.push(tokio::spawn(async move { hub.push(pc.stream.device, push).await }));
    }
    let mut said = vec![];
    for ask in asks {
        let Pushed::Verdicts(verdicts) = ask.await.unwrap().unwrap() else { panic!("not taken") };
        said.push(verdicts[0].1);
    }
    assert_eq!(said.iter().filter(|v| **v == Verdict::Applied).count(), 1, "{said:?}");
    assert_eq!(said.iter().filter(|v| **v == TAKEN).count(), 7, "{said:?}");
}

#[tokio::test]
async fn a_booking_is_signed_by_its_author() {
    let mut plant = Plant::new().await;
    let mut pc = plant.pool_pc(Role::Supervisor).await;
    let pia = fresh();
    let forged = pc.books_as(pia, (0, 8), plant.person(Role::Leader, &[]).await);
    let made = pc.pooled(pia);
    assert_eq!(pc.push(&plant.hub, &[made, forged]).await, [Verdict::Applied, Verdict::Rejected(Why::Role)]);
}

#[tokio::test]
async fn the_plants_log_is_for_whom_his_role_lets_work_with_the_pool() {
    let mut plant = Plant::new().await;
    let ours = plant.clients[0];
    let of = |m: &domain::feed::Manifest| m.clients.iter().map(|c| c.client).collect::<Vec<_>>();
    let pc = plant.pool_pc(Role::Operator).await;
    let (user, device) = (pc.user, pc.stream.device);
    plant.hub.grant(user, ours).await.unwrap();
    assert_eq!(of(&plant.manifest(device).await), [ours]);
    assert!(matches!(pc.ask(&plant.hub, 1).await, Pulled::Revoked(_)));
    plant.hub.keep_person(&person(user, Role::Supervisor)).await.unwrap();
    let told = plant.manifest(device).await;
    assert_eq!(of(&told), [Client::PLANT, ours]);
    assert_eq!(told.people[0].clients, [ours], "it is no client of his");
    let Pulled::Page(page) = pc.ask(&plant.hub, 1).await else { panic!("no page") };
    plant.hub.keep_person(&person(user, Role::Operator)).await.unwrap();
    let Pulled::Revoked(generation) = pc.ask(&plant.hub, 1).await else { panic!("a page") };
    assert!(generation > page.generation);
    assert_eq!(of(&plant.manifest(device).await), [ours]);
}

#[tokio::test]
async fn the_plants_log_is_nobodys_to_give_and_on_no_list() {
    let mut plant = Plant::new().await;
    let pc = plant.pool_pc(Role::Operator).await;
    let given = plant.hub.grant(pc.user, Client::PLANT).await;
    assert!(matches!(given, Err(Error::Unknown(_))), "{given:?}");
    let made = plant.hub.add_client(Client::PLANT, "everything").await;
    assert!(matches!(made, Err(Error::Unknown(_))), "{made:?}");
    assert!(matches!(pc.ask(&plant.hub, 1).await, Pulled::Revoked(_)));
    plant.pool_pc(Role::Leader).await;
    for person in plant.hub.people().await.unwrap() {
        assert_eq!(person.clients, Vec::<String>::new());
    }
    // Whose PCs write to it is told to nobody: a name may say for whom a PC works.
    let told = plant.manifest(pc.stream.device).await;
    assert_eq!(told.pcs, []);
}
