//! The client tables, each declared once.
mod alert;
mod attendance;
mod calendar;
mod catalogue;
mod client;
mod downtime;
mod files;
mod hold;
mod line;
mod line_shift;
#[cfg(test)]
mod merges;
mod order;
mod pool;
mod product;
mod production;
mod quality;
mod roster;
mod shift;

pub use alert::*;
pub use attendance::*;
pub use calendar::*;
pub use catalogue::*;
pub use client::*;
pub use downtime::*;
pub use files::*;
pub use hold::*;
pub use line::*;
pub use line_shift::*;
pub use order::*;
pub use pool::*;
pub use product::*;
pub use production::*;
pub use quality::*;
pub use roster::*;
pub use shift::*;

/// The one list of entities, parents first; each layer expands it with its own macro.
#[macro_export]
macro_rules! entities {
    ($each:ident) => {
        $each! {
            Client, Author, Line, Operation, ClientSetting, Threshold, Equipment, Shift, ShiftTime, ShiftBreak,
            CalendarDay, LineCalendar, Product, ProductStandard, PartOpportunities, DefectType, HoldReason,
            DowntimeReason, Employee, EmployeeLine, WorkOrder, Job, Shipment, HoldEntry, ImportBatch, LineShift,
            ProductionEntry, RejectDetail, DowntimeEntry, QualityEntry, DefectDetail, Staffing, AttendanceEntry,
            CoverageEntry, Alert
        }
    };
}

/// The plant's own tables, parents first: the log called "plant".
#[macro_export]
macro_rules! plant_entities {
    ($each:ident) => {
        $each! { PoolEmployee, PoolBooking }
    };
}

/// What is known of an entity without its type.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The table's name.
    pub table: &'static str,
    /// The number in the log.
    pub number: u8,
    /// Whose rights it shares.
    pub group: crate::Group,
    /// Its columns.
    pub columns: &'static [crate::Column],
    /// Those that viewers and operators see empty.
    pub hidden: &'static [&'static str],
}

macro_rules! shapes {
    ($($name:ident),* $(,)?) => {
        &[$(<$name as crate::Entity>::SHAPE),*]
    };
}

/// The shape of every client table, parents first.
pub const SHAPES: &[Shape] = crate::entities!(shapes);

/// The shapes of the plant's own tables, parents first.
pub const PLANT_SHAPES: &[Shape] = crate::plant_entities!(shapes);

/// The shapes of all logged tables.
pub fn logged() -> impl Iterator<Item = &'static Shape> {
    SHAPES.iter().chain(PLANT_SHAPES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_entity_has_a_number_of_its_own() {
        let numbers: BTreeSet<u8> = logged().map(|s| s.number).collect();
        assert_eq!(numbers.len(), logged().count());
    }

    #[test]
    fn parents_stand_before_children() {
        for (i, s) in SHAPES.iter().enumerate() {
            for c in s.columns.iter().filter_map(|c| c.refers) {
                assert!(SHAPES[..=i].iter().any(|p| p.table == c), "{} refers to a later {c}", s.table);
            }
        }
    }
}
