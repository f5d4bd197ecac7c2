//! Which orders an answer was made of, and what they rest on.

use super::{Kpi, ages, as_of::AsOf, ask::Question, group::counts, kept, orders, read::Sums, sources};
use domain::{Client, Day, Id, WorkOrder, elements::Family};
use std::{cmp::Reverse, ops::Range};
use store::Result;

/// An order that an answer was made of.
pub(super) struct Listed {
    pub client: Id<Client>,
    pub order: Id<WorkOrder>,
    pub as_of: Day,
}

/// The orders of an answer.
pub(super) struct Found {
    /// Those of one page.
    pub page: Vec<Listed>,
    /// How many there are.
    pub total: usize,
    /// What all of them rest on.
    pub behind: sources::Listed,
}

/// The orders of a question: of delivery by promised day, of WIP age the oldest first.
pub(super) fn find(sums: &Sums<'_, '_>, question: &Question, kpi: &Kpi, page: &Range<usize>) -> Result<Found> {
    let as_of = AsOf::of(sums.reader, question, &[kpi.family()])?;
    match kpi.family() {
        Family::Orders => due(sums, question, &as_of, page),
        _ => in_work(sums, question, &as_of, page),
    }
}

/// Days tell how many orders there are; only those of the days on the page are looked at one by one.
fn due(sums: &Sums<'_, '_>, question: &Question, as_of: &AsOf, page: &Range<usize>) -> Result<Found> {
    let mut found = Found { page: Vec::new(), total: 0, behind: sources::Listed::default() };
    for client in question.clients.iter().copied() {
        let (mut on_page, mut began): (Option<(usize, Day, Day)>, _) = (None, (None, 0));
        kept::each_due(sums, question, client, as_of, &mut |day, orders, group| {
            let here = found.total..found.total + orders;
            if began.0 != Some(day) {
                began = (Some(day), here.start);
            }
            if here.start < page.end && page.start < here.end {
                on_page = Some(on_page.map_or((began.1, day, day), |(start, first, _)| (start, first, day)));
            }
            found.behind.weigh(orders, group);
            found.total = here.end;
        })?;
        let Some((mut at, first, last)) = on_page else { continue };
        let days = question.over(first, last);
        orders::due(sums.reader, &days, client, as_of, counts(Family::Orders), &mut |order, _, _| {
            found.page.extend(page.contains(&at).then(|| Listed { client, order, as_of: as_of.day(client) }));
            at += 1;
        })?;
    }
    Ok(found)
}

fn in_work(sums: &Sums<'_, '_>, question: &Question, as_of: &AsOf, page: &Range<usize>) -> Result<Found> {
    let (mut all, mut behind) = (Vec::new(), sources::Listed::default());
    for client in question.clients.iter().copied() {
        let (as_of, ages) = ages::of_client(sums, question, client, as_of)?;
        for (order, age) in ages.iter() {
            behind.weigh(1, &ages::group(age));
            all.push((Reverse(age.minutes - age.held), Listed { client, order: *order, as_of }));
        }
    }
    all.sort_unstable_by_key(|(age, one)| (*age, one.order));
    let total = all.len();
    let page = all.into_iter().map(|(_, one)| one).skip(page.start).take(page.len()).collect();
    Ok(Found { page, total, behind })
}
