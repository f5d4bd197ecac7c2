import { describe, expect, it } from "vitest";
import { editNumber, formatNumber, parseNumber } from "../text/numbers";

const value = (text: string, whole = false): number | null | "no" => {
  const parsed = parseNumber(text, whole);
  return parsed.ok ? parsed.value : "no";
};

describe("typed numbers", () => {
  it("takes comma and point as decimal marks", () => {
    expect(value("1,23")).toBe(1.23);
    expect(value("1.23")).toBe(1.23);
    expect(value(",5")).toBe(0.5);
    expect(value("30.5")).toBe(30.5);
    expect(value("-2,5")).toBe(-2.5);
  });

  it("never drops a single mark of a decimal field", () => {
    expect(value("1,234")).toBe(1.234);
    expect(value("1.234")).toBe(1.234);
  });

  it("reads groups where they cannot be meant otherwise", () => {
    expect(value("1,234.5")).toBe(1234.5);
    expect(value("1.234,5")).toBe(1234.5);
    expect(value("1,234,567")).toBe(1_234_567);
    expect(value("1 234,5")).toBe(1234.5);
    expect(value("1\u00a0273", true)).toBe(1273);
  });

  it("reads groups in counts and refuses fractions there", () => {
    expect(value("1,273", true)).toBe(1273);
    expect(value("1.273", true)).toBe(1273);
    expect(value("1,5", true)).toBe("no");
    expect(value("0,27", true)).toBe("no");
  });

  it("says no rather than guess", () => {
    for (const text of ["abc", "1,2,3", "1.2.3", "12,34.5", "1e5", "1,234.567.8", "5 5", "--1", ".", "0x1f"])
      expect(value(text), text).toBe("no");
  });

  it("understands nothing as nothing", () => {
    expect(value("")).toBeNull();
    expect(value("  ")).toBeNull();
  });

  it("edits what it can read back, in both locales", () => {
    for (const locale of ["en-US", "es-MX", "de-DE"])
      for (const n of [0, 30.5, 1273, 0.125, 1234567.25]) expect(value(editNumber(n, locale)), locale).toBe(n);
    expect(formatNumber(1273, "en-US")).toBe("1,273");
  });
});
