//! Each step of a hold: one transaction, one step to undo.
use super::{Approve, End, HoldView, Request, Step, list, order};
use domain::{
    Author, Client, Code, Day, Fault, HoldEntry,
    HoldState::{self, Cancelled, Held, Rejected, Requested, ResumeRequested, Resumed, Scrapped},
    Id, WorkOrder, time,
};
use store::{Result, Writer};

/// Asks for a hold; it holds nothing until somebody else approves it.
pub(in crate::commands) fn request(w: &mut Writer<'_>, input: Request) -> Result<HoldView> {
    let (client, at) = (input.client_id, moment(w, input.client_id, input.held_from, input.held_from_minute)?);
    let order: WorkOrder = w.get(client, input.work_order_id)?;
    order::may_be_held(&order)?;
    of_the_order(w, &input)?;
    let hold = HoldEntry {
        work_order_id: input.work_order_id,
        job_id: input.job_id,
        reason_id: input.reason_id,
        category: input.category.filter(|text| !text.trim().is_empty()),
        quantity: input.quantity,
        state: Requested,
        held_from: Some(at.0),
        held_from_minute: at.1,
        expected: input.expected,
        requested_by: Some(me(w)),
        requested_at: Some(w.now().0),
        note: input.note.filter(|text| !text.trim().is_empty()),
        ..HoldEntry::blank(client, w.fresh())
    };
    save(w, &order.code, &hold)
}

/// Approves a hold; one of a whole order sets the order aside.
pub(in crate::commands) fn approve(w: &mut Writer<'_>, input: Approve) -> Result<HoldView> {
    let before = begin(w, input.client_id, input.id, input.version.as_deref(), input.reason)?;
    stands_on(&before, Requested, Held)?;
    let moved = input.held_from.map(|day| (day, input.held_from_minute));
    let (day, minute) = moved.map_or((before.held_from, before.held_from_minute), |(day, minute)| (Some(day), minute));
    let hold = HoldEntry {
        state: Held,
        held_from: day,
        held_from_minute: minute,
        expected: input.expected.or(before.expected),
        approved_by: Some(me(w)),
        approved_at: Some(w.now().0),
        self_approved: is_own(w, before.requested_by),
        ..before
    };
    let view = write(w, &hold)?;
    order::set_aside(w, &hold)?;
    Ok(view)
}

/// Refuses a hold.
pub(in crate::commands) fn reject(w: &mut Writer<'_>, input: Step) -> Result<HoldView> {
    let before = begin(w, input.client_id, input.id, input.version.as_deref(), input.reason)?;
    stands_on(&before, Requested, Rejected)?;
    let (own, now) = (is_own(w, before.requested_by), w.now().0);
    let (approved_by, approved_at) = (Some(me(w)), Some(now));
    write(w, &HoldEntry { state: Rejected, approved_by, approved_at, self_approved: own, ..before })
}

/// Takes a request back.
pub(in crate::commands) fn cancel(w: &mut Writer<'_>, input: Step) -> Result<HoldView> {
    let before = begin(w, input.client_id, input.id, input.version.as_deref(), input.reason)?;
    stands_on(&before, Requested, Cancelled)?;
    write(w, &HoldEntry { state: Cancelled, ..before })
}

/// Asks to go on.
pub(in crate::commands) fn resume_request(w: &mut Writer<'_>, input: Step) -> Result<HoldView> {
    let before = begin(w, input.client_id, input.id, input.version.as_deref(), input.reason)?;
    stands_on(&before, Held, ResumeRequested)?;
    let (resume_by, resume_at) = (Some(me(w)), Some(w.now().0));
    write(w, &HoldEntry { state: ResumeRequested, resume_by, resume_at, ..before })
}

/// Lets work go on; an order that no other hold holds goes back to where it was.
pub(in crate::commands) fn resume(w: &mut Writer<'_>, input: End) -> Result<HoldView> {
    end(w, input, Resumed)
}

/// Ends a hold whose units are thrown away.
pub(in crate::commands) fn scrap(w: &mut Writer<'_>, input: End) -> Result<HoldView> {
    end(w, input, Scrapped)
}

fn end(w: &mut Writer<'_>, input: End, state: HoldState) -> Result<HoldView> {
    let before = begin(w, input.client_id, input.id, input.version.as_deref(), input.reason)?;
    if !before.state.is_held() {
        return Err(no_step(&before, state).into());
    }
    let (day, minute) = moment(w, before.client_id, input.held_to, input.held_to_minute)?;
    // What is let go without a word is what was held.
    let all = before.quantity.filter(|_| input.released.is_none() && input.scrapped.is_none());
    let (released, scrapped) = if state == Scrapped { (None, all) } else { (all, None) };
    let own = before.state == ResumeRequested && is_own(w, before.resume_by);
    let hold = HoldEntry {
        state,
        held_to: Some(day),
        held_to_minute: minute,
        released: input.released.or(released),
        scrapped: input.scrapped.or(scrapped),
        resumed_by: Some(me(w)),
        resumed_at: Some(w.now().0),
        self_approved: before.self_approved || own,
        ..before
    };
    let view = write(w, &hold)?;
    order::bring_back(w, &hold)?;
    Ok(view)
}

/// The hold as it stands, once it is sure that nobody has changed it since it was seen.
fn begin(
    w: &mut Writer<'_>,
    client: Id<Client>,
    id: Id<HoldEntry>,
    seen: Option<&str>,
    reason: Option<String>,
) -> Result<HoldEntry> {
    let hold: HoldEntry = w.get(client, id)?;
    if let (Some(seen), Some(now)) = (seen, w.version(client, id)?)
        && seen != now
    {
        let who = w.latest(client, id.bytes())?.and_then(|latest| latest.author).unwrap_or_default();
        return Err(Fault::new(Code::TakenMeanwhile).with("who", who).at("state").into());
    }
    w.because(reason);
    Ok(hold)
}

fn write(w: &mut Writer<'_>, hold: &HoldEntry) -> Result<HoldView> {
    let order: WorkOrder = w.get(hold.client_id, hold.work_order_id)?;
    save(w, &order.code, hold)
}

fn save(w: &mut Writer<'_>, order: &str, hold: &HoldEntry) -> Result<HoldView> {
    w.names(format!("hold {order}: {}", hold.state.word()));
    w.put(hold)?;
    list::one(w, hold.client_id, hold.id)
}

fn stands_on(hold: &HoldEntry, from: HoldState, to: HoldState) -> Result<()> {
    if hold.state == from { Ok(()) } else { Err(no_step(hold, to).into()) }
}

fn no_step(hold: &HoldEntry, to: HoldState) -> Fault {
    Fault::new(Code::NoStep).with("from", hold.state.word()).with("value", to.word()).at("state")
}

fn me(w: &Writer<'_>) -> Id<Author> {
    w.session().user().cast()
}

/// Whether it is one's own request; what nobody signed may be.
fn is_own(w: &Writer<'_>, asked: Option<Id<Author>>) -> bool {
    asked.is_none_or(|who| who == me(w))
}

/// The day and minute given, else the client's wall clock of this moment.
fn moment(w: &Writer<'_>, client: Id<Client>, day: Option<Day>, minute: Option<i64>) -> Result<(Day, Option<i64>)> {
    if let Some(day) = day {
        return Ok((day, minute));
    }
    let (day, minute) = time::local_minute(w.zone(client)?, w.now());
    Ok((day, Some(minute)))
}

/// A job is held with its own order.
fn of_the_order(w: &Writer<'_>, input: &Request) -> Result<()> {
    let Some(id) = input.job_id else { return Ok(()) };
    let job: domain::Job = w.get(input.client_id, id)?;
    if job.work_order_id == input.work_order_id { Ok(()) } else { Err(store::missing()) }
}
