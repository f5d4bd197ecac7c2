import { describe, expect, it } from "vitest";
import { differences, type Filled } from "../screens/office/desk";

const filled = (over: Partial<Filled>): Filled => ({ login: "sam", name: "Sam", role: "supervisor", active: true, clients: [], pcs: [], password: "", ...over });

describe("what is asked of the office", () => {
  it("is nothing where nothing differs", () => {
    const before = { active: true, clients: ["a", "b"], pcs: ["x"] };
    expect(differences("u", before, filled({ clients: ["b", "a"], pcs: ["x"] }))).toEqual([]);
  });
  it("is each client and PC that came or went, and whether he works", () => {
    const before = { active: true, clients: ["a", "b"], pcs: ["x"] };
    expect(differences("u", before, filled({ clients: ["b", "c"], pcs: [], active: false }))).toEqual([
      { want: "sees", user: "u", client: "c", on: true },
      { want: "sees", user: "u", client: "a", on: false },
      { want: "sits", user: "u", device: "x", on: false },
      { want: "works", user: "u", on: false },
    ]);
  });
});
