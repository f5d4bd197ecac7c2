// What a person did last for a client: it lies in the encrypted file beside his drafts, and goes with the client.
import { call } from "../../api";
import type { Option } from "../../grid/types";
import type { Id } from "../../types";

export interface Habits {
  line?: Id | null;
  shift?: Id | null;
  /** How often each reason was used on a line, by "line reason". */
  used: Record<string, number>;
}

const keyOf = (client: Id): string => `habit/${client}`;

export async function habitsOf(client: Id): Promise<Habits> {
  const nothing: Habits = { used: {} };
  try {
    const kept = await call("draft_get", { key: keyOf(client) });
    return kept ? { ...nothing, ...(JSON.parse(kept.body) as Partial<Habits>) } : nothing;
  } catch {
    return nothing;
  }
}

/** Where it cannot be kept, only the order of a list is lost. */
export function keepHabits(client: Id, habits: Habits): void {
  void call("draft_put", { key: keyOf(client), body: JSON.stringify(habits) }).catch(() => undefined);
}

/** Counts the reasons that were used on a line. */
export async function countUse(client: Id, line: Id, reasons: (Id | null)[]): Promise<void> {
  const named = reasons.filter((id): id is Id => id !== null);
  if (named.length === 0) return;
  const habits = await habitsOf(client);
  for (const id of named) habits.used[`${line} ${id}`] = (habits.used[`${line} ${id}`] ?? 0) + 1;
  keepHabits(client, habits);
}

/** The three most used reasons of the line first, the others as they are. */
export function byUse(reasons: Option[], line: Id, used: Habits["used"]): Option[] {
  const count = (r: Option): number => used[`${line} ${r.id}`] ?? 0;
  const often = reasons.filter((r) => count(r) > 0).sort((a, b) => count(b) - count(a)).slice(0, 3);
  return [...often, ...reasons.filter((r) => !often.includes(r))];
}
