//! How a PC comes to a hub: enrolment, tokens, and the signed list of who may do what on it.
use super::wire;
use crate::{
    Client, Code, Id, Role,
    change::{Device, User},
};
use serde::{Deserialize, Serialize};

/// The version of the messages between PC and hub.
pub const PROTO: u32 = 1;

/// A PC asks to be enrolled, with the one-time code an admin gave it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The code; good once, for 15 minutes and five tries.
    pub code: String,
    /// What the PC is called in the plant.
    pub name: String,
    /// What its file calls the PC, and all it has written so far.
    pub device: Id<Device>,
    /// Its public key (ed25519); the private one never leaves it.
    #[serde(with = "wire::hash")]
    pub key: [u8; 32],
    /// The messages it speaks.
    pub proto: u32,
    /// The schema its changes are written in.
    pub schema: u32,
}

/// A PC is enrolled.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolled {
    /// What it is known by from here on.
    pub device: Id<Device>,
    /// The hub's public key (ed25519), by which it knows the hub again.
    #[serde(with = "wire::hash")]
    pub hub: [u8; 32],
    /// Its first tokens.
    pub tokens: Tokens,
}

/// What a PC shows with each request, and what it gets the next with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Shown with each request; short-lived.
    pub access: String,
    /// Good once, for the next pair; shown again by a copy, it ends both.
    pub refresh: String,
    /// When `access` ends by the hub's clock, milliseconds since 1970.
    pub expires_at: i64,
}

/// A PC asks for its next tokens.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renew {
    /// The PC.
    pub device: Id<Device>,
    /// The refresh token it has.
    pub refresh: String,
    /// Its signature over `said`, as hexadecimal digits.
    pub signature: String,
}

impl Renew {
    /// What the PC signs.
    pub fn said(device: Id<Device>, refresh: &str) -> Vec<u8> {
        let mut said = b"lineboard renew\0".to_vec();
        said.extend(device.bytes());
        said.extend(refresh.as_bytes());
        said
    }
}

crate::words! {
    /// Why a PC is not let in.
    Denied {
        /// There is no such code, or it was used, ran out or was tried too often: never told which.
        Code = "code",
        /// The token is not, or no longer, good.
        Token = "token",
        /// The signature is not the PC's.
        Signature = "signature",
        /// The refresh token was used before: someone has a copy.
        Reused = "reused",
        /// Another PC is enrolled that its file is of.
        Taken = "taken",
        /// The PC was taken out of the plant.
        Withdrawn = "withdrawn",
        /// It speaks messages this hub does not.
        Version = "version",
    }
}

impl Denied {
    /// The same as a person is told it who lets a PC come to a hub.
    pub const fn fault(self) -> Code {
        match self {
            Denied::Taken | Denied::Withdrawn | Denied::Signature => Code::HubTaken,
            Denied::Version => Code::HubVersion,
            Denied::Code | Denied::Token | Denied::Reused => Code::HubDenied,
        }
    }
}

/// Who may do what on one PC, as the hub signs it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The PC.
    pub device: Id<Device>,
    /// Grows with every change of what it says.
    pub generation: i64,
    /// Which life of the hub says so.
    pub epoch: i64,
    /// When, by the hub's clock.
    pub issued_at: i64,
    /// Until when it holds without a newer one.
    pub lease_until: i64,
    /// The clients that somebody enrolled on the PC may see.
    pub clients: Vec<ManifestClient>,
    /// The people enrolled on it.
    pub people: Vec<ManifestPerson>,
    /// The PCs that write for one of these clients, the PC itself among them.
    #[serde(default)]
    pub pcs: Vec<ManifestPc>,
}

/// A PC in a manifest.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ManifestPc {
    /// The PC.
    pub device: Id<Device>,
    /// What people call it.
    pub name: String,
}

/// A client in a manifest.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ManifestClient {
    /// The client.
    pub client: Id<Client>,
    /// The newest generation of grants that concerns it on the PC.
    pub generation: i64,
    /// The key of its chain.
    #[serde(with = "wire::hash")]
    pub key: [u8; 32],
}

/// A person in a manifest.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ManifestPerson {
    /// The person.
    pub user: Id<User>,
    /// What he logs in with.
    pub login: String,
    /// What others see.
    pub name: String,
    /// The role.
    pub role: Role,
    /// What his password is compared with (argon2id); none where he may not log in offline.
    pub verifier: Option<String>,
    /// The clients he is assigned to.
    pub clients: Vec<Id<Client>>,
}

/// What a hub must know of a plant that joins it: its clients by code, and who may do what for which of them.
///
/// It holds what passwords are compared with, so it is kept as safe as they are.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Every client that is served, with its code.
    pub clients: Vec<(Id<Client>, String)>,
    /// Everybody with an account.
    pub people: Vec<ManifestPerson>,
}

/// A text with the hub's signature over exactly its bytes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// What is signed: a manifest as JSON.
    pub text: String,
    /// The signature (ed25519), as hexadecimal digits.
    pub signature: String,
}
