//! A hub in one PC's own file: the keeper of a plant that has no server.
mod base;
mod part;
mod requests;

pub use base::InBook;

use crate::{
    Error, Held, Hub,
    base::{Base, Tx, Way},
    clock::Clock,
};
use ed25519_dalek::SigningKey;
use std::path::Path;
use store::{book::Book, keep::Vault};

/// A hub that is kept in a book beside a plant's file.
pub type Keeper = Hub<InBook>;

impl Keeper {
    /// Opens the book of a PC, begun where there is none.
    ///
    /// # Errors
    /// Those of the file; where it is of a newer program.
    pub async fn begin(vault: &Vault, clock: Clock) -> Result<Self, Error> {
        Self::over(Book::begin(vault)?, clock).await
    }
    async fn over(book: Book, clock: Clock) -> Result<Self, Error> {
        let base = InBook::of(book);
        let mut way = base.way().await?;
        let state = way.look().await?.row("SELECT seed FROM hub.state", &[]).await?;
        let seed = state.ok_or(Error::Unknown("state of the hub"))?.hash(0)?;
        drop(way);
        Ok(Hub { base, clock, signs: SigningKey::from_bytes(&seed) })
    }
    /// Gives all that this hub is to another, which nobody has begun to use; this one answers nobody from then on.
    ///
    /// Whatever stops it, it can be done again.
    ///
    /// # Errors
    /// Where the other is in use; those of the book and of the other's database.
    pub async fn move_to<B: Base>(&self, other: &Hub<B>) -> Result<(), Error> {
        let mut way = self.way().await?;
        // Nobody writes to a book that is being copied, and none that was copied is written to.
        self.mark(&mut way, true).await?;
        let page = way.look().await?;
        let done = other.take_over(&page).await;
        drop(page);
        match done {
            Err(Error::InUse) => self.mark(&mut way, false).await.and(Err(Error::InUse)),
            done => done,
        }
    }
    async fn mark(&self, way: &mut <InBook as Base>::Way, moved: bool) -> Result<(), Error> {
        let page = way.begin().await?;
        page.run("UPDATE hub.state SET moved = $1", &[moved.into()])?;
        Ok(page.commit()?)
    }
    /// Whether its plant has gone to another hub.
    ///
    /// # Errors
    /// Those of the book.
    pub async fn has_moved(&self) -> Result<bool, Error> {
        let mut way = self.way().await?;
        let state = Tx::row(&way.look().await?, "SELECT moved FROM hub.state", &[]).await?;
        state.ok_or(Error::Unknown("state of the hub"))?.yes(0)
    }
    /// Copies the book into a new file, looks whether the copy can be read, and notes what it holds: PCs need not keep
    /// that for the hub any longer.
    ///
    /// # Errors
    /// Where the file is there already or cannot be written, or does not hold what was written; those of the book.
    pub async fn back_up(&self, vault: &Vault, file: &Path) -> Result<Held, Error> {
        self.base.book().await.copy_to(file)?;
        let copy = Self::over(Book::copy(vault, file)?, self.clock.clone()).await?;
        let held = copy.read_through().await?;
        self.backed_up(&held).await?;
        Ok(held)
    }
}
