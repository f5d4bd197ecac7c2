import { call } from "../api";

/** What waits for this person: two values for one thing, and what the hub refused. */
export const attention = $state({ conflicts: 0, refused: 0 });

export async function countAttention(): Promise<void> {
  try {
    const found = await call("to_see_to", {});
    attention.conflicts = found.conflicts;
    attention.refused = found.refused;
  } catch {
    // The status line says that nothing answers.
  }
}

export const attentionCount = (): number => attention.conflicts + attention.refused;
