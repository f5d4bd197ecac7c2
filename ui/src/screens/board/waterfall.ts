// A change as steps that lead from the value before to the value after.

import type { FactorPart, Why } from "../../types";

export interface WaterStep {
  part: FactorPart;
  /** The value before the step, and after it. */
  from: number;
  to: number;
}

export interface Waterfall {
  before: number;
  after: number;
  steps: WaterStep[];
  /** The span of the axis, with a little room at both ends. */
  low: number;
  high: number;
}

/** The steps of a change; none where one of its ends is undefined. */
export function waterfall(why: Pick<Why, "before" | "after" | "factors">): Waterfall | null {
  const { before, after } = why;
  if (before.value === null || after.value === null) return null;
  let at = before.value;
  const steps = why.factors.map((part) => {
    const from = at;
    at += part.part;
    return { part, from, to: at };
  });
  const all = [before.value, after.value, ...steps.map((step) => step.to)];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
  return { before: before.value, after: after.value, steps, low: low - room, high: high + room };
}

/** Where a value lies on the axis, in percent. */
export function placeOf(fall: Waterfall, value: number): number {
  return ((value - fall.low) / (fall.high - fall.low)) * 100;
}

/** How far the steps miss the value after: the parts add up, so nothing but rounding. */
export function missing(fall: Waterfall): number {
  const end = fall.steps[fall.steps.length - 1]?.to ?? fall.before;
  return Math.abs(end - fall.after);
}
