//! What is on the screen: the hub's order, what a rewind cut off, and one's own changes above that.
use super::Part;
use domain::{
    feed::{Entry, Record, Rules, Sent},
    merge::{Decided, Folded, Verdict, apply, fates},
    planted::{
        Bug::{AddTwice, ConflictDroppedOnRefold, CutHidden, DeviceRedecides, UnknownDropped},
        planted,
    },
};
use std::collections::BTreeSet;

/// Applies an entry to its row; nothing is decided anew.
pub(super) fn follow(rules: &dyn Rules, row: Option<Folded>, entry: &Entry) -> Option<Folded> {
    let Some(shape) = rules.shape(entry.sent.change.kind) else { return row };
    let Some(mut write) = entry.sent.read(shape.columns) else { return row };
    let mut decided = entry.decided.clone();
    if planted(DeviceRedecides) {
        decided.fates = redecide(&write, &decided);
    }
    if planted(UnknownDropped) {
        drop_unknown(&mut write, &mut decided);
    }
    apply(row, &write, &decided, shape)
}

/// The fault: a column this program does not know is set, whatever was decided.
fn redecide(write: &domain::merge::Write, decided: &Decided) -> Vec<domain::merge::Fate> {
    use domain::merge::{Fate, Place};
    let fate = |(i, p): (usize, &(Place, domain::Value))| match p.0 {
        Place::Other(_) => Fate::Set,
        Place::Column(_) => decided.fates.get(i).copied().unwrap_or(Fate::Set),
    };
    write.patch.iter().enumerate().map(fate).collect()
}

/// The fault: a column this program does not know is forgotten.
fn drop_unknown(write: &mut domain::merge::Write, decided: &mut Decided) {
    let known: Vec<bool> = write.patch.iter().map(|p| matches!(p.0, domain::merge::Place::Column(_))).collect();
    let mut i = 0..;
    decided.fates.retain(|_| i.next().is_some_and(|i| known[i]));
    write.patch.retain(|p| matches!(p.0, domain::merge::Place::Column(_)));
}

/// One's own change, as nobody disputes it yet.
fn own(rules: &dyn Rules, row: Option<Folded>, sent: &Sent) -> Option<Folded> {
    if !sent.begins() && row.as_ref().is_none_or(|r| r.gone) {
        return row;
    }
    let Some(shape) = rules.shape(sent.change.kind) else { return row };
    let Some(write) = sent.read(shape.columns) else { return row };
    let decided = Decided { verdict: Verdict::Applied, fates: fates(shape, row.as_ref(), &write) };
    apply(row, &write, &decided, shape)
}

/// The row without one's own changes: the hub's order, and what a rewind cut off.
///
/// # Errors
/// Those of the file.
pub fn under<P: Part + ?Sized>(part: &P, rules: &dyn Rules, record: Record) -> Result<Option<Folded>, P::Error> {
    let mut row = part.confirmed(record)?;
    if !planted(CutHidden) {
        for cut in part.cut()?.iter().filter(|c| c.entry.sent.record() == record) {
            row = follow(rules, row, &cut.entry);
        }
    }
    Ok(row)
}

/// Puts rows on the screen anew, those first to which others point.
///
/// Where one that others point to came after them, the file would look through all that may point to it.
///
/// # Errors
/// Those of the file.
pub fn refresh<P: Part + ?Sized>(part: &mut P, rules: &dyn Rules, records: &BTreeSet<Record>) -> Result<(), P::Error> {
    let mut order: Vec<Record> = records.iter().copied().collect();
    order.sort_by_key(|(kind, id)| (rules.place(*kind), *id));
    for record in order {
        let mut row = under(part, rules, record)?;
        for sent in part.outgoing_of(record)? {
            row = own(rules, row, &sent);
        }
        if planted(AddTwice) {
            part.confirm(record, row.clone())?;
        }
        part.show(record, row)?;
    }
    Ok(())
}

/// Folds rows from the log anew, and puts them on the screen.
///
/// # Errors
/// Those of the file.
pub fn refold<P: Part + ?Sized>(part: &mut P, rules: &dyn Rules, records: &BTreeSet<Record>) -> Result<(), P::Error> {
    for &record in records {
        let mut row = part.history(record)?.iter().fold(None, |row, entry| follow(rules, row, entry));
        if planted(ConflictDroppedOnRefold) {
            row.iter_mut().for_each(|r| r.conflicts.clear());
        }
        part.confirm(record, row)?;
    }
    refresh(part, rules, records)
}
