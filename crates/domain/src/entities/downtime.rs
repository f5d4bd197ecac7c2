//! Stops, and why lines stop.
use crate::{Equipment, Id, ImportBatch, LineShift, Touch, WorkOrder, entity, words};

words! {
    /// What a stop stands still.
    Affects {
        /// The whole crew.
        Line = "line",
        /// One station.
        Station = "station",
    }
}

impl Default for Affects {
    /// A stop nobody described holds up everybody.
    fn default() -> Self {
        Affects::Line
    }
}

entity! {
    /// A reason of the client's own catalogue.
    DowntimeReason in downtime_reason as 18, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// Whether it is planned: maintenance, no orders.
        planned: bool,
        /// Whether it is set-up.
        setup: bool,
        /// What it stands still.
        affects: Affects,
        /// The reason it is a part of.
        parent_id: Option<Id<DowntimeReason>>,
        /// Whether it is in use.
        active: bool,
    }
    touch |r| Touch::Reason(r.id);
    check |r, p| {
        p.text("code", &r.code);
        p.short("name", &r.name);
    };
}

entity! {
    /// A stop of a line or of a station.
    DowntimeEntry in downtime_entry as 19, Floor {
        /// The line shift.
        line_shift_id: Id<LineShift>,
        /// Why.
        reason_id: Option<Id<DowntimeReason>>,
        /// The order it belongs to.
        work_order_id: Option<Id<WorkOrder>>,
        /// Clock minutes.
        minutes: Option<f64>,
        /// Minutes after the shift's start at which it began.
        start_minute: Option<f64>,
        /// People or stations that stood still.
        affected: Option<f64>,
        /// The station.
        station: Option<String>,
        /// What caused it.
        cause: Option<String>,
        /// What was done.
        action: Option<String>,
        /// Whether it is over.
        resolved: Option<bool>,
        /// The file that brought it.
        import_batch_id: Option<Id<ImportBatch>>,
        /// The machine that stood.
        equipment_id: Option<Id<Equipment>>,
    }
    touch |d| Touch::LineShift(d.line_shift_id);
    check |d, p| {
        p.minutes_of_day("minutes", d.minutes);
        p.minutes_of_day("start_minute", d.start_minute);
        p.at_least_zero("affected", d.affected);
        for (field, text) in [("station", &d.station), ("cause", &d.cause), ("action", &d.action)] {
            p.short(field, text.as_deref().unwrap_or(""));
        }
    };
    together [minutes, start_minute];
}
