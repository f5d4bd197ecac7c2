//! Work orders.
use crate::{Day, Id, Line, Product, Touch, entity, words};

words! {
    /// Where an order stands.
    OrderStatus {
        /// It came in.
        Received = "received",
        /// It may be made.
        Released = "released",
        /// It is being made.
        InProgress = "in_progress",
        /// It was set aside.
        OnHold = "on_hold",
        /// It is made.
        Completed = "completed",
        /// It left.
        Shipped = "shipped",
        /// It is settled.
        Closed = "closed",
        /// It will not be made.
        Cancelled = "cancelled",
        /// It was refused.
        Rejected = "rejected",
    }
}

entity! {
    /// An order of a product, with its dates.
    WorkOrder in work_order as 14, Orders {
        /// The number people type.
        code: String,
        /// What is ordered.
        product_id: Option<Id<Product>>,
        /// The line that makes it.
        line_id: Option<Id<Line>>,
        /// Units ordered.
        quantity: Option<i64>,
        /// Minutes per unit agreed for this order.
        standard: Option<f64>,
        /// Where it stands.
        status: OrderStatus,
        /// The lower, the sooner.
        priority: Option<i64>,
        /// The client's own order number.
        customer_po: Option<String>,
        /// Day received.
        received: Option<Day>,
        /// Day planned to start.
        planned_start: Option<Day>,
        /// Day started.
        actual_start: Option<Day>,
        /// Day the client asked for.
        required_date: Option<Day>,
        /// Day planned to ship.
        planned_ship_date: Option<Day>,
        /// What else is to be known.
        note: Option<String>,
    }
    touch |o| Touch::Order(o.id);
    check |o, p| {
        p.text("code", &o.code);
        p.count("quantity", o.quantity);
        p.at_least_zero("standard", o.standard);
        p.count("priority", o.priority);
        p.short("customer_po", o.customer_po.as_deref().unwrap_or(""));
        p.short("note", o.note.as_deref().unwrap_or(""));
    };
}
