//! A PC with a file of its own, and what it does with a hub in one round.
use checks::{
    Plant,
    memory::{KEY, Memory, hub_key},
};
use domain::{
    Client, Entity, Id,
    feed::{Catalogue, Offered, Pull, Pulled, Pushed, Stream},
};
use std::ops::Deref;
use store::{Feed, Put, Result, keep::Vault};
use sync::device::{self, Landed};

pub(crate) struct Pc {
    plant: Plant,
    pub(crate) client: Id<Client>,
}

impl Deref for Pc {
    type Target = Plant;
    fn deref(&self) -> &Plant {
        &self.plant
    }
}

impl Pc {
    pub(crate) fn new(plant: Plant, client: Id<Client>) -> Self {
        Pc { plant, client }
    }
    /// One transaction of its part of the client.
    pub(crate) fn feed<T>(&self, f: impl FnOnce(&mut Feed<'_, '_>) -> Result<T>) -> T {
        let vault = Vault::new(self.folder().join("lineboard.db"), [7; 32]);
        self.store.feed(&vault, self.client, f).unwrap()
    }
    pub(crate) fn join(&self) {
        self.feed(|feed| feed.join(KEY, hub_key().verifying_key().to_bytes()));
    }
    /// Everything that waits is sent, so many at a time, and judged.
    pub(crate) fn push(&self, hub: &mut Memory, limit: usize) {
        let device = self.store.device();
        while let Some(push) = self.feed(|f| device::to_push(f, self.client, device, limit)) {
            match hub.push(push) {
                Pushed::Verdicts(verdicts) => self.feed(|f| device::judged(f, &Catalogue, &verdicts)),
                Pushed::Rewind => return self.rewind(hub),
                Pushed::Gap(_) | Pushed::Fork(_) => self.feed(|f| device::renew(f)),
                other => panic!("{other:?}"),
            }
        }
    }
    /// Takes in the hub's order to its end, so many at a time.
    pub(crate) fn pull(&self, hub: &mut Memory, limit: usize) {
        let device = self.store.device();
        loop {
            self.give_back(hub);
            let at = self.feed(|f| device::position(f));
            let page = match hub.pull(device, &Pull { client: self.client, at, limit }) {
                Pulled::Page(page) => page,
                Pulled::Rewind => return self.rewind(hub),
                other => panic!("{other:?}"),
            };
            let own = Stream { device, incarnation: self.feed(|f| f.state()).incarnation };
            assert_eq!(self.feed(|f| device::land(f, &Catalogue, &page, own)), Landed::Taken);
            if page.caught_up {
                return;
            }
        }
    }
    /// Goes back to where hub and file agree.
    fn rewind(&self, hub: &mut Memory) {
        let device = self.store.device();
        let places = self.feed(|f| {
            let to = f.state()?.cursor;
            (0..=to).map(|seq| Ok(domain::feed::Position { seq, chain: f.chain(seq)? })).collect::<Result<Vec<_>>>()
        });
        let agreed = hub.agree(&places);
        self.feed(|f| device::cut_back(f, &Catalogue, device, agreed));
        self.sync(hub);
    }
    /// Returns to the hub what it lacks.
    fn give_back(&self, hub: &mut Memory) {
        let device = self.store.device();
        if let Some(entries) = self.feed(|f| device::to_offer(f)) {
            let Offered::Taken(refused) = hub.offer(device, entries) else { panic!("not taken") };
            self.feed(|f| device::offered(f, &Catalogue, &refused));
        }
    }
    /// One whole round.
    pub(crate) fn sync(&self, hub: &mut Memory) {
        self.pull(hub, 11);
        self.push(hub, 7);
        self.pull(hub, 11);
    }
    /// Changes a row as its admin does.
    pub(crate) fn edit<E: Entity>(&self, id: Id<E>, f: impl FnOnce(E) -> E) -> Put {
        self.store.clock().advance(1000);
        let repo = self.store.repository(&self.admin).unwrap();
        repo.write(|w| {
            let row = w.get::<E>(self.client, id)?;
            w.put(&f(row))
        })
        .unwrap()
    }
    /// A row as its admin sees it.
    pub(crate) fn row<E: Entity>(&self, id: Id<E>) -> Option<E> {
        self.store.repository(&self.admin).unwrap().read(|r| r.find(self.client, id)).unwrap()
    }
    /// Every row of the client, of every table.
    pub(crate) fn all(&self) -> Vec<String> {
        let mut all = vec![];
        let repo = self.store.repository(&self.admin).unwrap();
        macro_rules! rows {
            ($($name:ident),* $(,)?) => { $(
                let rows = repo.read(|r| r.list::<domain::$name>(self.client, 1000, 0)).unwrap();
                all.extend(rows.iter().map(|row| format!("{row:?}")));
            )* };
        }
        domain::entities!(rows);
        all
    }
}
