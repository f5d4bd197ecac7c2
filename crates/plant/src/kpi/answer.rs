//! The answer to a question, with everything that says how sure it is.

use super::{
    Beside, Better, ClientAges, Kpi, Method, Quantity, Target, ages,
    as_of::AsOf,
    ask::{Ask, Question},
    calendar::{self, Expected},
    delivery,
    group::{Group, GroupKey},
    grouping::Grouping,
    interval::interval,
    label::{Labels, Words},
    named,
    open::{self, Open},
    orders,
    read::{Sums, total},
    routes::{self, Routes},
    rows::Groups,
    stamp::{Stamp, stamp},
    target::{Targets, verdict},
};
use domain::elements::{Element, Family, Subject};
use serde::Serialize;
use std::{cell::OnceCell, collections::BTreeMap};
use store::{Cube, Kept, Reader, Result};
use ts_rs::TS;

/// The rows of an answer and what they were taken from.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Answer {
    /// The KPI's code.
    pub kpi: String,
    /// The unit of its values.
    pub unit: String,
    /// Which way is better.
    pub better: Better,
    /// What it should reach, where all clients asked about agree.
    pub target: Option<Target>,
    /// One row for each group, in the order of their words.
    pub rows: Vec<AnswerRow>,
    /// The open line shifts of today, against what has passed of them.
    pub so_far: Option<AnswerRow>,
    /// Labour and machine minutes are added up.
    pub mixed_basis: bool,
    /// Where bases are mixed: the labour lines and the machine lines alone.
    pub by_basis: Vec<AnswerRow>,
    /// Orders that could not be counted: without a promised day, or in work without a start.
    #[ts(type = "number")]
    pub left_out: i64,
    /// Of a delivery KPI: the code of the one that the clients asked about chose as their headline.
    pub headline: Option<String>,
    /// Of WIP age: the ages of each client in bands and percentiles.
    pub ages: Vec<ClientAges>,
    /// What the answer rests on.
    pub stamp: Stamp,
}

/// One group of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AnswerRow {
    /// The group in the codes people use.
    pub by: BTreeMap<String, String>,
    /// The group in ids; times as the first day.
    pub keys: BTreeMap<String, String>,
    /// The value, unrounded; none where it is undefined.
    pub value: Option<f64>,
    /// Why the value is undefined: a key under "why.".
    pub why: Option<String>,
    /// What is above the line.
    pub numerator: f64,
    /// What is below the line.
    pub denominator: f64,
    /// Rows somebody entered: production entries, inspections, people on lists, orders.
    #[ts(type = "number")]
    pub rows: i64,
    /// Line shifts.
    #[ts(type = "number")]
    pub line_shifts: i64,
    /// The part of the denominator that rests on inference, from 0 to 1.
    pub estimated_share: f64,
    /// The part of the numerator that rests on inference, from 0 to 1.
    pub estimated_numerator: f64,
    /// The least trusted inference: a key under "source.".
    pub weakest: Option<String>,
    /// The 95 % interval of the value.
    pub interval: Option<[f64; 2]>,
    /// Line shifts with entries of the line shifts on the calendar.
    pub completeness: Option<f64>,
    /// It may still move: line shifts are open, or changes wait for the hub or for a decision.
    pub provisional: bool,
    /// Whether the target is met.
    pub verdict: Option<Verdict>,
    /// A second number beside the value.
    pub beside: Option<BesideValue>,
    /// Steps of the route that nobody inspected: not in the value.
    pub left_out: Vec<String>,
    /// What the value is made up of, where it is shown.
    pub parts: Vec<BesideValue>,
}

/// A second number of a row.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BesideValue {
    /// Its name.
    pub name: String,
    /// Its value in the answer's unit.
    pub value: f64,
}

/// Whether a target is met, as far as the interval tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The whole interval lies on the good side.
    Met,
    /// The whole interval lies on the bad side.
    Missed,
    /// Too few to tell.
    Unclear,
}

/// Answers a question from the session's sums.
///
/// The cube, where given, must hold the session's days as they are now.
pub fn ask(reader: &Reader<'_>, cube: Option<&Cube>, ask: &Ask) -> Result<Answer> {
    answered(Sums::of(reader, cube), ask)
}

/// The same, where days that were worked out before are taken from memory.
pub fn ask_kept(reader: &Reader<'_>, cube: Option<&Cube>, kept: &Kept, ask: &Ask) -> Result<Answer> {
    answered(Sums { reader, cube, kept: Some(kept) }, ask)
}

fn answered(sums: Sums<'_, '_>, ask: &Ask) -> Result<Answer> {
    let kpi = named(&ask.kpi)?;
    let question = Question::of(sums.reader, ask, kpi.groupings)?;
    let open = open::open(sums.reader, &question)?;
    let groups = sums.groups(&question, &[kpi], &open)?;
    Asked::of(sums, &question, open)?.answer(kpi, &groups)
}

/// A question with what all its answers share.
pub(super) struct Asked<'a, 'c> {
    pub sums: Sums<'a, 'c>,
    pub question: &'a Question,
    pub open: Open,
    expected: Option<Expected>,
    /// The period is not over for one of the clients: its orders may still move.
    moves: bool,
    stamp: Stamp,
    /// Orders left out, and the headline.
    delivery: OnceCell<(i64, Option<String>)>,
}

impl<'a, 'c> Asked<'a, 'c> {
    /// Reads what all answers of a question share.
    pub(super) fn of(sums: Sums<'a, 'c>, question: &'a Question, open: Open) -> Result<Self> {
        let expected = calendar::expected(sums.reader, question)?;
        let todays = sums.reader.todays(&question.clients)?;
        let moves =
            todays.values().any(|today| question.to >= *today && question.as_of.is_none_or(|day| day >= *today));
        Ok(Asked {
            sums,
            question,
            open,
            expected,
            moves,
            stamp: stamp(sums.reader, question)?,
            delivery: OnceCell::new(),
        })
    }

    /// The answer of one KPI from the groups.
    pub(super) fn answer(&self, kpi: &Kpi, groups: &Groups) -> Result<Answer> {
        let targets = Targets::of(self.sums.reader, self.question, kpi)?;
        // Only minutes mix: units of labour and machine lines are units.
        let mixed_basis = kpi.family() == Family::LineShift
            && (groups.values().any(Group::mixes_bases) || total(groups).mixes_bases());
        Ok(Answer {
            kpi: kpi.code.into(),
            unit: kpi.unit.into(),
            better: kpi.better,
            target: targets.common(),
            rows: self.rows(kpi, groups, &targets)?,
            so_far: self.so_far(kpi)?,
            mixed_basis,
            by_basis: if mixed_basis { self.by_basis(kpi)? } else { Vec::new() },
            left_out: self.left_out(kpi)?,
            headline: self.headline(kpi)?,
            ages: self.ages(kpi)?,
            stamp: self.stamp.clone(),
        })
    }

    /// Orders that belong to no day, or have no age.
    fn left_out(&self, kpi: &Kpi) -> Result<i64> {
        match kpi.family() {
            Family::Orders => Ok(self.delivery()?.0),
            Family::Wip => ages::left_out(self.sums.reader, self.question),
            _ => Ok(0),
        }
    }

    /// The delivery KPI that decides for the clients asked about, where they agree.
    fn headline(&self, kpi: &Kpi) -> Result<Option<String>> {
        if kpi.family() == Family::Orders { Ok(self.delivery()?.1.clone()) } else { Ok(None) }
    }

    /// What all delivery KPIs share, read when the first of them is answered.
    fn delivery(&self) -> Result<&(i64, Option<String>)> {
        if let Some(known) = self.delivery.get() {
            return Ok(known);
        }
        let left_out = orders::left_out(self.sums.reader, self.question)?;
        let headline = delivery::headline(self.sums.reader, &self.question.clients)?;
        Ok(self.delivery.get_or_init(|| (left_out, headline)))
    }

    fn ages(&self, kpi: &Kpi) -> Result<Vec<ClientAges>> {
        if kpi.family() != Family::Wip {
            return Ok(Vec::new());
        }
        let as_of = AsOf::of(self.sums.reader, self.question, &[Family::Wip])?;
        ages::of_clients(&self.sums, self.question, &as_of)
    }

    /// One row for each group, sorted by their words.
    fn rows(&self, kpi: &Kpi, groups: &Groups, targets: &Targets) -> Result<Vec<AnswerRow>> {
        if groups.is_empty() && self.question.by.is_empty() {
            return Ok(vec![self.row(kpi, &GroupKey(Vec::new()), &Group::default(), targets)]);
        }
        let mut labels = Labels::new(self.sums.reader);
        let mut rows = Vec::with_capacity(groups.len());
        let routes = self.routes(kpi)?;
        for (key, group) in groups {
            let (by, keys) = labels.of(&self.question.by, key)?;
            let steps = routes::steps(self.sums.reader, self.question, &routes, key)?;
            let left_out = steps.into_iter().filter(|step| step.inspected <= 0.0).map(|step| step.code).collect();
            rows.push(AnswerRow { by, keys, left_out, ..self.row(kpi, key, group, targets) });
        }
        // Times are in order already; ids are not in the order of their codes.
        if !self.question.by.iter().all(|by| by.is_time()) {
            rows.sort_by_cached_key(|row| {
                let words: Vec<_> = self.question.by.iter().map(|by| row.by.get(by.word()).cloned()).collect();
                (words, row.keys.clone())
            });
        }
        Ok(rows)
    }

    /// The routes behind the groups, where the KPI is one of routes.
    pub(super) fn routes(&self, kpi: &Kpi) -> Result<Routes> {
        match kpi.method {
            Method::Rolled if self.sums.has_several_routes(self.question)? => Ok(Routes::new()),
            Method::Rolled => self.sums.routes(self.question, &[kpi], &self.open),
            Method::Ratio => Ok(Routes::new()),
        }
    }

    /// A row without its words, measured against calendar and target.
    pub(super) fn row(&self, kpi: &Kpi, key: &GroupKey, group: &Group, targets: &Targets) -> AnswerRow {
        let row = bare_row(kpi, group, self.question);
        let target = targets.of_row(&key.0).and_then(|target| target.target);
        let expected = self.expected.as_ref().filter(|_| !of_orders(kpi)).and_then(|expected| expected.get(key));
        let expected = expected.filter(|count| **count > 0.0);
        AnswerRow {
            completeness: expected.map(|count| group.sums[entered(kpi.family())] / count),
            provisional: self.open.is_unsettled(key) || if of_orders(kpi) { self.moves } else { self.is_running(key) },
            verdict: target.filter(|_| row.value.is_some()).map(|target| verdict(kpi, target, &row)),
            ..row
        }
    }

    /// Whether an open line shift belongs to the group.
    fn is_running(&self, key: &GroupKey) -> bool {
        if self.open.running.is_empty() {
            return false;
        }
        let whole: Vec<Grouping> = self.question.by.iter().copied().filter(|by| !by.divides_line_shift()).collect();
        let mut parts =
            self.question.by.iter().zip(&key.0).filter(|(by, _)| !by.divides_line_shift()).map(|(_, part)| part);
        let own = GroupKey(parts.by_ref().copied().collect());
        self.open.running.iter().any(|(place, _)| GroupKey::of(&whole, place) == own)
    }

    /// The open line shifts of today, against what has passed of them.
    fn so_far(&self, kpi: &Kpi) -> Result<Option<AnswerRow>> {
        if of_orders(kpi) || kpi.denominator.quantity == Quantity::Capacity {
            return Ok(None);
        }
        let mut today = Vec::new();
        for (place, cell) in &self.open.running {
            if cell.day == self.sums.reader.today(cell.client)? {
                today.push((*place, *cell));
            }
        }
        let question = self.question.by(&[]);
        let of = |question: &Question| -> Result<Groups> {
            let mut groups = Groups::new();
            open::add(self.sums.reader, question, &[kpi.family()], &today, &mut groups)?;
            Ok(groups)
        };
        let mut groups = of(&question)?;
        if kpi.method == Method::Rolled {
            routes::roll(&mut groups, &routes::of(&question, &of(&routes::by_step(&question))?));
        }
        let row = |group: &Group| AnswerRow { provisional: true, ..bare_row(kpi, group, &question) };
        let filled = |group: &&Group| kpi.family() == Family::LineShift || group.rows(kpi.family()) > 0.0;
        Ok(groups.values().find(filled).map(row))
    }

    /// The labour lines and the machine lines, each alone.
    fn by_basis(&self, kpi: &Kpi) -> Result<Vec<AnswerRow>> {
        let by_line = self.question.by(&[Grouping::Line]);
        let lines = self.sums.groups(&by_line, &[kpi], &self.open)?;
        let of = |basis: &str, is_machine: bool| {
            let of_basis = |line: &&Group| (line.sums[Element::MachineShifts] > 0.0) == is_machine;
            let mut group = Group::default();
            lines.values().filter(of_basis).for_each(|line| group.add(line));
            let by = Words::from([("basis".to_owned(), basis.to_owned())]);
            AnswerRow { by, ..bare_row(kpi, &group, self.question) }
        };
        Ok(vec![of("labour", false), of("machine", true)])
    }
}

/// What a group's sums alone say.
pub(super) fn bare_row(kpi: &Kpi, group: &Group, question: &Question) -> AnswerRow {
    let value = kpi.value(group);
    let (estimated_share, estimated_numerator) =
        (kpi.denominator.estimated_share(group), kpi.numerator.estimated_share(group));
    AnswerRow {
        by: Words::new(),
        keys: Words::new(),
        value,
        why: value.is_none().then(|| why(kpi, group)),
        numerator: kpi.numerator.sum(group),
        denominator: kpi.denominator.sum(group),
        rows: group.rows(kpi.family()).round() as i64,
        line_shifts: if of_orders(kpi) { 0 } else { group.observations(kpi.family()).round() as i64 },
        estimated_share,
        estimated_numerator,
        weakest: (estimated_share > 0.0 || estimated_numerator > 0.0).then(|| weakest(kpi, group, question)).flatten(),
        interval: value.and_then(|_| interval(kpi, group)),
        completeness: None,
        provisional: false,
        verdict: None,
        left_out: Vec::new(),
        beside: kpi.beside.and_then(|beside| beside_value(kpi, &beside, group)),
        parts: kpi.parts.iter().filter_map(|part| beside_value(kpi, part, group)).collect(),
    }
}

fn beside_value(kpi: &Kpi, beside: &Beside, group: &Group) -> Option<BesideValue> {
    beside.value(kpi, group).map(|value| BesideValue { name: beside.name.into(), value })
}

/// The line shifts somebody entered something on, as a family counts them.
const fn entered(family: Family) -> Element {
    match family {
        Family::People => Element::PeopleCells,
        Family::LineShift | Family::Quality | Family::Orders | Family::Wip => Element::WithEntries,
    }
}

/// Whether a KPI is about orders, and not about line shifts.
fn of_orders(kpi: &Kpi) -> bool {
    kpi.family().is_of_orders()
}

fn why(kpi: &Kpi, group: &Group) -> String {
    if of_orders(kpi) {
        return kpi.undefined.into();
    }
    if group.routes > 1.0 {
        return "several_routes".into();
    }
    if group.line_shifts > 0.0 || group.has(kpi.family()) { kpi.undefined.into() } else { "no_rows".into() }
}

fn weakest(kpi: &Kpi, group: &Group, question: &Question) -> Option<String> {
    group.sources.weakest(&subjects(kpi, question)).map(|source| source.key().into())
}

/// What the inferences of an answer can be about.
pub(super) fn subjects(kpi: &Kpi, question: &Question) -> Vec<Subject> {
    let mut subjects = kpi.subjects();
    if question.shared_mask() != 0 {
        subjects.push(Subject::Allocation);
    }
    subjects
}
