// The one place that says where the types of the commands come from.
export * from "./bindings";

import type * as rust from "./bindings";

export type Language = "en" | "es";
export type Right = "client_admin" | "user_admin" | "setup" | "import" | "export" | "close_shift" | "enter" | "kpi";
export type ShiftKey = rust.Place;
export type FloorSave = rust.Save;
export type Undone = rust.UndoneView;
export type ImportKind = rust.Kind;
export type Mapping = rust.Preview["mapping"];

/** The tables the interface lists and edits by the generated commands. */
export interface Tables {
  client: rust.Client;
  client_setting: rust.ClientSetting;
  threshold: rust.Threshold;
  line: rust.Line;
  operation: rust.Operation;
  shift: rust.Shift;
  shift_time: rust.ShiftTime;
  shift_break: rust.ShiftBreak;
  product: rust.Product;
  product_standard: rust.ProductStandard;
  downtime_reason: rust.DowntimeReason;
}
export type Table = keyof Tables;
