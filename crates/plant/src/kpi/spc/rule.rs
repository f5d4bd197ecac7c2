//! The rules that tell a signal from chance.
//!
//! Ties: a point exactly on the centre line is on neither side, and a point
//! exactly on a limit or zone line is not beyond it and not within it; either
//! ends a run and counts for nothing. Equal neighbours neither rise nor fall.

use super::{chart::ChartPoint, pattern};
use domain::Day;
use serde::Serialize;
use ts_rs::TS;

/// A rule of Western Electric (1956) or Nelson (1984).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartRule {
    /// One point beyond three sigma.
    BeyondLimits,
    /// Two of three in a row beyond two sigma on the same side.
    TwoOfThree,
    /// Four of five in a row beyond one sigma on the same side.
    FourOfFive,
    /// Eight in a row on the same side of the centre.
    EightOnOneSide,
    /// Nine in a row on the same side of the centre.
    NineOnOneSide,
    /// Six in a row that only rise or only fall.
    SixInATrend,
    /// Fourteen in a row that go up and down in turn.
    FourteenAlternating,
    /// Fifteen in a row within one sigma of the centre.
    FifteenWithinOneSigma,
    /// Eight in a row beyond one sigma, on both sides.
    EightBeyondOneSigma,
}

/// The side of the centre, or the way of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ChartSide {
    /// Above the centre, or rising.
    Above,
    /// Below the centre, or falling.
    Below,
}

/// Points that a rule does not believe to be chance.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChartSignal {
    /// The rule.
    pub rule: ChartRule,
    /// Its number among the four of Western Electric.
    pub western_electric: Option<u8>,
    /// Its number among the eight of Nelson.
    pub nelson: Option<u8>,
    /// The side, where the rule has one.
    pub side: Option<ChartSide>,
    /// The places of the points in the chart, from 0; only those that count.
    #[ts(type = "number[]")]
    pub points: Vec<usize>,
    /// Their days.
    pub days: Vec<Day>,
}

impl ChartRule {
    /// All of them.
    pub const ALL: [ChartRule; 9] = [
        ChartRule::BeyondLimits,
        ChartRule::TwoOfThree,
        ChartRule::FourOfFive,
        ChartRule::EightOnOneSide,
        ChartRule::NineOnOneSide,
        ChartRule::SixInATrend,
        ChartRule::FourteenAlternating,
        ChartRule::FifteenWithinOneSigma,
        ChartRule::EightBeyondOneSigma,
    ];

    /// Its number in the handbook of Western Electric.
    pub const fn western_electric(self) -> Option<u8> {
        match self {
            ChartRule::BeyondLimits => Some(1),
            ChartRule::TwoOfThree => Some(2),
            ChartRule::FourOfFive => Some(3),
            ChartRule::EightOnOneSide => Some(4),
            _ => None,
        }
    }

    /// Its number in Nelson's list.
    pub const fn nelson(self) -> Option<u8> {
        match self {
            ChartRule::BeyondLimits => Some(1),
            ChartRule::NineOnOneSide => Some(2),
            ChartRule::SixInATrend => Some(3),
            ChartRule::FourteenAlternating => Some(4),
            ChartRule::TwoOfThree => Some(5),
            ChartRule::FourOfFive => Some(6),
            ChartRule::FifteenWithinOneSigma => Some(7),
            ChartRule::EightBeyondOneSigma => Some(8),
            ChartRule::EightOnOneSide => None,
        }
    }

    fn signal(self, points: &[ChartPoint], side: Option<ChartSide>, at: Vec<usize>) -> ChartSignal {
        let days = at.iter().filter_map(|at| points.get(*at)).map(|point| point.day).collect();
        ChartSignal {
            rule: self,
            western_electric: self.western_electric(),
            nelson: self.nelson(),
            side,
            points: at,
            days,
        }
    }
}

/// Every signal of a chart, rule by rule.
///
/// Windows that share a point are one signal, so that a long run is named once.
pub(super) fn signals(points: &[ChartPoint], centre: f64) -> Vec<ChartSignal> {
    // Where no day can differ from another there is nothing to tell from chance.
    if points.iter().all(|point| point.sigma <= 0.0) {
        return Vec::new();
    }
    let found =
        |rule: ChartRule| pattern::find(rule, points, centre).into_iter().map(move |(side, at)| (rule, side, at));
    ChartRule::ALL.into_iter().flat_map(found).map(|(rule, side, at)| rule.signal(points, side, at)).collect()
}
