import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "../api";
import { Behind, Explanation, PAGE } from "../screens/board/explanation.svelte";
import type { Ask, Explained, ExplainedShift } from "../types";

/** The line shifts of the plant, as the engine would list them at this moment. */
let days: number[] = [];
let asked: { offset: number; limit: number; rows: boolean }[] = [];
let refused: string | null = null;
/** What the answer to the second page waits for. */
let late: Promise<void> | null = null;

const shift = (day: number, rows: boolean): ExplainedShift =>
  ({ client: "ACME", day, line: "L1", shift: "DAY", entries: rows ? [{ id: String(day) }] : [] }) as unknown as ExplainedShift;

vi.mock("@tauri-apps/api/core", () => ({
  invoke: async (_: string, { input }: { input: { offset: number; limit: number; rows: boolean } }): Promise<Explained> => {
    asked.push({ offset: input.offset, limit: input.limit, rows: input.rows });
    if (refused) throw { code: refused, message: "", field: null, params: {} };
    const found = days;
    if (late && input.offset === PAGE) await late;
    const line_shifts = found.slice(input.offset, input.offset + input.limit).map((day) => shift(day, input.rows));
    return { line_shifts, orders: [], total: found.length } as unknown as Explained;
  },
}));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));

const to = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
const shown = (e: Explanation): unknown[] => e.shifts.map((one) => one.day);

beforeEach(() => {
  [days, asked, refused, late] = [to(30), [], null, null];
});

describe("an explanation", () => {
  it("reads pages without rows, one after the other", async () => {
    const e = new Explanation({} as Ask);
    await e.more();
    await e.more();
    expect([shown(e), e.found?.total]).toEqual([days, 30]);
    expect(asked).toEqual([{ offset: 0, limit: PAGE, rows: false }, { offset: PAGE, limit: PAGE, rows: false }]);
  });

  it("reads the rows of the one that is opened, by its place", async () => {
    const e = new Explanation({} as Ask);
    await e.more();
    const found = await e.shift(e.shifts[7]!);
    expect([found.day, found.entries.length]).toEqual([8, 1]);
    expect(asked.at(-1)).toEqual({ offset: 7, limit: 1, rows: true });
  });

  it("reads the list anew where another stands in that place by now, and finds it where it is", async () => {
    const e = new Explanation({} as Ask);
    await e.more();
    const seventh = e.shifts[6]!;
    days = [0, ...days];
    const found = await e.shift(seventh);
    expect([found.day, shown(e), e.found?.total]).toEqual([7, days.slice(0, PAGE), 31]);
    expect(asked.slice(1)).toEqual([{ offset: 6, limit: 1, rows: true }, { offset: 0, limit: PAGE, rows: false }, { offset: 7, limit: 1, rows: true }]);
  });

  it("says that it is not there where it is gone", async () => {
    const e = new Explanation({} as Ask);
    await e.more();
    const seventh = e.shifts[6]!;
    days = days.filter((day) => day !== 7);
    await expect(e.shift(seventh)).rejects.toMatchObject({ code: "missing" });
    expect(shown(e)).toEqual(days.slice(0, PAGE));
  });

  it("lets a page that comes too late go", async () => {
    const e = new Explanation({} as Ask);
    await e.more();
    let arrive = (): void => undefined;
    late = new Promise((then) => (arrive = then));
    const page = e.more();
    days = [0, ...days];
    await e.shift(e.shifts[0]!);
    arrive();
    await page;
    expect([shown(e), e.busy, e.found?.total]).toEqual([days.slice(0, PAGE), false, 31]);
  });

  it("says why a page is not there, and reads it when asked again", async () => {
    const e = new Explanation({} as Ask);
    refused = "internal";
    await e.more();
    expect([e.fault?.code, e.busy, e.shown]).toEqual(["internal", false, 0]);
    refused = null;
    await e.more();
    expect([e.fault, e.shown]).toEqual([null, PAGE]);
  });
});

describe("what is behind a line shift", () => {
  it("is read once, and again after a fault", async () => {
    const read = vi.fn().mockRejectedValueOnce(new Refused({ code: "internal", message: "", field: null, params: {} })).mockResolvedValue("rows");
    const behind = new Behind<string>(read);
    await Promise.all([behind.load(), behind.load()]);
    expect([behind.fault?.code, behind.busy, read.mock.calls.length]).toEqual(["internal", false, 1]);
    await behind.load();
    await behind.load();
    expect([behind.found, behind.fault, read.mock.calls.length]).toEqual(["rows", null, 2]);
  });
});
