import { call, refusal, type Refused } from "../../api";
import type { AnswerRow, Ask, Card, Filters, Id, KpiFamily, KpiView } from "../../types";
import { shell } from "../../state/session.svelte";
import { narrowed } from "./narrow";
import { anchor, firstPeriod, type Period, type Preset, periodOf } from "./period";

/** What the board is asked: period and filters, with the cards they give. */
export class BoardModel {
  filters = $state.raw<Filters | null>(null);
  /** Every KPI there is, as the engine lists them. */
  kpis = $state.raw<KpiView[]>([]);
  /** The one family that is shown; none for all. */
  family = $state<KpiFamily | null>(null);
  period = $state.raw<Period | null>(null);
  clients = $state.raw<Id[]>([]);
  lines = $state.raw<Id[]>([]);
  shifts = $state.raw<Id[]>([]);
  cards = $state.raw<Card[] | null>(null);
  fault = $state.raw<Refused | null>(null);
  busy = $state(false);
  kpi = $state<string | null>(null);
  /** The moment whose knowledge the open KPI is asked with; none for what is known now. */
  known = $state<number | null>(null);
  explain = $state.raw<Ask | null>(null);
  /** Grows with every change of rows, so views ask again. */
  version = $state(0);
  /** An operator sees the day, not the history. */
  readonly oneDay = shell.session?.role === "operator";
  #turn = 0;

  async open(): Promise<void> {
    try {
      [this.filters, this.kpis] = await Promise.all([call("filters", {}), call("kpi_list", {})]);
      const day = anchor(this.filters);
      this.period ??= this.oneDay ? { preset: "custom", from: day, to: day } : firstPeriod(this.filters);
      this.#trim();
      await this.load();
    } catch (reason) {
      this.fault = refusal(reason);
    }
  }

  /** Chosen values that went out of scope leave the filters. */
  #trim(): void {
    const found = this.filters;
    if (!found) return;
    const within = (ids: Id[], rows: { id: Id }[]): Id[] => ids.filter((id) => rows.some((r) => r.id === id));
    this.clients = within(this.clients, found.clients);
    this.lines = within(this.lines, found.lines);
    this.shifts = within(this.shifts, found.shifts);
  }

  view(code: string): KpiView | undefined {
    return this.kpis.find((kpi) => kpi.code === code);
  }

  show(code: string | null): void {
    this.known = null;
    this.kpi = code;
  }

  /** What the open KPI is asked about: the board's question, as it was known. */
  base(): Omit<Ask, "kpi" | "by"> {
    return this.known === null ? this.now() : { ...this.now(), known: { at: this.known } };
  }

  now(): Omit<Ask, "kpi" | "by"> {
    const { period } = this;
    return {
      clients: this.clients.length > 0 ? this.clients : null,
      from: period?.from ?? "",
      to: period?.to ?? "",
      lines: this.lines.length > 0 ? this.lines : null,
      shifts: this.shifts.length > 0 ? this.shifts : null,
      products: null,
    };
  }

  async load(): Promise<void> {
    if (!this.period) return;
    const turn = ++this.#turn;
    this.busy = true;
    try {
      const board = await call("kpi_board", { kpis: this.kpis.map((kpi) => kpi.code), ...this.now() });
      if (turn !== this.#turn) return;
      this.cards = board.cards;
      this.fault = null;
      this.version += 1;
    } catch (reason) {
      if (turn === this.#turn) this.fault = refusal(reason);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  setPreset(preset: Preset): void {
    if (!this.filters) return;
    this.period = periodOf(preset, this.filters, this.period);
    if (preset !== "custom") void this.load();
  }

  setDays(from: string, to: string): void {
    this.period = { preset: "custom", from, to };
    void this.load();
  }

  pick(kind: "clients" | "lines" | "shifts", ids: Id[]): void {
    this[kind] = ids;
    if (kind === "clients" && this.filters && ids.length > 0) {
      const keeps = (rows: { id: Id; client_id: Id }[], chosen: Id[]): Id[] =>
        chosen.filter((id) => rows.some((r) => r.id === id && ids.includes(r.client_id)));
      this.lines = keeps(this.filters.lines, this.lines);
      this.shifts = keeps(this.filters.shifts, this.shifts);
    }
    void this.load();
  }

  /** Opens Explain for one group: its keys narrow the filters. */
  explainRow(kpi: string, row: Pick<AnswerRow, "keys">, days: { from: string; to: string } | null): void {
    this.explain = { ...this.base(), ...(days ?? {}), kpi, by: [], ...narrowed(row.keys) };
  }
}
