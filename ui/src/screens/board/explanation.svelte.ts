import { call, refusal, Refused } from "../../api";
import type { Ask, Explained, ExplainedOrder, ExplainedShift } from "../../types";

/** Line shifts, or orders, that are shown at a time. */
export const PAGE = 20;
/** As many as a page may have. */
const MOST = 200;

/** Which line shift it is: a text of its client, day, line and shift. */
export const shiftKey = (shift: ExplainedShift): string => [shift.client, shift.day, shift.line, shift.shift].join(" ");

/** An answer taken apart, page by page; what is behind a line shift or an order is read when it is opened. */
export class Explanation {
  found = $state.raw<Explained | null>(null);
  shifts = $state.raw<ExplainedShift[]>([]);
  orders = $state.raw<ExplainedOrder[]>([]);
  fault = $state.raw<Refused | null>(null);
  busy = $state(false);
  readonly shown = $derived(this.shifts.length + this.orders.length);
  readonly #ask: Ask;
  // A page that was asked for before the list was read anew comes too late.
  #reading = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Reads the next page. */
  more = (): Promise<void> => this.#page(this.shown, PAGE);

  /** A line shift with its rows. */
  shift(one: ExplainedShift): Promise<ExplainedShift> {
    return this.#behind(() => this.shifts, (page) => page.line_shifts, shiftKey, one);
  }

  /** An order with its shipments and holds. */
  order(one: ExplainedOrder): Promise<ExplainedOrder> {
    return this.#behind(() => this.orders, (page) => page.orders, (order) => order.order_id, one);
  }

  async #page(offset: number, limit: number): Promise<void> {
    const reading = ++this.#reading;
    this.busy = true;
    try {
      const page = await call("kpi_explain", { ask: this.#ask, offset, limit, rows: false });
      if (reading !== this.#reading) return;
      this.found = page;
      this.shifts = [...this.shifts.slice(0, offset), ...page.line_shifts];
      this.orders = [...this.orders.slice(0, offset), ...page.orders];
      this.fault = null;
    } catch (reason) {
      if (reading === this.#reading) this.fault = refusal(reason);
    } finally {
      if (reading === this.#reading) this.busy = false;
    }
  }

  /** Asks for one of the list by its place; where others stand there by now, the list is read anew, and it is looked for once more. */
  async #behind<T>(listed: () => T[], of: (page: Explained) => T[], key: (one: T) => string, one: T): Promise<T> {
    for (const isLast of [false, true]) {
      const offset = listed().findIndex((other) => key(other) === key(one));
      if (offset < 0) break;
      const page = await call("kpi_explain", { ask: this.#ask, offset, limit: 1, rows: true });
      const [found] = of(page);
      if (found !== undefined && key(found) === key(one) && page.total === this.found?.total) return found;
      if (!isLast) await this.#page(0, Math.min(MOST, Math.max(PAGE, this.shown)));
    }
    throw new Refused({ code: "missing", message: "", field: null, params: {} });
  }
}

/** What is behind one line shift or order, from the moment it is opened. */
export class Behind<T> {
  found = $state.raw<T | null>(null);
  fault = $state.raw<Refused | null>(null);
  busy = $state(false);
  readonly #read: () => Promise<T>;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads it, once; after a fault, again. */
  load = async (): Promise<void> => {
    if (this.busy || this.found !== null) return;
    [this.busy, this.fault] = [true, null];
    try {
      this.found = await this.#read();
    } catch (reason) {
      this.fault = refusal(reason);
    } finally {
      this.busy = false;
    }
  };
}
