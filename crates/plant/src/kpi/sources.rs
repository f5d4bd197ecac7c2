//! What the sums of an answer rest on, source by source.

use super::{
    ExplainedSource,
    ask::Question,
    explain::{ShiftSource, place},
    group::Group,
    inspected,
    open::{self, Open},
    people,
    read::{self, total},
    rows::Groups,
};
use domain::{
    Client, Id,
    elements::{Element, Family, Source, Sources, Subject, Sums, Worked},
};
use std::collections::BTreeMap;
use store::{Cell, Reader, Result, values};

/// The line shifts, or orders, behind an answer: where they are, and what they rest on.
#[derive(Default)]
pub(super) struct Listed {
    cells: Vec<Cell>,
    /// Sums of those that rest on the same sources.
    weighed: BTreeMap<u64, (i64, Sums)>,
}

impl Listed {
    /// Each line shift of a question, as far as the question holds it.
    pub(super) fn of(from: &read::Sums<'_, '_>, question: &Question, open: &Open, family: Family) -> Result<Listed> {
        let (reader, mut listed) = (from.reader, Listed::default());
        match family {
            Family::Quality => {
                inspected::each_line_shift(from, question, &inspected::BASES, &mut |cell, one| listed.add(cell, one))?;
            }
            Family::People => people::each_line_shift(reader, question, &mut |cell, one| listed.add(cell, one))?,
            Family::LineShift | Family::Orders | Family::Wip => line_shifts(reader, question, &mut listed)?,
        }
        for (place, cell) in &open.overdue {
            let mut groups = Groups::new();
            open::add(reader, &question.by(&[]), &[family], &[(*place, *cell)], &mut groups)?;
            // One that holds nothing of what is asked is not in the answer either.
            if !groups.is_empty() {
                listed.add(*cell, &total(&groups));
            }
        }
        Ok(listed)
    }

    fn add(&mut self, cell: Cell, group: &Group) {
        self.cells.push(cell);
        self.weigh(1, group);
    }

    /// Adds what some line shifts or orders rest on, all of them on the same.
    pub(super) fn weigh(&mut self, how_many: usize, group: &Group) {
        let (count, sums) = self.weighed.entry(group.sources.0).or_default();
        *count += how_many as i64;
        *sums += &group.sums;
    }

    /// The line shifts by day, client, line and shift, each once.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let mut cells = self.cells.clone();
        cells.sort_unstable_by_key(|cell| (cell.day, cell.client, cell.line, cell.shift));
        cells.dedup();
        cells
    }

    /// Every source about the subjects, with the share it has.
    pub(super) fn sources(&self, subjects: &[Subject]) -> Vec<ExplainedSource> {
        let listed = Source::ALL.iter().copied().filter(|source| subjects.contains(&source.subject()));
        listed.filter_map(|source| self.one(source)).collect()
    }

    fn one(&self, source: Source) -> Option<ExplainedSource> {
        let weight = |sums: &Sums| base(source.subject()).iter().map(|element| sums[*element]).sum::<f64>();
        let (mut count, mut part, mut whole) = (0, 0.0, 0.0);
        for (sources, (line_shifts, sums)) in &self.weighed {
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

/// Lists the line shifts of a question, or what is in it of them.
fn line_shifts(reader: &Reader<'_>, question: &Question, listed: &mut Listed) -> Result<()> {
    let tables: &[&str] = match question.is_below_line_shift() {
        true => &["kpi_line_shift WHERE parts = 1 AND", "kpi_part WHERE"],
        false => &["kpi_line_shift WHERE"],
    };
    let each = question.clients.iter().flat_map(|client| tables.iter().map(move |table| (*client, *table)));
    each.into_iter().try_for_each(|(client, table)| stored(reader, question, client, table, listed))
}

/// Adds the line shifts of one client and table; the parts of one follow each other.
fn stored(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    table: &str,
    listed: &mut Listed,
) -> Result<()> {
    let sql = format!(
        "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, sources, {} FROM {table}
         client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id",
        BASES.map(Element::name).join(", ")
    );
    let mut last: Option<(Cell, Group)> = None;
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let cell = Cell { client, day: row.get(0)?, shift: row.get(1)?, line: row.get(2)? };
        if !question.holds(&place(cell).part(row.get(3)?, row.get(4)?, row.get(5)?)) {
            return Ok(());
        }
        if last.as_ref().is_none_or(|(before, _)| *before != cell) {
            let before = last.replace((cell, Group::default()));
            before.iter().for_each(|(cell, group)| listed.add(*cell, group));
        }
        if let Some((_, group)) = &mut last {
            group.sources |= Sources(row.get::<i64>(6)? as u64);
            for (column, base) in BASES.into_iter().enumerate() {
                group.sums[base] += row.get::<f64>(7 + column)?;
            }
        }
        Ok(())
    })?;
    last.iter().for_each(|(cell, group)| listed.add(*cell, group));
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
