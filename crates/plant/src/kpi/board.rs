//! A board: several KPIs over one period, from one reading of the sums.

use super::{
    Answer, AnswerRow, Ask, Kpi, Quantity,
    answer::{Asked, bare_row},
    ask::Question,
    group::{Group, GroupKey, KeyPart},
    grouping::Grouping,
    named, open,
    read::{Sums, total},
    rows::Groups,
};
use domain::{Client, Day, Id, Line, Product, Role, Shift, elements::Family};
use serde::{Deserialize, Serialize};
use store::{Cube, Reader, Result};
use ts_rs::TS;

/// The KPIs of a board and what they are about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BoardAsk {
    /// The KPIs' codes, in their order.
    pub kpis: Vec<String>,
    /// The clients; none for all in scope.
    #[serde(default)]
    pub clients: Option<Vec<Id<Client>>>,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
    /// Only these lines.
    #[serde(default)]
    pub lines: Option<Vec<Id<Line>>>,
    /// Only these shifts.
    #[serde(default)]
    pub shifts: Option<Vec<Id<Shift>>>,
    /// Only these products.
    #[serde(default)]
    pub products: Option<Vec<Id<Product>>>,
    /// The day as of whose end orders are looked at; none for the client's today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<Day>,
}

/// One KPI of a board.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Card {
    /// Its code.
    pub kpi: String,
    /// Its answer over the period.
    pub answer: Answer,
    /// The same over the period of equal length before.
    pub previous: Option<AnswerRow>,
    /// Its value day by day.
    pub spark: Vec<SparkPoint>,
}

/// The value of one day.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SparkPoint {
    /// The day.
    pub day: Day,
    /// The value; none where it is undefined.
    pub value: Option<f64>,
}

/// Answers all KPIs of a board.
pub fn board(reader: &Reader<'_>, cube: Option<&Cube>, ask: &BoardAsk) -> Result<Vec<Card>> {
    let kpis = ask.kpis.iter().map(|code| named(code)).collect::<std::result::Result<Vec<_>, _>>()?;
    let question = Question::of(reader, &whole(ask), &[])?;
    let sums = Sums { reader, cube };
    // Ratios come from days that are added up; calendar time is of lines and is read apart.
    let (of_lines, others): (Vec<&Kpi>, Vec<&Kpi>) =
        kpis.iter().copied().partition(|kpi| kpi.denominator.quantity == Quantity::Capacity);
    let of_days: Vec<&Kpi> = others.into_iter().filter(|kpi| kpi.family() != Family::Wip).collect();
    let asked = Asked::of(sums, &question, open::open(reader, &question)?)?;
    let days = Days::read(&asked, &of_days)?;
    let lines = if of_lines.is_empty() { None } else { Some(Lines::read(&asked, &of_lines)?) };
    kpis.iter()
        .map(|kpi| match &lines {
            Some(lines) if kpi.denominator.quantity == Quantity::Capacity => lines.card(&asked, kpi),
            _ if kpi.family() == Family::Wip => ages(&asked, kpi),
            _ => days.card(&asked, kpi),
        })
        .collect()
}

/// Ages are of a day and do not add up over days: the card and its days are read each as of their own.
fn ages(asked: &Asked<'_, '_>, kpi: &Kpi) -> Result<Card> {
    let (sums, question) = (asked.sums, asked.question);
    let days = sums.groups(&question.by(&[Grouping::Day]), &[kpi], &asked.open)?;
    let lines = Lines { all: sums.groups(question, &[kpi], &asked.open)?, previous: previous(asked, &[kpi])? };
    Ok(Card { spark: spark(&days, kpi), ..lines.card(asked, kpi)? })
}

/// The value of each day.
fn spark(days: &Groups, kpi: &Kpi) -> Vec<SparkPoint> {
    let point = |(key, group): (&GroupKey, &Group)| match key.0.first() {
        Some(KeyPart::Time(day)) => Some(SparkPoint { day: *day, value: kpi.value(group) }),
        _ => None,
    };
    days.iter().filter_map(point).collect()
}

fn whole(ask: &BoardAsk) -> Ask {
    Ask {
        kpi: String::new(),
        clients: ask.clients.clone(),
        from: ask.from,
        to: ask.to,
        by: Vec::new(),
        lines: ask.lines.clone(),
        shifts: ask.shifts.clone(),
        products: ask.products.clone(),
        operations: None,
        orders: None,
        as_of: ask.as_of,
    }
}

/// The period of equal length before; none for whoever may see one day only.
fn before(reader: &Reader<'_>, question: &Question) -> Option<Question> {
    let length = i32::try_from(question.from.days_to(question.to)).ok()?;
    let sees_periods = reader.session().role() != Role::Operator;
    sees_periods.then(|| question.over(question.from.plus(-length), question.from.plus(-1)))
}

/// The sums of each day, and of the period before.
struct Days {
    days: Groups,
    all: Groups,
    previous: Option<Group>,
}

impl Days {
    fn read(asked: &Asked<'_, '_>, kpis: &[&Kpi]) -> Result<Days> {
        let (sums, question) = (asked.sums, asked.question);
        let days = sums.groups(&question.by(&[Grouping::Day]), kpis, &asked.open)?;
        let all = Groups::from([(GroupKey(Vec::new()), total(&days))]);
        Ok(Days { days, all, previous: previous(asked, kpis)? })
    }

    fn card(&self, asked: &Asked<'_, '_>, kpi: &Kpi) -> Result<Card> {
        Ok(Card {
            kpi: kpi.code.into(),
            answer: asked.answer(kpi, &self.all)?,
            previous: self.previous.map(|group| bare_row(kpi, &group, asked.question)),
            spark: spark(&self.days, kpi),
        })
    }
}

/// The sums of a period whose calendar time is counted by line.
struct Lines {
    all: Groups,
    previous: Option<Group>,
}

impl Lines {
    fn read(asked: &Asked<'_, '_>, kpis: &[&Kpi]) -> Result<Lines> {
        let all = asked.sums.groups(asked.question, kpis, &asked.open)?;
        Ok(Lines { all, previous: previous(asked, kpis)? })
    }

    fn card(&self, asked: &Asked<'_, '_>, kpi: &Kpi) -> Result<Card> {
        Ok(Card {
            kpi: kpi.code.into(),
            answer: asked.answer(kpi, &self.all)?,
            previous: self.previous.map(|group| bare_row(kpi, &group, asked.question)),
            spark: Vec::new(),
        })
    }
}

/// The sums of the period before, where it has any.
fn previous(asked: &Asked<'_, '_>, kpis: &[&Kpi]) -> Result<Option<Group>> {
    let reader = asked.sums.reader;
    let Some(question) = before(reader, asked.question) else { return Ok(None) };
    let groups = asked.sums.groups(&question, kpis, &open::open(reader, &question)?)?;
    Ok((!groups.is_empty()).then(|| total(&groups)))
}
