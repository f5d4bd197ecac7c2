//! The hub: its database, its door, who may do what.
use clap::{Args as Group, Subcommand};
use domain::{
    Client, Id,
    change::{Device, User},
};
use std::{net::SocketAddr, path::PathBuf};

/// What can be done with a hub; its database is named in LINEBOARD_HUB_DATABASE, or it is the book of a PC that keeps one.
#[derive(Subcommand)]
pub(crate) enum Hub {
    /// Bring the database to this program's version; as a role that may make roles and schemas
    Migrate,
    /// Look at all that the hub relies on; exit 1 where something is wrong
    Doctor(Doctor),
    /// Try a hub on a fresh machine: its database, its certificate and its door, all in one folder
    Try(Try),
    /// Answer PCs until stopped
    Serve(Serve),
    /// Keep the order for other PCs in this PC's own data folder, without a server; answers until stopped
    Keep(Keep),
    /// Move all that a keeper is to the database that LINEBOARD_HUB_DATABASE names, which nobody has begun to use
    Move,
    /// Copy the book of a PC that keeps the order into a new file, and look whether the copy holds
    BackUp(CardFile),
    /// Answer the letters of PCs in a folder that somebody carries
    Carry(super::Folder),
    /// Take in what a plant that joins has written on its card
    Card(CardFile),
    /// List everybody: what he is, what he sees, where he works
    People,
    /// List every PC: when it was let in, when it was last heard, what it has
    Pcs,
    /// List what admins did at the hub from their windows, the newest first
    Deeds(Deeds),
    /// Let a person work no longer, on any PC
    Disable(Who),
    /// Let a person work again
    Enable(Who),
    /// Give a person a client
    Grant(Grant),
    /// Take a client from a person
    Withdraw(Grant),
    /// Make a one-time code that lets one PC in, for 15 minutes
    Code,
    /// Let a person work at a PC
    Assign(Seat),
    /// Let a person work at a PC no longer
    Release(Seat),
    /// Take a PC out of the plant
    WithdrawPc(Pc),
    /// Note what a backup holds, which was restored into the database that LINEBOARD_HUB_RESTORED names
    BackedUp,
    /// Say that the database was restored from a backup: a new life begins, closed until grants are confirmed
    Restored,
    /// Confirm who may do what after a restore
    ConfirmGrants,
}

/// Where the hub listens.
#[derive(Group)]
pub(crate) struct Serve {
    /// The address and port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7443")]
    pub(crate) listen: SocketAddr,
    /// The file with the certificate; without one only on this machine
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(crate) certificate: Option<PathBuf>,
    /// The file with the certificate's private key
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub(crate) key: Option<PathBuf>,
}

/// A hub in a PC's own file.
#[derive(Group)]
pub(crate) struct Keep {
    /// The address and port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7443")]
    pub(crate) listen: SocketAddr,
    /// What PCs call this machine, a name or an address; several by several options
    #[arg(long = "name", value_name = "NAME")]
    pub(crate) names: Vec<String>,
}

impl Keep {
    /// What others call it, and what it calls itself.
    pub(crate) fn names(&self) -> Vec<String> {
        let own = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let others = self.names.iter().filter(|n| !own.contains(n)).cloned();
        others.chain(own.clone()).collect()
    }
}

/// A hub of one's own.
#[derive(Group)]
pub(crate) struct Try {
    /// The folder; what is there goes on
    pub(crate) folder: PathBuf,
    /// The address and port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7443")]
    pub(crate) listen: SocketAddr,
    /// What PCs call this machine, a name or an address; several by several options
    #[arg(long = "name", value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// The folder with PostgreSQL's programs, where they are not found
    #[arg(long, value_name = "FOLDER")]
    pub(crate) programs: Option<PathBuf>,
}

impl Try {
    /// What it is called; on its own machine where nothing is said.
    pub(crate) fn names(&self) -> Vec<String> {
        if self.names.is_empty() { vec!["localhost".into(), "127.0.0.1".into()] } else { self.names.clone() }
    }
}

/// What else is to be looked at.
#[derive(Group)]
pub(crate) struct Doctor {
    /// The file with the hub's certificate
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
    /// A folder on the disk the database is on
    #[arg(long, value_name = "FOLDER")]
    pub(crate) disk: Option<PathBuf>,
    /// So many gigabytes of that disk are free at least
    #[arg(long, value_name = "GB", default_value_t = 5)]
    pub(crate) least_free: u32,
}

/// A plant's card.
#[derive(Group)]
pub(crate) struct CardFile {
    /// The file
    pub(crate) file: PathBuf,
}

/// How much of what was done.
#[derive(Group)]
pub(crate) struct Deeds {
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) last: u32,
}

/// Which person.
#[derive(Group)]
pub(crate) struct Who {
    /// What the person logs in with, or the id
    pub(crate) name: String,
}

/// Who, and which client.
#[derive(Group)]
pub(crate) struct Grant {
    /// The person's id
    #[arg(value_parser = id::<User>)]
    pub(crate) person: Id<User>,
    /// The client's id
    #[arg(value_parser = id::<Client>)]
    pub(crate) client: Id<Client>,
}

/// Who, and at which PC.
#[derive(Group)]
pub(crate) struct Seat {
    /// The person's id
    #[arg(value_parser = id::<User>)]
    pub(crate) person: Id<User>,
    /// The PC's id, as `lineboard join` has told it
    #[arg(value_parser = id::<Device>)]
    pub(crate) pc: Id<Device>,
}

/// Which PC.
#[derive(Group)]
pub(crate) struct Pc {
    /// The PC's id
    #[arg(value_parser = id::<Device>)]
    pub(crate) pc: Id<Device>,
}

fn id<E>(text: &str) -> Result<Id<E>, String> {
    text.parse().map_err(|_| "no id".into())
}
