//! Products and the time a unit should take.
use crate::{Code, Day, Id, Operation, Touch, entity};

entity! {
    /// A style or model; one id for ever.
    Product in product as 12, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// Whether it is in use.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |x, p| {
        p.text("code", &x.code);
        p.short("name", &x.name);
    };
}

entity! {
    /// Standard minutes of a unit, from a day on, in the line's unit of time.
    ProductStandard in product_standard as 13, Setup {
        /// The product.
        product_id: Id<Product>,
        /// Only this operation; none for the whole product.
        operation_id: Option<Id<Operation>>,
        /// The first day it holds.
        valid_from: Day,
        /// Minutes per unit.
        minutes: f64,
    }
    touch |s| Touch::Product { from: s.valid_from, product: s.product_id };
    check |s, p| p.at_least_zero("minutes", Some(s.minutes));
}

entity! {
    /// How often a unit of a product can be defective.
    PartOpportunities in part_opportunities as 22, Setup {
        /// The product.
        product_id: Id<Product>,
        /// Defect opportunities of a unit.
        opportunities: i64,
    }
    touch |o| Touch::Opportunities(o.product_id);
    check |o, p| {
        p.count("opportunities", Some(o.opportunities));
        p.need(o.opportunities > 0, "opportunities", Code::Empty, o.opportunities);
    };
}
