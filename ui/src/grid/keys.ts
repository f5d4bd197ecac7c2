// What the keys of a spreadsheet mean.

import type { Spot } from "./types";

/** Where a key leads, `leave` when it leads out of the grid, `null` when it does not move. */
export function targetOf(event: KeyboardEvent, at: Spot, rows: number, columns: number, page: number): Spot | "leave" | null {
  const jump = event.ctrlKey || event.metaKey;
  const { row, column } = at;
  switch (event.key) {
    case "ArrowUp":
      return { row: jump ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: jump ? rows - 1 : row + 1, column };
    case "ArrowLeft":
      return { row, column: jump ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: jump ? columns - 1 : column + 1 };
    case "Home":
      return { row: jump ? 0 : row, column: 0 };
    case "End":
      return { row: jump ? rows - 1 : row, column: columns - 1 };
    case "PageUp":
      return { row: row - page, column };
    case "PageDown":
      return { row: row + page, column };
    case "Enter":
      return jump ? null : { row: row + (event.shiftKey ? -1 : 1), column };
    case "Tab":
      return tab(at, rows, columns, event.shiftKey);
    default:
      return null;
  }
}

function tab({ row, column }: Spot, rows: number, columns: number, back: boolean): Spot | "leave" {
  if (back) {
    if (column > 0) return { row, column: column - 1 };
    return row > 0 ? { row: row - 1, column: columns - 1 } : "leave";
  }
  if (column < columns - 1) return { row, column: column + 1 };
  return row < rows - 1 ? { row: row + 1, column: 0 } : "leave";
}

export type GridCommand = "edit" | "type" | "dead" | "clear" | "fill" | "insert" | "remove" | "select_all";

/** What a key does to the cells. */
export function command(event: KeyboardEvent): GridCommand | null {
  const { key } = event;
  if (event.ctrlKey || event.metaKey) {
    if (key === "d" || key === "D") return "fill";
    if (key === "a" || key === "A") return "select_all";
    return key === "-" || key === "Delete" ? "remove" : null;
  }
  if (event.altKey) return null;
  if (key === "F2") return "edit";
  if (key === "Delete" || key === "Backspace") return "clear";
  if (key === "Insert") return "insert";
  // A dead key begins an accented letter: the field must be there before it ends.
  if (key === "Dead" || key === "Process") return "dead";
  return key.length === 1 ? "type" : null;
}
