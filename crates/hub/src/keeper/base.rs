//! A PC's file as what keeps a hub.
use crate::{
    Error,
    base::{Base, Row, Tx, Value, Way},
};
use domain::{Client, Id, change::User};
use std::{sync::Arc, time::Duration};
use store::book::{Book, Page};
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::timeout,
};

/// How long a request waits for those before it.
const WAIT: Duration = Duration::from_secs(30);

/// The book, which one request has at a time; the others wait their turn.
pub struct InBook(Arc<Mutex<Book>>);

impl InBook {
    pub(super) fn of(book: Book) -> Self {
        InBook(Arc::new(Mutex::new(book)))
    }
    pub(super) async fn book(&self) -> OwnedMutexGuard<Book> {
        self.0.clone().lock_owned().await
    }
}

impl Base for InBook {
    type Way = OwnedMutexGuard<Book>;
    async fn way(&self) -> Result<Self::Way, Error> {
        timeout(WAIT, self.book()).await.map_err(|_| Error::Busy)
    }
}

impl Way for OwnedMutexGuard<Book> {
    type Tx<'w> = Page<'w>;
    async fn begin(&mut self) -> Result<Page<'_>, Error> {
        Ok(self.page()?)
    }
    async fn look(&mut self) -> Result<Page<'_>, Error> {
        Ok(self.page()?)
    }
    async fn glance(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, Error> {
        Tx::row(&self.page()?, sql, values).await
    }
}

impl Tx for Page<'_> {
    async fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        Ok(Page::rows(self, sql, values)?.into_iter().map(Row).collect())
    }
    async fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        Ok(Page::run(self, sql, values)?)
    }
    async fn see_clients(&self, clients: &[Id<Client>]) -> Result<(), Error> {
        Ok(Page::see_clients(self, clients)?)
    }
    async fn see_people(&self, people: &[Id<User>]) -> Result<(), Error> {
        Ok(Page::see_people(self, people)?)
    }
    async fn commit(self) -> Result<(), Error> {
        Ok(Page::commit(self)?)
    }
}
