import { describe, expect, it } from "vitest";
import { change, figure, formulaText, honesty } from "../screens/board/figures";
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
      "earned minutes / available minutes = 33,301.68 / 35,400 = 94.0725 %",
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
