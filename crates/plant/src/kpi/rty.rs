//! Rolled throughput yield: the yields of a route's steps, multiplied.

use super::{Grouping, Kpi, Method, fpy};

pub(super) const KPI: Kpi = Kpi {
    code: "rty",
    interval: None,
    formula: "Π ({first_passed} / {first_inspected}) × 100",
    groupings: &[Grouping::Product, Grouping::Job],
    method: Method::Rolled,
    ..fpy::KPI
};
