//! What the sums of an answer rest on, source by source.

use super::{
    ExplainedSource,
    ask::Question,
    explain::ShiftSource,
    group::{Group, Place},
    inspected,
    open::{self, Open},
    people,
    read::total,
    rows::Groups,
};
use domain::{
    Client, Id,
    elements::{Element, Family, Source, Sources, Subject, Worked},
};
use std::collections::BTreeMap;
use store::{Reader, Result, values};

/// Every source about the subjects, with the share of line shifts that use it.
pub(super) fn sources(
    reader: &Reader<'_>,
    question: &Question,
    open: &Open,
    (family, subjects): (Family, &[Subject]),
) -> Result<Vec<ExplainedSource>> {
    Ok(told(&line_shifts(reader, question, open, family)?, subjects))
}

/// The same of groups that are known: one for each line shift or order.
pub(super) fn told(groups: &[Group], subjects: &[Subject]) -> Vec<ExplainedSource> {
    let listed = Source::ALL.iter().copied().filter(|source| subjects.contains(&source.subject()));
    listed.filter_map(|source| one(source, groups)).collect()
}

fn one(source: Source, line_shifts: &[Group]) -> Option<ExplainedSource> {
    let weight = |group: &&Group| base(source.subject()).iter().map(|element| group.sums[*element]).sum::<f64>();
    let using: Vec<&Group> = line_shifts.iter().filter(|group| group.sources.holds(source)).collect();
    let whole: f64 = line_shifts.iter().map(|group| weight(&group)).sum();
    let part: f64 = using.iter().map(weight).sum();
    (!using.is_empty()).then(|| ExplainedSource {
        element: source.subject().key().into(),
        source: source.key().into(),
        confidence: source.confidence(),
        share: if whole > 0.0 { part / whole } else { 0.0 },
        line_shifts: using.len() as i64,
    })
}

/// The elements by which the weight of a source is measured.
const fn base(subject: Subject) -> &'static [Element] {
    match subject {
        Subject::Crew | Subject::NetMinutes | Subject::Allocation => &[Element::Available],
        Subject::Stops => &[Element::Stops],
        Subject::Run => &[Element::Run],
        Subject::Standard => &[Element::Earned],
        Subject::PlannedUnits => &[Element::PlannedUnits],
        Subject::Inspected => &[Element::Inspected],
        Subject::Defects => &[Element::Defects],
        Subject::Opportunities => &[Element::Opportunities],
        Subject::Hours => &[Element::ScheduledHours],
        Subject::Staffed => &[Element::StaffedPeople],
        Subject::Promised => &[Element::ShippedOrders, Element::UnshippedOrders],
        Subject::Shipped => &[Element::ShippedOrders],
        Subject::Start => &[Element::WipDays],
    }
}

/// The elements by which sources are weighed.
const BASES: [Element; 5] = [Element::Available, Element::Stops, Element::Run, Element::Earned, Element::PlannedUnits];

/// Each line shift of a question, as far as the question holds it.
fn line_shifts(reader: &Reader<'_>, question: &Question, open: &Open, family: Family) -> Result<Vec<Group>> {
    let tables: &[&str] = match family {
        Family::Quality | Family::People => &[],
        _ if question.is_below_line_shift() => &["kpi_line_shift WHERE parts = 1 AND", "kpi_part WHERE"],
        _ => &["kpi_line_shift WHERE"],
    };
    let mut told = Vec::new();
    for (client, table) in question.clients.iter().flat_map(|client| tables.iter().map(move |table| (*client, *table)))
    {
        stored(reader, question, client, table, &mut told)?;
    }
    match family {
        Family::Quality => told.extend(inspected::groups(reader, question)?),
        Family::People => told.extend(people::groups(reader, question)?),
        Family::LineShift | Family::Orders | Family::Wip => {}
    }
    for cell in &open.overdue {
        let mut groups = Groups::new();
        open::add(reader, &question.by(&[]), &[family], std::slice::from_ref(cell), &mut groups)?;
        told.push(total(&groups));
    }
    Ok(told)
}

/// Adds the line shifts of one client and table; the parts of one follow each other.
fn stored(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    table: &str,
    told: &mut Vec<Group>,
) -> Result<()> {
    let sql = format!(
        "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, sources, {} FROM {table}
         client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id",
        BASES.map(Element::name).join(", ")
    );
    let mut last: Option<Place> = None;
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let whole = Place::of_line_shift(client.bytes(), row.get(0)?, row.get(1)?, row.get(2)?);
        if !question.holds(&whole.part(row.get(3)?, row.get(4)?, row.get(5)?)) {
            return Ok(());
        }
        if last.replace(whole) != Some(whole) {
            told.push(Group::default());
        }
        if let Some(group) = told.last_mut() {
            group.sources |= Sources(row.get::<i64>(6)? as u64);
            for (place, base) in BASES.into_iter().enumerate() {
                group.sums[base] += row.get::<f64>(7 + place)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// The least trusted source of each thing in one line shift.
pub(super) fn of_line_shift(worked: &Worked) -> BTreeMap<String, ShiftSource> {
    least(worked.sources.iter().chain([worked.allocation]))
}

/// The least trusted of the sources of each thing.
pub(super) fn least(sources: impl Iterator<Item = Source>) -> BTreeMap<String, ShiftSource> {
    let mut least = BTreeMap::<String, Source>::new();
    for source in sources {
        let known = least.entry(source.subject().key().into()).or_insert(source);
        if source.confidence() < known.confidence() {
            *known = source;
        }
    }
    let told = |source: Source| ShiftSource { source: source.key().into(), confidence: source.confidence() };
    least.into_iter().map(|(subject, source)| (subject, told(source))).collect()
}
