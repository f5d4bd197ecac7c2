//! What screens choose from, and a first plant to look at.
use super::{Call, ClientView, Nothing};
use domain::{Client, Day, Id};
use serde::Serialize;
use store::{Reader, Result, Row};
use ts_rs::TS;

/// What filters offer: only what is in scope.
#[derive(Serialize, TS)]
pub struct Filters {
    clients: Vec<ClientView>,
    lines: Vec<Choice>,
    shifts: Vec<Choice>,
    products: Vec<Choice>,
    first_day: Option<Day>,
    last_day: Option<Day>,
}

/// One entry of a filter.
#[derive(Serialize, TS)]
pub struct Choice {
    client_id: Id<Client>,
    id: Id<()>,
    code: String,
    name: String,
}

fn choice(row: &Row<'_>) -> Result<Choice> {
    Ok(Choice { client_id: row.get(0)?, id: row.get(1)?, code: row.get(2)?, name: row.get(3)? })
}

pub(super) fn filters(r: &Reader<'_>, _: Nothing) -> Result<Filters> {
    let of = |table: &str| {
        r.select(&format!("SELECT client_id, id, code, name FROM {table} WHERE active = 1 ORDER BY code"), &[], choice)
    };
    let edge = |which: &str| -> Result<Option<Day>> {
        Ok(r.first(&format!("SELECT {which}(day) FROM line_shift"), &[], |row| row.get::<Option<Day>>(0))?.flatten())
    };
    Ok(Filters {
        clients: r.session().clients().iter().map(ClientView::from).collect(),
        lines: of("line")?,
        shifts: of("shift")?,
        products: of("product")?,
        first_day: edge("min")?,
        last_day: edge("max")?,
    })
}

/// Makes the demo plant; progress is told under the token `demo`.
pub(super) fn demo_make(at: &Call<'_>, _: Nothing) -> Result<Vec<ClientView>> {
    let step = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let mut tell = |done, all| (at.tell)("demo", step(done), step(all));
    let made = crate::demo::make(at.repo.store(), at.repo.session(), crate::demo::SEED, &mut tell)?;
    Ok(made.iter().map(ClientView::from).collect())
}
