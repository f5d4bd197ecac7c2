//! Control charts: whether days differ by more than chance.
//!
//! Days without work are no points: neighbours in a chart are days with data.
//! Nothing is clipped: a limit that the value could never reach is none.

mod chart;
mod constants;
mod counts;
mod pattern;
mod rule;
mod xmr;

#[cfg(test)]
mod tests;

pub use chart::{ChartKind, ChartPoint, ControlChart, MovingRanges, RangePoint};
pub use counts::{p_chart, u_chart};
pub use rule::{ChartRule, ChartSide, ChartSignal};
pub use xmr::xmr_chart;
