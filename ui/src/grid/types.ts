export type Kind = "text" | "whole" | "decimal" | "pick" | "day" | "clock" | "fixed";

export interface Option {
  id: string;
  code: string;
  name: string;
}

export interface Column {
  key: string;
  label: string;
  unit?: string;
  kind: Kind;
  width: number;
  /** What a pick column offers, the most used first. */
  options?: Option[];
}

/** A row holds what was typed, cell by cell; meaning is found when it is read. */
export interface GridRow {
  key: string;
  cells: Record<string, string>;
}

export interface Edit {
  row: number;
  key: string;
  text: string;
}

export interface CellLook {
  error?: string;
  /** An inferred value, shown where nothing was typed. */
  ghost?: string;
  /** Where the inferred value comes from, or another remark for the foot line. */
  remark?: string;
}

export type Mark = "none" | "saved" | "unsaved" | "closed" | "review";

export interface Spot {
  row: number;
  column: number;
}

export interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}
