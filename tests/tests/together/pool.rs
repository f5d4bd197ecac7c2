//! The plant's own log under a hub: nobody of the pool is in two places at one time, on however many PCs he is booked.
use crate::{Pair, at_rest, pc::Pc};
use checks::{Plant, memory::Memory};
use domain::{
    Client, Entity, Id, PoolBooking, PoolEmployee, Role, Value,
    feed::{Catalogue, Pushed, Rules},
    merge::{Verdict, Why},
};
use serde_json::{Value as Json, json};
use store::Session;
use sync::device::{self, Purge};

const HOUR: i64 = 3_600_000;
const NOON: i64 = 1_750_000_000_000;

fn pia() -> Id<PoolEmployee> {
    Id::from_bytes([7; 16])
}

/// Two PCs of one plant; the first had a person of the pool and a booking before there was a hub.
fn plant() -> (Pair, String) {
    let (a, b) = (Plant::new(), Plant::new());
    a.store
        .repository(&a.admin)
        .unwrap()
        .write(|w| {
            let blank = PoolEmployee::blank(Client::PLANT, pia());
            w.put(&PoolEmployee { code: "PIA".into(), name: "Pia".into(), active: true, ..blank })
        })
        .unwrap();
    let mut hub = Memory::new(Client::PLANT);
    hub.people.extend([(a.admin.user(), Role::Admin), (b.admin.user(), Role::Admin)]);
    let (a, b) = (Pc::new(a, Client::PLANT), Pc::new(b, Client::PLANT));
    let first = book(&a, &a.admin, 0, 8).unwrap();
    assert_eq!(first["state"], "confirmed", "alone, a file is its own hub");
    for pc in [&a, &b] {
        pc.join();
        pc.sync(&mut hub);
    }
    (Pair { hub, a, b }, token(&first))
}

fn book(pc: &Pc, who: &Session, from: i64, to: i64) -> Result<Json, domain::Fault> {
    let (from, to) = (NOON + from * HOUR, NOON + to * HOUR);
    let when =
        json!({ "from_utc": from, "to_utc": to, "client_id": null, "line_id": null, "shift_id": null, "day": null });
    pc.call(who, "pool_book", json!({ "pool_employee_id": pia(), "when": when }))
}

fn token(booking: &Json) -> String {
    booking["token"].as_str().unwrap().into()
}

fn id(token: &str) -> Id<PoolBooking> {
    token.parse().unwrap()
}

/// When Pia is taken, as somebody at a PC sees it.
fn taken(pc: &Pc, who: &Session) -> Vec<Json> {
    let when = json!({ "from_utc": NOON, "to_utc": NOON + 24 * HOUR, "client_id": null, "line_id": null,
        "shift_id": null, "day": null });
    pc.call(who, "pool_list", when).unwrap()[0]["taken"].as_array().unwrap().clone()
}

fn hours(taken: &[Json]) -> Vec<i64> {
    taken.iter().map(|t| (t["from_utc"].as_i64().unwrap() - NOON) / HOUR).collect()
}

fn refused(pc: &Pc, who: &Session) -> Vec<Json> {
    pc.call(who, "refused_list", json!({})).unwrap().as_array().unwrap().clone()
}

#[test]
fn the_pool_of_one_pc_is_the_pool_of_all_and_who_is_booked_on_one_is_busy_on_the_others() {
    let (mut pair, first) = plant();
    assert_eq!(hours(&taken(&pair.b, &pair.b.admin)), [0]);
    let busy = book(&pair.b, &pair.b.admin, 4, 12).unwrap_err();
    assert_eq!((busy.code.as_str(), busy.field.as_deref()), ("busy_on_shift", Some("pool_employee_id")));
    let second = book(&pair.b, &pair.b.admin, 8, 16).unwrap();
    assert_eq!(second["state"], "requested", "another may have been first");
    assert_eq!(taken(&pair.b, &pair.b.admin)[1]["requested"], true);
    at_rest(&mut pair);
    assert_eq!(hours(&taken(&pair.a, &pair.a.admin)), [0, 8]);
    let told = taken(&pair.b, &pair.b.admin);
    assert!(told.iter().all(|t| t["requested"] == false), "{told:?}");
    // Given back on the one, free on the other.
    pair.a.call(&pair.a.admin, "pool_release", json!({ "token": first, "reason": null })).unwrap();
    at_rest(&mut pair);
    assert_eq!(hours(&taken(&pair.b, &pair.b.admin)), [8]);
    book(&pair.b, &pair.b.admin, 0, 8).unwrap();
    at_rest(&mut pair);
}

#[test]
fn of_two_who_book_one_time_apart_the_hub_takes_the_first_and_the_other_has_it_on_his_list() {
    let (mut pair, _) = plant();
    let theirs = book(&pair.a, &pair.a.admin, 8, 16).unwrap();
    let ours = book(&pair.b, &pair.b.admin, 12, 20).unwrap();
    pair.a.sync(&mut pair.hub);
    // The other's booking comes while one's own waits: both are on the screen until the hub has said which was first.
    pair.b.pull(&mut pair.hub, 11);
    assert_eq!(hours(&taken(&pair.b, &pair.b.admin)), [0, 8, 12]);
    at_rest(&mut pair);
    for pc in [&pair.a, &pair.b] {
        assert_eq!(hours(&taken(pc, &pc.admin)), [0, 8]);
    }
    assert_eq!(pair.a.row(id(&token(&theirs))).map(|b| b.stands()), Some(true));
    assert_eq!(pair.b.row(id(&token(&ours))), None);
    let list = refused(&pair.b, &pair.b.admin);
    assert_eq!((list.len(), &list[0]["why"], &list[0]["table"]), (1, &json!("taken"), &json!("pool_booking")));
    assert_eq!(refused(&pair.a, &pair.a.admin).len(), 0);
    // As it was it is refused here already; for another time it is written again, under its own number.
    let op = &list[0]["op"];
    let again = |values: Json| {
        let input = json!({ "client_id": Client::PLANT, "op": op, "values": values, "reason": null });
        pair.b.call(&pair.b.admin, "refused_again", input)
    };
    let fault = again(json!({})).unwrap_err();
    assert_eq!(fault.code, "busy_on_shift", "{fault:?}");
    again(json!({ "from_utc": NOON + 16 * HOUR, "to_utc": NOON + 20 * HOUR })).unwrap();
    assert_eq!(refused(&pair.b, &pair.b.admin).len(), 0);
    at_rest(&mut pair);
    assert_eq!(hours(&taken(&pair.a, &pair.a.admin)), [0, 8, 16]);
    assert!(pair.a.row(id(&token(&ours))).is_some());
}

#[test]
fn what_was_taken_away_comes_back_only_where_nobody_was_booked_meanwhile() {
    let (mut pair, _) = plant();
    let ours = token(&book(&pair.b, &pair.b.admin, 8, 16).unwrap());
    at_rest(&mut pair);
    pair.b.call(&pair.b.admin, "undo", json!({})).unwrap();
    at_rest(&mut pair);
    assert_eq!(pair.a.row(id(&ours)), None, "a step in the plant's log is taken back where a hub orders it, too");
    book(&pair.a, &pair.a.admin, 8, 16).unwrap();
    pair.a.sync(&mut pair.hub);
    pair.b.call(&pair.b.admin, "redo", json!({})).unwrap();
    at_rest(&mut pair);
    assert_eq!(pair.b.row(id(&ours)), None);
    assert_eq!(refused(&pair.b, &pair.b.admin)[0]["why"], "taken");
    assert_eq!(hours(&taken(&pair.b, &pair.b.admin)), [0, 8]);
}

#[test]
fn of_two_who_move_one_booking_the_second_sees_to_his_own() {
    let (mut pair, first) = plant();
    let move_to = |pc: &Pc, from: i64| {
        pc.edit(id(&first), |b| PoolBooking { from_utc: NOON + from * HOUR, to_utc: NOON + (from + 8) * HOUR, ..b });
    };
    move_to(&pair.a, 1);
    move_to(&pair.b, 2);
    at_rest(&mut pair);
    assert_eq!(hours(&taken(&pair.b, &pair.b.admin)), [1], "no two values wait side by side");
    assert_eq!(refused(&pair.b, &pair.b.admin)[0]["why"], "stale");
    // One moves it, the other gives it back: it is given back.
    move_to(&pair.a, 3);
    pair.b.call(&pair.b.admin, "pool_release", json!({ "token": first, "reason": null })).unwrap();
    at_rest(&mut pair);
    assert!(taken(&pair.a, &pair.a.admin).is_empty());
}

#[test]
fn a_booking_in_the_name_of_another_is_refused_by_the_hub_whatever_the_pc_says() {
    let (mut pair, _) = plant();
    book(&pair.b, &pair.b.admin, 8, 16).unwrap();
    let device = pair.b.store.device();
    let mut push = pair.b.feed(|f| device::to_push(f, Client::PLANT, device, 7)).unwrap();
    let (honest, other) = (pair.b.admin.user().hex(), pair.a.admin.user().hex());
    let change = &mut push.changes[0].change;
    assert!(change.patch.contains(&honest));
    change.patch = change.patch.replace(&honest, &other);
    let Pushed::Verdicts(said) = pair.hub.push(push) else { panic!("not taken") };
    assert_eq!(said[0].1, Verdict::Rejected(Why::Role));
    let booked_by = PoolBooking::COLUMNS.iter().position(|c| c.name == "booked_by").unwrap();
    let honest = Value::Id(pair.a.admin.user().bytes());
    let bookings = pair.hub.rows.iter().filter(|(record, _)| Catalogue.takes(record.0));
    assert_eq!(bookings.map(|(_, row)| row.values[booked_by].clone()).collect::<Vec<_>>(), [honest]);
}

#[test]
fn whoever_is_below_a_supervisor_brings_nothing_into_the_pool() {
    let (mut pair, _) = plant();
    pair.hub.people.insert(pair.b.admin.user(), Role::Operator);
    book(&pair.b, &pair.b.admin, 8, 16).unwrap();
    pair.b.sync(&mut pair.hub);
    assert_eq!(refused(&pair.b, &pair.b.admin)[0]["why"], "role");
    assert_eq!(hours(&taken(&pair.b, &pair.b.admin)), [0]);
}

#[test]
fn others_learn_on_their_pc_when_somebody_is_busy_and_nothing_else() {
    let (mut pair, _) = plant();
    let client = pair.b.client("ACME");
    let sam = pair.b.person("sam", Role::Supervisor, &[client]);
    pair.hub.people.insert(sam.user(), Role::Supervisor);
    let told = taken(&pair.b, &sam);
    assert_eq!((hours(&told), &told[0]["token"]), (vec![0], &Json::Null));
    // What was refused of others is not his to see either.
    book(&pair.a, &pair.a.admin, 8, 16).unwrap();
    book(&pair.b, &pair.b.admin, 8, 16).unwrap();
    at_rest(&mut pair);
    assert_eq!((refused(&pair.b, &sam).len(), refused(&pair.b, &pair.b.admin).len()), (0, 1));
    let ivy = pair.b.person("ivy", Role::Operator, &[client]);
    assert_eq!(refused(&pair.b, &ivy).len(), 0);
}

#[test]
fn a_pc_on_which_nobody_works_with_the_pool_any_more_forgets_it_whole() {
    let (pair, _) = plant();
    let pc = &pair.b;
    book(pc, &pc.admin, 8, 16).unwrap();
    pc.feed(|f| device::revoked(f, 9));
    assert_eq!(pc.feed(|f| device::step(f)), Purge::Sealed);
    assert_eq!(pc.feed(|f| f.partings()).len(), 1, "what the hub does not have yet is sealed to it");
    while pc.feed(|f| device::step(f)) != Purge::Wiped {}
    let repo = pc.store.repository(&pc.admin).unwrap();
    let all =
        [("id", "pool_employee_all"), ("id", "pool_booking_all"), ("from_utc", "pool_busy"), ("op", "plant_newest")];
    for (column, table) in all {
        let left = repo.read(|r| r.first(&format!("SELECT {column} FROM {table}"), &[], |_| Ok(())));
        assert_eq!(left.unwrap(), None, "{table}");
    }
}
