//! A file's way over the desk, its questions, and what it leaves behind.
use super::{PASSWORD, Plant, counts, told, wish};
use crate::{
    commands::Call,
    import::{
        commands::{self, Begin, Confirm, Look, Token, errors_file},
        desk::Desk,
        fields::Kind,
        preview::Wish,
    },
};
use domain::{ImportBatch, ProductionEntry, Role};
use rust_xlsxwriter::Workbook;

fn look(token: &str, kind: Kind) -> Look {
    Look { token: token.into(), kind: Some(kind), table: None, client_id: None, mapping: None, scrap_inside: None }
}
fn confirm(token: &str, without_errors: bool) -> Confirm {
    let (kind, token) = (Some(Kind::Production), token.into());
    Confirm { token, kind, table: None, client_id: None, mapping: None, scrap_inside: None, without_errors }
}

#[test]
fn a_file_comes_in_pieces_and_goes_in_without_its_errors() {
    let plant = Plant::new();
    let (repo, desk, told) = (plant.store.repository(&plant.admin).unwrap(), Desk::default(), std::cell::Cell::new(0));
    let at = Call { repo: &repo, desk: &desk, tell: &|_, done, _| told.set(done) };
    let bytes = b"client,day,shift,line,produced\nOWN,2026-01-01,D,L,5\nOWN,2026-01-02,D,L,-5\nOWN,2026-02-30,D,L,=1\n";
    let token = commands::import_begin(&at, Begin { name: "C:\\x\\may.csv".into(), size: bytes.len() }).unwrap().token;
    desk.chunk(&plant.admin, &token, 0, &bytes[..40]).unwrap();
    let early = commands::import_preview(&at, look(&token, Kind::Production)).unwrap_err();
    assert_eq!(domain::Fault::from(early).code, "import_incomplete");
    assert!(desk.chunk(&plant.admin, &token, 10, &bytes[40..]).is_err());
    desk.chunk(&plant.admin, &token, 40, &bytes[40..]).unwrap();
    assert!(desk.chunk(&plant.admin, &token, bytes.len(), b"x").is_err());
    let view = commands::import_preview(&at, look(&token, Kind::Production)).unwrap();
    assert_eq!((view.rows, view.good, view.error_count), (3, 1, 2));
    let csv = commands::import_errors(&at, Token { token: token.clone() }).unwrap();
    let expected = "row,field,value,reason\n3,produced,'-5,'-5 is below zero. Enter zero or more.\n4,day,2026-02-30,2026-02-30 is not a day.\n4,produced,'=1,";
    assert!(csv.starts_with(expected), "{csv}");
    let refused = commands::import_confirm(&at, confirm(&token, false)).unwrap_err();
    assert_eq!(domain::Fault::from(refused).code, "import_has_errors");
    assert_eq!(counts(&commands::import_confirm(&at, confirm(&token, true)).unwrap()), (1, 0, 2));
    assert!(commands::import_preview(&at, look(&token, Kind::Production)).is_err());
    assert!(told.get() > 0);
    let batch = plant.rows::<ImportBatch>(plant.id("OWN")).remove(0);
    assert_eq!((batch.name.as_str(), batch.rows, batch.kind.as_str()), ("may.csv", 1, "production"));
    let entry = plant.rows::<ProductionEntry>(plant.id("OWN")).remove(0);
    assert_eq!((entry.import_batch_id, entry.entry_method.as_deref()), (Some(batch.id), Some("import")));
}

#[test]
fn a_file_on_the_desk_is_its_owners_alone() {
    let plant = Plant::new();
    let own = plant.client("OWN");
    let leader = plant.person("lea", Role::Leader, &[own]);
    let (repo, desk) = (plant.store.repository(&plant.admin).unwrap(), Desk::default());
    let at = Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} };
    let token = commands::import_begin(&at, Begin { name: "a.csv".into(), size: 3 }).unwrap().token;
    assert_eq!(desk.chunk(&leader, &token, 0, b"a,b").unwrap_err().code, "missing");
    commands::import_cancel(&at, Token { token: token.clone() }).unwrap();
    assert_eq!(desk.chunk(&plant.admin, &token, 0, b"a,b").unwrap_err().code, "missing");
    let viewer = plant.person("vic", Role::Viewer, &[own]);
    let repo = plant.store.repository(&viewer).unwrap();
    let at = Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} };
    assert!(commands::import_begin(&at, Begin { name: "a.csv".into(), size: 3 }).is_err());
}

#[test]
fn a_mapping_is_remembered_for_files_with_the_same_columns() {
    let plant = Plant::new();
    let file =
        |day: u32| format!("client,when,shift,where,made,bad,thrown\nOWN,2026-01-{day:02},D,L,10,2,1\n").into_bytes();
    let field = |(c, f): (&str, &str)| (c.to_string(), Some(f.to_string()));
    let pairs = [
        ("client", "client"),
        ("when", "day"),
        ("shift", "shift"),
        ("where", "line"),
        ("made", "produced"),
        ("bad", "defective"),
        ("thrown", "scrap"),
    ];
    let mapped = Wish { mapping: Some(pairs.map(field).into()), ..wish(Kind::Production) };
    let (view, _) = plant.look(&plant.admin, &mapped, &file(1)).unwrap();
    assert!(view.asks_scrap && view.columns.iter().all(|c| !c.guessed));
    assert_eq!(plant.take(&plant.admin, &mapped, &file(1), false).unwrap_err().code, "import_unanswered");
    let answered = Wish { scrap_inside: Some(false), ..mapped };
    plant.take(&plant.admin, &answered, &file(1), false).unwrap();
    assert_eq!(plant.rows::<ProductionEntry>(plant.id("OWN"))[0].defective, Some(3));
    let (view, _) = plant.look(&plant.admin, &wish(Kind::Production), &file(2)).unwrap();
    assert_eq!(
        (view.asks_scrap, view.scrap_inside, view.mapping["where"].as_deref()),
        (false, Some(false), Some("line"))
    );
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), &file(2), false).unwrap()), (1, 0, 0));
}

#[test]
fn a_workbook_goes_in_like_a_text_file() {
    let plant = Plant::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Cliente", "Fecha", "Turno", "Línea", "Piezas", "Operarios"]).unwrap();
    sheet.write_row(1, 0, ["OWN", "", "D"]).unwrap();
    sheet.write(1, 1, 46_023).unwrap();
    sheet.write(1, 3, 8).unwrap();
    sheet.write(1, 4, 1273).unwrap();
    sheet.write(1, 5, 30.5).unwrap();
    sheet.write_row(2, 0, ["OWN", "13/01/2026", "D", "8", "1.273", "30,5"]).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (view, errors) = plant.look(&plant.admin, &wish(Kind::Production), &bytes).unwrap();
    assert_eq!((told(&errors), view.good, view.creates.lines), (vec![], 2, 1));
    plant.take(&plant.admin, &wish(Kind::Production), &bytes, false).unwrap();
    let text =
        "Cliente;Fecha;Turno;Línea;Piezas;Operarios\nOWN;2026-01-01;D;8;1273;30,5\nOWN;13/01/2026;D;8;1273;30,5\n";
    let (narrow, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    assert_eq!(counts(&plant.take(&plant.admin, &wish(Kind::Production), &narrow, false).unwrap()), (0, 2, 0));
}

#[test]
fn errors_speak_the_readers_language() {
    let plant = Plant::new();
    let repo_session = plant.store.login("admin", PASSWORD).unwrap();
    let spanish = plant.store.language_set(&repo_session, "es").unwrap();
    let (_, errors) =
        plant.look(&spanish, &wish(Kind::Production), b"client,day,shift,line,units\nA,2026-01-01,D,L,x1\n").unwrap();
    assert_eq!(errors[0].message, "x1 no es un número.");
    assert!(errors_file(&errors).contains("2,produced,x1,x1 no es un número."));
}

#[test]
fn a_stop_by_the_clock_needs_a_shift_with_times() {
    let plant = Plant::new();
    let stops = b"client,day,shift,line,reason,minutes,start\nOWN,2026-01-01,D,L,IDLE,5,06:30\n";
    let (_, errors) = plant.look(&plant.admin, &wish(Kind::Downtime), stops).unwrap();
    assert_eq!(told(&errors), [(2, "start", "clock_without_times")]);
}
