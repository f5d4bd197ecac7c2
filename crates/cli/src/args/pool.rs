//! What may be asked of the floating pool.
use super::YesNo;
use clap::{Args as Group, Subcommand};
use domain::{Day, time::Instant};

/// What can be done about the floating pool.
#[derive(Subcommand)]
pub(crate) enum Pool {
    /// Everybody of the pool, and who is free: now, or at the time given
    List(When),
    /// Who is taken at a time, and from when to when
    Busy(When),
    /// Take somebody into the pool
    Add(PoolAdd),
    /// Change what is known of somebody
    Change(PoolChange),
    /// Have somebody booked no more; he stays on the list, and his bookings stand
    Deactivate(PoolWho),
    /// Take somebody off the list; what he was booked for stays on the record
    Remove(PoolWho),
    /// Book somebody, for a time or for a shift
    Book(PoolBook),
    /// Give a booking back
    Release(PoolRelease),
    /// The bookings of a time that you may know of
    Bookings(When),
}

/// A time: from one moment to another, or a client's shift of a day.
#[derive(Group)]
pub(crate) struct When {
    /// The first moment, with its zone: 2026-11-25T06:00-06:00
    #[arg(long, value_parser = moment, value_name = "TIME", requires = "to")]
    pub(crate) from: Option<Instant>,
    /// The moment after the last
    #[arg(long, value_parser = moment, value_name = "TIME", requires = "from")]
    pub(crate) to: Option<Instant>,
    /// The client whose shift is meant
    #[arg(long, value_name = "CODE", conflicts_with = "from", requires_all = ["shift", "day"])]
    pub(crate) client: Option<String>,
    /// The shift
    #[arg(long, value_name = "CODE", requires = "client")]
    pub(crate) shift: Option<String>,
    /// The shift's day, as YYYY-MM-DD
    #[arg(long, value_parser = super::day, value_name = "DAY", requires = "client")]
    pub(crate) day: Option<Day>,
}

/// Somebody new of the pool.
#[derive(Group)]
pub(crate) struct PoolAdd {
    /// The person's code
    pub(crate) code: String,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Where the person belongs
    #[arg(long, value_name = "NAME")]
    pub(crate) department: Option<String>,
}

/// Somebody of the pool, and what changes.
#[derive(Group)]
pub(crate) struct PoolChange {
    #[command(flatten)]
    pub(crate) who: PoolWho,
    /// The new code
    #[arg(long, value_name = "CODE")]
    pub(crate) new_code: Option<String>,
    /// The new name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The new department; an empty one for none
    #[arg(long, value_name = "NAME")]
    pub(crate) department: Option<String>,
    /// Whether the person can be booked
    #[arg(long, value_name = "YES|NO")]
    pub(crate) active: Option<YesNo>,
}

/// Somebody of the pool.
#[derive(Group)]
pub(crate) struct PoolWho {
    /// The person's code
    pub(crate) code: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// Somebody to be booked, and when.
#[derive(Group)]
pub(crate) struct PoolBook {
    /// The person's code
    pub(crate) code: String,
    #[command(flatten)]
    pub(crate) when: When,
}

/// A booking to be given back.
#[derive(Group)]
pub(crate) struct PoolRelease {
    /// The booking, as `pool book` and `pool bookings` name it
    pub(crate) booking: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

fn moment(text: &str) -> Result<Instant, String> {
    text.parse().map_err(|e: domain::time::BadInstant| e.to_string())
}
