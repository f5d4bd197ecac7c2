import { describe, expect, it } from "vitest";
import { byUse } from "../screens/floor/habits";
import { forgetClients } from "../state/prefs.svelte";

const reasons = ["a", "b", "c", "d", "e"].map((id) => ({ id, code: id.toUpperCase(), name: id }));
const order = (line: string, used: Record<string, number>): string => byUse(reasons, line, used).map((r) => r.id).join("");

describe("the reasons of a stop", () => {
  it("come as they are where none was used", () => expect(order("l1", {})).toBe("abcde"));
  it("begin with the three most used of the line", () =>
    expect(order("l1", { "l1 b": 1, "l1 c": 2, "l1 d": 5, "l1 e": 9, "l2 a": 99 })).toBe("edcab"));
});

describe("the page's storage", () => {
  it("keeps how Lineboard looks and nothing of a client", () => {
    const kept = new Map([["lineboard.place.0197", "{}"], ["lineboard.preferences", "{}"], ["lineboard.used", "{}"], ["other", ""]]);
    forgetClients({ length: kept.size, key: (i) => [...kept.keys()][i] ?? null, removeItem: (key) => void kept.delete(key) });
    expect([...kept.keys()]).toEqual(["lineboard.preferences", "other"]);
  });
});
