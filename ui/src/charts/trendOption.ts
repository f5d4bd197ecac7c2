import type { Point } from "../screens/board/trend";
import { token, typeface } from "./core";

interface Words {
  target: string;
  estimated: string;
  unit: string;
  number: (value: number) => string;
  cut: (from: number) => string;
  tip: (index: number) => HTMLElement;
}

/** A sensible band for the figures: from zero when zero is near. */
export function band(values: number[], target: number | null): { min: number; max: number; interval: number } {
  const all = target === null ? values : [...values, target];
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const start = low >= 0 && low - (high - low) < high * 0.3 ? 0 : low - (high - low) * 0.15 - Math.abs(high) * 0.005;
  const end = high + (high - start) * 0.08 || 1;
  const interval = roundStep((end - start) / 5);
  return { min: Math.floor(start / interval) * interval, max: Math.ceil(end / interval) * interval, interval };
}

/** The step of an axis: 1, 2, 2.5 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 2.5, 5, 10].find((t) => t * power >= rough) ?? 10;
  return times * power;
}

/** Estimated parts are hatched below the line; provisional points are hollow. */
export function trendOption(points: Point[], target: number | null, words: Words): Record<string, unknown> {
  const [text, muted, border, line, surface] = ["--text", "--muted", "--border", "--series-1", "--surface"].map(token);
  const values = points.flatMap((p) => (p.value === null ? [] : [p.value]));
  const { min, max, interval } = band(values, target);
  const share = points.map((p) => (p.row ? Math.max(p.row.estimated_share, p.row.estimated_numerator) * 100 : null));
  const guessed = share.some((s) => s !== null && s > 0);
  const font = { fontFamily: typeface(), fontSize: 12, color: muted };
  const lone = (i: number): boolean => points[i - 1]?.value == null && points[i + 1]?.value == null;
  const main = {
    type: "line",
    data: points.map((p, i) => ({
      value: p.value,
      symbol: "circle",
      symbolSize: p.row?.provisional ? 9 : points.length > 150 && !lone(i) ? 3 : 6,
      itemStyle: p.row?.provisional ? { color: surface, borderColor: line, borderWidth: 2 } : { color: line },
    })),
    lineStyle: { color: line, width: 2 },
    connectNulls: false,
    emphasis: { scale: 1.6 },
    markLine: target === null ? undefined : targetLine(target, words, text ?? "", typeface()),
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
    grid: [
      { left: 52, right: 96, top: min > 0 ? 30 : 16, bottom: guessed ? 78 : 32 },
      { left: 52, right: 96, height: 26, bottom: 10, show: false },
    ],
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
        nameTextStyle: { ...font, align: "left", padding: [0, 0, 0, -44] },
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
    series: guessed ? [main, bridge, lane] : [main, bridge],
  };
}

function hatch(color: string): object {
  return { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: -Math.PI / 4, color };
}

function targetLine(target: number, words: Words, color: string, fontFamily: string): object {
  return {
    silent: true,
    symbol: "none",
    data: [{ yAxis: target }],
    lineStyle: { color, type: "dashed", width: 1.5 },
    label: { position: "end", color, fontFamily, fontSize: 12, lineHeight: 16, formatter: `${words.target}\n${words.number(target)} ${words.unit}` },
  };
}
