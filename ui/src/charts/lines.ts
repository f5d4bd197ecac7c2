// Lines across a chart, each named at its end.

export interface Line {
  value: number;
  name: string;
  color: string;
  /** Dashes tell lines apart before their colour does. */
  dash: "solid" | "dashed" | "dotted" | number[];
  width: number;
}

const GAP = 15;

/** How far each name is moved from its line, in pixels down, so that none covers another. */
export function spread(places: number[], height: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const put: number[] = [];
  order.forEach(({ place }, n) => put.push(Math.max(place, n === 0 ? 0 : (put[n - 1] ?? 0) + GAP)));
  // What was pushed out below is pushed up again.
  for (let n = put.length - 1, floor = height; n >= 0; n--, floor = (put[n + 1] ?? floor) - GAP) {
    put[n] = Math.min(put[n] ?? 0, floor);
  }
  const moved = places.map(() => 0);
  order.forEach(({ place, i }, n) => (moved[i] = (put[n] ?? place) - place));
  return moved;
}

/** The lines as the chart library takes them; those outside the axis are left out. */
export function markLines(lines: Line[], axis: { min: number; max: number }, height: number, fontFamily: string): object | undefined {
  const inside = lines.filter((line) => line.value >= axis.min && line.value <= axis.max);
  if (inside.length === 0) return undefined;
  const place = (line: Line): number => ((axis.max - line.value) / (axis.max - axis.min)) * height;
  const moved = spread(inside.map(place), height);
  return {
    silent: true,
    symbol: "none",
    animation: false,
    data: inside.map((line, i) => ({
      yAxis: line.value,
      lineStyle: { color: line.color, type: line.dash, width: line.width },
      label: { position: "end", distance: 6, color: line.color, fontFamily, fontSize: 12, formatter: line.name, offset: [0, moved[i] ?? 0] },
    })),
  };
}
