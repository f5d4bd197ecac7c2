// How old the orders in work are, in the bands of their clients.

import type { AgeBand, ClientAges } from "../../types";

export interface Band {
  /** The age the band begins after, and ends with; none for the last. */
  after: number | null;
  to: number | null;
  orders: number;
}

export function bandsOf(bands: AgeBand[]): Band[] {
  return bands.map((band, i) => ({ after: bands[i - 1]?.to ?? null, to: band.to, orders: band.orders }));
}

/** The orders of all clients in one row of bands; none where the clients' bands end on different days. */
export function together(ages: ClientAges[]): Band[] | null {
  const first = ages[0];
  if (!first) return null;
  const ends = (one: ClientAges): string => one.bands.map((band) => band.to ?? "").join();
  if (ages.some((one) => ends(one) !== ends(first))) return null;
  const sum = (i: number): number => ages.reduce((all, one) => all + (one.bands[i]?.orders ?? 0), 0);
  return bandsOf(first.bands.map((band, i) => ({ to: band.to, orders: sum(i) })));
}

/** The part of the orders a band holds, in percent. */
export function shareOf(bands: Band[], band: Band): number {
  const all = bands.reduce((sum, one) => sum + one.orders, 0);
  return all === 0 ? 0 : (band.orders / all) * 100;
}
