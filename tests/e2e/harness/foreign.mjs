// What a person must never see of a client that is not theirs.
import { readFileSync } from "node:fs";

const CANARY = "CANARY-7F";

/** Every command the window may call. */
export function commands() {
  const text = readFileSync(new URL("../../../src-tauri/permissions/commands.toml", import.meta.url), "utf8");
  return [...text.matchAll(/^ {2}"(\w+)",$/gm)].map((found) => found[1]);
}

/** As the admin: gives the client one row of every table, marked where a text fits, and returns them by table. */
export async function mark(app, client) {
  const one = async (table) => (await app.ask(`${table}_list`, { client_id: client.id, limit: 1 }))[0];
  const put = async (table, row) =>
    app.ask(`${table}_put`, { row: { id: null, client_id: client.id, ...row }, reason: "marked for the test" });
  const rows = {};
  for (const table of ["client", "author", "line", "shift", "product", "line_shift", "production_entry", "import_batch"]) {
    rows[table] = await one(table);
  }
  const { line, shift, product } = rows;
  const since = "2015-01-01";
  const none = null;
  rows.client_setting = await put("client_setting", {
    id: client.id, time_zone: "UTC", rollover_minute: 0, default_crew: none, default_net_minutes: 480, default_standard: none,
    exclude_planned: true, exclude_setup: false, self_approval: false, rows_a_day: none,
  });
  rows.operation = await put("operation", { code: CANARY, name: CANARY, sequence: 1, is_final: true, active: true });
  rows.threshold = await put("threshold", { kpi: "efficiency", target: 81.25, warning: 70, critical: 60 });
  rows.shift_time = await put("shift_time", { shift_id: shift.id, valid_from: since, start_minute: 480, end_minute: 960 });
  rows.shift_break = await put("shift_break", { shift_id: shift.id, valid_from: since, start_minute: 120, minutes: 10 });
  rows.calendar_day = await put("calendar_day", {
    day: since, line_id: none, shift_id: none, working: true, net_minutes: none, note: CANARY,
  });
  rows.line_calendar = await put("line_calendar", {
    line_id: line.id, shift_id: shift.id, weekdays: 127, planned_crew: 8, planned_units: 100, valid_from: since,
  });
  rows.product_standard = await put("product_standard", {
    product_id: product.id, operation_id: rows.operation.id, valid_from: "2016-01-01", minutes: 3.5,
  });
  rows.work_order = await put("work_order", {
    code: CANARY, product_id: product.id, line_id: line.id, quantity: 5, standard: none, status: "in_progress", priority: none,
    customer_po: CANARY, received: none, planned_start: none, actual_start: none, required_date: none,
    planned_ship_date: none, note: CANARY,
  });
  rows.downtime_reason = await put("downtime_reason", {
    code: CANARY, name: CANARY, planned: false, setup: false, affects: "line", parent_id: none, active: true,
  });
  rows.downtime_entry = await put("downtime_entry", {
    line_shift_id: rows.line_shift.id, reason_id: rows.downtime_reason.id, work_order_id: none, minutes: 5, start_minute: none,
    affected: none, station: CANARY, cause: CANARY, action: CANARY, resolved: none, import_batch_id: none,
  });
  rows.reject_detail = await put("reject_detail", {
    production_entry_id: rows.production_entry.id, defect: CANARY, cause: CANARY, quantity: 1,
  });
  await markOrders(put, rows);
  await markPeople(app, put, rows, since);
  return rows;
}

/** One row of every table of orders, holds, quality and alerts. */
async function markOrders(put, rows) {
  const { line, product, work_order } = rows;
  const day = rows.line_shift.day;
  const named = { code: CANARY, name: CANARY, active: true };
  rows.equipment = await put("equipment", { ...named, line_id: line.id });
  rows.part_opportunities = await put("part_opportunities", { product_id: product.id, opportunities: 4 });
  rows.defect_type = await put("defect_type", { ...named, parent_id: null });
  rows.hold_reason = await put("hold_reason", named);
  rows.job = await put("job", {
    work_order_id: work_order.id, code: CANARY, product_id: product.id, operation_id: rows.operation.id, quantity: 5,
  });
  rows.shipment = await put("shipment", { work_order_id: work_order.id, day, quantity: 1, reference: CANARY });
  rows.hold_entry = await put("hold_entry", {
    work_order_id: work_order.id, job_id: rows.job.id, reason_id: rows.hold_reason.id, category: CANARY, quantity: 1,
    state: "requested", self_approved: false, note: CANARY,
  });
  rows.quality_entry = await put("quality_entry", {
    day, line_id: line.id, product_id: product.id, inspected: 50, passed: 48, defective: 2, inspector: CANARY, note: CANARY,
  });
  rows.defect_detail = await put("defect_detail", {
    quality_entry_id: rows.quality_entry.id, defect_type_id: rows.defect_type.id, cause: CANARY, quantity: 2,
  });
  rows.alert = await put("alert", {
    kind: "kpi", subject: CANARY, label: CANARY, critical: false, state: "open", raised_at: 1_420_070_400_000, note: CANARY,
  });
}

/** One row of every table of people. */
async function markPeople(app, put, rows, day) {
  const place = { day, line_id: rows.line.id, shift_id: rows.shift.id };
  rows.employee = await put("employee", {
    code: CANARY, name: CANARY, department: CANARY, direct: true, active: true, note: CANARY,
  });
  const employee_id = rows.employee.id;
  rows.employee_line = await put("employee_line", { employee_id, line_id: rows.line.id, share: 1 });
  rows.staffing = await put("staffing", { ...place, required: 8, actual: 7 });
  rows.attendance_entry = await put("attendance_entry", {
    ...place, employee_id, scheduled_hours: 8, actual_hours: 7, absent_hours: 1, absence: "medical", reason: CANARY, note: CANARY,
  });
  // Somebody of the plant's pool is seen by everybody, but not whom he is booked for.
  const pool_employee_id = await app.ask("pool_employee_put", { id: null, code: `P-${rows.line.id.slice(-6)}`, name: "Pool", active: true });
  const { token } = await app.ask("pool_book", { pool_employee_id, when: { client_id: rows.line.client_id, ...place } });
  rows.coverage_entry = await put("coverage_entry", {
    ...place, attendance_entry_id: rows.attendance_entry.id, employee_id: null, booking: token, hours: 1, confirmed: false,
    note: CANARY,
  });
}

/** Words that belong to the foreign client only: its code, its marks, its ids, its products. */
export function canaries(client, rows, products) {
  // An author is a person, and may work for several clients.
  const ids = Object.entries(rows).flatMap(([table, row]) => (table === "author" ? [] : [row.id]));
  return [...new Set([client.code, client.id, CANARY, rows.coverage_entry.booking, ...ids, ...products])];
}

/** The canaries a text holds. */
export const leaks = (text, words) => words.filter((word) => text.includes(word));

/**
 * The questions to put to every command with the foreign client's ids.
 * A command that carries no client says so with `own`: its answer must then simply be free of canaries.
 */
export function questions(client, own, rows) {
  const foreign = client.id;
  const key = {
    client_id: foreign, day: rows.line_shift.day, line_id: rows.line_shift.line_id, shift_id: rows.line_shift.shift_id,
  };
  const range = { from: "2015-01-01", to: "2015-12-31" };
  const all = { lines: null, shifts: null, products: null };
  const ask = { kpi: "efficiency", clients: [foreign], ...range, by: [], ...all };
  const board = { kpis: ["efficiency"], clients: [foreign], ...range, ...all };
  const preview = (token) => ({ token, kind: "production", client_id: foreign, mapping: null, scrap_inside: null });
  const table = {
    floor_sheet: [key],
    floor_save: [{ ...key, entries: [], stops: [], removed: [rows.production_entry.id], reason: "curious" }],
    floor_close: [{ ...key, note: null }],
    floor_reopen: [{ ...key, reason: "curious" }],
    kpi_ask: [ask, { ...ask, clients: [own.id, foreign] }, { ...ask, clients: [own.id], lines: [rows.line.id] }],
    kpi_board: [board, { ...board, clients: [own.id], products: [rows.product.id] }],
    kpi_explain: [{ ask, offset: 0, limit: 10, rows: false }, { ask, offset: 0, limit: 10, rows: true }],
    import_preview: [preview],
    import_confirm: [(token) => ({ ...preview(token), mapping: {}, without_errors: true })],
    export: [
      { kind: "production", client_id: foreign, format: "csv" },
      { kind: "downtime", client_id: foreign, format: "json" },
    ],
  };
  for (const name of Object.keys(rows)) Object.assign(table, ofTable(name, rows[name], foreign, own));
  return { ...table, ...aboutFigures(ask, rows), ...aboutWork(key, own, rows), ...aboutPeople(key, own, rows) };
}

/** Why a figure is what it is, and whether it can be. */
function aboutFigures(ask, rows) {
  const range = { from: ask.from, to: ask.to };
  return {
    kpi_course: [{ ask, base_to: null, ahead: 0 }],
    kpi_why: [{ ask, versus_from: "2014-01-01", versus_to: "2014-12-31" }],
    kpi_compare: [ask, { ...ask, clients: null, lines: [rows.line.id] }],
    honesty: [{ ...range, clients: ask.clients }],
    touches: [{ table: "part_opportunities", row: { ...rows.part_opportunities, id: null } }],
    template_apply: [{ client_id: ask.clients[0], industry: "general" }],
  };
}

/** A row asked for under its client, and under one's own. */
const whichOf = (row, own) => [{ client_id: row.client_id, id: row.id }, { client_id: own.id, id: row.id }];

/** Handovers, holds, alerts and orders. */
function aboutWork(key, own, rows) {
  const foreign = key.client_id;
  const borrowed = { ...key, client_id: own.id };
  const order = whichOf(rows.work_order, own).map((which) => ({ ...which, reason: null }));
  const step = { to: "released", day: null };
  const shipped = { day: null, quantity: 1, reference: null, move_on: false };
  const decided = { version: "", closes: [rows.line.id], values: { produced: 1 }, removes: false, reason: "curious" };
  const held = ["approve", "reject", "cancel", "resume_request", "resume", "scrap"];
  return {
    floor_read_back: [key, borrowed],
    floor_balance: [key, borrowed],
    floor_handover: [key, borrowed].map((place) => ({ ...place, note: "curious" })),
    floor_sign: [key, borrowed],
    floor_handovers: [{ client_id: foreign, line_id: key.line_id }, { client_id: own.id, line_id: key.line_id }],
    hold_request: [foreign, own.id].map((client_id) => ({ client_id, work_order_id: rows.work_order.id })),
    ...Object.fromEntries(held.map((name) => [`hold_${name}`, whichOf(rows.hold_entry, own)])),
    hold_list: [{ client_id: foreign }],
    alerts: [{ client_id: foreign }],
    conflict_list: [{ client_id: foreign }],
    conflict_decide: whichOf(rows.production_entry, own).map((which) => ({ ...which, table: "production_entry", ...decided })),
    refused_list: [{ client_id: foreign }],
    refused_again: [{ client_id: foreign, op: rows.line.id, values: {}, reason: null }],
    refused_let_go: [{ client_id: foreign, op: rows.line.id, reason: "curious" }],
    alert_acknowledge: whichOf(rows.alert, own),
    alert_resolve: whichOf(rows.alert, own),
    order_step: order.map((which) => ({ ...which, ...step })),
    order_ship: order.map((which) => ({ ...which, ...shipped })),
    order_delay: order.map((which) => ({ ...which, delay: null })),
    order_list: [[foreign], [own.id, foreign]].map((clients) => ({ clients, all: true, as_of: null, limit: null, offset: null })),
  };
}

/** Attendance, covers and absences. */
function aboutPeople(key, own, rows) {
  const foreign = key.client_id;
  const borrowed = { ...key, client_id: own.id };
  const list = { rows: [{ employee_id: rows.employee.id, scheduled_hours: 9, actual_hours: 9 }], removed: [], reason: null };
  const cover = {
    id: null, attendance_entry_id: rows.attendance_entry.id, employee_id: null, booking: null, day: key.day,
    shift_id: key.shift_id, line_id: key.line_id, hours: null, idle_minutes: null, note: null, reason: null,
  };
  return {
    attendance_sheet: [key, borrowed],
    attendance_mark: [key, borrowed],
    attendance_save: [key, borrowed].map((place) => ({ ...place, ...list })),
    cover_save: [foreign, own.id].map((client_id) => ({ client_id, ...cover })),
    cover_confirm: whichOf(rows.coverage_entry, own),
    pool_list: [key, borrowed],
    pool_book: [key, borrowed].map((when) => ({ pool_employee_id: rows.employee.id, when })),
    pool_release: [{ token: rows.coverage_entry.booking, reason: "curious" }],
    bradford: [{ client_id: foreign, day: key.day }],
    people_export: [{ client_id: foreign, employee_id: rows.employee.id }],
    people_erase: [{ client_id: foreign, employee_id: rows.employee.id }],
  };
}

function ofTable(name, row, foreign, own) {
  const asked = { client_id: foreign, id: row.id };
  const borrowed = { client_id: own.id, id: row.id };
  // A client is its own key, and an author a person who may work for both: neither can be asked for in disguise.
  const disguised = ["client", "client_setting", "author"].includes(name) ? [] : [borrowed];
  return {
    [`${name}_list`]: [{ client_id: foreign }],
    [`${name}_get`]: [asked, ...disguised],
    [`${name}_put`]: [{ row, reason: "curious" }, { row: { ...row, id: null }, reason: "curious" }],
    [`${name}_remove`]: [{ ...asked, reason: "curious" }, ...disguised.map((key) => ({ ...key, reason: "curious" }))],
  };
}

/** Commands that take no client: what they answer must be free of canaries. */
export const WITHOUT_CLIENT = {
  app_state: {},
  first_start: { name: "second", display_name: "Second", password: "a long enough one", language: "en" },
  login: { name: "nobody", password: "a wrong password" },
  password_change: { old: "a wrong password", new: "another long password" },
  language_set: { language: "en" },
  draft_put: { key: "curious", body: "{}" },
  draft_get: { key: "curious" },
  draft_list: {},
  draft_drop: { key: "curious" },
  saved_filter_list: {},
  saved_filter_put: { id: null, name: "mine", body: "{}" },
  saved_filter_use: { id: "00000000-0000-7000-8000-000000000000" },
  plant_threshold_list: {},
  to_see_to: {},
  sync_status: {},
  sync_now: {},
  sync_pause: { on: false },
  sync_metered: { on: false },
  office_enter: { login: "curious", password: "curious curious" },
  office_want: { want: { want: "look" } },
  hub_join: { address: "https://127.0.0.1:1", certificate: "", name: "curious", code: "AAAA" },
  hub_return: { code: "AAAA" },
  alert_look: {},
  alert_schedule: { on: false },
  alert_scheduled: {},
  saved_filter_remove: { id: "00000000-0000-7000-8000-000000000000" },
  pool_employee_put: { id: null, code: "CURIOUS", name: "Curious", department: null, active: true, reason: null },
  pool_employee_remove: { id: "00000000-0000-7000-8000-000000000000", reason: null },
  undo: {},
  redo: {},
  filters: {},
  kpi_list: {},
  import_errors: { token: "none" },
  import_cancel: { token: "none" },
  user_list: {},
};

/** Commands that only an admin may call: a leader is refused, whatever the client. */
export const ADMIN_ONLY = (client) => ({
  user_add: {
    name: "spy", display_name: "Spy", role: "viewer", clients: [client.id], password: "a long enough one",
  },
  user_update: { id: client.id, display_name: "Spy", role: "viewer", clients: [client.id], lines: [], active: true },
  user_password: { id: client.id, password: "a long enough one" },
  client_inactive_list: {},
  client_reactivate: { id: client.id },
  demo_make: {},
  pool_employee_export: { pool_employee_id: client.id },
  pool_employee_erase: { pool_employee_id: client.id },
  plant_threshold_put: { kpi: "oee", target: 85, warning: null, critical: null },
});
