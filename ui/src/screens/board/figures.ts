// How a KPI's figure, change and honesty are written.

import { addDays, formatDay, isDay, isoWeek } from "../../text/days";
import { formatNumber } from "../../text/numbers";
import { locale, named, sourceText, t, tn } from "../../text/words.svelte";
import type { Answer, AnswerRow } from "../../types";

export const KPIS = [
  "efficiency",
  "oee",
  "availability",
  "performance",
  "quality_rate",
  "accounted",
  "attainment",
  "throughput",
  "hours",
  "mtbf",
  "mttr",
  "teep",
] as const;

export type Grouping = "client" | "line" | "shift" | "product" | "operation" | "step" | "job";

/** By what inspections are broken down. */
const INSPECTED: Grouping[] = ["client", "line", "shift", "product", "step"];

/** KPIs that cannot be grouped by everything, and by what they can. */
const GROUPED: Record<string, Grouping[]> = {
  hours: ["line", "product", "operation"],
  throughput: ["line", "shift", "product"],
  mtbf: ["line"],
  mttr: ["line"],
  teep: ["client", "line"],
  ppm: INSPECTED,
  dpmo: INSPECTED,
  fpy: INSPECTED,
  rty: ["product", "job"],
  scrap_rate: INSPECTED,
  rework_rate: INSPECTED,
  repair_rate: INSPECTED,
  final_yield: INSPECTED,
};

/** By what a KPI is broken down; by client only where there are several. */
export function groupingsOf(kpi: string, clients: number): Grouping[] {
  const all = GROUPED[kpi] ?? ["client", "line", "shift", "product", "operation"];
  return all.filter((by) => by !== "client" || clients > 1);
}

/** Whether a KPI has a value for a day, a week, a month. */
export function hasTrend(kpi: string): boolean {
  return GROUPED[kpi] === undefined || GROUPED[kpi] === INSPECTED;
}

export function kpiName(code: string): string {
  return named("kpi", code);
}

export function unitText(unit: string): string {
  return named("unit", unit === "%" ? "percent" : unit === "units/h" ? "units_h" : unit);
}

/** A figure with one decimal, as every card and table shows it. */
export function figure(value: number | null, digits = 1): string {
  return value === null ? "—" : formatNumber(value, locale(), digits, digits);
}

export function withUnit(value: number | null, unit: string): string {
  if (value === null) return "—";
  return unit === "%" ? `${figure(value)} %` : `${figure(value)} ${unitText(unit)}`;
}

/** A second number in the answer's unit; a sigma level has none. */
export function besideText(beside: { name: string; value: number }, unit: string): string {
  return beside.name === "sigma" ? figure(beside.value, 2) : withUnit(beside.value, unit);
}

export interface Change {
  text: string;
  way: "up" | "down" | "flat";
  tone: "good" | "bad" | "none";
}

/** The difference to the previous period, coloured by the direction of good. */
export function change(answer: Answer, now: number | null, before: number | null | undefined): Change | null {
  if (now === null || before === null || before === undefined) return null;
  const diff = now - before;
  const shown = figure(Math.abs(diff));
  const flat = shown === figure(0);
  const way = flat ? "flat" : diff > 0 ? "up" : "down";
  const tone = flat || answer.better === "none" ? "none" : (answer.better === "higher") === diff > 0 ? "good" : "bad";
  // A share changes by points; other units stand beside the value already.
  const unit = answer.unit === "%" ? ` ${t("board.points")}` : "";
  return { text: `${flat ? "±" : diff > 0 ? "+" : "−"}${shown}${unit}`, way, tone };
}

/** "412 line shifts · provisional · 8 % estimated (mostly crew from last month)" */
export function honesty(row: AnswerRow): string {
  const parts: string[] = [tn("board.line_shifts", row.line_shifts)];
  if (row.provisional) parts.push(t("board.provisional"));
  const share = Math.max(row.estimated_share, row.estimated_numerator ?? 0);
  if (share > 0) {
    const percent = share < 0.005 ? t("board.under_one") : formatNumber(share * 100, locale(), 0);
    parts.push(
      row.weakest
        ? t("board.estimated_from", { share: percent, source: sourceText(row.weakest) })
        : t("board.estimated", { share: percent }),
    );
  }
  return parts.join(" · ");
}

/** The formula with the names of the person's language and readable numbers. */
export function formulaText(formula: string): string {
  return formula
    .replace(/\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, (n) => formatNumber(Number(n), locale(), 4))
    .replace(/[a-z]+(?:_[a-z]+)*/g, (word) => named("element", word).toLocaleLowerCase(locale()));
}

/** A day, week or month of an answer as people read it. */
export function stepText(by: string, key: string): string {
  const l = locale();
  if (by === "day" && isDay(key)) return formatDay(key, l);
  if (by === "month") return formatDay(key.length === 7 ? `${key}-01` : key, l, "month");
  if (by === "week") {
    const monday = mondayOf(key);
    if (!monday) return key;
    return t("board.week", { week: isoWeek(monday).week, day: formatDay(monday, l) });
  }
  return key;
}

/** The Monday of a week key: a day of it, or 2026-W07. */
export function mondayOf(key: string): string | null {
  if (isDay(key)) return isoWeek(key).monday;
  const m = /^(\d{4})-?W(\d{1,2})$/.exec(key);
  if (!m) return null;
  const first = isoWeek(`${m[1]}-01-04`).monday;
  return addDays(first, (Number(m[2]) - 1) * 7);
}
