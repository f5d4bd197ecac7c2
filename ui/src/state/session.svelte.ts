import { call, type Refused } from "../api";
import { speak } from "../text/words.svelte";
import type { AppState, ClientRef, Id, Language, Right, SessionView } from "../types";
import { keepAll } from "./pending";
import { prefs, setPref } from "./prefs.svelte";
import { hush } from "./status.svelte";

interface Shell {
  app: AppState | null;
  session: SessionView | null;
  /** The first admin has not yet chosen how to begin. */
  welcome: boolean;
  client: Id | null;
  problem: Refused | null;
}

export const shell = $state<Shell>({ app: null, session: null, welcome: false, client: null, problem: null });

/** Whether the person may do a thing; the Rust side decides, this only shows. */
export function may(right: Right): boolean {
  return shell.session?.may.includes(right) ?? false;
}

export function clients(): ClientRef[] {
  return shell.session?.clients ?? [];
}

/** The client of the entry, import and set-up screens. */
export function activeClient(): ClientRef | null {
  return clients().find((c) => c.id === shell.client) ?? clients()[0] ?? null;
}

export function enter(session: SessionView): void {
  if (shell.session?.user !== session.user) hush();
  shell.session = session;
  if (!session.clients.some((c) => c.id === shell.client)) shell.client = session.clients[0]?.id ?? null;
  const language: Language = session.language === "es" ? "es" : "en";
  setPref("language", language);
  speak(language);
}

/** Asks who is logged in; clients and roles may have changed. */
export async function refresh(): Promise<void> {
  const app = await call("app_state", {});
  shell.app = app;
  if (app.session) enter(app.session);
  else leave();
}

export function leave(): void {
  if (shell.session) hush();
  shell.session = null;
  shell.welcome = false;
  speak(prefs.language);
}

export async function logOut(): Promise<void> {
  await keepAll();
  await call("logout", {});
  leave();
  shell.app = await call("app_state", {});
}

export async function choose(language: Language): Promise<void> {
  speak(language);
  setPref("language", language);
  if (shell.session) enter(await call("language_set", { language }));
}
