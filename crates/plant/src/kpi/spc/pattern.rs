//! The points that a rule finds.

use super::{
    chart::ChartPoint,
    rule::{ChartRule, ChartSide},
};

/// The side, where there is one, and the places of the points.
pub(super) type Found = (Option<ChartSide>, Vec<usize>);

/// What rounding may move a point, in sigmas: nearer than this is on the line.
const TIE: f64 = 1e-9;

/// All places where a rule holds.
pub(super) fn find(rule: ChartRule, points: &[ChartPoint], centre: f64) -> Vec<Found> {
    let scores: Vec<f64> = points.iter().map(|point| (point.value - centre) / point.sigma).collect();
    match rule {
        ChartRule::BeyondLimits => on_each_side(&scores, 3.0, 1, 1),
        ChartRule::TwoOfThree => on_each_side(&scores, 2.0, 2, 3),
        ChartRule::FourOfFive => on_each_side(&scores, 1.0, 4, 5),
        ChartRule::EightOnOneSide => on_each_side(&scores, 0.0, 8, 8),
        ChartRule::NineOnOneSide => on_each_side(&scores, 0.0, 9, 9),
        ChartRule::SixInATrend => trends(&steps(points), 6),
        ChartRule::FourteenAlternating => alternations(&steps(points), 14),
        ChartRule::FifteenWithinOneSigma => sideless(runs(&scores, 15, 15, |score| score.abs() < 1.0 - TIE)),
        ChartRule::EightBeyondOneSigma => sideless(
            runs(&scores, 8, 8, |score| score.abs() > 1.0 + TIE)
                .into_iter()
                .filter(|at| on_both_sides(&scores, at))
                .collect(),
        ),
    }
}

/// From each point to the next: 1 up, −1 down, 0 equal.
fn steps(points: &[ChartPoint]) -> Vec<f64> {
    let way =
        |pair: &[ChartPoint]| (pair[1].value - pair[0].value).partial_cmp(&0.0).map_or(0.0, |o| f64::from(o as i8));
    points.windows(2).map(way).collect()
}

/// `least` of `window` points in a row beyond so many sigmas, side by side.
fn on_each_side(scores: &[f64], sigmas: f64, least: usize, window: usize) -> Vec<Found> {
    let above = runs(scores, least, window, |score| score > sigmas + TIE);
    let below = runs(scores, least, window, |score| score < -sigmas - TIE);
    let mut found: Vec<Found> = above.into_iter().map(|at| (Some(ChartSide::Above), at)).collect();
    found.extend(below.into_iter().map(|at| (Some(ChartSide::Below), at)));
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

/// So many points in a row that only rise or only fall.
fn trends(steps: &[f64], points: usize) -> Vec<Found> {
    let with_ends = |(side, mut at): Found| {
        at.extend(at.last().map(|last| last + 1));
        (side, at)
    };
    on_each_side(steps, 0.0, points - 1, points - 1).into_iter().map(with_ends).collect()
}

/// So many points in a row that go up and down in turn: a trend once every second step is turned round.
fn alternations(steps: &[f64], points: usize) -> Vec<Found> {
    let turned: Vec<f64> =
        steps.iter().enumerate().map(|(at, step)| if at.is_multiple_of(2) { *step } else { -step }).collect();
    trends(&turned, points).into_iter().map(|(_, at)| (None, at)).collect()
}

fn sideless(runs: Vec<Vec<usize>>) -> Vec<Found> {
    runs.into_iter().map(|at| (None, at)).collect()
}

fn on_both_sides(scores: &[f64], at: &[usize]) -> bool {
    at.iter().any(|at| scores[*at] > 0.0) && at.iter().any(|at| scores[*at] < 0.0)
}

/// The marked points of windows in which at least so many are marked; windows
/// that share a marked point are one.
fn runs(scores: &[f64], least: usize, window: usize, marked: impl Fn(f64) -> bool) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..(scores.len() + 1).saturating_sub(window) {
        let at: Vec<usize> = (start..start + window).filter(|at| marked(scores[*at])).collect();
        if at.len() < least {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.last() >= at.first() => {
                let known = last.last().copied();
                last.extend(at.into_iter().filter(|at| Some(*at) > known));
            }
            _ => found.push(at),
        }
    }
    found
}
