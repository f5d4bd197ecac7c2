//! Requests that write: a push, what is returned, what a PC hands over before it forgets.
use super::{Error, Postgres, access, fill, filled::Filled, grounds::grounds, keep::keep};
use crate::{base::again, core};
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    change::{Device, Op},
    feed::{Catalogue, Offered, Push, Pushed, Returned, Sent},
};

impl Postgres {
    pub(crate) async fn take(&self, device: Id<Device>, mut push: Push) -> Result<Pushed, Error> {
        // Whose stream it is follows from the token.
        push.stream.device = device;
        again!(self.take_once(&push))
    }
    async fn take_once(&self, push: &Push) -> Result<Pushed, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let (mut filled, terms) = fill::begin(&tx, push.client, self.clock.now(), true).await?;
        let Some(terms) = terms else {
            let (locked, _) = fill::state(&tx).await?;
            return Ok(if locked { Pushed::Busy } else { Pushed::Revoked(0) });
        };
        read(&tx, &mut filled, push).await?;
        let answer = core::push(&mut filled, &terms, &Catalogue, push.clone())?;
        end(tx, &filled, terms.now).await?;
        Ok(answer)
    }
    pub(crate) async fn take_back(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        entries: &[Returned],
    ) -> Result<Offered, Error> {
        again!(self.take_back_once(device, client, entries))
    }
    async fn take_back_once(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        entries: &[Returned],
    ) -> Result<Offered, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let (mut filled, terms) = fill::begin(&tx, client, self.clock.now(), true).await?;
        let Some(terms) = terms else {
            let (locked, _) = fill::state(&tx).await?;
            return Ok(if locked { Offered::Busy } else { Offered::Revoked(0) });
        };
        let sent: Vec<&Sent> = entries.iter().map(|r| &r.entry.sent).collect();
        let ops: Vec<Id<Op>> = sent.iter().map(|s| s.change.op).collect();
        let (people, verdicts, on) = tokio::try_join!(
            access::people(&tx, client, device, true),
            fill::verdicts(&tx, client, &ops),
            grounds(&tx, client, &Catalogue, &sent),
        )?;
        ((filled.people, filled.generation), filled.verdicts, filled.grounds) = (people, verdicts, on);
        let mut entries = entries.to_vec();
        core::vouch(client, &terms.key, &mut entries, &|at, told| self.is_place(client, at, told));
        let answer = core::offer(&mut filled, &terms, &Catalogue, device, entries)?;
        end(tx, &filled, terms.now).await?;
        Ok(answer)
    }
    /// Keeps what a PC sealed, and tells whether a backup holds it.
    pub async fn hand_over(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        changes: &[Sent],
    ) -> Result<bool, Error> {
        again!(self.hand_over_once(device, client, parting, changes))
    }
    async fn hand_over_once(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        changes: &[Sent],
    ) -> Result<bool, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let now = self.clock.now();
        let (mut filled, _) = fill::begin(&tx, client, now, true).await?;
        let ops: Vec<Id<Op>> = changes.iter().map(|s| s.change.op).collect();
        let ((_, generation), verdicts, kept, (_, epoch)) = tokio::try_join!(
            access::people(&tx, client, device, true),
            fill::verdicts(&tx, client, &ops),
            fill::parting(&tx, client, parting),
            fill::state(&tx),
        )?;
        if generation == 0 && !core::was_set_back(epoch) {
            // Nobody of the PC ever had the client.
            return Ok(false);
        }
        filled.verdicts = verdicts;
        filled.partings.insert(parting, kept);
        let held = core::part(&mut filled, parting, changes)?;
        end(tx, &filled, now).await?;
        Ok(held)
    }
}

async fn read(tx: &Transaction<'_>, filled: &mut Filled, push: &Push) -> Result<(), Error> {
    let sent: Vec<&Sent> = push.changes.iter().collect();
    let ops: Vec<Id<Op>> = sent.iter().map(|s| s.change.op).collect();
    let places = [push.at.seq];
    let (people, chains, (numbers, last), verdicts, on) = tokio::try_join!(
        access::people(tx, push.client, push.stream.device, true),
        fill::chains(tx, push.client, &places),
        fill::numbers(tx, push.client, push.stream, push.first - 1, sent.len() + 1),
        fill::verdicts(tx, push.client, &ops),
        grounds(tx, push.client, &Catalogue, &sent),
    )?;
    filled.last.insert(push.stream, last);
    ((filled.people, filled.generation), filled.chains, filled.numbers) = (people, chains, numbers);
    (filled.verdicts, filled.grounds) = (verdicts, on);
    Ok(())
}

async fn end(tx: Transaction<'_>, filled: &Filled, now: i64) -> Result<(), Error> {
    keep(&tx, filled, &Catalogue, now).await?;
    Ok(tx.commit().await?)
}
