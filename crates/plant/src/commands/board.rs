//! The board's questions.
use crate::kpi::{
    self, Answer, Ask, BoardAsk, Card, Compared, Course, CourseAsk, Explain, Explained, Known, Why, WhyAsk,
};
use domain::{Client, Day, Id};
use serde::Serialize;
use store::{Cube, Needed, Reader, Repository, Result};
use ts_rs::TS;

/// The cards of a board.
#[derive(Serialize, TS)]
pub struct Board {
    cards: Vec<Card>,
}

/// From this many clients on the cube answers faster than the file.
const MANY: usize = 4;

/// Reads some clients, or all in scope; many of them with the cube, and the past as it was known.
fn scoped<T>(
    repo: &Repository<'_>,
    clients: Option<&[Id<Client>]>,
    (known, needed): (Option<&Known>, Needed),
    f: impl FnOnce(&Reader<'_>, Option<&Cube>) -> Result<T>,
) -> Result<T> {
    if let Some(known) = known {
        return repo.read_as_of(&known.then()?, clients, needed, |r| f(r, None));
    }
    match clients {
        Some(few) if few.len() < MANY => repo.read_of(few, |r| f(r, None)),
        None if repo.session().clients().len() < MANY => repo.read(|r| f(r, None)),
        _ => repo.read_cube(|r, cube| f(r, Some(cube))),
    }
}

/// What of the past these KPIs need to be told of some days.
fn needed<'a>((from, to): (Day, Day), kpis: impl IntoIterator<Item = &'a String>) -> Needed {
    let is_of_orders = |code: &'a String| kpi::named(code).is_ok_and(|kpi| kpi.family().is_of_orders());
    Needed { from, to, with_orders: kpis.into_iter().any(is_of_orders) }
}

/// Answers one KPI.
pub fn kpi_ask(repo: &Repository<'_>, input: Ask) -> Result<Answer> {
    let then = (input.known.as_ref(), needed(input.days(), [&input.kpi]));
    scoped(repo, input.clients.as_deref(), then, |r, cube| kpi::ask(r, cube, &input))
}

/// Answers the KPIs of a board.
pub fn kpi_board(repo: &Repository<'_>, input: BoardAsk) -> Result<Board> {
    let then = (input.known.as_ref(), needed(input.days(), &input.kpis));
    scoped(repo, input.clients.as_deref(), then, |r, cube| Ok(Board { cards: kpi::board(r, cube, &input)? }))
}

/// Follows one KPI from day to day, with its control chart and forecast.
pub(super) fn kpi_course(repo: &Repository<'_>, input: CourseAsk) -> Result<Course> {
    let then = (input.ask.known.as_ref(), needed(input.ask.days(), [&input.ask.kpi]));
    scoped(repo, input.ask.clients.as_deref(), then, |r, cube| kpi::course(r, cube, &input))
}

/// Runs the checks whether what was entered can be what happened.
pub(super) fn honesty(r: &Reader<'_>, input: crate::honesty::HonestyAsk) -> Result<crate::honesty::Honesty> {
    crate::honesty::honesty(r, &input)
}

/// Explains a number down to the rows.
pub fn kpi_explain(repo: &Repository<'_>, input: Explain) -> Result<Explained> {
    let then = (input.ask.known.as_ref(), needed(input.ask.days(), [&input.ask.kpi]));
    scoped(repo, input.ask.clients.as_deref(), then, |r, cube| {
        kpi::explain(r, cube, &Explain { limit: input.limit.min(200), ..input.clone() })
    })
}

/// Says why a figure changed from one period to another.
pub fn kpi_why(repo: &Repository<'_>, input: WhyAsk) -> Result<Why> {
    let then = (input.ask.known.as_ref(), needed(input.days(), [&input.ask.kpi]));
    scoped(repo, input.ask.clients.as_deref(), then, |r, cube| kpi::why(r, cube, &input))
}

/// Sets a figure beside the period before, the year before and its target.
pub fn kpi_compare(repo: &Repository<'_>, input: Ask) -> Result<Compared> {
    let then = (input.known.as_ref(), needed(kpi::compared_days(&input), [&input.kpi]));
    scoped(repo, input.clients.as_deref(), then, |r, cube| kpi::compare(r, cube, &input))
}
