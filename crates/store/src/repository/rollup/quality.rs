//! What was inspected on a line shift, gathered from its rows.
use super::{Cell, setup::Setup, write::Aside};
use crate::{Result, repository::Reader};

/// The rows of sums of a cell; none where nothing was entered.
pub(super) fn rows(_r: &Reader<'_>, _setup: &mut Setup, _cell: Cell) -> Result<Vec<Aside>> {
    Ok(vec![])
}
