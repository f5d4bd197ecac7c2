import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Commands, Fault, Id, Table, Tables } from "./types";

/** A refusal of the Rust side, as an error that screens can catch. */
export class Refused extends Error implements Fault {
  readonly code: string;
  readonly field: string | null;
  readonly params: Record<string, string>;

  constructor(fault: Fault) {
    super(fault.message);
    this.code = fault.code;
    this.field = fault.field;
    this.params = fault.params;
  }
}

const PAGE = 1000;
let ended: () => void = () => undefined;

/** Names what happens when the Rust side no longer knows the session. */
export function whenSessionEnds(then: () => void): void {
  ended = then;
}

/** Turns whatever a call rejected with into a refusal. */
export function refusal(reason: unknown): Refused {
  if (reason instanceof Refused) return reason;
  if (typeof reason === "object" && reason !== null && "code" in reason) {
    const fault = reason as Partial<Fault>;
    return new Refused({
      code: String(fault.code),
      message: fault.message ?? "",
      field: fault.field ?? null,
      params: fault.params ?? {},
    });
  }
  const text = reason instanceof Error ? reason.message : String(reason);
  return new Refused({ code: "internal", message: text, field: null, params: { value: text } });
}

async function raw<T>(name: string, input: object): Promise<T> {
  try {
    return await invoke<T>(name, { input });
  } catch (reason) {
    const refused = refusal(reason);
    if (refused.code === "no_session" || refused.code === "lease_over") ended();
    throw refused;
  }
}

/** Calls a command. */
export function call<N extends keyof Commands>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"]> {
  return raw(name, input);
}

/** Reads all rows of a table, page by page. */
export async function listRows<T extends Table>(table: T, client_id: Id | null): Promise<Tables[T][]> {
  const rows: Tables[T][] = [];
  for (;;) {
    const page = await raw<Tables[T][]>(`${table}_list`, { client_id, limit: PAGE, offset: rows.length });
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}

/** A row as it is written: without id it is new. */
export type Written<T extends Table> = Omit<Tables[T], "id"> & { id: Id | null };

/** Writes one row of a table. */
export function putRow<T extends Table>(table: T, row: Written<T>): Promise<Tables[T]> {
  return raw(`${table}_put`, { row });
}

/** Removes one row of a table. */
export function removeRow(table: Table, client_id: Id, id: Id): Promise<null> {
  return raw(`${table}_remove`, { client_id, id });
}

/** Sends one piece of a file as bytes, without going through text. */
export async function sendChunk(token: string, offset: number, bytes: Uint8Array): Promise<void> {
  try {
    await invoke("import_chunk", bytes, { headers: { token, offset: String(offset) } });
  } catch (reason) {
    throw refusal(reason);
  }
}

export interface Progress {
  token: string;
  done: number;
  total: number;
}

/** Hears of rows that changed, here or in another process; returns how to stop. */
export function onChanged(hear: (entities: string[]) => void): () => void {
  return hearing<{ entities: string[] }>("changed", (p) => hear(p.entities));
}

/** Something moved between this PC and its hub. */
export function onSync(hear: () => void): () => void {
  return hearing<null>("sync", hear);
}

export function onProgress(hear: (progress: Progress) => void): () => void {
  return hearing<Progress>("progress", hear);
}

function hearing<T>(event: string, hear: (payload: T) => void): () => void {
  let stop: (() => void) | null = null;
  let stopped = false;
  void listen<T>(event, (e) => hear(e.payload)).then((unlisten) => {
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
