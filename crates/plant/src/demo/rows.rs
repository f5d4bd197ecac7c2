//! The rows of one invented client, parents first.
use super::chance::Chance;
use domain::{
    AttendanceEntry, CalendarDay, Client, ClientSetting, CoverageEntry, Day, DefectDetail, DefectType, DowntimeEntry,
    DowntimeReason, Employee, EmployeeLine, Equipment, HoldEntry, HoldReason, Id, Job, Line, LineCalendar, LineShift,
    Operation, PartOpportunities, Product, ProductStandard, ProductionEntry, QualityEntry, RejectDetail, Shift,
    ShiftBreak, ShiftTime, Shipment, Staffing, Threshold, WorkOrder, time::Instant,
};
use store::Writer;

/// New ids that follow from the seed.
pub(super) struct Ids {
    chance: Chance,
    now: Instant,
}

impl Ids {
    pub(super) fn of(chance: &Chance, now: Instant) -> Self {
        Ids { chance: chance.branch("ids"), now }
    }
    pub(super) fn fresh<E>(&mut self) -> Id<E> {
        Id::at(self.now.0, self.chance.bytes())
    }
}

/// Everything one client has.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Rows {
    pub(super) settings: Vec<ClientSetting>,
    pub(super) thresholds: Vec<Threshold>,
    pub(super) lines: Vec<Line>,
    pub(super) operations: Vec<Operation>,
    pub(super) equipment: Vec<Equipment>,
    pub(super) shifts: Vec<Shift>,
    pub(super) times: Vec<ShiftTime>,
    pub(super) breaks: Vec<ShiftBreak>,
    pub(super) days: Vec<CalendarDay>,
    pub(super) calendars: Vec<LineCalendar>,
    pub(super) products: Vec<Product>,
    pub(super) standards: Vec<ProductStandard>,
    pub(super) opportunities: Vec<PartOpportunities>,
    pub(super) defect_types: Vec<DefectType>,
    pub(super) hold_reasons: Vec<HoldReason>,
    pub(super) employees: Vec<Employee>,
    pub(super) allocations: Vec<EmployeeLine>,
    pub(super) orders: Vec<WorkOrder>,
    pub(super) jobs: Vec<Job>,
    pub(super) shipments: Vec<Shipment>,
    pub(super) holds: Vec<HoldEntry>,
    pub(super) reasons: Vec<DowntimeReason>,
    pub(super) line_shifts: Vec<LineShift>,
    pub(super) entries: Vec<ProductionEntry>,
    pub(super) rejects: Vec<RejectDetail>,
    pub(super) stops: Vec<DowntimeEntry>,
    pub(super) inspections: Vec<QualityEntry>,
    pub(super) defects: Vec<DefectDetail>,
    pub(super) staffing: Vec<Staffing>,
    pub(super) attendance: Vec<AttendanceEntry>,
    pub(super) covers: Vec<CoverageEntry>,
}

/// Rows saved between two words about the progress.
const STEP: usize = 50;

/// Lists the tables once, parents first.
macro_rules! tables {
    ($rows:expr, $each:ident) => {
        $each!(
            $rows,
            settings,
            thresholds,
            lines,
            operations,
            equipment,
            shifts,
            times,
            breaks,
            days,
            calendars,
            products,
            standards,
            opportunities,
            defect_types,
            hold_reasons,
            employees,
            allocations,
            orders,
            jobs,
            shipments,
            holds,
            reasons,
            line_shifts,
            entries,
            rejects,
            stops,
            inspections,
            defects,
            staffing,
            attendance,
            covers
        )
    };
}

impl Rows {
    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        macro_rules! add {
            ($rows:expr, $($table:ident),*) => { 0 $(+ $rows.$table.len())* };
        }
        tables!(self, add) as u64
    }
    /// Saves them; tells after every few how many are saved.
    pub(super) fn write(&self, w: &mut Writer<'_>, client: &Client, tell: &mut dyn FnMut(u64)) -> store::Result<()> {
        w.found(client)?;
        let mut saved = 0;
        macro_rules! save {
            ($rows:expr, $($table:ident),*) => { $(
                for some in $rows.$table.chunks(STEP) {
                    w.put_all(some)?;
                    saved += some.len() as u64;
                    tell(saved);
                }
            )* };
        }
        tables!(self, save);
        Ok(())
    }
}

/// The first day of the invented past.
pub(super) fn first_day(today: Day) -> Day {
    today.plus(-89)
}
