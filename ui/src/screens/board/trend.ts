// The points of a trend: every step of the period, with a gap where there is no answer.

import { addDays, isoWeek, monthEnd, monthStart } from "../../text/days";
import type { Answer, AnswerRow, ChartPoint, ChartSignal, Day, ForecastPoint } from "../../types";
import { mondayOf, stepText } from "./figures";
import type { Period, Step } from "./period";

export interface Point {
  /** First day of the step. */
  day: Day;
  label: string;
  value: number | null;
  row: AnswerRow | null;
  /** Of a day: between what its value is only chance, and which rules say it is not. */
  limits?: ChartPoint | null;
  signals?: ChartSignal[];
  /** Of a day to come: what is expected of it. */
  ahead?: ForecastPoint;
}

function startOf(step: Step, key: string): Day {
  if (step === "week") return mondayOf(key) ?? key;
  return step === "month" ? `${key.slice(0, 7)}-01` : key;
}

function next(step: Step, day: Day): Day {
  if (step === "day") return addDays(day, 1);
  return step === "week" ? addDays(day, 7) : addDays(monthEnd(day), 1);
}

function first(step: Step, day: Day): Day {
  if (step === "day") return day;
  return step === "week" ? isoWeek(day).monday : monthStart(day);
}

/** Steps between the first and the last answer; empty ends are left out. */
export function trendPoints(answer: Answer, step: Step, period: Period): Point[] {
  const rows = new Map(answer.rows.map((row) => [startOf(step, row.keys[step] ?? row.by[step] ?? ""), row]));
  const days = [...rows.keys()].sort();
  const [start, end] = [days[0], days[days.length - 1]];
  if (!start || !end) return [];
  const points: Point[] = [];
  for (let day = first(step, start); day <= end && points.length < 5000; day = next(step, day)) {
    const row = rows.get(day) ?? null;
    points.push({ day, label: stepText(step, row?.keys[step] ?? row?.by[step] ?? day), value: row?.value ?? null, row });
  }
  return points.filter((p) => p.row !== null || (next(step, p.day) > period.from && p.day <= period.to));
}

/** The days a step covers, cut to the period. */
export function daysOf(step: Step, key: string, period: Period): { from: Day; to: Day } {
  const start = startOf(step, key);
  const last = addDays(next(step, start), -1);
  return { from: start < period.from ? period.from : start, to: last > period.to ? period.to : last };
}
