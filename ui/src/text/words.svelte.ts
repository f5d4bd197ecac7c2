import domainEn from "$domain/en.json";
import domainEs from "$domain/es.json";
import type { Refused } from "../api";
import type { Language } from "../types";
import en from "../words/en.json";
import es from "../words/es.json";

export type Key = keyof typeof en;
type Base<K> = K extends `${infer B}.one` ? B : never;
/** Keys that come in two forms, `.one` and `.other`. */
export type Counted = Base<Key>;
export type Params = Record<string, string | number>;

// A key that is missing in Spanish fails the type check here.
const own: Record<Language, Record<Key, string>> = { en, es };
const domain: Record<Language, Record<string, string>> = { en: domainEn, es: domainEs };

const state = $state<{ language: Language }>({ language: "en" });

/** The language in use; reading it makes a view follow its change. */
export function language(): Language {
  return state.language;
}

export function speak(next: Language): void {
  state.language = next;
  if (typeof document !== "undefined") document.documentElement.lang = locale();
}

/** The locale for numbers, dates and weeks. */
export function locale(): string {
  return state.language === "es" ? "es-MX" : "en-US";
}

/** Puts values into the braces of a text. */
export function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** A text of the interface. */
export function t(key: Key, params?: Params): string {
  return fill(own[state.language][key], params);
}

/** A text with a count, in the form the count needs. */
export function tn(key: Counted, n: number, params: Params = {}): string {
  const form = `${key}.${n === 1 ? "one" : "other"}` as Key;
  return t(form, { n: n.toLocaleString(locale()), ...params });
}

export function isKey(key: string): key is Key {
  return key in en;
}

/** A text whose key is made from a code; the code itself where there is none. */
export function named(group: string, code: string): string {
  const key = `${group}.${code}`;
  return isKey(key) ? t(key) : code;
}

/** What a refusal says, in the language of the person. */
export function faultText(fault: Pick<Refused, "code" | "message" | "params">): string {
  const { code } = fault;
  const text = domain[state.language][code.startsWith("flag.") ? code : `fault.${code}`];
  return text ? fill(text, fault.params) : fault.message || fault.code;
}

/** Where an inferred value comes from, in words. */
export function sourceText(source: string): string {
  return domain[state.language][`source.${source}`] ?? named("source", source);
}

/** A text that the program shares with the command line; the code itself where there is none. */
export function domainText(group: string, code: string): string {
  return domain[state.language][`${group}.${code}`] ?? code;
}

/** What the log calls a PC that has no name yet. */
const NAMELESS = "this PC";

/** A PC by its name. */
export function pcText(name: string): string {
  return name === NAMELESS ? t("explain.this_pc") : name;
}

/** A factor of a change, in words. */
export function factorText(factor: string): string {
  return domainText("factor", factor);
}

/** The rule that says a day is not chance, in words. */
export function ruleText(rule: string): string {
  return domainText("rule", rule);
}

/** Why a figure is undefined, in words. */
export function whyText(why: string | null): string {
  if (!why) return t("why.undefined");
  return domain[state.language][`why.${why}`] ?? (isKey(`why.${why}`) ? named("why", why) : t("why.undefined"));
}
