//! The same file again, a corrected one, and files beside what people typed.
use super::{Plant, counts, told, wish};
use crate::{
    commands::{Call, call},
    export::Format,
    import::{desk::Desk, fields::Kind},
};
use domain::{DowntimeEntry, LineShift, ProductStandard, ProductionEntry};

const HEAD: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced,defective\n";

fn file(rows: &str) -> Vec<u8> {
    format!("{HEAD}{rows}").into_bytes()
}

#[test]
fn rows_added_to_a_file_go_in_and_the_others_stay() {
    let plant = Plant::new();
    let (one, two) = ("A,2026-01-01,D,L1,P,2,10,480,100,1\n", "A,2026-01-02,D,L1,P,2,10,480,90,0\n");
    plant.take(&plant.admin, &wish(Kind::Production), &file(one), false).unwrap();
    let more = plant.take(&plant.admin, &wish(Kind::Production), &file(&format!("{two}{one}")), false).unwrap();
    assert_eq!(counts(&more), (1, 1, 0));
    assert_eq!(plant.rows::<ProductionEntry>(plant.id("A")).len(), 2);
    assert_eq!(plant.rows::<ProductStandard>(plant.id("A")).len(), 1);
}

#[test]
fn equal_rows_of_one_file_are_two_facts_and_stay_two() {
    let plant = Plant::new();
    let once = file("A,2026-01-01,D,L1,P,2,10,480,100,1\n");
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), &once, false).unwrap()), (1, 0, 0));
    let twice = file(&"A,2026-01-01,D,L1,P,2,10,480,100,1\n".repeat(2));
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), &twice, false).unwrap()), (1, 1, 0));
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), &twice, false).unwrap()), (0, 2, 0));
    assert_eq!(plant.rows::<ProductionEntry>(plant.id("A")).len(), 2);
}

#[test]
fn what_is_here_is_never_overwritten_by_a_file() {
    let plant = Plant::new();
    plant.take(&plant.admin, &wish(Kind::Production), &file("A,2026-01-01,D,L1,P,2,10,480,100,1\n"), false).unwrap();
    let other =
        file("A,2026-01-01,D,L1,P,2,10,480,120,1\nA,2026-01-02,D,L1,P,3,10,480,1,0\nA,2026-01-01,D,L1,Q,,11,480,1,0\n");
    let (view, errors) = plant.look(&plant.admin, &wish(Kind::Production), &other).unwrap();
    let expected =
        [(2, "produced", "differs_here"), (3, "standard_minutes", "standard_differs"), (4, "crew", "differs_here")];
    assert_eq!(told(&errors), expected);
    assert!(errors[0].message.contains("100") && errors[0].message.contains("120"), "{}", errors[0].message);
    assert_eq!((view.good, view.error_count), (0, 3));
    let refused = plant.take(&plant.admin, &wish(Kind::Production), &other, false).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["count"].as_str()), ("import_has_errors", "3"));
}

#[test]
fn gaps_are_filled_from_a_fuller_file() {
    let plant = Plant::new();
    plant.take(&plant.admin, &wish(Kind::Production), &file("A,2026-01-01,D,L1,P,,,480,100,\n"), false).unwrap();
    let fuller =
        plant.take(&plant.admin, &wish(Kind::Production), &file("A,2026-01-01,D,L1,P,2,10,480,100,3\n"), false);
    assert_eq!(counts(&fuller.unwrap()), (1, 0, 0));
    let entries: Vec<ProductionEntry> = plant.rows(plant.id("A"));
    assert_eq!((entries.len(), entries[0].defective), (1, Some(3)));
    assert_eq!(plant.rows::<LineShift>(plant.id("A"))[0].crew, Some(10.0));
}

#[test]
fn two_runs_of_a_team_keep_their_own_crews() {
    let plant = Plant::new();
    let runs = file("A,2026-01-01,D,L1,P,2,10,480,100,0\nA,2026-01-01,D,L1,Q,3,30.5,480,50,0\n");
    plant.take(&plant.admin, &wish(Kind::Production), &runs, false).unwrap();
    let mut crews: Vec<_> = plant.rows::<ProductionEntry>(plant.id("A")).iter().map(|e| e.crew_assigned).collect();
    crews.sort_by(|a, b| a.partial_cmp(b).unwrap());
    assert_eq!((crews, plant.rows::<LineShift>(plant.id("A"))[0].crew), (vec![Some(10.0), Some(30.5)], None));
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), &runs, false).unwrap()), (0, 2, 0));
}

#[test]
fn rows_of_one_line_shift_must_agree_on_its_minutes() {
    let plant = Plant::new();
    let text = file(
        "A,2026-01-01,D,L1,P,2,10,480,100,0\nA,2026-01-01,D,L1,Q,3,10,450,50,0\nA,2026-01-01,D,L2,P,2.5,10,480,1,0\n",
    );
    let (_, errors) = plant.look(&plant.admin, &wish(Kind::Production), &text).unwrap();
    let expected = [(3, "net_minutes", "disagrees_with_row"), (4, "standard_minutes", "disagrees_with_row")];
    assert_eq!(told(&errors), expected);
}

#[test]
fn a_line_may_stop_twice_for_one_reason() {
    let plant = Plant::new();
    let stops =
        b"client,day,shift,line,reason,minutes,affected\nA,2026-01-01,D,L,IDLE,5,2\nA,2026-01-01,D,L,IDLE,10,2\n";
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Downtime), stops, false).unwrap()), (2, 0, 0));
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Downtime), stops, false).unwrap()), (0, 2, 0));
    let third =
        b"client,day,shift,line,reason,minutes,affected\nA,2026-01-01,D,L,IDLE,10,2\nA,2026-01-01,D,L,IDLE,7,2\n";
    let (_, errors) = plant.look(&plant.admin, &wish(Kind::Downtime), third).unwrap();
    assert_eq!(told(&errors), [(3, "minutes", "differs_here")]);
    assert_eq!(plant.rows::<DowntimeEntry>(plant.id("A")).len(), 2);
}

#[test]
fn an_hour_typed_on_the_floor_is_the_same_fact_as_in_a_file() {
    let plant = Plant::new();
    let lines = b"client,day,shift,line,product,hour,produced\nA,2026-01-01,D,L,P,0,7\n";
    plant.take(&plant.admin, &wish(Kind::Production), lines, false).unwrap();
    let client = plant.id("A");
    let first = plant.rows::<ProductionEntry>(client).remove(0);
    let shift = plant.rows::<LineShift>(client).remove(0);
    let (repo, desk) = (plant.store.repository(&plant.admin).unwrap(), Desk::default());
    let at = Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} };
    let entry = serde_json::json!({ "id": null, "hour": 1, "product_id": first.product_id, "work_order_id": null,
        "operation_id": null, "produced": 9, "defective": null, "rework": null, "repair": null, "scrap": null,
        "run_minutes": null, "crew_present": null, "note": null, "rejects": [] });
    let input = serde_json::json!({ "client_id": client, "day": shift.day, "line_id": shift.line_id,
        "shift_id": shift.shift_id, "entries": [entry], "stops": [], "removed": [], "reason": "late" });
    call("floor_save", &at, input).unwrap();
    let typed = plant.rows::<ProductionEntry>(client).into_iter().find(|e| e.hour == Some(1)).unwrap();
    let of = (None, first.product_id, None);
    assert_eq!(typed.id, ProductionEntry::hourly(client, shift.id, 1, of));
    assert_eq!(first.id, ProductionEntry::hourly(client, shift.id, 0, of));
    let file = b"client,day,shift,line,product,hour,produced\nA,2026-01-01,D,L,P,1,9\nA,2026-01-01,D,L,P,1,8\n";
    let (view, errors) = plant.look(&plant.admin, &wish(Kind::Production), file).unwrap();
    assert_eq!((view.already, told(&errors), view.good), (1, vec![], 2));
    let file = b"client,day,shift,line,product,hour,produced\nA,2026-01-01,D,L,P,1,8\n";
    let (_, errors) = plant.look(&plant.admin, &wish(Kind::Production), file).unwrap();
    assert_eq!(told(&errors), [(2, "produced", "differs_here")]);
}

#[test]
fn what_goes_out_changes_nothing_when_it_comes_back() {
    let plant = Plant::new();
    let production = b"client,day,shift,line,product,standard_minutes,crew,net_minutes,overtime,hour,produced,defective,scrap,run_minutes,note\n\
        A,2026-01-01,D,L1,P,2.5,10,480,60,0,100,1,1,55.5,\"=1+1, \"\"x\"\"\"\nA,2026-01-01,D,L1,P,2.5,10,480,60,1,90,0,,60,@home\n\
        A,2026-01-02,D,L1,Q,4,10,480,,,50,,,,\nA,2026-01-02,D,L1,R,5,12,480,,,50,,,,\nB,2026-01-02,N,M-1,,,3,400,,,7,,,,\n";
    let asked = crate::import::preview::Wish { scrap_inside: Some(true), ..wish(Kind::Production) };
    plant.take(&plant.admin, &asked, production, false).unwrap();
    plant
        .take(
            &plant.admin,
            &wish(Kind::Downtime),
            b"client,day,shift,line,reason,minutes,affected,start,cause\nA,2026-01-01,D,L1,IDLE,5,2,30,x\n",
            false,
        )
        .unwrap();
    let lines = b"client,code,name,basis\nA,M1,Machine one,machine\n";
    plant.take(&plant.admin, &wish(Kind::Line), lines, false).unwrap();
    let products = "client,code,name,standard_minutes,valid_from\nA,P9,Ñandú,1.5,\nA,P9,Ñandú,2,2026-02-01\n";
    plant.take(&plant.admin, &wish(Kind::Product), products.as_bytes(), false).unwrap();
    for kind in Kind::ALL {
        let out = plant.out(&plant.admin, *kind, Format::Csv).unwrap();
        let rows = u32::try_from(out.lines().count() - 1).unwrap();
        let back =
            plant.take(&plant.admin, &super::Wish { scrap_inside: Some(true), ..wish(*kind) }, out.as_bytes(), false);
        assert_eq!(counts(&back.unwrap()), (0, rows, 0), "{}\n{out}", kind.word());
        assert_eq!(plant.out(&plant.admin, *kind, Format::Csv).unwrap(), out);
    }
    let out = plant.out(&plant.admin, Kind::Production, Format::Csv).unwrap();
    assert!(out.contains("\"'=1+1, \"\"x\"\"\"") && out.contains("'@home"), "{out}");
    assert_eq!(
        plant.rows::<ProductionEntry>(plant.id("A")).iter().filter(|e| e.note.as_deref() == Some("@home")).count(),
        1
    );
}
