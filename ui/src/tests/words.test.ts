import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { differences, placeholders, read, unknownKeys, wordFaults } from "../../build/words.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const en = read(join(root, "src/words/en.json"));

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return ["tests", "words"].includes(name) ? [] : sources(path);
    return [path];
  });
}

describe("texts", () => {
  it("are complete in both languages, with the same placeholders", () => {
    expect(wordFaults(root)).toEqual([]);
  });

  it("would miss a key, a placeholder and an unknown key", () => {
    expect(differences("ui", { a: "x {n}" }, { a: "x {m}" })).toHaveLength(1);
    expect(differences("ui", { a: "x" }, {})).toHaveLength(1);
    expect(differences("ui", {}, { a: "x" })).toHaveLength(1);
    expect(unknownKeys(root, {}).length).toBeGreaterThan(50);
    expect(placeholders("{b} {a}")).toEqual(["a", "b"]);
  });

  it("come in pairs where they count", () => {
    const ones = Object.keys(en).filter((k) => k.endsWith(".one"));
    expect(ones.filter((k) => !(k.replace(/one$/, "other") in en))).toEqual([]);
  });

  it("are all used", () => {
    const text = sources(join(root, "src")).map((path) => readFileSync(path, "utf8")).join("\n");
    const made = [...text.matchAll(/`([a-z_]+)\.\$\{|`([a-z_]+\.[a-z_]+_)\$\{|named\("([a-z_]+)"|group: "([a-z_]+)"/g)];
    const stems = made.map((m) => m[1] ?? m[3] ?? m[4] ?? m[2] ?? "");
    const unused = Object.keys(en).filter((key) => {
      const base = key.replace(/\.(one|other)$/, "");
      return !text.includes(`"${base}"`) && !text.includes(`'${base}'`) && !stems.some((s) => (s.endsWith("_") ? key.startsWith(s) : key.startsWith(`${s}.`)));
    });
    expect(unused).toEqual([]);
  });

  it("hold no capitals-only words, no oops and no exclamation marks", () => {
    const bad = Object.entries({ ...en, ...read(join(root, "src/words/es.json")) }).filter(([, v]) => /[!¡]|oops|successfully/i.test(v));
    expect(bad).toEqual([]);
  });
});
