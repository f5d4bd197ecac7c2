//! Constants, limits and rules of control charts.

mod charts;
mod rules;

use super::*;
use domain::Day;

/// A Monday.
const DAY: Day = Day(16_832);
