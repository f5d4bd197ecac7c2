import { call, refusal, Refused } from "../../api";
import type { Column } from "../../grid/types";
import { countDrafts, saved as savedNow } from "../../state/status.svelte";
import { faultText, locale, t } from "../../text/words.svelte";
import type { Sheet, ShiftKey } from "../../types";
import { cellProblem, lacking, type Problem, rowProblem } from "./checks";
import { draftOf, readDraft, restore } from "./draft";
import { countUse } from "./habits";
import {
  type EntryRow,
  dirtyCount,
  entryCode,
  fromSheet,
  type Lists,
  rowLabel,
  type SheetRow,
  type SheetState,
} from "./model";
import { cellOf, type Saving, toSave } from "./saving";

const COALESCE_MS = 250;

/** One shift being entered: what is saved, what is typed, and the way back. */
export class ShiftSheet {
  sheet = $state.raw<Sheet | null>(null);
  state = $state.raw<SheetState | null>(null);
  fault = $state.raw<Refused | null>(null);
  busy = $state(false);
  restored = $state(false);
  canUndo = $derived.by(() => this.#steps() > 0);
  changes = $derived(this.state ? dirtyCount(this.state) : 0);

  readonly key: ShiftKey;
  readonly draftKey: string;
  #lists: Lists;
  #past = $state.raw<SheetState[]>([]);
  #future = $state.raw<SheetState[]>([]);
  #refused = $state.raw<Map<string, string>>(new Map());
  #timer: ReturnType<typeof setTimeout> | null = null;
  #kept = false;
  #writing: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(key: ShiftKey, lists: Lists) {
    this.key = key;
    this.#lists = lists;
    this.draftKey = `shift/${key.client_id}/${key.day}/${key.line_id}/${key.shift_id}`;
  }

  #steps(): number {
    return this.#past.length;
  }

  label = (hour: number | null): string => (this.sheet ? rowLabel(this.sheet, hour, t("floor.whole_shift")) : "");

  rowName = (row: EntryRow): string => entryCode(row, this.label);

  async open(): Promise<void> {
    const [sheet, kept] = await Promise.all([
      call("floor_sheet", this.key),
      call("draft_get", { key: this.draftKey }),
    ]);
    this.#show(sheet);
    const draft = kept ? readDraft(kept.body) : null;
    if (!draft || !this.state) return;
    this.#kept = true;
    this.state = restore(this.state, draft);
    this.restored = this.changes > 0;
    if (!this.restored) await this.#drop();
  }

  /** Takes in what others saved; what is typed here stays on top. */
  async refresh(): Promise<void> {
    if (this.busy || this.#ended) return;
    const sheet = await call("floor_sheet", this.key);
    if (this.busy || this.#ended) return;
    if (JSON.stringify(sheet) === JSON.stringify(this.sheet)) return;
    const draft = this.state && this.changes > 0 ? draftOf(this.state) : null;
    this.#show(sheet);
    if (draft && this.state) this.state = restore(this.state, draft);
  }

  #show(sheet: Sheet): void {
    this.sheet = sheet;
    this.state = fromSheet(sheet, this.#lists, locale(), this.label);
    this.#past = [];
    this.#future = [];
    this.#refused = new Map();
    this.fault = null;
  }

  /** Puts one step of typing in place; it can be taken back. */
  change(next: SheetState): void {
    if (!this.state || next === this.state) return;
    this.#past = [...this.#past, this.state];
    this.#future = [];
    this.#put(next);
  }

  back(): boolean {
    const last = this.#past[this.#past.length - 1];
    if (!last || !this.state) return false;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.state];
    this.#put(last);
    return true;
  }

  forth(): boolean {
    const next = this.#future[this.#future.length - 1];
    if (!next || !this.state) return false;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.state];
    this.#put(next);
    return true;
  }

  #put(next: SheetState): void {
    this.state = next;
    this.#refused = new Map();
    this.fault = null;
    this.#timer ??= setTimeout(() => void this.keep(), COALESCE_MS);
  }

  /** Writes the draft now. */
  async keep(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    else return;
    this.#timer = null;
    const { state } = this;
    if (!state || this.#ended) return;
    if (dirtyCount(state) === 0) return this.#drop();
    const body = JSON.stringify(draftOf(state));
    this.#kept = true;
    this.#writing = this.#writing
      .then(async () => {
        await call("draft_put", { key: this.draftKey, body });
        await countDrafts();
      })
      .catch((reason: unknown) => {
        this.fault = refusal(reason);
      });
    await this.#writing;
  }

  async #drop(): Promise<void> {
    if (!this.#kept) return;
    this.#kept = false;
    await this.#writing;
    await call("draft_drop", { key: this.draftKey });
    await countDrafts();
  }

  /** Ends the draft for good: what was typed is thrown away by the person. */
  async discard(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#kept = true;
    await this.#drop();
    if (this.sheet) this.#show(this.sheet);
    this.restored = false;
  }

  async save(reason?: string): Promise<boolean> {
    if (!this.state || this.busy || this.changes === 0) return false;
    this.busy = true;
    const saving = toSave(this.key, this.state, this.#lists, this.label, reason);
    try {
      await this.keep();
      const sheet = await call("floor_save", saving.input);
      await this.#drop();
      this.#show(sheet);
      this.restored = false;
      savedNow();
      const { client_id, line_id } = this.key;
      void countUse(client_id, line_id, (saving.input.stops ?? []).map((stop) => stop.reason_id ?? null));
      return true;
    } catch (reason) {
      this.#refuse(refusal(reason), saving);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #refuse(fault: Refused, saving: Saving): void {
    const cell = cellOf(fault.field, saving);
    this.fault = fault;
    if (cell) this.#refused = new Map([[`${cell.key} ${cell.column}`, faultText(fault)]]);
  }

  /** Shows a sheet that closing or reopening gave back. */
  take(sheet: Sheet): void {
    this.#show(sheet);
    savedNow();
  }

  leave(): void {
    void this.keep().finally(() => {
      this.#ended = true;
    });
  }

  /** Whether the Rust side refused this cell the last time; it may be tried again. */
  isRefused(row: SheetRow, column: Column): boolean {
    return this.#refused.has(`${row.key} ${column.key}`);
  }

  /** Refuses to save, for a reason that is known before. */
  stop(text: string): void {
    this.fault = new Refused({ code: "cell", message: text, field: null, params: {} });
  }

  /** What is wrong with a cell, in words, or nothing. */
  problem(row: SheetRow, column: Column, needs: string[] = []): string | undefined {
    const refused = this.#refused.get(`${row.key} ${column.key}`);
    if (refused) return refused;
    const found =
      cellProblem(column, row.cells[column.key] ?? "", locale()) ??
      ("hour" in row ? rowProblem(row as EntryRow, column.key) : null) ??
      lacking(row, column.key, needs);
    return found ? problemText(found) : undefined;
  }
}

/** Problems the Rust side knows too have its words; the others have ours. */
export function problemText(problem: Problem): string {
  switch (problem.code) {
    case "not_whole":
      return t("problem.not_whole", problem.params);
    case "no_option":
      return t("problem.no_option", problem.params);
    case "bad_clock":
      return t("problem.bad_clock", problem.params);
    default:
      return faultText({ code: problem.code, message: problem.code, params: problem.params });
  }
}
