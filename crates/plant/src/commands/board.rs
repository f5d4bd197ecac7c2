//! The board's questions.
use crate::kpi::{self, Answer, Ask, BoardAsk, Card, Explain, Explained};
use domain::{Client, Id};
use serde::Serialize;
use store::{Cube, Reader, Repository, Result};
use ts_rs::TS;

/// The cards of a board.
#[derive(Serialize, TS)]
pub struct Board {
    cards: Vec<Card>,
}

/// From this many clients on the cube answers faster than the file.
const MANY: usize = 4;

/// Reads some clients, or all in scope; many of them with the cube.
fn scoped<T>(
    repo: &Repository<'_>,
    clients: Option<&[Id<Client>]>,
    f: impl FnOnce(&Reader<'_>, Option<&Cube>) -> Result<T>,
) -> Result<T> {
    match clients {
        Some(few) if few.len() < MANY => repo.read_of(few, |r| f(r, None)),
        None if repo.session().clients().len() < MANY => repo.read(|r| f(r, None)),
        _ => repo.read_cube(|r, cube| f(r, Some(cube))),
    }
}

/// Answers one KPI.
pub fn kpi_ask(repo: &Repository<'_>, input: Ask) -> Result<Answer> {
    scoped(repo, input.clients.as_deref(), |r, cube| kpi::ask(r, cube, &input))
}

/// Runs the checks whether what was entered can be what happened.
pub(super) fn honesty(r: &Reader<'_>, input: crate::honesty::HonestyAsk) -> Result<crate::honesty::Honesty> {
    crate::honesty::honesty(r, &input)
}

pub(super) fn kpi_board(repo: &Repository<'_>, input: BoardAsk) -> Result<Board> {
    scoped(repo, input.clients.as_deref(), |r, cube| Ok(Board { cards: kpi::board(r, cube, &input)? }))
}

/// Explains a number down to the rows.
pub fn kpi_explain(repo: &Repository<'_>, input: Explain) -> Result<Explained> {
    scoped(repo, input.ask.clients.as_deref(), |r, cube| {
        kpi::explain(r, cube, &Explain { limit: input.limit.min(200), ..input.clone() })
    })
}
