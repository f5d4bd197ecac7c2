// What a row, a value and its author are called.
import { formatInstant } from "../../text/days";
import { locale, named, t } from "../../text/words.svelte";
import type { By, ClientRef, Said } from "../../types";

/** The value as it is shown; an empty one says so. */
export const valueText = (said: Pick<Said, "text">): string => said.text ?? t("conflicts.empty_value");

/** A value with its column, such as "Produced: 140"; what a row hangs on needs no column before it. */
export function partText(said: Said): string {
  if (said.column !== said.name) return valueText(said);
  // Hours count from the shift's first, which people call the first.
  const text = said.column === "hour" && typeof said.value === "number" ? String(said.value + 1) : valueText(said);
  return said.column === "day" ? text : `${named("column", said.name)} ${text}`;
}

/** What makes up a row, after its client where there are several. */
export function rowText(client_id: string, row: Said[], clients: ClientRef[]): string {
  const client = clients.length > 1 ? clients.find((c) => c.id === client_id)?.code : undefined;
  return [client, ...row.map(partText)].filter(Boolean).join(" · ");
}

/** Who wrote a value, where and when. */
export function byText(by: By | null): string {
  if (!by) return t("conflicts.somebody");
  const person = by.person ?? t("conflicts.somebody");
  const at = formatInstant(by.at, locale());
  return by.pc ? t("conflicts.by_pc", { person, pc: by.pc, at }) : t("conflicts.by", { person, at });
}
