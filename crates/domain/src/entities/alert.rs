//! What the program points at, until somebody has seen to it.
use crate::{Author, Client, Id, Touch, entity, words};

words! {
    /// Where an alert stands.
    AlertState {
        /// It was raised.
        Open = "open",
        /// Somebody has seen it.
        Acknowledged = "acknowledged",
        /// It is settled.
        Resolved = "resolved",
    }
}

words! {
    /// What an alert is about.
    AlertKind {
        /// A KPI is beyond its threshold.
        Kpi = "kpi",
        /// An order is late.
        LateOrder = "late_order",
        /// An order will be late as things go.
        OrderAtRisk = "order_at_risk",
        /// A hold waits for its approval.
        HoldWaiting = "hold_waiting",
        /// Too many are missing.
        Absence = "absence",
        /// A line is short of people.
        CoverGap = "cover_gap",
        /// Minutes of a closed shift are unexplained.
        Unexplained = "unexplained",
        /// The newest backup is old.
        Backup = "backup",
    }
}

entity! {
    /// One alert for a client, a kind and a subject.
    Alert in alert as 35, Alerts {
        /// What it is about.
        kind: AlertKind,
        /// What exactly: a KPI's code, an order's id.
        subject: String,
        /// The subject as people call it.
        label: String,
        /// Whether it is beyond the critical threshold.
        critical: bool,
        /// Where it stands.
        state: AlertState,
        /// What was measured.
        value: Option<f64>,
        /// What it was measured against.
        against: Option<f64>,
        /// When it was raised, milliseconds since 1970.
        raised_at: i64,
        /// Who has seen it.
        seen_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        seen_at: Option<i64>,
        /// Who settled it; none where it went away by itself.
        resolved_by: Option<Id<Author>>,
        /// When, milliseconds since 1970.
        resolved_at: Option<i64>,
        /// What was done.
        note: Option<String>,
    }
    touch |_| Touch::Nothing;
    check |a, p| {
        p.text("subject", &a.subject);
        p.short("label", &a.label);
        p.short("note", a.note.as_deref().unwrap_or(""));
    };
    fact |a| Alert::fact(a.client_id, a.kind, &a.subject);
    last [label, critical, value, against, raised_at];
    together [seen_by, seen_at], [resolved_by, resolved_at];
    step crate::workflow::alert::step;
}

impl Alert {
    /// The id of the fact: one for a client, a kind and a subject.
    pub fn fact(client: Id<Client>, kind: AlertKind, subject: &str) -> Id<Alert> {
        Id::fact(client, "alert", &format!("{}/{subject}", kind.word()))
    }
}
