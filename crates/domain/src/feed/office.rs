//! What an admin asks of the hub itself, by a log-in of his own, from the window of any PC that works with it.
use crate::{
    Client, Id, Role,
    change::{Device, User},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};
use ts_rs::TS;

/// A question to the office of a hub.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Petition {
    /// Somebody comes in.
    Enter(Entrance),
    /// Somebody who works at the PC takes another password, on all PCs.
    Change(NewPassword),
    /// Whoever has come in wants something.
    Want {
        /// What he was given when he came in.
        pass: String,
        /// What he wants.
        want: Want,
    },
}

/// A log-in and a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrance {
    /// What he logs in with.
    pub login: String,
    /// His password.
    pub password: String,
}

impl fmt::Debug for Entrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entrance").field("login", &self.login).finish_non_exhaustive()
    }
}

/// Another password of one's own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// Who.
    pub user: Id<User>,
    /// The password so far.
    pub old: String,
    /// The one from now on.
    pub new: String,
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPassword").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What an admin may want.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "want", rename_all = "snake_case", deny_unknown_fields)]
pub enum Want {
    /// To see everybody and everything.
    Look,
    /// A one-time code that lets one PC in.
    Code,
    /// A person to be taken in, or what has changed about one.
    Person(Wanted),
    /// A new password for somebody.
    Password {
        /// Whose.
        user: Id<User>,
        /// The password.
        password: String,
    },
    /// Somebody to work no longer, or again.
    Works {
        /// Who.
        user: Id<User>,
        /// Whether he may.
        on: bool,
    },
    /// Somebody to see a client, or no longer.
    Sees {
        /// Who.
        user: Id<User>,
        /// Which client.
        client: Id<Client>,
        /// Whether he may.
        on: bool,
    },
    /// Somebody to work at a PC, or no longer.
    Sits {
        /// Who.
        user: Id<User>,
        /// At which PC.
        device: Id<Device>,
        /// Whether he may.
        on: bool,
    },
    /// A PC to be taken out of the plant.
    Withdraw {
        /// Which.
        device: Id<Device>,
    },
    /// The grants of a restored hub to hold again.
    Confirm,
    /// To leave.
    Leave,
}

/// A person as an admin wants him.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Who; none for somebody new.
    pub user: Option<Id<User>>,
    /// What he logs in with.
    pub login: String,
    /// What others see.
    pub name: String,
    /// What he is in the plant.
    pub role: Role,
    /// The first password of somebody new.
    pub password: Option<String>,
}

/// What the office says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case", deny_unknown_fields)]
pub enum Heard {
    /// He is in, for as long as he asks again before this moment.
    In {
        /// What he shows with each question.
        pass: String,
        /// Milliseconds since 1970.
        until: i64,
    },
    /// Everybody and everything.
    All(Office),
    /// A one-time code.
    Code {
        /// The code.
        code: String,
    },
    /// It is done.
    Done,
    /// It is not.
    Not {
        /// Why: the word of a refusal.
        why: String,
        /// The field to look at.
        field: Option<String>,
        /// The numbers and words in its sentence.
        params: BTreeMap<String, String>,
    },
}

/// Everybody and everything at a hub.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Whether the hub waits until somebody confirms its grants.
    pub locked: bool,
    /// Everybody.
    pub people: Vec<OfficePerson>,
    /// Every PC that was ever let in.
    pub pcs: Vec<OfficePc>,
    /// Every client, with its code.
    pub clients: Vec<(Id<Client>, String)>,
}

/// A person at a hub.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficePerson {
    /// Who.
    pub user: Id<User>,
    /// What he logs in with.
    pub login: String,
    /// What others see.
    pub name: String,
    /// What he is in the plant.
    pub role: Role,
    /// Whether he may work at all.
    pub active: bool,
    /// The clients he may see.
    pub clients: Vec<Id<Client>>,
    /// The PCs on which he works.
    pub pcs: Vec<Id<Device>>,
}

/// A PC at a hub.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficePc {
    /// Which.
    pub device: Id<Device>,
    /// What it is called in the plant.
    pub name: String,
    /// When it was let in, milliseconds since 1970.
    #[ts(type = "number")]
    pub enrolled_at: i64,
    /// When it was last heard; none where it has asked nothing yet.
    #[ts(type = "number | null")]
    pub seen_at: Option<i64>,
    /// Whether it was taken out of the plant.
    pub withdrawn: bool,
}
