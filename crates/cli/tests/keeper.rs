//! A PC that keeps the order for others, without a server: from its own file to two PCs that agree.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop, and makes its own files")]
mod keeping;
mod plant;

use keeping::{Keeping, hub, joins, login};
use plant::Plant;
use serde_json::Value as Json;

const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,100\n";

fn value(pc: &Plant, user: &str) -> f64 {
    let answer = pc.call(user, "ada.txt", "en", &["kpi", "efficiency", "--client", "ACME", "--json"]).fine().json();
    answer["rows"][0]["value"].as_f64().unwrap()
}

#[test]
fn a_pc_keeps_the_order_for_another_and_goes_on_after_a_kill() {
    let (first, second) = (Plant::new(), Plant::new());
    first.import("production", &first.file("rows.csv", ROWS));
    let keeper = Keeping::start(&first, "127.0.0.1:0", Some("ada")).unwrap();
    first.ada(&["sync"]).fine();
    joins(&keeper, &first, &second);
    second.ada(&["sync"]).fine();
    let login = login(&first);
    assert_eq!(value(&second, &login).to_bits(), value(&first, "ada").to_bits());
    // Written apart while nobody keeps the order: both are there when it is kept again.
    let listen = keeper.listens();
    keeper.killed();
    let more = |pc: &Plant, user: &str, day: &str| {
        let file = pc.file("more.csv", &ROWS.replace("03-03", day)).display().to_string();
        pc.call(user, "ada.txt", "en", &["import", "production", &file, "--confirm"]).fine();
    };
    more(&first, "ada", "03-04");
    more(&second, &login, "03-05");
    let keeper = Keeping::start(&first, &listen, None).unwrap();
    for pc in [&first, &second, &first] {
        pc.call(if std::ptr::eq(pc, &first) { "ada" } else { &login }, "ada.txt", "en", &["sync"]).fine();
    }
    assert_eq!(value(&second, &login).to_bits(), value(&first, "ada").to_bits());
    let pcs = hub(&first, &["pcs"]);
    assert_eq!(pcs["pcs"].as_array().unwrap().len(), 2);
    assert_eq!(pcs["pcs"][0]["clients"], serde_json::json!(["ACME"]));
    drop(keeper);
}

#[test]
fn a_folder_is_carried_to_a_keeper_and_its_book_is_backed_up() {
    let (first, second) = (Plant::new(), Plant::new());
    first.import("production", &first.file("rows.csv", ROWS));
    let keeper = Keeping::start(&first, "127.0.0.1:0", Some("ada")).unwrap();
    first.ada(&["sync"]).fine();
    joins(&keeper, &first, &second);
    keeper.killed();
    let stick = tempfile::tempdir().unwrap();
    let folder = stick.path().display().to_string();
    second.ada(&["carry", &folder]).fine();
    assert_eq!(hub(&first, &["carry", &folder])["answered"].as_array().unwrap().len(), 1);
    second.ada(&["carry", &folder]).fine();
    assert_eq!(value(&second, &login(&first)).to_bits(), value(&first, "ada").to_bits());
    let file = first.path("book.db").display().to_string();
    let held = hub(&first, &["back-up", &file]);
    assert_eq!(held["clients"], 1);
    assert!(held["entries"].as_i64().unwrap() > 0);
}

#[test]
fn only_an_admin_makes_a_keeper_and_asks_it() {
    let pc = Plant::new();
    pc.ada(&[
        "user",
        "add",
        "lea",
        "--role",
        "leader",
        "--new-password-file",
        &pc.path("lea.txt").display().to_string(),
    ]);
    let refused = |e: Json| e["error"]["code"].as_str().unwrap().to_string();
    assert_eq!(refused(Keeping::start(&pc, "127.0.0.1:0", None).err().unwrap()), "usage");
    assert_eq!(pc.ada(&["hub", "people", "--json"]).error().0, "usage", "nobody keeps the order here yet");
    let keeper = Keeping::start(&pc, "127.0.0.1:0", Some("ada")).unwrap();
    assert_eq!(pc.lea(&["hub", "people", "--json"]).error().0, "forbidden");
    assert_eq!(pc.lea(&["hub", "deeds", "--json"]).error().0, "forbidden");
    assert_eq!(hub(&pc, &["people"])["people"].as_array().unwrap().len(), 2);
    assert_eq!(pc.ada(&["hub", "backed-up", "--json"]).error().0, "hub_not_of_this_kind");
    let second = Keeping::start(&pc, "127.0.0.1:0", None).err().unwrap();
    assert_eq!(refused(second), "hub_try_runs");
    drop(keeper);
}
