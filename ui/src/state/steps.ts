// Undo and redo of what is saved already.

import { call, refusal } from "../api";
import { faultText, named, t, tn } from "../text/words.svelte";
import type { Undone } from "../types";
import { complain, notify, speakOut } from "./status.svelte";

/** What an undo or redo did, in words. */
export function undoneText(way: "undo" | "redo", done: Undone): string {
  const text = tn(way === "undo" ? "floor.undone" : "floor.redone", done.changed);
  const what = done.what ? `${named("table", done.what)}: ` : "";
  if (done.skipped.length === 0) return what + text;
  const who = done.skipped[0]?.author ?? t("common.unknown");
  return `${what}${text} ${tn("floor.skipped", done.skipped.length, { who })}`;
}

/** Takes the person's last saved step back, or does it again; says whether it did. */
export async function stepSaved(way: "undo" | "redo"): Promise<boolean> {
  try {
    const done = await call(way, {});
    notify("info", () => undoneText(way, done));
    return true;
  } catch (reason) {
    const fault = refusal(reason);
    if (fault.code === "nothing_to_undo" || fault.code === "nothing_to_redo") speakOut(faultText(fault));
    else complain(fault);
    return false;
  }
}
