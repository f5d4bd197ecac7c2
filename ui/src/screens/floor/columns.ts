import type { Column } from "../../grid/types";
import { t } from "../../text/words.svelte";
import type { Lists } from "./model";

/** The columns of the hours; the dispositions only when asked for. */
export function entryColumns(lists: Lists, details: boolean): Column[] {
  const more: Column[] = details
    ? [
        { key: "rework", label: t("field.rework"), kind: "whole", width: 92 },
        { key: "repair", label: t("field.repair"), kind: "whole", width: 100 },
        { key: "scrap", label: t("field.scrap"), kind: "whole", width: 84 },
      ]
    : [];
  return [
    { key: "product", label: t("field.product"), kind: "pick", width: 190, options: lists.products },
    { key: "produced", label: t("field.produced"), kind: "whole", width: 110 },
    { key: "defective", label: t("field.defective"), kind: "whole", width: 110 },
    ...more,
    { key: "run_minutes", label: t("field.run_minutes"), unit: "min", kind: "decimal", width: 130 },
    { key: "crew_present", label: t("field.crew_present"), kind: "decimal", width: 120 },
    { key: "note", label: t("field.note"), kind: "text", width: 220 },
  ];
}

export function stopColumns(lists: Lists): Column[] {
  return [
    { key: "reason", label: t("field.reason"), kind: "pick", width: 150, options: lists.reasons },
    { key: "minutes", label: t("field.minutes"), kind: "decimal", width: 88 },
    { key: "affected", label: t("field.affected"), kind: "decimal", width: 92 },
    { key: "station", label: t("field.station"), kind: "text", width: 82 },
    { key: "cause", label: t("field.cause"), kind: "text", width: 104 },
  ];
}

export function rejectColumns(rows: string[], lists: Lists): Column[] {
  return [
    { key: "row", label: t("field.hour"), kind: "pick", width: 128, options: rows.map((code) => ({ id: code, code, name: code })) },
    { key: "defect", label: t("field.defect"), kind: "text", width: 150, options: lists.defects },
    { key: "quantity", label: t("field.quantity"), kind: "whole", width: 92 },
    { key: "cause", label: t("field.cause"), kind: "text", width: 140 },
  ];
}
