//! WIP age: days an open order has been in work, without those on hold.

use super::{Better, Grouping, Kpi, PERCENT, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "wip_age",
    unit: "d",
    better: Better::Lower,
    scale: 1.0,
    numerator: Term::of(Element::WipDays, Some(Element::EstWipDays), &[Subject::Start]),
    denominator: Term::of(Element::WipOrders, Some(Element::EstWipOrders), &[Subject::Start]),
    formula: "{wip_days} / {wip_orders}",
    undefined: "no_open_order",
    groupings: &[Grouping::Client, Grouping::Line, Grouping::Product, Grouping::Order, Grouping::Priority],
    ..PERCENT
};
