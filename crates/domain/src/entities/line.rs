//! Lines, cells and teams, and the operations done on them.
use crate::{Id, Touch, entity, words};

words! {
    /// What a line's time is counted in.
    Basis {
        /// Operator-minutes: crew counts.
        Labour = "labour",
        /// Line-minutes: crew counts as one.
        Machine = "machine",
    }
}

impl Default for Basis {
    /// A line nobody described is one of people.
    fn default() -> Self {
        Basis::Labour
    }
}

entity! {
    /// A line, cell or team.
    Line in line as 5, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// What its time is counted in.
        basis: Basis,
        /// The line it belongs to.
        parent_id: Option<Id<Line>>,
        /// Whether it is in use.
        active: bool,
    }
    touch |l| Touch::Match { from: None, shift: None, line: Some(l.id) };
    check |l, p| {
        p.text("code", &l.code);
        p.short("name", &l.name);
    };
}

entity! {
    /// A step of making a product.
    Operation in operation as 6, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// Its place in the order of steps.
        sequence: i64,
        /// Whether it is the step that finishes a product.
        is_final: bool,
        /// Whether it is in use.
        active: bool,
    }
    touch |o| Touch::Step(o.id);
    check |o, p| {
        p.text("code", &o.code);
        p.short("name", &o.name);
        p.count("sequence", Some(o.sequence));
    };
}

entity! {
    /// A machine or tool, on a line or on none.
    Equipment in equipment as 21, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// The line it stands on.
        line_id: Option<Id<Line>>,
        /// Whether it is in use.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |e, p| {
        p.text("code", &e.code);
        p.short("name", &e.name);
    };
}
