//! The steps of work that ask for a role are judged at the hub too: a PC may have been tampered with.
use crate::plant::{Pc, Plant, fresh};
use domain::{
    Author, Day, Entity, HoldEntry, HoldState, Id, LineShift, Role, Shift, WorkOrder, author_row,
    change::{Act, Op, User, creation},
    feed::Sent,
    merge::{Verdict, Why},
};

const REFUSED: Verdict = Verdict::Rejected(Why::Role);
const DONE: Verdict = Verdict::Applied;

impl Pc {
    fn orders(&self) -> Sent {
        let id: Id<WorkOrder> = fresh();
        let row = WorkOrder { code: "W-1".into(), ..WorkOrder::blank(self.client, id) };
        self.change(WorkOrder::NUMBER, id.bytes(), Act::Create, &creation::<WorkOrder>(&row.values()), "{}")
    }
    /// Asks for a hold of an order, or says that it is held already.
    fn holds(&self, order: &Sent, state: HoldState) -> Sent {
        let id: Id<HoldEntry> = fresh();
        let row = HoldEntry {
            work_order_id: Id::from_bytes(order.change.record),
            state,
            requested_by: Some(self.user.cast()),
            requested_at: Some(1),
            ..HoldEntry::blank(self.client, id)
        };
        self.change(HoldEntry::NUMBER, id.bytes(), Act::Create, &creation::<HoldEntry>(&row.values()), "{}")
    }
    fn shift(&self) -> Sent {
        let id: Id<Shift> = fresh();
        let row = Shift { code: "D".into(), active: true, ..Shift::blank(self.client, id) };
        self.change(Shift::NUMBER, id.bytes(), Act::Create, &creation::<Shift>(&row.values()), "{}")
    }
    /// A line runs on a shift of a day.
    fn runs(&self, shift: &Sent, line: &Sent) -> Sent {
        let (shift_id, line_id) = (Id::from_bytes(shift.change.record), Id::from_bytes(line.change.record));
        let id = LineShift::fact(self.client, Day(20_000), shift_id, line_id);
        let row = LineShift { day: Day(20_000), shift_id, line_id, ..LineShift::blank(self.client, id) };
        self.change(LineShift::NUMBER, id.bytes(), Act::Create, &creation::<LineShift>(&row.values()), "{}")
    }
    /// Takes a row to where `patch` says, on what these changes wrote.
    fn takes(&self, row: &Sent, patch: &str, seen: &[Id<Op>]) -> Sent {
        let columns = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(patch).unwrap();
        let base: serde_json::Map<_, _> = columns
            .keys()
            .map(|name| (name.clone(), seen.iter().map(|op| op.hex()).collect::<Vec<_>>().into()))
            .collect();
        let base = serde_json::Value::Object(base).to_string();
        self.change(row.change.kind, row.change.record, Act::Patch, patch, &base)
    }
    /// What one change is answered.
    async fn says(&mut self, plant: &Plant, sent: &Sent) -> Verdict {
        self.push(&plant.hub, std::slice::from_ref(sent)).await[0]
    }
}

/// A PC of somebody whose name the client can read.
async fn named(plant: &Plant, role: Role) -> Pc {
    let mut pc = plant.pc(role).await;
    let row = author_row(pc.client, pc.user, "somebody".into());
    let name = pc.change(Author::NUMBER, row.id.bytes(), Act::Create, &creation::<Author>(&row.values()), "{}");
    assert_eq!(pc.says(plant, &name).await, DONE);
    pc
}

/// The patch that approves a hold in somebody's name.
fn approved(by: Id<User>) -> String {
    format!(r#"{{"state":"held","approved_by":"{}","approved_at":2}}"#, by.hex())
}

#[tokio::test]
async fn only_who_decides_about_holds_approves_one_and_with_no_name_but_his_own() {
    let plant = Plant::new().await;
    let (mut operator, mut supervisor) = (named(&plant, Role::Operator).await, named(&plant, Role::Supervisor).await);
    let order = supervisor.orders();
    assert_eq!(supervisor.says(&plant, &order).await, DONE);
    let held = operator.holds(&order, HoldState::Held);
    assert_eq!(operator.says(&plant, &held).await, REFUSED, "nobody begins with what is to be decided");
    let mut approved_at_once = operator.holds(&order, HoldState::Requested);
    let by = format!(r#","approved_by":"{}","approved_at":1,"self_approved":1}}"#, operator.user.hex());
    approved_at_once.change.patch = approved_at_once.change.patch.trim_end_matches('}').to_owned() + &by;
    assert_eq!(operator.says(&plant, &approved_at_once).await, REFUSED, "nor with an approval beside what he asks");
    let asked = operator.holds(&order, HoldState::Requested);
    assert_eq!(operator.says(&plant, &asked).await, DONE);
    let asks = asked.change.op;
    for by in [operator.user, supervisor.user] {
        let forged = operator.takes(&asked, &approved(by), &[asks]);
        assert_eq!(operator.says(&plant, &forged).await, REFUSED);
    }
    let leader = named(&plant, Role::Leader).await;
    let other = supervisor.takes(&asked, &approved(leader.user), &[asks]);
    assert_eq!(supervisor.says(&plant, &other).await, REFUSED, "nobody approves in another's name");
    let fine = supervisor.takes(&asked, &approved(supervisor.user), &[asks]);
    assert_eq!(supervisor.says(&plant, &fine).await, DONE);
    // From there on an operator asks to go on, takes that back, and moves nothing else.
    let wish = format!(r#"{{"state":"resume_requested","resume_by":"{}","resume_at":3}}"#, operator.user.hex());
    let wish = operator.takes(&asked, &wish, &[asks, fine.change.op]);
    assert_eq!(operator.says(&plant, &wish).await, DONE);
    let seen = [asks, fine.change.op, wish.change.op];
    let resumed = format!(r#"{{"state":"resumed","resumed_by":"{}","resumed_at":4}}"#, operator.user.hex());
    for patch in [resumed.as_str(), r#"{"state":"requested"}"#, r#"{"quantity":5}"#, r#"{"state":"held"}"#] {
        let step = operator.takes(&asked, patch, &seen);
        assert_eq!(operator.says(&plant, &step).await, REFUSED, "{patch}");
    }
    let back = operator.takes(&asked, r#"{"state":"held","resume_by":null,"resume_at":null}"#, &seen);
    assert_eq!(operator.says(&plant, &back).await, DONE);
}

#[tokio::test]
async fn what_one_approves_of_his_own_is_marked_and_what_one_asked_for_he_takes_back() {
    let plant = Plant::new().await;
    let (mut operator, mut supervisor) = (named(&plant, Role::Operator).await, named(&plant, Role::Supervisor).await);
    let order = supervisor.orders();
    supervisor.says(&plant, &order).await;
    let own = supervisor.holds(&order, HoldState::Requested);
    assert_eq!(supervisor.says(&plant, &own).await, DONE);
    let unmarked = supervisor.takes(&own, &approved(supervisor.user), &[own.change.op]);
    assert_eq!(supervisor.says(&plant, &unmarked).await, REFUSED);
    let marked = approved(supervisor.user).replace('}', r#","self_approved":1}"#);
    let marked = supervisor.takes(&own, &marked, &[own.change.op]);
    assert_eq!(supervisor.says(&plant, &marked).await, DONE);
    let (mine, theirs) = (operator.holds(&order, HoldState::Requested), supervisor.holds(&order, HoldState::Requested));
    assert_eq!((operator.says(&plant, &mine).await, supervisor.says(&plant, &theirs).await), (DONE, DONE));
    let cancel = |row: &Sent| operator.takes(row, r#"{"state":"cancelled"}"#, &[row.change.op]);
    let (mine, theirs) = (cancel(&mine), cancel(&theirs));
    assert_eq!((operator.says(&plant, &mine).await, operator.says(&plant, &theirs).await), (DONE, REFUSED));
}

#[tokio::test]
async fn only_who_answers_for_shifts_closes_one_opens_it_again_and_signs_its_handover() {
    let plant = Plant::new().await;
    let (mut operator, mut supervisor) = (named(&plant, Role::Operator).await, named(&plant, Role::Supervisor).await);
    let mut leader = plant.pc(Role::Leader).await;
    let made = [leader.line("L"), leader.shift()];
    assert_eq!(leader.push(&plant.hub, &made).await, [DONE, DONE]);
    let shift = operator.runs(&made[1], &made[0]);
    assert_eq!(operator.says(&plant, &shift).await, DONE);
    let (closed, opened) = (r#"{"state":"closed"}"#, r#"{"state":"open"}"#);
    let early = operator.takes(&shift, closed, &[shift.change.op]);
    assert_eq!(operator.says(&plant, &early).await, REFUSED);
    let closes = supervisor.takes(&shift, closed, &[shift.change.op]);
    assert_eq!(supervisor.says(&plant, &closes).await, DONE);
    let opens = operator.takes(&shift, opened, &[closes.change.op]);
    assert_eq!(operator.says(&plant, &opens).await, REFUSED);
    let signs = format!(r#"{{"signed_by":"{}","signed_at":5}}"#, operator.user.hex());
    let signs = operator.takes(&shift, &signs, &[shift.change.op]);
    assert_eq!(operator.says(&plant, &signs).await, REFUSED);
    // What an operator says of the shift is none of that.
    let says = operator.takes(&shift, r#"{"crew":8}"#, &[shift.change.op]);
    assert_eq!(operator.says(&plant, &says).await, DONE);
}
