import { describe, expect, it } from "vitest";
import { command, targetOf } from "../grid/keys";

const key = (name: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }) as KeyboardEvent;

describe("keys of the grid", () => {
  it("walk with Tab and leave at the ends", () => {
    expect(targetOf(key("Tab"), { row: 0, column: 2 }, 2, 3, 5)).toEqual({ row: 1, column: 0 });
    expect(targetOf(key("Tab"), { row: 1, column: 2 }, 2, 3, 5)).toBe("leave");
    expect(targetOf(key("Tab", { shiftKey: true }), { row: 0, column: 0 }, 2, 3, 5)).toBe("leave");
    expect(targetOf(key("Tab", { shiftKey: true }), { row: 1, column: 0 }, 2, 3, 5)).toEqual({ row: 0, column: 2 });
  });

  it("jump to the ends with Ctrl", () => {
    expect(targetOf(key("End", { ctrlKey: true }), { row: 0, column: 0 }, 9, 3, 5)).toEqual({ row: 8, column: 2 });
    expect(targetOf(key("ArrowUp", { ctrlKey: true }), { row: 7, column: 1 }, 9, 3, 5)).toEqual({ row: 0, column: 1 });
  });

  it("leave saving to the screen", () => {
    expect(targetOf(key("Enter", { ctrlKey: true }), { row: 0, column: 0 }, 9, 3, 5)).toBeNull();
    expect([command(key("Enter", { ctrlKey: true })), command(key("s", { ctrlKey: true })), command(key("z", { ctrlKey: true }))]).toEqual([null, null, null]);
  });

  it("tell typing from commands", () => {
    expect([command(key("7")), command(key("ñ")), command(key("Dead")), command(key("F2")), command(key("Delete"))]).toEqual(["type", "type", "dead", "edit", "clear"]);
    expect([command(key("d", { ctrlKey: true })), command(key("c", { ctrlKey: true })), command(key("x", { altKey: true }))]).toEqual(["fill", null, null]);
  });
});
