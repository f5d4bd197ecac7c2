//! Rows on their way out.
use super::{keep, out, print};
use crate::{
    Outcome,
    args::{Common, Export},
    door::Door,
    stop::Stop,
    words::say,
};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::json;
use std::path::Path;

/// Writes the rows to standard output, or as a workbook to a file.
pub(super) fn export(common: &Common, door: &Door, what: &Export) -> Outcome<()> {
    let client = what.client.as_deref().map(|code| door.client(code)).transpose()?;
    let format = match &what.xlsx {
        Some(_) => "xlsx",
        None if common.json => "json",
        None => "csv",
    };
    let asked = json!({ "kind": what.kind, "table": what.table, "client_id": client, "format": format });
    let answer = door.ask("export", asked)?;
    let text = answer.as_str().unwrap_or_default();
    match &what.xlsx {
        Some(file) => workbook(common, file, text),
        None => {
            out(text);
            Ok(())
        }
    }
}

fn workbook(common: &Common, file: &Path, text: &str) -> Outcome<()> {
    let bytes = BASE64_STANDARD.decode(text).map_err(|e| Stop::unwritable(file, &std::io::Error::other(e)))?;
    keep(file, &bytes)?;
    let name = file.display().to_string();
    print(common.json, &json!({ "file": name }), || say("exported", &[("file", name.clone())]));
    Ok(())
}
