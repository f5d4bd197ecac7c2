//! The board's questions.
use super::Nothing;
use crate::kpi::{
    self, Answer, Ask, BoardAsk, Card, Compared, Course, CourseAsk, Explain, Explained, Known, Kpi, KpiView, Why,
    WhyAsk,
};
use domain::{Client, Code, Day, Fault, Id, elements::Family};
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
/// From this many days on it does so for a board of any clients, which needs almost every sum of each day.
const LONG: u32 = 120;

/// Reads some clients, or all in scope; many of them with the cube, and the past as it was known.
fn scoped<T>(
    repo: &Repository<'_>,
    clients: Option<&[Id<Client>]>,
    then: (Option<&Known>, Needed),
    f: impl FnOnce(&Reader<'_>, Option<&Cube>) -> Result<T>,
) -> Result<T> {
    let few = clients.map_or_else(|| repo.session().clients().len(), <[_]>::len) < MANY;
    read(repo, clients, then, !few, f)
}

/// The same with the cube or without it.
fn read<T>(
    repo: &Repository<'_>,
    clients: Option<&[Id<Client>]>,
    (known, needed): (Option<&Known>, Needed),
    with_cube: bool,
    f: impl FnOnce(&Reader<'_>, Option<&Cube>) -> Result<T>,
) -> Result<T> {
    if let Some(known) = known {
        return repo.read_as_of(&known.then()?, clients, needed, |r| f(r, None));
    }
    match clients {
        _ if with_cube => repo.read_cube(|r, cube| f(r, Some(cube))),
        Some(few) => repo.read_of(few, |r| f(r, None)),
        None => repo.read(|r| f(r, None)),
    }
}

/// The past as it was known, if it is asked for, and what of it these KPIs need to be told of some days.
///
/// Absences are hidden from viewers and operators, and a past day's hours are recounted from the rows their reader
/// sees: a figure of people without its absences would be wrong, so it is refused.
fn then<'k, 'a>(
    repo: &Repository<'_>,
    known: Option<&'k Known>,
    (from, to): (Day, Day),
    kpis: impl IntoIterator<Item = &'a String>,
) -> Result<(Option<&'k Known>, Needed)> {
    let families: Vec<Family> = kpis.into_iter().filter_map(|code| kpi::named(code).ok()).map(Kpi::family).collect();
    if known.is_some() && families.contains(&Family::People) && !repo.session().role().sees_people() {
        return Err(Fault::new(Code::Forbidden).at("known").into());
    }
    let with_orders = families.into_iter().any(Family::is_of_orders);
    Ok((known, Needed { from, to, with_orders }))
}

/// Lists every KPI with what may be asked of it.
pub(super) fn kpi_list(r: &Reader<'_>, _: Nothing) -> Result<Vec<KpiView>> {
    Ok(kpi::list(r))
}

/// Answers one KPI.
pub fn kpi_ask(repo: &Repository<'_>, input: Ask) -> Result<Answer> {
    let then = then(repo, input.known.as_ref(), input.days(), [&input.kpi])?;
    let kept = repo.kept();
    scoped(repo, input.clients.as_deref(), then, |r, cube| kpi::ask_kept(r, cube, &kept, &input))
}

/// Answers the KPIs of a board.
pub fn kpi_board(repo: &Repository<'_>, input: BoardAsk) -> Result<Board> {
    let then = then(repo, input.known.as_ref(), input.days(), &input.kpis)?;
    let board = |r: &Reader<'_>, cube: Option<&Cube>| Ok(Board { cards: kpi::board(r, cube, &input)? });
    if input.from.days_to(input.to) >= LONG {
        return read(repo, input.clients.as_deref(), then, true, board);
    }
    scoped(repo, input.clients.as_deref(), then, board)
}

/// Follows one KPI from day to day, with its control chart and forecast.
pub(super) fn kpi_course(repo: &Repository<'_>, input: CourseAsk) -> Result<Course> {
    let then = then(repo, input.ask.known.as_ref(), input.ask.days(), [&input.ask.kpi])?;
    scoped(repo, input.ask.clients.as_deref(), then, |r, cube| kpi::course(r, cube, &input))
}

/// Runs the checks whether what was entered can be what happened.
pub(super) fn honesty(r: &Reader<'_>, input: crate::honesty::HonestyAsk) -> Result<crate::honesty::Honesty> {
    crate::honesty::honesty(r, &input)
}

/// Explains a number down to the rows.
pub fn kpi_explain(repo: &Repository<'_>, input: Explain) -> Result<Explained> {
    let then = then(repo, input.ask.known.as_ref(), input.ask.days(), [&input.ask.kpi])?;
    let kept = repo.kept();
    scoped(repo, input.ask.clients.as_deref(), then, |r, cube| {
        kpi::explain_kept(r, cube, &kept, &Explain { limit: input.limit.min(200), ..input.clone() })
    })
}

/// Says why a figure changed from one period to another.
pub fn kpi_why(repo: &Repository<'_>, input: WhyAsk) -> Result<Why> {
    let then = then(repo, input.ask.known.as_ref(), input.days(), [&input.ask.kpi])?;
    let kept = repo.kept();
    scoped(repo, input.ask.clients.as_deref(), then, |r, cube| kpi::why_kept(r, cube, &kept, &input))
}

/// Sets a figure beside the period before, the year before and its target.
pub fn kpi_compare(repo: &Repository<'_>, input: Ask) -> Result<Compared> {
    let then = then(repo, input.known.as_ref(), kpi::compared_days(&input), [&input.kpi])?;
    scoped(repo, input.clients.as_deref(), then, |r, cube| kpi::compare(r, cube, &input))
}
