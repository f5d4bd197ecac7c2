use super::*;
use crate::{Group, Id, Kind, change::Op};

const fn column(name: &'static str, merge: Policy, together: u8, ruled: bool) -> Column {
    let kind = if matches!(merge, Policy::Append) { Kind::Text } else { Kind::Int };
    Column { name, kind, null: true, refers: None, words: &[], merge, together, ruled }
}

/// A table with a column of every kind of merge; good and scrap may not exceed the total.
const COLUMNS: &[Column] = &[
    column("count", Policy::Review, 0, false),
    column("good", Policy::Review, 1, true),
    column("scrap", Policy::Review, 1, true),
    column("total", Policy::Review, 0, true),
    column("moved", Policy::Add, 0, false),
    column("log", Policy::Append, 0, false),
    column("peak", Policy::Max, 0, false),
    column("look", Policy::Last, 0, false),
    column("key", Policy::Fixed, 0, false),
];
const SHAPE: Shape = Shape { table: "t", number: 1, group: Group::Floor, columns: COLUMNS, hidden: &[] };

fn sound(row: &Folded) -> bool {
    let n = |i: usize| if let Value::Int(n) = row.values[i] { Some(n) } else { None };
    n(1).unwrap_or(0) + n(2).unwrap_or(0) <= n(3).unwrap_or(i64::MAX)
}
fn op(n: u8) -> Id<Op> {
    Id::from_bytes([n; 16])
}
fn write(n: u8, act: Act, patch: &[(&str, i64)], base: &[(&str, u8)]) -> Write {
    let patch = patch.iter().map(|(c, v)| (place(COLUMNS, c), Value::Int(*v))).collect();
    let base = base.iter().map(|(c, o)| (place(COLUMNS, c), vec![op(*o)])).collect();
    Write { op: op(n), act, patch, base, seen: vec![], closes: vec![], erases: false }
}
fn take(row: Option<Folded>, w: &Write) -> (Option<Folded>, Verdict) {
    let d = decide(&SHAPE, row.as_ref(), w, Some(&sound));
    (if d.verdict.is_logged() { apply(row, w, &d, &SHAPE) } else { row }, d.verdict)
}
fn made(patch: &[(&str, i64)]) -> Option<Folded> {
    take(None, &write(1, Act::Create, patch, &[])).0
}
fn patch(row: Option<Folded>, n: u8, values: &[(&str, i64)], base: &[(&str, u8)]) -> (Option<Folded>, Verdict) {
    take(row, &write(n, Act::Patch, values, base))
}
fn value(row: &Option<Folded>, column: &str) -> Value {
    row.as_ref().map_or(Value::Null, |r| r.value(&place(COLUMNS, column)).clone())
}

#[test]
fn a_row_kept_as_text_is_the_same_row_to_an_older_and_a_newer_program() {
    let (row, _) = patch(made(&[("count", 5), ("key", 1)]), 2, &[("count", 7)], &[("count", 1)]);
    let (row, _) = patch(row, 3, &[("count", 8), ("moved", 2)], &[("count", 1)]);
    let row = row.unwrap();
    assert_eq!(row.conflicts.len(), 1);
    let digest = |columns: &'static [Column], row: &Folded| row.digest(columns, 1, &[9; 16]);
    assert_eq!(Folded::of_text(COLUMNS, &row.text(COLUMNS)).unwrap(), row);
    // A program without the last five columns keeps them, and one that has them finds them again.
    let older = Folded::of_text(&COLUMNS[..4], &row.text(COLUMNS)).unwrap();
    assert_eq!((older.values.len(), older.others.len()), (4, 2));
    assert_eq!(digest(&COLUMNS[..4], &older), digest(COLUMNS, &row));
    let again = Folded::of_text(COLUMNS, &older.text(&COLUMNS[..4])).unwrap();
    assert_eq!(digest(COLUMNS, &again), digest(COLUMNS, &row));
    assert_eq!(Folded::of_text(COLUMNS, "{}"), None);
}
#[test]
fn what_was_written_to_a_row_that_is_gone_is_in_no_base_when_the_row_is_back() {
    let under = made(&[("count", 5)]).map(|row| Folded { gone: true, ..row }).unwrap();
    let lost = write(2, Act::Patch, &[("count", 7)], &[("count", 1)]);
    let own = [lost, write(3, Act::Restore, &[], &[]), write(4, Act::Patch, &[("count", 8)], &[("count", 1)])];
    let at = Place::Column(0);
    let shown = |own| Shown { shape: &SHAPE, under: Some(&under), own }.base(&at);
    assert_eq!(shown(&own[..2]), [op(1)], "nobody has seen the 7 since");
    assert_eq!(shown(&own), [op(1), op(4)]);
}
#[test]
fn a_creation_that_waits_is_seen_and_what_hung_before_it_is_not() {
    let hung = write(2, Act::Patch, &[("count", 7)], &[("count", 1)]);
    let own =
        [hung, write(3, Act::Create, &[("count", 5)], &[]), write(4, Act::Patch, &[("count", 8)], &[("count", 3)])];
    let at = Place::Column(0);
    assert_eq!(Shown { shape: &SHAPE, under: None, own: &own }.base(&at), [op(3), op(4)]);
}
#[test]
fn a_change_on_the_value_shown_applies() {
    let (row, verdict) = patch(made(&[("count", 5)]), 2, &[("count", 7)], &[("count", 1)]);
    assert_eq!((verdict, value(&row, "count")), (Verdict::Applied, Value::Int(7)));
    assert_eq!(row.unwrap().version(&Place::Column(0)), Some(op(2)));
}

#[test]
fn a_change_on_an_old_value_waits_and_loses_nothing() {
    let (row, _) = patch(made(&[("count", 5)]), 2, &[("count", 7)], &[("count", 1)]);
    let (row, verdict) = patch(row, 3, &[("count", 8)], &[("count", 1)]);
    assert_eq!((verdict, value(&row, "count")), (Verdict::Conflict, Value::Int(7)));
    let waits = row.unwrap().conflicts;
    assert_eq!(waits, [Conflict { op: op(3), values: vec![(Place::Column(0), Value::Int(8))] }]);
}

#[test]
fn equal_values_merge_and_other_columns_do_not_touch() {
    let (row, _) = patch(made(&[("count", 5), ("total", 9)]), 2, &[("count", 7)], &[("count", 1)]);
    let (row, verdict) = patch(row, 3, &[("count", 7)], &[("count", 1)]);
    assert_eq!(verdict, Verdict::Merged);
    assert_eq!(patch(row, 4, &[("total", 8)], &[("total", 1)]).1, Verdict::Applied);
}

#[test]
fn two_makers_of_one_fact_make_one_row_and_fill_what_nobody_wrote() {
    let twin = write(2, Act::Create, &[("count", 5), ("total", 8), ("good", 1), ("scrap", 0)], &[]);
    let (row, verdict) = take(made(&[("count", 5), ("total", 6)]), &twin);
    assert_eq!(verdict, Verdict::Conflict);
    assert_eq!((value(&row, "total"), value(&row, "good")), (Value::Int(6), Value::Int(1)));
    assert_eq!(row.unwrap().conflicts[0].values, [(Place::Column(3), Value::Int(8))]);
}

#[test]
fn a_removed_row_takes_no_patch_and_a_stale_removal_waits() {
    let (row, _) = patch(made(&[("count", 5), ("total", 9)]), 2, &[("count", 7)], &[("count", 1)]);
    let stale = write(3, Act::Remove, &[], &[("count", 1), ("total", 1)]);
    let (waiting, verdict) = take(row.clone(), &stale);
    assert_eq!((verdict, waiting.unwrap().conflicts.len()), (Verdict::Conflict, 1));
    let (row, verdict) = take(row, &write(4, Act::Remove, &[], &[("count", 2), ("total", 1)]));
    assert_eq!(verdict, Verdict::Applied);
    for act in [Act::Patch, Act::Create, Act::Remove] {
        assert_eq!(take(row.clone(), &write(5, act, &[("count", 1)], &[("count", 2)])).1, Verdict::Gone);
    }
    assert_eq!(take(None, &write(5, Act::Patch, &[("count", 1)], &[])).1, Verdict::Gone);
    assert!(!take(row, &write(6, Act::Restore, &[], &[])).0.unwrap().gone);
}

#[test]
fn a_removal_that_has_not_seen_an_open_conflict_waits() {
    let (row, _) = patch(made(&[("count", 5)]), 2, &[("count", 7)], &[("count", 1)]);
    let (row, _) = patch(row, 3, &[("count", 8)], &[("count", 1)]);
    let mut away = write(4, Act::Remove, &[], &[("count", 2)]);
    assert_eq!(take(row.clone(), &away).1, Verdict::Conflict);
    away.seen = vec![op(3)];
    let (row, verdict) = take(row, &away);
    assert_eq!((verdict, row.unwrap().conflicts.len()), (Verdict::Applied, 0));
}

#[test]
fn columns_that_belong_together_wait_together() {
    let (row, _) =
        patch(made(&[("good", 5), ("scrap", 1)]), 2, &[("good", 6), ("scrap", 1)], &[("good", 1), ("scrap", 1)]);
    let (row, verdict) = patch(row, 3, &[("good", 5), ("scrap", 2)], &[("good", 1), ("scrap", 1)]);
    assert_eq!(verdict, Verdict::Conflict);
    assert_eq!((value(&row, "good"), value(&row, "scrap")), (Value::Int(6), Value::Int(1)));
    assert_eq!(row.unwrap().conflicts[0].values.len(), 2);
}

#[test]
fn a_broken_rule_is_refused_to_who_saw_all_and_waits_for_who_did_not() {
    let start = made(&[("good", 5), ("scrap", 1), ("total", 9)]);
    let seen = [("good", 1), ("scrap", 1), ("total", 1)];
    assert_eq!(patch(start.clone(), 2, &[("total", 5)], &seen).1, Verdict::Rejected(Why::Rule));
    let (row, _) = patch(start, 2, &[("total", 7)], &seen);
    let (row, verdict) = patch(row, 3, &[("good", 8), ("scrap", 1)], &seen);
    assert_eq!((verdict, value(&row, "good")), (Verdict::Conflict, Value::Int(5)));
    assert!(sound(&row.unwrap()));
}

#[test]
fn sums_texts_and_peaks_come_together_without_a_decision() {
    let start = made(&[("moved", 5), ("peak", 5), ("look", 1)]);
    let (row, a) = patch(start, 2, &[("moved", 3), ("peak", 9), ("look", 2)], &[]);
    let (row, b) = patch(row, 3, &[("moved", -1), ("peak", 7), ("look", 3)], &[]);
    assert_eq!((a, b), (Verdict::Merged, Verdict::Merged));
    assert_eq!(
        (value(&row, "moved"), value(&row, "peak"), value(&row, "look")),
        (Value::Int(7), Value::Int(9), Value::Int(3))
    );
    let text =
        |n, t: &str| Write { patch: vec![(Place::Column(5), Value::Text(t.into()))], ..write(n, Act::Patch, &[], &[]) };
    let (row, _) = take(row, &text(4, "a"));
    assert_eq!(value(&take(row, &text(5, "b")).0, "log"), Value::Text("a\nb".into()));
}

#[test]
fn what_is_written_once_stays() {
    let start = made(&[("key", 5)]);
    assert_eq!(patch(start.clone(), 2, &[("key", 6)], &[("key", 1)]).1, Verdict::Rejected(Why::Fixed));
    assert_eq!(patch(start, 2, &[("key", 5)], &[("key", 1)]).1, Verdict::Applied);
}

#[test]
fn a_decision_closes_what_it_names_and_is_refused_where_it_is_stale() {
    let (row, _) = patch(made(&[("count", 5)]), 2, &[("count", 7)], &[("count", 1)]);
    let (row, _) = patch(row, 3, &[("count", 8)], &[("count", 1)]);
    let (row, _) = patch(row, 4, &[("count", 9)], &[("count", 1)]);
    let decision = |n, value, base| {
        let w = write(n, Act::Patch, &[("count", value)], &[("count", base)]);
        Write { closes: vec![op(3)], ..w }
    };
    assert_eq!(take(row.clone(), &decision(5, 8, 1)).1, Verdict::Rejected(Why::Stale));
    let (row, verdict) = take(row, &decision(6, 7, 2));
    assert_eq!((verdict, value(&row, "count")), (Verdict::Applied, Value::Int(7)));
    let left = row.as_ref().unwrap();
    assert_eq!((left.conflicts.len(), left.conflicts[0].op), (1, op(4)));
    // The decision took the version although the value stayed: a second one is stale.
    assert_eq!(take(row, &decision(7, 8, 2)).1, Verdict::Rejected(Why::Stale));
}

#[test]
fn a_column_of_a_newer_program_is_kept_and_merged() {
    let read = |n, act, patch: &str| Write::read(COLUMNS, op(n), act, patch, "{}").unwrap();
    let (row, _) = take(None, &read(1, Act::Create, r#"{"count":1,"newer":"x"}"#));
    assert_eq!(row.as_ref().unwrap().others, [("newer".to_string(), Value::Text("x".into()), op(1))]);
    let (row, verdict) = take(row, &read(2, Act::Patch, r#"{"newer":"y"}"#));
    assert_eq!((verdict, row.unwrap().conflicts.len()), (Verdict::Conflict, 1));
}

#[test]
fn a_patch_is_read_in_the_order_of_names_however_it_is_written() {
    let read = |patch| Write::read(COLUMNS, op(1), Act::Patch, patch, "{}").unwrap().patch;
    let one = read(r#"{"total":1,"count":2,"a newer column":3}"#);
    assert_eq!(one, read(r#"{"a newer column":3,"total":1,"count":2}"#));
    let names: Vec<_> = one.iter().map(|(at, _)| name(COLUMNS, at)).collect();
    assert_eq!(names, ["a newer column", "count", "total"]);
}

#[test]
fn fates_come_back_from_their_letters() {
    let fates = [Fate::Set, Fate::Add, Fate::Append, Fate::Wait, Fate::Stay];
    assert_eq!(Fate::text(&fates), "sapw-");
    assert_eq!(Fate::of_text("sapw-").unwrap(), fates);
    assert_eq!(Fate::of_text("q"), None);
}

#[test]
fn a_digest_knows_values_versions_and_what_waits() {
    let of = |row: &Option<Folded>| row.as_ref().unwrap().digest(COLUMNS, 1, &[0; 16]);
    let start = made(&[("count", 5)]);
    let (other, _) = patch(start.clone(), 2, &[("count", 7)], &[("count", 1)]);
    let (waiting, _) = patch(other.clone(), 3, &[("count", 8)], &[]);
    assert!(of(&start) != of(&other) && of(&other) != of(&waiting));
    let mut all = [0; 32];
    [&start, &other, &start].into_iter().for_each(|r| mix(&mut all, &of(r)));
    assert_eq!(all, of(&other));
}
