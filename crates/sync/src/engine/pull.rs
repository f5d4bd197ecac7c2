//! Taking in what comes next, until nothing does.
use super::{
    Files,
    core::{Core, Fail},
    rewind::fits,
};
use crate::{
    device::{self, Landed, Part, Standing},
    hub::{Hub, Trouble},
};
use domain::{
    Client, Id,
    feed::{Page, Position, Pull, Pulled, Rules, Stream},
};

/// What a client's pull came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Drawn {
    /// Nothing comes after what the file has.
    CaughtUp,
    /// Nothing was asked.
    Nothing,
    /// The client's round must begin anew.
    Again,
}

/// What the hub said to a question that was asked before its turn.
type Ahead = (Pull, Result<Pulled, Fail>);

/// What is asked once a page is taken in; none after the last.
fn following(page: &Page, limit: usize) -> Option<Pull> {
    let at = Position { seq: page.from.seq + page.entries.len() as i64, chain: page.end };
    (!page.caught_up && !page.entries.is_empty()).then_some(Pull { client: page.client, at, limit })
}

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Pulls until nothing comes after what the file has.
    pub(super) async fn pull(&self, client: Id<Client>) -> Result<Drawn, Fail> {
        // What the hub signs where a page ends vouches for the page in one offer, after a restore.
        let most = self.settings.page.min(self.settings.offer);
        let (mut limit, mut ahead) = (most.clamp(1, Page::MOST), None);
        loop {
            let (standing, at) =
                self.look(client, |part| Ok((part.state()?.standing, device::position(part)?))).await?;
            if !self.wants(client, standing) {
                return Ok(Drawn::Nothing);
            }
            match self.answer(Pull { client, at, limit }, ahead.take()).await {
                Ok(Pulled::Page(page)) if page.entries.len() > 1 && !fits(&page) => limit = (limit / 8).max(1),
                Ok(Pulled::Page(page)) => {
                    let next = following(&page, limit);
                    let (landed, came) = tokio::join!(self.land(client, page), self.look_ahead(next));
                    if let Some(drawn) = landed? {
                        return Ok(drawn);
                    }
                    ahead = came;
                }
                Ok(Pulled::Rewind) => {
                    self.rewind(client).await?;
                    return Ok(Drawn::Again);
                }
                Ok(Pulled::Revoked(generation)) if standing == Standing::Active => {
                    self.withdrawn(client, generation).await?;
                    return Ok(Drawn::Again);
                }
                Ok(Pulled::Revoked(_)) => return Ok(Drawn::Nothing),
                Ok(Pulled::Busy) => return Err(Trouble::Busy(self.settings.first_wait).into()),
                Err(Fail::Hub(Trouble::Large)) if limit > 1 => limit = (limit / 8).max(1),
                Err(fail) => return Err(fail),
            }
        }
    }
    /// The hub's answer: one that came ahead, where it is to this very question.
    async fn answer(&self, pull: Pull, ahead: Option<Ahead>) -> Result<Pulled, Fail> {
        match ahead {
            Some((asked, answer)) if asked == pull => answer,
            _ => self.ask(|hub| hub.pull(pull)).await,
        }
    }
    /// Asks for the next page while the file takes in the one before it.
    async fn look_ahead(&self, next: Option<Pull>) -> Option<Ahead> {
        let pull = next?;
        Some((pull, self.ask(|hub| hub.pull(pull)).await))
    }
    /// What is worked with, and what is granted; a whole new log not over a line that is paid by what goes over it.
    fn wants(&self, client: Id<Client>, standing: Standing) -> bool {
        let wish = self.wish();
        match standing {
            Standing::Active => true,
            Standing::New | Standing::Purged => {
                self.granted(client) && (!wish.metered || wish.looks_at == Some(client))
            }
            Standing::Revoking | Standing::Sealed => false,
        }
    }
    /// Takes in a page; none where another is to be asked for.
    async fn land(&self, client: Id<Client>, page: Page) -> Result<Option<Drawn>, Fail> {
        let (caught_up, empty) = (page.caught_up, page.entries.is_empty());
        if page.client != client || (empty && !caught_up) {
            return Err(Fail::Strange("page"));
        }
        let device = self.settings.device;
        let landed = self.file(client, move |part, rules| {
            let own = Stream { device, incarnation: part.state()?.incarnation };
            let landed = device::land(part, rules, &page, own)?;
            Ok((landed, device::offers(part)?))
        });
        match landed.await? {
            (Landed::Taken, _) => {
                self.tell(client, Some(Ok(Some(caught_up)))).await?;
                Ok(caught_up.then_some(Drawn::CaughtUp))
            }
            // What a rewind cut off is offered first.
            (Landed::Left, true) => Ok(Some(Drawn::Again)),
            (Landed::Left, false) => {
                // Its chain may go by another key by now.
                self.ask_for_manifest();
                Err(Fail::Strange("page"))
            }
        }
    }
}
