//! What may be asked about a person's data.
use clap::{Args as Group, Subcommand};

/// What can be done about a person's data.
#[derive(Subcommand)]
pub(crate) enum People {
    /// Write out everything that is kept about a person, as JSON
    Export(PersonCode),
    /// Take a person out of rows, log and undo, for good
    Erase(Erase),
}

/// A person of a roster or of the pool.
#[derive(Group)]
pub(crate) struct PersonCode {
    /// The person's code
    pub(crate) code: String,
    /// The client whose roster it is
    #[arg(long, value_name = "CODE")]
    pub(crate) client: Option<String>,
    /// A person of the plant's pool, and of no client's roster
    #[arg(long, conflicts_with = "client")]
    pub(crate) pool: bool,
}

/// A person to be erased.
#[derive(Group)]
pub(crate) struct Erase {
    #[command(flatten)]
    pub(crate) person: PersonCode,
    /// It cannot be taken back: say so
    #[arg(long, required = true)]
    pub(crate) confirm: bool,
}
