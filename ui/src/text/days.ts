// Days are calendar dates without a time zone: "YYYY-MM-DD".

import type { Day } from "../types";

const MS = 86_400_000;

export function toUtc(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function fromUtc(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: Day, n: number): Day {
  return fromUtc(toUtc(day) + n * MS);
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((toUtc(to) - toUtc(from)) / MS);
}

/** Today on this PC's calendar. */
export function today(now = new Date()): Day {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function monthStart(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function monthEnd(day: Day): Day {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return fromUtc(Date.UTC(year, month, 0));
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toUtc(text)) && fromUtc(toUtc(text)) === text;
}

/** Understands a typed day: 2026-03-09, 9/3/2026 or 3/9/2026 by the order of the locale. */
export function parseDay(text: string, locale: string): Day | null {
  const typed = text.trim();
  if (isDay(typed)) return typed;
  const m = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(typed);
  if (!m) return null;
  const [a, b, year] = [m[1], m[2], m[3]] as [string, string, string];
  const [d, mo] = locale.startsWith("en-US") ? [b, a] : [a, b];
  const day = `${year}-${mo.padStart(2, "0")}-${d.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}

type Style = "short" | "long" | "month" | "weekday";
const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  short: { day: "numeric", month: "short" },
  long: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "short", year: "numeric" },
  weekday: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
};
const formats = new Map<string, Intl.DateTimeFormat>();

export function formatDay(day: Day, locale: string, style: Style = "long"): string {
  const key = `${locale} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: "UTC" });
  formats.set(key, format);
  return Number.isNaN(toUtc(day)) ? day : format.format(toUtc(day));
}

/** An instant as this PC's clock shows it. */
export function formatInstant(ms: number, locale: string): string {
  return new Date(ms).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
}

/** The instant at which this PC's clock shows a time of a day; none for what is no time. */
export function instantOf(day: Day, time: string): number | null {
  const minutes = parseClock(time);
  if (minutes === null || !isDay(day)) return null;
  const at = new Date(`${day}T00:00:00`);
  at.setHours(0, minutes);
  return at.getTime();
}

/** The ISO week of a day: its year, number and Monday. */
export function isoWeek(day: Day): { year: number; week: number; monday: Day } {
  const weekday = (new Date(toUtc(day)).getUTCDay() + 6) % 7;
  const thursday = toUtc(day) + (3 - weekday) * MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / MS / 7) + 1;
  return { year, week, monday: addDays(day, -weekday) };
}

/** Minutes after midnight as a clock time. */
export function formatClock(minutes: number): string {
  const m = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
}

/** Understands 6, 6:30, 06.30 or 0630 as minutes after midnight. */
export function parseClock(text: string): number | null {
  const m = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(text.trim());
  if (!m) return null;
  const hour = Number(m[1]);
  const minute = Number(m[2] ?? 0);
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}
