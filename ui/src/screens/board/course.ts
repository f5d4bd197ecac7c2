// A trend with what its days are judged by: limits, signals, and the days to come.

import type { ChartPoint, ChartSignal, Course, Day, ForecastPoint } from "../../types";
import { stepText } from "./figures";
import type { Point } from "./trend";

/** The points of a trend with their limits and signals, and a point for each day to come. */
export function judged(points: Point[], course: Course | null): Point[] {
  if (!course) return points;
  const limits = new Map(course.chart?.points.map((point) => [point.day, point]));
  const signals = signalsByDay(course.chart?.signals ?? []);
  const known = points.map((p) => ({ ...p, limits: limits.get(p.day) ?? null, signals: signals.get(p.day) ?? [] }));
  const last = known[known.length - 1]?.day ?? "";
  const ahead = (course.forecast?.points ?? []).filter((point) => point.day > last);
  return [...known, ...ahead.map((point) => expected(point))];
}

function expected(point: ForecastPoint): Point {
  return { day: point.day, label: stepText("day", point.day), value: null, row: null, ahead: point };
}

/** The rules that a day breaks. */
export function signalsByDay(signals: ChartSignal[]): Map<Day, ChartSignal[]> {
  const days = new Map<Day, ChartSignal[]>();
  for (const signal of signals) {
    for (const day of signal.days) days.set(day, [...(days.get(day) ?? []), signal]);
  }
  return days;
}

export interface Broken {
  rule: ChartSignal["rule"];
  /** Its days, each once. */
  days: Day[];
}

/** Each rule that is broken, with its days: several runs of one rule are one entry. */
export function brokenRules(signals: ChartSignal[]): Broken[] {
  const rules = new Map<ChartSignal["rule"], Set<Day>>();
  for (const signal of signals) {
    const days = rules.get(signal.rule) ?? new Set<Day>();
    signal.days.forEach((day) => days.add(day));
    rules.set(signal.rule, days);
  }
  return [...rules].map(([rule, days]) => ({ rule, days: [...days].sort() }));
}

/** Limits that are the same on every day are two lines; else each day has its own. */
export function steadyLimits(points: Pick<ChartPoint, "lower" | "upper">[]): { lower: number | null; upper: number | null } | null {
  const first = points[0];
  if (!first) return null;
  const same = points.every((p) => p.lower === first.lower && p.upper === first.upper);
  return same ? { lower: first.lower, upper: first.upper } : null;
}
