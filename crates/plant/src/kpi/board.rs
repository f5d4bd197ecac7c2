//! A board: several KPIs over one period, from one reading of the sums.

use super::{
    Answer, AnswerRow, Ask, Known, Kpi,
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
    /// What was known; none for what is known now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub known: Option<Known>,
    /// The day as of whose end orders are looked at; none for the client's today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<Day>,
}

impl BoardAsk {
    /// The days whose rows a board may need: the period, and the one before.
    pub fn days(&self) -> (Day, Day) {
        (day_before(self.from, self.to), self.to)
    }
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
    let sums = Sums::of(reader, cube);
    // Ratios come from days that are added up; calendar time is of lines, yields are of routes, ages of a day: read apart.
    let of_days: Vec<&Kpi> = kpis.iter().copied().filter(|kpi| kpi.adds_up()).collect();
    let asked = Asked::of(sums, &question, open::open(reader, &question)?)?;
    let days = Days::read(&asked, &of_days)?;
    kpis.iter().map(|kpi| if kpi.adds_up() { days.card(&asked, kpi) } else { whole_card(&asked, kpi) }).collect()
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
        clients: ask.clients.clone(),
        lines: ask.lines.clone(),
        shifts: ask.shifts.clone(),
        products: ask.products.clone(),
        known: ask.known.clone(),
        as_of: ask.as_of,
        ..Ask::of("", ask.from, ask.to)
    }
}

/// The period of equal length before; none for whoever may see one day only.
fn before(reader: &Reader<'_>, question: &Question) -> Option<Question> {
    let first = day_before(question.from, question.to);
    let sees_periods = reader.session().role() != Role::Operator;
    sees_periods.then(|| question.over(first, question.from.plus(-1)))
}

/// The first day of the period of equal length before.
fn day_before(from: Day, to: Day) -> Day {
    from.plus(-i32::try_from(from.days_to(to)).unwrap_or(0))
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

/// A card of a KPI that is not made of days.
fn whole_card(asked: &Asked<'_, '_>, kpi: &Kpi) -> Result<Card> {
    let all = asked.sums.groups(asked.question, &[kpi], &asked.open)?;
    Ok(Card {
        kpi: kpi.code.into(),
        answer: asked.answer(kpi, &all)?,
        previous: previous(asked, &[kpi])?.map(|group| bare_row(kpi, &group, asked.question)),
        spark: if kpi.family() == Family::Wip { ages(asked, kpi)? } else { Vec::new() },
    })
}

/// The age of each day, as of its end.
fn ages(asked: &Asked<'_, '_>, kpi: &Kpi) -> Result<Vec<SparkPoint>> {
    Ok(spark(&asked.sums.groups(&asked.question.by(&[Grouping::Day]), &[kpi], &asked.open)?, kpi))
}

/// The sums of the period before, where it has any.
fn previous(asked: &Asked<'_, '_>, kpis: &[&Kpi]) -> Result<Option<Group>> {
    let reader = asked.sums.reader;
    let Some(question) = before(reader, asked.question) else { return Ok(None) };
    let groups = asked.sums.groups(&question, kpis, &open::open(reader, &question)?)?;
    Ok((!groups.is_empty()).then(|| total(&groups)))
}
