//! Shifts, the times they have from a day on, and their breaks.
use crate::{Code, Day, Id, Touch, entity};

entity! {
    /// A shift; one id for ever.
    Shift in shift as 7, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// Whether it is in use.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |s, p| {
        p.text("code", &s.code);
        p.short("name", &s.name);
    };
}

entity! {
    /// The clock times of a shift, from a day on.
    ShiftTime in shift_time as 8, Setup {
        /// The shift.
        shift_id: Id<Shift>,
        /// The first day with these times.
        valid_from: Day,
        /// Minutes after local midnight at which it starts.
        start_minute: Option<i64>,
        /// Minutes after local midnight at which it ends; not after the start means the next day.
        end_minute: Option<i64>,
    }
    touch |t| Touch::Match { from: Some(t.valid_from), shift: Some(t.shift_id), line: None };
    check |t, p| {
        for (field, minute) in [("start_minute", t.start_minute), ("end_minute", t.end_minute)] {
            p.count(field, minute);
            p.need(minute.unwrap_or(0) < 1440, field, Code::TooLarge, minute.unwrap_or(0));
        }
    };
    together [start_minute, end_minute];
}

entity! {
    /// A break of a shift, from a day on.
    ShiftBreak in shift_break as 9, Setup {
        /// The shift.
        shift_id: Id<Shift>,
        /// The first day with this break.
        valid_from: Day,
        /// Minutes after local midnight at which it starts.
        start_minute: i64,
        /// How long it lasts.
        minutes: f64,
    }
    touch |b| Touch::Match { from: Some(b.valid_from), shift: Some(b.shift_id), line: None };
    check |b, p| {
        p.count("start_minute", Some(b.start_minute));
        p.minutes_of_day("minutes", Some(b.minutes));
    };
    together [start_minute, minutes];
}
