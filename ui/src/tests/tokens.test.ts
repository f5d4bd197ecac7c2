import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = join(dirname(fileURLToPath(import.meta.url)), "..");
const css = readFileSync(join(src, "tokens.css"), "utf8");

type Tokens = Record<string, string>;

function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("\n}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1] as string, m[2] as string]));
}

const light = block(":root");
const themes: Record<string, Tokens> = {
  light,
  dark: { ...light, ...block(':root[data-theme="dark"]') },
  contrast: { ...light, ...block(':root[data-theme="contrast"]') },
};

function luminance(hex: string): number {
  const part = (i: number): number => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

const TEXTS = ["text", "muted", "accent", "good", "warn", "bad", "info"];
const GROUNDS = ["ground", "surface", "raised"];
const MARKS = ["border-input", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6", "previous", "accent"];

describe.each(Object.entries(themes))("theme %s", (_, tokens) => {
  it("has texts that can be read", () => {
    for (const text of TEXTS)
      for (const ground of GROUNDS)
        expect(contrast(tokens[text] ?? "", tokens[ground] ?? ""), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens["on-accent"] ?? "", tokens.accent ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("has marks that can be seen", () => {
    for (const mark of MARKS)
      for (const ground of ["surface", "raised"])
        expect(contrast(tokens[mark] ?? "", tokens[ground] ?? ""), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "tests" ? [] : sources(path);
    return /\.(svelte|ts|css)$/.test(name) && name !== "tokens.css" ? [path] : [];
  });
}

describe("components", () => {
  const files = sources(src).map((path) => ({ path, text: readFileSync(path, "utf8") }));

  it("take every colour from the tokens", () => {
    const found = files.filter((f) => /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;\s"')])|\brgba?\(/i.test(f.text.replace(/"#"/g, "")));
    expect(found.map((f) => f.path)).toEqual([]);
  });

  it("stay short", () => {
    const written = files.filter((f) => !/(contract|bindings)\.ts$/.test(f.path));
    expect(written.filter((f) => f.text.split("\n").length >= 400).map((f) => f.path)).toEqual([]);
  });

  it("load nothing from elsewhere", () => {
    expect(files.filter((f) => /https?:\/\/(?!ipc\.localhost)|eval\(|new Function/.test(f.text)).map((f) => f.path)).toEqual([]);
  });
});
