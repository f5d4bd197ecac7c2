//! A hub, whatever keeps it.
use crate::{Error, base::Base, clock::Clock};
use domain::{
    Client, Id,
    feed::{Position, Pulled, hash::hex},
};
use ed25519_dalek::{Signature, Signer, SigningKey};

/// A hub over its database; any number of them may run on one.
pub struct Hub<B> {
    pub(crate) base: B,
    pub(crate) clock: Clock,
    pub(crate) signs: SigningKey,
}

impl<B: Base> Hub<B> {
    /// A way to the database for one request.
    pub(crate) async fn way(&self) -> Result<B::Way, Error> {
        self.base.way().await
    }
    /// Signs what is said, as 128 hexadecimal digits.
    pub(crate) fn sign(&self, said: &[u8]) -> String {
        let signature = self.signs.sign(said);
        hex(signature.r_bytes()) + &hex(signature.s_bytes())
    }
    /// Whether a signature is this hub's over something said.
    pub(crate) fn signed(&self, said: &[u8], signature: &str) -> bool {
        of_hex(signature).is_some_and(|s| self.signs.verifying_key().verify_strict(said, &s).is_ok())
    }
    /// Signs where a page ends: from there back, a PC can return to a restored hub what it was given.
    pub(crate) fn sign_end(&self, answer: &mut Pulled) {
        let Pulled::Page(page) = answer else { return };
        let seq = page.entries.last().map_or(page.from.seq, |e| e.seq);
        let end = Position { seq, chain: page.end };
        page.signature = Some(self.sign(&end.said(page.client)));
    }
    /// Whether a signature is this hub's over a place of a client's log.
    pub(crate) fn is_place(&self, client: Id<Client>, at: Position, signature: &str) -> bool {
        self.signed(&at.said(client), signature)
    }
}

/// A signature of its 128 hexadecimal digits.
pub(crate) fn of_hex(text: &str) -> Option<Signature> {
    let (r, s) = text.split_at_checked(64)?;
    let of = domain::feed::hash::of_hex;
    Some(Signature::from_components(of(r)?, of(s)?))
}
