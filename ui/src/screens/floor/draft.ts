// A draft is the unsaved part of a sheet; it is laid over the saved sheet again.

import type { Id } from "../../types";
import {
  type EntryRow,
  HEAD,
  type HeadField,
  headDirty,
  isBlank,
  isDirty,
  type SheetRow,
  type SheetState,
  withSpares,
} from "./model";

interface DraftRow {
  key: string;
  id: Id | null;
  hour?: number | null;
  cells: Record<string, string>;
}
export interface Draft {
  v: 1;
  head: Partial<Record<HeadField, string>>;
  entries: DraftRow[];
  stops: DraftRow[];
  rejects: DraftRow[];
  removed: Id[];
  /** Rows that were saved when the draft was kept. */
  seen: Id[];
}

const pack = (rows: SheetRow[]): DraftRow[] =>
  rows.filter(isDirty).map((row) => ({
    key: row.key,
    id: row.id,
    cells: row.cells,
    ...("hour" in row ? { hour: (row as EntryRow).hour } : {}),
  }));

export function draftOf(state: SheetState): Draft {
  const all: SheetRow[] = [...state.entries, ...state.stops, ...state.rejects];
  const head = headDirty(state) ? Object.fromEntries(HEAD.map((f) => [f, state.head[f]])) : {};
  return {
    v: 1,
    head,
    entries: pack(state.entries),
    stops: pack(state.stops),
    rejects: pack(state.rejects),
    removed: state.removed,
    seen: [...all.flatMap((r) => r.id ?? []), ...state.removed],
  };
}

const same = (a: Record<string, string>, b: Record<string, string>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => (a[key] ?? "") === (b[key] ?? ""));

/**
 * Lays the rows of a draft over saved rows.
 *
 * A new row that was saved just before a power cut is found again by its
 * content, so nothing is doubled.
 */
function lay<R extends SheetRow>(rows: R[], drafts: DraftRow[], seen: Set<Id>, place: (rows: R[], d: DraftRow) => R[]): R[] {
  let next = [...rows];
  const landed = new Set<Id>();
  for (const draft of drafts) {
    const known = next.findIndex((r) => draft.id !== null && r.id === draft.id);
    if (known >= 0) {
      const row = next[known] as R;
      next[known] = { ...row, cells: { ...row.cells, ...draft.cells } };
      continue;
    }
    // Its row is gone: someone removed it since; what was typed stays as a new row.
    const twin = next.find((r) => r.id !== null && !seen.has(r.id) && !landed.has(r.id) && same(r.cells, draft.cells));
    if (twin?.id) landed.add(twin.id);
    else next = place(next, draft);
  }
  return next;
}

function placeEntry(rows: EntryRow[], draft: DraftRow): EntryRow[] {
  const hour = draft.hour ?? null;
  const free = rows.findIndex((r) => r.hour === hour && r.id === null && isBlank(r));
  if (free >= 0) return rows.with(free, { ...(rows[free] as EntryRow), cells: draft.cells });
  // The hour got an entry of the same product meanwhile: it is the same fact.
  const fact = rows.findIndex((r) => r.hour === hour && r.id !== null && (r.cells.product ?? "") === (draft.cells.product ?? ""));
  if (fact >= 0) {
    const row = rows[fact] as EntryRow;
    return rows.with(fact, { ...row, cells: { ...row.cells, ...draft.cells } });
  }
  const peers = rows.filter((r) => r.hour === hour).map((r) => Number(r.key.split("#")[1] ?? 0));
  const row: EntryRow = {
    key: `${hour ?? "w"}#${Math.max(-1, ...peers) + 1}`,
    id: null,
    hour,
    work_order_id: null,
    operation_id: null,
    entry: null,
    base: {},
    cells: draft.cells,
  };
  const end = rows.findLastIndex((r) => r.hour === hour);
  return end >= 0 ? rows.toSpliced(end + 1, 0, row) : [...rows, row];
}

/** Puts a draft row into the free last row and makes the next free one. */
function placeLast<R extends SheetRow>(stem: string, blank: Omit<R, "key" | "cells">): (rows: R[], d: DraftRow) => R[] {
  return (rows, draft) => {
    const used = rows.map((r) => Number(r.key.slice(stem.length)));
    const row = { ...blank, key: `${stem}${Math.max(-1, ...used) + 1}`, cells: draft.cells } as R;
    const last = rows[rows.length - 1];
    return last && last.id === null && isBlank(last) ? [...rows.slice(0, -1), row] : [...rows, row];
  };
}

export function restore(state: SheetState, draft: Draft): SheetState {
  const seen = new Set(draft.seen);
  const stopBlank = { id: null, base: {}, start_minute: null, work_order_id: null, version: null };
  const gone = new Set(draft.removed);
  const here = <R extends SheetRow>(rows: R[]): R[] => rows.filter((r) => r.id === null || !gone.has(r.id));
  const all: SheetRow[] = [...state.entries, ...state.stops, ...state.rejects];
  return withSpares({
    ...state,
    head: { ...state.head, ...draft.head },
    entries: lay(emptied(state.entries, gone), draft.entries, seen, placeEntry),
    stops: lay(here(state.stops), draft.stops, seen, placeLast("s", stopBlank)),
    rejects: lay(here(state.rejects), draft.rejects, seen, placeLast("r", { id: null, base: {} })),
    removed: draft.removed.filter((id) => all.some((r) => r.id === id)),
  });
}

/** Hours keep a row when their entry is removed. */
function emptied(rows: EntryRow[], gone: Set<Id>): EntryRow[] {
  return rows.map((r) => (r.id && gone.has(r.id) ? { ...r, id: null, entry: null, base: {}, cells: {} } : r));
}

export function readDraft(body: string): Draft | null {
  try {
    const draft = JSON.parse(body) as Draft;
    return draft.v === 1 ? draft : null;
  } catch {
    return null;
  }
}
