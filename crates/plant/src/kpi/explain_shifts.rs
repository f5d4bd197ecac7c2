//! The line shifts of an explanation: what each adds, what it was made of, and its rows.

use super::{
    ExplainedEntry, ExplainedShift, Kpi,
    answer::subjects,
    as_of::AsOf,
    ask::Question,
    columns::Columns,
    entries,
    explain::{ShiftSource, place},
    group::{Group, GroupKey},
    grouping::Grouping,
    inspected, inspections,
    label::Labels,
    open::{self, Open, add_worked},
    people, people_rows,
    read::{Sums, total},
    rows::Groups,
    sources,
};
use domain::{
    LineShift,
    elements::{Family, Worked},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Cell, LineShifts, Reader, Result};

/// The line shifts of a page; what their clients set up, and the codes people use, are read once.
pub(super) struct Shifts<'a, 'c> {
    sums: Sums<'a, 'c>,
    reader: &'a Reader<'c>,
    question: &'a Question,
    kpi: &'a Kpi,
    labels: Labels<'a, 'c>,
    book: LineShifts<'a, 'c>,
}

/// What tells the line shifts of some days apart.
const EACH: [Grouping; 3] = [Grouping::Day, Grouping::Line, Grouping::Shift];

/// What is told of a line shift beside its place.
#[derive(Default)]
struct Told {
    elements: BTreeMap<String, f64>,
    inputs: BTreeMap<String, f64>,
    sources: BTreeMap<String, ShiftSource>,
    entries: Vec<ExplainedEntry>,
}

impl<'a, 'c> Shifts<'a, 'c> {
    /// No line shift is looked at yet.
    pub(super) fn of(sums: Sums<'a, 'c>, question: &'a Question, kpi: &'a Kpi) -> Self {
        let reader = sums.reader;
        Shifts { sums, reader, question, kpi, labels: Labels::new(reader), book: LineShifts::of(reader) }
    }

    /// Line shifts with their rows, worked out as far as the question holds them.
    pub(super) fn with_rows(&mut self, page: &[Cell]) -> Result<Vec<ExplainedShift>> {
        let with_rows = |cell: &Cell| {
            let row = self.row(*cell)?;
            let told = match self.kpi.family() {
                Family::Quality => self.inspections(*cell)?,
                Family::People => self.people(*cell)?,
                Family::LineShift | Family::Orders | Family::Wip => self.work(*cell, row.as_ref())?,
            };
            self.line_shift(*cell, row, told)
        };
        page.iter().map(with_rows).collect()
    }

    /// Line shifts as their sums are stored; what is in no sums yet is worked out.
    pub(super) fn of_sums(&mut self, page: &[Cell], open: &Open) -> Result<Vec<ExplainedShift>> {
        let groups = self.groups(page, open)?;
        let of_sums = |cell: &Cell| {
            let group = groups.get(&GroupKey::of(&EACH, &place(*cell))).copied().unwrap_or_default();
            let row = self.row(*cell)?;
            self.line_shift(*cell, row, self.summed(&group))
        };
        page.iter().map(of_sums).collect()
    }

    /// The sums of each line shift on the days of a page.
    fn groups(&self, page: &[Cell], open: &Open) -> Result<Groups> {
        let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(Groups::new()) };
        let clients: BTreeSet<_> = page.iter().map(|cell| cell.client).collect();
        let days = self.question.by(&EACH).over(first.day, last.day);
        let question = Question { clients: clients.into_iter().collect(), ..days };
        let (mut groups, family) = (Groups::new(), self.kpi.family());
        if family == Family::Quality {
            inspected::each_line_shift(&self.sums, &question, &self.kpi.elements(), &mut |cell, one| {
                groups.entry(GroupKey::of(&EACH, &place(cell))).or_default().add(one);
            })?;
        } else {
            let as_of = AsOf::of(self.reader, &question, &[family])?;
            let columns = Columns::of(&[self.kpi]).of_family(family);
            self.sums.family(family, &question, &columns, &as_of, &mut groups)?;
        }
        let overdue: Vec<_> = open.overdue.iter().copied().filter(|(_, cell)| page.contains(cell)).collect();
        open::add(self.reader, &question, &[family], &overdue, &mut groups)?;
        Ok(groups)
    }

    fn row(&self, cell: Cell) -> Result<Option<LineShift>> {
        self.reader.find(cell.client, cell.line_shift())
    }

    fn line_shift(&mut self, cell: Cell, row: Option<LineShift>, told: Told) -> Result<ExplainedShift> {
        let client = cell.client.bytes();
        Ok(ExplainedShift {
            client: self.labels.code("client", client, Some(client))?,
            day: cell.day,
            line: self.labels.code("line", client, Some(cell.line.bytes()))?,
            shift: self.labels.code("shift", client, Some(cell.shift.bytes()))?,
            line_shift_id: row.map(|row| row.id),
            elements: told.elements,
            inputs: told.inputs,
            sources: told.sources,
            entries: told.entries,
        })
    }

    /// Its time and production.
    fn work(&mut self, cell: Cell, row: Option<&LineShift>) -> Result<Told> {
        let Some(worked) = self.book.work_out(cell)? else { return Ok(Told::default()) };
        let mut groups = Groups::new();
        add_worked(self.question, place(cell), &worked, &mut groups);
        let mut entries = Vec::new();
        if let Some(row) = row {
            entries = entries::of(self.reader, self.question, row, &worked, &mut self.labels)?;
            entries.extend(people_rows::behind(self.reader, cell, (row, &worked), &mut self.labels)?);
        }
        let (elements, sources) = (self.elements(&total(&groups)), sources::of_line_shift(&worked));
        Ok(Told { elements, inputs: inputs(&worked), sources, entries })
    }

    /// Its inspections.
    fn inspections(&mut self, cell: Cell) -> Result<Told> {
        let found = self.book.inspected(cell)?;
        let mut groups = Groups::new();
        inspections::worked(&self.question.by(&[]), &[Family::Quality], place(cell), &found, &mut groups);
        let entries = inspected::entries(self.reader, self.question, self.kpi, (cell, &found), &mut self.labels)?;
        Ok(self.told(&total(&groups), entries))
    }

    /// Its people: what they add up to, and the rows as the reader may see them.
    fn people(&mut self, cell: Cell) -> Result<Told> {
        let mut groups = Groups::new();
        people::add_worked(&self.question.by(&[]), place(cell), &self.book.people(cell)?, &mut groups);
        let entries = people_rows::of(self.reader, self.question, place(cell), cell, &mut self.labels)?;
        Ok(self.told(&total(&groups), entries))
    }

    /// What sums tell: what they add, and what that rests on.
    fn summed(&self, group: &Group) -> Told {
        let about = subjects(self.kpi, self.question);
        let sources = sources::least(group.sources.iter().filter(|source| about.contains(&source.subject())));
        Told { elements: self.elements(group), sources, ..Told::default() }
    }

    fn told(&self, group: &Group, entries: Vec<ExplainedEntry>) -> Told {
        let (elements, sources) = (self.elements(group), sources::least(group.sources.iter()));
        Told { elements, sources, entries, ..Told::default() }
    }

    /// What a group adds to the sums of the formula.
    fn elements(&self, group: &Group) -> BTreeMap<String, f64> {
        self.kpi.elements().into_iter().map(|of| (of.name().to_owned(), group.sums[of])).collect()
    }
}

fn inputs(worked: &Worked) -> BTreeMap<String, f64> {
    let told = [("crew", worked.crew.value), ("net_minutes", worked.net_minutes.value)];
    let mut inputs: BTreeMap<_, _> = told.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if worked.floating_idle > 0.0 {
        inputs.insert("floating_idle".into(), worked.floating_idle);
    }
    if let Some((reported, entries)) = worked.run_report {
        inputs.insert("run_reported".into(), reported as f64);
        inputs.insert("run_entries".into(), entries as f64);
    }
    inputs
}
