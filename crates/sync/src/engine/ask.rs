//! Asking the hub: nothing while paused, and with the next token where one ran out.
use super::{
    Files,
    core::{Core, Fail},
};
use crate::hub::{Hub, Trouble};
use domain::{
    Client, Id,
    feed::{Denied, Rules},
};
use std::{future::Future, sync::atomic::Ordering, time::Duration};

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Asks once; where the token ran out, again with the next one.
    pub(super) async fn ask<'c, T, A>(&'c self, question: impl Fn(&'c H) -> A + Send) -> Result<T, Fail>
    where
        T: Send,
        A: Future<Output = Result<T, Trouble>> + Send + 'c,
    {
        self.may_send()?;
        let mut answer = question(&self.hub).await;
        if let Err(Trouble::Denied(Denied::Token)) = answer {
            self.may_send()?;
            self.renew().await?;
            answer = question(&self.hub).await;
        }
        // Also who refuses was heard.
        if !matches!(answer, Err(Trouble::Unreachable | Trouble::Untrusted(_))) {
            self.heard();
        }
        Ok(answer?)
    }
    /// The next tokens. A hub that knows none of the PC's may have been set back without being told: what it once signed
    /// tells it, and as a restored one it lets the PC in by its key. Once, until it lets the PC in again.
    async fn renew(&self) -> Result<(), Fail> {
        let mut renewed = self.hub.renew().await;
        let unknown = matches!(renewed, Err(Trouble::Denied(Denied::Token)));
        if unknown && !self.reminded.swap(true, Ordering::Relaxed) {
            let signed = self.files(Files::manifest).await?;
            if let Some(signed) = signed.filter(|_| self.may_send().is_ok())
                && self.hub.remind(&signed).await.is_ok()
            {
                renewed = self.hub.renew().await;
            }
        }
        self.reminded.fetch_and(renewed.is_err(), Ordering::Relaxed);
        Ok(renewed?)
    }
    /// The hub has answered just now.
    pub(super) fn heard(&self) {
        let (now, offset) = ((self.settings.now)(), self.hub.offset());
        self.status.send_modify(|s| (s.contact, s.offset) = (Some(now), offset));
    }
    fn may_send(&self) -> Result<(), Fail> {
        self.beat(Duration::ZERO);
        if self.wish().paused { Err(Fail::Paused) } else { Ok(()) }
    }
    /// Tells how a client stands now, and how its round went where it had one.
    pub(super) async fn tell(&self, client: Id<Client>, round: Option<Result<Option<bool>, Fail>>) -> Result<(), Fail> {
        let was = self.status.borrow().clients.get(&client).cloned();
        let mut now = self.look(client, move |part| super::Standings::read(part, was)).await?;
        match round {
            Some(Ok(caught_up)) => {
                now.caught_up = caught_up.unwrap_or(now.caught_up);
                (now.trouble, now.contact) = (None, Some((self.settings.now)()));
            }
            Some(Err(fail)) => now.trouble = Some(fail.word()),
            None => {}
        }
        self.status.send_modify(|s| drop(s.clients.insert(client, now)));
        Ok(())
    }
    /// The same of every client the file knows, also where the hub is out of reach.
    pub(super) async fn tell_all(&self) -> Result<(), Fail> {
        for client in self.files(Files::clients).await? {
            self.tell(client, None).await?;
        }
        Ok(())
    }
}
