import { call, listRows, putRow, refusal, type Refused, removeRow } from "../../api";
import type { Column, Edit, GridRow, Option } from "../../grid/types";
import { countDrafts, saved } from "../../state/status.svelte";
import { faultText, locale } from "../../text/words.svelte";
import type { Id } from "../../types";
import { cellProblem } from "../floor/checks";
import { problemText } from "../floor/sheet.svelte";
import { cellsFrom, freshCells, type Lists, rowFrom, type SetupTable, SPECS } from "./specs";

export interface SetupRow extends GridRow {
  id: Id | null;
  base: Record<string, string>;
}
interface Kept {
  id: Id | null;
  cells: Record<string, string>;
}

const COALESCE_MS = 250;
const differs = (row: SetupRow): boolean =>
  Object.keys({ ...row.cells, ...row.base }).some((k) => (row.cells[k] ?? "") !== (row.base[k] ?? ""));
const blank = (row: SetupRow): boolean => Object.values(row.cells).every((text) => text === "");

/** One set-up table being edited: typed rows over the saved ones. */
export class SetupTableModel {
  rows = $state.raw<SetupRow[]>([]);
  removed = $state.raw<Id[]>([]);
  fault = $state.raw<Refused | null>(null);
  busy = $state(false);
  ready = $state(false);
  changes = $derived(this.rows.filter(differs).length + this.removed.length);
  readonly table: SetupTable;
  #client: Id;
  #lists: () => Lists;
  #refused = $state.raw<Map<string, { field: string | null; text: string }>>(new Map());
  #past: { rows: SetupRow[]; removed: Id[] }[] = [];
  #future: { rows: SetupRow[]; removed: Id[] }[] = [];
  #next = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #kept = false;

  constructor(table: SetupTable, client: Id, lists: () => Lists) {
    this.table = table;
    this.#client = client;
    this.#lists = lists;
  }

  get #draft(): string {
    return `setup/${this.#client}/${this.table}`;
  }

  async open(): Promise<void> {
    try {
      await this.#load();
      const kept = await call("draft_get", { key: this.#draft });
      if (kept) this.#lay(kept.body);
      this.ready = true;
    } catch (reason) {
      this.fault = refusal(reason);
    }
  }

  async #load(): Promise<void> {
    const found = await listRows(this.table, this.#client);
    this.rows = this.#withSpare(found.map((row) => this.#row(row.id, cellsFrom(this.table, row as never, this.#lists()))));
    this.removed = [];
    this.#refused = new Map();
    this.#past = [];
    this.#future = [];
  }

  #row(id: Id | null, base: Record<string, string>): SetupRow {
    return { key: `k${this.#next++}`, id, base, cells: { ...base } };
  }

  #withSpare(rows: SetupRow[]): SetupRow[] {
    const last = rows[rows.length - 1];
    return last && last.id === null && blank(last) ? rows : [...rows, this.#row(null, {})];
  }

  /** Lays kept typing over the saved rows. */
  #lay(body: string): void {
    const kept = JSON.parse(body) as { rows: Kept[]; removed: Id[] };
    let rows = this.rows.filter((r) => r.id === null || !kept.removed.includes(r.id));
    for (const one of kept.rows) {
      const at = rows.findIndex((r) => one.id !== null && r.id === one.id);
      if (at >= 0) rows = rows.with(at, { ...(rows[at] as SetupRow), cells: one.cells });
      else rows = [...rows.slice(0, -1), { ...this.#row(null, {}), cells: one.cells }, ...rows.slice(-1)];
    }
    this.rows = this.#withSpare(rows);
    this.removed = kept.removed;
    this.#kept = true;
  }

  apply(edits: Edit[]): void {
    this.#step();
    let rows = [...this.rows];
    for (const { row, key, text } of edits) {
      while (rows.length <= row) rows.push(this.#row(null, {}));
      const old = rows[row] as SetupRow;
      const first = old.id === null && blank(old) && text !== "";
      rows[row] = { ...old, cells: { ...(first ? freshCells(this.table) : {}), ...old.cells, [key]: text } };
    }
    rows = this.#withSpare(rows);
    this.#put(rows, this.removed);
  }

  remove(at: number[]): void {
    this.#step();
    const gone = at.flatMap((i) => this.rows[i]?.id ?? []);
    const rows = this.rows.filter((_, i) => !at.includes(i));
    this.#put(this.#withSpare(rows), [...this.removed, ...gone]);
  }

  #step(): void {
    this.#past.push({ rows: this.rows, removed: this.removed });
    this.#future = [];
  }

  #put(rows: SetupRow[], removed: Id[]): void {
    this.rows = rows;
    this.removed = removed;
    this.#refused = new Map();
    this.fault = null;
    this.#timer ??= setTimeout(() => void this.keep(), COALESCE_MS);
  }

  back(): boolean {
    const last = this.#past.pop();
    if (!last) return false;
    this.#future.push({ rows: this.rows, removed: this.removed });
    this.#put(last.rows, last.removed);
    return true;
  }

  forth(): boolean {
    const next = this.#future.pop();
    if (!next) return false;
    this.#past.push({ rows: this.rows, removed: this.removed });
    this.#put(next.rows, next.removed);
    return true;
  }

  async keep(): Promise<void> {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    try {
      if (this.changes === 0) {
        await this.#drop();
        return;
      }
      this.#kept = true;
      const rows = this.rows.filter(differs).map(({ id, cells }) => ({ id, cells }));
      await call("draft_put", { key: this.#draft, body: JSON.stringify({ rows, removed: this.removed }) });
      await countDrafts();
    } catch (reason) {
      this.fault = refusal(reason);
    }
  }

  async #drop(): Promise<void> {
    if (!this.#kept) return;
    this.#kept = false;
    await call("draft_drop", { key: this.#draft });
    await countDrafts();
  }

  /** Writes the changed rows; a refused row stays typed and says why. */
  async save(): Promise<boolean> {
    if (this.busy || this.changes === 0) return false;
    this.busy = true;
    this.fault = null;
    const refused = new Map<string, { field: string | null; text: string }>();
    let first: Refused | null = null;
    const note = (key: string, reason: unknown): void => {
      const fault = refusal(reason);
      first ??= fault;
      refused.set(key, { field: fault.field, text: faultText(fault) });
    };
    for (const id of this.removed)
      await removeRow(this.table, this.#client, id).then(() => (this.removed = this.removed.filter((r) => r !== id)), (r: unknown) => note(id, r));
    for (const row of this.rows.filter(differs)) await this.#write(row).catch((r: unknown) => note(row.key, r));
    this.busy = false;
    this.#refused = refused;
    this.fault = first;
    if (!first) {
      this.#past = [];
      this.#future = [];
      await this.#drop();
      saved();
    } else {
      this.#timer ??= setTimeout(() => void this.keep(), COALESCE_MS);
    }
    return first === null;
  }

  async #write(row: SetupRow): Promise<void> {
    if (blank(row)) {
      if (row.id) await removeRow(this.table, this.#client, row.id);
      this.rows = this.rows.filter((r) => r.key !== row.key);
      return;
    }
    const written = await putRow(this.table, rowFrom(this.table, row.cells, this.#client, row.id, this.#lists()));
    const base = cellsFrom(this.table, written as never, this.#lists());
    this.rows = this.rows.map((r) => (r.key === row.key ? { ...r, id: written.id, base, cells: { ...base } } : r));
  }

  isDirty(row: GridRow): boolean {
    return differs(row as SetupRow);
  }

  problem(row: SetupRow, column: Column): string | undefined {
    const refused = this.#refused.get(row.key);
    const fields = SPECS[this.table];
    if (refused && (refused.field?.replace(/^row\./, "") ?? fields[0]?.key) === column.key) return refused.text;
    const found = cellProblem(column, row.cells[column.key] ?? "", locale());
    if (found) return problemText(found);
    const needed = fields.find((f) => f.key === column.key)?.needed;
    if (needed && !blank(row) && !row.cells[column.key]) return faultText({ code: "empty", message: "", params: {} });
    return undefined;
  }

  /** The saved rows as choices for other tables. */
  options(): Option[] {
    return this.rows.filter((r) => r.id).map((r) => ({ id: r.id as Id, code: r.base.code ?? "", name: r.base.name ?? "" }));
  }
}
