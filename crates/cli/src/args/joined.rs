//! A PC and its hub.
use clap::Args as Group;
use std::path::PathBuf;

/// Where the hub is, and what lets this PC in.
#[derive(Group)]
pub(crate) struct Join {
    /// The hub's address: https://…; a PC that comes back needs none
    pub(crate) address: Option<String>,
    /// The file with the hub's certificate, which alone is believed from then on
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
    /// What this PC is called in the plant
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The file with the one-time code; asked for on a terminal
    #[arg(long, value_name = "FILE")]
    pub(crate) code_file: Option<PathBuf>,
}

/// Where the hub is now.
#[derive(Group)]
pub(crate) struct Rejoin {
    /// The hub's new address: https://…
    pub(crate) address: String,
    /// The file with the certificate it shows there, which alone is believed from then on
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: PathBuf,
}

/// A folder, on a stick or shared.
#[derive(Group)]
pub(crate) struct Folder {
    /// The folder
    pub(crate) folder: PathBuf,
}

/// How long it may take.
#[derive(Group)]
pub(crate) struct Now {
    /// Seconds after which it gives up
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) patience: u64,
}
