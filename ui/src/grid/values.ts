// What a typed cell means.

import { formatClock, formatDay, parseClock, parseDay } from "../text/days";
import { formatNumber, parseNumber } from "../text/numbers";
import type { Column, Option } from "./types";

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** The option a typed text names: by code, else by name. */
export function optionOf(options: Option[], text: string): Option | null {
  const typed = fold(text);
  if (typed === "") return null;
  return options.find((o) => fold(o.code) === typed) ?? options.find((o) => fold(o.name) === typed) ?? null;
}

/** Options that fit what was typed so far: beginnings of codes and words first. */
export function matching(options: Option[], text: string, most = 50): Option[] {
  const typed = fold(text);
  if (typed === "") return options.slice(0, most);
  const ranked = options
    .map((option, i) => ({ option, i, rank: rank(fold(option.code), fold(option.name), typed) }))
    .filter((r) => r.rank < 4);
  ranked.sort((a, b) => a.rank - b.rank || a.i - b.i);
  return ranked.slice(0, most).map((r) => r.option);
}

function rank(code: string, name: string, typed: string): number {
  if (code === typed) return 0;
  if (code.startsWith(typed) || name.startsWith(typed)) return 1;
  if (`${code} ${name}`.split(/[\s\-_/]+/).some((word) => word.startsWith(typed))) return 2;
  return code.includes(typed) || name.includes(typed) ? 3 : 4;
}

/** Whether a text can be understood by its column. */
export function understood(column: Column, text: string, locale: string): boolean {
  if (text.trim() === "") return true;
  switch (column.kind) {
    case "whole":
      return parseNumber(text, true).ok;
    case "decimal":
      return parseNumber(text).ok;
    case "pick":
      return optionOf(column.options ?? [], text) !== null;
    case "day":
      return parseDay(text, locale) !== null;
    case "clock":
      return parseClock(text) !== null;
    default:
      return true;
  }
}

/** The text as it is shown when the cell is not being edited. */
export function shown(column: Column, text: string, locale: string): string {
  if (!understood(column, text, locale) || text.trim() === "") return text;
  switch (column.kind) {
    case "whole":
    case "decimal": {
      const parsed = parseNumber(text, column.kind === "whole");
      return parsed.ok && parsed.value !== null ? formatNumber(parsed.value, locale) : text;
    }
    case "pick":
      return optionOf(column.options ?? [], text)?.code ?? text;
    case "day":
      return formatDay(parseDay(text, locale) ?? text, locale);
    case "clock":
      return formatClock(parseClock(text) ?? 0);
    default:
      return text;
  }
}

export function numberIn(text: string | undefined, whole = false): number | null {
  const parsed = parseNumber(text ?? "", whole);
  return parsed.ok ? parsed.value : null;
}
