//! Sending what waits, until nothing does.
use super::{
    Files,
    core::{Core, Fail},
};
use crate::{
    device::{self, Part},
    hub::{Hub, Trouble},
};
use domain::{
    Client, Id,
    change::Op,
    feed::{Cause, Push, Pushed, Refusal, Rules, frame::PUSH_BYTES},
    merge::{Verdict, Why},
};

/// A push of so many bytes of text fits whatever its compression makes of it.
const FITS: usize = PUSH_BYTES - (PUSH_BYTES >> 4);

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Sends until nothing waits; whether the client's round must begin anew.
    pub(super) async fn push(&self, client: Id<Client>) -> Result<bool, Fail> {
        while let Some((push, generation)) = self.next_push(client).await? {
            match self.ask(|hub| hub.push(&push)).await {
                Ok(Pushed::Verdicts(verdicts)) => self.judged(client, &push, generation, verdicts).await?,
                Ok(Pushed::Busy) => return Err(Trouble::Busy(self.settings.first_wait).into()),
                Ok(other) => return self.does_not_follow(client, other).await,
                Err(Fail::Hub(Trouble::Refused(refusal))) => {
                    let op = unsendable(&push, &refusal).ok_or(Trouble::Refused(refusal))?;
                    self.set_aside(client, op).await?;
                }
                Err(fail) => return Err(fail),
            }
        }
        Ok(false)
    }
    /// The next push that fits, with the generation of grants it is sent under.
    async fn next_push(&self, client: Id<Client>) -> Result<Option<(Push, i64)>, Fail> {
        let (device, most) = (self.settings.device, self.settings.push.clamp(1, Push::MOST));
        self.look(client, move |part| {
            let generation = part.state()?.generation;
            let push = device::to_push(part, client, device, most)?;
            Ok(push.map(|p| (fitting(p), generation)))
        })
        .await
    }
    async fn judged(
        &self,
        client: Id<Client>,
        push: &Push,
        sent_under: i64,
        verdicts: Vec<(Id<Op>, Verdict)>,
    ) -> Result<(), Fail> {
        let asked = push.changes.iter().map(|s| s.change.op);
        if !asked.eq(verdicts.iter().map(|v| v.0)) {
            return Err(Fail::Strange("answer"));
        }
        self.file(client, move |part, rules| {
            // Sent under grants that have changed since: it is asked again.
            if part.state()?.generation == sent_under { device::judged(part, rules, &verdicts) } else { Ok(()) }
        })
        .await
    }
    async fn does_not_follow(&self, client: Id<Client>, answer: Pushed) -> Result<bool, Fail> {
        match answer {
            Pushed::Gap(_) | Pushed::Fork(_) => self.file(client, |part, _| device::renew(part)).await?,
            Pushed::Revoked(generation) => self.withdrawn(client, generation).await?,
            _ => self.rewind(client).await?,
        }
        Ok(true)
    }
    /// The hub cannot even read it: it moves to the list of what was refused, and the rest goes on.
    pub(super) async fn set_aside(&self, client: Id<Client>, op: Id<Op>) -> Result<(), Fail> {
        let verdict = [(op, Verdict::Rejected(Why::Unreadable))];
        self.file(client, move |part, rules| device::judged(part, rules, &verdict)).await
    }
}

/// As many of the changes as fit into one request, and one at least.
fn fitting(mut push: Push) -> Push {
    while push.changes.len() > 1 && push.text().len() > FITS {
        push.changes.truncate(push.changes.len() / 2);
    }
    push
}

/// The change for which the hub cannot take a push as it is.
fn unsendable(push: &Push, refusal: &Refusal) -> Option<Id<Op>> {
    let at = match Cause::of(&refusal.code)? {
        Cause::Garbled => refusal.line?.checked_sub(2)?,
        Cause::Large if push.changes.len() == 1 => 0,
        _ => return None,
    };
    push.changes.get(at).map(|s| s.change.op)
}
