//! Files on their way in.
use super::print;
use crate::{
    Outcome,
    args::{Common, Import, YesNo, is_kind, kinds},
    bar::Bar,
    door::Door,
    stop::Stop,
    words::{counted, language, say},
};
use domain::fault::phrase;
use plant::import::{table::FILE_MAX, why::Why};
use serde_json::{Map, Value as Json, json};
use std::{collections::HashSet, fs::File, io::Read, path::Path};

/// Errors that are printed in words.
const SHOWN: usize = 20;

/// Refuses what no rows are, before anybody logs in and a file is read.
pub(super) fn of_a_kind(what: &Import) -> Outcome<()> {
    match kind(what) {
        Some(word) if !is_kind(word) => {
            Err(Stop::usage("no_such_kind", &[("value", word.into()), ("allowed", kinds())]).at("kind"))
        }
        _ => Ok(()),
    }
}

/// Looks at a file and, when that is confirmed, brings it in.
pub(super) fn import(common: &Common, door: &Door, what: &Import) -> Outcome<()> {
    let token = hand_in(door, what)?;
    let client = what.client.as_deref().map(|code| door.client(code)).transpose()?;
    let mut wish = json!({
        "token": token, "kind": kind(what), "table": what.table, "client_id": client,
        "scrap_inside": what.scrap_inside.map(|s| s == YesNo::Yes),
    });
    let bar = Bar::new(say("checking", &[]), common.json);
    let mut tell = |done: u32, all: u32| bar.at(done.into(), all.into());
    let mut seen = look(door, &wish, &mut tell)?;
    if let Some(mapping) = mapping(&seen, &what.map)? {
        wish["mapping"] = mapping;
        seen = look(door, &wish, &mut tell)?;
    }
    drop(bar);
    translate(&mut seen);
    let confirmed = what.confirm.then(|| confirm(common, door, what, wish));
    // What was refused is told with its rows: the refusal alone names none.
    let imported = confirmed.as_ref().and_then(|done| done.as_ref().ok());
    let answer = json!({ "preview": seen, "imported": imported });
    print(common.json, &answer, || in_words(&seen, imported, what.confirm));
    confirmed.map_or(Ok(()), |done| done.map(|_| ()))
}

fn look(door: &Door, wish: &Json, tell: &mut dyn FnMut(u32, u32)) -> Outcome<Json> {
    let tell = std::cell::RefCell::new(tell);
    door.call("import_preview", wish.clone(), &|_, done, all| (tell.borrow_mut())(done, all))
}

fn confirm(common: &Common, door: &Door, what: &Import, mut wish: Json) -> Outcome<Json> {
    let bar = Bar::new(say("importing", &[]), common.json);
    wish["without_errors"] = what.without_errors.into();
    door.call("import_confirm", wish, &|_, done, all| bar.at(done.into(), all.into()))
}

/// A table has no kind: the one word before it was the file.
fn kind(what: &Import) -> Option<&str> {
    what.table.is_none().then_some(what.kind.as_str())
}

fn path(what: &Import) -> &Path {
    what.file.as_deref().unwrap_or(Path::new(&what.kind))
}

/// Reads the file onto the desk, as a window's pieces would come.
fn hand_in(door: &Door, what: &Import) -> Outcome<String> {
    let unreadable = |why: std::io::Error| Stop::unreadable(path(what), &why);
    let mut bytes = vec![];
    let file = File::open(path(what)).map_err(unreadable)?;
    file.take(FILE_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > FILE_MAX {
        return Err(Why::FileTooLarge.fault().with("limit", FILE_MAX / 1024 / 1024).into());
    }
    let name = path(what).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let begun = door.ask("import_begin", json!({ "name": name, "size": bytes.len() }))?;
    let token = begun["token"].as_str().unwrap_or_default().to_string();
    door.desk.chunk(&door.session, &token, 0, &bytes)?;
    Ok(token)
}

/// The guessed mapping with what was said instead; none where nothing was said.
fn mapping(seen: &Json, said: &[String]) -> Outcome<Option<Json>> {
    if said.is_empty() {
        return Ok(None);
    }
    let mut mapping: Map<String, Json> = seen["mapping"].as_object().cloned().unwrap_or_default();
    for pair in said {
        let (column, field) =
            pair.rsplit_once('=').ok_or_else(|| Stop::usage("map_form", &[("value", pair.clone())]).at("map"))?;
        mapping.insert(column.into(), if field.is_empty() { Json::Null } else { field.into() });
    }
    Ok(Some(Json::Object(mapping)))
}

/// Errors in the language of the command line.
fn translate(seen: &mut Json) {
    for error in seen["errors"].as_array_mut().into_iter().flatten() {
        let params = serde_json::from_value(error["params"].clone()).unwrap_or_default();
        let key = format!("fault.{}", error["code"].as_str().unwrap_or_default());
        error["message"] = phrase(language(), &key, &params).into();
    }
}

fn in_words(seen: &Json, imported: Option<&Json>, confirmed: bool) -> String {
    let mut lines = vec![rows_seen(seen)];
    for column in seen["columns"].as_array().into_iter().flatten() {
        let text = |key: &str| column[key].as_str().unwrap_or("—").to_string();
        lines.push(format!("  {} → {}", text("name"), text("field")));
    }
    let created = created(&seen["creates"]);
    if !created.is_empty() {
        lines.push(say(if imported.is_some() { "created" } else { "would_create" }, &[("what", created)]));
    }
    lines.extend(errors(seen));
    lines.push(match imported {
        Some(done) => written(done),
        None => say(if confirmed { "nothing_written" } else { "only_looked" }, &[]),
    });
    lines.join("\n")
}

fn number(json: &Json) -> u64 {
    json.as_u64().unwrap_or(0)
}

/// "3 rows, 2 good, 1 with errors, 0 here already"
fn rows_seen(seen: &Json) -> String {
    let told = [("good", "good"), ("errors", "error_count"), ("already", "already")];
    let told = told.map(|(name, key)| (name, seen[key].to_string()));
    say("rows_seen", &[&[("rows", counted("n_rows", number(&seen["rows"])))][..], &told].concat())
}

/// "2 rows written, 0 here already, 1 left out"
fn written(done: &Json) -> String {
    let told = ["unchanged", "skipped"].map(|key| (key, done[key].to_string()));
    say("imported", &[&[("written", counted("n_rows_written", number(&done["written"])))][..], &told].concat())
}

/// The first errors, and how many rows more have some.
fn errors(seen: &Json) -> Vec<String> {
    let all = seen["errors"].as_array().cloned().unwrap_or_default();
    let shown: HashSet<String> = all.iter().take(SHOWN).map(|e| e["row"].to_string()).collect();
    let mut lines: Vec<String> = all.iter().take(SHOWN).map(error).collect();
    // Where a column lacks, every row counts as wrong, and its one error says it all.
    let left = number(&seen["error_count"]).saturating_sub(shown.len() as u64);
    if left > 0 && all.len() >= SHOWN {
        lines.push(counted("more_errors", left));
    }
    lines
}

fn error(error: &Json) -> String {
    let field = error["field"].as_str().map(|f| format!(", {f}")).unwrap_or_default();
    let message = error["message"].as_str().unwrap_or_default();
    say("row_error", &[("row", error["row"].to_string()), ("field", field), ("message", message.into())])
}

/// "clients SEWING, FINISHING; lines 24; …"
fn created(creates: &Json) -> String {
    let one = |(kind, value): (&String, &Json)| match value {
        Json::Array(codes) if !codes.is_empty() => {
            let codes: Vec<&str> = codes.iter().filter_map(Json::as_str).collect();
            Some(format!("{} {}", say(&format!("of_{kind}"), &[]), codes.join(", ")))
        }
        Json::Number(n) if n.as_u64() != Some(0) => Some(format!("{} {n}", say(&format!("of_{kind}"), &[]))),
        _ => None,
    };
    creates.as_object().into_iter().flatten().filter_map(one).collect::<Vec<_>>().join("; ")
}
