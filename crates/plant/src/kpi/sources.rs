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
    elements::{Element, Family, Source, Sources, Subject, Sums, Worked},
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
    Ok(line_shifts(reader, question, open, family)?.told(subjects))
}

/// The sums of line shifts, or orders, that rest on the same sources.
#[derive(Default)]
pub(super) struct Weighed(BTreeMap<u64, (i64, Sums)>);

impl Weighed {
    /// Adds one line shift or order.
    pub(super) fn add(&mut self, group: &Group) {
        let (count, sums) = self.0.entry(group.sources.0).or_default();
        *count += 1;
        *sums += &group.sums;
    }

    /// Every source about the subjects, with the share it has.
    pub(super) fn told(&self, subjects: &[Subject]) -> Vec<ExplainedSource> {
        let listed = Source::ALL.iter().copied().filter(|source| subjects.contains(&source.subject()));
        listed.filter_map(|source| self.one(source)).collect()
    }

    fn one(&self, source: Source) -> Option<ExplainedSource> {
        let weight = |sums: &Sums| base(source.subject()).iter().map(|element| sums[*element]).sum::<f64>();
        let (mut count, mut part, mut whole) = (0, 0.0, 0.0);
        for (sources, (line_shifts, sums)) in &self.0 {
            let weight = weight(sums);
            whole += weight;
            if Sources(*sources).holds(source) {
                (count, part) = (count + line_shifts, part + weight);
            }
        }
        (count > 0).then(|| ExplainedSource {
            element: source.subject().key().into(),
            source: source.key().into(),
            confidence: source.confidence(),
            share: if whole > 0.0 { part / whole } else { 0.0 },
            line_shifts: count,
        })
    }
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
fn line_shifts(reader: &Reader<'_>, question: &Question, open: &Open, family: Family) -> Result<Weighed> {
    let tables: &[&str] = match family {
        Family::Quality | Family::People => &[],
        _ if question.is_below_line_shift() => &["kpi_line_shift WHERE parts = 1 AND", "kpi_part WHERE"],
        _ => &["kpi_line_shift WHERE"],
    };
    let mut told = Weighed::default();
    for (client, table) in question.clients.iter().flat_map(|client| tables.iter().map(move |table| (*client, *table)))
    {
        stored(reader, question, client, table, &mut told)?;
    }
    match family {
        Family::Quality => inspected::groups(reader, question)?.iter().for_each(|group| told.add(group)),
        Family::People => people::groups(reader, question)?.iter().for_each(|group| told.add(group)),
        Family::LineShift | Family::Orders | Family::Wip => {}
    }
    for cell in &open.overdue {
        let mut groups = Groups::new();
        open::add(reader, &question.by(&[]), &[family], std::slice::from_ref(cell), &mut groups)?;
        told.add(&total(&groups));
    }
    Ok(told)
}

/// Adds the line shifts of one client and table; the parts of one follow each other.
fn stored(reader: &Reader<'_>, question: &Question, client: Id<Client>, table: &str, told: &mut Weighed) -> Result<()> {
    let sql = format!(
        "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, sources, {} FROM {table}
         client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id",
        BASES.map(Element::name).join(", ")
    );
    let mut last: Option<(Place, Group)> = None;
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let whole = Place::of_line_shift(client.bytes(), row.get(0)?, row.get(1)?, row.get(2)?);
        if !question.holds(&whole.part(row.get(3)?, row.get(4)?, row.get(5)?)) {
            return Ok(());
        }
        if last.as_ref().is_none_or(|(place, _)| *place != whole) {
            let before = last.replace((whole, Group::default()));
            before.iter().for_each(|(_, group)| told.add(group));
        }
        if let Some((_, group)) = &mut last {
            group.sources |= Sources(row.get::<i64>(6)? as u64);
            for (place, base) in BASES.into_iter().enumerate() {
                group.sums[base] += row.get::<f64>(7 + place)?;
            }
        }
        Ok(())
    })?;
    last.iter().for_each(|(_, group)| told.add(group));
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
