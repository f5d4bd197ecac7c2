//! Work orders, what they consist of, and what left.
use crate::{Day, Id, Line, Operation, Product, Touch, entity, words};

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

words! {
    /// Why an order was late.
    Delay {
        /// The client asked for it.
        CustomerRequest = "customer_request",
        /// The client changed the order.
        CustomerChange = "customer_change",
        /// A supplier was late.
        Supplier = "supplier",
        /// Nobody could help it.
        ForceMajeure = "force_majeure",
        /// Held before it came to us.
        UpstreamHold = "upstream_hold",
        /// Our own planning.
        Planning = "planning",
        /// Our own quality.
        Quality = "quality",
        /// Our own capacity.
        Capacity = "capacity",
        /// Another cause of our own.
        Own = "own",
    }
}

impl Delay {
    /// Whether the delay is not ours.
    pub const fn is_justified(self) -> bool {
        matches!(
            self,
            Delay::CustomerRequest
                | Delay::CustomerChange
                | Delay::Supplier
                | Delay::ForceMajeure
                | Delay::UpstreamHold
        )
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
        /// Minutes after local midnight at which it started; none for the whole day.
        actual_start_minute: Option<i64>,
        /// Day released.
        released: Option<Day>,
        /// Day completed.
        completed: Option<Day>,
        /// Day closed, cancelled or rejected.
        ended: Option<Day>,
        /// Where it stood before it was set aside.
        before_hold: Option<OrderStatus>,
        /// Why it was late.
        delay: Option<Delay>,
    }
    touch |o| Touch::Order(o.id);
    check |o, p| {
        p.text("code", &o.code);
        p.count("quantity", o.quantity);
        p.at_least_zero("standard", o.standard);
        p.count("priority", o.priority);
        p.short("customer_po", o.customer_po.as_deref().unwrap_or(""));
        p.short("note", o.note.as_deref().unwrap_or(""));
        p.clock_minute("actual_start_minute", o.actual_start_minute);
    };
    together [status, before_hold], [actual_start, actual_start_minute];
    step crate::workflow::order::step;
}

entity! {
    /// A part of an order: an operation on a product.
    Job in job as 27, Orders {
        /// The order.
        work_order_id: Id<WorkOrder>,
        /// The number people type.
        code: String,
        /// What is made.
        product_id: Option<Id<Product>>,
        /// What is done.
        operation_id: Option<Id<Operation>>,
        /// Units to make.
        quantity: Option<i64>,
    }
    touch |j| Touch::Job(j.id);
    check |j, p| {
        p.text("code", &j.code);
        p.count("quantity", j.quantity);
    };
}

entity! {
    /// What left of an order on a day.
    Shipment in shipment as 28, Orders {
        /// The order.
        work_order_id: Id<WorkOrder>,
        /// The day it left.
        day: Day,
        /// Units that left.
        quantity: Option<i64>,
        /// The note it left with.
        reference: Option<String>,
    }
    touch |s| Touch::Delivery(Some(s.work_order_id));
    check |s, p| {
        p.count("quantity", s.quantity);
        p.short("reference", s.reference.as_deref().unwrap_or(""));
    };
}
