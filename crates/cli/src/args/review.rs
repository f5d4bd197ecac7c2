//! What may be asked of what two people wrote, and of what a hub refused.
use clap::{Args as Group, Subcommand};

/// What can be done about what waits for a person.
#[derive(Subcommand)]
pub(crate) enum Review {
    /// What two PCs wrote differently, and what the hub refused
    List,
    /// Decide what is to stand, for everybody
    Decide(Decide),
    /// Write again what the hub refused
    Again(Again),
    /// Let go what the hub refused; the log keeps it
    LetGo(LetGo),
}

/// A decision on a row.
#[derive(Group)]
pub(crate) struct Decide {
    /// The row, as `review list` names it
    pub(crate) row: String,
    /// The change whose values are to stand; without it, what stands stays
    #[arg(long, value_name = "CHANGE")]
    pub(crate) take: Option<String>,
    /// The row goes, as somebody wanted
    #[arg(long, conflicts_with = "take")]
    pub(crate) remove: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}

/// A refused change, and what is mended of it.
#[derive(Group)]
pub(crate) struct Again {
    /// The change, as `review list` names it
    pub(crate) change: String,
    /// Another value for a column
    #[arg(long, value_name = "COLUMN=VALUE")]
    pub(crate) set: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// A refused change that is let go.
#[derive(Group)]
pub(crate) struct LetGo {
    /// The change, as `review list` names it
    pub(crate) change: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}
