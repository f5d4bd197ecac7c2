//! Every table is in exactly one class, and each class has one view rule.
use domain::{PLANT_SHAPES, SHAPES};

/// What a table is to its readers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// A client's rows: seen in scope while not taken away.
    Client,
    /// The plant's own rows: each with a view of its own.
    Plant,
    /// A client's log, and the plant's: a client's is seen in scope, both are only ever appended to.
    Log,
    /// A client's sums: seen in scope, written by the store alone.
    Sums,
    /// A person's own rows: seen by their owner.
    Personal,
    /// Accounts, rights, keys, audit: in no view.
    Admin,
    /// The store's own: in no view.
    Local,
}

const LOG: &[&str] = &["change", "confirmation"];
const SUMS: &[&str] = &[
    "kpi_line_shift",
    "kpi_part",
    "kpi_quality",
    "kpi_people",
    "kpi_order",
    "kpi_in_work",
    "kpi_client_day",
    "kpi_client_in_work",
    "kpi_client_crew",
    "kpi_client_rev",
    "kpi_mark",
];
const PERSONAL: &[&str] = &["draft", "saved_filter", "preference"];
const ADMIN: &[&str] =
    &["user", "user_client", "user_line", "device", "plant_setting", "plant_state", "throttle", "security_event"];
const LOCAL: &[&str] = &["peer", "step"];

/// The store's own tables that speak of clients: in no view, but guarded like the rest.
pub(super) const OF_CLIENTS: &[&str] = &[
    "head",
    "step_client",
    "was",
    "redaction",
    "feed",
    "feed_role",
    "own_change",
    "shade",
    "waiting",
    "refused",
    "cut_off",
    "signed",
    "parting",
];

/// Every table with its class.
pub fn tables() -> impl Iterator<Item = (&'static str, Class)> {
    let of = |names: &'static [&'static str], class| names.iter().map(move |n| (*n, class));
    SHAPES
        .iter()
        .map(|s| (s.table, Class::Client))
        .chain(PLANT_SHAPES.iter().map(|s| (s.table, Class::Plant)))
        .chain(of(LOG, Class::Log))
        .chain(of(SUMS, Class::Sums))
        .chain(of(PERSONAL, Class::Personal))
        .chain(of(ADMIN, Class::Admin))
        .chain(of(LOCAL, Class::Local))
        .chain(of(OF_CLIENTS, Class::Local))
}

impl Class {
    /// The column that says whose row it is, and the list it must be in.
    pub(crate) const fn key(self) -> Option<(&'static str, &'static str)> {
        match self {
            Class::Client | Class::Log | Class::Sums => Some(("client_id", "scope")),
            // The key of the plant's log, which is in no scope: its views ask who is looking.
            Class::Plant => Some(("client_id", "who")),
            Class::Personal => Some(("owner", "who")),
            Class::Admin | Class::Local => None,
        }
    }
}
