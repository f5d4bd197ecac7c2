//! What may be written after `lineboard`.
mod figures;
mod files;
mod hub;
mod joined;
mod people;
mod pool;
mod review;

pub(crate) use figures::{Asked, Asof, Course, Kpi, Question, Why};
pub(crate) use files::{Export, Import, is_kind, kinds};
pub(crate) use hub::{CardFile, Doctor, Hub, Keep, Serve, Try};
pub(crate) use joined::{Folder, Join, Now, Rejoin};
pub(crate) use people::{People, PersonCode};
pub(crate) use pool::{Pool, PoolAdd, PoolBook, PoolChange, PoolRelease, PoolWho, When};
pub(crate) use review::{Again, Decide, LetGo, Review};

use clap::{Args as Group, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use domain::{Day, Role};
use plant::templates::Industry;
use std::path::PathBuf;

/// Lineboard on the command line.
#[derive(Parser)]
#[command(name = "lineboard", version, about = "The line board of a plant that works for many clients")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command understands.
#[derive(Group)]
pub(crate) struct Common {
    /// The data folder; else LINEBOARD_DATA, else the platform's place for data
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The file with the database key; else LINEBOARD_KEY_FILE, else the keyring
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Who acts; else LINEBOARD_USER
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// The file with that person's password; asked for on a terminal
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Answers and errors as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// What is to be done.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make the database and its first admin
    Init(Init),
    /// People and their rights
    #[command(subcommand)]
    User(User),
    /// Change one's own password
    Password(Password),
    /// Look at a file, and bring it in with --confirm
    Import(Import),
    /// Write rows out
    Export(Export),
    /// Ask for a figure
    Kpi(Kpi),
    /// Follow a figure from day to day: control chart and forecast
    Course(Course),
    /// Say why a figure changed from one period to another
    Why(Why),
    /// Ask as it was known then
    Asof(Asof),
    /// What somebody should see to
    Alerts(Alerts),
    /// Whether what was entered can be what happened
    Honesty(Honesty),
    /// Check the whole file: integrity, schema, log, rows, sums
    Verify(Verify),
    /// What is kept about a person of a roster or of the pool
    #[command(subcommand)]
    People(People),
    /// The floating pool: its people, who is free, and bookings
    #[command(subcommand)]
    Pool(Pool),
    /// Write what a hub must know of this plant before it joins
    Card(CardFile),
    /// The hub: its database, its door, who may do what
    #[command(subcommand)]
    Hub(Hub),
    /// Bring this PC to a hub
    Join(Join),
    /// Find the hub of this PC at another address, after it has moved
    Rejoin(Rejoin),
    /// Send to the hub what waits, and take in what there is
    Sync(Now),
    /// The same by a folder that somebody carries, where no network leads to the hub
    Carry(Folder),
    /// What two PCs wrote differently, and what the hub refused
    #[command(subcommand)]
    Review(Review),
    /// Make the demo plant: three clients, ninety days
    Demo,
    /// Clients and how they are set up
    #[command(subcommand)]
    Client(Client),
    /// Take one's last step back
    Undo,
    /// Take the taking back back
    Redo,
}

/// The first account.
#[derive(Group)]
pub(crate) struct Init {
    /// The admin's name at log-in
    #[arg(long, value_name = "NAME")]
    pub(crate) admin: String,
    /// The name others read; else the name at log-in
    #[arg(long, value_name = "NAME")]
    pub(crate) display_name: Option<String>,
    /// The file with the admin's password; else --password-file
    #[arg(long, value_name = "FILE")]
    pub(crate) new_password_file: Option<PathBuf>,
}

/// What can be done about people.
#[derive(Subcommand)]
pub(crate) enum User {
    /// Make an account
    Add(UserAdd),
}

/// An account to be made.
#[derive(Group)]
pub(crate) struct UserAdd {
    /// The name at log-in
    pub(crate) name: String,
    /// viewer, operator, supervisor, leader, poweruser or admin
    #[arg(long, value_parser = role)]
    pub(crate) role: Role,
    /// Codes of the clients, with commas between
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) clients: Vec<String>,
    /// The file with the first password
    #[arg(long, value_name = "FILE")]
    pub(crate) new_password_file: Option<PathBuf>,
    /// The name others read; else the name at log-in
    #[arg(long, value_name = "NAME")]
    pub(crate) display_name: Option<String>,
    /// The first password may stay; only with a key file, and recorded
    #[arg(long)]
    pub(crate) no_forced_change: bool,
}

/// What can be done about clients.
#[derive(Subcommand)]
pub(crate) enum Client {
    /// Add the usual steps, defects and reasons of an industry; what is there stays
    Template(Template),
}

/// The usual set-up of an industry.
#[derive(Group)]
pub(crate) struct Template {
    /// The client's code
    pub(crate) client: String,
    /// What the client's goods are
    #[arg(value_parser = words(Industry::ALL, |industry| industry.word()))]
    pub(crate) industry: String,
}

/// One's own new password.
#[derive(Group)]
pub(crate) struct Password {
    /// The file with the new password
    #[arg(long, value_name = "FILE")]
    pub(crate) new_password_file: Option<PathBuf>,
}

/// Yes or no.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

/// What somebody should see to.
#[derive(Group)]
pub(crate) struct Alerts {
    /// Look for new ones first
    #[arg(long)]
    pub(crate) look: bool,
    /// Only this client
    #[arg(long, value_name = "CODE")]
    pub(crate) client: Option<String>,
    /// Settled ones too
    #[arg(long)]
    pub(crate) settled: bool,
}

/// A check of what was entered.
#[derive(Group)]
pub(crate) struct Honesty {
    /// The first day, as YYYY-MM-DD
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Day,
    /// The last day, included
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) to: Day,
    /// Only these clients, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) client: Vec<String>,
    /// Only these checks
    #[arg(long, value_delimiter = ',', value_name = "CHECKS")]
    pub(crate) check: Vec<String>,
}

/// A check of the file.
#[derive(Group)]
pub(crate) struct Verify {
    /// Work every sum out again from the rows first
    #[arg(long)]
    pub(crate) rollup: bool,
}

fn role(word: &str) -> Result<Role, String> {
    let all = || Role::ALL.iter().map(|r| r.word()).collect::<Vec<_>>().join(", ");
    Role::of(word).ok_or_else(|| format!("none of {}", all()))
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|e: domain::time::BadDay| e.to_string())
}

fn words<T>(all: &[T], word: impl Fn(&T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(word).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn common_options_may_stand_behind_the_command() {
        let args =
            Args::try_parse_from(["lineboard", "kpi", "oee", "--by", "line,day", "--json", "--data", "d"]).unwrap();
        let Command::Kpi(kpi) = args.command else { panic!() };
        assert_eq!((kpi.by, args.common.json), (vec!["line".to_string(), "day".to_string()], true));
        assert_eq!(args.common.data, Some(PathBuf::from("d")));
    }

    #[test]
    fn a_day_that_does_not_exist_and_an_unknown_role_are_misuse() {
        assert!(Args::try_parse_from(["lineboard", "kpi", "oee", "--from", "2015-02-30"]).is_err());
        let why = ["lineboard", "why", "oee", "--from", "2015-02-08", "--to", "2015-02-14", "--versus"];
        let versus = |period: &'static str| Args::try_parse_from(why.into_iter().chain([period]));
        assert!(versus("2015-02-01..2015-02-07").is_ok());
        assert!(versus("2015-02-01").is_err() && versus("2015-02-01..2015-02-30").is_err());
        assert!(Args::try_parse_from(["lineboard", "user", "add", "x", "--role", "king"]).is_err());
    }
}
