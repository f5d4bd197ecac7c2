//! An answer taken apart: formula, sums, sources, line shifts, rows.

use super::{
    AnswerRow, Ask, Group, Kpi, Method, Quantity,
    answer::{Asked, subjects},
    ask::Question,
    definition::number,
    explain_orders::{self, ExplainedOrder},
    explain_shifts::Shifts,
    group::{GroupKey, KeyPart, Place},
    grouping::Grouping,
    inspected, named, open, people,
    read::{Sums, total},
    routes, sources,
    target::Targets,
};
use domain::{
    Day, Id, LineShift,
    elements::{Element, Family},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Cell, Cube, Reader, Result, values};
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
    /// What it was made of: crew, idle floating people, net minutes, entries that report their run.
    pub inputs: BTreeMap<String, f64>,
    /// Where each of them comes from.
    pub sources: BTreeMap<String, ShiftSource>,
    /// The rows somebody entered.
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
    let kpi = named(&explain.ask.kpi)?;
    let whole = Ask { by: Vec::new(), ..explain.ask.clone() };
    Grouping::read(&explain.ask.by, kpi.groupings)?;
    let question = Question::of(reader, &whole, kpi.groupings)?;
    let sums = Sums { reader, cube };
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
        return explain_orders::complete(reader, &question, kpi, explain, explained);
    }
    let Page { cells, total } = page(&asked, kpi, explain)?;
    let mut shifts = Shifts::of(reader, &question, kpi);
    Ok(Explained {
        sources: sources::sources(reader, &question, &asked.open, (kpi.family(), &subjects(kpi, &question)))?,
        line_shifts: cells.into_iter().map(|cell| shifts.line_shift(cell)).collect::<Result<_>>()?,
        total,
        ..explained
    })
}

/// The line shifts of one page, and how many there are on all.
struct Page {
    cells: Vec<Cell>,
    total: usize,
}

/// Cuts the page out of the line shifts of the days it lies in, where their days count them, else out of all.
fn page(asked: &Asked<'_, '_>, kpi: &Kpi, explain: &Explain) -> Result<Page> {
    let question = asked.question;
    let counted = kpi.family() == Family::LineShift && kpi.denominator.quantity != Quantity::Capacity;
    if !counted || !question.is_of_client_days() || !asked.open.overdue.is_empty() {
        let cells = cells(asked, question, kpi.family())?;
        let page = cells.iter().copied().skip(explain.offset).take(explain.limit);
        return Ok(Page { cells: page.collect(), total: cells.len() });
    }
    let days = asked.sums.groups(&question.by(&[Grouping::Day]), &[kpi], &asked.open)?;
    let (mut before, mut total, mut within) = (0, 0, Vec::new());
    for (key, group) in &days {
        let (count, KeyPart::Time(day)) = (group.line_shifts.round() as usize, key.0[0]) else { continue };
        if total + count <= explain.offset {
            before += count;
        } else if total < explain.offset + explain.limit {
            within.push(day);
        }
        total += count;
    }
    let (Some(first), Some(last)) = (within.first(), within.last()) else { return Ok(Page { cells: vec![], total }) };
    let cells = cells(asked, &question.over(*first, *last), kpi.family())?;
    Ok(Page { cells: cells.into_iter().skip(explain.offset - before).take(explain.limit).collect(), total })
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

/// Every line shift of a question, by day, line and shift.
fn cells(asked: &Asked<'_, '_>, question: &Question, family: Family) -> Result<Vec<Cell>> {
    let reader = asked.sums.reader;
    let mut cells: Vec<Cell> = asked.open.overdue.iter().map(|(_, cell)| *cell).collect();
    match family {
        Family::Quality => cells.extend(inspected::cells(reader, question)?),
        Family::People => cells.extend(people::cells(reader, question)?),
        Family::LineShift | Family::Orders | Family::Wip => {
            cells.extend(line_shift_cells(reader, question)?);
        }
    }
    cells.sort_unstable_by_key(|cell| (cell.day, cell.client, cell.line, cell.shift));
    cells.dedup();
    Ok(cells)
}

/// The line shifts of a question that are in the sums.
fn line_shift_cells(reader: &Reader<'_>, question: &Question) -> Result<Vec<Cell>> {
    let mut cells = Vec::new();
    let sql = "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, parts FROM kpi_line_shift
        WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3";
    let of_parts = "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, 1 FROM kpi_part
        WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3";
    let tables: &[&str] = if question.is_below_line_shift() { &[sql, of_parts] } else { &[sql] };
    for (client, sql) in question.clients.iter().flat_map(|client| tables.iter().map(move |sql| (*client, *sql))) {
        reader.select(sql, values![client, question.from, question.to], |row| {
            let cell = Cell { client, day: row.get(0)?, shift: row.get(1)?, line: row.get(2)? };
            let place = place(cell).part(row.get(3)?, row.get(4)?, row.get(5)?);
            // A line shift of several parts is listed by them, not by its own row.
            let is_whole = !question.is_below_line_shift() || row.get::<i64>(6)? == 1;
            if is_whole && question.holds(&place) {
                cells.push(cell);
            }
            Ok(())
        })?;
    }
    Ok(cells)
}

pub(super) fn place(cell: Cell) -> Place {
    Place::of_line_shift(cell.client.bytes(), cell.day, cell.shift.bytes(), cell.line.bytes())
}
