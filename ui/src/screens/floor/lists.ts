import { listRows } from "../../api";
import type { Option } from "../../grid/types";
import type { Id, Line, Shift } from "../../types";
import { type Habits, habitsOf } from "./habits";
import type { Lists } from "./model";

export interface Place {
  lines: (Line & { id: Id })[];
  shifts: (Shift & { id: Id })[];
  lists: Lists;
  /** Whether a stop of this reason (by code) stops the line or one station. */
  affects: Record<string, "line" | "station">;
  habits: Habits;
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
  const [habits, lines, shifts, products, reasons] = await Promise.all([
    habitsOf(client),
    listRows("line", client),
    listRows("shift", client),
    listRows("product", client),
    listRows("downtime_reason", client),
  ]);
  const lists = { products: options(products), reasons: options(reasons), defects: [] };
  const affects = Object.fromEntries(reasons.map((r) => [r.code, r.affects === "station" ? ("station" as const) : ("line" as const)]));
  return { lines: active(lines), shifts: active(shifts), lists, affects, habits };
}
