// Numbers as people type them: comma and point are both decimal marks.

export type Parsed = { ok: true; value: number | null } | { ok: false };

const GROUPED = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;

/**
 * Understands a typed number; nothing typed is `null`.
 *
 * A single mark is a decimal mark, whichever it is: 1,23 is never 123.
 * Only a whole-number field reads 1,273 as groups of thousands.
 */
export function parseNumber(text: string, whole = false): Parsed {
  const typed = text.trim().replace(/[−–]/g, "-");
  if (typed === "") return { ok: true, value: null };
  const sign = typed.startsWith("-") ? -1 : 1;
  const digits = ungroup(typed.replace(/^[+-]/, ""));
  const plain = toPlain(digits, whole);
  if (plain === null) return { ok: false };
  const value = Number(plain) * sign;
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return { ok: false };
  return { ok: true, value: value === 0 ? 0 : value };
}

/** Drops spaces and apostrophes, where they stand between groups of three. */
function ungroup(text: string): string {
  return /^\d{1,3}([\s'’]\d{3})+([.,]\d*)?$/.test(text) ? text.replace(/[\s'’]/g, "") : text;
}

function toPlain(text: string, whole: boolean): string | null {
  if (!/^[\d.,]+$/.test(text) || !/\d/.test(text)) return null;
  const marks = [...text].filter((c) => c === "." || c === ",");
  if (marks.length === 0) return text;
  const last = marks[marks.length - 1] as string;
  if (marks.length === 1) return whole && GROUPED.test(text) ? text.replace(last, "") : text.replace(last, ".");
  if (new Set(marks).size === 1) return GROUPED.test(text) ? text.replaceAll(last, "") : null;
  return mixed(text, last);
}

/** Both marks: the last is the decimal mark, the others must group. */
function mixed(text: string, decimal: string): string | null {
  const at = text.lastIndexOf(decimal);
  const head = text.slice(0, at);
  const tail = text.slice(at + 1);
  const group = decimal === "." ? "," : ".";
  if (head.includes(decimal) || !GROUPED.test(head)) return null;
  return `${head.replaceAll(group, "")}.${tail || "0"}`;
}

/** A number in the marks of a locale, without rounding what was typed. */
export function formatNumber(value: number, locale: string, most = 6, least = 0): string {
  return value.toLocaleString(locale, { maximumFractionDigits: most, minimumFractionDigits: least });
}

/** A number as it goes into a cell: no groups, the decimal mark of the locale. */
export function editNumber(value: number | null, locale: string): string {
  if (value === null) return "";
  return value.toLocaleString(locale, { maximumFractionDigits: 6, useGrouping: false });
}
