//! Who may bring in what, and what nobody learns of others.
use super::{Plant, counts, told, wish};
use crate::{
    export::Format,
    import::{fields::Kind, preview::Wish},
};
use domain::{Line, Role};

const HEAD: &str = "client,day,shift,line,product,standard_minutes,reason,minutes\n";

#[test]
fn unknown_and_foreign_clients_answer_the_same() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    plant.client("SECRET");
    let leader = plant.person("lea", Role::Leader, &[own]);
    let file = |code: &str| format!("client,day,shift,line,produced\n{code},2026-01-01,D,L,5\n");
    let say = |code: &str| {
        let (view, errors) = plant.look(&leader, &wish(Kind::Production), file(code).as_bytes()).unwrap();
        (view.creates, view.error_count, errors[0].message.replace(code, "X"), errors[0].code)
    };
    assert_eq!(say("SECRET"), say("NOBODY"));
    assert_eq!(say("SECRET").3, "no_such_client");
    let foreign = Wish { client_id: Some(plant.id("SECRET")), ..wish(Kind::Production) };
    assert_eq!(plant.look(&leader, &foreign, b"day,line\n2026-01-01,L\n").unwrap_err().code, "missing");
}

#[test]
fn a_leader_creates_what_a_supervisor_is_told_about() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    let (leader, supervisor) =
        (plant.person("lea", Role::Leader, &[own]), plant.person("sup", Role::Supervisor, &[own]));
    let file = "client,day,shift,line,product,standard_minutes,produced\nOWN,2026-01-01,D,L,P,2,5\n";
    let stops = format!("{HEAD}OWN,2026-01-01,D,L,,,IDLE,5\n");
    let (_, errors) = plant.look(&supervisor, &wish(Kind::Production), file.as_bytes()).unwrap();
    assert_eq!(told(&errors), [(2, "product", "no_such_product")]);
    let (_, errors) = plant.look(&supervisor, &wish(Kind::Downtime), stops.as_bytes()).unwrap();
    assert_eq!(told(&errors), [(2, "reason", "no_such_reason")]);
    assert_eq!(counts(&plant.take(&leader, &wish(Kind::Production), file.as_bytes(), false).unwrap()), (1, 0, 0));
    assert_eq!(counts(&plant.take(&leader, &wish(Kind::Downtime), stops.as_bytes(), false).unwrap()), (1, 0, 0));
    let rest = "client,day,shift,line,product,standard_minutes,produced\n\
                OWN,2026-01-02,D,L,P,2,5\nOWN,2026-01-03,D,M,P,2,5\nOWN,2026-01-03,E,L,P,2,5\nOWN,2026-01-03,D,L,P,3,5\n";
    let (_, errors) = plant.look(&supervisor, &wish(Kind::Production), rest.as_bytes()).unwrap();
    let expected =
        [(3, "line", "no_such_line"), (4, "shift", "no_such_shift"), (5, "standard_minutes", "standard_differs")];
    assert_eq!(told(&errors), expected);
    assert_eq!(counts(&plant.take(&supervisor, &wish(Kind::Production), rest.as_bytes(), true).unwrap()), (1, 0, 3));
    assert_eq!(plant.rows::<Line>(own).len(), 1);
}

#[test]
fn only_an_admin_founds_clients_and_only_leaders_bring_lines() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    let power = plant.person("pow", Role::Poweruser, &[]);
    let (_, errors) = plant.look(&power, &wish(Kind::Line), b"client,code\nNEW,L\n").unwrap();
    assert_eq!(told(&errors), [(2, "client", "no_such_client")]);
    let supervisor = plant.person("sup", Role::Supervisor, &[own]);
    assert_eq!(
        plant.take(&supervisor, &wish(Kind::Line), b"client,code\nOWN,L\n", false).unwrap_err().code,
        "forbidden"
    );
    for role in [Role::Viewer, Role::Operator] {
        let person = plant.person(role.word(), role, &[own]);
        let file = b"client,day,shift,line,produced\nOWN,2026-01-01,D,L,5\n";
        assert_eq!(plant.look(&person, &wish(Kind::Production), file).unwrap_err().code, "forbidden");
    }
    assert_eq!(
        counts(&plant.take(&plant.admin, &wish(Kind::Line), b"client,code\nNEW,L\n", false).unwrap()),
        (1, 0, 0)
    );
}

#[test]
fn exports_hold_the_clients_in_scope_and_no_other() {
    let plant = Plant::new();
    let file = b"client,day,shift,line,product,produced\nOWN,2026-01-01,D,L,P,5\nSECRET,2026-01-01,D,CANARY,P,5\n";
    plant.take(&plant.admin, &wish(Kind::Production), file, false).unwrap();
    let own = plant.id("OWN");
    let viewer = plant.person("vic", Role::Viewer, &[own]);
    for kind in Kind::ALL {
        for format in Format::ALL {
            let out = plant.out(&viewer, *kind, *format).unwrap();
            assert!(!out.contains("SECRET") && !out.contains("CANARY"), "{out}");
        }
    }
    assert!(plant.out(&viewer, Kind::Production, Format::Json).unwrap().contains(r#""produced":5"#));
    let operator = plant.person("ope", Role::Operator, &[own]);
    assert_eq!(plant.out(&operator, Kind::Line, Format::Csv).unwrap_err().code, "forbidden");
}

#[test]
fn a_file_without_a_client_column_takes_the_chosen_one() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    let file = b"day,shift,line,produced\n2026-01-01,D,L,5\n";
    let (view, errors) = plant.look(&plant.admin, &wish(Kind::Production), file).unwrap();
    assert_eq!((told(&errors), view.good), (vec![(1, "client", "missing_column")], 0));
    assert_eq!(plant.take(&plant.admin, &wish(Kind::Production), file, true).unwrap_err().code, "missing_column");
    let chosen = Wish { client_id: Some(own), ..wish(Kind::Production) };
    assert_eq!(counts(&plant.take(&plant.admin, &chosen, file, false).unwrap()), (1, 0, 0));
}
