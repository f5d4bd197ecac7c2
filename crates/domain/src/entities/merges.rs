//! What the tables say of how two people's values come together, held against their rules.
use super::*;
use crate::{
    Id, Kind, Value,
    feed::rules::judge,
    merge::{Folded, Policy, Versions},
};

fn tried(column: &crate::Column) -> Vec<Value> {
    match column.kind {
        Kind::Id => vec![Value::Id([7; 16])],
        Kind::Bool => vec![Value::Int(0), Value::Int(1)],
        Kind::Text if column.name == "token" => vec![Value::Text(Id::<()>::from_bytes([7; 16]).hex())],
        Kind::Text if column.name == "time_zone" => vec![Value::Text("UTC".into())],
        Kind::Text if column.words.is_empty() => vec![Value::Text("x".into())],
        Kind::Text => column.words.iter().map(|w| Value::Text((*w).into())).collect(),
        Kind::Real => [0.0, 1.0, 5.0].map(Value::Real).to_vec(),
        Kind::Int | Kind::Day => [0, 1, 5].map(Value::Int).to_vec(),
    }
}

/// A row of the table that keeps its rules, with these values.
fn row(shape: &Shape, set: &[(usize, &Value)]) -> Folded {
    let blank = |c: &crate::Column| if c.null { Value::Null } else { tried(c).last().cloned().unwrap_or(Value::Null) };
    let mut values: Vec<Value> = shape.columns.iter().map(blank).collect();
    set.iter().for_each(|(i, v)| values[*i] = (*v).clone());
    Folded::of(values, Versions::created(Id::from_bytes([1; 16])), false)
}

/// Whether the rules of the table let one column have a value that depends on the other's.
fn depend(shape: &Shape, a: usize, b: usize) -> bool {
    let rules = |x: &Value, y: &Value| {
        let client = if shape.group == crate::Group::Pool { Client::PLANT } else { Id::from_bytes([7; 16]) };
        judge(client, (shape.number, [7; 16]), &row(shape, &[(a, x), (b, y)])).is_some_and(|j| j.0)
    };
    let (xs, ys) = (tried(&shape.columns[a]), tried(&shape.columns[b]));
    let alone = |x: &Value| ys.iter().any(|y| rules(x, y));
    let other = |y: &Value| xs.iter().any(|x| rules(x, y));
    xs.iter().any(|x| ys.iter().any(|y| alone(x) && other(y) && !rules(x, y)))
}

#[test]
fn columns_that_a_rule_reads_with_others_are_named() {
    let mut found = 0;
    for shape in logged() {
        for (a, b) in (0..shape.columns.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
            if depend(shape, a, b) {
                found += 1;
                for c in [a, b] {
                    let column = &shape.columns[c];
                    assert!(column.ruled, "{}.{} is read by a rule over several columns", shape.table, column.name);
                }
            }
        }
    }
    assert!(found > 10, "only {found} pairs: the samples show no rules");
}

#[test]
fn nothing_a_person_writes_is_overwritten_unseen() {
    let last = logged().flat_map(|s| s.columns.iter().map(move |c| (s.table, c)));
    let last: Vec<_> = last.filter(|(_, c)| c.merge == Policy::Last).map(|(t, c)| format!("{t}.{}", c.name)).collect();
    let machine = [
        "production_entry.entry_method",
        "alert.label",
        "alert.critical",
        "alert.raised_at",
        "alert.value",
        "alert.against",
    ];
    assert!(last.iter().all(|c| machine.contains(&c.as_str())), "{last:?}");
}

#[test]
fn columns_of_a_unit_are_more_than_one() {
    for shape in logged() {
        for unit in 1..=shape.columns.iter().map(|c| c.together).max().unwrap_or(0) {
            let members = shape.columns.iter().filter(|c| c.together == unit).count();
            assert!(members > 1, "unit {unit} of {}", shape.table);
        }
    }
}
