// The one place that says where the types of the commands come from.
export * from "./contract";

import type * as rows from "./contract";

/** The tables the interface lists and edits by the generated commands. */
export interface Tables {
  client: rows.Client;
  client_setting: rows.ClientSetting;
  threshold: rows.Threshold;
  line: rows.Line;
  operation: rows.Operation;
  shift: rows.Shift;
  shift_time: rows.ShiftTime;
  shift_break: rows.ShiftBreak;
  product: rows.Product;
  product_standard: rows.ProductStandard;
  downtime_reason: rows.DowntimeReason;
}
export type Table = keyof Tables;
