// What the commands take and give, as the Rust side defines it.

export type Id = string;
export type Day = string;
export type Role = "viewer" | "operator" | "supervisor" | "leader" | "poweruser" | "admin";
export type Language = "en" | "es";
export type Right = "client_admin" | "user_admin" | "setup" | "import" | "export" | "close_shift" | "enter" | "kpi";

export interface Fault {
  code: string;
  message: string;
  field: string | null;
  params: Record<string, string>;
}

export interface ClientRef {
  id: Id;
  code: string;
  name: string;
}

export interface SessionView {
  user: Id;
  name: string;
  display_name: string;
  role: Role;
  language: Language;
  must_change: boolean;
  clients: ClientRef[];
  may: string[];
}

export interface AppState {
  first_start: boolean;
  session: SessionView | null;
  key_file: boolean;
  folder: string;
  version: string;
}

// Tables

interface Base {
  id: Id;
  client_id: Id;
}
export interface Client extends Base {
  code: string;
  name: string;
  active: boolean;
}
export interface ClientSetting extends Base {
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
export interface Threshold extends Base {
  kpi: string;
  target: number | null;
  warning: number | null;
  critical: number | null;
}
export interface Line extends Base {
  code: string;
  name: string;
  basis: "labour" | "machine";
  parent_id: Id | null;
  active: boolean;
}
export interface Operation extends Base {
  code: string;
  name: string;
  sequence: number;
  is_final: boolean;
  active: boolean;
}
export interface Shift extends Base {
  code: string;
  name: string;
  active: boolean;
}
export interface ShiftTime extends Base {
  shift_id: Id;
  valid_from: Day;
  start_minute: number | null;
  end_minute: number | null;
}
export interface ShiftBreak extends Base {
  shift_id: Id;
  valid_from: Day;
  start_minute: number;
  minutes: number;
}
export interface Product extends Base {
  code: string;
  name: string;
  active: boolean;
}
export interface ProductStandard extends Base {
  product_id: Id;
  operation_id: Id | null;
  valid_from: Day;
  minutes: number;
}
export interface DowntimeReason extends Base {
  code: string;
  name: string;
  planned: boolean;
  setup: boolean;
  affects: "line" | "station";
  parent_id: Id | null;
  active: boolean;
}
export interface LineShift extends Base {
  day: Day;
  shift_id: Id;
  line_id: Id;
  crew: number | null;
  floating_idle: number | null;
  net_minutes: number | null;
  overtime: number | null;
  planned_units: number | null;
  state: "open" | "closed" | "reopened";
  closed_how: "person" | "import" | null;
  note: string | null;
  handover: string | null;
}

// Floor

export interface ShiftKey {
  client_id: Id;
  day: Day;
  line_id: Id;
  shift_id: Id;
}
export interface Sourced {
  value: number | null;
  source: string;
  confidence: number;
}
export interface Hour {
  hour: number;
  from: string | null;
  to: string | null;
  minutes: number;
}
export interface Reject {
  id: Id | null;
  defect: string;
  cause: string | null;
  quantity: number;
}
export interface EntryInput {
  id: Id | null;
  hour: number | null;
  product_id: Id | null;
  work_order_id: Id | null;
  operation_id: Id | null;
  produced: number | null;
  defective: number | null;
  rework: number | null;
  repair: number | null;
  scrap: number | null;
  run_minutes: number | null;
  crew_present: number | null;
  note: string | null;
  rejects: Reject[];
}
export interface Entry extends EntryInput {
  id: Id;
  author: string | null;
  at: number | null;
  standard: Sourced;
}
export interface StopInput {
  id: Id | null;
  reason_id: Id | null;
  minutes: number | null;
  start_minute: number | null;
  affected: number | null;
  station: string | null;
  work_order_id: Id | null;
  cause: string | null;
}
export interface Stop extends StopInput {
  id: Id;
  author: string | null;
  at: number | null;
}
export interface Flag {
  field: string;
  row: Id | null;
  code: string;
  params: Record<string, string>;
}
export interface Sheet extends ShiftKey {
  line_shift: LineShift | null;
  state: "none" | "open" | "closed" | "reopened";
  crew: Sourced;
  net_minutes: Sourced;
  hours: Hour[];
  entries: Entry[];
  stops: Stop[];
  produced: number;
  defective: number;
  good: number;
  planned: number | null;
  stops_minutes: number;
  earned: number;
  to_explain: number | null;
  flags: Flag[];
  may_write: boolean;
}
export interface FloorSave extends ShiftKey {
  crew?: number | null;
  net_minutes?: number | null;
  overtime?: number | null;
  planned_units?: number | null;
  entries: EntryInput[];
  stops: StopInput[];
  removed: Id[];
  reason?: string;
}
export interface Skipped {
  table: string;
  id: Id;
  author: string | null;
  at: number | null;
}
export interface Undone {
  what: string | null;
  changed: number;
  skipped: Skipped[];
}

// Board

export interface Ask {
  kpi: string;
  clients: Id[] | null;
  from: Day;
  to: Day;
  by: string[];
  lines: Id[] | null;
  shifts: Id[] | null;
  products: Id[] | null;
}
export interface AnswerRow {
  by: Record<string, string>;
  keys: Record<string, string>;
  value: number | null;
  why: string | null;
  numerator: number;
  denominator: number;
  rows: number;
  line_shifts: number;
  estimated_share: number;
  estimated_numerator: number;
  weakest: string | null;
  interval: [number, number] | null;
  completeness: number | null;
  provisional: boolean;
  verdict: "met" | "missed" | "unclear" | null;
}
export interface Target {
  target: number | null;
  warning: number | null;
  critical: number | null;
}
export interface Answer {
  kpi: string;
  unit: string;
  better: "higher" | "lower" | "none";
  target: Target | null;
  rows: AnswerRow[];
  so_far: AnswerRow | null;
  mixed_basis: boolean;
  stamp: { clients: { client: Id; seq: number }[]; formula: string };
}
export interface Card {
  kpi: string;
  answer: Answer;
  previous: AnswerRow | null;
  spark: { day: Day; value: number | null }[];
}
export interface BoardAsk {
  kpis: string[];
  clients: Id[] | null;
  from: Day;
  to: Day;
  lines: Id[] | null;
  shifts: Id[] | null;
  products: Id[] | null;
}
export interface Board {
  cards: Card[];
}
export interface ExplainedEntry {
  id: Id;
  table: string;
  what: string;
  values: Record<string, string>;
  author: string | null;
  device: string | null;
  at: number | null;
}
export interface ExplainedShift {
  client: string;
  day: Day;
  line: string;
  shift: string;
  line_shift_id: Id | null;
  elements: Record<string, number>;
  sources: Record<string, { source: string; confidence: number }>;
  entries: ExplainedEntry[];
}
export interface Explained {
  kpi: string;
  row: AnswerRow;
  formula: string;
  terms: { element: string; value: number; estimated: number }[];
  sources: { element: string; source: string; confidence: number; share: number; line_shifts: number }[];
  line_shifts: ExplainedShift[];
  total: number;
}
export interface Filters {
  clients: ClientRef[];
  lines: { client_id: Id; id: Id; code: string; name: string }[];
  shifts: { client_id: Id; id: Id; code: string }[];
  products: { client_id: Id; id: Id; code: string }[];
  first_day: Day | null;
  last_day: Day | null;
}

// Import

export type ImportKind = "production" | "downtime" | "line" | "product";
export type Mapping = Record<string, string | null>;
export interface PreviewAsk {
  token: string;
  kind: ImportKind;
  client_id: Id | null;
  mapping: Mapping | null;
  scrap_inside: boolean | null;
}
export interface RowError {
  row: number;
  field: string | null;
  value: string | null;
  code: string;
  message: string;
  params: Record<string, string>;
}
export interface Preview {
  kind: ImportKind;
  columns: { name: string; field: string | null; guessed: boolean; samples: string[] }[];
  fields: { name: string; required: boolean }[];
  mapping: Mapping;
  rows: number;
  good: number;
  errors: RowError[];
  error_count: number;
  creates: { clients: string[]; lines: number; products: number; shifts: number; reasons: number };
  already: number;
  asks_scrap: boolean;
  sample: string[][];
}
export interface Imported {
  batches: Id[];
  written: number;
  unchanged: number;
  skipped: number;
}

// Administration

export interface UserView {
  id: Id;
  name: string;
  display_name: string;
  role: Role;
  active: boolean;
  clients: ClientRef[];
  lines: { client_id: Id; line_id: Id }[];
  last_login: number | null;
}

export interface UserAdd {
  name: string;
  display_name: string;
  role: Role;
  clients: Id[];
  password: string;
  forced_change: boolean;
}
export interface UserUpdate {
  id: Id;
  display_name: string;
  role: Role;
  clients: Id[];
  lines: { client_id: Id; line_id: Id }[];
  active: boolean;
}

type None = Record<string, never>;

/** Every command with its input and output. */
export interface Commands {
  app_state: { input: None; output: AppState };
  first_start: { input: { name: string; display_name: string; password: string; language: Language }; output: SessionView };
  login: { input: { name: string; password: string }; output: SessionView };
  logout: { input: None; output: null };
  password_change: { input: { old: string; new: string }; output: SessionView };
  language_set: { input: { language: Language }; output: SessionView };
  floor_sheet: { input: ShiftKey; output: Sheet };
  floor_save: { input: FloorSave; output: Sheet };
  floor_close: { input: ShiftKey & { note?: string }; output: Sheet };
  floor_reopen: { input: ShiftKey & { reason: string }; output: Sheet };
  draft_put: { input: { key: string; body: string }; output: null };
  draft_get: { input: { key: string }; output: { body: string; at: number } | null };
  draft_drop: { input: { key: string }; output: null };
  draft_list: { input: None; output: { key: string; at: number }[] };
  undo: { input: None; output: Undone };
  redo: { input: None; output: Undone };
  kpi_ask: { input: Ask; output: Answer };
  kpi_board: { input: BoardAsk; output: Board };
  kpi_explain: { input: { ask: Ask; offset: number; limit: number }; output: Explained };
  filters: { input: None; output: Filters };
  import_begin: { input: { name: string; size: number }; output: { token: string } };
  import_preview: { input: PreviewAsk; output: Preview };
  import_confirm: { input: PreviewAsk & { without_errors: boolean }; output: Imported };
  import_errors: { input: { token: string }; output: string };
  import_cancel: { input: { token: string }; output: null };
  demo_make: { input: None; output: { clients: ClientRef[] } };
  export: { input: { kind: string; client_id: Id | null; format: "csv" | "json" }; output: string };
  user_list: { input: None; output: UserView[] };
  user_add: { input: UserAdd; output: UserView };
  user_update: { input: UserUpdate; output: UserView };
  user_password: { input: { id: Id; password: string }; output: null };
}
