// Periods of the board, as presets before dates.

import { addDays, daysBetween, monthEnd, monthStart, today } from "../../text/days";
import type { Day, Filters } from "../../types";

export type Preset = "7d" | "30d" | "month" | "year" | "all" | "custom";
export const PRESETS: Preset[] = ["7d", "30d", "month", "year", "all", "custom"];

export interface Period {
  preset: Preset;
  from: Day;
  to: Day;
}

/** The last day worth showing: today, or the data's last day where it is older. */
export function anchor(filters: Pick<Filters, "last_day">, now: Day = today()): Day {
  return filters.last_day && filters.last_day < now ? filters.last_day : now;
}

const LONGEST_DEFAULT = 120;

/** The period a preset means, so that it follows the data. */
export function periodOf(preset: Preset, filters: Pick<Filters, "first_day" | "last_day">, old: Period | null): Period {
  const to = anchor(filters);
  switch (preset) {
    case "7d":
      return { preset, from: addDays(to, -6), to };
    case "30d":
      return { preset, from: addDays(to, -29), to };
    case "month":
      return { preset, from: monthStart(to), to: monthEnd(to) };
    case "year":
      return { preset, from: `${to.slice(0, 4)}-01-01`, to: `${to.slice(0, 4)}-12-31` };
    case "all":
      return { preset, from: filters.first_day ?? to, to: filters.last_day ?? to };
    default:
      return { preset: "custom", from: old?.from ?? addDays(to, -29), to: old?.to ?? to };
  }
}

/** Thirty days while the plant is running; all of it for a short, older set of data. */
export function firstPeriod(filters: Pick<Filters, "first_day" | "last_day">, now: Day = today()): Period {
  const { first_day, last_day } = filters;
  const old = first_day && last_day && daysBetween(last_day, now) > 30;
  if (old && daysBetween(first_day, last_day) <= LONGEST_DEFAULT) return periodOf("all", filters, null);
  return periodOf("30d", filters, null);
}

export type Step = "day" | "week" | "month";

/** The step that keeps a trend readable. */
export function stepFor(period: Period): Step {
  const days = daysBetween(period.from, period.to) + 1;
  if (days <= 120) return "day";
  return days <= 900 ? "week" : "month";
}
