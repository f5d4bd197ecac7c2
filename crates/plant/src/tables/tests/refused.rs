//! Who may, and what cannot be.
use super::{Plant, counts, of, rows::fill, told};
use crate::export::Format;
use domain::{Client, HoldEntry, HoldState, Line, OrderStatus, Role, SHAPES, Shift, Verb, WorkOrder};

#[test]
fn unknown_and_foreign_clients_answer_the_same_for_every_table() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    fill(&plant, plant.client("SECRET"));
    let leader = plant.person("lea", Role::Leader, &[own]);
    for shape in SHAPES.iter().filter(|s| Role::Leader.may(Verb::Import, s.group)) {
        let file = plant.out(&plant.admin, of(shape.table).what, Format::Csv).unwrap();
        let say = |code: &str| {
            let (view, errors) =
                plant.look(&leader, &of(shape.table), file.replace("SECRET,", code).as_bytes()).unwrap();
            let messages: Vec<String> =
                errors.iter().map(|e| e.message.replace(code.trim_end_matches(','), "X")).collect();
            (view.creates, view.already, messages)
        };
        assert_eq!(say("SECRET,"), say("NOBODY,"), "{}", shape.table);
        assert!(say("SECRET,").2.iter().all(|m| m.contains('X')), "{}", shape.table);
        let out = plant.out(&leader, of(shape.table).what, Format::Csv).unwrap();
        assert!(!out.contains("SECRET"), "{out}");
    }
}

#[test]
fn a_table_is_brought_and_taken_by_those_who_may() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    for role in [Role::Viewer, Role::Operator, Role::Supervisor, Role::Leader] {
        let person = plant.person(role.word(), role, &[own]);
        for shape in SHAPES {
            let file = "client,x\nOWN,1\n";
            let came = plant.look(&person, &of(shape.table), file.as_bytes()).map(|_| ()).map_err(|f| f.code);
            assert_eq!(came.is_ok(), role.may(Verb::Import, shape.group), "{} {}: {came:?}", role.word(), shape.table);
            let went = plant.out(&person, of(shape.table).what, Format::Csv);
            assert_eq!(went.is_ok(), role.may(Verb::Export, shape.group), "{} {}", role.word(), shape.table);
        }
    }
}

#[test]
fn wrong_cells_are_named_with_row_field_and_reason() {
    let plant = Plant::new();
    fill(&plant, plant.client("A"));
    let file = "client,code,product,status,quantity,required_date,priority\n\
        A,1,NONE,received,5,2026-01-01,\nA,2,P,sleeping,5,2026-01-01,\nA,3,P,released,-5,2026-01-01,\n\
        A,4,P,released,x,2026-02-30,1.5\n,5,P,,,,\nA,,P,,,,\nA,6,P,in_progress,5,2026-01-01,1\n";
    let (view, errors) = plant.look(&plant.admin, &of("work_order"), file.as_bytes()).unwrap();
    let expected = [
        (2, "product", "no_such_product"),
        (3, "status", "bad_word"),
        (4, "quantity", "negative"),
        (5, "quantity", "bad_number"),
        (5, "priority", "not_whole"),
        (5, "required_date", "bad_date"),
        (6, "client", "empty"),
        (7, "code", "empty"),
    ];
    assert_eq!(told(&errors), expected);
    assert_eq!((view.rows, view.good, view.error_count), (7, 1, 6));
    assert_eq!(counts(&plant.take(&plant.admin, &of("work_order"), file.as_bytes(), true).unwrap()), (1, 0, 6));
}

#[test]
fn a_file_steps_no_order_and_signs_no_hold() {
    let plant = Plant::new();
    let a = plant.client("A");
    fill(&plant, a);
    let step = b"client,code,status\nA,007,closed\n";
    let (_, errors) = plant.look(&plant.admin, &of("work_order"), step).unwrap();
    assert_eq!(told(&errors), [(2, "status", "differs_here")]);
    let hold =
        b"client,work_order,held_from,state,approved_by,approved_at,self_approved\nA,007,2026-01-05,held,Ada,7,yes\n";
    assert_eq!(counts(&plant.take(&plant.admin, &of("hold_entry"), hold, false).unwrap()), (1, 0, 0));
    let row = plant.rows::<HoldEntry>(a).into_iter().find(|h| h.state == HoldState::Held).unwrap();
    assert_eq!((row.approved_by, row.approved_at, row.self_approved), (None, None, false));
    assert_eq!(plant.rows::<WorkOrder>(a)[0].status, OrderStatus::Shipped);
}

#[test]
fn two_lines_for_one_code_must_agree() {
    let plant = Plant::new();
    let a = plant.client("A");
    let file = b"client,code,name\nA,L1,One\nA,l1,One\nA,L1,Two\n";
    let (view, errors) = plant.look(&plant.admin, &of("line"), file).unwrap();
    assert_eq!((told(&errors), view.already), (vec![(4, "name", "differs_here")], 1));
    plant.take(&plant.admin, &of("line"), file, true).unwrap();
    assert_eq!(plant.rows::<Line>(a).len(), 1);
}

#[test]
fn lines_below_each_other_or_below_none_are_refused() {
    let plant = Plant::new();
    let a = plant.client("A");
    let file = b"client,code,parent\nA,L1,L2\nA,L2,L1\nA,L3,L9\nA,L4,L5\nA,L5,\n";
    let (view, errors) = plant.look(&plant.admin, &of("line"), file).unwrap();
    let expected = [(2, "parent", "no_such_row"), (3, "parent", "no_such_row"), (4, "parent", "no_such_line")];
    assert_eq!((told(&errors), view.good), (expected.to_vec(), 2));
    plant.take(&plant.admin, &of("line"), file, true).unwrap();
    assert_eq!(plant.rows::<Line>(a).iter().map(|l| l.code.as_str()).collect::<Vec<_>>(), ["L4", "L5"]);
}

#[test]
fn what_was_taken_away_keeps_its_name_but_takes_nothing_new() {
    let plant = Plant::new();
    let a = plant.client("A");
    fill(&plant, a);
    let reason = plant.rows::<domain::DowntimeReason>(a)[0].id;
    plant.store.repository(&plant.admin).unwrap().write(|w| w.remove(a, reason)).unwrap();
    let out = plant.out(&plant.admin, of("downtime_entry").what, Format::Csv).unwrap();
    assert!(out.contains("IDLE"), "{out}");
    assert_eq!(counts(&plant.take(&plant.admin, &of("downtime_entry"), out.as_bytes(), false).unwrap()), (0, 2, 0));
    let shift = plant.rows::<Shift>(a)[0].id;
    let fresh = b"client,day,shift,line,crew\nA,2026-01-01,D,A-1,5\n";
    plant.store.repository(&plant.admin).unwrap().write(|w| w.remove(a, shift)).unwrap();
    let (_, errors) = plant.look(&plant.admin, &of("line_shift"), fresh).unwrap();
    assert_eq!(told(&errors), [(2, "shift", "no_such_shift")]);
}

#[test]
fn an_admin_founds_clients_by_a_file_and_nobody_else_does() {
    let plant = Plant::new();
    plant.client("A");
    let file = b"code,name,active\nA,,\nNEW,New client,yes\n";
    let (view, _) = plant.look(&plant.admin, &of("client"), file).unwrap();
    assert_eq!((view.creates.clients, view.already), (vec!["NEW".to_string()], 1));
    assert_eq!(counts(&plant.take(&plant.admin, &of("client"), file, false).unwrap()), (1, 1, 0));
    let new = plant.id("NEW");
    assert_eq!(plant.rows::<Client>(new)[0].name, "New client");
    let leader = plant.person("lea", Role::Leader, &[new]);
    assert_eq!(plant.look(&leader, &of("client"), file).unwrap_err().code, "forbidden");
}
