//! The note for the next shift: written by one, read and signed by another.
use super::{Place, save};
use domain::{Author, Client, Day, Id, Line, LineShift, Shift};
use serde::{Deserialize, Serialize};
use store::{Reader, Result, Writer, values};
use ts_rs::TS;

/// Which shift, and what the next one must know.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    client_id: Id<Client>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
    /// Empty takes the note back.
    note: String,
    /// Wanted where the shift is closed and the note was there before.
    #[serde(default)]
    #[ts(optional = nullable)]
    reason: Option<String>,
}

/// Which line's handovers.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfLine {
    client_id: Id<Client>,
    line_id: Id<Line>,
}

/// A note for the next shift.
#[derive(Serialize, TS)]
pub struct HandoverView {
    client_id: Id<Client>,
    line_shift_id: Id<LineShift>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
    /// The shift's short name.
    shift: String,
    note: String,
    by: Option<String>,
    /// Milliseconds since 1970.
    at: Option<i64>,
    signed_by: Option<String>,
    /// Milliseconds since 1970.
    signed_at: Option<i64>,
    /// Whether this person may sign it.
    may_sign: bool,
}

/// Writes the note for the next shift; one that is written anew is unsigned again, the same words stay whose they are.
pub(in crate::commands) fn write(w: &mut Writer<'_>, input: Handover) -> Result<HandoverView> {
    let place = Place { client_id: input.client_id, day: input.day, line_id: input.line_id, shift_id: input.shift_id };
    let cell = place.cell(w)?;
    save::begin(w, cell)?;
    let row = save::current(w, cell)?;
    let first = row.is_closed() && row.handover.is_none();
    w.because(if first { Some("handover".into()) } else { input.reason });
    let text = Some(input.note.trim().to_string()).filter(|t| !t.is_empty());
    if text == row.handover {
        return view(w, row);
    }
    let (me, now) = (w.session().user().cast(), w.now().0);
    let row = LineShift {
        handover: text,
        handover_by: Some(me),
        handover_at: Some(now),
        signed_by: None,
        signed_at: None,
        ..row
    };
    w.put(&row)?;
    view(w, row)
}

/// Signs what the shift before left to know: the reader is another than the writer.
pub(in crate::commands) fn sign(w: &mut Writer<'_>, input: Place) -> Result<HandoverView> {
    let cell = input.cell(w)?;
    save::begin(w, cell)?;
    let row: LineShift = w.get(cell.client, cell.line_shift())?;
    w.because(Some("handover read".into()));
    let (signed_by, signed_at) = (Some(w.session().user().cast()), Some(w.now().0));
    let row = LineShift { signed_by, signed_at, ..row };
    w.put(&row)?;
    view(w, row)
}

/// The notes of a line that nobody has signed, the newest first.
pub(in crate::commands) fn unsigned(r: &Reader<'_>, input: OfLine) -> Result<Vec<HandoverView>> {
    let line: Line = r.get(input.client_id, input.line_id)?;
    own_line(r, &line)?;
    let rule = "line_id = ?2 AND handover IS NOT NULL AND signed_by IS NULL ORDER BY day DESC, handover_at DESC";
    let rows: Vec<LineShift> = r.list_where(input.client_id, rule, values![line.id])?;
    rows.into_iter().map(|row| view(r, row)).collect()
}

fn own_line(r: &Reader<'_>, line: &Line) -> Result<()> {
    let own = r.session().lines();
    let bound = r.session().role() == domain::Role::Operator && !own.is_empty();
    if bound && !own.contains(&(line.client_id, line.id)) { Err(store::missing()) } else { Ok(()) }
}

fn view(r: &Reader<'_>, row: LineShift) -> Result<HandoverView> {
    let name = |id: Option<Id<Author>>| -> Result<Option<String>> {
        let Some(id) = id else { return Ok(None) };
        Ok(r.find::<Author>(row.client_id, id)?.map(|author| author.name))
    };
    let me: Id<Author> = r.session().user().cast();
    Ok(HandoverView {
        by: name(row.handover_by)?,
        signed_by: name(row.signed_by)?,
        shift: r.find::<Shift>(row.client_id, row.shift_id)?.map(|s| s.code).unwrap_or_default(),
        may_sign: r.session().role().closes_shifts() && row.signed_by.is_none() && row.handover_by != Some(me),
        client_id: row.client_id,
        line_shift_id: row.id,
        day: row.day,
        line_id: row.line_id,
        shift_id: row.shift_id,
        note: row.handover.unwrap_or_default(),
        at: row.handover_at,
        signed_at: row.signed_at,
    })
}
