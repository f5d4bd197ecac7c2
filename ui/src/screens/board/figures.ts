// How a KPI's figure, change and honesty are written.

import { addDays, formatDay, isDay, isoWeek } from "../../text/days";
import { formatNumber } from "../../text/numbers";
import { locale, named, sourceText, t, tn } from "../../text/words.svelte";
import type { Answer, AnswerRow, Card, Direction, KpiFamily } from "../../types";
import { together } from "./ages";

export function kpiName(code: string): string {
  return named("kpi", code);
}

export function unitText(unit: string): string {
  return named("unit", unit === "%" ? "percent" : unit === "units/h" ? "units_h" : unit);
}

/** From here on a decimal says nothing: 9,523 ppm. */
const LARGE = 1000;

/** A figure with one decimal, as every card and table shows it. */
export function figure(value: number | null, digits = 1): string {
  if (value === null) return "—";
  const shown = decimals(value, digits);
  return formatNumber(value, locale(), shown, shown);
}

function decimals(value: number, most: number): number {
  return Math.abs(value) >= LARGE ? 0 : most;
}

export function withUnit(value: number | null, unit: string): string {
  // A number and its unit stay on one line.
  return value === null ? "—" : `${figure(value)}\u00a0${unitText(unit)}`;
}

/** Two ends of a range; a dash where one is open. */
export function between(low: number | null, high: number | null): string {
  return `${figure(low)} – ${figure(high)}`;
}

/** A second number in the answer's unit; a sigma level has none. */
export function besideText(beside: { name: string; value: number }, unit: string): string {
  return beside.name === "sigma" ? figure(beside.value, 2) : withUnit(beside.value, unit);
}

/** Whether a difference is nothing, as it is shown. */
export function isFlat(value: number): boolean {
  return figure(Math.abs(value)) === figure(0);
}

/** A difference with its sign: +1.2, −0.4, ±0.0. */
export function signed(value: number, digits = 1): string {
  return `${isFlat(value) ? "±" : value > 0 ? "+" : "−"}${figure(Math.abs(value), digits)}`;
}

/** A value as `figure` shows it, as a number again. */
function rounded(value: number): number {
  return Number(value.toLocaleString("en-US", { maximumFractionDigits: decimals(value, 1), useGrouping: false }));
}

/** The difference of two figures as they are shown: whoever subtracts them on paper finds the same. */
export function difference(now: number, before: number, unit: string): { by: number; text: string } {
  const by = rounded(now) - rounded(before);
  const digits = Math.max(decimals(now, 1), decimals(before, 1));
  return { by, text: distance(signed(by, digits), unit) };
}

/** A figure that is a distance between two: a share lies points away, anything else its unit. */
export function distance(text: string, unit: string): string {
  return `${text}\u00a0${unit === "%" ? t("board.points") : unitText(unit)}`;
}

/** Which way a difference goes for a KPI; none for one that has no better way. */
export function wayOf(by: number, better: Answer["better"]): Direction | "none" {
  if (isFlat(by)) return "same";
  if (better === "none") return "none";
  return (better === "higher") === by > 0 ? "better" : "worse";
}

export interface Change {
  text: string;
  way: "up" | "down" | "flat";
  tone: "good" | "bad" | "none";
}

/** The difference to the previous period, coloured by the direction of good. */
export function change(answer: Answer, now: number | null, before: number | null | undefined): Change | null {
  if (now === null || before === null || before === undefined) return null;
  const { by, text } = difference(now, before, answer.unit);
  const way = isFlat(by) ? "flat" : by > 0 ? "up" : "down";
  return { text, way, tone: TONES[wayOf(by, answer.better)] };
}

const TONES = { better: "good", worse: "bad", same: "none", none: "none" } as const;

/** Too close to its target to call: the figure steps back and its interval speaks. */
export function tooClose(row: AnswerRow | null): boolean {
  return row?.verdict === "unclear" && row.interval !== null;
}

/** How a figure lies to its target, in words; without an interval there are too few units to tell. */
export function verdictText(row: Pick<AnswerRow, "verdict" | "interval">): string {
  if (row.verdict === null) return "";
  return t(row.verdict === "unclear" && row.interval === null ? "verdict.too_few" : `verdict.${row.verdict}`);
}

/** Everything a card says of what its figure rests on. */
export function footParts(card: Card, family: KpiFamily): string[] {
  const { answer } = card;
  const row = answer.rows[0];
  if (!row) return [t("board.no_rows")];
  const { so_far, unit } = answer;
  const beside = [...(row.beside ? [row.beside] : []), ...row.parts];
  const parts = [
    tooClose(row) && row.interval ? t("board.interval", { low: figure(row.interval[0]), high: withUnit(row.interval[1], unit) }) : "",
    so_far && so_far.value !== null ? t("board.so_far", { value: withUnit(so_far.value, unit) }) : "",
    ...beside.map((one) => t("board.beside", { name: named("element", one.name), value: besideText(one, unit) })),
    ...honestyParts(row, family),
    answer.left_out > 0 ? tn("board.left_out", answer.left_out) : "",
    answer.ages.length > 0 && together(answer.ages) === null ? t("board.bands_differ") : "",
    answer.mixed_basis ? t("board.mixed") : "",
  ];
  return parts.filter((part) => part !== "");
}

/** What every one of several cards says. */
export function sharedParts(feet: string[][]): string[] {
  const [first, ...others] = feet;
  return others.length === 0 ? [] : (first ?? []).filter((part) => others.every((foot) => foot.includes(part)));
}

/** What a figure is counted by: orders, or line shifts. */
export function counted(row: AnswerRow, family: KpiFamily | undefined): number {
  return family === "delivery" ? row.rows : row.line_shifts;
}

export function countedHead(family: KpiFamily | undefined): string {
  return family === "delivery" ? t("board.orders_head") : t("board.line_shifts_head");
}

export function countedText(n: number, family: KpiFamily | undefined): string {
  return family === "delivery" ? tn("board.orders", n) : tn("board.line_shifts", n);
}

/** "412 line shifts · provisional · 8 % estimated (mostly crew from last month)" */
export function honesty(row: AnswerRow, family: KpiFamily | undefined): string {
  return honestyParts(row, family).join(" · ");
}

function honestyParts(row: AnswerRow, family: KpiFamily | undefined): string[] {
  const parts: string[] = [countedText(counted(row, family), family)];
  if (row.provisional) parts.push(t("board.provisional"));
  const share = Math.max(row.estimated_share, row.estimated_numerator ?? 0);
  if (share > 0) {
    const percent = share < 0.005 ? t("board.under_one") : formatNumber(share * 100, locale(), 0);
    parts.push(
      row.weakest
        ? t("board.estimated_from", { share: percent, source: sourceText(row.weakest) })
        : t("board.estimated", { share: percent }),
    );
  }
  return parts;
}

/** The formula with the names of the person's language and readable numbers. */
export function formulaText(formula: string): string {
  return formula
    .replace(/\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, (n) => formatNumber(Number(n), locale(), 4))
    .replace(/[a-z]+(?:_[a-z]+)*/g, (word) => named("element", word).toLocaleLowerCase(locale()))
    .replace(/(\d) %/g, "$1\u00a0%");
}

/** A day, week or month of an answer as people read it. */
export function stepText(by: string, key: string): string {
  const l = locale();
  if (by === "day" && isDay(key)) return formatDay(key, l);
  if (by === "month") return formatDay(key.length === 7 ? `${key}-01` : key, l, "month");
  if (by === "week") {
    const monday = mondayOf(key);
    if (!monday) return key;
    return t("board.week", { week: isoWeek(monday).week, day: formatDay(monday, l) });
  }
  return key;
}

/** The Monday of a week key: a day of it, or 2026-W07. */
export function mondayOf(key: string): string | null {
  if (isDay(key)) return isoWeek(key).monday;
  const m = /^(\d{4})-?W(\d{1,2})$/.exec(key);
  if (!m) return null;
  const first = isoWeek(`${m[1]}-01-04`).monday;
  return addDays(first, (Number(m[2]) - 1) * 7);
}

/** "≤ 7 d", "8–14 d", "> 30 d" */
export function bandText(band: { after: number | null; to: number | null }): string {
  const whole = (n: number): string => formatNumber(n, locale(), 0);
  if (band.after === null) return t("board.band_first", { to: whole(band.to ?? 0) });
  return band.to === null
    ? t("board.band_last", { after: whole(band.after) })
    : t("board.band", { from: whole(band.after + 1), to: whole(band.to) });
}
