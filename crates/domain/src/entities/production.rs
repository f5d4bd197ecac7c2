//! What was produced, and what was rejected.
use crate::{Client, Code, DefectType, Id, ImportBatch, Job, LineShift, Operation, Product, Touch, WorkOrder, entity};

entity! {
    /// Units of one product in one hour, or on the whole shift.
    ProductionEntry in production_entry as 16, Floor {
        /// The line shift.
        line_shift_id: Id<LineShift>,
        /// The order.
        work_order_id: Option<Id<WorkOrder>>,
        /// The product.
        product_id: Option<Id<Product>>,
        /// The operation.
        operation_id: Option<Id<Operation>>,
        /// The hour slot from the shift's start, from 0; none for the whole shift.
        hour: Option<i64>,
        /// Units produced, good or not.
        produced: Option<i64>,
        /// Units that failed the first time, whatever becomes of them.
        defective: Option<i64>,
        /// Of these, reworked.
        rework: Option<i64>,
        /// Of these, repaired.
        repair: Option<i64>,
        /// Of these, scrapped.
        scrap: Option<i64>,
        /// Clock minutes run.
        run_minutes: Option<f64>,
        /// People assigned.
        crew_assigned: Option<f64>,
        /// People present.
        crew_present: Option<f64>,
        /// How it was entered.
        entry_method: Option<String>,
        /// What happened.
        note: Option<String>,
        /// The file that brought it.
        import_batch_id: Option<Id<ImportBatch>>,
        /// The job.
        job_id: Option<Id<Job>>,
    }
    touch |e| Touch::Entry(e.line_shift_id, e.work_order_id);
    check |e, p| {
        for (field, n) in [("produced", e.produced), ("defective", e.defective), ("rework", e.rework), ("repair", e.repair), ("scrap", e.scrap)] {
            p.count(field, n);
        }
        let parts = e.rework.unwrap_or(0).saturating_add(e.repair.unwrap_or(0)).saturating_add(e.scrap.unwrap_or(0));
        if let (Some(made), Some(bad)) = (e.produced, e.defective) {
            p.need(bad <= made, "defective", Code::DefectiveOverProduced, bad);
        }
        match (e.defective, e.produced) {
            (Some(bad), _) => p.need(parts <= bad, "defective", Code::PartsOverDefective, parts),
            // Nobody counted the defective units: they are at least these.
            (None, Some(made)) => p.need(parts <= made, "defective", Code::DefectiveOverProduced, parts),
            (None, None) => {}
        }
        p.count("hour", e.hour);
        p.need(e.hour.unwrap_or(0) < 25, "hour", Code::TooLarge, e.hour.unwrap_or(0));
        p.minutes_of_day("run_minutes", e.run_minutes);
        p.at_least_zero("crew_assigned", e.crew_assigned);
        p.at_least_zero("crew_present", e.crew_present);
        p.short("entry_method", e.entry_method.as_deref().unwrap_or(""));
        p.short("note", e.note.as_deref().unwrap_or(""));
    };
    last [entry_method];
    ruled [produced, defective, rework, repair, scrap];
}

/// What an entry is of: its order, product and operation, as far as they are known.
pub type Work = (Option<Id<WorkOrder>>, Option<Id<Product>>, Option<Id<Operation>>);

impl ProductionEntry {
    /// The id of an hourly entry: whoever makes the fact, by hand or by file, makes the same row.
    pub fn hourly(client: Id<Client>, line_shift: Id<LineShift>, hour: i64, of: Work) -> Id<ProductionEntry> {
        let part = |id: Option<String>| id.unwrap_or_default();
        let (order, product, operation) = (part(of.0.map(Id::hex)), part(of.1.map(Id::hex)), part(of.2.map(Id::hex)));
        Id::fact_under(client, "production_entry", line_shift, &format!("{hour}/{order}/{product}/{operation}"))
    }
}

entity! {
    /// Rejected units of an entry, by type and cause.
    RejectDetail in reject_detail as 17, Floor {
        /// The entry.
        production_entry_id: Id<ProductionEntry>,
        /// The type of defect.
        defect: String,
        /// Why.
        cause: Option<String>,
        /// How many units.
        quantity: i64,
        /// The type, of the client's catalogue.
        defect_type_id: Option<Id<DefectType>>,
    }
    touch |_| Touch::Nothing;
    check |r, p| {
        p.text("defect", &r.defect);
        p.short("cause", r.cause.as_deref().unwrap_or(""));
        p.count("quantity", Some(r.quantity));
    };
}
