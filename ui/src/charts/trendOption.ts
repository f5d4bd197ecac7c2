import type { Point } from "../screens/board/trend";
import { token, typeface } from "./core";
import { around, forecastSeries, limitSeries, type Look, mark, valuesOf } from "./judged";
import { type Line, markLines } from "./lines";

interface Words {
  target: string;
  centre: string;
  upper: string;
  lower: string;
  estimated: string;
  /** What the values can be at most. */
  whole: number;
  number: (value: number) => string;
  figure: (value: number) => string;
  cut: (from: number) => string;
  tip: (index: number) => HTMLElement;
}

/** A sensible band for the figures and what stands around them: from zero when zero is near the figures. */
export function band(values: number[], target: number | null, around: number[] = [], whole = Infinity): { min: number; max: number; interval: number } {
  const near = range(target === null ? values : [...values, target]);
  const [low, high] = range([...near, ...around]);
  const isNearZero = near[0] >= 0 && near[0] - (near[1] - near[0]) < near[1] * 0.3;
  const below = low - (high - low) * 0.15 - Math.abs(high) * 0.005;
  const start = low < 0 ? below : isNearZero ? 0 : Math.max(0, below);
  const end = high + (high - start) * 0.08 || 1;
  const interval = roundStep((end - start) / 5);
  // A share of units cannot be more than the whole, and neither can its axis.
  const top = high <= whole ? Math.min(Math.ceil(end / interval) * interval, whole) : Math.ceil(end / interval) * interval;
  return { min: Math.floor(start / interval) * interval, max: top, interval };
}

function range(values: number[]): [number, number] {
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
}

/** The step of an axis: 1, 2, 2.5 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 2.5, 5, 10].find((t) => t * power >= rough) ?? 10;
  return times * power;
}

export interface Judgement {
  centre: number;
  /** Limits that are the same on every day. */
  steady: boolean;
  lower: number | null;
  upper: number | null;
}

/** Target, centre and limits, each with its name and number at the end. */
function linesOf(target: number | null, judged: Judgement | null, words: Words): Line[] {
  const limit = { color: token("--muted"), dash: [8, 3, 2, 3], width: 1 };
  const named = (name: string, value: number): string => `${name} ${words.figure(value)}`;
  const lines: Line[] = [];
  if (target !== null) lines.push({ value: target, name: named(words.target, target), color: token("--text"), dash: "dashed", width: 1.5 });
  if (!judged) return lines;
  lines.push({ value: judged.centre, name: named(words.centre, judged.centre), color: token("--muted"), dash: "solid", width: 1 });
  // Limits that each day has for itself have no one number: they are drawn as steps.
  if (!judged.steady) return lines;
  if (judged.upper !== null) lines.push({ ...limit, value: judged.upper, name: named(words.upper, judged.upper) });
  if (judged.lower !== null) lines.push({ ...limit, value: judged.lower, name: named(words.lower, judged.lower) });
  return lines;
}

/** The room left of the axis: for its numbers, and for the name of the lane below. */
const LEFT = 64;
const LANE = { height: 26, bottom: 10 };

/** The chart and the lane below it: both exactly as wide, so that a day's bar stands under its point. */
export function grids(right: number, top: number, bottom: number): object[] {
  // The library would else shrink each for its own names.
  const place = { left: LEFT, right, outerBoundsMode: "none" };
  return [
    { ...place, top, bottom },
    { ...place, ...LANE, show: false },
  ];
}

/** Estimated parts are hatched below the line; provisional points are hollow. */
export function trendOption(points: Point[], target: number | null, judged: Judgement | null, height: number, words: Words): Record<string, unknown> {
  const [text, muted, border, line, surface] = ["--text", "--muted", "--border", "--series-1", "--surface"].map(token);
  const look: Look = { line: line ?? "", limit: muted ?? "", signal: token("--warn"), surface: surface ?? "" };
  const { min, max, interval } = band(valuesOf(points), target, around(points), words.whole);
  const share = points.map((p) => (p.row ? Math.max(p.row.estimated_share, p.row.estimated_numerator) * 100 : null));
  const guessed = share.some((s) => s !== null && s > 0);
  const font = { fontFamily: typeface(), fontSize: 12, color: muted };
  const lone = (i: number): boolean => points[i - 1]?.value == null && points[i + 1]?.value == null;
  const lines = linesOf(target, judged, words);
  const right = lines.length > 0 ? 104 : 40;
  const [top, bottom] = [min > 0 ? 30 : 16, guessed ? 78 : 32];
  const main = {
    type: "line",
    data: points.map((p, i) => mark(p, points.length > 150 && !lone(i) ? 3 : 6, look)),
    lineStyle: { color: line, width: 2 },
    // A day that is no chance is never left out for want of room.
    showAllSymbol: true,
    connectNulls: false,
    emphasis: { scale: 1.6 },
    z: 4,
    markLine: markLines(lines, { min, max }, height - top - bottom, typeface()),
  };
  // Days off are bridged, so that the eye finds the next point; they have no point of their own.
  const bridge = {
    type: "line",
    data: points.map((p) => p.value),
    connectNulls: true,
    symbol: "none",
    silent: true,
    lineStyle: { color: token("--border-strong"), width: 1.5, type: "dotted" },
    tooltip: { show: false },
    z: 1,
  };
  const lane = {
    type: "bar",
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: share,
    barMaxWidth: 14,
    barCategoryGap: "25%",
    itemStyle: { color: token("--border"), borderColor: muted, borderWidth: 0.5, decal: hatch(muted ?? "") },
    tooltip: { show: false },
  };
  const axis = {
    type: "category",
    data: points.map((p) => p.label),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: border } },
    axisLabel: { ...font, hideOverlap: true },
  };
  return {
    animation: false,
    textStyle: { fontFamily: typeface() },
    aria: { enabled: false },
    grid: grids(right, top, bottom),
    xAxis: [
      { ...axis, gridIndex: 0 },
      { ...axis, gridIndex: 1, show: false },
    ],
    yAxis: [
      {
        type: "value",
        min,
        max,
        interval,
        name: min > 0 ? words.cut(min) : "",
        nameTextStyle: { ...font, align: "left", padding: [0, 0, 0, 8 - LEFT] },
        nameLocation: "end",
        nameGap: 8,
        axisLabel: { ...font, formatter: (v: number) => words.number(v) },
        splitLine: { lineStyle: { color: border } },
      },
      {
        type: "value",
        gridIndex: 1,
        min: 0,
        max: 100,
        show: guessed,
        name: words.estimated,
        nameLocation: "middle",
        nameRotate: 0,
        nameGap: 8,
        nameTextStyle: { ...font, fontSize: 11, align: "right" },
        axisLabel: { show: false },
        splitLine: { show: false },
        axisLine: { show: false },
        axisTick: { show: false },
      },
    ],
    tooltip: {
      trigger: "axis",
      confine: true,
      extraCssText: "z-index: 20",
      transitionDuration: 0,
      backgroundColor: token("--raised"),
      borderColor: token("--border-strong"),
      textStyle: { ...font, color: text, fontSize: 13 },
      axisPointer: { type: "line", lineStyle: { color: token("--border-input") } },
      formatter: (found: { dataIndex: number }[]) => words.tip(found[0]?.dataIndex ?? 0),
    },
    series: [main, bridge, ...limitSeries(points, judged?.steady ?? true, look), ...forecastSeries(points, look), ...(guessed ? [lane] : [])],
  };
}

function hatch(color: string): object {
  return { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: -Math.PI / 4, color };
}
