// Typing that is not kept yet: it is written before the person leaves.

const flushes = new Set<() => Promise<void>>();

/** Registers how to keep what is typed; returns how to forget it. */
export function pending(flush: () => Promise<void>): () => void {
  flushes.add(flush);
  return () => flushes.delete(flush);
}

/** Keeps everything that is typed anywhere. */
export async function keepAll(): Promise<void> {
  await Promise.allSettled([...flushes].map((flush) => flush()));
}
