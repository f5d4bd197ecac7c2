//! What a file holds and what it would change, for a person to look at first.
use super::{
    check::{STEP, check},
    day::Order,
    desk::Sheet,
    fields::{Kind, What},
    guess::{self, Mapping},
    layout::{Bound, Layout},
    memory::{Remembered, recall},
    number::Style,
    plan::{Creates, Plan, book::Book},
    why::{RowError, Why},
};
use crate::import::check::Errors;
use domain::{Client, Code, Fault, Group, Id, Verb};
use serde::Serialize;
use store::Reader;

/// Errors that are shown at once.
const ERRORS_SHOWN: usize = 200;

/// How a person wants a file to be understood.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What its rows are.
    pub what: What,
    /// The client of rows that name none.
    pub client_id: Option<Id<Client>>,
    /// The field of each column; none to be guessed.
    pub mapping: Option<Mapping>,
    /// Whether scrap is counted inside defective.
    pub scrap_inside: Option<bool>,
}

/// A column of a file.
#[derive(Clone, PartialEq, Debug, Serialize, ts_rs::TS)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// The field it holds.
    pub field: Option<String>,
    /// Whether that was guessed.
    pub guessed: bool,
    /// Its first values.
    pub samples: Vec<String>,
    /// How its numbers or days are read, where that had to be decided.
    pub reads: Option<String>,
}

/// A field that a file of the kind may hold.
#[derive(Clone, PartialEq, Debug, Serialize, ts_rs::TS)]
pub struct FieldView {
    /// Its name.
    pub name: String,
    /// Whether a column must hold it.
    pub required: bool,
}

/// What a file holds and what it would change.
#[derive(Clone, PartialEq, Debug, Serialize, ts_rs::TS)]
pub struct Preview {
    /// What its rows are; none where they are a table's.
    pub kind: Option<Kind>,
    /// The table whose rows they are.
    pub table: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// What they may hold.
    pub fields: Vec<FieldView>,
    /// The field of each column.
    pub mapping: Mapping,
    /// Rows below the header.
    pub rows: u32,
    /// Rows without errors.
    pub good: u32,
    /// The first errors.
    pub errors: Vec<RowError>,
    /// Rows with errors.
    pub error_count: u32,
    /// What would be created.
    pub creates: Creates,
    /// Rows that are here already.
    pub already: u32,
    /// Whether it must be said if scrap is counted inside defective.
    pub asks_scrap: bool,
    /// The answer so far.
    pub scrap_inside: Option<bool>,
    /// The first rows as they stand.
    pub sample: Vec<Vec<String>>,
}

/// How a file is understood in the end.
pub struct Understood {
    /// The field of each column, and whether scrap is inside defective.
    pub how: Remembered,
    guessed: bool,
    /// Whether that still has to be said.
    pub asks_scrap: bool,
}

/// A file beside what is here.
pub struct Seen {
    /// How it is understood.
    pub understood: Understood,
    /// What it would change.
    pub plan: Plan,
    /// What cannot be.
    pub errors: Errors,
}

/// Says how far the work is: done, of all; refuses once it is not wanted any more.
pub type Progress<'a> = &'a mut dyn FnMut(u32, u32) -> Result<(), Fault>;

/// Looks at a file without changing anything.
pub fn preview(
    r: &Reader<'_>,
    sheet: &Sheet,
    wish: &Wish,
    progress: Progress<'_>,
) -> store::Result<(Preview, Vec<RowError>)> {
    if let What::Table(rows) = wish.what {
        return crate::tables::preview(r, rows, sheet, wish, progress);
    }
    let mut nobody = 0u128;
    let mut fresh = || {
        nobody += 1;
        Id::from_bytes(nobody.to_be_bytes())
    };
    let seen = see(r, sheet, wish, &mut fresh, progress)?;
    let errors = spoken(r, &seen.errors);
    let view = view(sheet, wish, seen, &errors);
    Ok((view, errors))
}

/// The errors in the reader's language, row by row.
pub(crate) fn spoken(r: &Reader<'_>, errors: &Errors) -> Vec<RowError> {
    let language = r.session().language().to_string();
    let mut errors: Vec<RowError> = errors.list.iter().map(|e| e.clone().spoken(&language)).collect();
    errors.sort_by_key(|e| e.row);
    errors
}

/// Understands, checks and plans a file.
pub fn see(
    r: &Reader<'_>,
    sheet: &Sheet,
    wish: &Wish,
    fresh: &mut dyn FnMut() -> Id<Client>,
    progress: Progress<'_>,
) -> store::Result<Seen> {
    allowed(r, wish)?;
    let understood = understand(r, sheet, wish)?;
    let mapping = &understood.how.columns;
    let rows = sheet.profiles.rows;
    if let Some(errors) = unmapped(sheet, wish, mapping) {
        return Ok(Seen { understood, plan: Plan::default(), errors });
    }
    let What::Kind(kind) = wish.what else { return Err(Fault::new(Code::BadInput).into()) };
    let layout = Layout::of(kind, &sheet.table, &sheet.profiles, mapping);
    let inside = understood.how.scrap_inside.unwrap_or(true);
    let checked = check(&sheet.table, kind, &layout, inside, &mut |n| progress(n, rows * 2))?;
    let clients = r.session().clients().iter().map(|c| (c.code.clone(), c.id));
    let mut book = Book::of(r.session().role(), clients, wish.client_id);
    checked.rows.open(&mut book, r)?;
    let (plan, errors) = Plan::of(checked, book, fresh);
    progress(rows.max(STEP), rows.max(STEP) * 2)?;
    Ok(Seen { understood, plan, errors })
}

/// The needed columns that the file lacks, as its only errors.
pub(crate) fn unmapped(sheet: &Sheet, wish: &Wish, mapping: &Mapping) -> Option<Errors> {
    let missing = guess::unmapped(wish.what, mapping, wish.client_id.is_some());
    let mut errors = Errors::default();
    let error = |f: &str| RowError::new(sheet.table.header, Why::MissingColumn).at(f).value(f);
    errors.add(missing.into_iter().map(error));
    (!errors.list.is_empty()).then_some(errors)
}

/// A client out of scope is not there; lines and products are for those who set up.
pub(crate) fn allowed(r: &Reader<'_>, wish: &Wish) -> Result<(), Fault> {
    r.session().may(Verb::Import, wish.what.group())?;
    if wish.client_id.is_some_and(|id| !r.session().covers(id)) {
        return Err(Fault::new(Code::Missing));
    }
    wish.what.goes_with(wish.client_id)?;
    match wish.what {
        What::Table(rows) if crate::tables::only_goes_out(rows) => Err(Fault::new(Code::NotByFile).at("table")),
        What::Kind(Kind::Line | Kind::Product) => r.session().may(Verb::Create, Group::Setup),
        _ => Ok(()),
    }
}

/// The mapping given, or used before for such a file, or guessed.
pub(crate) fn understand(r: &Reader<'_>, sheet: &Sheet, wish: &Wish) -> store::Result<Understood> {
    let past = recall(r, wish.what, sheet)?;
    let scrap_before = past.as_ref().and_then(|p| p.scrap_inside);
    let (columns, guessed) = match (&wish.mapping, past) {
        (Some(given), _) => {
            guess::check(wish.what, &sheet.table, given)?;
            let field = |c: &String| (c.clone(), given.get(c).cloned().flatten());
            (sheet.table.columns.iter().map(field).collect(), false)
        }
        (None, Some(past)) if guess::check(wish.what, &sheet.table, &past.columns).is_ok() => (past.columns, false),
        (None, _) => (guess::guess(wish.what, &sheet.table, &sheet.profiles), true),
    };
    let fills = |column: &String| {
        let at = sheet.table.columns.iter().position(|c| c == column);
        at.is_some_and(|i| sheet.profiles.columns[i].filled > 0)
    };
    // A column without a value leaves no question open.
    let held = |name: &str| columns.iter().any(|(c, f)| f.as_deref() == Some(name) && fills(c));
    let both = held("scrap") && held("defective");
    let scrap_inside = wish.scrap_inside.or(scrap_before).filter(|_| both);
    let asks_scrap = both && scrap_inside.is_none();
    Ok(Understood { how: Remembered { columns, scrap_inside }, guessed, asks_scrap })
}

fn view(sheet: &Sheet, wish: &Wish, seen: Seen, errors: &[RowError]) -> Preview {
    let Seen { understood, plan, errors: found } = seen;
    told(sheet, wish, understood, &found, errors, (plan.creates(), plan.already))
}

/// What a file holds, with what it would create and what is here already.
pub(crate) fn told(
    sheet: &Sheet,
    wish: &Wish,
    understood: Understood,
    found: &Errors,
    errors: &[RowError],
    (creates, already): (Creates, u32),
) -> Preview {
    let missing = found.list.iter().any(|e| e.code == Why::MissingColumn.word());
    let rows = sheet.profiles.rows;
    let bad = if missing { rows } else { found.count() };
    Preview {
        kind: if let What::Kind(kind) = wish.what { Some(kind) } else { None },
        table: if let What::Table(rows) = wish.what { Some(rows.table.into()) } else { None },
        columns: columns(sheet, wish.what, &understood),
        fields: fields(wish),
        rows,
        good: rows.saturating_sub(bad),
        errors: errors.iter().take(ERRORS_SHOWN).cloned().collect(),
        error_count: bad,
        creates,
        already,
        asks_scrap: understood.asks_scrap,
        scrap_inside: understood.how.scrap_inside,
        mapping: understood.how.columns,
        sample: sheet.profiles.sample.clone(),
    }
}

fn fields(wish: &Wish) -> Vec<FieldView> {
    let required = |name: &str, r: bool| r || (name == "client" && wish.client_id.is_none());
    let view = |f: &super::fields::Field| FieldView { name: f.name.into(), required: required(f.name, f.required) };
    wish.what.fields().iter().map(view).collect()
}

fn columns(sheet: &Sheet, what: What, understood: &Understood) -> Vec<Column> {
    let mapping = &understood.how.columns;
    let layout = Layout::of(what, &sheet.table, &sheet.profiles, mapping);
    let reads = |i: usize| layout.bound.iter().find(|b| b.column == i).and_then(reads);
    let column = |(i, name): (usize, &String)| Column {
        name: name.clone(),
        field: mapping.get(name).cloned().flatten(),
        guessed: understood.guessed,
        samples: sheet.profiles.columns[i].samples.clone(),
        reads: reads(i),
    };
    sheet.table.columns.iter().enumerate().map(column).collect()
}

/// What was decided about a column: `1,234.5`, `1.234,5`, `d/m/y` or `m/d/y`.
fn reads(bound: &Bound) -> Option<String> {
    let style = bound.style.map(|s| if s == Style::Point { "1,234.5" } else { "1.234,5" });
    let order = bound.order.map(|o| if o == Order::DayFirst { "d/m/y" } else { "m/d/y" });
    style.or(order).map(Into::into)
}
