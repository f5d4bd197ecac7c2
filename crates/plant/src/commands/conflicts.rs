//! What several people wrote differently, and what the hub refused: for people to see to.
use crate::tables::{Said, label, read, said};
use domain::{
    Client, Code, Column, Fault, Id, Shape, Value,
    change::{Act, Op},
    logged,
    merge::Why,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::{Conflict, Decision, Latest, Reader, Refused, Repository, Result, Settles, Writer};
use ts_rs::TS;

/// Whose are listed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    /// Only this client; none for all in scope.
    #[serde(default)]
    #[ts(optional = nullable)]
    client_id: Option<Id<Client>>,
}

/// Who wrote a value, where, when and why.
#[derive(Serialize, TS)]
pub struct By {
    person: Option<String>,
    pc: Option<String>,
    /// Milliseconds since 1970, by the author's clock.
    #[ts(type = "number")]
    at: i64,
    reason: Option<String>,
}

/// A row in which values wait for a decision.
#[derive(Serialize, TS)]
pub struct ConflictView {
    client_id: Id<Client>,
    table: String,
    #[ts(type = "string")]
    id: Id<()>,
    /// What makes up the row.
    row: Vec<Said>,
    /// Goes back with the decision.
    version: String,
    /// What stands in the columns in dispute.
    stands: Vec<Stands>,
    /// What waits, in the order in which it came.
    waits: Vec<WaitsView>,
}

/// What stands in a column, and who wrote it.
#[derive(Serialize, TS)]
pub struct Stands {
    what: Said,
    by: Option<By>,
}

/// What one change would have written.
#[derive(Serialize, TS)]
pub struct WaitsView {
    #[ts(type = "string")]
    op: Id<Op>,
    by: Option<By>,
    /// It would have taken the row away.
    removes: bool,
    values: Vec<Said>,
    /// It has values that only a newer program knows: this PC cannot decide it.
    newer: bool,
}

/// What is decided of a row.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    client_id: Id<Client>,
    table: String,
    #[ts(type = "string")]
    id: Id<()>,
    version: String,
    /// The changes whose waiting ends.
    #[ts(type = "string[]")]
    closes: Vec<Id<Op>>,
    /// The values that are to stand, by column; what is not named stays.
    #[ts(type = "Record<string, string | number | null>")]
    values: BTreeMap<String, Json>,
    /// The row goes.
    removes: bool,
    reason: String,
}

/// A change that the hub refused.
#[derive(Serialize, TS)]
pub struct RefusedView {
    client_id: Id<Client>,
    #[ts(type = "string")]
    op: Id<Op>,
    table: String,
    #[ts(type = "string")]
    id: Id<()>,
    /// What makes up the row, as far as it is known here.
    row: Vec<Said>,
    /// What it would have done: create, patch, remove or restore.
    act: String,
    /// What it would have written.
    values: Vec<Said>,
    by: Option<By>,
    /// Why, in a word: `gone` where its row was taken away.
    why: String,
}

/// A refused change, written again.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Again {
    client_id: Id<Client>,
    #[ts(type = "string")]
    op: Id<Op>,
    /// What is mended, by column.
    #[ts(type = "Record<string, string | number | null>")]
    values: BTreeMap<String, Json>,
    #[serde(default)]
    #[ts(optional = nullable)]
    reason: Option<String>,
}

/// A refused change, let go.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LetGo {
    client_id: Id<Client>,
    #[ts(type = "string")]
    op: Id<Op>,
    reason: String,
}

/// How much waits for the person.
#[derive(Serialize, TS)]
pub struct ToSeeTo {
    /// Rows in which values wait.
    conflicts: usize,
    /// Changes that were refused.
    refused: usize,
}

pub(super) fn list(r: &Reader<'_>, input: Whose) -> Result<Vec<ConflictView>> {
    let mut all = vec![];
    for client in clients(r, input.client_id) {
        let found = r.conflicts(client)?;
        all.extend(found.iter().map(|c| conflict(r, client, c)).collect::<Result<Vec<_>>>()?);
    }
    Ok(all)
}

pub(super) fn decide(w: &mut Writer<'_>, input: Decide) -> Result<()> {
    w.because(Some(wanted(input.reason)?));
    let shape = shape(&input.table)?;
    let settles = if input.removes { Settles::Removed } else { Settles::Values(values(shape, &input.values)?) };
    w.decide(&Decision {
        client: input.client_id,
        kind: shape.number,
        record: input.id.bytes(),
        version: input.version,
        closes: input.closes,
        settles,
    })
}

pub(super) fn refused(r: &Reader<'_>, input: Whose) -> Result<Vec<RefusedView>> {
    let mut all = vec![];
    for client in clients(r, input.client_id) {
        let found = r.refused(client)?;
        all.extend(found.iter().map(|c| refusal(r, client, c)).collect::<Result<Vec<_>>>()?);
    }
    Ok(all)
}

pub(super) fn again(w: &mut Writer<'_>, input: Again) -> Result<()> {
    let (client, op) = (input.client_id, input.op);
    let refused = w.refused(client)?.into_iter().find(|r| r.op == op).ok_or_else(store::missing)?;
    w.names(refused.shape.table);
    w.because(input.reason);
    w.write_again(client, op, &values(refused.shape, &input.values)?).map(|_| ())
}

/// What is let go leaves the list alone; the reason is kept with who let it go.
pub(super) fn let_go(repo: &Repository<'_>, input: LetGo) -> Result<()> {
    let reason = wanted(input.reason)?;
    let table = repo.write(|w| w.let_go(input.client_id, input.op))?;
    repo.store().record(repo.session(), "let_go", &format!("{table} {}: {reason}", input.op))
}

pub(super) fn to_see_to(r: &Reader<'_>, _: super::Nothing) -> Result<ToSeeTo> {
    let mut all = ToSeeTo { conflicts: 0, refused: 0 };
    for client in clients(r, None) {
        all.conflicts += r.conflicts(client)?.len();
        all.refused += r.refused(client)?.len();
    }
    Ok(all)
}

/// The logs in which something may wait for the person: of his clients, and the plant's own where he works with the pool.
fn clients(r: &Reader<'_>, one: Option<Id<Client>>) -> Vec<Id<Client>> {
    let pool = r.session().role().sees_pool().then_some(Client::PLANT);
    let all = || r.session().clients().iter().map(|c| c.id).chain(pool).collect();
    one.map_or_else(all, |one| vec![one])
}

fn wanted(reason: String) -> Result<String> {
    if reason.trim().is_empty() { Err(Fault::new(Code::NeedsReason).at("reason").into()) } else { Ok(reason) }
}

fn shape(table: &str) -> Result<&'static Shape> {
    let wrong = || Fault::new(Code::BadInput).at("table").with("value", table);
    Ok(logged().find(|s| s.table == table).ok_or_else(wrong)?)
}

fn values(shape: &'static Shape, said: &BTreeMap<String, Json>) -> Result<Vec<(usize, Value)>> {
    let value = |(name, json): (&String, &Json)| {
        let at = shape.columns.iter().position(|c| c.name == *name);
        let value = at.and_then(|at| Some((at, Value::from_json(shape.columns[at].kind, json)?)));
        value.ok_or_else(|| Fault::new(Code::BadInput).at(name).with("value", json).into())
    };
    said.iter().map(value).collect()
}

fn conflict(r: &Reader<'_>, client: Id<Client>, c: &Conflict) -> Result<ConflictView> {
    let stands = c.stands.iter().map(|(at, by)| {
        Ok(Stands { what: said(r, client, column(c.shape, *at), &c.values[*at])?, by: by.clone().map(wrote) })
    });
    let waits = c.waits.iter().map(|w| {
        let values = all(r, client, c.shape, &w.values)?;
        Ok(WaitsView { op: w.op, by: w.by.clone().map(wrote), removes: w.removes, values, newer: w.newer })
    });
    Ok(ConflictView {
        client_id: client,
        table: c.shape.table.into(),
        id: Id::from_bytes(c.record),
        row: label(r, client, c.shape, &c.values)?,
        version: c.version.clone(),
        stands: stands.collect::<Result<_>>()?,
        waits: waits.collect::<Result<_>>()?,
    })
}

fn refusal(r: &Reader<'_>, client: Id<Client>, refused: &Refused) -> Result<RefusedView> {
    let there = read(r, client, refused.shape, refused.record)?;
    let mut row = there.unwrap_or_else(|| vec![Value::Null; refused.shape.columns.len()]);
    refused.values.iter().for_each(|(at, value)| row[*at] = value.clone());
    Ok(RefusedView {
        client_id: client,
        op: refused.op,
        table: refused.shape.table.into(),
        id: Id::from_bytes(refused.record),
        row: label(r, client, refused.shape, &row)?,
        act: act(refused.act).into(),
        values: all(r, client, refused.shape, &refused.values)?,
        by: refused.by.clone().map(wrote),
        why: refused.why.map_or("gone", Why::word).into(),
    })
}

fn all(r: &Reader<'_>, client: Id<Client>, shape: &'static Shape, values: &[(usize, Value)]) -> Result<Vec<Said>> {
    values.iter().map(|(at, value)| said(r, client, column(shape, *at), value)).collect()
}

fn column(shape: &'static Shape, at: usize) -> &'static Column {
    &shape.columns[at]
}

fn wrote(by: Latest) -> By {
    By { person: by.author, pc: by.device.filter(|d| !d.is_empty()), at: by.at.0, reason: by.reason }
}

const fn act(act: Act) -> &'static str {
    match act {
        Act::Create => "create",
        Act::Patch => "patch",
        Act::Remove => "remove",
        Act::Restore => "restore",
    }
}
