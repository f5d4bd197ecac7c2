//! A PC that no line joins to its hub: what it asks and what it is told go in letters that somebody carries.
//!
//! A letter may be lost, come twice or come late: it says and asks nothing that cannot be said and asked again.
use crate::{
    device::{self, Landed, Part, Purge, Standing},
    engine::{Files, grants},
    joined::Joined,
    start::Failed,
};
use crypto_box::aead::OsRng;
use domain::{
    Client, Id,
    change::Device,
    feed::{
        Asked, Brought, CARRIED_BYTES, CARRIED_ROOM, Came, Catalogue, Errand, Page, Pull, Push, Pushed, Room, Sealed,
        Stream, Told, letter,
    },
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::sync::Arc;
use store::{Error, Result, Store, keep::Vault};

/// Changes that one letter takes of a client.
const CHANGES: usize = 100_000;

/// A PC's side of it.
pub struct Carrier {
    files: Joined,
    device: Id<Device>,
    mine: SigningKey,
    hub: VerifyingKey,
    room: usize,
}

/// Why a letter is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Untaken {
    /// It is not from this PC's hub, not to this PC, torn or altered.
    #[error("it is not a letter of this PC's hub to it, or it was altered")]
    Letter,
    /// The file.
    #[error(transparent)]
    File(#[from] Error),
}

/// What a letter brought of one client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    /// The client.
    pub client: Id<Client>,
    /// Entries that came.
    pub entries: usize,
    /// Whether nothing more was there when the letter was written.
    pub caught_up: bool,
    /// Whether PC and hub have to speak with each other: the hub was set back.
    pub apart: bool,
    /// Whether the hub lacks the client: it was set back to before anybody of the PC had it.
    pub lacks: bool,
}

impl Carrier {
    /// The PC of a file that has an account at a hub; none without one.
    ///
    /// # Errors
    /// Those of the file; what it keeps of the hub cannot be used.
    pub fn open(store: Arc<Store>, vault: Vault) -> std::result::Result<Option<Carrier>, Failed> {
        let Some((files, account)) = Joined::open(store, vault)? else { return Ok(None) };
        let hub = VerifyingKey::from_bytes(&files.hub()).map_err(|_| Error::from(domain::Code::Damaged))?;
        let (device, mine) = (account.device, SigningKey::from_bytes(&account.key));
        Ok(Some(Carrier { files, device, mine, hub, room: CARRIED_ROOM }))
    }
    /// The same, with letters of about so many bytes of text at most.
    #[must_use]
    pub fn with_room(self, room: usize) -> Carrier {
        Carrier { room, ..self }
    }
    /// The PC.
    pub fn device(&self) -> Id<Device> {
        self.device
    }
    /// Writes a letter with what waits, as far as there is room for it, and where the PC stands.
    ///
    /// # Errors
    /// Those of the file.
    pub fn writes(&self) -> Result<Vec<u8>> {
        let (mut clients, mut room) = (vec![], Room::of(self.room));
        for client in self.files.clients()? {
            self.forgets(client)?;
            clients.extend(self.asks(client, &mut room)?);
        }
        self.files.clean()?;
        let sealed = |(client, parting): (Id<Client>, device::Parting)| Sealed {
            client,
            parting: parting.id,
            sealed: parting.sealed,
        };
        let partings = self.files.partings()?.into_iter().map(sealed).take_while(|one| room.takes(one)).collect();
        let errand = Errand { device: self.device, at: self.files.now(), clients, partings };
        let text = serde_json::to_string(&errand).unwrap_or_default();
        letter::close(&self.mine, &self.hub, &text, &mut OsRng).map_err(|_| domain::Code::Internal.into())
    }
    fn asks(&self, client: Id<Client>, room: &mut Room) -> Result<Option<Asked>> {
        let device = self.device;
        self.files.look(client, |part| {
            let state = part.state()?;
            if matches!(state.standing, Standing::Revoking | Standing::Sealed | Standing::Purged) {
                return Ok(None);
            }
            let push = device::to_push(part, client, device, CHANGES)?;
            let pushes = push.map_or(vec![], |push| fitting(push, room));
            let pull = Pull { client, at: device::position(part)?, limit: Page::MOST };
            Ok(Some(Asked { generation: state.generation, pushes, pull }))
        })
    }
    /// Takes in a letter of the hub.
    ///
    /// # Errors
    /// Where it is none, and nothing was changed; those of the file, and what came before them is kept.
    pub fn takes(&self, letter: &[u8]) -> std::result::Result<Vec<Taken>, Untaken> {
        let text = letter::open(&self.mine, &self.hub, letter, CARRIED_BYTES).ok_or(Untaken::Letter)?;
        let brought = serde_json::from_str::<Brought>(&text).ok().filter(|b| b.device == self.device);
        let Brought { at, manifest, clients, kept, .. } = brought.ok_or(Untaken::Letter)?;
        grants::bring(&self.files, &Catalogue, &self.files.hub(), self.device, &manifest, at)?
            .ok_or(Untaken::Letter)?;
        let mut taken = vec![];
        for told in clients {
            taken.push(self.takes_one(told)?);
        }
        for (client, parting) in kept {
            self.files.parted(client, parting)?;
        }
        self.files.clean()?;
        Ok(taken)
    }
    fn takes_one(&self, told: Told) -> Result<Taken> {
        let client = told.client;
        for answer in told.pushed {
            self.judged(client, told.generation, answer)?;
        }
        let mut taken = Taken { client, entries: 0, caught_up: false, apart: false, lacks: false };
        match told.came {
            Came::Pages(pages) => {
                for page in pages.iter().map_while(|text| Page::of_text(text).ok()).filter(|p| p.client == client) {
                    let (entries, caught_up) = (page.entries.len(), page.caught_up);
                    if self.lands(client, page)? == Landed::Taken {
                        (taken.entries, taken.caught_up) = (taken.entries + entries, caught_up);
                    }
                }
            }
            Came::Revoked(0) => taken.lacks = true,
            Came::Revoked(generation) => self.files.with(client, |part| revoked(part, generation))?,
            Came::Apart(_) => taken.apart = true,
            Came::Busy => {}
        }
        self.forgets(client)?;
        // What was cut off can only be offered over a line.
        taken.apart |= self.files.look(client, |part| device::offers(part))?;
        Ok(taken)
    }
    /// Sent under grants that have changed since: it is asked again.
    fn judged(&self, client: Id<Client>, generation: i64, answer: Pushed) -> Result<()> {
        self.files.with(client, |part| match answer {
            _ if part.state()?.generation != generation => Ok(()),
            Pushed::Verdicts(verdicts) => device::judged(part, &Catalogue, &verdicts),
            Pushed::Gap(_) | Pushed::Fork(_) => device::renew(part),
            Pushed::Revoked(generation) => revoked(part, generation),
            Pushed::Rewind | Pushed::Busy => Ok(()),
        })
    }
    fn lands(&self, client: Id<Client>, page: Page) -> Result<Landed> {
        let device = self.device;
        self.files.with(client, |part| {
            let own = Stream { device, incarnation: part.state()?.incarnation };
            device::land(part, &Catalogue, &page, own)
        })
    }
    fn forgets(&self, client: Id<Client>) -> Result<()> {
        while self.files.with(client, |part| device::step(part))? != Purge::None {}
        Ok(())
    }
}

/// From here on nothing of the client is shown; one that the file never had is nothing to hide, and a hub that knows of
/// no grant has ended none.
fn revoked<P: Part + ?Sized>(part: &mut P, generation: i64) -> std::result::Result<(), P::Error> {
    let hides = generation > 0 && part.state()?.standing == Standing::Active;
    if hides { device::revoked(part, generation) } else { Ok(()) }
}

/// A push as several texts, as far as there is room for them.
fn fitting(push: Push, room: &mut Room) -> Vec<String> {
    let mut texts = vec![];
    for mut piece in pieces(push) {
        let all = piece.changes.len();
        let mut text = piece.text();
        while !room.takes(&text) {
            if piece.changes.len() < 2 {
                return texts;
            }
            piece.changes.truncate(piece.changes.len() / 2);
            text = piece.text();
        }
        texts.push(text);
        if piece.changes.len() < all {
            break;
        }
    }
    texts
}

/// A push as several, of as many changes as one takes.
fn pieces(push: Push) -> Vec<Push> {
    let Push { client, stream, mut first, mut before, at, changes } = push;
    let piece = |changes: &[domain::feed::Sent]| {
        let piece = Push { client, stream, first, before, at, changes: changes.to_vec() };
        first += changes.len() as i64;
        before = changes.last().map(|s| s.change.op);
        piece
    };
    changes.chunks(Push::MOST).map(piece).collect()
}
