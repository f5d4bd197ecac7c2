//! A person's drafts, filters and steps.
use super::Nothing;
use domain::{Code, Entity, Fault, Id, Line, Operation, Product, Shift, WorkOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{Filter, Reader, Result, Undone, Writer};
use ts_rs::TS;

/// What to keep as a draft.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    key: String,
    body: String,
}

/// Which draft.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Key {
    key: String,
}

/// A draft as it was kept.
#[derive(Serialize, TS)]
pub struct DraftView {
    body: String,
    /// Milliseconds since 1970.
    at: i64,
}

/// A draft's name.
#[derive(Serialize, TS)]
pub struct DraftKey {
    key: String,
    /// Milliseconds since 1970.
    at: i64,
}

/// A filter to keep.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FilterPut {
    id: Option<Id<Filter>>,
    name: String,
    body: String,
}

/// Which filter.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FilterId {
    id: Id<Filter>,
}

/// A filter as it was kept.
#[derive(Serialize, TS)]
pub struct FilterView {
    id: Id<Filter>,
    name: String,
    body: String,
}

/// A filter as it may be used now.
#[derive(Serialize, TS)]
pub struct FilterUsed {
    id: Id<Filter>,
    name: String,
    /// The question, with what is out of scope cut away.
    body: String,
    /// How many clients and rows were cut away.
    cut: usize,
}

/// What an undo or redo did.
#[derive(Serialize, TS)]
pub struct UndoneView {
    what: String,
    changed: usize,
    skipped: Vec<SkippedView>,
}

/// A row that stayed because others had changed it.
#[derive(Serialize, TS)]
pub struct SkippedView {
    table: String,
    id: Id<()>,
    author: Option<String>,
    /// Milliseconds since 1970.
    at: Option<i64>,
}

pub(super) fn draft_put(w: &mut Writer<'_>, input: Keep) -> Result<()> {
    w.keep_draft(&input.key, &input.body)
}

pub(super) fn draft_get(r: &Reader<'_>, input: Key) -> Result<Option<DraftView>> {
    Ok(r.draft(&input.key)?.map(|d| DraftView { body: d.body, at: d.at.0 }))
}

pub(super) fn draft_drop(w: &mut Writer<'_>, input: Key) -> Result<()> {
    w.drop_draft(&input.key)
}

/// What a person did last is kept beside his drafts, and waits for nothing.
const HABIT: &str = "habit/";

pub(super) fn draft_list(r: &Reader<'_>, _: Nothing) -> Result<Vec<DraftKey>> {
    let waits = |key: &str| !key.starts_with(HABIT);
    Ok(r.drafts()?.into_iter().filter(|d| waits(&d.key)).map(|d| DraftKey { key: d.key, at: d.at.0 }).collect())
}

pub(super) fn filter_list(r: &Reader<'_>, _: Nothing) -> Result<Vec<FilterView>> {
    let view = |f: Filter| FilterView { id: Id::from_bytes(f.id), name: f.name, body: f.body };
    Ok(r.filters()?.into_iter().map(view).collect())
}

/// The filter's question, cut to the scope as it is now: what a filter names never widens what is seen.
pub(super) fn filter_use(r: &Reader<'_>, input: FilterId) -> Result<FilterUsed> {
    let found = r.filters()?.into_iter().find(|f| f.id == input.id.bytes()).ok_or_else(store::missing)?;
    let mut body: Json =
        serde_json::from_str(&found.body).map_err(|e| Fault::new(Code::BadInput).at("body").with("value", e))?;
    let cut = cut(r, &mut body)?;
    Ok(FilterUsed { id: input.id, name: found.name, body: body.to_string(), cut })
}

/// Cuts away what is out of scope, however deep; a list that loses everything stays, and means nothing at all.
fn cut(r: &Reader<'_>, json: &mut Json) -> Result<usize> {
    let mut gone = 0;
    match json {
        Json::Object(map) => {
            for (key, value) in map {
                gone += match value {
                    Json::Array(list) if names_rows(key) => keep(r, key, list)?,
                    other => cut(r, other)?,
                };
            }
        }
        Json::Array(list) => {
            for value in list {
                gone += cut(r, value)?;
            }
        }
        _ => {}
    }
    Ok(gone)
}

fn names_rows(key: &str) -> bool {
    matches!(key, "clients" | "lines" | "shifts" | "products" | "operations" | "orders")
}

fn keep(r: &Reader<'_>, key: &str, list: &mut Vec<Json>) -> Result<usize> {
    let (mut kept, all) = (vec![], list.len());
    for value in list.drain(..) {
        let id = value.as_str().and_then(|text| text.parse::<Id<()>>().ok());
        if let Some(id) = id
            && sees(r, key, id)?
        {
            kept.push(value);
        }
    }
    *list = kept;
    Ok(all - list.len())
}

/// Whether a row is in scope; sixteen zero bytes stand for "none" and are nobody's.
fn sees(r: &Reader<'_>, key: &str, id: Id<()>) -> Result<bool> {
    fn any<E: Entity>(r: &Reader<'_>, id: Id<()>) -> Result<bool> {
        for client in r.session().clients() {
            if r.find::<E>(client.id, id.cast())?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
    match key {
        "clients" => Ok(r.session().covers(id.cast())),
        _ if id.bytes() == [0; 16] => Ok(true),
        "lines" => any::<Line>(r, id),
        "shifts" => any::<Shift>(r, id),
        "products" => any::<Product>(r, id),
        "operations" => any::<Operation>(r, id),
        _ => any::<WorkOrder>(r, id),
    }
}

pub(super) fn filter_put(w: &mut Writer<'_>, input: FilterPut) -> Result<FilterView> {
    let id = input.id.unwrap_or_else(|| w.fresh());
    w.keep_filter(&Filter { id: id.bytes(), name: input.name.clone(), body: input.body.clone() })?;
    Ok(FilterView { id, name: input.name, body: input.body })
}

pub(super) fn filter_remove(w: &mut Writer<'_>, input: FilterId) -> Result<()> {
    w.drop_filter(input.id.bytes())
}

pub(super) fn undo(w: &mut Writer<'_>, _: Nothing) -> Result<UndoneView> {
    w.undo().map(view)
}

pub(super) fn redo(w: &mut Writer<'_>, _: Nothing) -> Result<UndoneView> {
    w.redo().map(view)
}

fn view(u: Undone) -> UndoneView {
    let skipped = |s: store::Skipped| SkippedView {
        table: s.table.into(),
        id: Id::from_bytes(s.id),
        author: s.author,
        at: s.at.map(|t| t.0),
    };
    UndoneView { what: u.what, changed: u.changed, skipped: u.skipped.into_iter().map(skipped).collect() }
}
