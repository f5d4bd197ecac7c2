//! A client with rows in every table.
use super::Plant;
use domain::*;
use store::Writer;

/// Fills every table of a client with a few rows that point to each other.
pub(super) fn fill(plant: &Plant, client: Id<Client>) {
    plant.store.repository(&plant.admin).unwrap().write(|w| all(w, client)).unwrap();
}

fn all(w: &mut Writer<'_>, c: Id<Client>) -> store::Result<()> {
    let line = set_up(w, c)?;
    let (shift, product, operation) = (Id::from_bytes([21; 16]), Id::from_bytes([22; 16]), Id::from_bytes([23; 16]));
    catalogues(w, c, line, (shift, product, operation))?;
    let order = orders(w, c, line, product, operation)?;
    floor(w, c, LineShift::fact(c, Day(20_000), shift, line), (line, shift), (order, product, operation))?;
    people(w, c, line, shift)?;
    let kind = AlertKind::Kpi;
    w.put(&Alert {
        kind,
        subject: "oee".into(),
        label: "OEE, \"=A1\"".into(),
        value: Some(-3.25),
        raised_at: 1_758_134_400_123,
        ..Alert::blank(c, Alert::fact(c, kind, "oee"))
    })?;
    Ok(())
}

fn set_up(w: &mut Writer<'_>, c: Id<Client>) -> store::Result<Id<Line>> {
    let (hall, line): (Id<Line>, Id<Line>) = (w.fresh(), w.fresh());
    let basis = Basis::Machine;
    w.put(&Line { code: "ZHALL".into(), name: "Nave, norte".into(), basis, active: true, ..Line::blank(c, hall) })?;
    w.put(&Line { code: "A-1".into(), parent_id: Some(hall), active: true, ..Line::blank(c, line) })?;
    w.put(&Operation {
        code: "SEW".into(),
        sequence: 10,
        is_final: true,
        active: true,
        ..Operation::blank(c, Id::from_bytes([23; 16]))
    })?;
    w.put(&ClientSetting {
        default_crew: Some(12.5),
        delivery_mode: Some(DeliveryMode::Complete),
        final_operation_id: Some(Id::from_bytes([23; 16])),
        ..ClientSetting::usual(c)
    })?;
    w.put(&Threshold { kpi: "oee".into(), target: Some(78.0), ..Threshold::blank(c, w.fresh()) })?;
    w.put(&Equipment { code: "M-7".into(), line_id: Some(line), ..Equipment::blank(c, w.fresh()) })?;
    Ok(line)
}

fn catalogues(
    w: &mut Writer<'_>,
    c: Id<Client>,
    line_id: Id<Line>,
    (shift_id, product_id, operation): (Id<Shift>, Id<Product>, Id<Operation>),
) -> store::Result<()> {
    let day = Day(19_990);
    w.put(&Shift { code: "D".into(), name: "Día".into(), active: true, ..Shift::blank(c, shift_id) })?;
    let (start_minute, end_minute) = (Some(360), Some(840));
    w.put(&ShiftTime { shift_id, valid_from: day, start_minute, end_minute, ..ShiftTime::blank(c, w.fresh()) })?;
    w.put(&ShiftBreak {
        shift_id,
        valid_from: day,
        start_minute: 600,
        minutes: 30.0,
        ..ShiftBreak::blank(c, w.fresh())
    })?;
    w.put(&CalendarDay { day, working: false, note: Some("Navidad".into()), ..CalendarDay::blank(c, w.fresh()) })?;
    w.put(&LineCalendar { line_id, shift_id, weekdays: 31, valid_from: day, ..LineCalendar::blank(c, w.fresh()) })?;
    w.put(&Product { code: "P".into(), name: "=P".into(), active: true, ..Product::blank(c, product_id) })?;
    for (valid_from, minutes) in [(day, 2.5), (day.plus(5), 1.0 / 3.0)] {
        let operation_id = Some(operation);
        w.put(&ProductStandard {
            product_id,
            operation_id,
            valid_from,
            minutes,
            ..ProductStandard::blank(c, w.fresh())
        })?;
    }
    w.put(&PartOpportunities { product_id, opportunities: 7, ..PartOpportunities::blank(c, w.fresh()) })?;
    let parent: Id<DefectType> = w.fresh();
    w.put(&DefectType { code: "Z".into(), name: "Sewing".into(), active: true, ..DefectType::blank(c, parent) })?;
    let seam = DefectType::blank(c, Id::from_bytes([24; 16]));
    w.put(&DefectType { code: "A".into(), parent_id: Some(parent), active: true, ..seam })?;
    w.put(&HoldReason { code: "Q".into(), active: true, ..HoldReason::blank(c, Id::from_bytes([25; 16])) })?;
    let affects = Affects::Station;
    w.put(&DowntimeReason { code: "IDLE".into(), affects, ..DowntimeReason::blank(c, Id::from_bytes([26; 16])) })?;
    Ok(())
}

fn orders(
    w: &mut Writer<'_>,
    c: Id<Client>,
    line: Id<Line>,
    product: Id<Product>,
    operation: Id<Operation>,
) -> store::Result<Id<WorkOrder>> {
    let order: Id<WorkOrder> = w.fresh();
    w.put(&WorkOrder {
        code: "007".into(),
        product_id: Some(product),
        line_id: Some(line),
        quantity: Some(1000),
        status: OrderStatus::Shipped,
        delay: Some(Delay::Supplier),
        required_date: Some(Day(20_001)),
        ..WorkOrder::blank(c, order)
    })?;
    let job = Job { work_order_id: order, code: "J1".into(), ..Job::blank(c, Id::from_bytes([27; 16])) };
    w.put(&Job { product_id: Some(product), operation_id: Some(operation), ..job })?;
    for quantity in [100, 50] {
        let day = Day(20_003);
        w.put(&Shipment { work_order_id: order, day, quantity: Some(quantity), ..Shipment::blank(c, w.fresh()) })?;
    }
    for state in [HoldState::Resumed, HoldState::Scrapped] {
        w.put(&HoldEntry {
            work_order_id: order,
            reason_id: Some(Id::from_bytes([25; 16])),
            state,
            held_from: Some(Day(19_995)),
            held_to: Some(Day(19_998)),
            ..HoldEntry::blank(c, w.fresh())
        })?;
    }
    w.put(&HoldEntry {
        work_order_id: order,
        quantity: Some(20),
        requested_by: Some(w.session().user().cast()),
        requested_at: Some(w.now().0),
        ..HoldEntry::blank(c, w.fresh())
    })?;
    Ok(order)
}

#[allow(clippy::too_many_lines, reason = "a fixture of several tables")]
fn floor(
    w: &mut Writer<'_>,
    c: Id<Client>,
    at: Id<LineShift>,
    (line, shift): (Id<Line>, Id<Shift>),
    (order, product, operation): (Id<WorkOrder>, Id<Product>, Id<Operation>),
) -> store::Result<()> {
    let batch: Id<ImportBatch> = w.fresh();
    w.put(&ImportBatch {
        file_id: "f".into(),
        kind: "production".into(),
        name: "may.csv".into(),
        rows: 2,
        ..ImportBatch::blank(c, batch)
    })?;
    let closed = (ShiftState::Closed, Some(ClosedHow::Person));
    let (state, closed_how) = closed;
    w.put(&LineShift { crew: Some(10.5), state, closed_how, ..LineShift::empty(c, Day(20_000), shift, line) })?;
    w.because(Some("fixture".into()));
    for (hour, note) in [(None, Some("two\nlines")), (None, None), (Some(3), Some("'quoted"))] {
        let entry: Id<ProductionEntry> = w.fresh();
        w.put(&ProductionEntry {
            line_shift_id: at,
            work_order_id: Some(order),
            product_id: Some(product),
            operation_id: Some(operation),
            job_id: Some(Id::from_bytes([27; 16])),
            hour,
            produced: Some(50),
            defective: Some(3),
            note: note.map(Into::into),
            import_batch_id: Some(batch),
            ..ProductionEntry::blank(c, entry)
        })?;
        let (defect, defect_type_id) = ("Seam".into(), Some(Id::from_bytes([24; 16])));
        let quantity = if note.is_some() { 2 } else { 1 };
        w.put(&RejectDetail {
            production_entry_id: entry,
            defect,
            defect_type_id,
            quantity,
            ..RejectDetail::blank(c, w.fresh())
        })?;
    }
    for minutes in [5.0, 7.25] {
        let (reason_id, resolved) = (Some(Id::from_bytes([26; 16])), Some(true));
        let stop = DowntimeEntry { line_shift_id: at, reason_id, resolved, ..DowntimeEntry::blank(c, w.fresh()) };
        w.put(&DowntimeEntry { minutes: Some(minutes), ..stop })?;
    }
    inspections(w, c, (line, shift), order)
}

fn inspections(
    w: &mut Writer<'_>,
    c: Id<Client>,
    (line, shift): (Id<Line>, Id<Shift>),
    order: Id<WorkOrder>,
) -> store::Result<()> {
    let inspection: Id<QualityEntry> = w.fresh();
    w.put(&QualityEntry {
        day: Day(20_000),
        line_id: line,
        shift_id: Some(shift),
        work_order_id: Some(order),
        inspected: Some(40),
        defective: Some(2),
        again: Some(false),
        sample_percent: Some(12.5),
        ..QualityEntry::blank(c, inspection)
    })?;
    for severity in [Severity::Major, Severity::Minor] {
        let (severity, quality_entry_id) = (Some(severity), inspection);
        w.put(&DefectDetail { quality_entry_id, severity, quantity: 1, ..DefectDetail::blank(c, w.fresh()) })?;
    }
    Ok(())
}

fn people(w: &mut Writer<'_>, c: Id<Client>, line: Id<Line>, shift: Id<Shift>) -> store::Result<()> {
    let ana: Id<Employee> = w.fresh();
    let (code, name, note) = ("0001".into(), "Ana Núñez".into(), Some("asks for early shifts".into()));
    w.put(&Employee { code, name, note, direct: true, active: true, ..Employee::blank(c, ana) })?;
    w.put(&EmployeeLine { employee_id: ana, line_id: line, share: 0.6, ..EmployeeLine::blank(c, w.fresh()) })?;
    let (day, line_id) = (Day(20_000), Some(line));
    let attendance = AttendanceEntry::fact(c, ana, day, Some(shift));
    w.put(&AttendanceEntry {
        employee_id: ana,
        day,
        shift_id: Some(shift),
        line_id,
        scheduled_hours: Some(8.0),
        absent_hours: Some(8.0),
        absence: Some(Absence::Medical),
        reason: Some("grippe".into()),
        ..AttendanceEntry::blank(c, attendance)
    })?;
    w.put(&CoverageEntry {
        attendance_entry_id: Some(attendance),
        day,
        shift_id: Some(shift),
        line_id,
        hours: Some(7.5),
        confirmed: true,
        ..CoverageEntry::blank(c, w.fresh())
    })?;
    w.put(&Staffing { day, shift_id: shift, line_id: line, required: Some(10.0), ..Staffing::blank(c, w.fresh()) })?;
    Ok(())
}
