//! An erasure: what tells of a person gives way to a mark, in his rows and in all that was written of them.
//!
//! It is a change like any other, so that it reaches everybody who has the log, and does there what it did at home:
//! the mark comes from its own name, and nothing is left to decide.
use super::{Folded, Place, Write, row::name};
use crate::{
    Employee, Entity, Id, PoolEmployee, Shape, Value,
    change::{Act, Op},
};
use serde_json::{Map, Value as Json};

/// How a text that gave way begins.
const ERASED: &str = "erased-";
/// How many digits follow.
const DIGITS: usize = 16;

/// What an erasing change leaves in the place of each text.
pub fn mark(op: Id<Op>) -> String {
    format!("{ERASED}{}", &blake3::hash(&op.bytes()).to_hex()[..DIGITS])
}

/// Whether a text is such a mark.
pub fn is_mark(text: &str) -> bool {
    let digits = text.strip_prefix(ERASED);
    digits.is_some_and(|d| d.len() == DIGITS && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Shape {
    /// The columns that tell of a person.
    pub fn personal(&self) -> impl Iterator<Item = &'static str> {
        let is_person = [Employee::TABLE, PoolEmployee::TABLE].contains(&self.table);
        let own: &'static [&'static str] = if is_person { &["code", "name"] } else { &[] };
        // The kind of an absence is in the figures; without a name it is nobody's.
        let hidden: &'static [&'static str] = self.hidden;
        own.iter().chain(hidden.iter().filter(|column| **column != "absence")).copied()
    }
    /// Whether a place tells of a person.
    pub fn is_personal(&self, place: &Place) -> bool {
        self.personal().any(|column| column == name(self.columns, place))
    }
}

/// What is left of a patch, or of what one replaced; none where it says nothing of a person.
pub fn left(shape: &Shape, patch: &str, mark: &str) -> Option<String> {
    let mut map: Map<String, Json> = serde_json::from_str(patch).ok()?;
    let mut said = false;
    for column in shape.personal() {
        if let Some(Json::String(text)) = map.get_mut(column).filter(|v| v.as_str().is_some_and(|t| !is_mark(t))) {
            *text = mark.to_owned();
            said = true;
        }
    }
    said.then(|| Json::Object(map).to_string())
}

impl Write {
    /// Whether an erasing change writes its marks and nothing else: it passes by whatever others wrote.
    pub fn only_marks(&self, shape: &Shape) -> bool {
        let mark = Value::Text(mark(self.op));
        self.act == Act::Patch && self.patch.iter().all(|(place, v)| shape.is_personal(place) && *v == mark)
    }
    /// The mark under which a row keeps its silence, where the change would break it.
    ///
    /// Its author had not heard of the erasure.
    pub fn breaks_silence(&self, shape: &Shape, row: &Folded) -> Option<String> {
        let kept = |place: &Place| match row.value(place) {
            Value::Text(text) if is_mark(text) => Some(text.clone()),
            _ => None,
        };
        let told = |(place, value): &(Place, Value)| match value {
            Value::Text(text) if shape.is_personal(place) && !is_mark(text) => kept(place),
            _ => None,
        };
        self.patch.iter().find_map(told)
    }
}

/// Takes out of a row what tells of a person, and out of what waits in it.
pub(super) fn silence(shape: &Shape, row: &mut Folded, op: Id<Op>) {
    let mark = Value::Text(mark(op));
    for (i, column) in shape.columns.iter().enumerate() {
        let personal = shape.personal().any(|name| name == column.name);
        if personal && matches!(row.values[i], Value::Text(_)) {
            row.set(&Place::Column(i), mark.clone(), op);
        }
    }
    for (place, value) in row.conflicts.iter_mut().flat_map(|c| &mut c.values) {
        if shape.is_personal(place) && matches!(value, Value::Text(_)) {
            *value = mark.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        AttendanceEntry,
        merge::{Conflict, Decided, Verdict, Versions, apply, decide},
    };

    const SHAPE: Shape = AttendanceEntry::SHAPE;

    fn op(n: u8) -> Id<Op> {
        Id::from_bytes([n; 16])
    }
    fn place(name: &str) -> Place {
        super::super::place(SHAPE.columns, name)
    }
    fn row(note: &str) -> Folded {
        let mut row = Folded::of(vec![Value::Null; SHAPE.columns.len()], Versions::created(op(1)), false);
        row.set(&place("note"), Value::Text(note.into()), op(2));
        row.set(&place("absence"), Value::Text("sick".into()), op(2));
        row
    }
    fn write(n: u8, patch: &str, base: &str) -> Write {
        Write::read(SHAPE.columns, op(n), Act::Patch, patch, base).expect("readable")
    }
    fn erased(row: Folded, n: u8) -> (Folded, Decided) {
        let write = write(n, "{}", r#"{"~":[]}"#);
        let decided = decide(&SHAPE, Some(&row), &write, None);
        (apply(Some(row), &write, &decided, &SHAPE).expect("a row"), decided)
    }

    #[test]
    fn an_erasure_waits_for_nobody_and_leaves_what_the_figures_rest_on() {
        let mut before = row("hurt her knee");
        before.conflicts.push(Conflict {
            op: op(3),
            values: vec![(place("note"), Value::Text("knee".into())), (place("absence"), Value::Text("late".into()))],
        });
        before.gone = true;
        let (after, decided) = erased(before, 4);
        let mark = Value::Text(mark(op(4)));
        assert_eq!((decided.verdict, after.gone), (Verdict::Applied, true), "nobody saw it, and it was taken away");
        assert_eq!((after.value(&place("note")), after.version(&place("note"))), (&mark, Some(op(4))));
        assert_eq!(after.value(&place("absence")), &Value::Text("sick".into()));
        assert_eq!(after.conflicts[0].values[0].1, mark);
        assert_eq!(after.conflicts[0].values[1].1, Value::Text("late".into()));
    }
    #[test]
    fn folded_from_what_is_left_of_the_log_a_row_is_the_same() {
        let (texts, marked) = (r#"{"absence":"sick","note":"hurt her knee"}"#, mark(op(4)));
        let left = left(&SHAPE, texts, &marked).expect("it told of her");
        let fold = |patch: &str| {
            let first = write(2, patch, "{}");
            let blank = Folded::of(vec![Value::Null; SHAPE.columns.len()], Versions::created(op(1)), false);
            erased(apply(Some(blank), &first, &Decided::WHOLE, &SHAPE).expect("a row"), 4).0
        };
        assert_eq!(fold(texts), fold(&left));
        assert!(super::left(&SHAPE, &left, "erased-0000000000000000").is_none(), "once is enough");
        assert!(super::left(&SHAPE, r#"{"absence":"sick","note":null}"#, &marked).is_none(), "it said nothing of her");
    }
    #[test]
    fn whoever_had_not_heard_of_it_breaks_no_silence_unseen() {
        let (silent, _) = erased(row("hurt her knee"), 4);
        let late = |patch: &str| write(5, patch, "{}").breaks_silence(&SHAPE, &silent);
        assert_eq!(late(r#"{"note":"better now"}"#), Some(mark(op(4))));
        assert_eq!(late(r#"{"absence":"late"}"#), None);
        assert_eq!(write(5, r#"{"note":"better now"}"#, "{}").breaks_silence(&SHAPE, &row("hurt her knee")), None);
    }
    #[test]
    fn an_erasing_change_writes_its_own_marks_and_nothing_else() {
        let only = |patch: &str| write(4, patch, r#"{"~":[]}"#).only_marks(&SHAPE);
        assert!(only("{}") && only(&format!(r#"{{"note":"{}"}}"#, mark(op(4)))));
        assert!(!only(r#"{"note":"fired"}"#) && !only(&format!(r#"{{"absence":"{}"}}"#, mark(op(4)))));
        assert!(!only(&format!(r#"{{"note":"{}"}}"#, mark(op(5)))));
    }
}
