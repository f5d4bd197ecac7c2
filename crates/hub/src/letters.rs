//! What PCs ask that no line leads to: their letters are answered as if they had asked at the door.
use crate::{
    Error, Hub,
    base::{Base, Tx, Way, given},
    desk::Desk,
};
use crypto_box::aead::OsRng;
use domain::{
    Id,
    change::Device,
    feed::{
        Asked, Brought, CARRIED_BYTES, CARRIED_PAGES, CARRIED_ROOM, Came, Errand, Manifest, Position, Pull, Pulled,
        Push, Pushed, Room, Sealed, Signed, Told, letter,
    },
};
use ed25519_dalek::VerifyingKey;

/// Entries in a page.
const PAGE: usize = 1000;

/// Why a letter is not answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unread {
    /// No such PC was let in, or it was withdrawn.
    #[error("no such PC works with this hub")]
    Device,
    /// It is of another PC, to another hub, torn or altered.
    #[error("it is not a letter of this PC to this hub, or it was altered")]
    Letter,
}

impl<B: Base> Hub<B>
where
    Hub<B>: Desk<Error = Error>,
{
    /// Answers a PC's letter with one to it.
    ///
    /// Nothing in it is believed but what its signature stands for: the PC. Everything is asked as at the door.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn letter(&self, device: Id<Device>, letter: &[u8]) -> Result<Result<Vec<u8>, Unread>, Error> {
        self.letter_of(device, letter, CARRIED_ROOM).await
    }
    /// The same, with an answer of about so many bytes of text at most; what is left comes with the next.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn letter_of(
        &self,
        device: Id<Device>,
        letter: &[u8],
        room: usize,
    ) -> Result<Result<Vec<u8>, Unread>, Error> {
        let Some(key) = self.key_of(device).await? else { return Ok(Err(Unread::Device)) };
        let text = letter::open(&self.signs, &key, letter, CARRIED_BYTES);
        let errand = text.and_then(|t| serde_json::from_str::<Errand>(&t).ok()).filter(|e| e.device == device);
        let Some(errand) = errand else { return Ok(Err(Unread::Letter)) };
        let brought = self.runs(errand, Room::of(room)).await?;
        let text = serde_json::to_string(&brought).unwrap_or_default();
        let answer = letter::close(&self.signs, &key, &text, &mut OsRng);
        Ok(answer.map_err(|_| Unread::Letter))
    }
    /// The public key of a PC that works with the hub.
    async fn key_of(&self, device: Id<Device>) -> Result<Option<VerifyingKey>, Error> {
        let mut way = self.way().await?;
        let tx = way.look().await?;
        let sql = "SELECT key FROM hub.device WHERE id = $1 AND NOT withdrawn";
        let Some(found) = tx.row(sql, given![device]).await? else { return Ok(None) };
        Ok(VerifyingKey::from_bytes(&found.hash(0)?).ok())
    }
    async fn runs(&self, errand: Errand, mut room: Room) -> Result<Brought, Error> {
        let (device, at, mut clients, mut kept) = (errand.device, errand.at, vec![], vec![]);
        let manifest = self.manifest(device).await?;
        for asked in new_to_it(&manifest, &errand).into_iter().chain(errand.clients) {
            clients.push(self.tells(device, asked, &mut room).await?);
        }
        for Sealed { client, parting, sealed } in errand.partings {
            if self.part(device, client, parting, sealed).await? {
                kept.push((client, parting));
            }
        }
        Ok(Brought { device, at, manifest, clients, kept })
    }
    async fn tells(&self, device: Id<Device>, asked: Asked, room: &mut Room) -> Result<Told, Error> {
        let (client, generation) = (asked.pull.client, asked.generation);
        let mut pushed = vec![];
        for text in &asked.pushes {
            // What cannot be read stays with the PC: it is asked again once they speak with each other.
            let Ok(push) = Push::of_text(text) else { break };
            if push.client != client || push.stream.device != device {
                break;
            }
            let answer = self.push(device, push).await?;
            let goes_on = matches!(answer, Pushed::Verdicts(_));
            pushed.push(answer);
            if !goes_on {
                break;
            }
        }
        let came = self.pages(device, asked.pull, room).await?;
        Ok(Told { client, generation, pushed, came })
    }
    async fn pages(&self, device: Id<Device>, asked: Pull, room: &mut Room) -> Result<Came, Error> {
        let (mut pages, mut pull) = (vec![], Pull { limit: PAGE, ..asked });
        while pages.len() < CARRIED_PAGES {
            match self.pull(device, pull).await? {
                Pulled::Page(page) => {
                    let text = page.text();
                    if !room.takes(&text) {
                        if page.entries.len() < 2 {
                            break;
                        }
                        // A shorter one may fit.
                        pull.limit = page.entries.len() / 2;
                        continue;
                    }
                    pull.at = Position { seq: pull.at.seq + page.entries.len() as i64, chain: page.end };
                    pages.push(text);
                    if page.caught_up {
                        break;
                    }
                }
                Pulled::Rewind => return Ok(Came::Apart(asked.at)),
                Pulled::Revoked(generation) => return Ok(Came::Revoked(generation)),
                Pulled::Busy => return Ok(Came::Busy),
            }
        }
        Ok(Came::Pages(pages))
    }
}

/// What a PC does not ask because it does not know yet that it may: a way saved is a day saved.
fn new_to_it(manifest: &Signed, errand: &Errand) -> Vec<Asked> {
    let Ok(manifest) = serde_json::from_str::<Manifest>(&manifest.text) else { return vec![] };
    let known = |client| errand.clients.iter().any(|asked| asked.pull.client == client);
    let new = manifest.clients.into_iter().filter(|c| !known(c.client));
    let asks = |c: domain::feed::ManifestClient| {
        let pull = Pull { client: c.client, at: Position::START, limit: PAGE };
        Asked { generation: c.generation, pushes: vec![], pull }
    };
    new.map(asks).collect()
}
