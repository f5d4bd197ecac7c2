import type { Language } from "../types";

export type Theme = "system" | "light" | "dark" | "contrast";

interface Prefs {
  theme: Theme;
  language: Language;
  glove: boolean;
  details: boolean;
}

const KEY = "lineboard.preferences";

/** The page's storage lies in clear: what an earlier Lineboard kept there of clients goes. */
export function forgetClients(storage: Pick<Storage, "length" | "key" | "removeItem">): void {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i));
  for (const key of keys) if (key?.startsWith("lineboard.") && key !== KEY) storage.removeItem(key);
}

function first(): Prefs {
  const spanish = typeof navigator !== "undefined" && navigator.language.startsWith("es");
  const start: Prefs = { theme: "system", language: spanish ? "es" : "en", glove: false, details: false };
  try {
    forgetClients(localStorage);
    return { ...start, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Prefs>) };
  } catch {
    return start;
  }
}

/** What a person set on this PC: looks only, nothing of the plant. */
export const prefs = $state<Prefs>(first());

function keep(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // A full or blocked storage costs the preference, nothing else.
  }
}

export function setPref<K extends keyof Prefs>(key: K, value: Prefs[K]): void {
  prefs[key] = value;
  keep();
  if (key === "theme") applyTheme();
}

/** Puts the chosen or the system's theme on the page. */
export function applyTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const more = matchMedia("(prefers-contrast: more)").matches;
  const system = more ? "contrast" : dark ? "dark" : "light";
  document.documentElement.dataset.theme = prefs.theme === "system" ? system : prefs.theme;
}

export function followSystem(): void {
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
    matchMedia(query).addEventListener("change", applyTheme);
  applyTheme();
}

/** The theme that is shown now. */
export function shownTheme(): string {
  void prefs.theme;
  return document.documentElement.dataset.theme ?? "light";
}
