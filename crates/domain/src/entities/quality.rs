//! What inspections found.
use crate::{
    Code, Day, DefectType, Id, ImportBatch, Job, Line, Operation, Product, Shift, ShiftPlace, Touch, WorkOrder, entity,
    words,
};

entity! {
    /// An inspection of units after an operation.
    QualityEntry in quality_entry as 33, Floor {
        /// The production day.
        day: Day,
        /// The line.
        line_id: Id<Line>,
        /// The shift.
        shift_id: Option<Id<Shift>>,
        /// The order.
        work_order_id: Option<Id<WorkOrder>>,
        /// The job.
        job_id: Option<Id<Job>>,
        /// The product.
        product_id: Option<Id<Product>>,
        /// The operation after which it was inspected.
        operation_id: Option<Id<Operation>>,
        /// Units inspected.
        inspected: Option<i64>,
        /// Units without a defect.
        passed: Option<i64>,
        /// Units with one.
        defective: Option<i64>,
        /// Of these, reworked.
        rework: Option<i64>,
        /// Of these, repaired.
        repair: Option<i64>,
        /// Of these, scrapped.
        scrap: Option<i64>,
        /// Defects found; a unit may have several.
        total_defects: Option<i64>,
        /// Whether the units were inspected before; none counts as the first time.
        again: Option<bool>,
        /// The part of the units that was inspected, in percent.
        sample_percent: Option<f64>,
        /// Who inspected.
        inspector: Option<String>,
        /// What else is to be known.
        note: Option<String>,
        /// The file that brought it.
        import_batch_id: Option<Id<ImportBatch>>,
    }
    touch |q| Touch::Inspection(ShiftPlace { day: q.day, shift: q.shift_id, line: Some(q.line_id) }, q.work_order_id, q.job_id);
    check |q, p| {
        for (field, n) in [
            ("inspected", q.inspected),
            ("passed", q.passed),
            ("defective", q.defective),
            ("rework", q.rework),
            ("repair", q.repair),
            ("scrap", q.scrap),
            ("total_defects", q.total_defects),
        ] {
            p.count(field, n);
        }
        if let (Some(inspected), Some(bad)) = (q.inspected, q.defective) {
            p.need(bad <= inspected, "defective", Code::DefectiveOverInspected, bad);
        }
        if let (Some(inspected), Some(passed)) = (q.inspected, q.passed) {
            let sum = passed.saturating_add(q.defective.unwrap_or(inspected.saturating_sub(passed)));
            let both = format!("{passed} + {} ≠ {inspected}", q.defective.unwrap_or(0));
            p.need(passed <= inspected && sum == inspected, "passed", Code::PassedPlusDefective, both);
        }
        let parts = [q.rework, q.repair, q.scrap].into_iter().flatten().fold(0_i64, i64::saturating_add);
        let bad = q.defective.or_else(|| Some(q.inspected?.saturating_sub(q.passed?)));
        if let Some(most) = bad.or(q.inspected) {
            p.need(parts <= most, "defective", Code::PartsOverDefective, parts);
        }
        p.at_least_zero("sample_percent", q.sample_percent);
        p.need(q.sample_percent.is_none_or(|s| s <= 100.0), "sample_percent", Code::TooLarge, q.sample_percent.unwrap_or(0.0));
        p.short("inspector", q.inspector.as_deref().unwrap_or(""));
        p.short("note", q.note.as_deref().unwrap_or(""));
    };
    ruled [inspected, passed, defective, rework, repair, scrap];
}

words! {
    /// How bad a defect is.
    Severity {
        /// Dangerous, or the unit does not work.
        Critical = "critical",
        /// It will be complained about.
        Major = "major",
        /// Hardly seen.
        Minor = "minor",
    }
}

words! {
    /// What becomes of a defective unit.
    Disposition {
        /// Done again.
        Rework = "rework",
        /// Mended.
        Repair = "repair",
        /// Thrown away.
        Scrap = "scrap",
        /// Taken as it is.
        UseAsIs = "use_as_is",
    }
}

entity! {
    /// Defects of an inspection, by type.
    DefectDetail in defect_detail as 34, Floor {
        /// The inspection.
        quality_entry_id: Id<QualityEntry>,
        /// The type.
        defect_type_id: Option<Id<DefectType>>,
        /// How bad.
        severity: Option<Severity>,
        /// What becomes of the units.
        disposition: Option<Disposition>,
        /// Why.
        cause: Option<String>,
        /// How many.
        quantity: i64,
    }
    touch |_| Touch::Nothing;
    check |d, p| {
        p.short("cause", d.cause.as_deref().unwrap_or(""));
        p.count("quantity", Some(d.quantity));
    };
}
