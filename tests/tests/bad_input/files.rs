//! Files people bring, through the commands of the window: what is refused, and what is read all the same.
use crate::spoken;
use checks::Plant;
use domain::{Fault, Role, fault::phrase};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::Session;

/// A leader of one of two clients, and a file on the way in.
struct Way {
    plant: Plant,
    lea: Session,
}

impl Way {
    fn new() -> Self {
        let plant = Plant::new();
        let [own, _] = ["OURS", "RIVAL"].map(|code| {
            let row = json!({ "client_id": null, "id": null, "code": code, "name": "", "active": true });
            plant.call(&plant.admin, "client_put", json!({ "row": row })).unwrap()["id"].clone()
        });
        let lea = plant.person("lea", Role::Leader, &[own.as_str().unwrap().parse().unwrap()]);
        Way { plant, lea }
    }
    fn call(&self, name: &str, input: Json) -> Result<Json, Fault> {
        self.plant.call(&self.lea, name, input)
    }
    fn ask(&self, name: &str, bytes: &[u8]) -> Result<Json, Fault> {
        let token = self.plant.upload(&self.lea, "a file", bytes)?;
        self.call(name, json!({ "token": token, "kind": "production" }))
    }
    fn client(&self) -> Json {
        json!({ "client_id": self.lea.clients()[0].id })
    }
    /// Everything an import could have written.
    fn rows(&self) -> Vec<Json> {
        let tables = ["line", "shift", "product", "line_shift", "production_entry", "import_batch", "product_standard"];
        tables.iter().map(|table| self.call(&format!("{table}_list"), self.client()).unwrap()).collect()
    }
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

const HEAD: &str = "client,day,shift,line,product,crew,produced,defective";

#[test]
fn a_file_that_is_no_table_is_refused_whole() {
    let (way, wide) = (Way::new(), (0..10_000).map(|n| format!("c{n},")).collect::<String>() + "\n1,2");
    let mut half = utf16(&format!("{HEAD}\n"));
    half.pop();
    let cut = [b"PK\x03\x04".as_slice(), &[0; 500]].concat();
    let before = way.rows();
    let bad: [(&[u8], &str); 6] = [
        (wide.as_bytes(), "too_many_columns"),
        (&cut, "damaged_file"),
        (&half, "damaged_file"),
        (b"\x89PNG\r\n\x1a\n0000", "not_a_table"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old workbook", "old_excel"),
        (b"", "empty_file"),
    ];
    for (bytes, code) in bad {
        for question in ["import_preview", "import_confirm"] {
            spoken(&way.ask(question, bytes).unwrap_err(), code);
        }
        assert_eq!(way.rows(), before, "{code}");
    }
}

#[test]
fn a_file_of_more_than_200_mb_is_refused_before_its_first_piece() {
    let way = Way::new();
    let begin = |size: u64| way.call("import_begin", json!({ "name": "a.csv", "size": size }));
    spoken(&begin((200 << 20) + 1).unwrap_err(), "file_too_large");
    begin(200 << 20).unwrap();
}

#[test]
fn every_wrong_cell_is_named_by_row_field_and_value_in_both_languages() {
    let way = Way::new();
    let rows = [
        ("OURS,2026-02-30,A,L,P,5,10,0", "day", "2026-02-30", "bad_date"),
        ("OURS,soon,A,L,P,5,10,0", "day", "soon", "bad_date"),
        ("OURS,2026-01-03,A,L,P,5,many,0", "produced", "many", "bad_number"),
        ("OURS,2026-01-04,A,L,P,5,-10,0", "produced", "-10", "negative"),
        ("OURS,2026-01-05,A,L,P,5,10.5,0", "produced", "10.5", "not_whole"),
        ("OURS,2026-01-06,A,L,P,five,10,0", "crew", "five", "bad_number"),
        ("OURS,2026-01-07,A,L,P,5,=1+1,0", "produced", "=1+1", "formula"),
        ("OURS,2026-01-08,A,L,P,5,10,11", "defective", "11", "defective_over_produced"),
        ("NOBODY,2026-01-09,A,L,P,5,10,0", "client", "NOBODY", "no_such_client"),
        ("RIVAL,2026-01-09,A,L,P,5,10,0", "client", "RIVAL", "no_such_client"),
    ];
    let lines: String = rows.iter().map(|r| format!("{}\n", r.0)).collect();
    let file = format!("{HEAD}\nOURS,2026-01-01,A,L,P,5,10,0\n{lines}");
    let before = way.rows();
    let view = way.ask("import_preview", file.as_bytes()).unwrap();
    let errors = view["errors"].as_array().unwrap();
    assert_eq!((errors.len(), &view["good"]), (rows.len(), &json!(1)), "{errors:#?}");
    for (at, (error, (_, field, value, code))) in errors.iter().zip(rows).enumerate() {
        // The header is row 1, the good one row 2.
        let place = (error["row"].as_u64(), error["field"].as_str(), error["value"].as_str(), error["code"].as_str());
        assert_eq!(place, (Some(at as u64 + 3), Some(field), Some(value), Some(code)));
        let params: BTreeMap<String, String> = serde_json::from_value(error["params"].clone()).unwrap();
        let [en, es] = ["en", "es"].map(|language| phrase(language, &format!("fault.{code}"), &params));
        assert!(en != es && en.contains(value) && es.contains(value) && !es.contains('{'), "{en} / {es}");
        assert_eq!(error["message"], json!(en));
    }
    spoken(&way.ask("import_confirm", file.as_bytes()).unwrap_err(), "import_has_errors");
    assert_eq!(way.rows(), before);
}

#[test]
fn a_client_out_of_scope_is_not_found_by_id_and_unknown_by_code() {
    let way = Way::new();
    let admin = way.plant.call(&way.plant.admin, "client_list", json!({})).unwrap();
    let rival = admin.as_array().unwrap().iter().find(|c| c["code"] == "RIVAL").unwrap();
    let nowhere = json!("00000000-0000-7000-8000-000000000009");
    let token = way.plant.upload(&way.lea, "a.csv", format!("{HEAD}\n").as_bytes()).unwrap();
    for client in [&rival["id"], &nowhere] {
        for name in ["import_preview", "import_confirm"] {
            let input = json!({ "token": token, "kind": "production", "client_id": client });
            let fault = way.call(name, input).unwrap_err();
            spoken(&fault, "missing");
            assert!(fault.params.is_empty() && fault.field.is_none());
        }
    }
}

#[test]
fn what_other_programs_write_is_read_all_the_same() {
    let (way, year) = (Way::new(), std::cell::Cell::new(2010));
    let text = || {
        year.set(year.get() + 1);
        format!("client;day;shift;line;product;crew;produced\nOURS;{}-01-31;A;Línea Ñ;P;4,5;10\n", year.get())
    };
    let windows = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    let files = [
        text().into_bytes(),
        [b"\xEF\xBB\xBF".as_slice(), text().as_bytes()].concat(),
        utf16(&text()),
        windows(&text()),
    ];
    for bytes in &files {
        assert_eq!(way.ask("import_confirm", bytes).unwrap()["written"], 1);
    }
    let read = |name: &str| way.call(name, way.client()).unwrap();
    let lines: Vec<_> = read("line_list").as_array().unwrap().iter().map(|l| l["code"].clone()).collect();
    assert_eq!(lines, [json!("Línea Ñ")]);
    let crews: Vec<_> = read("line_shift_list").as_array().unwrap().iter().map(|l| l["crew"].clone()).collect();
    assert_eq!(crews, vec![json!(4.5); files.len()]);
}
