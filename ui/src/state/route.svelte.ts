import { attentionCount } from "./attention.svelte";
import { may, shell } from "./session.svelte";
import { sync } from "./sync.svelte";

export type Screen = "shift" | "conflicts" | "board" | "import" | "setup" | "clients" | "users" | "sync";

const state = $state<{ screen: Screen | null }>({ screen: null });

/** The screens this person may open, in the order of the rail. */
export function screens(): Screen[] {
  const open: Screen[] = [];
  if (may("enter")) open.push("shift");
  // It comes when there is something to decide, and stays while it is looked at.
  if (attentionCount() > 0 || state.screen === "conflicts") open.push("conflicts");
  if (may("kpi")) open.push("board");
  if (may("import")) open.push("import");
  if (may("setup")) open.push("setup");
  if (may("client_admin")) open.push("clients");
  if (may("user_admin")) open.push("users");
  if (sync.view || may("user_admin")) open.push("sync");
  return open;
}

/** The screen that is shown: the chosen one, else the one the role works on. */
export function screen(): Screen | null {
  const open = screens();
  if (state.screen && open.includes(state.screen)) return state.screen;
  const enters = shell.session?.role === "operator" || shell.session?.role === "supervisor";
  const first: Screen = enters ? "shift" : "board";
  return open.includes(first) ? first : (open[0] ?? null);
}

export function go(next: Screen): void {
  state.screen = next;
}

export function forget(): void {
  state.screen = null;
}
