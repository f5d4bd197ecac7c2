import { describe, expect, it } from "vitest";
import { cellProblem, rowProblem } from "../screens/floor/checks";
import { draftOf, restore } from "../screens/floor/draft";
import { editEntries, editRejects, editStops, insertEntry, removeEntries } from "../screens/floor/edits";
import { dirtyCount, failed, fromSheet, type Lists } from "../screens/floor/model";
import { cellOf, toSave } from "../screens/floor/saving";
import type { Entry, Sheet, Stop } from "../types";

const key = { client_id: "c", day: "2026-03-09", line_id: "l", shift_id: "s" };
const lists: Lists = {
  products: [{ id: "p1", code: "A-1", name: "A" }, { id: "p2", code: "B-2", name: "B" }],
  reasons: [{ id: "r1", code: "IDLE", name: "Idle" }],
  defects: [],
};
const entry = (id: string, hour: number | null, produced: number, more: Partial<Entry> = {}): Entry => ({
  id, hour, product_id: "p1", work_order_id: null, operation_id: null, produced, defective: null, rework: null, repair: null,
  scrap: null, run_minutes: null, crew_present: null, note: null, rejects: [], author: "ana", at: 1,
  standard: { value: 2, source: "none", confidence: 1 }, version: null, under_review: false, ...more,
});
const stop = (id: string, minutes: number): Stop => ({
  id, reason_id: "r1", minutes, start_minute: null, affected: null, station: null, work_order_id: null, cause: null, author: "ana", at: 1, version: null,
  under_review: false,
});
const sheet = (entries: Entry[] = [], stops: Stop[] = []): Sheet => ({
  ...key, line_shift_id: null, entered_crew: null, entered_net_minutes: null, overtime: null, planned_units: null, speed_minutes: null, note: null, state: entries.length > 0 ? "open" : "none", crew: { value: 10, source: "x", confidence: 0.5 },
  net_minutes: { value: 480, source: "x", confidence: 1 },
  hours: [0, 1, 2].map((hour) => ({ hour, from: `0${6 + hour}:00`, to: `0${7 + hour}:00`, minutes: 60 })),
  entries, stops, produced: 0, defective: 0, good: 0, planned: 0, stops_minutes: 0, earned: 0, to_explain: 0, flags: [], may_write: true,
});
const label = (hour: number | null): string => (hour === null ? "whole" : `0${6 + hour}:00–0${7 + hour}:00`);
const open = (s: Sheet) => fromSheet(s, lists, "en-US", label);

describe("the shift sheet", () => {
  it("has a row an hour and free rows for stops and rejects", () => {
    const state = open(sheet([entry("e1", 1, 50), entry("e2", null, 9)]));
    expect(state.entries.map((r) => [r.hour, r.id])).toEqual([[null, "e2"], [0, null], [1, "e1"], [2, null]]);
    expect([state.stops.length, state.rejects.length, dirtyCount(state)]).toEqual([1, 1, 0]);
  });

  it("counts as failed what something was done with, where nobody counted the failed", () => {
    const some = [entry("e1", 0, 50, { scrap: 2, rework: 1 }), entry("e2", 1, 50, { defective: 4, scrap: 2 }), entry("e3", 2, 50)];
    expect(failed(open(sheet(some)).entries)).toBe(7);
  });

  it("saves what was lost to speed with the rest of the head", () => {
    const state = open({ ...sheet([entry("e1", 0, 50)]), speed_minutes: 12.5 });
    const confirmed = { ...state, head: { ...state.head, speed_minutes: "372.5" } };
    expect(dirtyCount(confirmed)).toBe(1);
    expect(toSave(key, confirmed, lists, label).input.speed_minutes).toBe(372.5);
    expect(restore(state, draftOf(confirmed)).head.speed_minutes).toBe("372.5");
  });

  it("saves only what changed", () => {
    let state = open(sheet([entry("e1", 0, 50), entry("e2", 1, 60)], [stop("s1", 5)]));
    state = editEntries(state, [{ row: 1, key: "produced", text: "61" }]);
    state = editStops(state, [{ row: 1, key: "reason", text: "idle" }, { row: 1, key: "minutes", text: "7,5" }]);
    const { input } = toSave(key, state, lists, label);
    expect(input.entries.map((e) => [e.id, e.produced, e.product_id])).toEqual([["e2", 61, "p1"]]);
    expect(input.stops.map((s) => [s.id, s.reason_id, s.minutes])).toEqual([[null, "r1", 7.5]]);
    expect([input.removed, "crew" in input]).toEqual([[], false]);
  });

  it("carries the product down, and only into an untouched row", () => {
    let state = open(sheet([entry("e1", 0, 50)]));
    state = editEntries(state, [{ row: 1, key: "produced", text: "40" }]);
    expect(state.entries[1]?.cells.product).toBe("A-1");
    state = editEntries(state, [{ row: 2, key: "product", text: "B-2" }, { row: 2, key: "produced", text: "4" }]);
    expect(state.entries[2]?.cells.product).toBe("B-2");
  });

  it("counts rejects into defective until someone types another number", () => {
    let state = editEntries(open(sheet()), [{ row: 0, key: "produced", text: "40" }]);
    const here = state.entries[0] ?? null;
    state = editRejects(state, [{ row: 0, key: "defect", text: "stain" }, { row: 0, key: "quantity", text: "3" }], here, label);
    expect([state.rejects[0]?.cells.row, state.entries[0]?.cells.defective]).toEqual(["06:00–07:00", "3"]);
    state = editEntries(state, [{ row: 0, key: "defective", text: "5" }]);
    state = editRejects(state, [{ row: 1, key: "defect", text: "hole" }, { row: 1, key: "quantity", text: "1" }], here, label);
    expect(state.entries[0]?.cells.defective).toBe("5");
    expect(toSave(key, state, lists, label).input.entries[0]?.rejects.map((r) => r.quantity)).toEqual([3, 1]);
  });

  it("sends the row of a reject that changed or went", () => {
    const rejects = [{ id: "j1", defect: "stain", cause: null, quantity: 2 }, { id: "j2", defect: "hole", cause: null, quantity: 1 }];
    let state = open(sheet([entry("e1", 0, 50, { defective: 3, rejects }), entry("e2", 1, 60)]));
    state = editRejects(state, ["row", "defect", "quantity"].map((k) => ({ row: 1, key: k, text: "" })), null, label);
    const { input } = toSave(key, state, lists, label);
    expect(input.removed).toEqual(["j2"]);
    expect(input.entries.map((e) => [e.id, e.rejects.map((r) => r.id)])).toEqual([["e1", ["j1"]]]);
  });

  it("removes an emptied row and keeps the hour", () => {
    let state = open(sheet([entry("e1", 0, 50)]));
    state = removeEntries(state, [0]);
    expect(state.entries.map((r) => r.hour)).toEqual([0, 1, 2]);
    expect(toSave(key, state, lists, label).input.removed).toEqual(["e1"]);
    state = insertEntry(open(sheet([entry("e1", 0, 50)])), 0);
    expect(state.entries.map((r) => r.key)).toEqual(["0#0", "0#1", "1#0", "2#0"]);
  });

  it("finds the cell a refusal speaks of", () => {
    const state = editEntries(open(sheet()), [{ row: 2, key: "produced", text: "-4" }]);
    const saving = toSave(key, state, lists, label);
    expect(cellOf("entries[0].produced", saving)).toEqual({ key: "2#0", column: "produced" });
    expect(cellOf("entries.0.product_id", saving)).toEqual({ key: "2#0", column: "product" });
    expect(cellOf("crew", saving)).toBeNull();
  });
});

describe("a draft", () => {
  const typed = () => {
    let state = open(sheet([entry("e1", 0, 50)]));
    state = editEntries(state, [{ row: 0, key: "produced", text: "55" }, { row: 1, key: "produced", text: "abc" }]);
    return editStops(state, [{ row: 0, key: "reason", text: "IDLE" }, { row: 0, key: "minutes", text: "12" }]);
  };

  it("comes back as it was typed, wrong cells too", () => {
    const back = restore(open(sheet([entry("e1", 0, 50)])), JSON.parse(JSON.stringify(draftOf(typed()))));
    expect(back.entries.map((r) => r.cells.produced ?? "")).toEqual(["55", "abc", ""]);
    expect(back.stops.map((r) => r.cells.minutes ?? "")).toEqual(["12", ""]);
    expect(dirtyCount(back)).toBe(3);
  });

  it("doubles nothing when the rows were saved before the power went", () => {
    const saved = open(sheet([entry("e1", 0, 55), entry("e9", 1, 7)], [stop("s9", 12)]));
    const back = restore(saved, draftOf(typed()));
    expect(back.stops.filter((r) => r.cells.reason).map((r) => r.id)).toEqual(["s9"]);
    expect(back.entries.filter((r) => r.hour === 1).map((r) => [r.id, r.cells.produced])).toEqual([["e9", "abc"]]);
    expect(back.entries[0]?.cells.produced).toBe("55");
  });

  it("keeps two equal stops that are both new", () => {
    let state = open(sheet());
    for (const row of [0, 1]) state = editStops(state, [{ row, key: "reason", text: "IDLE" }, { row, key: "minutes", text: "5" }]);
    const back = restore(open(sheet()), draftOf(state));
    expect(back.stops.filter((r) => r.cells.reason)).toHaveLength(2);
    const one = restore(open(sheet([], [stop("s1", 5)])), draftOf(state));
    expect(one.stops.filter((r) => r.cells.reason).map((r) => r.id)).toEqual(["s1", null]);
  });

  it("keeps removals", () => {
    const state = removeEntries(open(sheet([entry("e1", 0, 50)])), [0]);
    const back = restore(open(sheet([entry("e1", 0, 50)])), draftOf(state));
    expect([back.removed, back.entries[0]?.id]).toEqual([["e1"], null]);
  });
});

describe("checks", () => {
  it("name what is wrong with a cell", () => {
    const produced = { key: "produced", label: "", kind: "whole", width: 1 } as const;
    expect(cellProblem(produced, "1.5", "en-US")?.code).toBe("not_whole");
    expect(cellProblem(produced, "x", "en-US")?.code).toBe("bad_number");
    expect(cellProblem(produced, "-3", "en-US")?.code).toBe("negative");
    expect(cellProblem({ ...produced, key: "run_minutes", kind: "decimal" }, "1501", "en-US")?.code).toBe("long_day");
    expect(cellProblem(produced, "1,273", "en-US")).toBeNull();
    const state = editEntries(open(sheet()), [{ row: 0, key: "produced", text: "4" }, { row: 0, key: "defective", text: "5" }]);
    expect(rowProblem(state.entries[0] as never, "defective")?.code).toBe("defective_over_produced");
  });
});
