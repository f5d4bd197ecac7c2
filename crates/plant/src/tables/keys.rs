//! What makes a row of a file the same row that is here.
use domain::{Client, Column, Entity, Field, Id, Kind, ProductionEntry, Value, entities::Shape as Rows};

/// The columns that say which row of its table one is.
pub(super) fn key(rows: &Rows) -> &'static [&'static str] {
    match rows.table {
        "author" => &["name"],
        "client_setting" => &[],
        "threshold" => &["kpi"],
        "shift_time" => &["shift_id", "valid_from"],
        "shift_break" => &["shift_id", "valid_from", "start_minute"],
        "calendar_day" => &["day", "line_id", "shift_id"],
        "line_calendar" => &["line_id", "shift_id", "valid_from"],
        "product_standard" => &["product_id", "operation_id", "valid_from"],
        "part_opportunities" => &["product_id"],
        "employee_line" => &["employee_id", "line_id"],
        "shipment" => &["work_order_id", "day"],
        "hold_entry" => &["work_order_id", "job_id", "held_from"],
        "import_batch" => &["file_id", "kind", "name"],
        "line_shift" | "staffing" => &["day", "shift_id", "line_id"],
        "production_entry" => &["line_shift_id", "hour", "product_id", "work_order_id", "operation_id", "job_id"],
        "reject_detail" => &["production_entry_id", "defect", "defect_type_id"],
        "downtime_entry" => &["line_shift_id", "reason_id"],
        "quality_entry" => &["day", "shift_id", "line_id", "work_order_id", "product_id", "operation_id"],
        "defect_detail" => &["quality_entry_id", "defect_type_id"],
        "attendance_entry" => &["employee_id", "day", "shift_id"],
        "coverage_entry" => &["day", "shift_id", "line_id", "employee_id", "attendance_entry_id"],
        "alert" => &["kind", "subject"],
        "pool_booking" => &["from_utc", "pool_employee_id", "token"],
        _ => &["code"],
    }
}

/// Whether two rows of the table may have one key: two stops for one reason, two parts of an inspection.
pub(super) fn repeats(rows: &Rows) -> bool {
    matches!(
        rows.table,
        "shipment"
            | "hold_entry"
            | "import_batch"
            | "production_entry"
            | "reject_detail"
            | "downtime_entry"
            | "quality_entry"
            | "defect_detail"
            | "coverage_entry"
    )
}

/// Columns that no file holds: which file brought a row is known from the file, and who books tells for whom.
pub(super) fn left_out(column: &Column) -> bool {
    matches!(column.name, "import_batch_id" | "booked_by")
}

/// Whether every file of the table needs the column.
pub(super) fn wanted(rows: &Rows, column: &Column) -> bool {
    !column.null && key(rows).contains(&column.name)
}

/// Who took a step, and when: written out, but nobody signs by a file.
pub(super) fn is_signature(rows: &Rows, column: &Column) -> bool {
    let signs = |stem: &str| rows.columns.iter().any(|c| c.refers == Some("author") && c.name == format!("{stem}_by"));
    let moment = column.name.strip_suffix("_at").is_some_and(signs);
    column.refers == Some("author") || moment || column.name == "self_approved"
}

/// The value a new row has where its file says nothing; none where the file must say.
pub(super) fn usual(rows: &Rows, column: &Column, blank: Value) -> Option<Value> {
    match (rows.table, column.name) {
        (_, "active" | "working") => Some(Value::Int(1)),
        ("client_setting", _) | (_, "sequence" | "rows") => Some(blank),
        _ if column.null || matches!(column.kind, Kind::Bool | Kind::Text) => Some(blank),
        _ => None,
    }
}

/// The id of a new row that is no fact: the same on every PC, and for the next turn of one key another.
pub(super) fn id(rows: &Rows, client: Id<Client>, values: &[Value], key: &str, turn: usize) -> [u8; 16] {
    let at = |name: &str| rows.columns.iter().position(|c| c.name == name).map_or(&Value::Null, |i| &values[i]);
    if let Some(hourly) = hourly(rows, client, &at).filter(|_| turn == 0) {
        return hourly;
    }
    match at("code") {
        Value::Text(code) if turn == 0 => Id::<()>::fact(client, rows.table, &folded(code)).bytes(),
        Value::Text(code) => Id::<()>::fact(client, rows.table, &format!("{}#{turn}", folded(code))).bytes(),
        _ => Id::<()>::fact(client, rows.table, &format!("{key}/{turn}")).bytes(),
    }
}

/// The first entry of an hour is the one typed on the floor for that hour.
fn hourly<'v>(rows: &Rows, client: Id<Client>, at: &dyn Fn(&str) -> &'v Value) -> Option<[u8; 16]> {
    fn of<T: Field>(value: &Value) -> Option<T> {
        T::from_value(value.clone())
    }
    if rows.table != ProductionEntry::TABLE {
        return None;
    }
    let work = (of(at("work_order_id"))?, of(at("product_id"))?, of(at("operation_id"))?);
    let hour = of::<Option<i64>>(at("hour"))??;
    Some(ProductionEntry::hourly(client, of(at("line_shift_id"))?, hour, work).bytes())
}

/// The form in which codes are compared.
pub(super) fn folded(code: &str) -> String {
    code.trim().to_lowercase()
}
