//! A figure beside the period before, the same period last year, and its target.

use super::{
    Answer, AnswerRow, Ask, Better, Direction, Kpi, Stamp, answer, ask::Question, change::direction, named, stamp,
    target::Targets,
};
use domain::{Client, Code, Day, Fault, Id, Role, elements::Family};
use serde::Serialize;
use store::{Cube, Reader, Result};
use ts_rs::TS;

/// A figure over several periods.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Compared {
    /// The KPI's code.
    pub kpi: String,
    /// The unit of its values.
    pub unit: String,
    /// Which way is better.
    pub better: Better,
    /// The rows of each period, the one asked about first.
    pub rows: Vec<ComparedRow>,
    /// What the answers rest on.
    pub stamp: Stamp,
}

/// A period that figures are compared over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ComparedPeriod {
    /// The one asked about.
    Asked,
    /// The one of equal length before it.
    Previous,
    /// The same days of the year before.
    LastYear,
}

/// One group of one period.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ComparedRow {
    /// Which period.
    pub period: ComparedPeriod,
    /// Its first day.
    pub from: Day,
    /// Its last day, included.
    pub to: Day,
    /// The answer.
    pub row: AnswerRow,
    /// The value asked about less this one; none on the period asked about, or where one is undefined.
    pub difference: Option<f64>,
    /// Which way the value asked about went since; none as above, and for a KPI without a direction.
    pub direction: Option<Direction>,
    /// What the value should reach: the client's target, else the plant's.
    pub target: Option<f64>,
    /// This row's value less its target.
    pub to_target: Option<f64>,
    /// On which side of its target it lies.
    pub target_direction: Option<Direction>,
}

/// Answers a question over its period, the one before and the same a year ago.
///
/// An operator, who sees one day, hears of that day alone.
///
/// # Errors
/// What refuses the question; groups of time are refused, they are the same in no
/// two periods.
pub fn compare(reader: &Reader<'_>, cube: Option<&Cube>, ask: &Ask) -> Result<Compared> {
    let kpi = named(&ask.kpi)?;
    let question = Question::of(reader, ask, kpi.groupings)?;
    if let Some(time) = question.by.iter().find(|by| by.is_time()) {
        return Err(Fault::new(Code::Grouping).at("by").with("value", time.word()).into());
    }
    let targets = Targets::of(reader, &question, kpi)?;
    let mut answers = Vec::new();
    for (period, from, to) in periods(reader, ask) {
        // Ages are of a day: those of an earlier period are of its last.
        let earlier = kpi.family() == Family::Wip && period != ComparedPeriod::Asked;
        let as_of = if earlier { ask.as_of.map(|day| day.min(to)) } else { ask.as_of };
        answers.push((period, from, to, answer::ask(reader, cube, &Ask { from, to, as_of, ..ask.clone() })?));
    }
    let asked = answers.first().map(|(_, _, _, answer)| answer.clone());
    let of = |(period, from, to, answer): (ComparedPeriod, Day, Day, Answer)| {
        let compared = Comparing { kpi, targets: &targets, asked: asked.as_ref(), period, from, to };
        answer.rows.into_iter().map(move |row| compared.row(row)).collect::<Vec<_>>()
    };
    Ok(Compared {
        kpi: kpi.code.into(),
        unit: kpi.unit.into(),
        better: kpi.better,
        rows: answers.into_iter().flat_map(of).collect(),
        stamp: stamp::stamp(reader, &question)?,
    })
}

/// The days a comparison needs: from the year before on.
pub fn compared_days(ask: &Ask) -> (Day, Day) {
    (Day::a_year_before(ask.from, ask.to).0, ask.to)
}

/// The periods that are compared.
fn periods(reader: &Reader<'_>, ask: &Ask) -> Vec<(ComparedPeriod, Day, Day)> {
    let asked = (ComparedPeriod::Asked, ask.from, ask.to);
    if reader.session().role() == Role::Operator {
        return vec![asked];
    }
    let length = i32::try_from(ask.from.days_to(ask.to)).unwrap_or(i32::MAX);
    let previous = (ComparedPeriod::Previous, ask.from.plus(-length), ask.from.plus(-1));
    let (from, to) = Day::a_year_before(ask.from, ask.to);
    vec![asked, previous, (ComparedPeriod::LastYear, from, to)]
}

/// A period whose rows are set beside those asked about.
struct Comparing<'a> {
    kpi: &'a Kpi,
    targets: &'a Targets,
    asked: Option<&'a Answer>,
    period: ComparedPeriod,
    from: Day,
    to: Day,
}

impl Comparing<'_> {
    fn row(&self, row: AnswerRow) -> ComparedRow {
        let better = self.kpi.better;
        let difference = self.asked_value(&row).zip(row.value).map(|(asked, own)| asked - own);
        let target = self.target(&row);
        let to_target = row.value.zip(target).map(|(value, target)| value - target);
        let of = row.value.unwrap_or_default();
        ComparedRow {
            period: self.period,
            from: self.from,
            to: self.to,
            difference,
            direction: difference.and_then(|by| direction(better, by, of)),
            target,
            to_target,
            target_direction: to_target.and_then(|by| direction(better, by, of)),
            row,
        }
    }

    /// The value asked about of the same group; none for the period itself.
    fn asked_value(&self, row: &AnswerRow) -> Option<f64> {
        let rows = self.asked.filter(|_| self.period != ComparedPeriod::Asked)?.rows.iter();
        rows.filter(|other| other.keys == row.keys).find_map(|other| other.value)
    }

    fn target(&self, row: &AnswerRow) -> Option<f64> {
        let client = row.keys.get("client").and_then(|id| id.parse::<Id<Client>>().ok());
        self.targets.of_client(client.map(Id::bytes)).and_then(|target| target.target)
    }
}
