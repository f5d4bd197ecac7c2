//! Alerts and honesty checks on the command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "it is all test"
)]
mod plant;

use plant::Plant;

/// 600 units of 15 minutes are more than ten people can earn in 540.
const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,300\n\
    ACME,2025-03-04,DAY,L1,P1,15,10,540,600\n";

#[test]
fn honesty_names_the_rows_and_says_why_in_both_languages() {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    let ask = ["honesty", "--from", "2025-03-01", "--to", "2025-03-31"];
    let json = plant.ada(&[&ask[..], &["--client", "ACME", "--json"]].concat()).fine().json();
    let found: Vec<_> = json["checks"].as_array().unwrap().iter().filter(|c| c["total"] != 0).collect();
    assert_eq!(
        (found.len(), &found[0]["code"], &found[0]["findings"][0]["day"]),
        (1, &"over_performance".into(), &"2025-03-04".into())
    );
    let english = plant.ada(&ask).fine().out;
    assert!(
        english.contains("! Performance over 100 % (1)")
            && english.contains("ACME 2025-03-04 L1 DAY: 1 row: 1.67 against 1.00"),
        "{english}"
    );
    let spanish = plant.call("ada", "ada.txt", "es", &ask).fine().out;
    assert!(spanish.contains("Desempeño arriba de 100 %") && spanish.contains("estándar"), "{spanish}");
    assert_eq!(plant.ada(&["honesty", "--from", "2025-03-31", "--to", "2025-03-01"]).error().0, "bad_period");
}

#[test]
fn alerts_are_looked_for_and_listed() {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    let said = plant.ada(&["alerts", "--look", "--json"]).fine().json();
    assert_eq!((&said["looked"]["raised"], &said["alerts"]), (&0.into(), &serde_json::json!([])));
    assert_eq!(plant.ada(&["alerts", "--look"]).fine().out, "Raised: 0. Returned: 0. Gone: 0.\nNothing to see to.\n");
    let unlooked = plant.ada(&["alerts"]).fine().out;
    assert!(unlooked.contains("Nothing was raised") && unlooked.contains("--look"), "{unlooked}");
    assert_eq!(plant.ada(&["alerts", "--client", "OTHER"]).error().0, "missing");
}

#[test]
fn an_alert_names_its_client() {
    let plant = Plant::new();
    plant.import("production", &plant.file("rows.csv", ROWS));
    let order = plant.file("order.csv", "client,code,quantity,required_date\nACME,A-1,10,2025-03-01\n");
    plant.ada(&["import", "--table", "work_order", &order.display().to_string(), "--confirm"]).fine();
    let said = plant.ada(&["alerts", "--look"]).fine().out;
    assert!(said.contains("‼ ACME: Order A-1 is "), "{said}");
}

#[test]
fn a_check_that_there_is_not_is_refused_with_those_there_are() {
    let plant = Plant::new();
    let ask = ["honesty", "--from", "2025-03-01", "--to", "2025-03-31", "--check", "heaping,nope"];
    let (code, field, message) = plant.ada(&ask).error();
    assert_eq!((code.as_str(), field.as_str()), ("no_such_check", "check"));
    assert!(message.contains("nope") && message.contains("heaping, no_short_stops"), "{message}");
}
