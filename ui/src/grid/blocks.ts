// Blocks of cells: to and from the clipboard as Excel writes them, fill down.

import type { Box, Column, Edit, GridRow, Spot } from "./types";

/** Reads what Excel puts on the clipboard: tabs, line ends, quoted cells. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let fresh = true;
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < clean.length; i++) {
    const c = clean[i] as string;
    if (quoted) {
      if (c === '"' && clean[i + 1] === '"') cell += clean[++i];
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && fresh) {
      quoted = true;
      fresh = false;
    } else if (c === "\t" || c === "\n") {
      row.push(cell);
      cell = "";
      fresh = true;
      if (c === "\n") {
        rows.push(row);
        row = [];
      }
    } else {
      cell += c;
      fresh = false;
    }
  }
  row.push(cell);
  rows.push(row);
  return rows;
}

/** Writes cells the way Excel reads them back. */
export function writeBlock(cells: string[][]): string {
  const quote = (text: string): string => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return cells.map((row) => row.map(quote).join("\t")).join("\n");
}

export function boxOf(a: Spot, b: Spot): Box {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

export function cellsOf(rows: GridRow[], columns: Column[], box: Box): string[][] {
  return rows
    .slice(box.top, box.bottom + 1)
    .map((row) => columns.slice(box.left, box.right + 1).map((c) => row.cells[c.key] ?? ""));
}

export function clearBox(rows: GridRow[], columns: Column[], box: Box): Edit[] {
  const edits: Edit[] = [];
  for (let row = box.top; row <= box.bottom; row++)
    for (const column of columns.slice(box.left, box.right + 1))
      if (column.kind !== "fixed" && rows[row]?.cells[column.key]) edits.push({ row, key: column.key, text: "" });
  return edits;
}

/** The edits of a pasted block; one cell fills the whole range. */
export function pasteEdits(block: string[][], columns: Column[], box: Box): { edits: Edit[]; rows: number } {
  const single = block.length === 1 && block[0]?.length === 1;
  const height = single ? box.bottom - box.top + 1 : block.length;
  const edits: Edit[] = [];
  for (let r = 0; r < height; r++) {
    const source = single ? (block[0] ?? []) : (block[r] ?? []);
    const width = single ? box.right - box.left + 1 : source.length;
    for (let c = 0; c < width; c++) {
      const column = columns[box.left + c];
      const text = (single ? source[0] : source[c]) ?? "";
      if (column && column.kind !== "fixed") edits.push({ row: box.top + r, key: column.key, text: text.trim() });
    }
  }
  return { edits, rows: box.top + height };
}

/** Fills the top row of a range down; a single cell takes the one above it. */
export function fillDown(rows: GridRow[], columns: Column[], box: Box): Edit[] {
  const from = box.top === box.bottom ? box.top - 1 : box.top;
  const edits: Edit[] = [];
  for (let row = from + 1; row <= box.bottom; row++)
    for (const column of columns.slice(box.left, box.right + 1))
      if (column.kind !== "fixed" && rows[from]) edits.push({ row, key: column.key, text: rows[from].cells[column.key] ?? "" });
  return edits;
}
