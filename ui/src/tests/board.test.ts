import { describe, expect, it } from "vitest";
import { around } from "../charts/judged";
import { spread } from "../charts/lines";
import { band } from "../charts/trendOption";
import { together } from "../screens/board/ages";
import { brokenRules, judged, steadyLimits } from "../screens/board/course";
import { familiesOf, groupingsOf, shelves } from "../screens/board/families";
import { bandText, isFlat, sharedParts, signed } from "../screens/board/figures";
import { isFilter, narrowed } from "../screens/board/narrow";
import type { Point } from "../screens/board/trend";
import { missing, placeOf, waterfall } from "../screens/board/waterfall";
import { rowFrom } from "../screens/setup/specs";
import { instantOf } from "../text/days";
import type { Card, ChartSignal, Course, FactorPart, KpiView, WhySide } from "../types";

const kpi = (code: string, family: KpiView["family"], groupings: string[] = []): KpiView => ({
  code, family, groupings, unit: "%", better: "higher", over_time: true, followed: true, taken_apart: false,
});
const card = (code: string): Card => ({ kpi: code }) as Card;
const KPIS = [kpi("oee", "output"), kpi("efficiency", "output"), kpi("ppm", "quality"), kpi("otd", "delivery"), kpi("coverage", "people")];

describe("the families of a board", () => {
  it("stand in the engine's order, each KPI under its own, and a new KPI appears by itself", () => {
    const shown = shelves([...KPIS, kpi("brand_new", "quality")], ["brand_new", "ppm", "efficiency", "oee", "otd", "coverage"].map(card));
    expect(shown.map((shelf) => [shelf.family, shelf.cards.map((c) => c.kpi)])).toEqual([
      ["output", ["oee", "efficiency"]],
      ["quality", ["ppm", "brand_new"]],
      ["delivery", ["otd"]],
      ["people", ["coverage"]],
    ]);
  });

  it("leave out what was not answered, and a heading with nothing under it", () => {
    expect(shelves(KPIS, [card("otd")]).map((shelf) => shelf.family)).toEqual(["delivery"]);
    expect(shelves(KPIS, KPIS.map((k) => card(k.code)), "quality").map((shelf) => shelf.cards.length)).toEqual([1]);
    expect(familiesOf(KPIS)).toEqual(["output", "quality", "delivery", "people"]);
  });

  it("break a KPI down by what the engine allows; by client only where there are several", () => {
    const wip = kpi("wip_age", "delivery", ["client", "line", "order", "priority"]);
    expect([groupingsOf(wip, 1), groupingsOf(wip, 2)[0]]).toEqual([["line", "order", "priority"], "client"]);
    expect(groupingsOf(undefined, 2)).toEqual([]);
  });
});

describe("a row of a breakdown", () => {
  it("is asked for alone by its own filters", () => {
    expect(narrowed({ client: "c", step: "o" })).toEqual({ clients: ["c"], operations: ["o"] });
    expect(narrowed({ client: "c", department: "" })).toEqual({ clients: ["c"], departments: [""] });
    expect(narrowed({ day: "2026-01-01", customer_po: "x" })).toEqual({});
  });

  it("is only shown where no filter holds it, as for a grouping nobody here knows yet", () => {
    expect(["order", "department", "priority", "customer_po", "brand_new"].map(isFilter)).toEqual([true, true, false, false, false]);
  });
});

describe("a target", () => {
  it("is set for any KPI that the engine lists", () => {
    const lists = { kpi: [{ id: "otif", code: "On time in full", name: "otif" }] };
    expect(rowFrom("threshold", { kpi: "On time in full", target: "95" }, "c", null, lists)).toMatchObject({ kpi: "otif", target: 95 });
  });
});

describe("what cards say alike", () => {
  it("is said once at the heading, and only what all of them say", () => {
    expect(sharedParts([["9 line shifts", "provisional", "8 % estimated"], ["9 line shifts", "provisional"]])).toEqual(["9 line shifts", "provisional"]);
    expect(sharedParts([["9 line shifts"]])).toEqual([]);
    expect(sharedParts([])).toEqual([]);
  });
});

describe("a difference", () => {
  it("that is shown as nothing has no way to go", () => {
    expect([isFlat(0.04), isFlat(-0.04), isFlat(0.06)]).toEqual([true, true, false]);
    expect([signed(0.04), signed(3.6), signed(-1200)]).toEqual(["±0.0", "+3.6", "−1,200"]);
  });
});

const part = (factor: FactorPart["factor"], by: number): FactorPart => ({ factor, part: by, direction: null, merged: [] });
const side = (value: number | null): WhySide => ({ from: "2026-01-01", to: "2026-01-31", value, why: null, line_shifts: 9, unmatched: 0, provisional: false });

describe("a change taken apart", () => {
  it("leads from the value before to the value after, step by step", () => {
    const fall = waterfall({ before: side(70), after: side(73.5), factors: [part("availability", 2.25), part("performance", -1), part("product", 2.25)] });
    expect(fall?.steps.map((step) => [step.from, step.to])).toEqual([[70, 72.25], [72.25, 71.25], [71.25, 73.5]]);
    expect(fall && missing(fall)).toBeLessThan(1e-9);
    expect(fall && missing({ ...fall, after: 74 })).toBeCloseTo(0.5);
  });

  it("shows every step inside its axis, also where nothing changed", () => {
    const falls = [
      waterfall({ before: side(70), after: side(68), factors: [part("availability", -12), part("quality", 10)] }),
      waterfall({ before: side(70), after: side(70), factors: [] }),
      waterfall({ before: side(0), after: side(0), factors: [part("line", 0)] }),
    ];
    for (const fall of falls) {
      const all = fall ? [fall.before, fall.after, ...fall.steps.map((s) => s.to)].map((v) => placeOf(fall, v)) : [NaN];
      expect(all.filter((at) => !(at > 0 && at < 100))).toEqual([]);
    }
  });

  it("has no steps where one end is undefined", () => {
    expect(waterfall({ before: side(null), after: side(1), factors: [] })).toBeNull();
  });
});

const signal = (rule: ChartSignal["rule"], days: string[]): ChartSignal => ({ rule, days, western_electric: 1, nelson: 1, side: "above", points: [] });
const point = (day: string, value: number): Point => ({ day, label: day, value, row: null });
const course: Course = {
  kpi: "oee", unit: "%", no_chart: null, no_forecast: null, back_test: null,
  chart: {
    kind: "xmr", centre: 70, ranges: null, base: 2, provisional: true, left_out: [],
    points: ["2026-01-01", "2026-01-02"].map((day) => ({ day, value: 70, sigma: 1, lower: 67, upper: 73 })),
    signals: [signal("beyond_limits", ["2026-01-02"]), signal("two_of_three", ["2026-01-01", "2026-01-02"]), signal("two_of_three", ["2026-01-02"])],
  },
  forecast: {
    smoothing: { method: "simple", alpha: 0.5, beta: 0, gamma: 0 }, error: 1, data_days: 20,
    points: ["2026-01-02", "2026-01-03"].map((day) => ({ day, value: 71, low: 65, high: 75 })),
  },
};

describe("the course of a KPI", () => {
  it("gives each day its limits and the rules it breaks, and adds the days to come once", () => {
    const shown = judged([point("2026-01-01", 70), point("2026-01-02", 79)], course);
    expect(shown.map((p) => [p.day, p.limits?.upper, p.signals?.length, p.ahead?.value])).toEqual([
      ["2026-01-01", 73, 1, undefined],
      ["2026-01-02", 73, 3, undefined],
      ["2026-01-03", undefined, undefined, 71],
    ]);
    expect(judged([point("2026-01-01", 70)], null)).toHaveLength(1);
  });

  it("names each broken rule once, with every day of it once", () => {
    expect(brokenRules(course.chart?.signals ?? [])).toEqual([
      { rule: "beyond_limits", days: ["2026-01-02"] },
      { rule: "two_of_three", days: ["2026-01-01", "2026-01-02"] },
    ]);
  });

  it("knows limits that stay from limits that each day has for itself", () => {
    expect(steadyLimits([{ lower: 1, upper: 3 }, { lower: 1, upper: 3 }])).toEqual({ lower: 1, upper: 3 });
    expect(steadyLimits([{ lower: 1, upper: 3 }, { lower: null, upper: 3 }])).toBeNull();
  });

  it("has an axis that holds the limits, and begins at zero only where the values are near it", () => {
    expect(band([56, 82], 78, [63, 87], 100)).toMatchObject({ min: 50, max: 90 });
    expect(band([75, 100], null, [2], 100)).toMatchObject({ min: 0, max: 100 });
    expect(band([-3, 5], null).min).toBeLessThan(-3);
    expect(band([1, 5], null, [6]).min).toBe(0);
    expect(band([50, 100], null, [], 100).max).toBe(100);
  });

  it("is not squeezed by limits far off", () => {
    const far = { ...point("2026-01-01", 10), limits: { day: "2026-01-01", value: 10, sigma: 9, lower: null, upper: 900 } };
    expect(around([far, point("2026-01-02", 20)])).toEqual([32]);
  });

  it("moves the names of lines apart, and keeps them inside", () => {
    const places = [100, 102, 104, 199];
    const put = spread(places, 200).map((by, i) => (places[i] ?? 0) + by);
    const gaps = put.slice(1).map((at, i) => at - (put[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(15);
    expect(Math.max(...put)).toBeLessThanOrEqual(200);
    expect(spread([10, 100], 200)).toEqual([0, 0]);
    expect(Math.max(...spread([198, 199, 200], 200).map((by, i) => 198 + i + by))).toBeLessThanOrEqual(200);
  });
});

describe("the ages of orders", () => {
  const ages = (ends: (number | null)[], orders: number[]) => ({
    client: "c", as_of: "2026-01-01", p50: 1, p85: 2, p95: 3, bands: ends.map((to, i) => ({ to, orders: orders[i] ?? 0 })),
  });

  it("are one row of bands where the clients' bands are the same, and none where they differ", () => {
    expect(together([ages([7, 14, null], [1, 2, 3]), ages([7, 14, null], [4, 0, 1])])?.map((b) => b.orders)).toEqual([5, 2, 4]);
    expect(together([ages([7, 14, null], [1, 2, 3]), ages([5, 14, null], [4, 0, 1])])).toBeNull();
    expect(together([])).toBeNull();
  });

  it("are named by their days", () => {
    const bands = together([ages([7, 14, null], [1, 2, 3])]) ?? [];
    expect(bands.map(bandText)).toEqual(["≤ 7 d", "8–14 d", "> 14 d"]);
  });
});

describe("a moment of the past", () => {
  it("is read by this PC's clock, and refused where it is no time", () => {
    expect(new Date(instantOf("2026-03-09", "14:30") ?? 0).getHours()).toBe(14);
    expect(["25:00", "soon", ""].map((time) => instantOf("2026-03-09", time))).toEqual([null, null, null]);
  });
});
