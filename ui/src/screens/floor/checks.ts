// What can be said about a typed cell before it is saved.

import type { Column } from "../../grid/types";
import { numberIn, understood } from "../../grid/values";
import type { EntryRow, SheetRow, SheetState } from "./model";

export interface Problem {
  code: string;
  params: Record<string, string>;
}

const LONGEST_MINUTES = 1500;

/** The fault of one cell by itself. */
export function cellProblem(column: Column, text: string, locale: string): Problem | null {
  if (text.trim() === "") return null;
  if (!understood(column, text, locale)) return { code: wrongKind(column, text), params: { value: text } };
  if (column.kind !== "whole" && column.kind !== "decimal") return null;
  const value = numberIn(text, column.kind === "whole") ?? 0;
  if (value < 0) return { code: "negative", params: { value: text } };
  if (/minutes$/.test(column.key) && value > LONGEST_MINUTES) return { code: "long_day", params: { value: text } };
  return null;
}

function wrongKind(column: Column, text: string): string {
  if (column.kind === "whole") return numberIn(text) === null ? "bad_number" : "not_whole";
  if (column.kind === "decimal") return "bad_number";
  if (column.kind === "day") return "bad_date";
  return column.kind === "clock" ? "bad_clock" : "no_option";
}

/** The fault of a cell beside the others of its row. */
export function rowProblem(row: EntryRow, field: string): Problem | null {
  const value = (key: string): number => numberIn(row.cells[key], true) ?? 0;
  const produced = numberIn(row.cells.produced, true);
  if (field === "defective" && produced !== null && value("defective") > produced)
    return { code: "defective_over_produced", params: { value: String(value("defective")) } };
  const parts = value("rework") + value("repair") + value("scrap");
  if (field === "scrap" && row.cells.defective && parts > value("defective"))
    return { code: "parts_over_defective", params: { value: String(parts) } };
  return null;
}

/** A stop or reject that lacks the field the others need. */
export function lacking(row: SheetRow, field: string, needs: string[]): Problem | null {
  if (!needs.includes(field) || row.cells[field]?.trim()) return null;
  return Object.values(row.cells).some((text) => text.trim() !== "") ? { code: "empty", params: {} } : null;
}

export type Sheets = Pick<SheetState, "entries" | "stops" | "rejects">;
