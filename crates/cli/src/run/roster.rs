//! What is kept about a person of a roster.
use super::{out, print};
use crate::{Outcome, args::PersonCode, door::Door, words::say};
use domain::{Code, Fault};
use serde_json::{Value as Json, json};

/// Writes everything out that is kept about a person.
pub(super) fn export(door: &Door, who: &PersonCode) -> Outcome<()> {
    let told = door.ask("people_export", person(door, who)?)?;
    out(told.as_str().unwrap_or_default());
    Ok(())
}

/// Takes a person out of rows, log and undo.
pub(super) fn erase(json: bool, door: &Door, who: &PersonCode) -> Outcome<()> {
    let done = door.ask("people_erase", person(door, who)?)?;
    let text = |name: &str| done[name].to_string();
    print(json, &done, || say("person_erased", &[("rows", text("rows")), ("changes", text("changes"))]));
    Ok(())
}

/// The one person of a code; where several clients have one, the client must be named.
fn person(door: &Door, who: &PersonCode) -> Outcome<Json> {
    let client = who.client.as_deref().map(|code| door.client(code)).transpose()?;
    let listed = door.ask("employee_list", json!({ "client_id": client }))?;
    let is = |row: &&Json| row["code"].as_str().is_some_and(|code| code.eq_ignore_ascii_case(&who.code));
    let found: Vec<&Json> = listed.as_array().into_iter().flatten().filter(is).collect();
    match found[..] {
        [row] => Ok(json!({ "client_id": row["client_id"], "employee_id": row["id"] })),
        [] => Err(Fault::new(Code::Missing).at("code").into()),
        _ => Err(Fault::new(Code::BadInput).with("value", &who.code).at("client").into()),
    }
}
