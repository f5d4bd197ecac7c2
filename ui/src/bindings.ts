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
export type FaultCode = 'missing' | 'forbidden' | 'no_session' | 'bad_login' | 'throttled' | 'must_change' | 'short_password' | 'common_password' | 'same_password' | 'name_taken' | 'not_first' | 'last_admin' | 'bad_input' | 'empty' | 'negative' | 'bad_number' | 'bad_date' | 'too_large' | 'too_long' | 'long_day' | 'defective_over_produced' | 'parts_over_defective' | 'defective_over_inspected' | 'passed_plus_defective' | 'absent_over_scheduled' | 'split_over_actual' | 'share_over_whole' | 'busy_on_shift' | 'ends_first' | 'over_a_day' | 'no_times' | 'other_times' | 'other_person' | 'still_covers' | 'still_booked' | 'not_by_file' | 'of_plant' | 'duplicate_code' | 'bad_zone' | 'needs_reason' | 'shift_closed' | 'no_step' | 'own_request' | 'needs_output' | 'needs_shipment' | 'parts_over_held' | 'row_limit' | 'sheet_full' | 'user_limit' | 'device_limit' | 'withdrawn' | 'grouping' | 'no_such_kpi' | 'no_such_check' | 'one_day' | 'no_why' | 'bad_period' | 'not_yet' | 'other_formula' | 'nothing_to_redo' | 'nothing_to_undo' | 'changed_since' | 'taken_meanwhile' | 'missing_key' | 'no_keyring' | 'wrong_key' | 'damaged' | 'newer' | 'read_only' | 'disk_full' | 'in_use' | 'not_initialised' | 'already_initialised' | 'opening' | 'busy' | 'kept_at_hub' | 'office_closed' | 'hub_address' | 'hub_certificate' | 'hub_denied' | 'hub_taken' | 'hub_version' | 'hub_unreachable' | 'lease_over' | 'certificate_unknown' | 'certificate_of_authority' | 'certificate_of_other_name' | 'certificate_expired' | 'certificate_not_yet' | 'certificate_wrong' | 'tls_too_old' | 'no_tls' | 'already_joined' | 'cancelled' | 'internal';

export type Absence = "unscheduled" | "medical" | "personal" | "suspended" | "vacation" | "holiday" | "late";
export type Again = { client_id: Id, op: string, 
/**
 * What is mended, by column.
 */
values: Record<string, string | number | null>, reason?: string | null, };
export type AgeBand = { 
/**
 * The age in days it ends with, included; none for the last.
 */
to: number | null, 
/**
 * Its orders.
 */
orders: number, };
export interface Alert {
  client_id: Id;
  id: Id;
  kind: string;
  subject: string;
  label: string;
  critical: boolean;
  state: string;
  value: number | null;
  against: number | null;
  raised_at: number;
  seen_by: Id | null;
  seen_at: number | null;
  resolved_by: Id | null;
  resolved_at: number | null;
  note: string | null;
}
export type AlertKind = "kpi" | "late_order" | "order_at_risk" | "hold_waiting" | "absence" | "cover_gap" | "unexplained" | "backup";
export type AlertList = { 
/**
 * Only this client; none for all in scope.
 */
client_id?: Id | null, 
/**
 * Settled ones too.
 */
settled: boolean, limit?: number | null, offset?: number | null, };
export type AlertState = "open" | "acknowledged" | "resolved";
export type AlertStep = { client_id: Id, id: Id, 
/**
 * Wanted where it is settled.
 */
note?: string | null, };
export type AlertView = { client_id: Id, id: Id, kind: AlertKind, 
/**
 * A KPI's code, an order's id.
 */
subject: string, 
/**
 * The subject as people call it.
 */
label: string, critical: boolean, state: AlertState, 
/**
 * What was measured; none once the cause is gone.
 */
value: number | null, 
/**
 * What it was measured against.
 */
against: number | null, 
/**
 * Milliseconds since 1970.
 */
raised_at: number, seen_by: string | null, 
/**
 * Milliseconds since 1970.
 */
seen_at: number | null, 
/**
 * None where it went away by itself.
 */
resolved_by: string | null, 
/**
 * Milliseconds since 1970.
 */
resolved_at: number | null, note: string | null, 
/**
 * Whether this person may acknowledge and settle it.
 */
may_settle: boolean, };
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
 * Orders that could not be counted: without a promised day, or in work without a start.
 */
left_out: number, 
/**
 * Of a delivery KPI: the code of the one that the clients asked about chose as their headline.
 */
headline: string | null, 
/**
 * Of WIP age: the ages of each client in bands and percentiles.
 */
ages: Array<ClientAges>, 
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
 * Rows somebody entered: production entries, inspections, people on lists, orders.
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
 * It may still move: line shifts are open, or changes wait for the hub or for a decision.
 */
provisional: boolean, 
/**
 * Whether the target is met.
 */
verdict: Verdict | null, 
/**
 * A second number beside the value.
 */
beside: BesideValue | null, 
/**
 * Steps of the route that nobody inspected: not in the value.
 */
left_out: Array<string>, 
/**
 * What the value is made up of, where it is shown.
 */
parts: Array<BesideValue>, };
export type Applied = { 
/**
 * Steps.
 */
operations: number, 
/**
 * Types of defects.
 */
defect_types: number, 
/**
 * Reasons for stops.
 */
downtime_reasons: number, 
/**
 * Reasons to hold work.
 */
hold_reasons: number, 
/**
 * Whether the client had no policies and has the usual ones now.
 */
policies: boolean, };
export type Apply = { client_id: Id, industry: Industry, };
export type Approve = { client_id: Id, id: Id, 
/**
 * The hold as it was seen; refused where somebody has changed it since.
 */
version?: string | null, 
/**
 * Since when; none leaves what was asked for.
 */
held_from?: string | null, 
/**
 * Minutes after that day's midnight; none for the whole day.
 */
held_from_minute?: number | null, expected?: string | null, 
/**
 * Wanted where one approves what one asked for.
 */
reason?: string | null, };
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
 * By what the rows are grouped: client, line, shift, product, operation, order, step, job, day, week, month.
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
known?: Known | null, 
/**
 * Only these jobs, of what is kept by job: inspections.
 */
jobs?: Array<Id> | null, 
/**
 * Only people of these departments; the empty word is none.
 */
departments?: Array<string> | null, 
/**
 * The day as of whose end orders are looked at; none for the client's today.
 */
as_of?: string | null, };
export type Attendance = { 
/**
 * Hours of the shift, where they are known.
 */
shift_hours: number | null, people: Array<Listed>, };
export interface AttendanceEntry {
  client_id: Id;
  id: Id;
  employee_id: Id;
  day: Day;
  shift_id: Id | null;
  line_id: Id | null;
  scheduled_hours: number | null;
  actual_hours: number | null;
  absent_hours: number | null;
  absence: string | null;
  reason: string | null;
  normal_hours: number | null;
  double_hours: number | null;
  triple_hours: number | null;
  labour_class: string | null;
  note: string | null;
}
export type AttendanceInput = { employee_id: Id, scheduled_hours: number | null, actual_hours: number | null, absent_hours: number | null, absence: Absence | null, reason: string | null, normal_hours: number | null, double_hours: number | null, triple_hours: number | null, labour_class: LabourClass | null, note: string | null, };
export type AttendanceSave = { client_id: Id, day: string, line_id: Id | null, shift_id: Id | null, rows: Array<AttendanceInput>, 
/**
 * People who are taken off the list.
 */
removed: Array<Id>, reason: string | null, };
export interface Author {
  client_id: Id;
  id: Id;
  name: string;
}
export type BackTest = { 
/**
 * The tails held out, one after the other.
 */
tails: number, 
/**
 * The held-out days with data.
 */
days: number, 
/**
 * The mean absolute error of the method chosen before each tail.
 */
error: number, 
/**
 * That of saying "as on the last day".
 */
error_last_value: number, 
/**
 * That of saying "as on the last such weekday".
 */
error_same_weekday: number, 
/**
 * The share of days within the forecast's 95 % interval.
 */
coverage: number, 
/**
 * The forecast is nearer than either.
 */
beats_naive: boolean, };
export type Balance = { 
/**
 * None while the crew is unknown.
 */
planned: number | null, stops: number, earned: number, 
/**
 * Planned less stops less earned less what was lost to speed; none while the crew is unknown.
 */
to_explain: number | null, 
/**
 * What a reported run leaves unexplained; negative where it is over-reported.
 */
unaccounted: number, produced: number, good: number, defective: number, 
/**
 * Rejected units that are told by type.
 */
detailed: number, 
/**
 * What does not balance; empty where everything does.
 */
open: Array<Unbalanced>, };
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
known?: Known | null, 
/**
 * The day as of whose end orders are looked at; none for the client's today.
 */
as_of?: string | null, };
export type BookingState = "requested" | "confirmed" | "released";
export type BradfordAsk = { client_id: Id, 
/**
 * The last of the 52 weeks' days; none for today.
 */
day: string | null, };
export type BradfordRow = { employee_id: Id, code: string, name: string, department: string | null, 
/**
 * S: absences without a scheduled day attended in between.
 */
spells: number, 
/**
 * D: days absent, a part of a day being half a one.
 */
days: number, 
/**
 * S² × D.
 */
factor: number, };
export type By = { person: string | null, pc: string | null, 
/**
 * Milliseconds since 1970, by the author's clock.
 */
at: number, reason: string | null, };
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
export type ChartKind = "xmr" | "p" | "u";
export type ChartPoint = { 
/**
 * The day.
 */
day: string, 
/**
 * The value, as it is.
 */
value: number, 
/**
 * One standard deviation of chance on that day.
 */
sigma: number, 
/**
 * Three below the centre; none where no value can be below.
 */
lower: number | null, 
/**
 * Three above the centre; none where no value can be above.
 */
upper: number | null, };
export type ChartRule = "beyond_limits" | "two_of_three" | "four_of_five" | "eight_on_one_side" | "nine_on_one_side" | "six_in_a_trend" | "fourteen_alternating" | "fifteen_within_one_sigma" | "eight_beyond_one_sigma";
export type ChartSide = "above" | "below";
export type ChartSignal = { 
/**
 * The rule.
 */
rule: ChartRule, 
/**
 * Its number among the four of Western Electric.
 */
western_electric: number | null, 
/**
 * Its number among the eight of Nelson.
 */
nelson: number | null, 
/**
 * The side, where the rule has one.
 */
side: ChartSide | null, 
/**
 * The places of the points in the chart, from 0; only those that count.
 */
points: number[], 
/**
 * Their days.
 */
days: Array<string>, };
export type Check = { 
/**
 * Its code: "honesty.CODE" is its name, "honesty.CODE.why" why it matters.
 */
code: string, 
/**
 * How many findings there are in all.
 */
total: number, 
/**
 * A page of them.
 */
findings: Array<Finding>, };
export type Choice = { client_id: Id, id: Id, code: string, name: string, };
export interface Client {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  active: boolean;
}
export type ClientAges = { 
/**
 * The client.
 */
client: Id, 
/**
 * The day as of whose end they are that old.
 */
as_of: string, 
/**
 * How many orders fall into each band of its own.
 */
bands: Array<AgeBand>, 
/**
 * Half of its orders are no older than this, in days.
 */
p50: number | null, 
/**
 * 85 of 100 are no older than this.
 */
p85: number | null, 
/**
 * 95 of 100 are no older than this.
 */
p95: number | null, };
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
  users_limit: number | null;
  devices_limit: number | null;
  delivery_mode: string | null;
  delivery_tolerance: number | null;
  default_opportunities: number | null;
  final_operation_id: Id | null;
  counted_absences: number | null;
  wip_band_1: number | null;
  wip_band_2: number | null;
  wip_band_3: number | null;
}
export type Close = { client_id: Id, day: string, line_id: Id, shift_id: Id, note: string | null, };
export type Closed = { balance: Balance, client_id: Id, day: string, line_id: Id, shift_id: Id, line_shift_id: Id | null, 
/**
 * `none`, `open`, `closed` or `reopened`.
 */
state: string, entered_crew: number | null, entered_net_minutes: number | null, overtime: number | null, planned_units: number | null, 
/**
 * Minutes of which somebody said that the line ran slower than its standard.
 */
speed_minutes: number | null, note: string | null, crew: Sourced, net_minutes: Sourced, hours: Array<Hour>, entries: Array<Entry>, stops: Array<Stop>, produced: number, defective: number, good: number, 
/**
 * None while the crew is unknown.
 */
planned: number | null, stops_minutes: number, earned: number, 
/**
 * Planned less stops less earned, of the part that has passed, less what was lost to speed.
 */
to_explain: number | null, flags: Array<Flag>, may_write: boolean, };
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
export type Compared = { 
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
 * The rows of each period, the one asked about first.
 */
rows: Array<ComparedRow>, 
/**
 * What the answers rest on.
 */
stamp: Stamp, };
export type ComparedPeriod = "asked" | "previous" | "last_year";
export type ComparedRow = { 
/**
 * Which period.
 */
period: ComparedPeriod, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day, included.
 */
to: string, 
/**
 * The answer.
 */
row: AnswerRow, 
/**
 * The value asked about less this one; none on the period asked about, or where one is undefined.
 */
difference: number | null, 
/**
 * Which way the value asked about went since; none as above, and for a KPI without a direction.
 */
direction: Direction | null, 
/**
 * What the value should reach: the client's target, else the plant's.
 */
target: number | null, 
/**
 * This row's value less its target.
 */
to_target: number | null, 
/**
 * On which side of its target it lies.
 */
target_direction: Direction | null, };
export type Confirm = { 
/**
 * The file.
 */
token: string, 
/**
 * What its rows are, if they are of a kind.
 */
kind: Kind | null, 
/**
 * Else the table whose rows they are.
 */
table?: string | null, 
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
export type ConflictView = { client_id: Id, table: string, id: string, 
/**
 * What makes up the row.
 */
row: Array<Said>, 
/**
 * Goes back with the decision.
 */
version: string, 
/**
 * What stands in the columns in dispute.
 */
stands: Array<Stands>, 
/**
 * What waits, in the order in which it came.
 */
waits: Array<WaitsView>, };
export type ControlChart = { 
/**
 * Which chart it is.
 */
kind: ChartKind, 
/**
 * The centre line.
 */
centre: number, 
/**
 * One point for each day with data, in order.
 */
points: Array<ChartPoint>, 
/**
 * The ranges between neighbours, for single values.
 */
ranges: MovingRanges | null, 
/**
 * What is not chance, rule by rule.
 */
signals: Array<ChartSignal>, 
/**
 * The points on which centre and limits rest.
 */
base: number, 
/**
 * Limits from fewer than 20 points will still move.
 */
provisional: boolean, 
/**
 * Days whose value is undefined or impossible.
 */
left_out: Array<string>, };
export type Course = { 
/**
 * The KPI's code.
 */
kpi: string, 
/**
 * The unit of its values.
 */
unit: string, 
/**
 * Which days are not chance; none where there are too few.
 */
chart: ControlChart | null, 
/**
 * Why there is no chart.
 */
no_chart: NotEnough | null, 
/**
 * What is to be expected.
 */
forecast: Forecast | null, 
/**
 * Why there is no forecast.
 */
no_forecast: NoForecast | null, 
/**
 * How well such forecasts would have done.
 */
back_test: BackTest | null, };
export type CourseAsk = { 
/**
 * The question; its groups are left aside.
 */
ask: Ask, 
/**
 * Centre and limits rest on the days up to this one; none for all.
 */
base_to: string | null, 
/**
 * Days to look ahead, 7 to 30.
 */
ahead: number, };
export type CoverId = { client_id: Id, id: Id, };
export type CoverInput = { client_id: Id, 
/**
 * The cover that is changed; none for a new one.
 */
id: Id | null, 
/**
 * The absence that is covered; none for a line short of people.
 */
attendance_entry_id: Id | null, 
/**
 * Who covers, of the own roster.
 */
employee_id: Id | null, 
/**
 * Who covers, of the plant's pool: booked together with the cover.
 */
pool_employee_id: Id | null, 
/**
 * The booking of who covers, where there is one already.
 */
booking: string | null, day: string, shift_id: Id | null, line_id: Id | null, hours: number | null, idle_minutes: number | null, note: string | null, reason: string | null, };
export interface CoverageEntry {
  client_id: Id;
  id: Id;
  attendance_entry_id: Id | null;
  employee_id: Id | null;
  booking: string | null;
  day: Day;
  shift_id: Id | null;
  line_id: Id | null;
  hours: number | null;
  idle_minutes: number | null;
  confirmed: boolean;
  note: string | null;
}
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
standards: number, 
/**
 * Rows of the file's own table.
 */
rows: number, };
export type Decide = { client_id: Id, table: string, id: string, version: string, 
/**
 * The changes whose waiting ends.
 */
closes: string[], 
/**
 * The values that are to stand, by column; what is not named stays.
 */
values: Record<string, string | number | null>, 
/**
 * The row goes.
 */
removes: boolean, reason: string, };
export interface DefectDetail {
  client_id: Id;
  id: Id;
  quality_entry_id: Id;
  defect_type_id: Id | null;
  severity: string | null;
  disposition: string | null;
  cause: string | null;
  quantity: number;
}
export interface DefectType {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  parent_id: Id | null;
  active: boolean;
}
export type Delay = "customer_request" | "customer_change" | "supplier" | "force_majeure" | "upstream_hold" | "planning" | "quality" | "capacity" | "own";
export type Direction = "better" | "worse" | "same";
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
  equipment_id: Id | null;
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
export interface Employee {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  department: string | null;
  direct: boolean;
  active: boolean;
  note: string | null;
}
export interface EmployeeLine {
  client_id: Id;
  id: Id;
  employee_id: Id;
  line_id: Id;
  share: number;
}
export type End = { client_id: Id, id: Id, version?: string | null, 
/**
 * Until when; none for now.
 */
held_to?: string | null, 
/**
 * Minutes after that day's midnight; none for the whole day.
 */
held_to_minute?: number | null, 
/**
 * Units that go on.
 */
released?: number | null, 
/**
 * Units thrown away.
 */
scrapped?: number | null, reason?: string | null, };
export type Entry = { id: Id, hour: number | null, product_id: Id | null, work_order_id: Id | null, operation_id: Id | null, produced: number | null, defective: number | null, rework: number | null, repair: number | null, scrap: number | null, run_minutes: number | null, crew_present: number | null, note: string | null, rejects: Array<Reject>, standard: Sourced, author: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, 
/**
 * Sent back with a correction: it is refused when others have written since.
 */
version: string | null, 
/**
 * Others wrote something else, and it waits for a decision.
 */
under_review: boolean, };
export type EntryInput = { id: Id | null, hour: number | null, product_id: Id | null, work_order_id: Id | null, operation_id: Id | null, produced: number | null, defective: number | null, rework: number | null, repair: number | null, scrap: number | null, run_minutes: number | null, crew_present: number | null, note: string | null, rejects: Array<Reject>, version?: string, };
export interface Equipment {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  line_id: Id | null;
  active: boolean;
}
export type Erased = { 
/**
 * Rows about the person.
 */
rows: number, 
/**
 * Changes of theirs in the log.
 */
changes: number, 
/**
 * Whether it waits for the hub, on whose order all PCs do the same.
 */
waits: boolean, };
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
limit: number, 
/**
 * Whether each comes with the rows somebody entered; without them a page is read from the sums alone.
 */
rows: boolean, };
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
 * The steps of the one route, where the KPI multiplies them.
 */
steps: Array<ExplainedStep>, 
/**
 * What the sums rest on.
 */
sources: Array<ExplainedSource>, 
/**
 * One page of the line shifts.
 */
line_shifts: Array<ExplainedShift>, 
/**
 * Of delivery and WIP age: one page of the orders.
 */
orders: Array<ExplainedOrder>, 
/**
 * All line shifts, or orders.
 */
total: number, };
export type ExplainedAge = { 
/**
 * Days from its start to the as-of day, or to when it was finished.
 */
days: number, 
/**
 * Of these, days on hold.
 */
held: number, 
/**
 * What is left: its age.
 */
age: number, };
export type ExplainedDate = { 
/**
 * The day.
 */
day: string, 
/**
 * Minutes after local midnight, where a time was entered.
 */
minute: number | null, 
/**
 * A key under "source.".
 */
source: string, 
/**
 * How far it is trusted, from 0 to 1.
 */
confidence: number, };
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
export type ExplainedOrder = { 
/**
 * The client's code.
 */
client: string, 
/**
 * The order's row.
 */
order_id: Id, 
/**
 * The order's number.
 */
code: string, 
/**
 * The product's code.
 */
product: string, 
/**
 * The line's code.
 */
line: string, 
/**
 * Where it stands: a word of the order's states.
 */
status: string, 
/**
 * The day as of whose end it was looked at.
 */
as_of: string, 
/**
 * What it adds to the sums of the formula.
 */
elements: { [key in string]: number }, 
/**
 * Its days with their sources: promised, first_shipped, complete, start.
 */
dates: { [key in string]: ExplainedDate }, 
/**
 * How long it has been in work.
 */
age: ExplainedAge | null, 
/**
 * The order's own row, its shipments and its holds, where they were asked for.
 */
entries: Array<ExplainedEntry>, };
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
 * With its rows, what it was made of: crew, idle floating people, net minutes, entries that report their run.
 */
inputs: { [key in string]: number }, 
/**
 * Where each of them comes from.
 */
sources: { [key in string]: ShiftSource }, 
/**
 * The rows somebody entered, where they were asked for.
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
 * The line shifts, or orders, that use it.
 */
line_shifts: number, };
export type ExplainedStep = { 
/**
 * The operation's code.
 */
step: string, 
/**
 * Units without a defect the first time.
 */
passed: number, 
/**
 * Units inspected the first time; none where the step is left out.
 */
inspected: number, };
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
 * What its rows are, if they are of a kind.
 */
kind: Kind | null, 
/**
 * Else the table whose rows they are.
 */
table?: string | null, 
/**
 * Only this client.
 */
client_id: Id | null, 
/**
 * In which form.
 */
format: Format, };
export type Factor = "availability" | "accounted" | "performance" | "quality" | "product" | "line" | "client" | "calendar";
export type FactorPart = { 
/**
 * The factor; its words are under "factor.".
 */
factor: Factor, 
/**
 * What it added, in the KPI's unit.
 */
part: number, 
/**
 * Which way it pulled; none for a KPI without a direction.
 */
direction: Direction | null, 
/**
 * The factors that could not be told from it, and how far.
 */
merged: Array<MergedFactor>, };
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
export type FilterUsed = { id: Id, name: string, 
/**
 * The question, with what is out of scope cut away.
 */
body: string, 
/**
 * How many clients and rows were cut away.
 */
cut: number, };
export type FilterView = { id: Id, name: string, body: string, };
export type Filters = { clients: Array<ClientRef>, lines: Array<Choice>, shifts: Array<Choice>, products: Array<Choice>, first_day: string | null, last_day: string | null, };
export type Finding = { 
/**
 * The client's code.
 */
client: string, 
/**
 * The day; none where it is about the whole period.
 */
day: string | null, 
/**
 * The line's code.
 */
line: string | null, 
/**
 * The shift's code.
 */
shift: string | null, 
/**
 * What it is about in the codes people use: a product, an order.
 */
what: string | null, 
/**
 * The table of the rows.
 */
table: string, 
/**
 * The rows, the first hundred.
 */
rows: Array<Id>, 
/**
 * How many rows there are.
 */
count: number, 
/**
 * What was found: a share from 0 to 1, minutes, hours.
 */
value: number, 
/**
 * What it was held against.
 */
against: number, 
/**
 * How likely chance alone would bring as much; none where it is no matter of chance.
 */
chance: number | null, 
/**
 * Who wrote the rows, where that was one person.
 */
author: string | null, };
export type Flag = { field: string, row: Id | null, code: string, params: { [key in string]: string }, };
export type Forecast = { 
/**
 * The method and its parameters, chosen by their one-step errors.
 */
smoothing: Smoothing, 
/**
 * The standard deviation of those errors.
 */
error: number, 
/**
 * The days with data it rests on.
 */
data_days: number, 
/**
 * One for each day to come that is worked.
 */
points: Array<ForecastPoint>, };
export type ForecastPoint = { 
/**
 * The day.
 */
day: string, 
/**
 * The most likely value.
 */
value: number, 
/**
 * The lower end of its 95 % interval.
 */
low: number, 
/**
 * The upper end of its 95 % interval.
 */
high: number, };
export type Format = "csv" | "json" | "xlsx";
export type Handover = { client_id: Id, day: string, line_id: Id, shift_id: Id, 
/**
 * Empty takes the note back.
 */
note: string, 
/**
 * Wanted where the shift is closed and the note was there before.
 */
reason?: string | null, };
export type HandoverView = { client_id: Id, line_shift_id: Id, day: string, line_id: Id, shift_id: Id, 
/**
 * The shift's short name.
 */
shift: string, note: string, by: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, signed_by: string | null, 
/**
 * Milliseconds since 1970.
 */
signed_at: number | null, 
/**
 * Whether this person may sign it.
 */
may_sign: boolean, };
export interface HoldEntry {
  client_id: Id;
  id: Id;
  work_order_id: Id;
  job_id: Id | null;
  reason_id: Id | null;
  category: string | null;
  quantity: number | null;
  state: string;
  held_from: Day | null;
  held_from_minute: number | null;
  held_to: Day | null;
  held_to_minute: number | null;
  expected: Day | null;
  requested_by: Id | null;
  requested_at: number | null;
  approved_by: Id | null;
  approved_at: number | null;
  resume_by: Id | null;
  resume_at: number | null;
  resumed_by: Id | null;
  resumed_at: number | null;
  self_approved: boolean;
  released: number | null;
  scrapped: number | null;
  note: string | null;
}
export interface HoldReason {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  active: boolean;
}
export type HoldState = "requested" | "held" | "resume_requested" | "resumed" | "rejected" | "cancelled" | "scrapped";
export type HoldView = { client_id: Id, id: Id, work_order_id: Id, 
/**
 * The order's number.
 */
order: string, job_id: Id | null, 
/**
 * The job's number.
 */
job: string | null, 
/**
 * Why, as the catalogue names it.
 */
reason: string | null, category: string | null, quantity: number | null, state: HoldState, held_from: string | null, held_from_minute: number | null, held_to: string | null, held_to_minute: number | null, expected: string | null, requested_by: string | null, 
/**
 * Milliseconds since 1970.
 */
requested_at: number | null, approved_by: string | null, 
/**
 * Milliseconds since 1970.
 */
approved_at: number | null, resume_by: string | null, 
/**
 * Milliseconds since 1970.
 */
resume_at: number | null, resumed_by: string | null, 
/**
 * Milliseconds since 1970.
 */
resumed_at: number | null, self_approved: boolean, released: number | null, scrapped: number | null, note: string | null, 
/**
 * Hours it has waited for somebody to decide; none where it does not.
 */
waiting_hours: number | null, 
/**
 * Whether this person may decide.
 */
may_decide: boolean, 
/**
 * Sent back with a step: it is refused when others have written since.
 */
version: string | null, };
export type Honesty = { 
/**
 * One for each check, in their order.
 */
checks: Array<Check>, };
export type HonestyAsk = { 
/**
 * The clients; none for all in scope.
 */
clients?: Array<Id> | null, 
/**
 * The first day.
 */
from: string, 
/**
 * The last day, included.
 */
to: string, 
/**
 * Only these checks; none for all.
 */
checks?: Array<string> | null, 
/**
 * How many findings of each check are listed; none for 100.
 */
limit?: number | null, 
/**
 * How many of each are left out before.
 */
offset?: number | null, };
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
export type Industry = "electronics" | "textile" | "medical" | "packaging" | "general";
export type Instant = number;
export interface Job {
  client_id: Id;
  id: Id;
  work_order_id: Id;
  code: string;
  product_id: Id | null;
  operation_id: Id | null;
  quantity: number | null;
}
export type Keep = { key: string, body: string, };
export type Key = { key: string, };
export type Kind = "production" | "downtime" | "line" | "product";
export type Known = { "stamp": Stamp } | { "at": Instant };
export type KpiFamily = "output" | "quality" | "delivery" | "people";
export type KpiView = { 
/**
 * Its code.
 */
code: string, 
/**
 * The unit of its values.
 */
unit: string, 
/**
 * Which way is better.
 */
better: Better, 
/**
 * Under which heading it stands.
 */
family: KpiFamily, 
/**
 * By what it can be grouped, beside time.
 */
groupings: Array<string>, 
/**
 * Whether who asks may see it by day, week and month.
 */
over_time: boolean, 
/**
 * Whether its days can be judged and forecast.
 */
followed: boolean, 
/**
 * Whether its change can be taken apart.
 */
taken_apart: boolean, };
export type LabourClass = "direct" | "indirect";
export type Late = { client_id: Id, id: Id, 
/**
 * The cause; none takes it back.
 */
delay: Delay | null, reason: string | null, };
export type LetGo = { client_id: Id, op: string, reason: string, };
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
  handover_by: Id | null;
  handover_at: number | null;
  signed_by: Id | null;
  signed_at: number | null;
  speed_minutes: number | null;
}
export type List = { 
/**
 * Only this client; none for all in scope.
 */
client_id?: Id | null, 
/**
 * Only this order.
 */
work_order_id?: Id | null, 
/**
 * Only those in these states; none for all.
 */
states?: Array<HoldState> | null, limit?: number | null, offset?: number | null, };
export type Listed = { employee_id: Id, code: string, name: string, department: string | null, 
/**
 * The part of his time that belongs to the line.
 */
share: number | null, 
/**
 * On the list of this shift already, here or on another line.
 */
line_id: Id | null, is_listed: boolean, scheduled_hours: number | null, actual_hours: number | null, absent_hours: number | null, 
/**
 * Empty for who may not see why.
 */
absence: Absence | null, reason: string | null, normal_hours: number | null, double_hours: number | null, triple_hours: number | null, labour_class: LabourClass | null, note: string | null, };
export type Look = { 
/**
 * The file.
 */
token: string, 
/**
 * What its rows are, if they are of a kind.
 */
kind: Kind | null, 
/**
 * Else the table whose rows they are.
 */
table?: string | null, 
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
export type Looked = { raised: number, reopened: number, resolved: number, };
export type MarkAll = { client_id: Id, day: string, line_id: Id, shift_id: Id, };
export type Marked = { 
/**
 * People put on the list.
 */
marked: number, 
/**
 * Codes of people who are elsewhere on that shift.
 */
busy: Array<string>, list: Attendance, };
export type MergedFactor = { 
/**
 * The factor that has no part of its own there.
 */
factor: Factor, 
/**
 * For which part of the time, from 0 to 1.
 */
share: number, };
export type MovingRanges = { 
/**
 * Their mean over the base.
 */
centre: number, 
/**
 * Their upper limit; two values have no lower one.
 */
upper: number, 
/**
 * One from each point to the one before.
 */
points: Array<RangePoint>, 
/**
 * The days whose range is above the limit.
 */
signals: Array<string>, };
export type NoForecast = { "why": "not_enough_data" } & NotEnough | { "why": "horizon", 
/**
 * The days asked for.
 */
asked: number, };
export type NotEnough = { 
/**
 * The points there are.
 */
have: number, 
/**
 * The points it takes.
 */
need: number, };
export type Nothing = Record<symbol, never>;
export type OfLine = { client_id: Id, line_id: Id, };
export type Office = { 
/**
 * Whether the hub waits until somebody confirms its grants.
 */
locked: boolean, 
/**
 * Everybody.
 */
people: Array<OfficePerson>, 
/**
 * Every PC that was ever let in.
 */
pcs: Array<OfficePc>, 
/**
 * Every client, with its code.
 */
clients: Array<[Id, string]>, };
export type OfficePc = { 
/**
 * Which.
 */
device: Id, 
/**
 * What it is called in the plant.
 */
name: string, 
/**
 * When it was let in, milliseconds since 1970.
 */
enrolled_at: number, 
/**
 * When it was last heard; none where it has asked nothing yet.
 */
seen_at: number | null, 
/**
 * Whether it was taken out of the plant.
 */
withdrawn: boolean, };
export type OfficePerson = { 
/**
 * Who.
 */
user: Id, 
/**
 * What he logs in with.
 */
login: string, 
/**
 * What others see.
 */
name: string, 
/**
 * What he is in the plant.
 */
role: Role, 
/**
 * Whether he may work at all.
 */
active: boolean, 
/**
 * The clients he may see.
 */
clients: Array<Id>, 
/**
 * The PCs on which he works.
 */
pcs: Array<Id>, };
export interface Operation {
  client_id: Id;
  id: Id;
  code: string;
  name: string;
  sequence: number;
  is_final: boolean;
  active: boolean;
}
export type OrderStatus = "received" | "released" | "in_progress" | "on_hold" | "completed" | "shipped" | "closed" | "cancelled" | "rejected";
export type OrderView = { client_id: Id, id: Id, code: string, product_id: Id | null, line_id: Id | null, customer_po: string | null, priority: number | null, quantity: number | null, status: OrderStatus, 
/**
 * Where it may go from here.
 */
next: Array<OrderStatus>, delay: Delay | null, 
/**
 * The day as of whose end it is looked at.
 */
as_of: string, promised: ShownDate | null, first_shipped: ShownDate | null, complete: ShownDate | null, 
/**
 * Units made of it by then: of its final operation, else of the one with the most.
 */
made: number, 
/**
 * Days in work, without those on hold; a finished order keeps the age it had.
 */
age: number | null, 
/**
 * Days on hold.
 */
held: number | null, 
/**
 * The day its last unit will be made at the pace of the last seven days.
 */
projected: string | null, 
/**
 * What is to be feared of it.
 */
risk: Risk | null, };
export interface PartOpportunities {
  client_id: Id;
  id: Id;
  product_id: Id;
  opportunities: number;
}
export type PersonRef = { client_id: Id, employee_id: Id, };
export type Place = { client_id: Id, day: string, line_id: Id, shift_id: Id, };
export type PlantThreshold = { 
/**
 * The KPI's code.
 */
kpi: string, 
/**
 * What it should reach, in its unit.
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
export type PoolBook = { pool_employee_id: Id, when: PoolWhen, };
export type PoolBookingView = { 
/**
 * What a cover names it by.
 */
token: string, pool_employee_id: Id, 
/**
 * Milliseconds since 1970.
 */
from_utc: number, to_utc: number, state: BookingState, 
/**
 * Milliseconds since 1970.
 */
booked_at: number, 
/**
 * Whether one booked it oneself.
 */
own: boolean, };
export type PoolPerson = { id: Id, code: string, name: string, department: string | null, active: boolean, 
/**
 * Whether he can be booked for all of the time.
 */
free: boolean, 
/**
 * When he is taken.
 */
taken: Array<Taken>, };
export type PoolPersonId = { id: Id, reason: string | null, };
export type PoolPersonInput = { 
/**
 * None for a new one.
 */
id: Id | null, code: string, name: string, department: string | null, active: boolean, reason: string | null, };
export type PoolRelease = { token: string, reason: string | null, };
export type PoolWhen = { 
/**
 * The first moment, milliseconds since 1970.
 */
from_utc: number | null, 
/**
 * The moment after the last.
 */
to_utc: number | null, 
/**
 * Where no moments are given: whose shift it is.
 */
client_id: Id | null, line_id: Id | null, shift_id: Id | null, day: string | null, };
export type PooledRef = { pool_employee_id: Id, };
export type Preview = { 
/**
 * What its rows are; none where they are a table's.
 */
kind: Kind | null, 
/**
 * The table whose rows they are.
 */
table: string | null, 
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
  job_id: Id | null;
}
export interface QualityEntry {
  client_id: Id;
  id: Id;
  day: Day;
  line_id: Id;
  shift_id: Id | null;
  work_order_id: Id | null;
  job_id: Id | null;
  product_id: Id | null;
  operation_id: Id | null;
  inspected: number | null;
  passed: number | null;
  defective: number | null;
  rework: number | null;
  repair: number | null;
  scrap: number | null;
  total_defects: number | null;
  again: boolean | null;
  sample_percent: number | null;
  inspector: string | null;
  note: string | null;
  import_batch_id: Id | null;
}
export type RangePoint = { 
/**
 * The later day.
 */
day: string, 
/**
 * The distance.
 */
value: number, };
export type ReadBack = { 
/**
 * The line's short name.
 */
line: string, 
/**
 * The shift's short name.
 */
shift: string, day: string, produced: number, 
/**
 * None where nothing was planned.
 */
planned_units: number | null, good: number, defective: number, stops_minutes: number, 
/**
 * None while the crew is unknown.
 */
to_explain: number | null, 
/**
 * Hours of the shift without an entry, from 0.
 */
empty_hours: Array<number>, 
/**
 * What is odd: accepted, and pointed at.
 */
odd: Array<Flag>, };
export type Readmit = { id: Id, };
export type RefusedView = { client_id: Id, op: string, table: string, id: string, 
/**
 * What makes up the row, as far as it is known here.
 */
row: Array<Said>, 
/**
 * What it would have done: create, patch, remove or restore.
 */
act: string, 
/**
 * What it would have written.
 */
values: Array<Said>, by: By | null, 
/**
 * Why, in a word: `gone` where its row was taken away.
 */
why: string, };
export type Reject = { id: Id | null, defect: string, cause: string | null, quantity: number, };
export interface RejectDetail {
  client_id: Id;
  id: Id;
  production_entry_id: Id;
  defect: string;
  cause: string | null;
  quantity: number;
  defect_type_id: Id | null;
}
export type Reopen = { client_id: Id, day: string, line_id: Id, shift_id: Id, reason: string, };
export type Request = { client_id: Id, work_order_id: Id, 
/**
 * Only this job of it; none for the whole order.
 */
job_id?: Id | null, reason_id?: Id | null, category?: string | null, 
/**
 * Units held; none for all.
 */
quantity?: number | null, 
/**
 * Since when; none for now.
 */
held_from?: string | null, 
/**
 * Minutes after that day's midnight; none for the whole day.
 */
held_from_minute?: number | null, 
/**
 * By when it should be settled.
 */
expected?: string | null, note?: string | null, };
export type Risk = "late" | "at_risk";
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
export type Said = { 
/**
 * The column.
 */
column: string, 
/**
 * The column as files and screens call it.
 */
name: string, 
/**
 * The value as commands take it.
 */
value: string | number | null, 
/**
 * The value as people read it; none where it is empty.
 */
text: string | null, 
/**
 * Whether people type it, and what: `number` or `text`; none where it is chosen.
 */
typed: "number" | "text" | null, };
export type Save = { client_id: Id, day: string, line_id: Id, shift_id: Id, 
/**
 * Left out: stays; null: nothing entered.
 */
crew?: number | null, net_minutes?: number | null, overtime?: number | null, planned_units?: number | null, speed_minutes?: number | null, entries: Array<EntryInput>, stops: Array<StopInput>, 
/**
 * Entries and stops to take away.
 */
removed: Array<Id>, reason: string | null, };
export type Schedule = { on: boolean, };
export type ScheduleView = { on: boolean, 
/**
 * It was on, and stopped because its owner lost the right to it.
 */
stopped: boolean, };
export type SessionView = { user: Id, name: string, display_name: string, role: Role, language: string, must_change: boolean, clients: Array<ClientRef>, may: Array<string>, };
export type Sheet = { client_id: Id, day: string, line_id: Id, shift_id: Id, line_shift_id: Id | null, 
/**
 * `none`, `open`, `closed` or `reopened`.
 */
state: string, entered_crew: number | null, entered_net_minutes: number | null, overtime: number | null, planned_units: number | null, 
/**
 * Minutes of which somebody said that the line ran slower than its standard.
 */
speed_minutes: number | null, note: string | null, crew: Sourced, net_minutes: Sourced, hours: Array<Hour>, entries: Array<Entry>, stops: Array<Stop>, produced: number, defective: number, good: number, 
/**
 * None while the crew is unknown.
 */
planned: number | null, stops_minutes: number, earned: number, 
/**
 * Planned less stops less earned, of the part that has passed, less what was lost to speed.
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
export type Ship = { client_id: Id, id: Id, 
/**
 * When; none for the client's today.
 */
day: string | null, quantity: number | null, reference: string | null, 
/**
 * Whether the order is shipped with it; one in progress is completed on that day.
 */
move_on: boolean, reason: string | null, };
export interface Shipment {
  client_id: Id;
  id: Id;
  work_order_id: Id;
  day: Day;
  quantity: number | null;
  reference: string | null;
}
export type ShownDate = { day: string, 
/**
 * A key under "source.".
 */
source: string, };
export type SkippedView = { table: string, id: Id, author: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, };
export type Smoothing = { 
/**
 * The method.
 */
method: SmoothingMethod, 
/**
 * How fast the level follows.
 */
alpha: number, 
/**
 * How fast the trend follows; 0 without one.
 */
beta: number, 
/**
 * How fast the weekdays follow; 0 without them.
 */
gamma: number, };
export type SmoothingMethod = "simple" | "holt" | "weekly" | "weekly_trend";
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
export interface Staffing {
  client_id: Id;
  id: Id;
  day: Day;
  shift_id: Id;
  line_id: Id;
  required: number | null;
  actual: number | null;
}
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
export type Stands = { what: Said, by: By | null, };
export type Step = { client_id: Id, id: Id, 
/**
 * Where it goes.
 */
to: OrderStatus, 
/**
 * When; none for the client's today.
 */
day: string | null, reason: string | null, };
export type Stop = { id: Id, reason_id: Id | null, minutes: number | null, start_minute: number | null, affected: number | null, station: string | null, work_order_id: Id | null, cause: string | null, author: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number | null, 
/**
 * Sent back with a correction: it is refused when others have written since.
 */
version: string | null, 
/**
 * Others wrote something else, and it waits for a decision.
 */
under_review: boolean, };
export type StopInput = { id: Id | null, reason_id: Id | null, minutes: number | null, start_minute: number | null, affected: number | null, station: string | null, work_order_id: Id | null, cause: string | null, version?: string, };
export type SyncClient = { 
/**
 * The client.
 */
client_id: Id, 
/**
 * New, active, or on its way out, in a word.
 */
standing: string, 
/**
 * One's own changes that are not yet in the hub's order.
 */
waiting: number, 
/**
 * What was refused and waits for a person.
 */
refused: number, 
/**
 * What a restored hub lacks and gets back.
 */
cut_off: number, 
/**
 * Whether everything is here that the hub has.
 */
caught_up: boolean, 
/**
 * Entries taken in.
 */
done: number, 
/**
 * Entries there are at least.
 */
at_least: number, 
/**
 * When the hub last answered for it, by the PC's clock, milliseconds since 1970.
 */
contact: number | null, 
/**
 * Why its last round went no further, in a word.
 */
trouble: string | null, };
export type SyncView = { 
/**
 * What the hub knows this PC by.
 */
device: string, 
/**
 * What the PC is called in the plant; none until the hub has said so.
 */
name: string | null, 
/**
 * Where the hub is.
 */
address: string, 
/**
 * A person has told it to send nothing.
 */
paused: boolean, 
/**
 * The line is paid by what goes over it.
 */
metered: boolean, 
/**
 * Why the last round went no further, in a word; none where it did.
 */
trouble: string | null, 
/**
 * When the hub was last heard, by the PC's clock, milliseconds since 1970.
 */
contact: number | null, 
/**
 * By how much the hub's clock is ahead of the PC's, in milliseconds.
 */
offset: number | null, 
/**
 * The hub has said who works on this PC.
 */
named: boolean, 
/**
 * The hub was not reached for longer than its list of people holds.
 */
lease_over: boolean, 
/**
 * The clients of the person who asks.
 */
clients: Array<SyncClient>, };
export type Taken = { 
/**
 * Milliseconds since 1970.
 */
from_utc: number, to_utc: number, 
/**
 * The booking, where one may know of it: for others it is "busy", and no more.
 */
token: string | null, 
/**
 * Whether one may know of the booking, and the hub has not said yet that it was first.
 */
requested: boolean, };
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
export type ToSeeTo = { 
/**
 * Rows in which values wait.
 */
conflicts: number, 
/**
 * Changes that were refused.
 */
refused: number, };
export type Token = { 
/**
 * Its token.
 */
token: string, };
export type Touched = { 
/**
 * How many.
 */
line_shifts: number, 
/**
 * The day of the first.
 */
from: string | null, 
/**
 * The day of the last.
 */
to: string | null, };
export type Touching = { 
/**
 * Its table.
 */
table: string, 
/**
 * The row, as `put` takes it.
 */
row: Record<string, unknown>, };
export type Unbalanced = { 
/**
 * A key of the words `balance.*`.
 */
what: string, 
/**
 * The row, where it is one row's.
 */
row: Id | null, 
/**
 * What is there.
 */
value: number, 
/**
 * What it should be.
 */
against: number, };
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
export type WaitsView = { op: string, by: By | null, 
/**
 * It would have taken the row away.
 */
removes: boolean, values: Array<Said>, 
/**
 * It has values that only a newer program knows: this PC cannot decide it.
 */
newer: boolean, };
export type Want = { "want": "look" } | { "want": "code" } | { "want": "person" } & Wanted | { "want": "password", 
/**
 * Whose.
 */
user: Id, 
/**
 * The password.
 */
password: string, } | { "want": "works", 
/**
 * Who.
 */
user: Id, 
/**
 * Whether he may.
 */
on: boolean, } | { "want": "sees", 
/**
 * Who.
 */
user: Id, 
/**
 * Which client.
 */
client: Id, 
/**
 * Whether he may.
 */
on: boolean, } | { "want": "sits", 
/**
 * Who.
 */
user: Id, 
/**
 * At which PC.
 */
device: Id, 
/**
 * Whether he may.
 */
on: boolean, } | { "want": "withdraw", 
/**
 * Which.
 */
device: Id, } | { "want": "confirm" } | { "want": "leave" };
export type Wanted = { 
/**
 * Who; none for somebody new.
 */
user: Id | null, 
/**
 * What he logs in with.
 */
login: string, 
/**
 * What others see.
 */
name: string, 
/**
 * What he is in the plant.
 */
role: Role, 
/**
 * The first password of somebody new.
 */
password: string | null, };
export type Which = { 
/**
 * The clients; none for all in scope.
 */
clients: Array<Id> | null, 
/**
 * Finished, cancelled and rejected ones, too.
 */
all: boolean, 
/**
 * The day as of whose end they are looked at; none for the client's today.
 */
as_of: string | null, limit: number | null, offset: number | null, };
export type Whose = { 
/**
 * Only this client; none for all in scope.
 */
client_id?: Id | null, };
export type Why = { 
/**
 * The KPI's code.
 */
kpi: string, 
/**
 * The unit of its values, and of the parts.
 */
unit: string, 
/**
 * Which way is better.
 */
better: Better, 
/**
 * The period it is compared with.
 */
before: WhySide, 
/**
 * The period asked about.
 */
after: WhySide, 
/**
 * Its value after less its value before; none where one of them is undefined.
 */
difference: number | null, 
/**
 * Which way it went; none for a KPI without a direction.
 */
direction: Direction | null, 
/**
 * What each factor added; the parts sum to the difference.
 */
factors: Array<FactorPart>, 
/**
 * Labour and machine minutes are added up.
 */
mixed_basis: boolean, 
/**
 * What the answer rests on.
 */
stamp: Stamp, };
export type WhyAsk = { 
/**
 * The figure and the later period; without groups.
 */
ask: Ask, 
/**
 * The first day of the period it is compared with.
 */
versus_from: string, 
/**
 * The last day of that period, included.
 */
versus_to: string, };
export type WhySide = { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day, included.
 */
to: string, 
/**
 * The value, unrounded; none where it is undefined.
 */
value: number | null, 
/**
 * Why the value is undefined: a key under "why.".
 */
why: string | null, 
/**
 * Line shifts.
 */
line_shifts: number, 
/**
 * The part of its time, from 0 to 1, whose counterpart the other period has not: its rates there are borrowed.
 */
unmatched: number, 
/**
 * Open line shifts will still move it.
 */
provisional: boolean, };
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
  actual_start_minute: number | null;
  released: Day | null;
  completed: Day | null;
  ended: Day | null;
  before_hold: string | null;
  delay: string | null;
}

export interface Commands {
  floor_sheet: { input: Place; output: Sheet };
  floor_save: { input: Save; output: Sheet };
  floor_close: { input: Close; output: Closed };
  floor_reopen: { input: Reopen; output: Sheet };
  floor_read_back: { input: Place; output: ReadBack };
  floor_balance: { input: Place; output: Balance };
  floor_handover: { input: Handover; output: HandoverView };
  floor_sign: { input: Place; output: HandoverView };
  floor_handovers: { input: OfLine; output: Array<HandoverView> };
  hold_request: { input: Request; output: HoldView };
  hold_approve: { input: Approve; output: HoldView };
  hold_reject: { input: Step; output: HoldView };
  hold_cancel: { input: Step; output: HoldView };
  hold_resume_request: { input: Step; output: HoldView };
  hold_resume: { input: End; output: HoldView };
  hold_scrap: { input: End; output: HoldView };
  hold_list: { input: List; output: Array<HoldView> };
  conflict_list: { input: Whose; output: Array<ConflictView> };
  conflict_decide: { input: Decide; output: null };
  refused_list: { input: Whose; output: Array<RefusedView> };
  refused_again: { input: Again; output: null };
  refused_let_go: { input: LetGo; output: null };
  to_see_to: { input: Nothing; output: ToSeeTo };
  alerts: { input: AlertList; output: Array<AlertView> };
  alert_acknowledge: { input: AlertStep; output: AlertView };
  alert_resolve: { input: AlertStep; output: AlertView };
  alert_look: { input: Nothing; output: Looked };
  alert_schedule: { input: Schedule; output: ScheduleView };
  alert_scheduled: { input: Nothing; output: ScheduleView };
  draft_put: { input: Keep; output: null };
  draft_get: { input: Key; output: DraftView | null };
  draft_drop: { input: Key; output: null };
  draft_list: { input: Nothing; output: Array<DraftKey> };
  saved_filter_list: { input: Nothing; output: Array<FilterView> };
  saved_filter_put: { input: FilterPut; output: FilterView };
  saved_filter_remove: { input: FilterId; output: null };
  saved_filter_use: { input: FilterId; output: FilterUsed };
  touches: { input: Touching; output: Touched };
  template_apply: { input: Apply; output: Applied };
  undo: { input: Nothing; output: UndoneView };
  redo: { input: Nothing; output: UndoneView };
  filters: { input: Nothing; output: Filters };
  honesty: { input: HonestyAsk; output: Honesty };
  kpi_list: { input: Nothing; output: Array<KpiView> };
  kpi_ask: { input: Ask; output: Answer };
  kpi_board: { input: BoardAsk; output: Board };
  kpi_course: { input: CourseAsk; output: Course };
  kpi_explain: { input: Explain; output: Explained };
  kpi_why: { input: WhyAsk; output: Why };
  kpi_compare: { input: Ask; output: Compared };
  plant_threshold_list: { input: Nothing; output: Array<PlantThreshold> };
  plant_threshold_put: { input: PlantThreshold; output: PlantThreshold };
  attendance_sheet: { input: MarkAll; output: Attendance };
  attendance_mark: { input: MarkAll; output: Marked };
  attendance_save: { input: AttendanceSave; output: null };
  cover_save: { input: CoverInput; output: Id };
  cover_confirm: { input: CoverId; output: null };
  pool_list: { input: PoolWhen; output: Array<PoolPerson> };
  pool_employee_put: { input: PoolPersonInput; output: Id };
  pool_employee_remove: { input: PoolPersonId; output: null };
  pool_book: { input: PoolBook; output: PoolBookingView };
  pool_release: { input: PoolRelease; output: PoolBookingView };
  bradford: { input: BradfordAsk; output: Array<BradfordRow> };
  people_export: { input: PersonRef; output: string };
  people_erase: { input: PersonRef; output: Erased };
  pool_employee_export: { input: PooledRef; output: string };
  pool_employee_erase: { input: PooledRef; output: Erased };
  order_step: { input: Step; output: OrderView };
  order_ship: { input: Ship; output: OrderView };
  order_delay: { input: Late; output: OrderView };
  order_list: { input: Which; output: Array<OrderView> };
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
  line_list: { input: ListInput; output: Line[] };
  line_get: { input: RowInput; output: Line };
  line_put: { input: PutInput<Line>; output: Line };
  line_remove: { input: RowInput & { reason?: string | null }; output: null };
  operation_list: { input: ListInput; output: Operation[] };
  operation_get: { input: RowInput; output: Operation };
  operation_put: { input: PutInput<Operation>; output: Operation };
  operation_remove: { input: RowInput & { reason?: string | null }; output: null };
  client_setting_list: { input: ListInput; output: ClientSetting[] };
  client_setting_get: { input: RowInput; output: ClientSetting };
  client_setting_put: { input: PutInput<ClientSetting>; output: ClientSetting };
  client_setting_remove: { input: RowInput & { reason?: string | null }; output: null };
  threshold_list: { input: ListInput; output: Threshold[] };
  threshold_get: { input: RowInput; output: Threshold };
  threshold_put: { input: PutInput<Threshold>; output: Threshold };
  threshold_remove: { input: RowInput & { reason?: string | null }; output: null };
  equipment_list: { input: ListInput; output: Equipment[] };
  equipment_get: { input: RowInput; output: Equipment };
  equipment_put: { input: PutInput<Equipment>; output: Equipment };
  equipment_remove: { input: RowInput & { reason?: string | null }; output: null };
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
  part_opportunities_list: { input: ListInput; output: PartOpportunities[] };
  part_opportunities_get: { input: RowInput; output: PartOpportunities };
  part_opportunities_put: { input: PutInput<PartOpportunities>; output: PartOpportunities };
  part_opportunities_remove: { input: RowInput & { reason?: string | null }; output: null };
  defect_type_list: { input: ListInput; output: DefectType[] };
  defect_type_get: { input: RowInput; output: DefectType };
  defect_type_put: { input: PutInput<DefectType>; output: DefectType };
  defect_type_remove: { input: RowInput & { reason?: string | null }; output: null };
  hold_reason_list: { input: ListInput; output: HoldReason[] };
  hold_reason_get: { input: RowInput; output: HoldReason };
  hold_reason_put: { input: PutInput<HoldReason>; output: HoldReason };
  hold_reason_remove: { input: RowInput & { reason?: string | null }; output: null };
  downtime_reason_list: { input: ListInput; output: DowntimeReason[] };
  downtime_reason_get: { input: RowInput; output: DowntimeReason };
  downtime_reason_put: { input: PutInput<DowntimeReason>; output: DowntimeReason };
  downtime_reason_remove: { input: RowInput & { reason?: string | null }; output: null };
  employee_list: { input: ListInput; output: Employee[] };
  employee_get: { input: RowInput; output: Employee };
  employee_put: { input: PutInput<Employee>; output: Employee };
  employee_remove: { input: RowInput & { reason?: string | null }; output: null };
  employee_line_list: { input: ListInput; output: EmployeeLine[] };
  employee_line_get: { input: RowInput; output: EmployeeLine };
  employee_line_put: { input: PutInput<EmployeeLine>; output: EmployeeLine };
  employee_line_remove: { input: RowInput & { reason?: string | null }; output: null };
  work_order_list: { input: ListInput; output: WorkOrder[] };
  work_order_get: { input: RowInput; output: WorkOrder };
  work_order_put: { input: PutInput<WorkOrder>; output: WorkOrder };
  work_order_remove: { input: RowInput & { reason?: string | null }; output: null };
  job_list: { input: ListInput; output: Job[] };
  job_get: { input: RowInput; output: Job };
  job_put: { input: PutInput<Job>; output: Job };
  job_remove: { input: RowInput & { reason?: string | null }; output: null };
  shipment_list: { input: ListInput; output: Shipment[] };
  shipment_get: { input: RowInput; output: Shipment };
  shipment_put: { input: PutInput<Shipment>; output: Shipment };
  shipment_remove: { input: RowInput & { reason?: string | null }; output: null };
  hold_entry_list: { input: ListInput; output: HoldEntry[] };
  hold_entry_get: { input: RowInput; output: HoldEntry };
  hold_entry_put: { input: PutInput<HoldEntry>; output: HoldEntry };
  hold_entry_remove: { input: RowInput & { reason?: string | null }; output: null };
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
  quality_entry_list: { input: ListInput; output: QualityEntry[] };
  quality_entry_get: { input: RowInput; output: QualityEntry };
  quality_entry_put: { input: PutInput<QualityEntry>; output: QualityEntry };
  quality_entry_remove: { input: RowInput & { reason?: string | null }; output: null };
  defect_detail_list: { input: ListInput; output: DefectDetail[] };
  defect_detail_get: { input: RowInput; output: DefectDetail };
  defect_detail_put: { input: PutInput<DefectDetail>; output: DefectDetail };
  defect_detail_remove: { input: RowInput & { reason?: string | null }; output: null };
  staffing_list: { input: ListInput; output: Staffing[] };
  staffing_get: { input: RowInput; output: Staffing };
  staffing_put: { input: PutInput<Staffing>; output: Staffing };
  staffing_remove: { input: RowInput & { reason?: string | null }; output: null };
  attendance_entry_list: { input: ListInput; output: AttendanceEntry[] };
  attendance_entry_get: { input: RowInput; output: AttendanceEntry };
  attendance_entry_put: { input: PutInput<AttendanceEntry>; output: AttendanceEntry };
  attendance_entry_remove: { input: RowInput & { reason?: string | null }; output: null };
  coverage_entry_list: { input: ListInput; output: CoverageEntry[] };
  coverage_entry_get: { input: RowInput; output: CoverageEntry };
  coverage_entry_put: { input: PutInput<CoverageEntry>; output: CoverageEntry };
  coverage_entry_remove: { input: RowInput & { reason?: string | null }; output: null };
  alert_list: { input: ListInput; output: Alert[] };
  alert_get: { input: RowInput; output: Alert };
  alert_put: { input: PutInput<Alert>; output: Alert };
  alert_remove: { input: RowInput & { reason?: string | null }; output: null };
  app_state: { input: Nothing; output: AppState };
  first_start: { input: { name: string; display_name: string; password: string; language: string }; output: SessionView };
  login: { input: { name: string; password: string }; output: SessionView };
  logout: { input: Nothing; output: null };
  password_change: { input: { old: string; new: string }; output: SessionView };
  language_set: { input: { language: string }; output: SessionView };
  sync_status: { input: Nothing; output: SyncView | null };
  sync_now: { input: Nothing; output: null };
  sync_pause: { input: { on: boolean }; output: null };
  sync_metered: { input: { on: boolean }; output: null };
  hub_join: { input: { address: string; certificate: string; name: string; code: string }; output: null };
  hub_return: { input: { code: string }; output: null };
  office_enter: { input: { login: string; password: string }; output: null };
  office_want: { input: { want: Want }; output: Office | { code: string } | null };
  import_chunk: { input: never; output: null };
}
