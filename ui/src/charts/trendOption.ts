import type { Point } from "../screens/board/trend";
import { token } from "./core";

interface Words {
  target: string;
  estimated: string;
  unit: string;
  number: (value: number) => string;
  tip: (index: number) => string;
}

/** The band of a ratio: enough room around the figures, zero only when near. */
export function band(values: number[], target: number | null, percent: boolean): { min: number; max: number } {
  const all = target === null ? values : [...values, target];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = Math.max((high - low) * 0.12, high * 0.02, 0.1);
  const step = percent ? 5 : 10 ** Math.floor(Math.log10(Math.max(high - low, high * 0.1, 0.1)));
  const min = Math.floor((low - room) / step) * step;
  return { min: min < high * 0.25 ? Math.min(0, min >= 0 ? 0 : min) : min, max: Math.ceil((high + room) / step) * step };
}

/** Estimated parts are hatched below the line; provisional points are hollow. */
export function trendOption(points: Point[], target: number | null, percent: boolean, words: Words): Record<string, unknown> {
  const [text, muted, border, line, surface] = ["--text", "--muted", "--border", "--series-1", "--surface"].map(token);
  const values = points.flatMap((p) => (p.value === null ? [] : [p.value]));
  const { min, max } = band(values, target, percent);
  const share = points.map((p) => (p.row ? Math.max(p.row.estimated_share, p.row.estimated_numerator) * 100 : null));
  const guessed = share.some((s) => s !== null && s > 0);
  const font = { fontFamily: token("--font"), fontSize: 12, color: muted };
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
    markLine: target === null ? undefined : targetLine(target, words, text ?? "", token("--font")),
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
    aria: { enabled: false },
    grid: [
      { left: 52, right: 96, top: 16, bottom: guessed ? 78 : 32 },
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
        name: min > 0 ? `≠ 0` : "",
        nameTextStyle: { ...font, align: "right" },
        nameLocation: "start",
        nameGap: 6,
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
      transitionDuration: 0,
      renderMode: "richText",
      backgroundColor: token("--raised"),
      borderColor: token("--border-strong"),
      textStyle: { ...font, color: text, fontSize: 13 },
      axisPointer: { type: "line", lineStyle: { color: token("--border-input") } },
      formatter: (found: { dataIndex: number }[]) => words.tip(found[0]?.dataIndex ?? 0),
    },
    series: guessed ? [main, lane] : [main],
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
    label: { position: "end", color, fontFamily, fontSize: 12, formatter: `${words.target}\n${words.number(target)} ${words.unit}` },
  };
}
