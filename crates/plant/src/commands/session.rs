//! Who is logged in, as the window shows it.
use domain::{Client, Group, Id, Role, Verb, change::User};
use serde::Serialize;
use store::{ClientRef, Session};
use ts_rs::TS;

/// A client as its code and name.
#[derive(Clone, Serialize, TS)]
#[ts(rename = "ClientRef")]
pub struct ClientView {
    /// Which client.
    pub id: Id<Client>,
    /// The short name people type.
    pub code: String,
    /// The full name.
    pub name: String,
}

impl From<&ClientRef> for ClientView {
    fn from(c: &ClientRef) -> Self {
        ClientView { id: c.id, code: c.code.clone(), name: c.name.clone() }
    }
}

/// Who is logged in, and what the screens may offer.
#[derive(Serialize, TS)]
pub struct SessionView {
    user: Id<User>,
    name: String,
    display_name: String,
    role: Role,
    language: String,
    must_change: bool,
    clients: Vec<ClientView>,
    may: Vec<String>,
}

impl From<&Session> for SessionView {
    fn from(s: &Session) -> Self {
        SessionView {
            user: s.user(),
            name: s.name().into(),
            display_name: s.display_name().into(),
            role: s.role(),
            language: s.language().into(),
            must_change: s.must_change(),
            clients: s.clients().iter().map(ClientView::from).collect(),
            may: may(s.role()),
        }
    }
}

/// What screens offer a role; the store refuses the rest in any case.
fn may(role: Role) -> Vec<String> {
    let offers = [
        ("kpi", Verb::Read, Group::Floor),
        ("enter", Verb::Create, Group::Floor),
        ("close_shift", Verb::Amend, Group::Floor),
        ("import", Verb::Import, Group::Floor),
        ("export", Verb::Export, Group::Floor),
        ("setup", Verb::Update, Group::Setup),
        ("client_admin", Verb::Create, Group::Clients),
        ("user_admin", Verb::Create, Group::Clients),
    ];
    offers.iter().filter(|(_, verb, group)| role.may(*verb, *group)).map(|(name, ..)| name.to_string()).collect()
}
