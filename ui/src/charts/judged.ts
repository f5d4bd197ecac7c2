// What a trend's days are judged by, as series: limits that change from day to day, and the days to come.

import type { Point } from "../screens/board/trend";

export interface Look {
  line: string;
  limit: string;
  signal: string;
  surface: string;
}

/** The values of a trend, and those to come. */
export function valuesOf(points: Point[]): number[] {
  return points.flatMap((p) => [p.value, p.ahead?.value].filter((v): v is number => v !== null && v !== undefined));
}

/** The limits and intervals around them; those far off do not squeeze the line. */
export function around(points: Point[]): number[] {
  const values = valuesOf(points);
  if (values.length === 0) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const far = (high - low) * 1.2 || Math.abs(high) * 0.1;
  const ends = points.flatMap((p) => [p.limits?.lower, p.limits?.upper, p.ahead?.low, p.ahead?.high]);
  return ends.filter((v): v is number => v !== null && v !== undefined).map((v) => Math.min(high + far, Math.max(low - far, v)));
}

/** The forecast with its interval; the line begins where the known one ends. */
export function forecastSeries(points: Point[], look: Look): object[] {
  if (!points.some((p) => p.ahead)) return [];
  const last = points.findLastIndex((p) => p.value !== null);
  const quiet = { type: "line", symbol: "none", silent: true, tooltip: { show: false }, z: 1 };
  const edge = { ...quiet, stack: "ahead", stackStrategy: "all", lineStyle: { width: 0 } };
  const expected = points.map((p, i) => p.ahead?.value ?? (i === last ? p.value : null));
  return [
    { ...edge, data: points.map((p) => p.ahead?.low ?? null) },
    { ...edge, data: points.map((p) => (p.ahead ? p.ahead.high - p.ahead.low : null)), areaStyle: { color: look.line, opacity: 0.16 } },
    { ...quiet, data: expected, lineStyle: { color: look.line, width: 2, type: [6, 4] }, z: 3 },
  ];
}

/** Limits of days that were counted by different numbers: a step for each day. */
export function limitSeries(points: Point[], steady: boolean, look: Look): object[] {
  if (steady || !points.some((p) => p.limits)) return [];
  const side = (of: (p: Point) => number | null | undefined): object => ({
    type: "line",
    step: "middle",
    symbol: "none",
    silent: true,
    connectNulls: true,
    tooltip: { show: false },
    z: 1,
    lineStyle: { color: look.limit, width: 1, type: [8, 3, 2, 3] },
    data: points.map((p) => of(p) ?? null),
  });
  return [side((p) => p.limits?.upper), side((p) => p.limits?.lower)];
}

/** The mark of a point: a diamond where a rule says it is not chance, hollow where it will still move. */
export function mark(p: Point, size: number, look: Look): object {
  const signal = (p.signals?.length ?? 0) > 0;
  const color = signal ? look.signal : look.line;
  return {
    value: p.value,
    symbol: signal ? "diamond" : "circle",
    symbolSize: signal ? 12 : p.row?.provisional ? 9 : size,
    itemStyle: p.row?.provisional ? { color: look.surface, borderColor: color, borderWidth: 2 } : { color },
  };
}
