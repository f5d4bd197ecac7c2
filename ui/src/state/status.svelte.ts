import { call, refusal } from "../api";
import { faultText } from "../text/words.svelte";

export interface Notice {
  id: number;
  kind: "info" | "good" | "bad";
  text: string;
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

export function say(text: string, kind: Notice["kind"] = "info"): void {
  const id = next++;
  status.notices = [...status.notices.slice(-3), { id, kind, text }];
  // A refusal stays until it is read; the others leave by themselves.
  if (kind !== "bad") setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  status.notices = status.notices.filter((n) => n.id !== id);
}

/** Tells a screen reader something that is seen elsewhere already. */
export function speakOut(text: string): void {
  status.spoken = text;
}

/** Shows a refusal that belongs to no field. */
export function complain(reason: unknown): void {
  const fault = refusal(reason);
  say(faultText(fault), "bad");
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
