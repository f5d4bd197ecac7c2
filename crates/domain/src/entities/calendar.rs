//! Holidays, exceptions, and which line runs when.
use crate::{Code, Day, Id, Line, Shift, Touch, entity};

entity! {
    /// A holiday or exception.
    CalendarDay in calendar_day as 10, Setup {
        /// The production day.
        day: Day,
        /// Only this line; none for all.
        line_id: Option<Id<Line>>,
        /// Only this shift; none for all.
        shift_id: Option<Id<Shift>>,
        /// Whether there is work.
        working: bool,
        /// Net minutes of the shift on that day.
        net_minutes: Option<f64>,
        /// Why.
        note: Option<String>,
    }
    touch |d| Touch::Match { from: Some(d.day), shift: d.shift_id, line: d.line_id };
    check |d, p| {
        p.minutes_of_day("net_minutes", d.net_minutes);
        p.short("note", d.note.as_deref().unwrap_or(""));
    };
}

entity! {
    /// A line that runs on a shift, on some weekdays, from a day on.
    LineCalendar in line_calendar as 11, Setup {
        /// The line.
        line_id: Id<Line>,
        /// The shift.
        shift_id: Id<Shift>,
        /// The weekdays, as bits: Monday 1, Tuesday 2, … Sunday 64.
        weekdays: i64,
        /// People planned.
        planned_crew: Option<f64>,
        /// Units planned a shift.
        planned_units: Option<f64>,
        /// The first day of this plan.
        valid_from: Day,
    }
    touch |c| Touch::Match { from: Some(c.valid_from), shift: Some(c.shift_id), line: Some(c.line_id) };
    check |c, p| {
        p.need((0..128).contains(&c.weekdays), "weekdays", Code::TooLarge, c.weekdays);
        p.at_least_zero("planned_crew", c.planned_crew);
        p.at_least_zero("planned_units", c.planned_units);
    };
}
