//! List, get, put and remove of every client table, from the one list of entities.
use super::{bindings::Bindings, parse};
use domain::{Client, Code, Entity, Fault, HoldEntry, Id};
use serde::Deserialize;
use serde_json::Value as Json;
use store::{Error, Repository, Result, Writer};

/// Which rows are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    client_id: Option<Id<Client>>,
    limit: Option<i64>,
    offset: Option<i64>,
}

/// Which row is meant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    client_id: Id<Client>,
    id: Id<()>,
    reason: Option<String>,
}

/// What is saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Save {
    row: serde_json::Map<String, Json>,
    reason: Option<String>,
}

const PAGE: i64 = 10_000;

fn list<E: Entity>(repo: &Repository<'_>, input: Json) -> std::result::Result<Json, Fault> {
    let input: List = parse(input)?;
    let clients = match input.client_id {
        Some(one) => vec![one],
        None => repo.session().clients().iter().map(|c| c.id).collect(),
    };
    let (limit, offset) = (input.limit.unwrap_or(PAGE).clamp(0, PAGE), input.offset.unwrap_or(0).max(0));
    super::answer(repo.read_of(&clients, |r| {
        let mut rows: Vec<E> = vec![];
        for client in &clients {
            let room = limit + offset - rows.len() as i64;
            rows.extend(r.list::<E>(*client, room.max(0), 0)?);
        }
        let skip = usize::try_from(offset).unwrap_or(0);
        Ok(rows.into_iter().skip(skip).collect::<Vec<_>>())
    }))
}

fn get<E: Entity>(repo: &Repository<'_>, input: Json) -> std::result::Result<Json, Fault> {
    let input: Which = parse(input)?;
    super::answer(repo.read(|r| r.get::<E>(input.client_id, input.id.cast())))
}

fn remove<E: Entity>(repo: &Repository<'_>, input: Json) -> std::result::Result<Json, Fault> {
    let input: Which = parse(input)?;
    super::answer(repo.write(|w| {
        w.names(E::TABLE);
        w.because(input.reason);
        let before: Option<E> = w.find(input.client_id, input.id.cast())?;
        w.remove::<E>(input.client_id, input.id.cast())?;
        follow(w, before.as_ref(), None)
    }))
}

fn put<E: Entity>(repo: &Repository<'_>, input: Json) -> std::result::Result<Json, Fault> {
    let input: Save = parse(input)?;
    super::answer(repo.write(|w| {
        w.names(E::TABLE);
        w.because(input.reason.clone());
        let row: E = row(w, input.row)?;
        if E::TABLE == Client::TABLE {
            found(w, &row)?
        } else {
            let before: Option<E> = w.find(row.client(), row.id())?;
            w.put(&row)?;
            follow(w, before.as_ref(), Some(&row))?
        }
        Ok(row)
    }))
}

/// A hold takes its order with it, whichever command is taken.
fn follow<E: Entity>(w: &mut Writer<'_>, before: Option<&E>, after: Option<&E>) -> Result<()> {
    if E::TABLE != HoldEntry::TABLE {
        return Ok(());
    }
    let hold = |row: &E| HoldEntry::of(row.client(), row.id().cast(), row.values());
    super::holds::follow(w, before.and_then(hold).as_ref(), after.and_then(hold).as_ref())
}

/// A client that is not there yet is founded: it enters its maker's scope.
fn found<E: Entity>(w: &mut Writer<'_>, row: &E) -> Result<()> {
    if w.session().covers(row.client()) {
        return w.put(row).map(|_| ());
    }
    let client = Client::of(row.client(), row.id().cast(), row.values()).ok_or(Error::from(Code::BadInput))?;
    w.found(&client)
}

/// The row as typed, with the id it must have where none was given.
fn row<E: Entity>(w: &Writer<'_>, mut row: serde_json::Map<String, Json>) -> Result<E> {
    if row.get("id").is_some_and(|id| !id.is_null()) {
        return parse(Json::Object(row)).map_err(Error::from);
    }
    let id = w.fresh::<E>();
    row.insert("id".into(), Json::from(id.to_string()));
    if E::TABLE == Client::TABLE {
        row.insert("client_id".into(), Json::from(id.to_string()));
    }
    let typed: E = parse(Json::Object(row))?;
    let id = typed.natural().unwrap_or(id);
    E::of(typed.client(), id, typed.values()).ok_or(Error::from(Code::BadInput))
}

macro_rules! dispatch {
    ($($entity:ident),* $(,)?) => {
        /// The names of the commands of every table.
        pub(super) fn names() -> Vec<String> {
            let verbs = ["list", "get", "put", "remove"];
            domain::SHAPES.iter().flat_map(|s| verbs.map(|v| format!("{}_{v}", s.table))).collect()
        }
        /// Whether it is the command of a table that changes nothing.
        pub(super) fn asks(name: &str) -> bool {
            let of = |table: &str| domain::SHAPES.iter().any(|s| s.table == table);
            name.rsplit_once('_').is_some_and(|(table, verb)| of(table) && matches!(verb, "list" | "get"))
        }
        /// Runs a command of a table; none where there is no such command.
        pub(super) fn call(name: &str, repo: &Repository<'_>, input: Json) -> Option<std::result::Result<Json, Fault>> {
            let (table, verb) = name.rsplit_once('_')?;
            $(if table == domain::$entity::TABLE {
                return match verb {
                    "list" => Some(list::<domain::$entity>(repo, input)),
                    "get" => Some(get::<domain::$entity>(repo, input)),
                    "put" => Some(put::<domain::$entity>(repo, input)),
                    "remove" => Some(remove::<domain::$entity>(repo, input)),
                    _ => None,
                };
            })*
            None
        }
        pub(super) fn describe(t: &mut Bindings) {
            $(t.entity::<domain::$entity>(stringify!($entity));)*
        }
    };
}
domain::entities!(dispatch);
