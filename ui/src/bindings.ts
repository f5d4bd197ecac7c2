// Generated from the Rust commands by `cargo xtask bindings`; do not edit.

export type Id = string;
export type Day = string;
export interface Fault { code: string; message: string; field: string | null; params: Record<string, string> }
export interface ListInput { client_id?: Id | null; limit?: number | null; offset?: number | null }
export interface RowInput { client_id: Id; id: Id }
export interface AppState {
  first_start: boolean; session: SessionView | null; key_file: boolean; folder: string; version: string; fault: Fault | null
}
export interface PutInput<T extends { id: Id }> { row: Omit<T, 'id'> & { id: Id | null }; reason?: string | null }
export type FaultCode = 'missing' | 'forbidden' | 'no_session' | 'bad_login' | 'throttled' | 'must_change' | 'short_password' | 'common_password' | 'same_password' | 'name_taken' | 'not_first' | 'last_admin' | 'bad_input' | 'empty' | 'negative' | 'bad_number' | 'bad_date' | 'too_large' | 'too_long' | 'long_day' | 'defective_over_produced' | 'parts_over_defective' | 'duplicate_code' | 'bad_zone' | 'needs_reason' | 'shift_closed' | 'row_limit' | 'grouping' | 'no_such_kpi' | 'bad_period' | 'not_yet' | 'other_formula' | 'nothing_to_undo' | 'changed_since' | 'taken_meanwhile' | 'missing_key' | 'no_keyring' | 'wrong_key' | 'damaged' | 'newer' | 'read_only' | 'disk_full' | 'in_use' | 'not_initialised' | 'already_initialised' | 'busy' | 'cancelled' | 'internal';

export type Answer = { 
/**
 * The KPI's code.
 */
kpi: string, 
/**
 * The unit of its values.
 */
unit: string, 
/**
 * Which way is better.
 */
better: Better, 
/**
 * What it should reach, where all clients asked about agree.
 */
target: Target | null, 
/**
 * One row for each group, in the order of their words.
 */
rows: Array<AnswerRow>, 
/**
 * The open line shifts of today, against what has passed of them.
 */
so_far: AnswerRow | null, 
/**
 * Labour and machine minutes are added up.
 */
mixed_basis: boolean, 
/**
 * Where bases are mixed: the labour lines and the machine lines alone.
 */
by_basis: Array<AnswerRow>, 
/**
 * What the answer rests on.
 */
stamp: Stamp, };
export type AnswerRow = { 
/**
 * The group in the codes people use.
 */
by: { [key in string]: string }, 
/**
 * The group in ids; times as the first day.
 */
keys: { [key in string]: string }, 
/**
 * The value, unrounded; none where it is undefined.
 */
value: number | null, 
/**
 * Why the value is undefined: a key under "why.".
 */
why: string | null, 
/**
 * What is above the line.
 */
numerator: number, 
/**
 * What is below the line.
 */
denominator: number, 
/**
 * Production entries.
 */
rows: number, 
/**
 * Line shifts.
 */
line_shifts: number, 
/**
 * The part of the denominator that rests on inference, from 0 to 1.
 */
estimated_share: number, 
/**
 * The part of the numerator that rests on inference, from 0 to 1.
 */
estimated_numerator: number, 
/**
 * The least trusted inference: a key under "source.".
 */
weakest: string | null, 
/**
 * The 95 % interval of the value.
 */
interval: [number, number] | null, 
/**
 * Line shifts with entries of the line shifts on the calendar.
 */
completeness: number | null, 
/**
 * Open line shifts will still move it.
 */
provisional: boolean, 
/**
 * Whether the target is met.
 */
verdict: Verdict | null, 
/**
 * A second number beside the value.
 */
beside: BesideValue | null, };
export type Ask = { 
/**
 * The KPI's code.
 */
kpi: string, 
/**
 * The clients; none for all in scope.
 */
clients: Array<Id> | null, 
/**
 * The first day.
 */
from: string, 
/**
 * The last day, included.
 */
to: string, 
/**
 * By what the rows are grouped: client, line, shift, product, operation, order, day, week, month.
 */
by: Array<string>, 
/**
 * Only these lines.
 */
lines: Array<Id> | null, 
/**
 * Only these shifts.
 */
shifts: Array<Id> | null, 
/**
 * Only these products.
 */
products: Array<Id> | null, 
/**
 * Only these operations.
 */
operations?: Array<Id> | null, 
/**
 * Only these work orders.
 */
orders?: Array<Id> | null, 
/**
 * What was known; none for what is known now.
 */
known?: Known | null, };
export interface Author {
  client_id: Id;
  id: Id;
  name: string;
}
export type Begin = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its bytes.
 */
size: number, };
export type BesideValue = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its value in the answer's unit.
 */
value: number, };
export type Better = "higher" | "lower" | "none";
export type Board = { cards: Array<Card>, };
export type BoardAsk = { 
/**
 * The KPIs' codes, in their order.
 */
kpis: Array<string>, 
/**
 * The clients; none for all in scope.
 */
clients: Array<Id> | null, 
/**
 * The first day.
 */
from: string, 
/**
 * The last day, included.
 */
to: string, 
/**
 * Only these lines.
 */
lines: Array<Id> | null, 
/**
 * Only these shifts.
 */
shifts: Array<Id> | null, 
/**
 * Only these products.
 */
products: Array<Id> | null, 
/**
 * What was known; none for what is known now.
 */
known?: Known | null, };
export interface CalendarDay {
  client_id: Id;
  id: Id;
  day: Day;
  line_id: Id | null;
  shift_id: Id | null;
  working: boolean;
  net_minutes: number | null;
  note: string | null;
}
export type Card = { 
/**
 * Its code.
 */
kpi: string, 
/**
 * Its answer over the period.
 */
answer: Answer, 
/**
 * The same over the period of equal length before.
 */
previous: AnswerRow | null, 
/**
 * Its value day by day.
 */
spark: Array<SparkPoint>, };
export type Choice = { client_id: Id, id: Id, code: string, name: string, };
export interface Client {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  active: boolean;
}
export type ClientRef = { 
/**
 * Which client.
 */
id: Id, 
/**
 * The short name people type.
 */
code: string, 
/**
 * The full name.
 */
name: string, };
export type ClientSeq = { 
/**
 * The client.
 */
client: Id, 
/**
 * Its last confirmed position; 0 before the first.
 */
seq: number, };
export interface ClientSetting {
  client_id: Id;
  id: Id;
  time_zone: string;
  rollover_minute: number;
  default_crew: number | null;
  default_net_minutes: number | null;
  default_standard: number | null;
  exclude_planned: boolean;
  exclude_setup: boolean;
  self_approval: boolean;
  rows_a_day: number | null;
}
export type Close = { client_id: Id, day: string, line_id: Id, shift_id: Id, note: string | null, };
export type Column = { 
/**
 * Its name in the file.
 */
name: string, 
/**
 * The field it holds.
 */
field: string | null, 
/**
 * Whether that was guessed.
 */
guessed: boolean, 
/**
 * Its first values.
 */
samples: Array<string>, 
/**
 * How its numbers or days are read, where that had to be decided.
 */
reads: string | null, };
export type Confirm = { 
/**
 * The file.
 */
token: string, 
/**
 * What its rows are.
 */
kind: Kind, 
/**
 * The client of rows that name none.
 */
client_id: Id | null, 
/**
 * The field of each column; none to be guessed.
 */
mapping: { [key in string]: string | null } | null, 
/**
 * Whether scrap is counted inside defective.
 */
scrap_inside: boolean | null, 
/**
 * Whether rows with errors are left out, or stop the whole.
 */
without_errors: boolean, };
export type Creates = { 
/**
 * Codes of clients.
 */
clients: Array<string>, 
/**
 * Lines.
 */
lines: number, 
/**
 * Products.
 */
products: number, 
/**
 * Shifts.
 */
shifts: number, 
/**
 * Downtime reasons.
 */
reasons: number, 
/**
 * Standards of products.
 */
standards: number, };
export interface DowntimeEntry {
  client_id: Id;
  id: Id;
  line_shift_id: Id;
  reason_id: Id | null;
  work_order_id: Id | null;
  minutes: number | null;
  start_minute: number | null;
  affected: number | null;
  station: string | null;
  cause: string | null;
  action: string | null;
  resolved: boolean | null;
  import_batch_id: Id | null;
}
export interface DowntimeReason {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  planned: boolean;
  setup: boolean;
  affects: string;
  parent_id: Id | null;
  active: boolean;
}
export type DraftKey = { key: string, 
/**
 * Milliseconds since 1970.
 */
at: number, };
export type DraftView = { body: string, 
/**
 * Milliseconds since 1970.
 */
at: number, };
export type Entry = { id: Id, hour: number | null, product_id: Id | null, work_order_id: Id | null, operation_id: Id | null, produced: number | null, defective: number | null, rework: number | null, repair: number | null, scrap: number | null, run_minutes: number | null, crew_present: number | null, note: string | null, rejects: Array<Reject>, standard: Sourced, author: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, 
/**
 * Sent back with a correction: it is refused when others have written since.
 */
version: string | null, };
export type EntryInput = { id: Id | null, hour: number | null, product_id: Id | null, work_order_id: Id | null, operation_id: Id | null, produced: number | null, defective: number | null, rework: number | null, repair: number | null, scrap: number | null, run_minutes: number | null, crew_present: number | null, note: string | null, rejects: Array<Reject>, version?: string, };
export type Explain = { 
/**
 * The question; its filters name one group.
 */
ask: Ask, 
/**
 * Line shifts to leave out from the start.
 */
offset: number, 
/**
 * Line shifts to show.
 */
limit: number, };
export type Explained = { 
/**
 * The KPI's code.
 */
kpi: string, 
/**
 * The answer itself.
 */
row: AnswerRow, 
/**
 * The formula in names, and with the numbers put in.
 */
formula: string, 
/**
 * The sums in the formula.
 */
terms: Array<ExplainedTerm>, 
/**
 * What the sums rest on.
 */
sources: Array<ExplainedSource>, 
/**
 * One page of the line shifts.
 */
line_shifts: Array<ExplainedShift>, 
/**
 * All line shifts.
 */
total: number, };
export type ExplainedEntry = { 
/**
 * The row's id.
 */
id: string, 
/**
 * Its table.
 */
table: string, 
/**
 * The code of its product or reason.
 */
what: string, 
/**
 * Its values as text.
 */
values: { [key in string]: string }, 
/**
 * Who wrote it last.
 */
author: string | null, 
/**
 * On which PC.
 */
device: string | null, 
/**
 * When, in milliseconds since 1970.
 */
at: number | null, };
export type ExplainedShift = { 
/**
 * The client's code.
 */
client: string, 
/**
 * The production day.
 */
day: string, 
/**
 * The line's code.
 */
line: string, 
/**
 * The shift's code.
 */
shift: string, 
/**
 * The line shift's row.
 */
line_shift_id: Id | null, 
/**
 * What it adds to the sums of the formula.
 */
elements: { [key in string]: number }, 
/**
 * What it was made of: crew, net minutes, entries that report their run.
 */
inputs: { [key in string]: number }, 
/**
 * Where each of them comes from.
 */
sources: { [key in string]: ShiftSource }, 
/**
 * The rows somebody entered.
 */
entries: Array<ExplainedEntry>, };
export type ExplainedSource = { 
/**
 * What it is a source of.
 */
element: string, 
/**
 * A key under "source.".
 */
source: string, 
/**
 * How far it is trusted, from 0 to 1.
 */
confidence: number, 
/**
 * The share of the element in line shifts that use it, from 0 to 1.
 */
share: number, 
/**
 * The line shifts that use it.
 */
line_shifts: number, };
export type ExplainedTerm = { 
/**
 * The element's name.
 */
element: string, 
/**
 * Its sum.
 */
value: number, 
/**
 * The part of it that rests on inference.
 */
estimated: number, };
export type Export = { 
/**
 * What its rows are.
 */
kind: Kind, 
/**
 * Only this client.
 */
client_id: Id | null, 
/**
 * In which form.
 */
format: Format, };
export type FieldView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether a column must hold it.
 */
required: boolean, };
export type FilterId = { id: Id, };
export type FilterPut = { id: Id | null, name: string, body: string, };
export type FilterView = { id: Id, name: string, body: string, };
export type Filters = { clients: Array<ClientRef>, lines: Array<Choice>, shifts: Array<Choice>, products: Array<Choice>, first_day: string | null, last_day: string | null, };
export type Flag = { field: string, row: Id | null, code: string, params: { [key in string]: string }, };
export type Format = "csv" | "json";
export type Hour = { hour: number, from: string | null, to: string | null, minutes: number, };
export interface ImportBatch {
  client_id: Id;
  id: Id;
  file_id: string;
  kind: string;
  name: string;
  rows: number;
  mapping: string;
}
export type Imported = { 
/**
 * One batch per client.
 */
batches: Array<Id>, 
/**
 * Rows of the file that brought something.
 */
written: number, 
/**
 * Rows that were here already.
 */
unchanged: number, 
/**
 * Rows left out for their errors.
 */
skipped: number, };
export type Instant = number;
export type Keep = { key: string, body: string, };
export type Key = { key: string, };
export type Kind = "production" | "downtime" | "line" | "product";
export type Known = { "stamp": Stamp } | { "at": Instant };
export interface Line {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  basis: string;
  parent_id: Id | null;
  active: boolean;
}
export interface LineCalendar {
  client_id: Id;
  id: Id;
  line_id: Id;
  shift_id: Id;
  weekdays: number;
  planned_crew: number | null;
  planned_units: number | null;
  valid_from: Day;
}
export type LineRef = { client_id: Id, line_id: Id, };
export interface LineShift {
  client_id: Id;
  id: Id;
  day: Day;
  shift_id: Id;
  line_id: Id;
  crew: number | null;
  floating_idle: number | null;
  net_minutes: number | null;
  overtime: number | null;
  planned_units: number | null;
  state: string;
  closed_how: string | null;
  note: string | null;
  handover: string | null;
}
export type Look = { 
/**
 * The file.
 */
token: string, 
/**
 * What its rows are.
 */
kind: Kind, 
/**
 * The client of rows that name none.
 */
client_id: Id | null, 
/**
 * The field of each column; none to be guessed.
 */
mapping: { [key in string]: string | null } | null, 
/**
 * Whether scrap is counted inside defective.
 */
scrap_inside: boolean | null, };
export type Nothing = Record<symbol, never>;
export interface Operation {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  sequence: number;
  is_final: boolean;
  active: boolean;
}
export type Place = { client_id: Id, day: string, line_id: Id, shift_id: Id, };
export type Preview = { 
/**
 * What its rows are.
 */
kind: Kind, 
/**
 * Its columns.
 */
columns: Array<Column>, 
/**
 * What they may hold.
 */
fields: Array<FieldView>, 
/**
 * The field of each column.
 */
mapping: { [key in string]: string | null }, 
/**
 * Rows below the header.
 */
rows: number, 
/**
 * Rows without errors.
 */
good: number, 
/**
 * The first errors.
 */
errors: Array<RowError>, 
/**
 * Rows with errors.
 */
error_count: number, 
/**
 * What would be created.
 */
creates: Creates, 
/**
 * Rows that are here already.
 */
already: number, 
/**
 * Whether it must be said if scrap is counted inside defective.
 */
asks_scrap: boolean, 
/**
 * The answer so far.
 */
scrap_inside: boolean | null, 
/**
 * The first rows as they stand.
 */
sample: Array<Array<string>>, };
export interface Product {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  active: boolean;
}
export interface ProductStandard {
  client_id: Id;
  id: Id;
  product_id: Id;
  operation_id: Id | null;
  valid_from: Day;
  minutes: number;
}
export interface ProductionEntry {
  client_id: Id;
  id: Id;
  line_shift_id: Id;
  work_order_id: Id | null;
  product_id: Id | null;
  operation_id: Id | null;
  hour: number | null;
  produced: number | null;
  defective: number | null;
  rework: number | null;
  repair: number | null;
  scrap: number | null;
  run_minutes: number | null;
  crew_assigned: number | null;
  crew_present: number | null;
  entry_method: string | null;
  note: string | null;
  import_batch_id: Id | null;
}
export type Readmit = { id: Id, };
export type Reject = { id: Id | null, defect: string, cause: string | null, quantity: number, };
export interface RejectDetail {
  client_id: Id;
  id: Id;
  production_entry_id: Id;
  defect: string;
  cause: string | null;
  quantity: number;
}
export type Reopen = { client_id: Id, day: string, line_id: Id, shift_id: Id, reason: string, };
export type Role = "viewer" | "operator" | "supervisor" | "leader" | "poweruser" | "admin";
export type RowError = { 
/**
 * The row, as a spreadsheet counts it.
 */
row: number, 
/**
 * The field concerned.
 */
field: string | null, 
/**
 * What stands in the cell.
 */
value: string | null, 
/**
 * Why.
 */
code: string, 
/**
 * In the reader's language.
 */
message: string, 
/**
 * What the message names.
 */
params: { [key in string]: string }, };
export type Save = { client_id: Id, day: string, line_id: Id, shift_id: Id, 
/**
 * Left out: stays; null: nothing entered.
 */
crew?: number | null, net_minutes?: number | null, overtime?: number | null, planned_units?: number | null, entries: Array<EntryInput>, stops: Array<StopInput>, 
/**
 * Entries and stops to take away.
 */
removed: Array<Id>, reason: string | null, };
export type SessionView = { user: Id, name: string, display_name: string, role: Role, language: string, must_change: boolean, clients: Array<ClientRef>, may: Array<string>, };
export type Sheet = { client_id: Id, day: string, line_id: Id, shift_id: Id, line_shift_id: Id | null, 
/**
 * `none`, `open`, `closed` or `reopened`.
 */
state: string, entered_crew: number | null, entered_net_minutes: number | null, overtime: number | null, planned_units: number | null, note: string | null, crew: Sourced, net_minutes: Sourced, hours: Array<Hour>, entries: Array<Entry>, stops: Array<Stop>, produced: number, defective: number, good: number, 
/**
 * None while the crew is unknown.
 */
planned: number | null, stops_minutes: number, earned: number, 
/**
 * Planned less stops less earned, of the part that has passed.
 */
to_explain: number | null, flags: Array<Flag>, may_write: boolean, };
export interface Shift {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  active: boolean;
}
export interface ShiftBreak {
  client_id: Id;
  id: Id;
  shift_id: Id;
  valid_from: Day;
  start_minute: number;
  minutes: number;
}
export type ShiftSource = { 
/**
 * A key under "source.".
 */
source: string, 
/**
 * How far it is trusted, from 0 to 1.
 */
confidence: number, };
export interface ShiftTime {
  client_id: Id;
  id: Id;
  shift_id: Id;
  valid_from: Day;
  start_minute: number | null;
  end_minute: number | null;
}
export type SkippedView = { table: string, id: Id, author: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, };
export type Sourced = { value: number | null, 
/**
 * A key of the words `source.*`.
 */
source: string, 
/**
 * From 0 to 1.
 */
confidence: number, };
export type SparkPoint = { 
/**
 * The day.
 */
day: string, 
/**
 * The value; none where it is undefined.
 */
value: number | null, };
export type Stamp = { 
/**
 * When it was asked, in milliseconds since 1970.
 */
at: Instant, 
/**
 * The last confirmed position of each client.
 */
clients: Array<ClientSeq>, 
/**
 * The version of the formula.
 */
formula: string, };
export type Stop = { id: Id, reason_id: Id | null, minutes: number | null, start_minute: number | null, affected: number | null, station: string | null, work_order_id: Id | null, cause: string | null, author: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, 
/**
 * Sent back with a correction: it is refused when others have written since.
 */
version: string | null, };
export type StopInput = { id: Id | null, reason_id: Id | null, minutes: number | null, start_minute: number | null, affected: number | null, station: string | null, work_order_id: Id | null, cause: string | null, version?: string, };
export type Target = { 
/**
 * What it should reach.
 */
target: number | null, 
/**
 * Where a warning starts.
 */
warning: number | null, 
/**
 * Where it becomes critical.
 */
critical: number | null, };
export interface Threshold {
  client_id: Id;
  id: Id;
  kpi: string;
  target: number | null;
  warning: number | null;
  critical: number | null;
}
export type Token = { 
/**
 * Its token.
 */
token: string, };
export type UndoneView = { what: string, changed: number, skipped: Array<SkippedView>, };
export type UserAdd = { name: string, display_name: string, role: Role, clients: Array<Id>, password: string, };
export type UserPassword = { id: Id, password: string, };
export type UserUpdate = { id: Id, display_name: string, role: Role, clients: Array<Id>, lines: Array<LineRef>, active: boolean, };
export type UserView = { id: Id, name: string, display_name: string, role: Role, active: boolean, clients: Array<ClientRef>, lines: Array<LineRef>, 
/**
 * Milliseconds since 1970.
 */
last_login: number | null, };
export type Verdict = "met" | "missed" | "unclear";
export interface WorkOrder {
  client_id: Id;
  id: Id;
  code: string;
  product_id: Id | null;
  line_id: Id | null;
  quantity: number | null;
  standard: number | null;
  status: string;
  priority: number | null;
  customer_po: string | null;
  received: Day | null;
  planned_start: Day | null;
  actual_start: Day | null;
  required_date: Day | null;
  planned_ship_date: Day | null;
  note: string | null;
}

export interface Commands {
  floor_sheet: { input: Place; output: Sheet };
  floor_save: { input: Save; output: Sheet };
  floor_close: { input: Close; output: Sheet };
  floor_reopen: { input: Reopen; output: Sheet };
  draft_put: { input: Keep; output: null };
  draft_get: { input: Key; output: DraftView | null };
  draft_drop: { input: Key; output: null };
  draft_list: { input: Nothing; output: Array<DraftKey> };
  saved_filter_list: { input: Nothing; output: Array<FilterView> };
  saved_filter_put: { input: FilterPut; output: FilterView };
  saved_filter_remove: { input: FilterId; output: null };
  undo: { input: Nothing; output: UndoneView };
  redo: { input: Nothing; output: UndoneView };
  filters: { input: Nothing; output: Filters };
  kpi_ask: { input: Ask; output: Answer };
  kpi_board: { input: BoardAsk; output: Board };
  kpi_explain: { input: Explain; output: Explained };
  import_begin: { input: Begin; output: Token };
  import_preview: { input: Look; output: Preview };
  import_confirm: { input: Confirm; output: Imported };
  import_errors: { input: Token; output: string };
  import_cancel: { input: Token; output: null };
  export: { input: Export; output: string };
  demo_make: { input: Nothing; output: Array<ClientRef> };
  user_list: { input: Nothing; output: Array<UserView> };
  user_add: { input: UserAdd; output: UserView };
  user_update: { input: UserUpdate; output: UserView };
  user_password: { input: UserPassword; output: null };
  client_inactive_list: { input: Nothing; output: Array<ClientRef> };
  client_reactivate: { input: Readmit; output: ClientRef };
  client_list: { input: ListInput; output: Client[] };
  client_get: { input: RowInput; output: Client };
  client_put: { input: PutInput<Client>; output: Client };
  client_remove: { input: RowInput & { reason?: string | null }; output: null };
  author_list: { input: ListInput; output: Author[] };
  author_get: { input: RowInput; output: Author };
  author_put: { input: PutInput<Author>; output: Author };
  author_remove: { input: RowInput & { reason?: string | null }; output: null };
  client_setting_list: { input: ListInput; output: ClientSetting[] };
  client_setting_get: { input: RowInput; output: ClientSetting };
  client_setting_put: { input: PutInput<ClientSetting>; output: ClientSetting };
  client_setting_remove: { input: RowInput & { reason?: string | null }; output: null };
  threshold_list: { input: ListInput; output: Threshold[] };
  threshold_get: { input: RowInput; output: Threshold };
  threshold_put: { input: PutInput<Threshold>; output: Threshold };
  threshold_remove: { input: RowInput & { reason?: string | null }; output: null };
  line_list: { input: ListInput; output: Line[] };
  line_get: { input: RowInput; output: Line };
  line_put: { input: PutInput<Line>; output: Line };
  line_remove: { input: RowInput & { reason?: string | null }; output: null };
  operation_list: { input: ListInput; output: Operation[] };
  operation_get: { input: RowInput; output: Operation };
  operation_put: { input: PutInput<Operation>; output: Operation };
  operation_remove: { input: RowInput & { reason?: string | null }; output: null };
  shift_list: { input: ListInput; output: Shift[] };
  shift_get: { input: RowInput; output: Shift };
  shift_put: { input: PutInput<Shift>; output: Shift };
  shift_remove: { input: RowInput & { reason?: string | null }; output: null };
  shift_time_list: { input: ListInput; output: ShiftTime[] };
  shift_time_get: { input: RowInput; output: ShiftTime };
  shift_time_put: { input: PutInput<ShiftTime>; output: ShiftTime };
  shift_time_remove: { input: RowInput & { reason?: string | null }; output: null };
  shift_break_list: { input: ListInput; output: ShiftBreak[] };
  shift_break_get: { input: RowInput; output: ShiftBreak };
  shift_break_put: { input: PutInput<ShiftBreak>; output: ShiftBreak };
  shift_break_remove: { input: RowInput & { reason?: string | null }; output: null };
  calendar_day_list: { input: ListInput; output: CalendarDay[] };
  calendar_day_get: { input: RowInput; output: CalendarDay };
  calendar_day_put: { input: PutInput<CalendarDay>; output: CalendarDay };
  calendar_day_remove: { input: RowInput & { reason?: string | null }; output: null };
  line_calendar_list: { input: ListInput; output: LineCalendar[] };
  line_calendar_get: { input: RowInput; output: LineCalendar };
  line_calendar_put: { input: PutInput<LineCalendar>; output: LineCalendar };
  line_calendar_remove: { input: RowInput & { reason?: string | null }; output: null };
  product_list: { input: ListInput; output: Product[] };
  product_get: { input: RowInput; output: Product };
  product_put: { input: PutInput<Product>; output: Product };
  product_remove: { input: RowInput & { reason?: string | null }; output: null };
  product_standard_list: { input: ListInput; output: ProductStandard[] };
  product_standard_get: { input: RowInput; output: ProductStandard };
  product_standard_put: { input: PutInput<ProductStandard>; output: ProductStandard };
  product_standard_remove: { input: RowInput & { reason?: string | null }; output: null };
  work_order_list: { input: ListInput; output: WorkOrder[] };
  work_order_get: { input: RowInput; output: WorkOrder };
  work_order_put: { input: PutInput<WorkOrder>; output: WorkOrder };
  work_order_remove: { input: RowInput & { reason?: string | null }; output: null };
  downtime_reason_list: { input: ListInput; output: DowntimeReason[] };
  downtime_reason_get: { input: RowInput; output: DowntimeReason };
  downtime_reason_put: { input: PutInput<DowntimeReason>; output: DowntimeReason };
  downtime_reason_remove: { input: RowInput & { reason?: string | null }; output: null };
  import_batch_list: { input: ListInput; output: ImportBatch[] };
  import_batch_get: { input: RowInput; output: ImportBatch };
  import_batch_put: { input: PutInput<ImportBatch>; output: ImportBatch };
  import_batch_remove: { input: RowInput & { reason?: string | null }; output: null };
  line_shift_list: { input: ListInput; output: LineShift[] };
  line_shift_get: { input: RowInput; output: LineShift };
  line_shift_put: { input: PutInput<LineShift>; output: LineShift };
  line_shift_remove: { input: RowInput & { reason?: string | null }; output: null };
  production_entry_list: { input: ListInput; output: ProductionEntry[] };
  production_entry_get: { input: RowInput; output: ProductionEntry };
  production_entry_put: { input: PutInput<ProductionEntry>; output: ProductionEntry };
  production_entry_remove: { input: RowInput & { reason?: string | null }; output: null };
  reject_detail_list: { input: ListInput; output: RejectDetail[] };
  reject_detail_get: { input: RowInput; output: RejectDetail };
  reject_detail_put: { input: PutInput<RejectDetail>; output: RejectDetail };
  reject_detail_remove: { input: RowInput & { reason?: string | null }; output: null };
  downtime_entry_list: { input: ListInput; output: DowntimeEntry[] };
  downtime_entry_get: { input: RowInput; output: DowntimeEntry };
  downtime_entry_put: { input: PutInput<DowntimeEntry>; output: DowntimeEntry };
  downtime_entry_remove: { input: RowInput & { reason?: string | null }; output: null };
  app_state: { input: Nothing; output: AppState };
  first_start: { input: { name: string; display_name: string; password: string; language: string }; output: SessionView };
  login: { input: { name: string; password: string }; output: SessionView };
  logout: { input: Nothing; output: null };
  password_change: { input: { old: string; new: string }; output: SessionView };
  language_set: { input: { language: string }; output: SessionView };
  import_chunk: { input: never; output: null };
}
