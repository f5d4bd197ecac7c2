//! Who was there, who covered, and how many were needed.
use crate::{
    Client, Code, Day, Employee, Fault, Id, Line, Shift, ShiftPlace, Touch,
    elements::AttendanceFacts,
    entity, words,
    workflow::{Actor, Known},
};

words! {
    /// Why somebody was not there.
    Absence {
        /// Nobody knew of it.
        Unscheduled = "unscheduled",
        /// Illness.
        Medical = "medical",
        /// Own affairs.
        Personal = "personal",
        /// Sent home.
        Suspended = "suspended",
        /// Vacation.
        Vacation = "vacation",
        /// A holiday.
        Holiday = "holiday",
        /// Came late, and worked.
        Late = "late",
    }
}

words! {
    /// How a person's work is paid for.
    LabourClass {
        /// It goes into the product.
        Direct = "direct",
        /// It does not.
        Indirect = "indirect",
    }
}

entity! {
    /// A person on a shift of a day: planned and worked hours.
    AttendanceEntry in attendance_entry as 31, People {
        /// The person.
        employee_id: Id<Employee>,
        /// The production day.
        day: Day,
        /// The shift.
        shift_id: Option<Id<Shift>>,
        /// The line.
        line_id: Option<Id<Line>>,
        /// Hours he should work.
        scheduled_hours: Option<f64>,
        /// Hours he worked.
        actual_hours: Option<f64>,
        /// Hours he was missing.
        absent_hours: Option<f64>,
        /// Why he was missing.
        absence: Option<Absence>,
        /// The reason in words.
        reason: Option<String>,
        /// Of the hours worked, those paid once.
        normal_hours: Option<f64>,
        /// Those paid double.
        double_hours: Option<f64>,
        /// Those paid three times.
        triple_hours: Option<f64>,
        /// How his work is paid for.
        labour_class: Option<LabourClass>,
        /// What else is to be known.
        note: Option<String>,
    }
    touch |a| Touch::Place(a.place());
    check |a, p| {
        for (field, hours) in [
            ("scheduled_hours", a.scheduled_hours),
            ("actual_hours", a.actual_hours),
            ("absent_hours", a.absent_hours),
            ("normal_hours", a.normal_hours),
            ("double_hours", a.double_hours),
            ("triple_hours", a.triple_hours),
        ] {
            p.hours_of_day(field, hours);
        }
        if let (Some(scheduled), Some(absent)) = (a.scheduled_hours, a.absent_hours) {
            p.need(absent <= scheduled + 1e-9, "absent_hours", Code::AbsentOverScheduled, absent);
        }
        let split = [a.normal_hours, a.double_hours, a.triple_hours].into_iter().flatten().sum::<f64>();
        if let Some(actual) = a.actual_hours {
            p.need(split <= actual + 1e-9, "normal_hours", Code::SplitOverActual, split);
        }
        p.short("reason", a.reason.as_deref().unwrap_or(""));
        p.short("note", a.note.as_deref().unwrap_or(""));
    };
    fact |a| AttendanceEntry::fact(a.client_id, a.employee_id, a.day, a.shift_id);
    hides [absence, reason, note];
    ruled [scheduled_hours, actual_hours, absent_hours, normal_hours, double_hours, triple_hours];
    together [absent_hours, absence, reason];
    step |_, a, by| {
        let free = !a.comes() || (by.knows)(Known::FreeToAttend(a.employee_id, a.place()))?;
        if free { Ok(()) } else { Err(Fault::new(Code::BusyOnShift).at("employee_id")) }
    };
}

impl AttendanceEntry {
    /// The id of the fact: the same on every PC.
    pub fn fact(client: Id<Client>, employee: Id<Employee>, day: Day, shift: Option<Id<Shift>>) -> Id<AttendanceEntry> {
        let shift = shift.map(Id::hex).unwrap_or_default();
        Id::fact_on(client, "attendance_entry", day, &format!("{}/{shift}", employee.hex()))
    }
    /// Whether the person comes, as far as the list tells.
    pub fn comes(&self) -> bool {
        AttendanceFacts::from(self).is_present()
    }
    /// Where the person was planned.
    pub fn place(&self) -> ShiftPlace {
        ShiftPlace { day: self.day, shift: self.shift_id, line: self.line_id }
    }
}

entity! {
    /// Somebody who covers for somebody missing.
    CoverageEntry in coverage_entry as 32, People {
        /// The absence that is covered; none for a line short of people.
        attendance_entry_id: Option<Id<AttendanceEntry>>,
        /// Who covers, of the own roster.
        employee_id: Option<Id<Employee>>,
        /// The booking of who covers, of the plant's pool.
        booking: Option<String>,
        /// The production day.
        day: Day,
        /// The shift.
        shift_id: Option<Id<Shift>>,
        /// The line he works on.
        line_id: Option<Id<Line>>,
        /// Hours covered.
        hours: Option<f64>,
        /// Minutes on the line without work.
        idle_minutes: Option<f64>,
        /// Whether a supervisor has confirmed it.
        confirmed: bool,
        /// What else is to be known.
        note: Option<String>,
    }
    touch |c| Touch::Cover(c.place(), c.attendance_entry_id);
    check |c, p| {
        p.hours_of_day("hours", c.hours);
        p.minutes_of_day("idle_minutes", c.idle_minutes);
        p.short("booking", c.booking.as_deref().unwrap_or(""));
        p.short("note", c.note.as_deref().unwrap_or(""));
    };
    hides [note];
    step |before, c, by| {
        c.names_a_booking(before, by)?;
        let Some(employee) = c.employee_id else { return Ok(()) };
        let free = (by.knows)(Known::FreeToCover(employee, c.place(), c.id))?;
        if free { Ok(()) } else { Err(Fault::new(Code::BusyOnShift).at("employee_id")) }
    };
}

impl CoverageEntry {
    /// A booking that a cover comes to carry is there; all else about it is judged when the cover stands.
    fn names_a_booking(&self, before: Option<&CoverageEntry>, by: &Actor<'_>) -> Result<(), Fault> {
        let new = self.booking.as_deref().filter(|token| before.and_then(|b| b.booking.as_deref()) != Some(*token));
        let Some(token) = new else { return Ok(()) };
        let there = match token.parse() {
            Ok(booking) => (by.knows)(Known::Booked(booking))?,
            Err(_) => false,
        };
        if there { Ok(()) } else { Err(Fault::new(Code::Missing).at("booking")) }
    }
    /// Where who covers works.
    pub fn place(&self) -> ShiftPlace {
        ShiftPlace { day: self.day, shift: self.shift_id, line: self.line_id }
    }
}

entity! {
    /// People needed and there, on a line and shift of a day.
    Staffing in staffing as 30, People {
        /// The production day.
        day: Day,
        /// The shift.
        shift_id: Id<Shift>,
        /// The line.
        line_id: Id<Line>,
        /// People needed.
        required: Option<f64>,
        /// People there.
        actual: Option<f64>,
    }
    touch |s| Touch::Place(ShiftPlace { day: s.day, shift: Some(s.shift_id), line: Some(s.line_id) });
    check |s, p| {
        p.at_least_zero("required", s.required);
        p.at_least_zero("actual", s.actual);
    };
}

impl From<&AttendanceEntry> for AttendanceFacts {
    fn from(a: &AttendanceEntry) -> AttendanceFacts {
        AttendanceFacts {
            id: a.id.bytes(),
            department: None,
            scheduled: a.scheduled_hours,
            actual: a.actual_hours,
            absent: a.absent_hours,
            absence: a.absence,
            split: [a.normal_hours, a.double_hours, a.triple_hours],
        }
    }
}
