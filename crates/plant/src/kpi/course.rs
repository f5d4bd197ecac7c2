//! How a KPI goes over the days: chance or not, and what is to come.

use super::{
    Ask, BackTest, Bounds, ControlChart, Counted, Forecast, Interval, Kpi, NoForecast, NotEnough,
    ask::Question,
    back_test, forecast,
    group::{Group, KeyPart},
    grouping::Grouping,
    named, open, p_chart,
    read::Sums,
    u_chart, xmr_chart,
};
use domain::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Cube, Reader, Result};
use ts_rs::TS;

/// A KPI whose days are followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CourseAsk {
    /// The question; its groups are left aside.
    pub ask: Ask,
    /// Centre and limits rest on the days up to this one; none for all.
    #[serde(default)]
    pub base_to: Option<Day>,
    /// Days to look ahead, 7 to 30.
    #[serde(default = "month")]
    pub ahead: u32,
}

const fn month() -> u32 {
    30
}

/// The days of a KPI, judged, and those to come.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Course {
    /// The KPI's code.
    pub kpi: String,
    /// The unit of its values.
    pub unit: String,
    /// Which days are not chance; none where there are too few.
    pub chart: Option<ControlChart>,
    /// Why there is no chart.
    pub no_chart: Option<NotEnough>,
    /// What is to be expected.
    pub forecast: Option<Forecast>,
    /// Why there is no forecast.
    pub no_forecast: Option<NoForecast>,
    /// How well such forecasts would have done.
    pub back_test: Option<BackTest>,
}

/// Follows one KPI from day to day.
///
/// # Errors
/// `grouping` for a KPI that belongs to no day; whatever refuses the question.
pub fn course(reader: &Reader<'_>, cube: Option<&Cube>, asked: &CourseAsk) -> Result<Course> {
    let kpi = named(&asked.ask.kpi)?;
    let days = days(reader, cube, kpi, &asked.ask)?;
    let values: BTreeMap<Day, f64> = days.iter().filter_map(|(day, group)| Some((*day, kpi.value(group)?))).collect();
    let chart = chart(kpi, &days, &values, asked.base_to);
    let ahead = forecast(&values, asked.ahead, bounds(kpi));
    Ok(Course {
        kpi: kpi.code.into(),
        unit: kpi.unit.into(),
        no_chart: chart.as_ref().err().copied(),
        chart: chart.ok(),
        no_forecast: ahead.as_ref().err().copied(),
        forecast: ahead.ok(),
        back_test: back_test(&values, asked.ahead, bounds(kpi)).ok(),
    })
}

/// The sums of each day of a question.
fn days(reader: &Reader<'_>, cube: Option<&Cube>, kpi: &Kpi, ask: &Ask) -> Result<BTreeMap<Day, Group>> {
    if !kpi.is_followed() {
        return Err(domain::Fault::new(domain::Code::Grouping).at("kpi").with("value", Grouping::Day.word()).into());
    }
    let whole = Ask { by: Vec::new(), ..ask.clone() };
    let question = Question::of(reader, &whole, kpi.groupings)?.by(&[Grouping::Day]);
    let open = open::open(reader, &question)?;
    let groups = Sums::of(reader, cube).groups(&question, &[kpi], &open)?;
    let day = |part: Option<&KeyPart>| if let Some(KeyPart::Time(day)) = part { Some(*day) } else { None };
    Ok(groups.into_iter().filter_map(|(key, group)| Some((day(key.0.first())?, group))).collect())
}

/// Shares of units in a p chart, counts by opportunities in a u chart, daily ratios in an XmR chart.
fn chart(
    kpi: &Kpi,
    days: &BTreeMap<Day, Group>,
    values: &BTreeMap<Day, f64>,
    base_to: Option<Day>,
) -> std::result::Result<ControlChart, NotEnough> {
    let of = |group: &Group| Counted { count: kpi.numerator.sum(group), exposure: kpi.denominator.sum(group) };
    let counts = || days.iter().map(|(day, group)| (*day, of(group))).collect();
    match kpi.interval {
        Some(Interval::Wilson) => p_chart(&counts(), base_to, kpi.scale),
        Some(Interval::Poisson) => u_chart(&counts(), base_to, kpi.scale),
        _ => xmr_chart(values, base_to, bounds(kpi)),
    }
}

/// What the KPI can be at all: a share of units ends at the whole, a complement too.
fn bounds(kpi: &Kpi) -> Bounds {
    match kpi.interval {
        Some(Interval::Wilson) => Bounds { low: Some(0.0), high: Some(kpi.scale) },
        Some(Interval::Ratio(ratio)) if ratio.complement => Bounds { low: None, high: Some(kpi.scale) },
        _ => Bounds::NOT_NEGATIVE,
    }
}
