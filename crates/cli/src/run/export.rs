//! Rows on their way out.
use super::out;
use crate::{
    Outcome,
    args::{Common, Export},
    door::Door,
};
use serde_json::json;

/// Writes the rows to standard output.
pub(super) fn export(common: &Common, door: &Door, what: &Export) -> Outcome<()> {
    let client = what.client.as_deref().map(|code| door.client(code)).transpose()?;
    let format = if common.json { "json" } else { "csv" };
    let answer =
        door.ask("export", json!({ "kind": what.kind, "table": what.table, "client_id": client, "format": format }))?;
    out(answer.as_str().unwrap_or_default());
    Ok(())
}
