//! What each kind of hub answers behind its wire.
use crate::{
    Error,
    base::{Tx, Way},
    desk::Desk,
    keeper::Keeper,
    postgres::Postgres,
    unseal::unseal,
};
use domain::{
    Client, Id,
    change::Device,
    feed::{
        Denied, Enrol, Enrolled, Heard, Offered, Petition, Position, Pull, Pulled, Push, Pushed, Renew, Returned,
        Signed, Tokens,
    },
};

/// A hub that has requests of its own (`take`, `give`, `meet`, `take_back`, `hand_over`) answers everything.
///
/// Written for each kind: that an answer may wait on any thread is seen only of a type that is known.
macro_rules! answers {
    ($($hub:ty),*) => { $(impl Desk for $hub {
    type Error = Error;
    async fn ready(&self) -> Result<(), Error> {
        let mut way = self.way().await?;
        way.look().await?.row("SELECT 1 FROM hub.state", &[]).await.map(drop)
    }
    async fn enrol(&self, asked: Enrol) -> Result<Result<Enrolled, Denied>, Error> {
        self.let_in(&asked).await
    }
    async fn renew(&self, asked: Renew, sent: i64) -> Result<Result<Tokens, Denied>, Error> {
        self.next_tokens(&asked, sent).await
    }
    async fn caller(&self, token: &str) -> Result<Result<Id<Device>, Denied>, Error> {
        self.whose(token).await
    }
    async fn manifest(&self, device: Id<Device>) -> Result<Signed, Error> {
        self.signed_manifest(device).await
    }
    async fn remind(&self, said: Signed) -> Result<bool, Error> {
        self.reminded(&said).await
    }
    async fn office(&self, device: Id<Device>, asked: Petition) -> Result<Heard, Error> {
        self.hears(device, asked).await
    }
    async fn push(&self, device: Id<Device>, push: Push) -> Result<Pushed, Error> {
        self.take(device, push).await
    }
    async fn pull(&self, device: Id<Device>, pull: Pull) -> Result<Pulled, Error> {
        self.give(device, pull).await
    }
    async fn heads(&self, device: Option<Id<Device>>, clients: Vec<Id<Client>>) -> Result<Vec<(Id<Client>, i64)>, Error> {
        self.heads_of(device, &clients).await
    }
    async fn agree(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: Vec<Position>,
    ) -> Result<Option<Position>, Error> {
        self.meet(device, client, &places).await
    }
    async fn offer(&self, device: Id<Device>, client: Id<Client>, entries: Vec<Returned>) -> Result<Offered, Error> {
        self.take_back(device, client, &entries).await
    }
    async fn part(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        sealed: Vec<u8>,
    ) -> Result<bool, Error> {
        // What was sealed to another hub, or altered, is no more read here than by anybody: the PC keeps it.
        match unseal(&self.signs, &sealed) {
            Some(changes) => self.hand_over(device, client, parting, &changes).await,
            None => Ok(false),
        }
    }
    })* };
}
answers!(Postgres, Keeper);
