//! How a PC stands to its hub, as the window shows it.
use domain::{Client, Id, change::Device};
use serde::Serialize;
use ts_rs::TS;

/// How the PC stands to its hub.
#[derive(Serialize, TS)]
pub struct SyncView {
    /// What the hub knows this PC by.
    #[ts(type = "string")]
    pub device: Id<Device>,
    /// What the PC is called in the plant; none until the hub has said so.
    pub name: Option<String>,
    /// Where the hub is.
    pub address: String,
    /// A person has told it to send nothing.
    pub paused: bool,
    /// The line is paid by what goes over it.
    pub metered: bool,
    /// Why the last round went no further, in a word; none where it did.
    pub trouble: Option<String>,
    /// When the hub was last heard, by the PC's clock, milliseconds since 1970.
    pub contact: Option<i64>,
    /// By how much the hub's clock is ahead of the PC's, in milliseconds.
    pub offset: Option<i64>,
    /// The hub has said who works on this PC.
    pub named: bool,
    /// The hub was not reached for longer than its list of people holds.
    pub lease_over: bool,
    /// The clients of the person who asks.
    pub clients: Vec<SyncClient>,
}

/// How the PC stands to one client.
#[derive(Serialize, TS)]
pub struct SyncClient {
    /// The client.
    pub client_id: Id<Client>,
    /// New, active, or on its way out, in a word.
    pub standing: String,
    /// One's own changes that are not yet in the hub's order.
    pub waiting: usize,
    /// What was refused and waits for a person.
    pub refused: usize,
    /// What a restored hub lacks and gets back.
    pub cut_off: usize,
    /// Whether everything is here that the hub has.
    pub caught_up: bool,
    /// Entries taken in.
    pub done: i64,
    /// Entries there are at least.
    pub at_least: i64,
    /// When the hub last answered for it, by the PC's clock, milliseconds since 1970.
    pub contact: Option<i64>,
    /// Why its last round went no further, in a word.
    pub trouble: Option<String>,
}
