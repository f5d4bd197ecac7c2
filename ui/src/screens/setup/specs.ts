// The tables of the set-up as grids: which fields they have and what they mean.

import type { Column, Option } from "../../grid/types";
import { numberIn, optionOf } from "../../grid/values";
import { formatClock, parseClock, parseDay, today } from "../../text/days";
import { editNumber } from "../../text/numbers";
import { locale, named, t, type Key } from "../../text/words.svelte";
import type { Written } from "../../api";
import type { Id, Table } from "../../types";

export type SetupTable = Exclude<Table, "client" | "client_setting">;

/** What a reference can point to: a row of a table, or a KPI. */
export type Listed = SetupTable | "kpi";

export interface FieldSpec {
  key: string;
  label: Key;
  kind: "text" | "whole" | "decimal" | "day" | "clock" | "flag" | "choice" | "ref";
  width: number;
  unit?: string;
  /** The table a reference points to, or the words of a choice. */
  of?: Listed;
  words?: readonly string[];
  group?: string;
  needed?: boolean;
  /** What a new row has where nothing is typed. */
  start?: unknown;
}

const CODE: FieldSpec = { key: "code", label: "setup.code", kind: "text", width: 150, needed: true };
const NAME: FieldSpec = { key: "name", label: "setup.name", kind: "text", width: 260 };
const ACTIVE: FieldSpec = { key: "active", label: "setup.active", kind: "flag", width: 100, start: true };
const FROM: FieldSpec = { key: "valid_from", label: "setup.valid_from", kind: "day", width: 150, needed: true };
const ref = (key: string, label: Key, of: SetupTable, needed = false): FieldSpec => ({ key, label, kind: "ref", width: 190, of, needed });
const level = (key: string, label: Key): FieldSpec => ({ key, label, kind: "decimal", width: 130 });

export const SPECS: Record<SetupTable, FieldSpec[]> = {
  line: [
    CODE,
    NAME,
    { key: "basis", label: "setup.basis", kind: "choice", width: 170, words: ["labour", "machine"], group: "basis", start: "labour" },
    ref("parent_id", "setup.parent", "line"),
    ACTIVE,
  ],
  operation: [
    CODE,
    NAME,
    { key: "sequence", label: "setup.sequence", kind: "whole", width: 110, start: 0 },
    { key: "is_final", label: "setup.is_final", kind: "flag", width: 110, start: false },
    ACTIVE,
  ],
  product: [CODE, NAME, ACTIVE],
  product_standard: [
    ref("product_id", "field.product", "product", true),
    ref("operation_id", "setup.operation", "operation"),
    FROM,
    { key: "minutes", label: "setup.minutes_per_unit", kind: "decimal", width: 170, unit: "min", needed: true },
  ],
  shift: [CODE, NAME, ACTIVE],
  shift_time: [
    ref("shift_id", "field.shift", "shift", true),
    FROM,
    { key: "start_minute", label: "setup.start", kind: "clock", width: 120 },
    { key: "end_minute", label: "setup.end", kind: "clock", width: 120 },
  ],
  shift_break: [
    ref("shift_id", "field.shift", "shift", true),
    FROM,
    { key: "start_minute", label: "setup.start", kind: "clock", width: 120, needed: true },
    { key: "minutes", label: "field.minutes", kind: "decimal", width: 120, unit: "min", needed: true },
  ],
  downtime_reason: [
    CODE,
    NAME,
    { key: "planned", label: "setup.planned", kind: "flag", width: 110, start: false },
    { key: "setup", label: "setup.setup", kind: "flag", width: 130, start: false },
    { key: "affects", label: "setup.affects", kind: "choice", width: 150, words: ["line", "station"], group: "affects", start: "line" },
    ref("parent_id", "setup.parent_reason", "downtime_reason"),
    ACTIVE,
  ],
  threshold: [
    { key: "kpi", label: "setup.kpi", kind: "ref", width: 260, of: "kpi", needed: true },
    level("target", "setup.target"),
    level("warning", "setup.warning"),
    level("critical", "setup.critical"),
  ],
};

export type Lists = Partial<Record<Listed, Option[]>>;

const flags = (): Option[] => [
  { id: "true", code: t("common.yes"), name: t("common.yes") },
  { id: "false", code: t("common.no"), name: t("common.no") },
];

function optionsOf(field: FieldSpec, lists: Lists): Option[] {
  if (field.kind === "flag") return flags();
  if (field.kind === "ref" && field.of) return lists[field.of] ?? [];
  return (field.words ?? []).map((id) => ({ id, code: named(field.group ?? "", id), name: id }));
}

export function columnsOf(table: SetupTable, lists: Lists): Column[] {
  return SPECS[table].map((field) => {
    const picks = ["flag", "choice", "ref"].includes(field.kind);
    const kind = picks ? "pick" : (field.kind as Column["kind"]);
    return {
      key: field.key,
      label: t(field.label),
      width: field.width,
      kind,
      ...(field.unit ? { unit: field.unit } : {}),
      ...(picks ? { options: optionsOf(field, lists) } : {}),
    };
  });
}

type Loose = Record<string, unknown>;

/** A saved row as typed cells. */
export function cellsFrom(table: SetupTable, row: Loose, lists: Lists): Record<string, string> {
  return Object.fromEntries(SPECS[table].map((field) => [field.key, cellFrom(field, row[field.key], lists)]));
}

function cellFrom(field: FieldSpec, value: unknown, lists: Lists): string {
  if (value === null || value === undefined) return "";
  if (field.kind === "whole" || field.kind === "decimal") return editNumber(Number(value), locale());
  if (field.kind === "clock") return formatClock(Number(value));
  if (["flag", "choice", "ref"].includes(field.kind))
    return optionsOf(field, lists).find((o) => o.id === String(value))?.code ?? "";
  return String(value);
}

/** Typed cells as a row to write; what is empty in a new row takes its start. */
export function rowFrom<T extends SetupTable>(table: T, cells: Record<string, string>, client: Id, id: Id | null, lists: Lists): Written<T> {
  const row: Loose = { client_id: client, id };
  for (const field of SPECS[table]) row[field.key] = valueFrom(field, cells[field.key] ?? "", lists);
  if ("name" in row && row.name === "") row.name = row.code;
  return row as unknown as Written<T>;
}

function valueFrom(field: FieldSpec, text: string, lists: Lists): unknown {
  if (text.trim() === "") return field.start ?? (field.kind === "text" ? "" : null);
  switch (field.kind) {
    case "whole":
    case "decimal":
      return numberIn(text, field.kind === "whole");
    case "clock":
      return parseClock(text);
    case "day":
      return parseDay(text, locale());
    case "text":
      return text.trim();
    default: {
      const id = optionOf(optionsOf(field, lists), text)?.id ?? null;
      return field.kind === "flag" ? id === "true" : id;
    }
  }
}

/** Days that a new row starts with, so that it holds at once. */
export function freshCells(table: SetupTable): Record<string, string> {
  return SPECS[table].some((f) => f.key === "valid_from") ? { valid_from: today() } : {};
}
