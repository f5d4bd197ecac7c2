// The typed state of a shift sheet: cells as text, with what is saved beside them.

import { numberIn, optionOf } from "../../grid/values";
import type { GridRow, Option } from "../../grid/types";
import { editNumber } from "../../text/numbers";
import type { Entry, Id, Reject, Sheet, Stop } from "../../types";

export interface SheetRow extends GridRow {
  id: Id | null;
  /** The cells as they are saved. */
  base: Record<string, string>;
  /** Others wrote something else, and it waits for a decision. */
  under_review?: boolean;
}
export interface EntryRow extends SheetRow {
  hour: number | null;
  work_order_id: Id | null;
  operation_id: Id | null;
  entry: Entry | null;
}
export interface StopRow extends SheetRow {
  start_minute: number | null;
  work_order_id: Id | null;
  version: Id | null;
}
export type RejectRow = SheetRow;

export type HeadField = "crew" | "net_minutes" | "overtime" | "planned_units" | "speed_minutes";
export const HEAD: HeadField[] = ["crew", "net_minutes", "overtime", "planned_units", "speed_minutes"];

export interface SheetState {
  head: Record<HeadField, string>;
  headBase: Record<HeadField, string>;
  entries: EntryRow[];
  stops: StopRow[];
  rejects: RejectRow[];
  removed: Id[];
}

export interface Lists {
  products: Option[];
  reasons: Option[];
  defects: Option[];
}

export const ENTRY_NUMBERS = ["produced", "defective", "rework", "repair", "scrap", "run_minutes", "crew_present"] as const;

const code = (options: Option[], id: Id | null): string => options.find((o) => o.id === id)?.code ?? "";
const blank = (cells: Record<string, string>): boolean => Object.values(cells).every((text) => text.trim() === "");

/** Whether a row holds something that is not saved. */
export function isDirty(row: SheetRow): boolean {
  const keys = new Set([...Object.keys(row.cells), ...Object.keys(row.base)]);
  return [...keys].some((key) => (row.cells[key] ?? "") !== (row.base[key] ?? ""));
}

export function isBlank(row: SheetRow): boolean {
  return blank(row.cells);
}

export function headDirty(state: SheetState): boolean {
  return HEAD.some((field) => state.head[field] !== state.headBase[field]);
}

export function dirtyCount(state: SheetState): number {
  const rows: SheetRow[] = [...state.entries, ...state.stops, ...state.rejects];
  return rows.filter(isDirty).length + state.removed.length + (headDirty(state) ? 1 : 0);
}

/** The label of an entry row: its hour, or the whole shift. */
export function rowLabel(sheet: Sheet, hour: number | null, whole: string): string {
  if (hour === null) return whole;
  const slot = sheet.hours.find((h) => h.hour === hour);
  return slot?.from && slot.to ? `${slot.from}–${slot.to}` : `${hour + 1}`;
}

export function entryRow(hour: number | null, n: number, entry: Entry | null, lists: Lists, locale: string): EntryRow {
  const base: Record<string, string> = {};
  if (entry) {
    base.product = code(lists.products, entry.product_id);
    for (const field of ENTRY_NUMBERS) base[field] = editNumber(entry[field], locale);
    base.note = entry.note ?? "";
  }
  return {
    key: `${hour ?? "w"}#${n}`,
    id: entry?.id ?? null,
    hour,
    work_order_id: entry?.work_order_id ?? null,
    operation_id: entry?.operation_id ?? null,
    entry,
    under_review: entry?.under_review ?? false,
    base,
    cells: { ...base },
  };
}

export function stopRow(n: number, stop: Stop | null, lists: Lists, locale: string): StopRow {
  const base: Record<string, string> = stop
    ? {
        reason: code(lists.reasons, stop.reason_id),
        minutes: editNumber(stop.minutes, locale),
        affected: editNumber(stop.affected, locale),
        station: stop.station ?? "",
        cause: stop.cause ?? "",
      }
    : {};
  return {
    key: `s${n}`,
    id: stop?.id ?? null,
    start_minute: stop?.start_minute ?? null,
    work_order_id: stop?.work_order_id ?? null,
    version: stop?.version ?? null,
    under_review: stop?.under_review ?? false,
    base,
    cells: { ...base },
  };
}

export function rejectRow(n: number, of: string, reject: Reject | null, locale: string): RejectRow {
  const base: Record<string, string> = reject
    ? { row: of, defect: reject.defect, cause: reject.cause ?? "", quantity: editNumber(reject.quantity, locale) }
    : {};
  return { key: `r${n}`, id: reject?.id ?? null, base, cells: { ...base } };
}

/** Entries of the whole shift first, where there are any, then the hours. */
function entryRows(sheet: Sheet, lists: Lists, locale: string): EntryRow[] {
  const hours: (number | null)[] = sheet.hours.map((h) => h.hour);
  const extra = sheet.entries.map((e) => e.hour).filter((h) => h !== null && !hours.includes(h));
  const slots = [...hours, ...[...new Set(extra)].sort((a, b) => (a ?? 0) - (b ?? 0))];
  const whole = sheet.entries.some((e) => e.hour === null);
  if (whole || slots.length === 0) slots.unshift(null);
  return slots.flatMap((hour) => {
    const entries = sheet.entries.filter((e) => e.hour === hour);
    if (entries.length === 0) return [entryRow(hour, 0, null, lists, locale)];
    return entries.map((entry, n) => entryRow(hour, n, entry, lists, locale));
  });
}

/** The saved sheet as typed cells, each grid with a free row at its end. */
export function fromSheet(sheet: Sheet, lists: Lists, locale: string, label: (hour: number | null) => string): SheetState {
  const entries = entryRows(sheet, lists, locale);
  const stops = sheet.stops.map((stop, n) => stopRow(n, stop, lists, locale));
  const rejects: RejectRow[] = [];
  for (const row of entries)
    for (const reject of row.entry?.rejects ?? [])
      rejects.push(rejectRow(rejects.length, entryCode(row, label), reject, locale));
  const head = {
    crew: editNumber(sheet.entered_crew, locale),
    net_minutes: editNumber(sheet.entered_net_minutes, locale),
    overtime: editNumber(sheet.overtime, locale),
    planned_units: editNumber(sheet.planned_units, locale),
    speed_minutes: editNumber(sheet.speed_minutes, locale),
  };
  return withSpares({ head, headBase: { ...head }, entries, stops, rejects, removed: [] });
}

/** What a reject names its row by: the hour, with a number where the hour has several. */
export function entryCode(row: EntryRow, label: (hour: number | null) => string): string {
  const n = Number(row.key.split("#")[1] ?? 0);
  return n === 0 ? label(row.hour) : `${label(row.hour)} (${n + 1})`;
}

/** Keeps one free row at the end of the stops and the rejects. */
export function withSpares(state: SheetState): SheetState {
  const fresh = (rows: SheetRow[], stem: string): string => {
    const used = rows.map((r) => Number(r.key.slice(stem.length))).filter(Number.isFinite);
    return `${stem}${Math.max(-1, ...used) + 1}`;
  };
  const full = (rows: SheetRow[]): boolean => {
    const last = rows[rows.length - 1];
    return !last || last.id !== null || !isBlank(last);
  };
  const { stops, rejects } = state;
  return {
    ...state,
    stops: full(stops)
      ? [...stops, { key: fresh(stops, "s"), id: null, start_minute: null, work_order_id: null, version: null, base: {}, cells: {} }]
      : stops,
    rejects: full(rejects) ? [...rejects, { key: fresh(rejects, "r"), id: null, base: {}, cells: {} }] : rejects,
  };
}

export function sum(rows: GridRow[], field: string): number {
  return rows.reduce((total, row) => total + (numberIn(row.cells[field]) ?? 0), 0);
}

/** Units that failed the first time: as counted, else as many as something was done with. */
export function failed(rows: EntryRow[]): number {
  const told = (row: EntryRow, field: string): number => numberIn(row.cells[field]) ?? 0;
  const parts = (row: EntryRow): number => told(row, "rework") + told(row, "repair") + told(row, "scrap");
  return rows.reduce((total, row) => total + (numberIn(row.cells.defective) ?? parts(row)), 0);
}

/** Rejects that belong to an entry row. */
export function rejectsOf(state: SheetState, row: EntryRow, label: (hour: number | null) => string): RejectRow[] {
  const own = [{ id: row.key, code: entryCode(row, label), name: "" }];
  return state.rejects.filter((r) => !isBlank(r) && optionOf(own, r.cells.row ?? "") !== null);
}
