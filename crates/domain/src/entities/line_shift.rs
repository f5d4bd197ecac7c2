//! One line on one shift of one day: where time is accounted.
use crate::{Author, Client, Day, Id, Line, Shift, Touch, entity, words};

words! {
    /// Whether a line shift still takes entries.
    ShiftState {
        /// It does.
        Open = "open",
        /// Only with a reason, by a supervisor.
        Closed = "closed",
        /// It does again.
        Reopened = "reopened",
    }
}

words! {
    /// What closed a line shift.
    ClosedHow {
        /// A person did.
        Person = "person",
        /// It came in closed, with a file.
        Import = "import",
    }
}

entity! {
    /// One line on one shift of one day.
    LineShift in line_shift as 15, Floor {
        /// The production day.
        day: Day,
        /// The shift.
        shift_id: Id<Shift>,
        /// The line.
        line_id: Id<Line>,
        /// People on the line; may be fractional.
        crew: Option<f64>,
        /// Floating people idle on the line.
        floating_idle: Option<f64>,
        /// Net minutes of the shift.
        net_minutes: Option<f64>,
        /// Overtime in the line's unit.
        overtime: Option<f64>,
        /// Units planned.
        planned_units: Option<f64>,
        /// Whether it takes entries.
        state: ShiftState,
        /// What closed it.
        closed_how: Option<ClosedHow>,
        /// What happened.
        note: Option<String>,
        /// What the next shift must know.
        handover: Option<String>,
        /// Who wrote it for the next shift.
        handover_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        handover_at: Option<i64>,
        /// Who read and signed it.
        signed_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        signed_at: Option<i64>,
        /// Minutes in the line's unit of which somebody said that it ran slower than its standard.
        speed_minutes: Option<f64>,
    }
    touch |l| Touch::Cell { day: l.day, shift: l.shift_id, line: l.line_id };
    check |l, p| {
        p.at_least_zero("crew", l.crew);
        p.at_least_zero("floating_idle", l.floating_idle);
        p.minutes_of_day("net_minutes", l.net_minutes);
        p.at_least_zero("overtime", l.overtime);
        p.at_least_zero("planned_units", l.planned_units);
        p.at_least_zero("speed_minutes", l.speed_minutes);
        p.short("note", l.note.as_deref().unwrap_or(""));
        p.short("handover", l.handover.as_deref().unwrap_or(""));
    };
    fact |l| LineShift::fact(l.client_id, l.day, l.shift_id, l.line_id);
    together [state, closed_how], [handover, handover_by, handover_at], [signed_by, signed_at];
    step crate::workflow::shift::step;
}

impl LineShift {
    /// The id of the fact: the same on every PC.
    pub fn fact(client: Id<Client>, day: Day, shift: Id<Shift>, line: Id<Line>) -> Id<LineShift> {
        Id::fact_on(client, "line_shift", day, &format!("{}/{}", shift.hex(), line.hex()))
    }
    /// A line shift of which nothing is known yet.
    pub fn empty(client_id: Id<Client>, day: Day, shift_id: Id<Shift>, line_id: Id<Line>) -> LineShift {
        LineShift { day, shift_id, line_id, ..Self::blank(client_id, Self::fact(client_id, day, shift_id, line_id)) }
    }
    /// Whether a correction asks for a reason.
    pub fn is_closed(&self) -> bool {
        self.state == ShiftState::Closed
    }
}
