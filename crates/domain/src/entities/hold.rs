//! Work that was set aside, and how it came back.
use crate::{Author, Day, HoldReason, Id, Job, Touch, WorkOrder, entity, words};

words! {
    /// Where a hold stands.
    HoldState {
        /// Somebody asked for it.
        Requested = "requested",
        /// It was approved: the work stands still.
        Held = "held",
        /// Somebody asked to go on.
        ResumeRequested = "resume_requested",
        /// The work goes on.
        Resumed = "resumed",
        /// It was not approved.
        Rejected = "rejected",
        /// Whoever asked for it took it back.
        Cancelled = "cancelled",
        /// What was held was scrapped.
        Scrapped = "scrapped",
    }
}

entity! {
    /// A hold of an order or a job, whole or in part.
    HoldEntry in hold_entry as 29, Holds {
        /// The order.
        work_order_id: Id<WorkOrder>,
        /// Only this job of it.
        job_id: Option<Id<Job>>,
        /// Why.
        reason_id: Option<Id<HoldReason>>,
        /// Of what kind.
        category: Option<String>,
        /// Units held; none for all.
        quantity: Option<i64>,
        /// Where it stands.
        state: HoldState,
        /// The day from which it is held.
        held_from: Option<Day>,
        /// Minutes after local midnight from which it is held; none for the whole day.
        held_from_minute: Option<i64>,
        /// The day on which it went on.
        held_to: Option<Day>,
        /// Minutes after local midnight at which it went on; none for the whole day.
        held_to_minute: Option<i64>,
        /// The day by which it should be settled.
        expected: Option<Day>,
        /// Who asked for it.
        requested_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        requested_at: Option<i64>,
        /// Who approved or refused it.
        approved_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        approved_at: Option<i64>,
        /// Who asked to go on.
        resume_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        resume_at: Option<i64>,
        /// Who let it go on.
        resumed_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        resumed_at: Option<i64>,
        /// Whether it was approved by whoever asked for it.
        self_approved: bool,
        /// Units let go.
        released: Option<i64>,
        /// Units scrapped.
        scrapped: Option<i64>,
        /// What else is to be known.
        note: Option<String>,
    }
    touch |h| Touch::Delivery(Some(h.work_order_id));
    check |h, p| {
        for (field, units) in [("quantity", h.quantity), ("released", h.released), ("scrapped", h.scrapped)] {
            p.count(field, units);
        }
        let settled = h.released.unwrap_or(0).saturating_add(h.scrapped.unwrap_or(0));
        p.need(h.quantity.is_none_or(|all| settled <= all), "released", crate::Code::PartsOverHeld, settled);
        p.clock_minute("held_from_minute", h.held_from_minute);
        p.clock_minute("held_to_minute", h.held_to_minute);
        p.need(h.held_to.zip(h.held_from).is_none_or(|(to, from)| from <= to), "held_to", crate::Code::BadPeriod, "");
        p.short("category", h.category.as_deref().unwrap_or(""));
        p.short("note", h.note.as_deref().unwrap_or(""));
    };
    ruled [quantity, held_from, held_to, released, scrapped];
    together [held_from, held_from_minute], [held_to, held_to_minute], [requested_by, requested_at],
        [approved_by, approved_at], [resume_by, resume_at], [resumed_by, resumed_at];
    step crate::workflow::hold::step;
}
