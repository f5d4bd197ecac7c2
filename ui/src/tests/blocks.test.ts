import { describe, expect, it } from "vitest";
import { boxOf, cellsOf, clearBox, fillDown, parseBlock, pasteEdits, writeBlock } from "../grid/blocks";
import type { Column, GridRow } from "../grid/types";
import { matching, optionOf, understood } from "../grid/values";

const columns: Column[] = [
  { key: "a", label: "A", kind: "text", width: 1 },
  { key: "b", label: "B", kind: "fixed", width: 1 },
  { key: "c", label: "C", kind: "whole", width: 1 },
];
const rows: GridRow[] = [0, 1, 2].map((i) => ({ key: `${i}`, cells: { a: `a${i}`, b: `b${i}`, c: `${i}` } }));

describe("blocks of Excel", () => {
  it("reads tabs, line ends and the last empty line", () => {
    expect(parseBlock("1\t2\r\n3\t4\r\n")).toEqual([["1", "2"], ["3", "4"]]);
    expect(parseBlock("1\t\n\t2")).toEqual([["1", ""], ["", "2"]]);
    expect(parseBlock("x")).toEqual([["x"]]);
  });

  it("reads quoted cells with tabs, line ends and quotes inside", () => {
    expect(parseBlock('"a\tb"\t"c\nd"\n"say ""hi"""\t5"')).toEqual([["a\tb", "c\nd"], ['say "hi"', '5"']]);
  });

  it("writes what it reads", () => {
    const block = [["a", 'b"c'], ["d\te", "f\ng"]];
    expect(parseBlock(writeBlock(block))).toEqual(block);
  });

  it("pastes from the corner of the range and leaves fixed cells", () => {
    const { edits, rows: needed } = pasteEdits([["x", "y", "9"], ["z", "w", "8"]], columns, boxOf({ row: 2, column: 0 }, { row: 2, column: 0 }));
    expect(needed).toBe(4);
    expect(edits).toEqual([
      { row: 2, key: "a", text: "x" },
      { row: 2, key: "c", text: "9" },
      { row: 3, key: "a", text: "z" },
      { row: 3, key: "c", text: "8" },
    ]);
  });

  it("fills a range with one cell", () => {
    const { edits } = pasteEdits([["7"]], columns, { top: 0, bottom: 2, left: 2, right: 2 });
    expect(edits.map((e) => e.text)).toEqual(["7", "7", "7"]);
  });

  it("fills down the top row of a range, or the cell above", () => {
    const down = fillDown(rows, columns, { top: 0, bottom: 2, left: 0, right: 1 });
    expect(down).toEqual([{ row: 1, key: "a", text: "a0" }, { row: 2, key: "a", text: "a0" }]);
    expect(fillDown(rows, columns, { top: 2, bottom: 2, left: 2, right: 2 })).toEqual([{ row: 2, key: "c", text: "1" }]);
    expect(fillDown(rows, columns, { top: 0, bottom: 0, left: 0, right: 0 })).toEqual([]);
  });

  it("clears and copies a range", () => {
    const box = { top: 0, bottom: 1, left: 0, right: 1 };
    expect(clearBox(rows, columns, box).map((e) => e.key)).toEqual(["a", "a"]);
    expect(cellsOf(rows, columns, box)).toEqual([["a0", "b0"], ["a1", "b1"]]);
  });
});

describe("choices by typing", () => {
  const options = [
    { id: "1", code: "MAT", name: "Falta de material" },
    { id: "2", code: "MEC", name: "Falla mecánica" },
    { id: "3", code: "IDLE", name: "Sin trabajo" },
  ];

  it("finds a reason with one key, accents or not", () => {
    expect(matching(options, "i")[0]?.code).toBe("IDLE");
    expect(matching(options, "me")[0]?.code).toBe("MEC");
    expect(matching(options, "mecanica")[0]?.code).toBe("MEC");
    expect(optionOf(options, "mat")?.id).toBe("1");
    expect(optionOf(options, "falla mecanica")?.id).toBe("2");
    expect(matching(options, "zzz")).toEqual([]);
  });

  it("knows what a cell cannot mean", () => {
    const pick: Column = { key: "r", label: "", kind: "pick", width: 1, options };
    expect(understood(pick, "MAT", "en-US")).toBe(true);
    expect(understood(pick, "MATX", "en-US")).toBe(false);
    expect(understood({ ...pick, kind: "clock" }, "25:00", "en-US")).toBe(false);
    expect(understood({ ...pick, kind: "day" }, "31/02/2026", "es-MX")).toBe(false);
  });
});
