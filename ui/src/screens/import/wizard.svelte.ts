import { call, onProgress, type Progress, refusal, type Refused, sendChunk } from "../../api";
import { saved } from "../../state/status.svelte";
import type { Id, Imported, ImportKind, Mapping, Preview, Undone } from "../../types";

const CHUNK = 1024 * 1024;

export type Step = "file" | "check" | "done";

/** One import from the chosen file to its result. */
export class Wizard {
  step = $state<Step>("file");
  kind = $state<ImportKind>("production");
  client = $state<Id | null>(null);
  file = $state.raw<File | null>(null);
  preview = $state.raw<Preview | null>(null);
  mapping = $state.raw<Mapping>({});
  scrapInside = $state<boolean | null>(null);
  result = $state.raw<Imported | null>(null);
  undone = $state.raw<Undone | null>(null);
  fault = $state.raw<Refused | null>(null);
  busy = $state(false);
  writing = $state(false);
  progress = $state.raw<Progress | null>(null);
  #token: string | null = null;
  #stopped = false;

  /** Hears of the progress of this import; returns how to stop. */
  listen(): () => void {
    return onProgress((p) => {
      if (this.busy && p.token === this.#token) this.progress = p;
    });
  }

  choose(file: File | null): void {
    this.file = file;
    this.fault = null;
  }

  /** Sends the file in pieces and asks what is in it. */
  async read(): Promise<void> {
    const { file } = this;
    if (!file) return;
    await this.#do(async () => {
      await this.#forget();
      const { token } = await call("import_begin", { name: file.name, size: file.size });
      this.#token = token;
      for (let offset = 0; offset < file.size && !this.#stopped; offset += CHUNK) {
        const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer());
        await sendChunk(token, offset, bytes);
        this.progress = { token, done: Math.min(file.size, offset + CHUNK), total: file.size };
      }
      if (this.#stopped) return;
      await this.#ask(null);
      this.step = "check";
    });
  }

  async #ask(mapping: Mapping | null): Promise<void> {
    const found = await call("import_preview", this.#input(mapping));
    this.preview = found;
    this.mapping = found.mapping;
  }

  #input(mapping: Mapping | null): {
    token: string;
    kind: ImportKind;
    client_id: Id | null;
    mapping: Mapping | null;
    scrap_inside: boolean | null;
  } {
    return {
      token: this.#token ?? "",
      kind: this.kind,
      client_id: this.client,
      mapping,
      scrap_inside: this.scrapInside,
    };
  }

  /** Gives a column of the file another meaning and checks all rows again. */
  async map(column: string, field: string | null): Promise<void> {
    const next: Mapping = { ...this.mapping, [column]: field };
    for (const [other, has] of Object.entries(next)) if (other !== column && field && has === field) next[other] = null;
    await this.#do(() => this.#ask(next));
  }

  async again(): Promise<void> {
    await this.#do(() => this.#ask(this.mapping));
  }

  async confirm(withoutErrors: boolean): Promise<void> {
    this.writing = true;
    await this.#do(async () => {
      this.result = await call("import_confirm", { ...this.#input(this.mapping), without_errors: withoutErrors });
      this.step = "done";
      saved();
    });
    this.writing = false;
  }

  /** Stops what is under way; nothing of it goes in. */
  async cancel(): Promise<void> {
    this.#stopped = true;
    const token = this.#token;
    if (!this.writing) {
      await this.restart();
      return;
    }
    try {
      if (token) await call("import_cancel", { token });
    } catch (reason) {
      this.fault = refusal(reason);
    }
  }

  async undo(): Promise<void> {
    await this.#do(async () => {
      this.undone = await call("undo", {});
    });
  }

  /** The rows with errors, as a file. */
  async errors(): Promise<string> {
    return call("import_errors", { token: this.#token ?? "" });
  }

  async #forget(): Promise<void> {
    const token = this.#token;
    this.#token = null;
    if (token) await call("import_cancel", { token }).catch(() => null);
  }

  async restart(): Promise<void> {
    await this.#forget();
    this.step = "file";
    this.preview = this.result = this.undone = this.file = this.progress = this.fault = null;
    this.scrapInside = null;
    this.mapping = {};
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.fault = null;
    this.#stopped = false;
    try {
      await work();
    } catch (reason) {
      this.fault = refusal(reason);
    } finally {
      this.busy = false;
      this.progress = null;
    }
  }
}

/** Hands a text to the person as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
