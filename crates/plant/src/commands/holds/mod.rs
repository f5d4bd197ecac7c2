//! Holds: asked for, approved, let go, scrapped, listed.
pub mod list;
mod order;
mod steps;

pub(super) use order::follow;

pub use list::{HoldView, List, list};
pub(super) use steps::{approve, cancel, reject, request, resume, resume_request, scrap};

use domain::{Client, Day, HoldEntry, HoldReason, Id, Job, WorkOrder};
use serde::Deserialize;
use ts_rs::TS;

/// What is to be held, and why.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Request {
    client_id: Id<Client>,
    work_order_id: Id<WorkOrder>,
    /// Only this job of it; none for the whole order.
    #[serde(default)]
    #[ts(optional = nullable)]
    job_id: Option<Id<Job>>,
    #[serde(default)]
    #[ts(optional = nullable)]
    reason_id: Option<Id<HoldReason>>,
    #[serde(default)]
    #[ts(optional = nullable)]
    category: Option<String>,
    /// Units held; none for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    quantity: Option<i64>,
    /// Since when; none for now.
    #[serde(default)]
    #[ts(optional = nullable)]
    held_from: Option<Day>,
    /// Minutes after that day's midnight; none for the whole day.
    #[serde(default)]
    #[ts(optional = nullable)]
    held_from_minute: Option<i64>,
    /// By when it should be settled.
    #[serde(default)]
    #[ts(optional = nullable)]
    expected: Option<Day>,
    #[serde(default)]
    #[ts(optional = nullable)]
    note: Option<String>,
}

/// Which hold to approve, and what of it is to be put right.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    client_id: Id<Client>,
    id: Id<HoldEntry>,
    /// The hold as it was seen; refused where somebody has changed it since.
    #[serde(default)]
    #[ts(optional = nullable)]
    version: Option<String>,
    /// Since when; none leaves what was asked for.
    #[serde(default)]
    #[ts(optional = nullable)]
    held_from: Option<Day>,
    /// Minutes after that day's midnight; none for the whole day.
    #[serde(default)]
    #[ts(optional = nullable)]
    held_from_minute: Option<i64>,
    #[serde(default)]
    #[ts(optional = nullable)]
    expected: Option<Day>,
    /// Wanted where one approves what one asked for.
    #[serde(default)]
    #[ts(optional = nullable)]
    reason: Option<String>,
}

/// Which hold, and why.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Step {
    client_id: Id<Client>,
    id: Id<HoldEntry>,
    #[serde(default)]
    #[ts(optional = nullable)]
    version: Option<String>,
    #[serde(default)]
    #[ts(optional = nullable)]
    reason: Option<String>,
}

/// Which hold ends, when, and what becomes of its units.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct End {
    client_id: Id<Client>,
    id: Id<HoldEntry>,
    #[serde(default)]
    #[ts(optional = nullable)]
    version: Option<String>,
    /// Until when; none for now.
    #[serde(default)]
    #[ts(optional = nullable)]
    held_to: Option<Day>,
    /// Minutes after that day's midnight; none for the whole day.
    #[serde(default)]
    #[ts(optional = nullable)]
    held_to_minute: Option<i64>,
    /// Units that go on.
    #[serde(default)]
    #[ts(optional = nullable)]
    released: Option<i64>,
    /// Units thrown away.
    #[serde(default)]
    #[ts(optional = nullable)]
    scrapped: Option<i64>,
    #[serde(default)]
    #[ts(optional = nullable)]
    reason: Option<String>,
}
