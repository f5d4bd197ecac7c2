//! An answer taken apart: formula, sums, sources, line shifts, rows.

use super::{
    AnswerRow, Ask, Group, Kpi, Method, Quantity,
    answer::{Asked, subjects},
    ask::Question,
    definition::number,
    explain_orders::{self, ExplainedOrder},
    explain_shifts::Shifts,
    group::{GroupKey, Place},
    grouping::Grouping,
    named, open,
    read::{Sums, total},
    routes,
    sources::Listed,
    target::Targets,
};
use domain::{Day, Id, LineShift, elements::Element};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Cell, Cube, Kept, Reader, Result};
use ts_rs::TS;

/// Which answer is explained, and which page of its line shifts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Explain {
    /// The question; its filters name one group.
    pub ask: Ask,
    /// Line shifts to leave out from the start.
    #[serde(default)]
    #[ts(type = "number")]
    pub offset: usize,
    /// Line shifts to show.
    #[ts(type = "number")]
    pub limit: usize,
    /// Whether each comes with the rows somebody entered; without them a page is read from the sums alone.
    #[serde(default)]
    pub rows: bool,
}

/// An answer with everything it was made of.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Explained {
    /// The KPI's code.
    pub kpi: String,
    /// The answer itself.
    pub row: AnswerRow,
    /// The formula in names, and with the numbers put in.
    pub formula: String,
    /// The sums in the formula.
    pub terms: Vec<ExplainedTerm>,
    /// The steps of the one route, where the KPI multiplies them.
    pub steps: Vec<ExplainedStep>,
    /// What the sums rest on.
    pub sources: Vec<ExplainedSource>,
    /// One page of the line shifts.
    pub line_shifts: Vec<ExplainedShift>,
    /// Of delivery and WIP age: one page of the orders.
    pub orders: Vec<ExplainedOrder>,
    /// All line shifts, or orders.
    #[ts(type = "number")]
    pub total: usize,
}

/// A sum of the formula.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedTerm {
    /// The element's name.
    pub element: String,
    /// Its sum.
    pub value: f64,
    /// The part of it that rests on inference.
    pub estimated: f64,
}

/// A step of a route.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedStep {
    /// The operation's code.
    pub step: String,
    /// Units without a defect the first time.
    pub passed: f64,
    /// Units inspected the first time; none where the step is left out.
    pub inspected: f64,
}

/// A source and how much rests on it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedSource {
    /// What it is a source of.
    pub element: String,
    /// A key under "source.".
    pub source: String,
    /// How far it is trusted, from 0 to 1.
    pub confidence: f64,
    /// The share of the element in line shifts that use it, from 0 to 1.
    pub share: f64,
    /// The line shifts, or orders, that use it.
    #[ts(type = "number")]
    pub line_shifts: i64,
}

/// A source of one line shift.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ShiftSource {
    /// A key under "source.".
    pub source: String,
    /// How far it is trusted, from 0 to 1.
    pub confidence: f64,
}

/// One line shift of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedShift {
    /// The client's code.
    pub client: String,
    /// The production day.
    pub day: Day,
    /// The line's code.
    pub line: String,
    /// The shift's code.
    pub shift: String,
    /// The line shift's row.
    pub line_shift_id: Option<Id<LineShift>>,
    /// What it adds to the sums of the formula.
    pub elements: BTreeMap<String, f64>,
    /// With its rows, what it was made of: crew, idle floating people, net minutes, entries that report their run.
    pub inputs: BTreeMap<String, f64>,
    /// Where each of them comes from.
    pub sources: BTreeMap<String, ShiftSource>,
    /// The rows somebody entered, where they were asked for.
    pub entries: Vec<ExplainedEntry>,
}

/// A row of a line shift, and who entered it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedEntry {
    /// The row's id.
    pub id: String,
    /// Its table.
    pub table: String,
    /// The code of its product or reason.
    pub what: String,
    /// Its values as text.
    pub values: BTreeMap<String, String>,
    /// Who wrote it last.
    pub author: Option<String>,
    /// On which PC.
    pub device: Option<String>,
    /// When, in milliseconds since 1970.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
}

/// Explains an answer; recomputing from its line shifts gives its value.
pub fn explain(reader: &Reader<'_>, cube: Option<&Cube>, explain: &Explain) -> Result<Explained> {
    explained(Sums::of(reader, cube), explain)
}

/// The same, where days that were worked out before are taken from memory.
pub fn explain_kept(reader: &Reader<'_>, cube: Option<&Cube>, kept: &Kept, explain: &Explain) -> Result<Explained> {
    explained(Sums { reader, cube, kept: Some(kept) }, explain)
}

fn explained(sums: Sums<'_, '_>, explain: &Explain) -> Result<Explained> {
    let reader = sums.reader;
    let kpi = named(&explain.ask.kpi)?;
    let whole = Ask { by: Vec::new(), ..explain.ask.clone() };
    Grouping::read(&explain.ask.by, kpi.groupings)?;
    let question = Question::of(reader, &whole, kpi.groupings)?;
    let asked = Asked::of(sums, &question, open::open(reader, &question)?)?;
    let group = total(&sums.groups(&question, &[kpi], &asked.open)?);
    let targets = Targets::of(reader, &question, kpi)?;
    let steps = steps(reader, kpi, &asked)?;
    let explained = Explained {
        kpi: kpi.code.into(),
        row: AnswerRow { left_out: left_out(&steps), ..asked.row(kpi, &GroupKey(Vec::new()), &group, &targets) },
        formula: formula(kpi, &group, &steps),
        terms: terms(kpi, &group),
        steps,
        sources: Vec::new(),
        line_shifts: Vec::new(),
        orders: Vec::new(),
        total: 0,
    };
    if kpi.family().is_of_orders() {
        return explain_orders::complete(&sums, &question, kpi, explain, explained);
    }
    let listed = Listed::of(&sums, &question, &asked.open, kpi.family())?;
    let cells = listed.cells();
    let page: Vec<Cell> = cells.iter().skip(explain.offset).take(explain.limit).copied().collect();
    let mut shifts = Shifts::of(sums, &question, kpi);
    Ok(Explained {
        sources: listed.sources(&subjects(kpi, &question)),
        line_shifts: if explain.rows { shifts.with_rows(&page)? } else { shifts.of_sums(&page, &asked.open)? },
        total: cells.len(),
        ..explained
    })
}

/// The steps behind a value that multiplies them.
fn steps(reader: &Reader<'_>, kpi: &Kpi, asked: &Asked<'_, '_>) -> Result<Vec<ExplainedStep>> {
    let steps = routes::steps(reader, asked.question, &asked.routes(kpi)?, &GroupKey(Vec::new()))?;
    let told = |step: routes::Step| ExplainedStep { step: step.code, passed: step.passed, inspected: step.inspected };
    Ok(steps.into_iter().map(told).collect())
}

fn left_out(steps: &[ExplainedStep]) -> Vec<String> {
    steps.iter().filter(|step| step.inspected <= 0.0).map(|step| step.step.clone()).collect()
}

/// The formula in names, with the numbers, and its result.
fn formula(kpi: &Kpi, group: &Group, steps: &[ExplainedStep]) -> String {
    let names = kpi.write(str::to_owned);
    let of_step = |step: &ExplainedStep| format!("{} / {} × ", step.passed, step.inspected);
    let numbers = match kpi.method {
        Method::Ratio => kpi.write(|name| number(name, group).to_string()),
        Method::Rolled => steps.iter().filter(|step| step.inspected > 0.0).map(of_step).collect::<String>() + "100",
    };
    let value = kpi.value(group).map_or_else(|| "—".to_owned(), |value| format!("{value} {}", kpi.unit));
    format!("{names} = {numbers} = {value}")
}

fn terms(kpi: &Kpi, group: &Group) -> Vec<ExplainedTerm> {
    let estimate = |element: Element| {
        let named = Element::named(&format!("est_{}", element.name()));
        named.map_or(0.0, |estimate| group.sums[estimate])
    };
    let term = |element: Element| ExplainedTerm {
        element: element.name().into(),
        value: group.sums[element],
        estimated: estimate(element),
    };
    let capacity = (kpi.denominator.quantity == Quantity::Capacity).then(|| ExplainedTerm {
        element: "calendar_minutes".into(),
        value: group.capacity,
        estimated: group.capacity * kpi.denominator.estimated_share(group),
    });
    kpi.elements().into_iter().map(term).chain(capacity).collect()
}

pub(super) fn place(cell: Cell) -> Place {
    Place::of_line_shift(cell.client.bytes(), cell.day, cell.shift.bytes(), cell.line.bytes())
}
