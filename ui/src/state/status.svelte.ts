import { call, refusal } from "../api";
import { faultText, type Key, type Params, t } from "../text/words.svelte";

export interface Notice {
  id: number;
  kind: "info" | "good" | "bad";
  /** Asked for whenever it is shown: the person may change the language. */
  text: () => string;
}

interface Status {
  notices: Notice[];
  spoken: string;
  drafts: number;
  savedAt: number | null;
  reachable: boolean;
}

/** What the status line and the notices show. */
export const status = $state<Status>({ notices: [], spoken: "", drafts: 0, savedAt: null, reachable: true });

let next = 1;
const SHOWN_MS = 6000;

/** Shows for a while what was done. */
export function say(key: Key, params: Params = {}): void {
  notify("good", () => t(key, params));
}

export function notify(kind: Notice["kind"], text: () => string): void {
  const id = next++;
  status.notices = [...status.notices.slice(-3), { id, kind, text }];
  // A refusal stays until it is read; the others leave by themselves.
  if (kind !== "bad") setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  status.notices = status.notices.filter((n) => n.id !== id);
}

/** Takes away what was said to one person before another comes. */
export function hush(): void {
  status.notices = [];
  status.spoken = "";
}

/** Tells a screen reader something that is seen elsewhere already. */
export function speakOut(text: string): void {
  status.spoken = text;
}

/** Shows a refusal that belongs to no field. */
export function complain(reason: unknown): void {
  const fault = refusal(reason);
  notify("bad", () => faultText(fault));
}

export async function countDrafts(): Promise<void> {
  try {
    status.drafts = (await call("draft_list", {})).length;
    status.reachable = true;
  } catch {
    status.reachable = false;
  }
}

export function saved(): void {
  status.savedAt = Date.now();
  status.reachable = true;
}
