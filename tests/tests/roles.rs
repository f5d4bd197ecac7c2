//! Who may do what, as one reviewed table.
use checks::snapshot;
use domain::{Group, Role, SHAPES, Verb, logged};
use std::fmt::Write;

/// The role table, one line for each table and verb.
fn table() -> String {
    let mut text = String::from("Who may do what: one line for each table and verb, one column for each role.\n\n");
    let roles: Vec<_> = Role::ALL.iter().map(|r| format!("{:>11}", r.word())).collect();
    let _ = writeln!(text, "{:<17} {:<7} {:<8}{}", "table", "group", "verb", roles.concat());
    for shape in logged() {
        for verb in Verb::ALL {
            let may = |role: &Role| format!("{:>11}", if role.may(*verb, shape.group) { "yes" } else { "." });
            let cells: Vec<_> = Role::ALL.iter().map(may).collect();
            let _ =
                writeln!(text, "{:<17} {:<7} {:<8}{}", shape.table, shape.group.word(), verb.word(), cells.concat());
        }
        text.push('\n');
    }
    text + &hidden() + &sight()
}

/// Columns that concern a person, and the roles that see them filled.
fn hidden() -> String {
    let sees: Vec<_> = Role::ALL.iter().filter(|r| r.sees_people()).map(|r| r.word()).collect();
    let mut text = format!("What concerns a person is read by {} alone:\n\n", sees.join(", "));
    for shape in SHAPES.iter().filter(|shape| !shape.hidden.is_empty()) {
        let _ = writeln!(text, "{:<17} {}", shape.table, shape.hidden.join(", "));
    }
    text + "\n"
}

/// Which roles see every active client without being assigned to it.
fn sight() -> String {
    let all: Vec<_> = Role::ALL.iter().filter(|r| r.sees_every_client()).map(|r| r.word()).collect();
    format!("Every active client is in the scope of {}; of the others, the clients assigned.\n", all.join(" and "))
}

#[test]
fn the_role_table_is_as_reviewed() {
    snapshot::same("roles.txt", &table());
}

#[test]
fn a_higher_role_may_whatever_a_lower_one_may_but_take_files_out() {
    for group in Group::ALL {
        for verb in Verb::ALL.iter().filter(|v| **v != Verb::Export) {
            let may: Vec<_> = Role::ALL.iter().map(|r| r.may(*verb, *group)).collect();
            assert!(may.is_sorted(), "{} {}: {may:?}", verb.word(), group.word());
        }
    }
}
