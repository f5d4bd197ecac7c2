import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

export type Catalogue = Record<string, string>;

/** The names between braces of a text, sorted. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? "").sort();
}

/** Says what differs between two catalogues that must mean the same. */
export function differences(name: string, a: Catalogue, b: Catalogue): string[] {
  const found: string[] = [];
  for (const key of Object.keys(a)) {
    const other = b[key];
    if (other === undefined) found.push(`${name}: ${key} is missing in es`);
    else if (other.trim() === "") found.push(`${name}: ${key} is empty in es`);
    else if (placeholders(a[key] ?? "").join() !== placeholders(other).join())
      found.push(`${name}: ${key} has other placeholders in es`);
  }
  for (const key of Object.keys(b)) if (!(key in a)) found.push(`${name}: ${key} is missing in en`);
  return found;
}

/** Keys that the source asks for and no catalogue has. */
export function unknownKeys(root: string, known: Catalogue): string[] {
  const found: string[] = [];
  for (const file of sources(join(root, "src"))) {
    const text = readFileSync(file, "utf8");
    for (const m of text.matchAll(/\bt\(\s*["']([^"']+)["']/g))
      if (m[1] && !(m[1] in known)) found.push(`${file}: no text for ${m[1]}`);
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "tests" ? [] : sources(path);
    return /\.(svelte|ts)$/.test(name) ? [path] : [];
  });
}

export function read(path: string): Catalogue {
  return JSON.parse(readFileSync(path, "utf8")) as Catalogue;
}

/** Everything wrong with the texts of the application. */
export function wordFaults(root: string): string[] {
  const own = join(root, "src/words");
  const domain = join(root, "../crates/domain/words");
  const en = read(join(own, "en.json"));
  return [
    ...differences("ui", en, read(join(own, "es.json"))),
    ...differences("domain", read(join(domain, "en.json")), read(join(domain, "es.json"))),
    ...unknownKeys(root, en),
  ];
}

/** Fails the build when a text is missing in a language. */
export function wordsChecked(root: string): Plugin {
  return {
    name: "words-checked",
    apply: "build",
    buildStart() {
      const faults = wordFaults(root);
      if (faults.length > 0) this.error(faults.join("\n"));
    },
  };
}
