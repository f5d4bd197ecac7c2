// The headings of a board, and what stands under each: as the engine lists it.

import type { Card, KpiFamily, KpiView } from "../../types";

export interface Shelf {
  family: KpiFamily;
  cards: Card[];
}

/** The families in the order in which the engine lists their KPIs. */
export function familiesOf(kpis: Pick<KpiView, "family">[]): KpiFamily[] {
  return [...new Set(kpis.map((kpi) => kpi.family))];
}

/** The cards under their headings; a KPI that was not answered is left out, and so is a heading without any. */
export function shelves(kpis: KpiView[], cards: Card[], only: KpiFamily | null = null): Shelf[] {
  const answered = new Map(cards.map((card) => [card.kpi, card]));
  const under = (family: KpiFamily): Card[] =>
    kpis.filter((kpi) => kpi.family === family).flatMap((kpi) => answered.get(kpi.code) ?? []);
  return familiesOf(kpis)
    .filter((family) => only === null || family === only)
    .map((family) => ({ family, cards: under(family) }))
    .filter((shelf) => shelf.cards.length > 0);
}

/** By what a KPI is broken down; by client only where there are several. */
export function groupingsOf(kpi: Pick<KpiView, "groupings"> | undefined, clients: number): string[] {
  return (kpi?.groupings ?? []).filter((by) => by !== "client" || clients > 1);
}
