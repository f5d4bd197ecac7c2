// From typed cells to what is saved, and from a refusal back to its cell.

import { numberIn, optionOf } from "../../grid/values";
import type { EntryInput, FloorSave, ShiftKey, StopInput } from "../../types";
import {
  ENTRY_NUMBERS,
  type EntryRow,
  HEAD,
  isBlank,
  isDirty,
  type Lists,
  rejectsOf,
  type SheetState,
  type StopRow,
} from "./model";

type Label = (hour: number | null) => string;

/** What goes to the Rust side, with the rows each index stands for. */
export interface Saving {
  input: FloorSave;
  entries: EntryRow[];
  stops: StopRow[];
}

const idOf = (options: Lists["products"], text: string | undefined): string | null => optionOf(options, text ?? "")?.id ?? null;
const words = (text: string | undefined): string | null => text?.trim() || null;

function entryInput(row: EntryRow, state: SheetState, lists: Lists, label: Label): EntryInput {
  const numbers = Object.fromEntries(ENTRY_NUMBERS.map((f) => [f, numberIn(row.cells[f])]));
  return {
    id: row.id,
    hour: row.hour,
    product_id: idOf(lists.products, row.cells.product),
    work_order_id: row.work_order_id,
    operation_id: row.operation_id,
    ...(numbers as Record<(typeof ENTRY_NUMBERS)[number], number | null>),
    produced: numberIn(row.cells.produced, true),
    defective: numberIn(row.cells.defective, true),
    rework: numberIn(row.cells.rework, true),
    repair: numberIn(row.cells.repair, true),
    scrap: numberIn(row.cells.scrap, true),
    note: words(row.cells.note),
    ...(row.entry?.version ? { version: row.entry.version } : {}),
    rejects: rejectsOf(state, row, label).map((r) => ({
      id: r.id,
      defect: r.cells.defect ?? "",
      cause: words(r.cells.cause),
      quantity: numberIn(r.cells.quantity, true) ?? 0,
    })),
  };
}

function stopInput(row: StopRow, lists: Lists): StopInput {
  return {
    id: row.id,
    reason_id: idOf(lists.reasons, row.cells.reason),
    minutes: numberIn(row.cells.minutes),
    start_minute: row.start_minute,
    affected: numberIn(row.cells.affected),
    station: words(row.cells.station),
    work_order_id: row.work_order_id,
    cause: words(row.cells.cause),
    ...(row.version ? { version: row.version } : {}),
  };
}

/** Only what changed; a saved row that was emptied is removed. */
export function toSave(key: ShiftKey, state: SheetState, lists: Lists, label: Label, reason?: string): Saving {
  const codes = new Set(state.rejects.filter(isDirty).flatMap((r) => [r.cells.row ?? "", r.base.row ?? ""]));
  const gone = new Set(state.removed);
  const lost = [...state.entries, ...state.stops, ...state.rejects].filter((r) => r.id && isBlank(r)).map((r) => r.id as string);
  const rejectsGone = state.rejects.some((r) => r.id && isBlank(r)) || gone.size > 0;
  const touched = (row: EntryRow): boolean =>
    isDirty(row) ||
    rejectsOf(state, row, label).some(isDirty) ||
    [...codes].some((c) => c !== "" && optionOf([{ id: "", code: c, name: "" }], codeOf(row, label)) !== null) ||
    (rejectsGone && (row.entry?.rejects ?? []).some((r) => r.id !== null && (gone.has(r.id) || lost.includes(r.id))));
  const entries = state.entries.filter((r) => (!isBlank(r) || rejectsOf(state, r, label).length > 0) && touched(r));
  const stops = state.stops.filter((r) => isDirty(r) && !isBlank(r));
  const head = Object.fromEntries(
    HEAD.filter((f) => state.head[f] !== state.headBase[f]).map((f) => [f, numberIn(state.head[f], f === "planned_units")]),
  );
  const input: FloorSave = {
    ...key,
    ...head,
    entries: entries.map((r) => entryInput(r, state, lists, label)),
    stops: stops.map((r) => stopInput(r, lists)),
    removed: [...new Set([...state.removed, ...lost])],
    reason: reason ?? null,
  };
  return { input, entries, stops };
}

function codeOf(row: EntryRow, label: Label): string {
  const n = Number(row.key.split("#")[1] ?? 0);
  return n === 0 ? label(row.hour) : `${label(row.hour)} (${n + 1})`;
}

const COLUMN: Record<string, string> = { product_id: "product", reason_id: "reason" };

/** The cell a refusal speaks of: `entries[2].produced` or `stops.0.minutes`. */
export function cellOf(field: string | null, saving: Saving): { key: string; column: string } | null {
  const m = /^(entries|stops)[[.](\d+)\]?\.(\w+)/.exec(field ?? "");
  if (!m) return null;
  const rows = m[1] === "entries" ? saving.entries : saving.stops;
  const row = rows[Number(m[2])];
  const column = m[3] ?? "";
  return row ? { key: row.key, column: COLUMN[column] ?? column } : null;
}
