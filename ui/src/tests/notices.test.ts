import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "../api";
import { enter, leave } from "../state/session.svelte";
import { complain, hush, say, status } from "../state/status.svelte";
import { speak } from "../text/words.svelte";
import type { SessionView } from "../types";

vi.mock("@tauri-apps/api/core", () => ({ invoke: vi.fn() }));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));

const session = (user: string): SessionView => ({
  user, name: user, display_name: user, role: "supervisor", language: "en", must_change: false, clients: [], may: [],
});
const shown = (): string[] => status.notices.map((notice) => notice.text());

beforeEach(() => {
  vi.useFakeTimers();
  leave();
  hush();
  speak("en");
});

describe("a notice", () => {
  it("speaks the language of the moment it is read", () => {
    say("users.saved", { name: "sara" });
    complain(new Refused({ code: "busy", message: "", field: null, params: {} }));
    expect(shown()).toEqual(["User sara saved.", "Another program is writing. Try again in a moment."]);
    speak("es");
    expect(shown()).toEqual(["Usuario sara guardado.", "Otro programa está escribiendo. Intente de nuevo en un momento."]);
  });

  it("goes by itself, unless it is a refusal", () => {
    say("password.changed");
    complain(new Refused({ code: "missing", message: "", field: null, params: {} }));
    vi.runAllTimers();
    expect(shown()).toEqual(["Not found."]);
  });

  it("is not read by the next person", () => {
    enter(session("ana"));
    complain(new Refused({ code: "missing", message: "", field: null, params: {} }));
    enter(session("ana"));
    expect(shown()).toHaveLength(1);
    leave();
    expect(shown()).toEqual([]);
    // Why somebody was put out stands at the log-in, until another comes.
    complain(new Refused({ code: "no_session", message: "", field: null, params: {} }));
    leave();
    expect(shown()).toHaveLength(1);
    enter(session("bea"));
    expect(shown()).toEqual([]);
  });
});
