//! Every step is tried from every state.
use super::*;
use crate::{Client, Day, HoldEntry, HoldState, OrderStatus, WorkOrder};

fn order(status: OrderStatus) -> WorkOrder {
    let client: Id<Client> = Id::from_bytes([1; 16]);
    WorkOrder { code: "A-1".into(), status, ..WorkOrder::blank(client, Id::from_bytes([2; 16])) }
}

fn hold(state: HoldState) -> HoldEntry {
    HoldEntry {
        state,
        held_from: Some(Day(1)),
        requested_by: Some(ANA),
        requested_at: Some(1),
        ..HoldEntry::blank(Id::from_bytes([1; 16]), Id::from_bytes([3; 16]))
    }
}

const ANA: Id<Author> = Id::from_bytes([7; 16]);
const BEN: Id<Author> = Id::from_bytes([8; 16]);

fn by(user: Id<Author>, role: Role, knows: &dyn Fn(Known) -> Result<bool, Fault>) -> Actor<'_> {
    Actor { user, role, now: Instant(5), reason: None, knows }
}

fn code(done: Result<(), Fault>) -> String {
    done.map_or_else(|fault| fault.code, |()| "done".into())
}

#[test]
fn an_order_goes_its_way_and_no_other() {
    let yes = |_| Ok(true);
    let ben = by(BEN, Role::Supervisor, &yes);
    let mut ways = vec![];
    for from in OrderStatus::ALL.iter().copied() {
        for to in OrderStatus::ALL.iter().copied().filter(|to| *to != from) {
            let before = WorkOrder { before_hold: Some(OrderStatus::Released), ..order(from) };
            let after = WorkOrder { before_hold: (to == OrderStatus::OnHold).then_some(from), ..order(to) };
            if order::step(Some(&before), &after, &ben).is_ok() {
                ways.push(format!("{}>{}", from.word(), to.word()));
            }
        }
    }
    let want = "received>released received>on_hold received>cancelled received>rejected released>received \
        released>in_progress released>on_hold released>cancelled released>rejected in_progress>released \
        in_progress>on_hold in_progress>completed in_progress>cancelled on_hold>released on_hold>cancelled \
        on_hold>rejected completed>in_progress completed>on_hold completed>shipped completed>cancelled \
        shipped>completed shipped>closed";
    assert_eq!(ways.join(" "), want.split_whitespace().collect::<Vec<_>>().join(" "));
}

#[test]
fn where_an_order_comes_back_to_is_told_once() {
    use OrderStatus::*;
    let yes = |_| Ok(true);
    let tried = |from, back, to, after_back| {
        let before = WorkOrder { before_hold: back, ..order(from) };
        let after = WorkOrder { before_hold: after_back, ..order(to) };
        code(order::step(Some(&before), &after, &by(BEN, Role::Supervisor, &yes)))
    };
    assert_eq!(tried(Released, None, OnHold, Some(Released)), "done");
    assert_eq!(tried(Released, None, OnHold, Some(Completed)), "no_step");
    assert_eq!(tried(OnHold, Some(Released), OnHold, Some(Completed)), "no_step");
    assert_eq!(tried(Released, None, Released, Some(Completed)), "no_step");
    assert_eq!(tried(OnHold, Some(Released), Released, Some(Released)), "no_step");
    assert_eq!(tried(OnHold, None, Released, None), "done", "set aside in the file it came from");
    assert_eq!(tried(OnHold, Some(InProgress), Released, None), "no_step");
}

#[test]
fn the_dates_of_an_order_follow_from_its_steps() {
    use OrderStatus::*;
    let dates = |o: &WorkOrder| (o.released, o.actual_start, o.completed, o.ended, o.before_hold);
    let (a, b, c, d) = (Some(Day(1)), Some(Day(2)), Some(Day(3)), Some(Day(4)));
    let released = order::taken(&order(Received), Released, Day(1));
    assert_eq!(dates(&released), (a, None, None, None, None));
    let begun = order::taken(&released, InProgress, Day(2));
    assert_eq!(dates(&begun), (a, b, None, None, None));
    let aside = order::taken(&begun, OnHold, Day(3));
    assert_eq!(dates(&aside), (a, b, None, None, Some(InProgress)));
    assert_eq!(order::taken(&aside, InProgress, Day(4)), begun, "it comes back as it was");
    assert_eq!(dates(&order::taken(&aside, Cancelled, Day(4))), (a, b, None, d, None));
    let done = order::taken(&begun, Completed, Day(3));
    assert_eq!(dates(&done), (a, b, c, None, None));
    assert_eq!(dates(&order::taken(&done, InProgress, Day(9))), (a, b, None, None, None), "made on, begun as before");
    let shipped = order::taken(&done, Shipped, Day(4));
    assert_eq!(dates(&shipped), (a, b, c, None, None));
    assert_eq!(dates(&order::taken(&shipped, Completed, Day(9))), (a, b, c, None, None));
    assert_eq!(dates(&order::taken(&shipped, Closed, Day(4))), (a, b, c, d, None));
    assert_eq!(dates(&order::taken(&begun, Released, Day(5))), (a, b, None, None, None), "demoted");
    assert_eq!(dates(&order::taken(&released, Received, Day(5))), (None, None, None, None, None));
    let set_aside_when_done = order::taken(&done, OnHold, Day(4));
    assert_eq!(order::taken(&set_aside_when_done, Completed, Day(5)), done);
}

#[test]
fn an_order_is_completed_with_output_and_shipped_with_a_shipment() {
    let none = |_| Ok(false);
    let ben = by(BEN, Role::Supervisor, &none);
    let step = |from, to| code(order::step(Some(&order(from)), &order(to), &ben));
    assert_eq!(step(OrderStatus::InProgress, OrderStatus::Completed), "needs_output");
    assert_eq!(step(OrderStatus::Completed, OrderStatus::Shipped), "needs_shipment");
}

#[test]
fn nobody_approves_his_own_request_unless_the_client_lets_him_and_he_says_why() {
    let strict = |what| Ok(what != Known::SelfApproval);
    let yes = |_| Ok(true);
    let held = |who, own| HoldEntry {
        state: HoldState::Held,
        approved_by: Some(who),
        approved_at: Some(5),
        self_approved: own,
        ..hold(HoldState::Requested)
    };
    let before = hold(HoldState::Requested);
    let tried = |actor: &Actor<'_>, own| code(hold::step(Some(&before), &held(actor.user, own), actor));
    assert_eq!(tried(&by(BEN, Role::Supervisor, &yes), false), "done");
    assert_eq!(tried(&by(BEN, Role::Operator, &yes), false), "forbidden");
    assert_eq!(tried(&by(ANA, Role::Supervisor, &strict), false), "own_request");
    let lets = by(ANA, Role::Supervisor, &yes);
    assert_eq!(tried(&lets, true), "needs_reason");
    let says = Actor { reason: Some("night shift, nobody else"), ..lets };
    assert_eq!((tried(&says, true), tried(&says, false)), ("done".into(), "no_step".into()));
}

#[test]
fn a_hold_names_who_took_each_step_and_when() {
    let yes = |_| Ok(true);
    let ben = by(BEN, Role::Supervisor, &yes);
    let before = hold(HoldState::Requested);
    let forged = HoldEntry { state: HoldState::Held, approved_by: Some(ANA), approved_at: Some(5), ..before.clone() };
    assert_eq!(code(hold::step(Some(&before), &forged, &ben)), "no_step");
    let early = HoldEntry { approved_by: Some(BEN), approved_at: Some(4), ..forged };
    assert_eq!(code(hold::step(Some(&before), &early, &ben)), "no_step");
    let rewritten = HoldEntry { requested_by: Some(BEN), ..before.clone() };
    assert_eq!(code(hold::step(Some(&before), &rewritten, &ben)), "no_step");
    let begun = HoldEntry { requested_by: Some(BEN), state: HoldState::Held, ..before };
    assert_eq!(code(hold::step(None, &begun, &by(BEN, Role::Operator, &yes))), "forbidden");
}

#[test]
fn a_step_of_a_hold_rewrites_no_earlier_one() {
    let yes = |_| Ok(true);
    let ben = by(BEN, Role::Supervisor, &yes);
    let asked = hold(HoldState::Requested);
    let approved = |row| HoldEntry { state: HoldState::Held, approved_by: Some(BEN), approved_at: Some(5), ..row };
    let held = HoldEntry { approved_by: Some(ANA), approved_at: Some(2), ..hold(HoldState::Held) };
    let waits =
        HoldEntry { state: HoldState::ResumeRequested, resume_by: Some(ANA), resume_at: Some(3), ..held.clone() };
    let resumed = |row| HoldEntry { state: HoldState::Resumed, resumed_by: Some(BEN), resumed_at: Some(5), ..row };
    let goes_on = HoldEntry { state: HoldState::Held, ..waits.clone() };
    let tried = |before: &HoldEntry, after: &HoldEntry| code(hold::step(Some(before), after, &ben));
    for (before, after) in [
        (&asked, approved(asked.clone())),
        (&waits, resumed(waits.clone())),
        (&held, resumed(held.clone())),
        (&waits, goes_on.clone()),
        (&waits, HoldEntry { resume_by: None, resume_at: None, ..goes_on.clone() }),
    ] {
        assert_eq!(tried(before, &after), "done");
        let other = HoldEntry { requested_by: Some(BEN), ..after };
        assert_eq!(tried(before, &other), "no_step");
    }
    assert_eq!(tried(&waits, &HoldEntry { approved_by: Some(BEN), ..goes_on.clone() }), "no_step");
    assert_eq!(tried(&waits, &HoldEntry { self_approved: true, ..goes_on }), "no_step");
    assert_eq!(tried(&held, &HoldEntry { approved_at: Some(9), ..resumed(held.clone()) }), "no_step");
    assert_eq!(
        tried(&asked, &HoldEntry { requested_by: None, state: HoldState::Cancelled, ..asked.clone() }),
        "no_step"
    );
}

#[test]
fn what_nobody_signed_counts_as_the_approvers_own_request() {
    let strict = |what| Ok(what != Known::SelfApproval);
    let ben = by(BEN, Role::Supervisor, &strict);
    let silent = HoldEntry { requested_by: None, ..hold(HoldState::Requested) };
    let held = HoldEntry { state: HoldState::Held, approved_by: Some(BEN), approved_at: Some(5), ..silent.clone() };
    assert_eq!(code(hold::step(Some(&silent), &held, &ben)), "own_request");
    let at_once = HoldEntry { requested_by: Some(BEN), requested_at: Some(5), ..hold(HoldState::Held) };
    assert_eq!(code(hold::step(None, &at_once, &ben)), "own_request");
    let history = HoldEntry { requested_by: None, ..hold(HoldState::Resumed) };
    assert_eq!(code(hold::step(None, &history, &ben)), "done");
    let backdated = HoldEntry { requested_by: Some(BEN), requested_at: Some(1), ..hold(HoldState::Requested) };
    assert_eq!(code(hold::step(None, &backdated, &ben)), "no_step");
}

#[test]
fn what_was_decided_is_changed_by_those_who_decide() {
    let yes = |_| Ok(true);
    let before = hold(HoldState::Held);
    let longer = HoldEntry { held_from: Some(Day(0)), ..before.clone() };
    let note = HoldEntry { note: Some("box 4".into()), ..before.clone() };
    let tried = |role, after: &HoldEntry| code(hold::step(Some(&before), after, &by(BEN, role, &yes)));
    assert_eq!([tried(Role::Operator, &longer), tried(Role::Supervisor, &longer)], ["forbidden", "done"]);
    assert_eq!(tried(Role::Operator, &note), "done");
}

#[test]
fn a_handover_is_written_by_one_and_signed_once_by_another() {
    let yes = |_| Ok(true);
    let day =
        crate::LineShift::empty(Id::from_bytes([1; 16]), Day(1), Id::from_bytes([2; 16]), Id::from_bytes([3; 16]));
    let written = crate::LineShift {
        handover: Some("needle 3 is worn".into()),
        handover_by: Some(ANA),
        handover_at: Some(5),
        ..day.clone()
    };
    let signed = |who| crate::LineShift { signed_by: Some(who), signed_at: Some(5), ..written.clone() };
    let step = |before: &crate::LineShift, after: &crate::LineShift, who, role| {
        code(shift::step(Some(before), after, &by(who, role, &yes)))
    };
    assert_eq!(step(&day, &written, ANA, Role::Operator), "done");
    assert_eq!(step(&day, &written, BEN, Role::Operator), "no_step");
    assert_eq!(step(&written, &signed(ANA), ANA, Role::Supervisor), "own_request");
    assert_eq!(step(&written, &signed(BEN), BEN, Role::Operator), "forbidden");
    assert_eq!(step(&written, &signed(BEN), BEN, Role::Supervisor), "done");
    let cara = Id::from_bytes([9; 16]);
    assert_eq!(step(&signed(BEN), &signed(cara), cara, Role::Supervisor), "no_step");
    let nothing = crate::LineShift { signed_by: Some(BEN), signed_at: Some(5), ..day.clone() };
    assert_eq!(step(&day, &nothing, BEN, Role::Supervisor), "empty");
    let claimed = crate::LineShift { handover_by: Some(BEN), ..written.clone() };
    assert_eq!(step(&written, &claimed, BEN, Role::Supervisor), "no_step", "another's note");
    let anew = crate::LineShift { handover: Some("all is well".into()), ..signed(BEN) };
    assert_eq!(step(&signed(BEN), &anew, ANA, Role::Supervisor), "own_request", "Ben has not read that");
    let unsigned = crate::LineShift { signed_by: None, signed_at: None, ..anew.clone() };
    assert_eq!(step(&signed(BEN), &unsigned, ANA, Role::Supervisor), "done");
    let silent = crate::LineShift { handover_by: None, handover_at: None, ..written.clone() };
    assert_eq!(code(shift::step(None, &silent, &by(BEN, Role::Supervisor, &yes))), "no_step");
}
