// What a row, a value and its author are called.
import { formatDay, formatInstant, isDay } from "../../text/days";
import { locale, named, pcText, t } from "../../text/words.svelte";
import type { By, ClientRef, Said } from "../../types";

/** The key of the plant's own log, which is no client's. */
const PLANT = "0".repeat(32);

/** A moment, which the program keeps as a number and people read as day and time. */
export const isMoment = (said: Said): boolean => /_(at|utc)$/.test(said.column) && typeof said.value === "number";

/** The value as it is shown; an empty one says so. */
export function valueText(said: Said): string {
  if (isMoment(said)) return formatInstant(said.value as number, locale());
  if (said.text === null) return t("conflicts.empty_value");
  return said.typed === null ? withDays(said.text) : said.text;
}

/** A day as people read it, also where it is part of what a row is called: 2026-03-09 · DAY · L-1. */
const withDays = (text: string): string =>
  text.split(" · ").map((part) => (isDay(part) ? formatDay(part, locale()) : part)).join(" · ");

/** What a log is called: its client's code, or the pool's name. */
export const logName = (client_id: string, clients: ClientRef[]): string =>
  client_id.replaceAll("-", "") === PLANT ? t("sync.pool") : (clients.find((c) => c.id === client_id)?.code ?? "");

/** A value with its column, such as "Produced: 140"; what a row hangs on needs no column before it. */
export function partText(said: Said): string {
  if (said.column !== said.name) return valueText(said);
  // Hours count from the shift's first, which people call the first.
  const text = said.column === "hour" && typeof said.value === "number" ? String(said.value + 1) : valueText(said);
  return said.column === "day" ? text : `${named("column", said.name)} ${text}`;
}

/** What makes up a row, after its client where there are several. */
export function rowText(client_id: string, row: Said[], clients: ClientRef[]): string {
  const client = logName(client_id, clients);
  return [clients.length > 1 || !clients.some((c) => c.id === client_id) ? client : "", ...row.map(partText)].filter(Boolean).join(" · ");
}

/** Who wrote a value, where and when. */
export function byText(by: By | null): string {
  if (!by) return t("conflicts.somebody");
  const person = by.person ?? t("conflicts.somebody");
  const at = formatInstant(by.at, locale());
  return by.pc ? t("conflicts.by_pc", { person, pc: pcText(by.pc), at }) : t("conflicts.by", { person, at });
}
