//! What is kept about a person of a roster, or of the pool.
use super::{out, pool, print};
use crate::{
    Outcome,
    args::PersonCode,
    door::Door,
    stop::Stop,
    words::{counted, say},
};
use serde_json::{Value as Json, json};

/// Where a person is kept: the commands that tell and erase him, and how they name him.
struct Person {
    export: &'static str,
    erase: &'static str,
    which: Json,
}

/// Writes everything out that is kept about a person.
pub(super) fn export(door: &Door, who: &PersonCode) -> Outcome<()> {
    let person = person(door, who)?;
    let told = door.ask(person.export, person.which)?;
    out(told.as_str().unwrap_or_default());
    Ok(())
}

/// Takes a person out of rows, log and undo.
pub(super) fn erase(json: bool, door: &Door, who: &PersonCode) -> Outcome<()> {
    let person = person(door, who)?;
    let done = door.ask(person.erase, person.which)?;
    door.store.wipe_erased()?;
    let many = |name: &str| counted(&format!("n_{name}"), done[name].as_u64().unwrap_or(0));
    let word = if done["waits"] == true { "person_erased_waits" } else { "person_erased" };
    print(json, &done, || say(word, &[("rows", many("rows")), ("changes", many("changes"))]));
    Ok(())
}

/// The one person of a code; where there are several, it must be said whose.
fn person(door: &Door, who: &PersonCode) -> Outcome<Person> {
    let mut found = if who.pool { vec![] } else { employees(door, who)? };
    if who.client.is_none() {
        found.extend(pooled(door, &who.code)?);
    }
    if found.len() > 1 {
        return Err(Stop::usage("several_people", &[("code", who.code.clone())]));
    }
    found.pop().ok_or_else(|| Stop::missing("person", &who.code).at("code"))
}

/// The people of rosters who have the code.
fn employees(door: &Door, who: &PersonCode) -> Outcome<Vec<Person>> {
    let client = who.client.as_deref().map(|code| door.client(code)).transpose()?;
    let listed = door.ask("employee_list", json!({ "client_id": client }))?;
    let is = |row: &&Json| row["code"].as_str().is_some_and(|code| code.eq_ignore_ascii_case(&who.code));
    let which = |row: &Json| json!({ "client_id": row["client_id"], "employee_id": row["id"] });
    let one = |row| Person { export: "people_export", erase: "people_erase", which: which(row) };
    Ok(listed.as_array().into_iter().flatten().filter(is).map(one).collect())
}

/// The person of the pool who has the code.
fn pooled(door: &Door, code: &str) -> Outcome<Option<Person>> {
    let which = |id: Json| json!({ "pool_employee_id": id });
    let one = |row: Json| Person {
        export: "pool_employee_export",
        erase: "pool_employee_erase",
        which: which(row["id"].clone()),
    };
    Ok(pool::find(door, code)?.map(one))
}
