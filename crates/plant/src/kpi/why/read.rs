//! The cells of two periods, read once each.

use super::{
    super::{
        ask::Question,
        group::Place,
        open::{self, Open},
        read::Sums,
    },
    cells::{At, Both, Cells},
    chain::{Chain, Nodes},
    pieces::{self, Piece},
};
use domain::{
    Client, Id,
    elements::{Element, Key},
};
use std::collections::HashMap;
use store::{ClientDays, Reader, Result, work_out};

/// From so many line shifts on several clients are told apart, and not their lines and products.
///
/// Line shifts and their parts are too many to be read while somebody waits; the
/// clients' days are in memory.
pub(super) const MANY: f64 = 4_000.0;

/// How finely a question is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// One client: weekday and shift, line, product.
    Shifts,
    /// Several clients: weekday, line, product; their shifts have nothing in common.
    Lines,
    /// Many clients over many days: weekday and client.
    Clients,
}

/// What is known of one period as a whole.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Whole {
    /// The sums of the chain.
    pub sums: Nodes,
    /// Line shifts.
    pub line_shifts: f64,
    /// Line shifts of machine lines.
    pub machine_shifts: f64,
}

/// The two periods as they were read.
pub(super) struct Read<'a> {
    chain: &'a Chain,
    /// How finely.
    pub grain: Grain,
    /// Each period as a whole.
    pub wholes: [Whole; 2],
    ids: HashMap<Key, u32>,
    client_of: HashMap<u32, u32>,
    sums: HashMap<At, Both>,
}

/// Reads both periods: `sides` are the earlier and the later one.
pub(super) fn read<'a>(
    from: Sums<'_, '_>,
    sides: &[(Question, Open); 2],
    chain: &'a Chain,
    many: f64,
) -> Result<Read<'a>> {
    let (ids, client_of, sums) = Default::default();
    let grain = grain(from, sides, many);
    let mut read = Read { chain, grain, wholes: Default::default(), ids, client_of, sums };
    for (side, (question, open)) in sides.iter().enumerate() {
        for client in &question.clients {
            match (grain, from.cube) {
                (Grain::Clients, Some(cube)) => {
                    cube.client(*client).into_iter().for_each(|days| read.days(question, *client, days, side));
                }
                _ => read.rows(&from, question, *client, side)?,
            }
        }
        read.open(from.reader, question, open, side)?;
    }
    Ok(read)
}

fn grain(from: Sums<'_, '_>, sides: &[(Question, Open); 2], many: f64) -> Grain {
    let question = &sides[0].0;
    let Some(cube) = from.cube.filter(|_| question.is_of_client_days()) else {
        return if question.clients.len() == 1 { Grain::Shifts } else { Grain::Lines };
    };
    let of = |question: &Question| -> f64 {
        let days = question.clients.iter().filter_map(|client| cube.client(*client));
        days.flat_map(|days| &days.element(Element::LineShifts)[days.within(question.from, question.to)]).sum()
    };
    match question.clients.len() {
        1 => Grain::Shifts,
        _ if of(&sides[0].0) + of(&sides[1].0) < many => Grain::Lines,
        _ => Grain::Clients,
    }
}

impl Read<'_> {
    /// The cells that were read.
    pub(super) fn cells(self) -> Cells {
        Cells::of(self.sums, self.client_of)
    }

    /// Whether any cell names a product.
    pub(super) fn names_products(&self) -> bool {
        self.sums.keys().any(|at| at.product != 0)
    }

    /// Whether the two nodes of a step are the same in every cell: nothing is known of it.
    pub(super) fn is_idle(&self, step: usize) -> bool {
        let same = |sums: &Nodes| (sums[step + 1] - sums[step]).abs() <= 1e-9 * sums[step].abs();
        self.sums.values().flatten().all(same)
    }

    fn id(&mut self, key: Key) -> u32 {
        // 0 stands for none.
        let next = self.ids.len() as u32 + 1;
        if key == Key::default() { 0 } else { *self.ids.entry(key).or_insert(next) }
    }

    fn at(&mut self, place: &Place) -> At {
        let client = self.id(place.client);
        let (shift, line, product) = match self.grain {
            Grain::Shifts => (place.shift, place.line, place.product),
            Grain::Lines => (None, place.line, place.product),
            Grain::Clients => (None, Some(place.client), None),
        };
        let [shift, line, product] = [shift, line, product].map(|id| self.id(id.unwrap_or_default()));
        self.client_of.entry(line).or_insert(client);
        At { class: place.day.weekday() + 8 * shift, line, product }
    }

    fn add(&mut self, side: usize, place: &Place, piece: &Piece) {
        let at = self.at(place);
        let own = &mut self.sums.entry(at).or_default()[side];
        own.iter_mut().zip(piece.sums).for_each(|(sum, value)| *sum += value);
        let whole = &mut self.wholes[side];
        whole.sums.iter_mut().zip(piece.sums).for_each(|(sum, value)| *sum += value);
        whole.line_shifts += piece.line_shifts;
        whole.machine_shifts += piece.machine_shifts;
    }

    /// Adds a client's line shifts.
    fn rows(&mut self, from: &Sums<'_, '_>, question: &Question, client: Id<Client>, side: usize) -> Result<()> {
        let how = (self.chain, self.grain);
        pieces::each(from, question, client, how, &mut |place, piece| self.add(side, place, piece))
    }

    /// Adds a client's days.
    fn days(&mut self, question: &Question, client: Id<Client>, days: &ClientDays, side: usize) {
        for place in days.within(question.from, question.to) {
            let piece = Piece::of_day(self.chain, days, place);
            self.add(side, &Place::of_day(client.bytes(), days.days()[place]), &piece);
        }
    }

    /// Adds line shifts whose day is over and that no sum holds yet.
    fn open(&mut self, reader: &Reader<'_>, question: &Question, open: &Open, side: usize) -> Result<()> {
        for (whole, cell) in &open.overdue {
            let parts = work_out(reader, *cell)?.map(|worked| worked.parts).unwrap_or_default();
            for part in parts {
                let place = whole.part(part.key.product, part.key.operation, part.key.order);
                if question.holds(&place) {
                    let piece = Piece::of_part(self.chain, &part.sums);
                    self.add(side, &place, &piece);
                }
            }
        }
        Ok(())
    }
}

/// The open line shifts of a period.
pub(super) fn side(reader: &Reader<'_>, question: Question) -> Result<(Question, Open)> {
    let open = open::open(reader, &question)?;
    Ok((question, open))
}
