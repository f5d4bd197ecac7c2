//! What is impossible about a row is refused with its field named, in both languages.
use crate::spoken;
use checks::row;
use domain::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// A complete row of an entity with some of its fields changed.
fn with<E: Entity>(fields: &Json) -> E {
    let client = Id::fact(Id::from_bytes([0; 16]), "client", "ACME");
    let mut row = serde_json::to_value(row::row::<E>(client, "ACME")).unwrap();
    for (field, value) in fields.as_object().unwrap() {
        row[field] = value.clone();
    }
    serde_json::from_value(row).unwrap()
}

/// The fields a row is refused for, with why.
fn problems<E: Entity>(row: &E) -> Vec<(&'static str, Code)> {
    let mut problems = Problems::default();
    row.check(&mut problems);
    problems.0.into_iter().map(|problem| (problem.field, problem.code)).collect()
}

/// Which field a row is refused for, and why; each refusal says so in both languages.
fn refused(table: &str, fields: &Json, field: &str, code: &str) {
    macro_rules! each {
        ($($entity:ident),* $(,)?) => {$(
            if <domain::$entity as Entity>::TABLE == table {
                let mut found = Problems::default();
                with::<domain::$entity>(fields).check(&mut found);
                let problem = found.0.iter().find(|problem| problem.field == field);
                let problem = problem.unwrap_or_else(|| panic!("{table} with {fields} is not refused at {field}"));
                let mut fault = Fault::new(problem.code).at(field);
                problem.params.iter().for_each(|(name, value)| fault = fault.clone().with(name, value));
                spoken(&fault, code);
                return;
            }
        )*};
    }
    entities!(each);
    panic!("there is no table {table}");
}

/// The rules between the fields of a row, and the ends of what a field can hold.
#[test]
#[allow(clippy::too_many_lines, reason = "every rule is a line")]
fn the_impossible_is_refused_with_the_field_named() {
    let rules = [
        ("production_entry", json!({ "produced": 9, "defective": 10 }), "defective", "defective_over_produced"),
        (
            "production_entry",
            json!({ "defective": 5, "rework": 3, "repair": 2, "scrap": 1 }),
            "defective",
            "parts_over_defective",
        ),
        (
            "production_entry",
            json!({ "produced": 9, "defective": null, "scrap": 10 }),
            "defective",
            "defective_over_produced",
        ),
        ("production_entry", json!({ "produced": 1_000_000_001 }), "produced", "too_large"),
        ("production_entry", json!({ "run_minutes": 1500.5 }), "run_minutes", "long_day"),
        ("production_entry", json!({ "hour": 25 }), "hour", "too_large"),
        ("line_shift", json!({ "net_minutes": 1500.5 }), "net_minutes", "long_day"),
        ("downtime_entry", json!({ "minutes": 1500.5 }), "minutes", "long_day"),
        ("downtime_entry", json!({ "start_minute": 1500.5 }), "start_minute", "long_day"),
        (
            "quality_entry",
            json!({ "inspected": 9, "passed": null, "defective": 10 }),
            "defective",
            "defective_over_inspected",
        ),
        (
            "quality_entry",
            json!({ "inspected": 9, "passed": 10, "defective": null }),
            "passed",
            "passed_plus_defective",
        ),
        ("quality_entry", json!({ "inspected": 9, "passed": 5, "defective": 3 }), "passed", "passed_plus_defective"),
        (
            "quality_entry",
            json!({ "defective": 5, "rework": 3, "repair": 2, "scrap": 1 }),
            "defective",
            "parts_over_defective",
        ),
        ("quality_entry", json!({ "sample_percent": 100.5 }), "sample_percent", "too_large"),
        ("attendance_entry", json!({ "scheduled_hours": 25.5 }), "scheduled_hours", "long_day"),
        ("attendance_entry", json!({ "actual_hours": 25.5 }), "actual_hours", "long_day"),
        (
            "attendance_entry",
            json!({ "scheduled_hours": 8.0, "absent_hours": 8.5 }),
            "absent_hours",
            "absent_over_scheduled",
        ),
        (
            "attendance_entry",
            json!({ "actual_hours": 8.0, "normal_hours": 8.0, "double_hours": 1.0 }),
            "normal_hours",
            "split_over_actual",
        ),
        ("coverage_entry", json!({ "hours": 25.5 }), "hours", "long_day"),
        ("coverage_entry", json!({ "idle_minutes": 1500.5 }), "idle_minutes", "long_day"),
        ("hold_entry", json!({ "quantity": 5, "released": 3, "scrapped": 3 }), "released", "parts_over_held"),
        ("hold_entry", json!({ "held_from": "2025-06-02", "held_to": "2025-06-01" }), "held_to", "bad_period"),
        ("hold_entry", json!({ "held_from_minute": 1440 }), "held_from_minute", "too_large"),
        ("work_order", json!({ "actual_start_minute": 1440 }), "actual_start_minute", "too_large"),
        ("calendar_day", json!({ "net_minutes": 1500.5 }), "net_minutes", "long_day"),
        ("line_calendar", json!({ "weekdays": 128 }), "weekdays", "too_large"),
        ("shift_time", json!({ "start_minute": 1440 }), "start_minute", "too_large"),
        ("shift_break", json!({ "minutes": 1500.5 }), "minutes", "long_day"),
        ("part_opportunities", json!({ "opportunities": 0 }), "opportunities", "empty"),
        ("employee_line", json!({ "share": 1.5 }), "share", "too_large"),
        ("client_setting", json!({ "time_zone": "Europe/Nowhere" }), "time_zone", "bad_zone"),
        ("client_setting", json!({ "delivery_tolerance": 1.5 }), "delivery_tolerance", "too_large"),
        ("client_setting", json!({ "wip_band_1": 20, "wip_band_2": 14 }), "wip_band_2", "bad_period"),
        ("product", json!({ "code": " " }), "code", "empty"),
    ];
    for (table, fields, field, code) in rules {
        refused(table, &fields, field, code);
    }
}

/// Columns where less than nothing, or a text of any length, is no mistake a person can make.
const FREE: [&str; 13] = [
    // Moments, written by a step.
    "alert.raised_at",
    "alert.resolved_at",
    "alert.seen_at",
    "hold_entry.approved_at",
    "hold_entry.requested_at",
    "hold_entry.resume_at",
    "hold_entry.resumed_at",
    "line_shift.handover_at",
    "line_shift.signed_at",
    // A figure and its limit, of any sign.
    "alert.against",
    "alert.value",
    // What the program notes of a file.
    "import_batch.file_id",
    "import_batch.mapping",
];

#[test]
fn no_number_is_below_zero_or_beyond_all_sense_and_no_text_is_endless_in_any_column() {
    let (mut accepted, mut tried) = (BTreeSet::new(), 0);
    macro_rules! each {
        ($($entity:ident),* $(,)?) => {$(
            for column in <domain::$entity as Entity>::COLUMNS {
                let tries: &[Json] = match column.kind {
                    Kind::Int => &[json!(-1), json!(i64::MIN), json!(i64::MAX)],
                    Kind::Real => &[json!(-0.5), json!(f64::MIN)],
                    Kind::Text if column.words.is_empty() => &[json!("x".repeat(2_001))],
                    _ => &[],
                };
                for value in tries {
                    tried += 1;
                    let row = with::<domain::$entity>(&json!({ column.name: value }));
                    if !problems(&row).iter().any(|(field, _)| *field == column.name) {
                        accepted.insert(format!("{}.{}", <domain::$entity as Entity>::TABLE, column.name));
                    }
                }
            }
        )*};
    }
    entities!(each);
    let free: BTreeSet<String> = FREE.iter().map(ToString::to_string).collect();
    assert_eq!(accepted, free);
    assert!(tried > 150, "{tried}");
}
