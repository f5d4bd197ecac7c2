//! A person's drafts, filters and steps.
use super::Nothing;
use domain::Id;
use serde::{Deserialize, Serialize};
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

pub(super) fn draft_list(r: &Reader<'_>, _: Nothing) -> Result<Vec<DraftKey>> {
    Ok(r.drafts()?.into_iter().map(|d| DraftKey { key: d.key, at: d.at.0 }).collect())
}

pub(super) fn filter_list(r: &Reader<'_>, _: Nothing) -> Result<Vec<FilterView>> {
    let view = |f: Filter| FilterView { id: Id::from_bytes(f.id), name: f.name, body: f.body };
    Ok(r.filters()?.into_iter().map(view).collect())
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
