//! A shift is saved, corrected, taken back.
use crate::stage::{Floor, again, fault, told, with};
use serde_json::{Value as Json, json};

/// Produced units by hour.
fn produced(sheet: &Json) -> Vec<i64> {
    sheet["entries"].as_array().unwrap().iter().map(|e| e["produced"].as_i64().unwrap()).collect()
}

#[test]
fn eight_hours_with_rejects_and_stops_are_one_save() {
    let f = Floor::new();
    assert_eq!(f.sheet(&f.olga)["state"], "none");
    let sheet = f.call(&f.olga, "floor_save", f.whole_shift()).unwrap();
    assert_eq!(f.sheet(&f.sue)["entries"], sheet["entries"]);
    assert_eq!((&sheet["state"], produced(&sheet)), (&json!("open"), vec![30; 8]));
    let (third, stops) = (&sheet["entries"][2], sheet["stops"].as_array().unwrap());
    assert_eq!((&third["hour"], &third["defective"], &third["author"]), (&json!(2), &json!(3), &json!("olga")));
    assert_eq!((&third["rejects"][0]["defect"], &third["rejects"][0]["quantity"]), (&json!("hole"), &json!(3)));
    assert_eq!(stops.iter().map(|s| s["minutes"].as_f64().unwrap()).collect::<Vec<_>>(), [20.0, 10.0]);
    // 4 people × 480 min; the jam holds up all four, the check one; 240 units at 6 min.
    let figures = ["produced", "defective", "good", "planned", "stops_minutes", "earned", "to_explain"];
    assert_eq!(figures.map(|k| sheet[k].as_f64().unwrap()), [240.0, 5.0, 235.0, 1920.0, 90.0, 1440.0, 390.0]);
    assert_eq!((&sheet["crew"]["source"], &sheet["net_minutes"]["source"]), (&json!("entered"), &json!("shift_clock")));
    assert_eq!((sheet["hours"].as_array().unwrap().len(), &sheet["flags"]), (8, &json!([])));
}

#[test]
fn a_save_is_taken_back_whole_and_brought_again() {
    let f = Floor::new();
    let saved = f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    let undone = f.call(&f.sue, "undo", json!({})).unwrap();
    // The line shift, eight entries, two rejects, two stops.
    assert_eq!((&undone["what"], &undone["changed"]), (&json!("L1 DAY 2025-06-13"), &json!(13)));
    let empty = f.sheet(&f.sue);
    assert_eq!((&empty["state"], &empty["entries"], &empty["stops"]), (&json!("none"), &json!([]), &json!([])));
    f.call(&f.sue, "redo", json!({})).unwrap();
    let back = f.sheet(&f.sue);
    for figure in ["produced", "good", "stops_minutes", "earned", "to_explain", "crew", "line_shift_id"] {
        assert_eq!(back[figure], saved[figure], "{figure}");
    }
    assert_eq!((produced(&back), &back["entries"][2]["rejects"]), (vec![30; 8], &saved["entries"][2]["rejects"]));
}

#[test]
fn only_what_is_listed_is_written() {
    let f = Floor::new();
    let saved = f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    let entry = again(&saved["entries"][1], json!({ "produced": 31 }));
    let sheet = f.save(&f.olga, &[entry], &[]).unwrap();
    assert_eq!(produced(&sheet), [30, 31, 30, 30, 30, 30, 30, 30]);
    assert_eq!((&sheet["entered_crew"], &sheet["entries"][2]), (&json!(4.0), &saved["entries"][2]));
    assert_eq!((&sheet["entries"][1]["author"], &sheet["entries"][0]["author"]), (&json!("olga"), &json!("sue")));
    let none = f.call(&f.sue, "floor_save", f.saved(json!({ "crew": null }))).unwrap();
    assert_eq!(none["entered_crew"], json!(null));
}

#[test]
fn rejects_follow_their_entry() {
    let f = Floor::new();
    let saved = f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    let third = &saved["entries"][2];
    let two = json!([with(third["rejects"][0].clone(), json!({ "quantity": 1 })), { "id": null, "defect": "seam", "cause": null, "quantity": 2 }]);
    let sheet = f.save(&f.sue, &[again(third, json!({ "rejects": two }))], &[]).unwrap();
    let rejects = |sheet: &Json| -> Vec<(String, i64)> {
        let of = |r: &Json| (r["defect"].as_str().unwrap().to_string(), r["quantity"].as_i64().unwrap());
        sheet["entries"][2]["rejects"].as_array().unwrap().iter().map(of).collect()
    };
    assert_eq!(rejects(&sheet), [("hole".to_string(), 1), ("seam".to_string(), 2)]);
    let none = f.save(&f.sue, &[again(&sheet["entries"][2], json!({ "rejects": [] }))], &[]).unwrap();
    assert_eq!(rejects(&none), []);
    // A reject of another entry is not there.
    let foreign = again(&none["entries"][2], json!({ "rejects": saved["entries"][4]["rejects"] }));
    assert_eq!(told(f.save(&f.sue, &[foreign], &[])), fault("missing", "entries.0", "1"));
}

#[test]
fn a_row_taken_away_comes_back_as_the_same_fact() {
    let f = Floor::new();
    let saved = f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    let (hour, stop) = (&saved["entries"][7]["id"], &saved["stops"][0]["id"]);
    let sheet = f.call(&f.sue, "floor_save", f.saved(json!({ "removed": [hour, stop] }))).unwrap();
    assert_eq!((produced(&sheet).len(), sheet["stops"].as_array().unwrap().len()), (7, 1));
    let back = f.save(&f.olga, &[f.hour(7, 12)], &[]).unwrap();
    assert_eq!((&back["entries"][7]["id"], &back["entries"][7]["produced"]), (hour, &json!(12)));
}

#[test]
fn a_correction_of_what_others_have_written_since_is_refused() {
    let f = Floor::new();
    let seen = f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    f.save(&f.olga, &[again(&seen["entries"][3], json!({ "produced": 33 }))], &[]).unwrap();
    f.save(&f.olga, &[], &[again(&seen["stops"][1], json!({ "minutes": 11.0 }))]).unwrap();
    let late =
        [again(&seen["entries"][2], json!({ "produced": 29 })), again(&seen["entries"][3], json!({ "produced": 34 }))];
    let refused = f.save(&f.sue, &late, &[]).unwrap_err();
    assert_eq!(refused.params["who"], "olga");
    assert_eq!(told(Err(refused)), fault("taken_meanwhile", "entries.1.produced", "2"));
    let stop = again(&seen["stops"][1], json!({ "minutes": 12.0 }));
    let refused = told(f.save(&f.sue, &late[..1], &[stop]));
    assert_eq!((refused.0.as_str(), refused.1.unwrap().starts_with("stops.0")), ("taken_meanwhile", true));
    // What came with it was not saved either.
    let sheet = f.sheet(&f.sue);
    assert_eq!((produced(&sheet)[2..4].to_vec(), &sheet["stops"][1]["minutes"]), (vec![30, 33], &json!(11.0)));
    let (now, then) = (&sheet["entries"][3], json!({ "produced": 34 }));
    assert_eq!(produced(&f.save(&f.sue, &[again(now, then)], &[]).unwrap())[3], 34);
}

#[test]
fn a_clock_set_back_hides_no_correction_of_others() {
    let f = Floor::new();
    let seen = f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    f.plant.store.clock().advance(-3_600_000);
    f.save(&f.olga, &[again(&seen["entries"][3], json!({ "produced": 33 }))], &[]).unwrap();
    let late = again(&seen["entries"][3], json!({ "produced": 34 }));
    assert_eq!(told(f.save(&f.sue, &[late], &[])), fault("taken_meanwhile", "entries.0.produced", "1"));
    assert_eq!(produced(&f.sheet(&f.sue))[3], 33);
}

#[test]
fn a_new_row_for_an_hour_that_is_there_is_refused() {
    let f = Floor::new();
    f.save(&f.olga, &[f.hour(1, 28)], &[]).unwrap();
    let refused = f.save(&f.sue, &[f.hour(0, 30), f.hour(1, 30)], &[]).unwrap_err();
    assert_eq!(refused.params["who"], "olga");
    assert_eq!(told(Err(refused)), fault("taken_meanwhile", "entries.1.produced", "2"));
    assert_eq!(produced(&f.sheet(&f.sue)), [28]);
    // Another product of the hour is another row.
    let other = with(f.hour(1, 5), json!({ "product_id": null }));
    assert_eq!(produced(&f.save(&f.sue, &[other], &[]).unwrap()).iter().sum::<i64>(), 33);
}

#[test]
fn what_is_odd_is_saved_and_pointed_at() {
    let f = Floor::new();
    let long = with(f.hour(0, 900), json!({ "run_minutes": 500.0 }));
    let stop = with(f.stop(&f.jam, 0, 1000), json!({ "affected": 5.0 }));
    let input = f.saved(json!({ "crew": 2.0, "entries": [long], "stops": [stop] }));
    let sheet = f.call(&f.olga, "floor_save", input).unwrap();
    let codes: Vec<_> = sheet["flags"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["flag.performance", "flag.run_long", "flag.stops_long"]);
    assert_eq!(produced(&f.sheet(&f.sue)), [900]);
    for code in codes {
        for language in ["en", "es"] {
            assert!(domain::fault::catalogue(language).contains_key(code), "{language}: {code}");
        }
    }
}
