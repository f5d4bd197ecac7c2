//! The floating pool: its people, who is taken, and bookings.
use super::print;
use crate::{
    Outcome,
    args::{Common, Pool, PoolAdd, PoolBook, PoolChange, PoolRelease, PoolWho, When, YesNo},
    door::Door,
    stop::Stop,
    table::{moment, table, text},
    words::{language, say},
};
use domain::fault::phrase;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Does what was asked of the pool.
pub(super) fn pool(common: &Common, door: &Door, what: &Pool) -> Outcome<()> {
    let json = common.json;
    match what {
        Pool::List(at) => list(json, door, at),
        Pool::Busy(at) => busy(json, door, at),
        Pool::Bookings(at) => bookings(json, door, at),
        Pool::Add(new) => add(json, door, new),
        Pool::Change(how) => change(json, door, how),
        Pool::Deactivate(who) => deactivate(json, door, who),
        Pool::Remove(who) => remove(json, door, who),
        Pool::Book(how) => book(json, door, how),
        Pool::Release(which) => release(json, door, which),
    }
}

/// The person of the pool who has a code.
pub(super) fn find(door: &Door, code: &str) -> Outcome<Option<Json>> {
    let people = door.ask("pool_list", json!({ "from_utc": 0, "to_utc": 1 }))?;
    let is = |row: &&Json| row["code"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(code));
    Ok(people.as_array().into_iter().flatten().find(is).cloned())
}

fn person(door: &Door, code: &str) -> Outcome<Json> {
    find(door, code)?.ok_or_else(|| Stop::missing("person", code).at("code"))
}

/// The time meant, as commands take it; none where none was given.
fn time(door: &Door, at: &When) -> Outcome<Option<Json>> {
    if let (Some(from), Some(to)) = (at.from, at.to) {
        return Ok(Some(json!({ "from_utc": from.0, "to_utc": to.0 })));
    }
    let Some(code) = at.client.as_deref() else { return Ok(None) };
    let client = door.client(code)?;
    let shifts = door.ask("shift_list", json!({ "client_id": client }))?;
    let is =
        |row: &&Json| row["code"].as_str().zip(at.shift.as_deref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    let shift = shifts.as_array().into_iter().flatten().find(is).map(|row| row["id"].clone());
    let shift = shift.ok_or_else(|| Stop::missing("shift", at.shift.as_deref().unwrap_or_default()))?;
    Ok(Some(json!({ "client_id": client, "shift_id": shift, "day": at.day })))
}

fn time_given(door: &Door, at: &When) -> Outcome<Json> {
    time(door, at)?.ok_or_else(|| Stop::usage("pool_when", &[]))
}

/// This moment, by the store's clock.
fn now(door: &Door) -> Outcome<Json> {
    let now = door.store.repository(&door.session)?.read(|r| Ok(r.now().0))?;
    Ok(json!({ "from_utc": now, "to_utc": now + 1 }))
}

fn list(json: bool, door: &Door, at: &When) -> Outcome<()> {
    let when = time(door, at)?.map_or_else(|| now(door), Ok)?;
    let people = door.ask("pool_list", when)?;
    let row =
        |p: &Json| vec![text(&p["code"]), text(&p["name"]), text(&p["department"]), yes(&p["active"]), yes(&p["free"])];
    print(json, &people, || {
        told(&["code", "name", "department", "active", "free"], &people, |p| vec![row(p)], "pool_nobody")
    });
    Ok(())
}

fn busy(json: bool, door: &Door, at: &When) -> Outcome<()> {
    let mut people = door.ask("pool_list", time_given(door, at)?)?;
    if let Some(all) = people.as_array_mut() {
        all.retain(|p| p["taken"].as_array().is_some_and(|taken| !taken.is_empty()));
    }
    let rows = |p: &Json| {
        let one = |t: &Json| vec![text(&p["code"]), text(&p["name"]), moment(&t["from_utc"]), moment(&t["to_utc"])];
        p["taken"].as_array().into_iter().flatten().map(one).collect()
    };
    print(json, &people, || told(&["code", "name", "from_day", "to_day"], &people, rows, "pool_nobody"));
    Ok(())
}

/// What is taken by a booking one may know of; for the others it is "busy", and no more.
fn bookings(json: bool, door: &Door, at: &When) -> Outcome<()> {
    let people = door.ask("pool_list", time_given(door, at)?)?;
    let known = |p: &Json| {
        let taken = p["taken"].as_array().cloned().unwrap_or_default();
        let code = p["code"].clone();
        let one = move |t: Json| json!({ "token": t["token"], "code": code, "from_utc": t["from_utc"], "to_utc": t["to_utc"] });
        taken.into_iter().filter(|t| t["token"].is_string()).map(one).collect::<Vec<_>>()
    };
    let all = Json::Array(people.as_array().into_iter().flatten().flat_map(known).collect());
    let row = |b: &Json| vec![vec![text(&b["token"]), text(&b["code"]), moment(&b["from_utc"]), moment(&b["to_utc"])]];
    print(json, &all, || told(&["booking", "code", "from_day", "to_day"], &all, row, "pool_no_bookings"));
    Ok(())
}

fn add(json: bool, door: &Door, new: &PoolAdd) -> Outcome<()> {
    let row = json!({ "code": new.code, "name": new.name, "department": new.department, "active": true });
    put(json, door, row)
}

fn change(json: bool, door: &Door, how: &PoolChange) -> Outcome<()> {
    let before = person(door, &how.who.code)?;
    let mut row = kept(&before, how.who.reason.as_deref());
    for (field, new) in [("code", &how.new_code), ("name", &how.name), ("department", &how.department)] {
        if let Some(new) = new {
            row[field] = json!(Some(new).filter(|text| field != "department" || !text.is_empty()));
        }
    }
    if let Some(active) = how.active {
        row["active"] = json!(active == YesNo::Yes);
    }
    put(json, door, row)
}

fn deactivate(json: bool, door: &Door, who: &PoolWho) -> Outcome<()> {
    let mut row = kept(&person(door, &who.code)?, who.reason.as_deref());
    row["active"] = json!(false);
    put(json, door, row)
}

/// A person as he is, to be saved again.
fn kept(p: &Json, reason: Option<&str>) -> Json {
    json!({ "id": p["id"], "code": p["code"], "name": p["name"], "department": p["department"],
        "active": p["active"], "reason": reason })
}

fn put(json: bool, door: &Door, row: Json) -> Outcome<()> {
    let (code, name) = (text(&row["code"]), text(&row["name"]));
    let id = door.ask("pool_employee_put", row)?;
    print(json, &json!({ "id": id, "code": code }), || say("pool_saved", &[("code", code.clone()), ("name", name)]));
    Ok(())
}

fn remove(json: bool, door: &Door, who: &PoolWho) -> Outcome<()> {
    let person = person(door, &who.code)?;
    door.ask("pool_employee_remove", json!({ "id": person["id"], "reason": who.reason }))?;
    let code = text(&person["code"]);
    print(json, &json!({ "id": person["id"], "code": code }), || say("pool_removed", &[("code", code.clone())]));
    Ok(())
}

fn book(json: bool, door: &Door, how: &PoolBook) -> Outcome<()> {
    let when = time_given(door, &how.when)?;
    let person = person(door, &how.code)?;
    let booked = door.ask("pool_book", json!({ "pool_employee_id": person["id"], "when": when }))?;
    let times = [("from", moment(&booked["from_utc"])), ("to", moment(&booked["to_utc"]))];
    let named = [("code", text(&person["code"])), ("token", text(&booked["token"]))];
    print(json, &booked, || say("pool_booked", &[times, named].concat()));
    Ok(())
}

fn release(json: bool, door: &Door, which: &PoolRelease) -> Outcome<()> {
    let released = door.ask("pool_release", json!({ "token": which.booking, "reason": which.reason }));
    let released = released.map_err(|stop| stop.or_missing("booking", &which.booking))?;
    print(json, &released, || say("pool_released", &[("token", which.booking.clone())]));
    Ok(())
}

/// A table of what each entry of a list comes to, or that there is none.
fn told(heads: &[&str], list: &Json, rows: impl Fn(&Json) -> Vec<Vec<String>>, none: &str) -> String {
    let rows: Vec<Vec<String>> = list.as_array().into_iter().flatten().flat_map(rows).collect();
    let heads: Vec<String> = heads.iter().map(|head| say(head, &[])).collect();
    if rows.is_empty() { say(none, &[]) } else { table(&heads, &rows) }
}

fn yes(json: &Json) -> String {
    phrase(language(), if json == true { "file.yes" } else { "file.no" }, &BTreeMap::new())
}
