//! What cannot be is refused with its row and field, and nothing of it is saved.
use crate::stage::{Floor, fault, told, with};
use serde_json::{Value as Json, json};

/// Nothing was written: the line shift itself is not there.
fn untouched(f: &Floor) {
    let sheet = f.sheet(&f.sue);
    assert_eq!((&sheet["state"], &sheet["entries"], &sheet["stops"]), (&json!("none"), &json!([]), &json!([])));
}

#[test]
fn an_impossible_row_is_named_and_the_rows_before_it_are_not_saved() {
    let f = Floor::new();
    let reject = |defect: &str, quantity: i64| json!({ "defective": 3, "rejects": [{ "id": null, "defect": defect, "cause": null, "quantity": quantity }] });
    let text = "x".repeat(2001);
    let wrong = [
        (json!({ "produced": -1 }), "negative", "produced"),
        (json!({ "produced": 2_000_000_000 }), "too_large", "produced"),
        (json!({ "defective": 31 }), "defective_over_produced", "defective"),
        (json!({ "defective": 2, "rework": 2, "scrap": 1 }), "parts_over_defective", "defective"),
        (json!({ "defective": -2 }), "negative", "defective"),
        (json!({ "hour": 25 }), "too_large", "hour"),
        (json!({ "run_minutes": 1501.0 }), "long_day", "run_minutes"),
        (json!({ "crew_present": -0.5 }), "negative", "crew_present"),
        (json!({ "note": text }), "too_long", "note"),
        (reject("", 1), "empty", "defect"),
        (reject("hole", -1), "negative", "quantity"),
    ];
    for (fields, code, field) in wrong {
        let rows = [f.hour(0, 30), f.hour(1, 30), with(f.hour(2, 30), fields.clone())];
        let refused = f.save(&f.olga, &rows, &[]).unwrap_err();
        assert_ne!((refused.message.as_str(), refused.say("en")), ("", refused.say("es")), "{fields}");
        assert_eq!(told(Err(refused)), fault(code, &format!("entries.2.{field}"), "3"), "{fields}");
        untouched(&f);
    }
}

#[test]
fn an_impossible_stop_is_named_and_nothing_beside_it_is_saved() {
    let f = Floor::new();
    let wrong = [
        (json!({ "minutes": -1.0 }), "negative", "minutes"),
        (json!({ "minutes": 1501.0 }), "long_day", "minutes"),
        (json!({ "start_minute": -5.0 }), "negative", "start_minute"),
        (json!({ "affected": -1.0 }), "negative", "affected"),
    ];
    for (fields, code, field) in wrong {
        let stops = [f.stop(&f.jam, 0, 5), with(f.stop(&f.check, 10, 5), fields.clone())];
        assert_eq!(told(f.save(&f.olga, &[f.hour(0, 30)], &stops)), fault(code, &format!("stops.1.{field}"), "2"));
        untouched(&f);
    }
}

#[test]
fn an_impossible_shift_is_named_by_its_field() {
    let f = Floor::new();
    for (fields, code, field) in [
        (json!({ "crew": -1.0 }), "negative", "crew"),
        (json!({ "net_minutes": 1501.0 }), "long_day", "net_minutes"),
        (json!({ "overtime": -1.0 }), "negative", "overtime"),
        (json!({ "planned_units": -1.0 }), "negative", "planned_units"),
    ] {
        let refused = f.call(&f.olga, "floor_save", f.saved(with(fields, json!({ "entries": [f.hour(0, 30)] }))));
        assert_eq!(told(refused), (code.into(), Some(field.into()), None));
        untouched(&f);
    }
}

#[test]
fn a_field_nobody_knows_or_of_a_wrong_type_is_refused_by_its_name() {
    let f = Floor::new();
    let (entry, stop) = (|fields: Json| with(f.hour(0, 30), fields), |fields: Json| with(f.stop(&f.jam, 0, 5), fields));
    let wrong = [
        (json!({ "shift": 1 }), "shift"),
        (json!({ "entries": [entry(json!({ "good": 1 }))] }), "good"),
        (json!({ "stops": [stop(json!({ "action": "none" }))] }), "action"),
        (json!({ "entries": [entry(json!({ "produced": "30" }))] }), "30"),
        (json!({ "entries": [entry(json!({ "produced": 30.5 }))] }), "30.5"),
        (json!({ "entries": [entry(json!({ "produced": true }))] }), "true"),
        (json!({ "stops": [stop(json!({ "minutes": "5,5" }))] }), "5,5"),
        (json!({ "crew": "four" }), "four"),
        (json!({ "day": "2025-02-30" }), "2025-02-30"),
        (json!({ "day": 45_000 }), "45000"),
        (json!({ "removed": ["x"] }), "x"),
    ];
    for (fields, named) in wrong {
        let refused = f.call(&f.olga, "floor_save", f.saved(fields.clone())).unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.message.contains(named)),
            ("bad_input", true),
            "{fields}: {refused}"
        );
        untouched(&f);
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let f = Floor::new();
    let nowhere = "00000000-0000-7000-8000-000000000009";
    for field in ["line_id", "shift_id", "client_id"] {
        let refused = f.call(&f.sue, "floor_sheet", with(f.place(), json!({ field: nowhere })));
        assert_eq!(refused.unwrap_err().code, "missing", "{field}");
    }
    let entry = with(f.hour(0, 30), json!({ "id": nowhere }));
    assert_eq!(told(f.save(&f.sue, &[entry], &[])), fault("missing", "entries.0", "1"));
    let product = with(f.hour(0, 30), json!({ "product_id": nowhere }));
    assert_ne!(f.save(&f.sue, &[product], &[]).unwrap_err().code, "internal");
    untouched(&f);
}
