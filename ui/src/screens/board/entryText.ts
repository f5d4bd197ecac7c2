// The values of a row that somebody entered, in words.

import { formatDay, isDay } from "../../text/days";
import { formatNumber } from "../../text/numbers";
import { domainText, locale, named, sourceText, t } from "../../text/words.svelte";
import type { ExplainedEntry } from "../../types";

/** The values of a row, each inferred one with its source. */
export function entryText(entry: ExplainedEntry): string {
  return Object.entries(entry.values)
    .filter(([key, value]) => !key.endsWith("_source") && !(key === "share" && value === "1"))
    .map(([key, value]) => {
      if (key === "hour") return t("explain.hour", { n: Number(value) + 1 });
      const source = entry.values[`${key}_source`];
      const from = source && source !== "entered" ? ` (${sourceText(source)})` : "";
      return `${nameOf(key)} ${shown(key, value)}${from}`;
    })
    .join(" · ");
}

function shown(key: string, value: string): string {
  if (isDay(value)) return formatDay(value, locale());
  if (key === "status") return named("order_status", value);
  if (key === "state") return domainText("hold_state", value);
  if (key === "delay") return named("delay", value);
  return value !== "" && Number.isFinite(Number(value)) ? formatNumber(Number(value), locale(), 2) : value;
}

function nameOf(key: string): string {
  const field = named("field", key);
  return field === key ? named("element", key) : field;
}
