//! A table's file is looked at, and goes in.
use super::{
    book::Book,
    door::{Door, door},
    keys::folded,
    lines::{Line, Said, lines},
    of_plant,
    plan::{Desk, Plan},
};
use crate::import::{
    check::{Errors, STEP},
    desk::Sheet,
    layout::Layout,
    plan::Creates,
    preview::{self, Preview, Progress, Understood, Wish},
    why::{RowError, Why},
    write::{Imported, Order, Steps, batches, refuse_errors},
};
use domain::{
    Client, Code, Fault, Group, Id, ImportBatch, Value, Verb,
    entities::Shape as Rows,
    workflow::{Actor, Known},
};
use std::collections::BTreeMap;
use store::{Reader, Writer};

/// Makes the id of a client that is not here yet.
type Fresh<'a> = &'a mut dyn FnMut() -> Id<Client>;

struct Seen {
    understood: Understood,
    plan: Plan,
    errors: Errors,
}

/// Looks at a file of a table without changing anything.
pub(crate) fn preview(
    r: &Reader<'_>,
    rows: &'static Rows,
    sheet: &Sheet,
    wish: &Wish,
    progress: Progress<'_>,
) -> store::Result<(Preview, Vec<RowError>)> {
    let mut nobody = 0u128;
    let mut fresh = || {
        nobody += 1;
        Id::from_bytes(nobody.to_be_bytes())
    };
    let seen = see(r, rows, sheet, wish, &mut fresh, progress)?;
    let errors = preview::spoken(r, &seen.errors);
    let new = seen.plan.rows.iter().filter(|p| p.new).count();
    let creates =
        Creates { clients: seen.plan.founded.clone(), rows: new - seen.plan.founded.len(), ..Creates::default() };
    let view = preview::told(sheet, wish, seen.understood, &seen.errors, &errors, (creates, seen.plan.already));
    Ok((view, errors))
}

/// Brings a file of a table in; what is here already stays as it is.
pub(crate) fn import(
    w: &mut Writer<'_>,
    rows: &'static Rows,
    order: &Order<'_>,
    progress: Progress<'_>,
) -> store::Result<Imported> {
    let seen = see(w, rows, order.sheet, order.wish, &mut || w.fresh(), progress)?;
    refuse_errors(&seen.errors.list, seen.errors.count(), order.without_errors)?;
    w.names(format!("import {}", order.name));
    w.because(Some(format!("import {}", order.name)));
    let (unchanged, skipped) = (seen.plan.already, seen.errors.count());
    let mut imported = Imported { unchanged, skipped, ..Imported::default() };
    if !seen.plan.rows.is_empty() {
        bring(w, rows, order, seen, &mut imported, progress)?;
    }
    Ok(imported)
}

fn bring(
    w: &mut Writer<'_>,
    rows: &'static Rows,
    order: &Order<'_>,
    seen: Seen,
    imported: &mut Imported,
    progress: Progress<'_>,
) -> store::Result<()> {
    let Seen { understood, plan, .. } = seen;
    let door = known(rows)?;
    // The plant has no list of files: which one it was stands with each change, as its reason.
    let batches = match of_plant(rows) {
        true => BTreeMap::new(),
        false => batches(w, order, &understood.how, &plan.brought),
    };
    let size = plan.rows.len() + batches.len();
    let mut steps = Steps { done: 0, size, rows: order.sheet.profiles.rows, progress };
    imported.batches = batches.values().map(|b| b.id).collect();
    imported.written = plan.brought.values().sum();
    let notes: Vec<ImportBatch> = batches.values().cloned().collect();
    // A client that a file founds is there before the note of the file.
    let founds = rows.table == "client";
    if !founds {
        steps.all(w, &notes)?;
    }
    let from = rows.columns.iter().position(|c| c.name == "import_batch_id");
    for planned in plan.rows {
        let mut values = planned.record.values;
        if let (Some(at), true, Some(batch)) = (from, planned.new, batches.get(&planned.client)) {
            values[at] = Value::Id(batch.id.bytes());
        }
        (door.bring)(w, planned.client, planned.record.id, values)?;
        steps.one()?;
    }
    if founds { steps.all(w, &notes) } else { Ok(()) }
}

fn known(rows: &Rows) -> Result<Door, Fault> {
    door(rows).ok_or_else(|| Fault::new(Code::BadInput).at("table").with("value", rows.table))
}

/// Understands, checks and plans a file.
fn see(
    r: &Reader<'_>,
    rows: &'static Rows,
    sheet: &Sheet,
    wish: &Wish,
    fresh: Fresh<'_>,
    progress: Progress<'_>,
) -> store::Result<Seen> {
    preview::allowed(r, wish)?;
    let understood = preview::understand(r, sheet, wish)?;
    let mapping = &understood.how.columns;
    // A client is its own, and the plant's rows are no client's: their files need no other.
    let own = (rows.table == "client" || of_plant(rows)).then_some(Id::from_bytes([0; 16]));
    let needs_client = Wish { client_id: wish.client_id.or(own), ..wish.clone() };
    if let Some(errors) = preview::unmapped(sheet, &needs_client, mapping) {
        return Ok(Seen { understood, plan: Plan::default(), errors });
    }
    let layout = Layout::of(wish.what, &sheet.table, &sheet.profiles, mapping);
    let size = sheet.profiles.rows;
    let (lines, mut errors) = lines(&sheet.table, rows, &layout, &mut |n| progress(n, size * 2))?;
    let plan = plan(r, rows, &lines, wish, &mut errors, fresh)?;
    progress(size.max(STEP), size.max(STEP) * 2)?;
    Ok(Seen { understood, plan, errors })
}

/// Lays the lines beside what is here, client by client.
fn plan(
    r: &Reader<'_>,
    rows: &'static Rows,
    lines: &[Line],
    wish: &Wish,
    errors: &mut Errors,
    fresh: Fresh<'_>,
) -> store::Result<Plan> {
    let (door, mut plan) = (known(rows)?, Plan::default());
    let session = r.session();
    for (client, own) in by_client(r, rows, lines, wish, &mut plan, errors, fresh) {
        // A file takes no step of an order or a hold; whether people are free it asks as anybody does.
        let knows = |what| match what {
            Known::SelfApproval | Known::Output(_) | Known::Shipment(_) => Ok(false),
            Known::Share(..)
            | Known::FreeToCover(..)
            | Known::FreeToAttend(..)
            | Known::InPool(_)
            | Known::FreeInPool(..)
            | Known::Booked(_)
            | Known::Carried(_) => Ok(r.knows(client, what)?),
        };
        let actor = Actor {
            user: session.user().cast(),
            role: session.role(),
            now: r.now(),
            reason: Some("import"),
            knows: &knows,
        };
        let book = Book::of(r, client);
        Desk::of((rows, &door), client, book, &actor, &mut plan, errors)?.lay(&own);
    }
    Ok(plan)
}

/// The lines of each client, or of the plant; a client out of scope is like one that is not there.
fn by_client<'l>(
    r: &Reader<'_>,
    rows: &Rows,
    lines: &'l [Line],
    wish: &Wish,
    plan: &mut Plan,
    errors: &mut Errors,
    fresh: Fresh<'_>,
) -> BTreeMap<Id<Client>, Vec<&'l Line>> {
    if of_plant(rows) {
        return [(Client::PLANT, lines.iter().collect())].into();
    }
    let mut codes: BTreeMap<String, Id<Client>> =
        r.session().clients().iter().map(|c| (folded(&c.code), c.id)).collect();
    let founds = rows.table == "client" && r.session().may(Verb::Create, Group::Clients).is_ok();
    let mut all: BTreeMap<Id<Client>, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let (field, code) = named(rows, line);
        let client = match &code {
            None => wish.client_id.ok_or_else(|| RowError::new(line.row, Why::Empty).at(field)),
            Some(code) if founds => Ok(*codes.entry(folded(code)).or_insert_with(|| {
                plan.founded.push(code.clone());
                fresh()
            })),
            Some(code) => {
                let known = codes.get(&folded(code)).copied();
                known.ok_or_else(|| RowError::new(line.row, Why::NoSuchClient).at(field).value(code))
            }
        };
        match client {
            Ok(client) => all.entry(client).or_default().push(line),
            Err(error) => errors.add([error]),
        }
    }
    all
}

/// Where a line names its client, and how: a client is its own.
fn named(rows: &Rows, line: &Line) -> (&'static str, Option<String>) {
    if rows.table != "client" {
        return ("client", line.client.as_deref().map(String::from));
    }
    let code = rows.columns.iter().position(|c| c.name == "code").map(|at| &line.said[at]);
    ("code", if let Some(Said::Value(Value::Text(code))) = code { Some(code.clone()) } else { None })
}
