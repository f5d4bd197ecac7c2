//! Looks at everything a hub relies on, and says of each how it is.
//!
//! It reads and changes nothing. A database that a hub would refuse is looked at all the same.
mod certificate;
mod disk;
mod log;
mod settings;
mod walls;

pub use certificate::{is_name, names};

use crate::{Error, clock::Clock, postgres::plain};
use std::path::PathBuf;
use tokio_postgres::Client;

/// What is to be looked at.
#[derive(Clone, Debug)]
pub struct Looks {
    /// The database, as the hub is given it.
    pub url: String,
    /// This machine's clock.
    pub clock: Clock,
    /// The certificate the hub shows; PEM.
    pub certificate: Option<PathBuf>,
    /// A folder on the disk the database is on; else the database's own, where it can be known.
    pub disk: Option<PathBuf>,
    /// So many free bytes there are at least.
    pub least_free: u64,
}

/// How something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Is {
    /// As it should be.
    Good,
    /// Something to see to, though nothing is wrong yet.
    Odd,
    /// Wrong.
    Bad,
    /// Not to be known from here.
    Unknown,
}

/// One thing looked at.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// How it is.
    pub is: Is,
    /// What was found, as a word under which there is a sentence.
    pub word: &'static str,
    /// What the sentence has blanks for.
    pub values: Vec<(&'static str, String)>,
}

impl Finding {
    pub(crate) fn new(is: Is, word: &'static str, values: &[(&'static str, String)]) -> Finding {
        Finding { is, word, values: values.to_vec() }
    }
    fn good(word: &'static str, values: &[(&'static str, String)]) -> Finding {
        Finding::new(Is::Good, word, values)
    }
    fn bad(word: &'static str, values: &[(&'static str, String)]) -> Finding {
        Finding::new(Is::Bad, word, values)
    }
}

/// Looks at all of it, one finding or more for each thing; `found` hears of each as soon as it is known.
pub async fn look(looks: &Looks, found: &mut (dyn FnMut(Finding) + Send)) {
    match plain(&looks.url).await {
        Ok(database) => database_is(looks, &database, found).await,
        Err(e) => found(Finding::bad("database", &[("why", e.to_string())])),
    }
    found(certificate::is(looks.certificate.as_deref(), looks.clock.now()));
}

async fn database_is(looks: &Looks, database: &Client, found: &mut (dyn FnMut(Finding) + Send)) {
    let mut tell = |what: Result<Finding, Error>| found(what.unwrap_or_else(|e| unanswered(&e)));
    tell(settings::version(database).await);
    for one in settings::durable(database).await.unwrap_or_else(|e| vec![unanswered(&e)]) {
        tell(Ok(one));
    }
    tell(settings::clock(database, &looks.clock).await);
    tell(walls::role(database).await);
    let schema = walls::schema(database).await;
    let there = schema.as_ref().is_ok_and(|s| s.is == Is::Good);
    tell(schema);
    tell(disk::is(looks, database).await);
    if there {
        tell(walls::tables(database).await);
        tell(settings::backup(database, looks.clock.now()).await);
        tell(log::is(looks).await);
    }
}

fn unanswered(e: &Error) -> Finding {
    Finding::bad("database", &[("why", e.to_string())])
}
