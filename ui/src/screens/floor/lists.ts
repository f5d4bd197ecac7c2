import { listRows } from "../../api";
import type { Option } from "../../grid/types";
import type { Id, Line, Shift } from "../../types";
import type { Lists } from "./model";

export interface Place {
  lines: (Line & { id: Id })[];
  shifts: (Shift & { id: Id })[];
  lists: Lists;
  /** Whether a stop of this reason (by code) stops the line or one station. */
  affects: Record<string, "line" | "station">;
}

interface Coded {
  id: Id | null;
  code: string;
  name: string;
  active: boolean;
}

const options = (rows: Coded[]): Option[] =>
  rows.filter((r) => r.active && r.id).map((r) => ({ id: r.id as Id, code: r.code, name: r.name }));

function active<T extends Coded>(rows: T[]): (T & { id: Id })[] {
  return rows.filter((r): r is T & { id: Id } => r.active && r.id !== null);
}

/** Everything the entry screen offers for one client. */
export async function placeOf(client: Id): Promise<Place> {
  const [lines, shifts, products, reasons] = await Promise.all([
    listRows("line", client),
    listRows("shift", client),
    listRows("product", client),
    listRows("downtime_reason", client),
  ]);
  const lists = { products: options(products), reasons: options(reasons), defects: [] };
  const affects = Object.fromEntries(reasons.map((r) => [r.code, r.affects === "station" ? ("station" as const) : ("line" as const)]));
  return { lines: active(lines), shifts: active(shifts), lists, affects };
}

const KEY = "lineboard.used";

/** How often this PC used a reason on a line: those come first. */
function used(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, number>;
  } catch {
    return {};
  }
}

export function countUse(line: Id, reasons: (Id | null)[]): void {
  const counts = used();
  for (const id of reasons) if (id) counts[`${line} ${id}`] = (counts[`${line} ${id}`] ?? 0) + 1;
  try {
    localStorage.setItem(KEY, JSON.stringify(counts));
  } catch {
    // Only the order of the list is lost.
  }
}

/** The three most used reasons of the line first, the others as they are. */
export function byUse(reasons: Option[], line: Id): Option[] {
  const counts = used();
  const often = reasons
    .filter((r) => counts[`${line} ${r.id}`])
    .sort((a, b) => (counts[`${line} ${b.id}`] ?? 0) - (counts[`${line} ${a.id}`] ?? 0))
    .slice(0, 3);
  return [...often, ...reasons.filter((r) => !often.includes(r))];
}
