//! Nobody of the pool is in two places at once, however many write.
use crate::{
    Store,
    keep::Vault,
    repository::tests::{person, store},
    session::Session,
};
use domain::{
    Client, Code, Fault, Id, PoolBooking, PoolEmployee, Role,
    time::{Instant, Span},
};
use std::{
    env,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Barrier,
};

const HOUR: i64 = 3_600_000;
const START: i64 = 1_750_000_000_000;

fn span(from: i64, to: i64) -> Span {
    Span { from: Instant(START + from * HOUR), to: Instant(START + to * HOUR) }
}

/// A plant with one person in its pool.
fn pool() -> (tempfile::TempDir, Store, Session, Id<PoolEmployee>) {
    let (dir, store) = store();
    let admin = person(&store, "ada", Role::Admin, &[]);
    let id = Id::from_bytes([3; 16]);
    let row =
        PoolEmployee { code: "P1".into(), name: "Pia".into(), active: true, ..PoolEmployee::blank(Client::PLANT, id) };
    store.repository(&admin).unwrap().write(|w| w.put(&row).map(|_| ())).unwrap();
    (dir, store, admin, id)
}

fn book(store: &Store, who: &Session, id: Id<PoolEmployee>, span: Span) -> Result<PoolBooking, Fault> {
    store.repository(who)?.write(|w| w.book(id, span)).map_err(Fault::from)
}

fn standing(store: &Store) -> i64 {
    let sql = "SELECT count(*) FROM pool_booking WHERE state <> 'released' AND gone_at IS NULL";
    store.vault.kernel().unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
}

fn busy(fault: &Fault) -> bool {
    fault.code == Code::BusyOnShift.word() && fault.field.as_deref() == Some("pool_employee_id")
}

#[test]
fn of_two_writers_of_one_time_exactly_one_books() {
    let (_dir, one, ada, id) = pool();
    let two = Store::open(&one.vault, one.clock.clone()).unwrap();
    for round in 0..20 {
        let barrier = Barrier::new(2);
        let try_it = |store: &Store, shift: i64| {
            barrier.wait();
            book(store, &ada, id, span(round * 10 + shift, round * 10 + 8 + shift))
        };
        let (a, b) = std::thread::scope(|s| {
            let first = s.spawn(|| try_it(&one, 0));
            let second = s.spawn(|| try_it(&two, 1));
            (first.join().unwrap(), second.join().unwrap())
        });
        let refused = [a, b].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(refused.len() == 1 && busy(&refused[0]), "round {round}: {refused:?}");
    }
    assert_eq!(standing(&one), 20);
}

/// The folder in which a second process books.
const FOLDER: &str = "LINEBOARD_POOL_FOLDER";

#[test]
fn of_two_processes_of_one_time_exactly_one_books() {
    let (dir, store, _, _) = pool();
    let run = || -> Child {
        Command::new(env::current_exe().unwrap())
            .args(["--exact", "repository::floating::tests::a_process_books_the_first_ten_times", "--nocapture"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let told = [run(), run()].map(|child| String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap());
    let count = |what: &str| told.iter().map(|t| t.matches(what).count()).sum::<usize>();
    assert_eq!((count("booked."), count("busy."), count("other:")), (10, 10, 0), "{told:?}");
    assert_eq!(standing(&store), 10);
}

#[test]
fn a_process_books_the_first_ten_times() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let vault = Vault::new(Path::new(&folder).join("lineboard.db"), [7; 32]);
    let store = Store::open(&vault, crate::Clock::fixed(START)).unwrap();
    let ada = store.admin_read(|c| Ok(c.query_row("SELECT id FROM user", [], |r| r.get(0))?)).unwrap();
    let ada = Session(std::sync::Arc::new(store.person(Id::from_bytes(ada)).unwrap()));
    for round in 0..10 {
        match book(&store, &ada, Id::from_bytes([3; 16]), span(round * 10, round * 10 + 8)) {
            Ok(_) => println!("booked."),
            Err(fault) if busy(&fault) => println!("busy."),
            Err(other) => println!("other: {other:?}"),
        }
    }
}

#[test]
fn times_that_touch_do_not_overlap_and_all_others_do() {
    let (_dir, store, ada, id) = pool();
    book(&store, &ada, id, span(8, 16)).unwrap();
    for (from, to) in [(0, 8), (16, 24)] {
        book(&store, &ada, id, span(from, to)).unwrap();
    }
    for (from, to) in [(8, 16), (9, 10), (7, 9), (15, 17), (7, 17), (23, 25)] {
        assert!(busy(&book(&store, &ada, id, span(from, to)).unwrap_err()), "{from} to {to}");
    }
    assert_eq!(standing(&store), 3);
}

#[test]
fn impossible_times_are_refused_with_their_field() {
    let (_dir, store, ada, id) = pool();
    let refused = |from: i64, to: i64| {
        let fault = book(&store, &ada, id, Span { from: Instant(from), to: Instant(to) }).unwrap_err();
        (fault.code, fault.field.unwrap())
    };
    let said = |code: Code, field: &str| (code.word().to_string(), field.to_string());
    assert_eq!(refused(START, START), said(Code::EndsFirst, "to_utc"));
    assert_eq!(refused(START, START - 1), said(Code::EndsFirst, "to_utc"));
    assert_eq!(refused(START, START + 24 * HOUR + 1), said(Code::OverADay, "to_utc"));
    assert_eq!(refused(-1, HOUR), said(Code::BadDate, "from_utc"));
    assert_eq!(refused(i64::MIN, i64::MAX), said(Code::BadDate, "from_utc"));
    assert_eq!(refused(START, i64::MAX), said(Code::BadDate, "to_utc"));
    book(&store, &ada, id, span(0, 24)).unwrap();
}

/// What goes round the repository meets the file's own guard.
#[test]
fn the_file_itself_refuses_a_second_booking_of_one_time() {
    let (_dir, store, ada, id) = pool();
    let first = book(&store, &ada, id, span(8, 16)).unwrap();
    let second = book(&store, &ada, id, span(16, 20)).unwrap();
    let kernel = store.vault.kernel().unwrap();
    let by_hand = |from: i64, to: i64, state: &str| {
        let (key, new) = ([0_u8; 16], crate::clock::random::<16>());
        kernel.execute(
            "INSERT INTO pool_booking SELECT ?1, ?2, 'x', ?3, ?4, ?5, ?6, booked_by, 0, NULL, ver FROM pool_booking LIMIT 1",
            rusqlite::params![key, new, id.bytes(), START + from * HOUR, START + to * HOUR, state],
        )
    };
    for state in ["requested", "confirmed"] {
        let fault = Fault::from(crate::Error::from(by_hand(9, 10, state).unwrap_err()));
        assert!(busy(&fault), "{fault:?}");
    }
    by_hand(9, 10, "released").unwrap();
    for sql in [
        "UPDATE pool_booking SET state = 'confirmed' WHERE state = 'released'".to_string(),
        format!("UPDATE pool_booking SET from_utc = from_utc - 1 WHERE token = '{}'", second.token),
        format!("UPDATE pool_booking SET to_utc = to_utc + 1 WHERE token = '{}'", first.token),
    ] {
        let told = kernel.execute(&sql, []).unwrap_err().to_string();
        assert!(told.contains("POOLBUSY"), "{sql}: {told}");
    }
    kernel.execute(&format!("UPDATE pool_booking SET state = 'released' WHERE token = '{}'", first.token), []).unwrap();
    by_hand(9, 10, "requested").unwrap();
}

#[test]
fn a_booking_altered_beside_the_plant_s_log_is_named() {
    let (_dir, store, ada, id) = pool();
    let booking = book(&store, &ada, id, span(8, 16)).unwrap();
    let verify = || store.verify(&ada, &mut |_, _| {}).unwrap();
    assert!(verify().is_sound(), "{:?}", verify().first());
    let kernel = store.vault.kernel().unwrap();
    kernel.execute("UPDATE pool_booking SET to_utc = to_utc - 1", []).unwrap();
    let report = verify();
    let (check, place) = report.first().unwrap();
    assert_eq!((check, place.client.as_deref(), place.detail.as_deref()), ("rows", Some("plant"), Some("to_utc")));
    assert_eq!(place.row.as_deref(), Some(booking.id.to_string().as_str()));
}

#[test]
fn what_was_given_back_is_given_back_for_good_and_stays_on_the_record() {
    let (_dir, store, ada, id) = pool();
    let booking = book(&store, &ada, id, span(8, 16)).unwrap();
    let repo = store.repository(&ada).unwrap();
    repo.write(|w| w.release(booking.clone())).unwrap();
    let again = repo.write(|w| w.put(&booking).map(|_| ())).unwrap_err();
    assert!(again.is(Code::NoStep), "{again}");
    let kept = repo.read(|r| r.booking(&booking.token)).unwrap().unwrap();
    assert!(!kept.stands() && kept.booked_by == ada.user());
    book(&store, &ada, id, span(9, 10)).unwrap();
    // Undone newest first: the second booking, then the giving back.
    repo.write(|w| w.undo()).unwrap();
    repo.write(|w| w.undo()).unwrap();
    assert_eq!(standing(&store), 1);
}

#[test]
fn giving_back_is_not_undone_where_the_time_is_taken_since() {
    let (_dir, store, ada, id) = pool();
    let eve = person(&store, "eve", Role::Admin, &[]);
    let booking = book(&store, &ada, id, span(8, 16)).unwrap();
    store.repository(&ada).unwrap().write(|w| w.release(booking)).unwrap();
    book(&store, &eve, id, span(9, 10)).unwrap();
    let fault = Fault::from(store.repository(&ada).unwrap().write(|w| w.undo()).unwrap_err());
    assert!(busy(&fault), "{fault:?}");
    assert_eq!(standing(&store), 1);
}

#[test]
fn a_step_back_down_takes_the_plant_s_log_along_and_leaves_the_clients_whole() {
    let stage = crate::repository::attack::stage::Stage::new();
    let admin = person(&stage.store, "eve", Role::Admin, &[]);
    let length = |store: &Store| -> i64 {
        let sql = "SELECT count(*) FROM change WHERE client_id <> ?1";
        store.vault.kernel().unwrap().query_row(sql, [Client::PLANT.bytes()], |r| r.get(0)).unwrap()
    };
    let before = length(&stage.store);
    let vault = stage.store.vault.clone();
    crate::keep::migrate::to(&vault, 3).unwrap();
    let store = Store::open(&vault, crate::Clock::fixed(START)).unwrap();
    assert_eq!((length(&store), standing(&store)), (before, 0));
    let report = store.verify(&admin, &mut |_, _| {}).unwrap();
    assert!(before > 50 && report.is_sound(), "{before} {:?}", report.first());
}
