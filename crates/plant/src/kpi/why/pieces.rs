//! What both periods are read in: parts of line shifts, or sums of them.

use super::{
    super::{ask::Question, group::Place, kept, read::Sums},
    chain::{Chain, Nodes},
    read::Grain,
};
use domain::{
    Client, Day, Id,
    elements::{self, Element, Key},
};
use std::collections::BTreeMap;
use store::{ClientDays, KeptGroup, Reader, Result, values};

/// Everything that any chain has at its nodes, and what is counted beside it.
const READ: [Element; 11] = [
    Element::Available,
    Element::Planned,
    Element::Stops,
    Element::Run,
    Element::Produced,
    Element::Good,
    Element::Earned,
    Element::EarnedGood,
    Element::RunClock,
    Element::MachineShifts,
    Element::LineShifts,
];

/// The sums of one piece of a period.
pub(super) struct Piece {
    pub sums: Nodes,
    pub line_shifts: f64,
    pub machine_shifts: f64,
}

impl Piece {
    fn of(chain: &Chain, of: impl Fn(Element) -> f64) -> Piece {
        let [line_shifts, machine_shifts] = [Element::LineShifts, Element::MachineShifts].map(&of);
        Piece { sums: chain.nodes(of), line_shifts, machine_shifts }
    }

    /// A client's day in a cube.
    pub(super) fn of_day(chain: &Chain, days: &ClientDays, place: usize) -> Piece {
        Piece::of(chain, |element| days.element(element)[place])
    }

    /// A part that was just worked out.
    pub(super) fn of_part(chain: &Chain, sums: &elements::Sums) -> Piece {
        Piece::of(chain, |element| sums[element])
    }

    fn of_read(chain: &Chain, numbers: &[f64]) -> Piece {
        let value = |element: Element| READ.iter().zip(numbers).find(|(own, _)| **own == element).map(|(_, sum)| *sum);
        Piece::of(chain, |element| value(element).unwrap_or_default())
    }
}

/// Gives the pieces of a client's line shifts: from memory day by day where it can, else part by part.
pub(super) fn each(
    from: &Sums<'_, '_>,
    question: &Question,
    client: Id<Client>,
    (chain, grain): (&Chain, Grain),
    give: &mut dyn FnMut(&Place, &Piece),
) -> Result<()> {
    let shelf = if grain == Grain::Shifts { "why by shift" } else { "why" };
    let work_out = |first, last| worked_out(from.reader, &question.over(first, last), client, grain);
    let known = kept::days(from, question, (client, shelf), work_out, &mut |day, group| {
        let [shift, line, product] = [0, 1, 2].map(|at| group.keys.get(at).copied());
        let place = Place { shift, line, product, ..Place::of_day(client.bytes(), day) };
        give(&place, &Piece::of_read(chain, &group.numbers));
    })?;
    if known {
        return Ok(());
    }
    parts(from.reader, question, client, &mut |place, numbers| give(place, &Piece::of_read(chain, numbers)))
}

/// The numbers of each day as finely as the grain tells them apart.
fn worked_out(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    grain: Grain,
) -> Result<Vec<(Day, KeptGroup)>> {
    // In order, so that what is added up later comes to the same last bit every time.
    let mut sums = BTreeMap::<(Day, [Option<Key>; 3]), [f64; READ.len()]>::new();
    parts(reader, question, client, &mut |place, numbers| {
        let shift = place.shift.filter(|_| grain == Grain::Shifts);
        let own = sums.entry((place.day, [shift, place.line, place.product])).or_insert([0.0; READ.len()]);
        own.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    })?;
    let kept = |((day, keys), numbers): ((Day, [Option<Key>; 3]), [f64; READ.len()])| {
        let keys = keys.map(Option::unwrap_or_default).to_vec();
        (day, KeptGroup { keys, numbers: Box::new(numbers), sources: elements::Sources::default() })
    };
    Ok(sums.into_iter().map(kept).collect())
}

/// Gives the parts of a client's line shifts that are asked about.
fn parts(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    give: &mut dyn FnMut(&Place, &[f64; READ.len()]),
) -> Result<()> {
    for table in ["kpi_line_shift WHERE parts = 1 AND", "kpi_part WHERE"] {
        let sql = format!(
            "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, {}
             FROM {table} client_id = ?1 AND day BETWEEN ?2 AND ?3",
            READ.map(Element::name).join(", ")
        );
        reader.select(&sql, values![client, question.from, question.to], |row| {
            let whole = Place::of_line_shift(client.bytes(), row.get::<Day>(0)?, row.get(1)?, row.get(2)?);
            let place = whole.part(row.get(3)?, row.get(4)?, row.get(5)?);
            if question.holds(&place) {
                let mut numbers = [0.0; READ.len()];
                for (column, number) in numbers.iter_mut().enumerate() {
                    *number = row.get(6 + column)?;
                }
                give(&place, &numbers);
            }
            Ok(())
        })?;
    }
    Ok(())
}
