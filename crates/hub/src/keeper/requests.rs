//! What PCs ask of the keeper: each request is one page of the book, and the core decides over it.
use super::{Keeper, part::Part};
use crate::{
    Error, Held,
    base::Way,
    core::{self, Ledger},
    office::name_all,
};
use domain::{
    Client, Id,
    change::Device,
    feed::{Catalogue, Offered, Page, Position, Pull, Pulled, Push, Pushed, Returned, Sent},
};

/// Entries in memory at once.
const AT_ONCE: usize = 500;

impl Keeper {
    pub(crate) async fn take(&self, device: Id<Device>, mut push: Push) -> Result<Pushed, Error> {
        // Whose stream it is follows from the token.
        push.stream.device = device;
        let mut way = self.way().await?;
        let page = way.begin().await?;
        let mut part = Part::of(&page, push.client, self.clock.now())?;
        let Some(terms) = part.terms()? else {
            return Ok(if part.life()?.0 { Pushed::Busy } else { Pushed::Revoked(0) });
        };
        let answer = core::push(&mut part, &terms, &Catalogue, push)?;
        page.commit()?;
        Ok(answer)
    }
    pub(crate) async fn give(&self, device: Id<Device>, mut pull: Pull) -> Result<Pulled, Error> {
        pull.limit = pull.limit.min(Page::MOST);
        let mut way = self.way().await?;
        let page = way.look().await?;
        let part = Part::of(&page, pull.client, self.clock.now())?;
        let Some(terms) = part.terms()? else {
            return Ok(if part.life()?.0 { Pulled::Busy } else { Pulled::Revoked(0) });
        };
        let mut answer = core::pull(&part, &terms, device, &pull)?;
        self.sign_end(&mut answer);
        Ok(answer)
    }
    pub(crate) async fn meet(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: &[Position],
    ) -> Result<Option<Position>, Error> {
        let mut way = self.way().await?;
        let page = way.look().await?;
        let part = Part::of(&page, client, self.clock.now())?;
        if part.life()?.0 {
            return Err(Error::Locked);
        }
        match part.people(device)?.is_empty() {
            true => Ok(None),
            false => core::agree(&part, places).map(Some),
        }
    }
    pub(crate) async fn take_back(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        entries: &[Returned],
    ) -> Result<Offered, Error> {
        let mut way = self.way().await?;
        let page = way.begin().await?;
        let mut part = Part::of(&page, client, self.clock.now())?;
        let Some(terms) = part.terms()? else {
            return Ok(if part.life()?.0 { Offered::Busy } else { Offered::Revoked(0) });
        };
        let mut entries = entries.to_vec();
        core::vouch(client, &terms.key, &mut entries, &|at, told| self.is_place(client, at, told));
        let answer = core::offer(&mut part, &terms, &Catalogue, device, entries)?;
        page.commit()?;
        Ok(answer)
    }
    /// Keeps what a PC sealed, and tells whether a backup holds it.
    ///
    /// # Errors
    /// Those of the book.
    pub async fn hand_over(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        changes: &[Sent],
    ) -> Result<bool, Error> {
        let mut way = self.way().await?;
        let page = way.begin().await?;
        let mut part = Part::of(&page, client, self.clock.now())?;
        if part.generation(device)? == 0 && !core::was_set_back(part.life()?.1) {
            // Nobody of the PC ever had the client.
            return Ok(false);
        }
        let held = core::part(&mut part, parting, changes)?;
        page.commit()?;
        Ok(held)
    }
    /// Follows every client's log to its end, and tells what the book holds.
    ///
    /// # Errors
    /// Where a log does not hold; those of the book.
    pub(crate) async fn read_through(&self) -> Result<Held, Error> {
        let held = self.held().await?;
        let mut way = self.way().await?;
        let page = way.look().await?;
        name_all(&page).await?;
        for client in held.heads.keys() {
            follow(&Part::of(&page, *client, self.clock.now())?)?;
        }
        Ok(held)
    }
}

/// Follows a client's log to where it is said to end.
fn follow(part: &Part<'_, '_>) -> Result<(), Error> {
    let terms = part.terms()?.ok_or(Error::Unknown("client"))?;
    let (end, mut at) = (part.head()?, Position::START);
    while at.seq < end.seq {
        let entries = part.entries(at.seq, AT_ONCE)?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            let chain = entry.link(&terms.key, &at.chain);
            if entry.seq != at.seq + 1 || part.chain(entry.seq)? != Some(chain) {
                return Err(Error::Damaged("log"));
            }
            at = Position { seq: entry.seq, chain };
        }
    }
    if at == (Position { seq: end.seq, chain: end.chain }) { Ok(()) } else { Err(Error::Damaged("log")) }
}
