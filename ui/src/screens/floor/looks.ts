// Inferred values and remarks that a cell shows beside what was typed.

import type { CellLook, Column } from "../../grid/types";
import { formatInstant } from "../../text/days";
import { formatNumber } from "../../text/numbers";
import { locale, sourceText, t } from "../../text/words.svelte";
import type { Sheet } from "../../types";
import type { EntryRow, SheetRow } from "./model";

export function ghostOf(row: SheetRow, column: Column, sheet: Sheet, affects: Record<string, "line" | "station">): CellLook {
  const by = authorOf(row, sheet);
  const seen: CellLook = by ? { remark: by } : {};
  if (row.cells[column.key]) return seen;
  if (column.key === "affected" && row.cells.reason) return affectedGhost(row.cells.reason, sheet, affects);
  if (column.key === "crew_present" && row.cells.produced && sheet.crew.value !== null && sheet.crew.source !== "unknown")
    return { ghost: formatNumber(sheet.crew.value, locale(), 1), remark: t("floor.from", { source: sourceText(sheet.crew.source) }) };
  return seen;
}

function affectedGhost(reason: string, sheet: Sheet, affects: Record<string, "line" | "station">): CellLook {
  const kind = Object.entries(affects).find(([code]) => code.toLowerCase() === reason.toLowerCase())?.[1];
  const value = kind === "station" ? 1 : sheet.crew.value;
  if (!kind || value === null) return {};
  return { ghost: formatNumber(value, locale(), 1), remark: t(kind === "station" ? "floor.one_station" : "floor.whole_line") };
}

function authorOf(row: SheetRow, sheet: Sheet): string | null {
  const saved = "hour" in row ? (row as EntryRow).entry : sheet.stops.find((s) => s.id === row.id);
  if (!saved?.author || saved.at === null) return null;
  return t("floor.by", { author: saved.author, at: formatInstant(saved.at, locale()) });
}
