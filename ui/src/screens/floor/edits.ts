// What typing does to the sheet, beyond the cell itself.

import type { Edit } from "../../grid/types";
import { numberIn } from "../../grid/values";
import { entryCode, type EntryRow, rejectsOf, type SheetRow, type SheetState, sum, withSpares } from "./model";

type Label = (hour: number | null) => string;

export function editRows<R extends SheetRow>(rows: R[], edits: Edit[]): R[] {
  const next = [...rows];
  for (const { row, key, text } of edits) {
    const old = next[row];
    if (old) next[row] = { ...old, cells: { ...old.cells, [key]: text } };
  }
  return next;
}

/** A count typed in an untouched row takes the product of the row above it. */
export function carryProduct(rows: EntryRow[], edits: Edit[]): EntryRow[] {
  const next = [...rows];
  for (const { row, key, text } of edits) {
    const here = next[row];
    if (!here || key !== "produced" || text === "" || here.cells.product || here.base.product !== undefined) continue;
    const above = next.slice(0, row).findLast((r) => r.cells.product)?.cells.product;
    const chosen = edits.some((e) => e.row === row && e.key === "product");
    if (above && !chosen) next[row] = { ...here, cells: { ...here.cells, product: above } };
  }
  return next;
}

export function editEntries(state: SheetState, edits: Edit[]): SheetState {
  return { ...state, entries: carryProduct(editRows(state.entries, edits), edits) };
}

export function editStops(state: SheetState, edits: Edit[]): SheetState {
  return withSpares({ ...state, stops: editRows(grown(state.stops, edits), edits) });
}

/** A pasted block may need more rows than there are free ones. */
function grown<R extends SheetRow>(rows: R[], edits: Edit[]): R[] {
  const last = rows[rows.length - 1];
  const needed = Math.max(0, ...edits.map((e) => e.row + 1));
  if (!last || needed <= rows.length) return rows;
  const stem = last.key.slice(0, 1);
  const next = Math.max(...rows.map((r) => Number(r.key.slice(1)))) + 1;
  const free = Array.from({ length: needed - rows.length }, (_, i) => ({
    ...last,
    id: null,
    base: {},
    cells: {},
    key: `${stem}${next + i}`,
  }));
  return [...rows, ...free];
}

/** Rejects name their row by themselves and count up its defective units. */
export function editRejects(state: SheetState, edits: Edit[], here: EntryRow | null, label: Label): SheetState {
  const before = counts(state, label);
  let rejects = editRows(grown(state.rejects, edits), edits);
  rejects = rejects.map((reject, i) => {
    const touched = edits.some((e) => e.row === i && e.key !== "row" && e.text !== "");
    if (!touched || reject.cells.row) return reject;
    const row = rejects[i - 1]?.cells.row || (here ? entryCode(here, label) : "");
    return row ? { ...reject, cells: { ...reject.cells, row } } : reject;
  });
  return withSpares(countUp({ ...state, rejects }, before, label));
}

function counts(state: SheetState, label: Label): Map<string, number> {
  return new Map(state.entries.map((row) => [row.key, sum(rejectsOf(state, row, label), "quantity")]));
}

/** Defective follows its rejects as long as nobody typed another number. */
function countUp(state: SheetState, before: Map<string, number>, label: Label): SheetState {
  const now = counts(state, label);
  const entries = state.entries.map((row) => {
    const [was, is] = [before.get(row.key) ?? 0, now.get(row.key) ?? 0];
    const typed = row.cells.defective ?? "";
    if (was === is || (typed !== "" && numberIn(typed, true) !== was)) return row;
    return { ...row, cells: { ...row.cells, defective: is === 0 ? "" : String(is) } };
  });
  return { ...state, entries };
}

/** One more row for the same hour, for another product. */
export function insertEntry(state: SheetState, at: number): SheetState {
  const here = state.entries[at];
  if (!here) return state;
  const same = state.entries.filter((r) => r.hour === here.hour);
  const n = Math.max(...same.map((r) => Number(r.key.split("#")[1] ?? 0))) + 1;
  const row: EntryRow = { ...here, key: `${here.hour ?? "w"}#${n}`, id: null, entry: null, work_order_id: null, base: {}, cells: {} };
  const end = state.entries.findLastIndex((r) => r.hour === here.hour);
  return { ...state, entries: state.entries.toSpliced(end + 1, 0, row) };
}

/** Takes rows out; the last row of an hour stays, emptied. */
export function removeEntries(state: SheetState, at: number[]): SheetState {
  const gone = new Set(at);
  const removed = [...state.removed];
  const kept: EntryRow[] = [];
  state.entries.forEach((row, i) => {
    if (!gone.has(i)) return kept.push(row);
    if (row.id) removed.push(row.id);
    const others = state.entries.some((r, k) => k !== i && r.hour === row.hour && (!gone.has(k) || k < i));
    if (!others) kept.push({ ...row, id: null, entry: null, work_order_id: null, operation_id: null, base: {}, cells: {} });
    return 0;
  });
  return { ...state, entries: kept, removed };
}

export function removeFrom(state: SheetState, grid: "stops" | "rejects", at: number[]): SheetState {
  const rows: SheetRow[] = state[grid];
  const removed = [...state.removed, ...at.flatMap((i) => rows[i]?.id ?? [])];
  const kept = rows.filter((_, i) => !at.includes(i));
  return withSpares({ ...state, [grid]: kept, removed } as SheetState);
}
