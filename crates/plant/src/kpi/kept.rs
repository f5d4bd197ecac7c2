//! Days below the line shift, taken from memory where they were worked out before.

use super::{
    as_of::AsOf,
    ask::Question,
    columns::Columns,
    group::{Group, GroupKey, KeyPart, Place, counts},
    grouping::Grouping,
    inspections, orders,
    read::Sums,
    rows::{self, Groups},
};
use domain::{
    Client, Day, Id,
    elements::{Family, Key, Sources, Square},
};
use std::collections::BTreeMap;
use store::{Cell, KeptAsk, KeptGroup, Reader, Result};

/// Questions about more days of clients than these go to the file: their groups would push out everything else.
const MOST: usize = 1_500;

/// Adds the groups of a client, from days that are kept; tells whether it could.
pub(super) fn add(
    sums: &Sums<'_, '_>,
    family: Family,
    question: &Question,
    client: Id<Client>,
    groups: &mut Groups,
) -> Result<bool> {
    let is_fit = matches!(family, Family::LineShift | Family::Quality) && question.is_below_line_shift();
    if !is_fit || !question.by.iter().all(|by| by.is_time() || *by == Grouping::Client || is_kept(*by)) {
        return Ok(false);
    }
    let by: Vec<Grouping> = question.by.iter().copied().filter(|by| is_kept(*by)).collect();
    let shelf = by.iter().fold(format!("{family:?}"), |name, by| name + " " + by.word());
    let work_out = |from, to| worked_out(sums, family, &question.over(from, to), &by, client);
    days(sums, question, (client, &shelf), work_out, &mut |day, group| {
        groups.entry(key_of(question, client, day, &group.keys)).or_default().add(&unpacked(family, group));
    })
}

/// Tells what was inspected on each line shift of a client, from days that are kept; tells whether it could.
pub(super) fn each_line_shift(
    sums: &Sums<'_, '_>,
    question: &Question,
    client: Id<Client>,
    tell: &mut dyn FnMut(Cell, &Group),
) -> Result<bool> {
    let (family, by) = (Family::Quality, [Grouping::Line, Grouping::Shift]);
    let work_out = |from, to| worked_out(sums, family, &question.over(from, to), &by, client);
    days(sums, question, (client, "line shifts inspected"), work_out, &mut |day, group| {
        if let [line, shift] = group.keys[..] {
            let cell = Cell { client, day, shift: Id::from_bytes(shift), line: Id::from_bytes(line) };
            tell(cell, &unpacked(family, group));
        }
    })
}

/// Tells how many orders of a client were due on each promised day, those that rest on the same together: from days
/// that are kept, else one by one.
pub(super) fn each_due(
    sums: &Sums<'_, '_>,
    question: &Question,
    client: Id<Client>,
    as_of: &AsOf,
    tell: &mut dyn FnMut(Day, usize, &Group),
) -> Result<()> {
    let (by, elements) = (format!("orders due on {}", as_of.day(client).0), counts(Family::Orders));
    let work_out = |from, to| due(sums.reader, &question.over(from, to), client, as_of);
    let is_told = days(sums, question, (client, &by), work_out, &mut |day, kept| {
        let mut group = Group { sources: kept.sources, ..Group::default() };
        elements.iter().zip(&kept.numbers[1..]).for_each(|(element, sum)| group.sums[*element] = *sum);
        tell(day, kept.numbers[0] as usize, &group);
    })?;
    if !is_told {
        orders::due(sums.reader, question, client, as_of, elements, &mut |_, place, one| tell(place.day, 1, one))?;
    }
    Ok(())
}

/// The orders due on each promised day of a client, those that rest on the same together.
fn due(reader: &Reader<'_>, question: &Question, client: Id<Client>, as_of: &AsOf) -> Result<Vec<(Day, KeptGroup)>> {
    let (mut found, elements) = (BTreeMap::<(Day, u64), Vec<f64>>::new(), counts(Family::Orders));
    orders::due(reader, question, client, as_of, elements, &mut |_, place, one| {
        let numbers = found.entry((place.day, one.sources.0)).or_insert_with(|| vec![0.0; 1 + elements.len()]);
        numbers[0] += 1.0;
        elements.iter().zip(&mut numbers[1..]).for_each(|(element, sum)| *sum += one.sums[*element]);
    })?;
    let group = |(sources, numbers): (u64, Vec<f64>)| KeptGroup {
        keys: Vec::new(),
        sources: Sources(sources),
        numbers: numbers.into(),
    };
    Ok(found.into_iter().map(|((day, sources), numbers)| (day, group((sources, numbers)))).collect())
}

/// Gives the groups of each day of a client from memory; those that are not there are worked out first.
///
/// Filters hold parts of a day back: they are asked of the file, as is what is more than memory is for.
pub(super) fn days(
    sums: &Sums<'_, '_>,
    question: &Question,
    (client, by): (Id<Client>, &str),
    work_out: impl FnMut(Day, Day) -> Result<Vec<(Day, KeptGroup)>>,
    give: &mut dyn FnMut(Day, &KeptGroup),
) -> Result<bool> {
    let days = question.from.days_to(question.to) as usize * question.clients.len();
    let Some(kept) = sums.kept.filter(|_| days <= MOST && !question.is_filtered()) else { return Ok(false) };
    let ask = KeptAsk { client, by, from: question.from, to: question.to };
    kept.each(sums.reader, ask, work_out, give)
}

/// Whether the groups of a day are few enough to be kept: orders and jobs are as many as there are rows.
const fn is_kept(by: Grouping) -> bool {
    matches!(by, Grouping::Line | Grouping::Shift | Grouping::Product | Grouping::Operation | Grouping::Step)
}

/// Every sum of a family, day by day, by the rows themselves.
fn worked_out(
    sums: &Sums<'_, '_>,
    family: Family,
    question: &Question,
    by: &[Grouping],
    client: Id<Client>,
) -> Result<Vec<(Day, KeptGroup)>> {
    let by: Vec<Grouping> = [Grouping::Day].iter().chain(by).copied().collect();
    let (question, columns, mut groups) = (question.by(&by), Columns::every(family), Groups::new());
    match family {
        Family::LineShift => rows::parts(sums.reader, &question, &columns, client, &mut groups)?,
        _ => inspections::stored(sums.reader, &question, &columns, client, &mut groups)?,
    }
    let kept = |(key, group): (&GroupKey, &Group)| match key.0.split_first() {
        Some((KeyPart::Time(day), ids)) => Some((*day, packed(family, ids, group))),
        _ => None,
    };
    Ok(groups.iter().filter_map(kept).collect())
}

/// The key of a group of a question, from the ids its days are kept by.
fn key_of(question: &Question, client: Id<Client>, day: Day, keys: &[Key]) -> GroupKey {
    let (mut keys, place) = (keys.iter(), Place::of_day(client.bytes(), day));
    let part = |by: &Grouping| match is_kept(*by) {
        true => keys.next().map(|key| KeyPart::Row(client.bytes(), *key)),
        false => GroupKey::of(&[*by], &place).0.pop(),
    };
    GroupKey(question.by.iter().filter_map(part).collect())
}

/// How many squares are kept of a family: those between line shifts, which come before those of people.
const fn squares(family: Family) -> usize {
    if matches!(family, Family::LineShift) { Square::UncoveredUncovered as usize } else { 0 }
}

fn packed(family: Family, ids: &[KeyPart], group: &Group) -> KeptGroup {
    let id = |part: &KeyPart| match part {
        KeyPart::Row(_, id) => *id,
        KeyPart::Time(_) => Key::default(),
    };
    let sums = group.sums.of(family).iter().chain(&group.squares.0[..squares(family)]);
    let numbers = sums.chain(&[group.line_shifts, group.est_units]).copied().collect();
    KeptGroup { keys: ids.iter().map(id).collect(), sources: group.sources, numbers }
}

fn unpacked(family: Family, kept: &KeptGroup) -> Group {
    let (elements, squares) = (family.elements(), squares(family));
    let mut group = Group { sources: kept.sources, ..Group::default() };
    let (sums, rest) = kept.numbers.split_at(elements.len());
    group.sums.0[elements[0] as usize..][..elements.len()].copy_from_slice(sums);
    group.squares.0[..squares].copy_from_slice(&rest[..squares]);
    (group.line_shifts, group.est_units) = (rest[squares], rest[squares + 1]);
    group
}
