//! The client's own catalogues of defects and of reasons to hold.
use crate::{Id, Touch, entity};

entity! {
    /// A type of defect of the client's own catalogue.
    DefectType in defect_type as 23, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// The type it is a part of.
        parent_id: Option<Id<DefectType>>,
        /// Whether it is in use.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |d, p| {
        p.text("code", &d.code);
        p.short("name", &d.name);
    };
}

entity! {
    /// A reason of the client's own catalogue for which work is held.
    HoldReason in hold_reason as 24, Setup {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// Whether it is in use.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |r, p| {
        p.text("code", &r.code);
        p.short("name", &r.name);
    };
}
