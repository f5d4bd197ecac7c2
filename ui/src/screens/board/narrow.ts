// A group of an answer as a question of its own: its keys narrow the filters.

import type { Ask } from "../../types";

/** The groups that a question can be narrowed to; order numbers and priorities of the client's own are none. */
const NARROWS: Record<string, (key: string) => Partial<Ask>> = {
  client: (id) => ({ clients: [id] }),
  line: (id) => ({ lines: [id] }),
  shift: (id) => ({ shifts: [id] }),
  product: (id) => ({ products: [id] }),
  operation: (id) => ({ operations: [id] }),
  step: (id) => ({ operations: [id] }),
  order: (id) => ({ orders: [id] }),
  job: (id) => ({ jobs: [id] }),
  // A department is its name; the empty word stands for people of none.
  department: (name) => ({ departments: [name] }),
};

/** Whether the rows of a grouping can be asked for alone. */
export function isFilter(by: string): boolean {
  return by in NARROWS;
}

/** The filters that hold one group. */
export function narrowed(keys: Record<string, string | undefined>): Partial<Ask> {
  return Object.assign({}, ...Object.entries(keys).map(([by, key]) => (key === undefined ? {} : NARROWS[by]?.(key)))) as Partial<Ask>;
}
