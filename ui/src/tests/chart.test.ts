import { describe, expect, it } from "vitest";
import { grids } from "../charts/trendOption";
import { change, difference, figure, formulaText, honesty, verdictText, wayOf } from "../screens/board/figures";
import { daysOf, trendPoints } from "../screens/board/trend";
import type { Answer, AnswerRow } from "../types";

const row = (day: string, value: number | null, more: Partial<AnswerRow> = {}): AnswerRow => ({
  by: { day }, keys: { day }, value, why: null, numerator: 1, denominator: 1, rows: 1, line_shifts: 3, estimated_share: 0,
  estimated_numerator: 0, weakest: null, interval: null, completeness: null, provisional: false, verdict: null, beside: null, left_out: [], parts: [], ...more,
});
const answer = (rows: AnswerRow[], better: Answer["better"] = "higher"): Answer => ({
  kpi: "efficiency", unit: "%", better, target: null, rows, so_far: null, mixed_basis: false, by_basis: [], left_out: 0, headline: null, ages: [],
  stamp: { at: 0, clients: [], formula: "1" },
});
const period = { preset: "all" as const, from: "2015-01-01", to: "2015-03-11" };

describe("a trend", () => {
  it("has a gap where there is no answer, and no point for it", () => {
    const points = trendPoints(answer([row("2015-01-01", 70), row("2015-01-04", 71), row("2015-01-05", null)]), "day", period);
    expect(points.map((p) => p.value)).toEqual([70, null, null, 71, null]);
    expect(points.filter((p) => p.value !== null)).toHaveLength(2);
  });

  it("steps by weeks and months from their first day", () => {
    const weeks = [row("", 1, { by: { week: "2015-W01" }, keys: { week: "2015-W01" } }), row("", 2, { by: {}, keys: { week: "2015-W03" } })];
    expect(trendPoints(answer(weeks), "week", period).map((p) => p.day)).toEqual(["2014-12-29", "2015-01-05", "2015-01-12"]);
    const months = [row("", 1, { keys: { month: "2015-01" } }), row("", 2, { keys: { month: "2015-03" } })];
    expect(trendPoints(answer(months), "month", period).map((p) => p.day)).toEqual(["2015-01-01", "2015-02-01", "2015-03-01"]);
  });

  it("explains the days of a step, cut to the period", () => {
    expect(daysOf("week", "2015-W01", period)).toEqual({ from: "2015-01-01", to: "2015-01-04" });
    expect(daysOf("month", "2015-03", period)).toEqual({ from: "2015-03-01", to: "2015-03-11" });
    expect(daysOf("day", "2015-02-03", period)).toEqual({ from: "2015-02-03", to: "2015-02-03" });
  });
});

describe("the lane of a trend", () => {
  it("is as wide as the chart above it, and nothing shrinks it", () => {
    const [chart, lane] = grids(104, 16, 78) as Record<string, unknown>[];
    for (const key of ["left", "right", "outerBoundsMode"]) expect(lane?.[key], key).toBe(chart?.[key]);
    expect(lane?.outerBoundsMode).toBe("none");
  });
});

describe("a difference of two figures", () => {
  it("is that of the figures as they are shown, colour and word with it", () => {
    // 70.3 and 70.2 on the screen, though they lie 0.02 apart.
    expect(difference(70.26, 70.24, "%")).toEqual({ by: expect.closeTo(0.1), text: "+0.1\u00a0points" });
    expect(change(answer([]), 70.26, 70.24)).toMatchObject({ way: "up", tone: "good" });
    // 70.2 twice, though they lie 0.08 apart.
    expect(change(answer([]), 70.24, 70.16)).toEqual({ text: "±0.0\u00a0points", way: "flat", tone: "none" });
    expect([wayOf(0.1, "higher"), wayOf(0.1, "lower"), wayOf(0, "lower"), wayOf(-3, "none")]).toEqual(["better", "worse", "same", "none"]);
  });

  it("has the unit and the decimals of what it is taken from", () => {
    expect(difference(2.34, 3.62, "d").text).toBe("−1.3\u00a0days");
    expect(difference(9523.4, 9520.2, "ppm").text).toBe("+3\u00a0ppm");
    expect(difference(1002.4, 998.6, "units/h").text).toBe("+3.4\u00a0units/h");
  });
});

describe("a verdict that cannot be given", () => {
  it("says whether the figure is too close to its target, or of too few units", () => {
    const said = (interval: [number, number] | null): string => verdictText({ verdict: "unclear", interval });
    expect([said([76, 79]), said(null)]).toEqual(["too close to call", "too few to tell"]);
    expect([verdictText({ verdict: "met", interval: null }), verdictText({ verdict: null, interval: null })]).toEqual(["met", ""]);
  });
});

describe("a figure", () => {
  it("colours its change by the direction of good", () => {
    expect(change(answer([]), 72, 70)).toMatchObject({ way: "up", tone: "good" });
    expect(change(answer([], "lower"), 72, 70)).toMatchObject({ way: "up", tone: "bad" });
    expect(change(answer([], "none"), 72, 70)).toMatchObject({ tone: "none" });
    expect(change(answer([]), 72, 72.01)).toMatchObject({ way: "flat", tone: "none" });
    expect(change(answer([]), null, 72)).toBeNull();
  });

  it("drops the decimal that says nothing", () => {
    expect([figure(78.25), figure(9523.4), figure(-1200.6), figure(null)]).toEqual(["78.3", "9,523", "-1,201", "—"]);
  });

  it("writes its formula in words and readable numbers", () => {
    expect(formulaText("earned / available = 33301.680000000004 / 35400 = 94.07254237288136 %")).toBe(
      "earned minutes / available minutes = 33,301.68 / 35,400 = 94.0725\u00a0%",
    );
  });

  it("says how much of it is estimated", () => {
    expect(honesty(row("2015-01-01", 1, { estimated_share: 0.08, provisional: true }), "output")).toBe("3 line shifts · provisional · 8\u00a0% estimated");
    expect(honesty(row("2015-01-01", 1, { estimated_share: 0.0001 }), "output")).toContain("under 1\u00a0%");
  });

  it("counts orders where it is about orders", () => {
    expect(honesty(row("2015-01-01", 1, { rows: 12, line_shifts: 0 }), "delivery")).toBe("12 orders");
    expect(honesty(row("2015-01-01", 1, { rows: 12, line_shifts: 1 }), "people")).toBe("1 line shift");
  });
});
