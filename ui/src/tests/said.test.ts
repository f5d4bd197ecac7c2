import { beforeEach, describe, expect, it } from "vitest";
import { byText, rowText, valueText } from "../screens/conflicts/said";
import { speak } from "../text/words.svelte";
import type { Said } from "../types";

const said = (column: string, text: string | null, typed: Said["typed"], name = column): Said => ({ column, name, value: text, text, typed });
const client = { id: "c", code: "NORTH", name: "North plant" };

beforeEach(() => speak("en"));

describe("a value in dispute", () => {
  it("is a day as people read it, in their language", () => {
    expect(valueText(said("completed", "2026-11-25", null))).toBe("Nov 25, 2026");
    speak("es");
    expect(valueText(said("day", "2026-11-25", null))).toBe("25 nov 2026");
  });

  it("stays as it was typed", () => {
    expect([valueText(said("note", "2026-11-25", "text")), valueText(said("note", null, "text"))]).toEqual(["2026-11-25", "empty"]);
  });
});

describe("a row", () => {
  it("is called by its day as people read it, also within the name of a line shift", () => {
    const row = [said("line_shift_id", "2026-11-25 · DAY · L-1", null, "line_shift"), said("product_id", "P-100", null, "product")];
    expect(rowText("c", row, [client])).toBe("Nov 25, 2026 · DAY · L-1 · P-100");
  });
});

describe("who wrote a value", () => {
  it("wrote it on a PC that has a name, or on this one", () => {
    const by = (pc: string): string => byText({ person: "sara", pc, at: 0, reason: null });
    expect([by("Line 4"), by("this PC")].map((text) => text.split(",")[0])).toEqual(["sara on Line 4", "sara on this PC"]);
    speak("es");
    expect(by("this PC")).toMatch(/^sara en esta PC,/);
  });
});
