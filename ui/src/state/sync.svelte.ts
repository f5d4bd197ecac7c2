import { call } from "../api";
import type { SyncView } from "../types";

/** How the PC stands to its hub; null where it has none. */
export const sync = $state<{ view: SyncView | null }>({ view: null });

export async function readSync(): Promise<void> {
  try {
    sync.view = await call("sync_status", {});
  } catch {
    // The status line says that nothing answers.
  }
}

/** What is not yet at the hub, of the clients one sees. */
export const waitingCount = (view: SyncView): number => view.clients.reduce((sum, c) => sum + c.waiting + c.cut_off, 0);

/** A clock that is off by more than this is worth a word. */
export const CLOCK_OFF_MS = 2 * 60_000;

export type SyncState = "paused" | "lease" | "away" | "trouble" | "filling" | "sending" | "rest";

/** How it stands, in one word: the worst of it. */
export function stateOf(view: SyncView): SyncState {
  if (view.lease_over) return "lease";
  if (view.paused) return "paused";
  if (view.trouble === "unreachable" || view.contact === null) return "away";
  if (view.trouble !== null || view.clients.some((c) => c.trouble !== null)) return "trouble";
  if (view.clients.some((c) => !c.caught_up)) return "filling";
  return waitingCount(view) > 0 ? "sending" : "rest";
}
