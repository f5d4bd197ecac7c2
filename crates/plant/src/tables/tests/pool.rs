//! The plant's own people go out and come in again; their bookings only go out.
use super::{Plant, counts, of, told};
use crate::export::Format;
use domain::{Client, Id, PLANT_SHAPES, PoolBooking, PoolEmployee, Role, Verb, time::Instant, time::Span};
use store::Session;

const FILE: &str = "code,name,department,active\n\
    P-1,\"Núñez, Ana\",Cut,yes\nP-2,'=Bob,,no\np3,Eva,,\n";

impl Plant {
    fn pooled(&self) -> Vec<PoolEmployee> {
        self.rows(Client::PLANT)
    }
    fn books(&self, who: &Session, person: Id<PoolEmployee>, from: i64) -> PoolBooking {
        let span = Span { from: Instant(from), to: Instant(from + 3_600_000) };
        self.store.repository(who).unwrap().write(|w| w.book(person, span)).unwrap()
    }
    /// How many changes the plant's log holds, as its own steps show them.
    fn plant_changes(&self) -> i64 {
        let repo = self.store.repository(&self.admin).unwrap();
        repo.read(|r| r.first("SELECT count(op) FROM plant_step", &[], |row| row.get(0))).unwrap().unwrap()
    }
}

#[test]
fn people_of_the_pool_come_in_go_out_and_change_nothing_when_they_come_back() {
    let plant = Plant::new();
    let sue = plant.person("sue", Role::Supervisor, &[plant.client("A")]);
    let (view, errors) = plant.look(&sue, &of("pool_employee"), FILE.as_bytes()).unwrap();
    assert_eq!((errors, view.good, view.creates.rows, plant.pooled().len()), (vec![], 3, 3, 0));
    assert_eq!(counts(&plant.take(&sue, &of("pool_employee"), FILE.as_bytes(), false).unwrap()), (3, 0, 0));
    let here = plant.pooled();
    let short: Vec<_> = here.iter().map(|p| (p.code.as_str(), p.name.as_str(), p.active)).collect();
    assert_eq!(short, [("P-1", "Núñez, Ana", true), ("P-2", "=Bob", false), ("p3", "Eva", true)]);
    let out = plant.out(&sue, of("pool_employee").what, Format::Csv).unwrap();
    assert_eq!(out, "code,name,department,active\nP-1,\"Núñez, Ana\",Cut,yes\nP-2,'=Bob,,no\np3,Eva,,yes\n");
    let before = plant.plant_changes();
    assert_eq!(counts(&plant.take(&plant.admin, &of("pool_employee"), out.as_bytes(), false).unwrap()), (0, 3, 0));
    assert_eq!((plant.plant_changes(), plant.pooled()), (before, here));
    assert!(plant.rows::<domain::ImportBatch>(plant.id("A")).is_empty(), "no client learns of it");
}

#[test]
fn the_same_people_are_made_in_an_empty_plant() {
    let (plant, other) = (Plant::new(), Plant::new());
    plant.take(&plant.admin, &of("pool_employee"), FILE.as_bytes(), false).unwrap();
    let out = plant.out(&plant.admin, of("pool_employee").what, Format::Csv).unwrap();
    other.take(&other.admin, &of("pool_employee"), out.as_bytes(), false).unwrap();
    assert_eq!(other.pooled(), plant.pooled(), "ids and all: a second PC makes the same people");
}

#[test]
fn a_step_back_takes_the_whole_file_of_the_pool_back_and_once_more_brings_it() {
    let plant = Plant::new();
    let sue = plant.person("sue", Role::Supervisor, &[plant.client("A")]);
    plant.take(&sue, &of("pool_employee"), FILE.as_bytes(), false).unwrap();
    let here = plant.pooled();
    let undone = plant.undo(&sue);
    assert_eq!((undone.what.as_str(), undone.changed, plant.pooled().len()), ("import file.csv", 3, 0));
    plant.take(&sue, &of("pool_employee"), FILE.as_bytes(), false).unwrap();
    assert_eq!(plant.pooled(), here, "they come back as the people they were");
}

#[test]
fn what_is_wrong_in_a_file_of_the_pool_is_named_and_what_is_here_stays() {
    let plant = Plant::new();
    plant.take(&plant.admin, &of("pool_employee"), FILE.as_bytes(), false).unwrap();
    let long = "x".repeat(2001);
    let file =
        format!("code,name,department,active\nP-1,Ann,,\n,Eva,,\nP-4,Lou,,maybe\nP-5,{long},,\nP-6,Kim,,\nP-2,,Sew,\n");
    let (view, errors) = plant.look(&plant.admin, &of("pool_employee"), file.as_bytes()).unwrap();
    let expected =
        [(2, "name", "differs_here"), (3, "code", "empty"), (4, "active", "bad_truth"), (5, "name", "too_long")];
    assert_eq!((told(&errors), view.good), (expected.to_vec(), 2));
    let all = plant.take(&plant.admin, &of("pool_employee"), file.as_bytes(), false).unwrap_err();
    assert_eq!((all.code.as_str(), plant.pooled().len()), ("import_has_errors", 3), "all or nothing");
    assert_eq!(counts(&plant.take(&plant.admin, &of("pool_employee"), file.as_bytes(), true).unwrap()), (2, 0, 4));
    let here = plant.pooled();
    assert_eq!((here.len(), here[0].name.as_str(), here[1].department.as_deref()), (4, "Núñez, Ana", Some("Sew")));
    let without = plant.look(&plant.admin, &of("pool_employee"), b"name\nEva\n").unwrap().1;
    assert_eq!(told(&without), [(1, "code", "missing_column")]);
}

#[test]
fn the_pool_s_files_are_for_those_who_keep_the_pool_and_name_no_client() {
    let plant = Plant::new();
    let own = plant.client("A");
    plant.take(&plant.admin, &of("pool_employee"), FILE.as_bytes(), false).unwrap();
    for role in [Role::Viewer, Role::Operator, Role::Supervisor, Role::Leader] {
        let who = plant.person(role.word(), role, &[own]);
        for shape in PLANT_SHAPES {
            let went = plant.out(&who, of(shape.table).what, Format::Json).map(|_| ()).map_err(|f| f.code);
            assert_eq!(went.is_ok(), role.may(Verb::Export, shape.group), "{} {}: {went:?}", role.word(), shape.table);
        }
        let came = plant.take(&who, &of("pool_employee"), FILE.as_bytes(), false).map(|_| ()).map_err(|f| f.code);
        assert_eq!(came.is_ok(), role.may(Verb::Import, domain::Group::Pool), "{}: {came:?}", role.word());
    }
    let mut wish = of("pool_employee");
    wish.client_id = Some(own);
    let fault = plant.look(&plant.admin, &wish, FILE.as_bytes()).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("of_plant", Some("client_id")));
    let repo = plant.store.repository(&plant.admin).unwrap();
    let out = repo.read(|r| crate::export::export(r, wish.what, Some(own), Format::Csv));
    assert!(out.is_err_and(|e| e.is(domain::Code::OfPlant)));
}

#[test]
fn bookings_go_out_as_far_as_one_may_know_of_them_and_never_come_in() {
    let plant = Plant::new();
    let (a, b) = (plant.client("A"), plant.client("B"));
    let (sue, bea) = (plant.person("sue", Role::Supervisor, &[a]), plant.person("bea", Role::Supervisor, &[b]));
    plant.take(&sue, &of("pool_employee"), FILE.as_bytes(), false).unwrap();
    let ana = plant.pooled()[0].id;
    let (hers, mine) = (plant.books(&bea, ana, 3_600_000), plant.books(&sue, ana, 36_000_000));
    let out = plant.out(&sue, of("pool_booking").what, Format::Csv).unwrap();
    let row = format!("{},P-1,36000000,39600000,confirmed,{}", mine.token, mine.booked_at);
    assert_eq!(out, format!("token,pool_employee,from_utc,to_utc,state,booked_at\n{row}\n"));
    let all = plant.out(&plant.admin, of("pool_booking").what, Format::Csv).unwrap();
    assert!(all.contains(&hers.token) && all.contains(&mine.token), "{all}");
    for who in [&sue, &plant.admin] {
        let fault = plant.take(who, &of("pool_booking"), all.as_bytes(), true).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("not_by_file", Some("table")));
        assert_eq!(plant.look(who, &of("pool_booking"), all.as_bytes()).unwrap_err().code, "not_by_file");
    }
}
