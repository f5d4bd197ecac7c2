//! People and their rights, for admins.
use super::{ClientView, Nothing};
use domain::{Client, Entity, Id, Line, Role, change::User};
use serde::{Deserialize, Serialize};
use store::{
    Repository, Result, Writer,
    session::{Account, AccountChange, NewAccount},
};
use ts_rs::TS;

/// A line an operator works on.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LineRef {
    client_id: Id<Client>,
    line_id: Id<Line>,
}

/// An account as an admin sees it.
#[derive(Serialize, TS)]
pub struct UserView {
    id: Id<User>,
    name: String,
    display_name: String,
    role: Role,
    active: bool,
    clients: Vec<ClientView>,
    lines: Vec<LineRef>,
    /// Milliseconds since 1970.
    last_login: Option<i64>,
}

/// An account to be made.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UserAdd {
    name: String,
    display_name: String,
    role: Role,
    clients: Vec<Id<Client>>,
    password: String,
}

/// What an account is to become.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UserUpdate {
    id: Id<User>,
    display_name: String,
    role: Role,
    clients: Vec<Id<Client>>,
    lines: Vec<LineRef>,
    active: bool,
}

/// A password given anew by an admin.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UserPassword {
    id: Id<User>,
    password: String,
}

/// A client no longer served.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Readmit {
    id: Id<Client>,
}

pub(super) fn client_inactive_list(repo: &Repository<'_>, _: Nothing) -> Result<Vec<ClientView>> {
    Ok(repo.store().inactive_clients(repo.session())?.iter().map(ClientView::from).collect())
}

pub(super) fn client_reactivate(w: &mut Writer<'_>, input: Readmit) -> Result<ClientView> {
    w.names(Client::TABLE);
    let row = w.readmit(input.id)?;
    Ok(ClientView { id: row.id, code: row.code, name: row.name })
}

pub(super) fn user_list(repo: &Repository<'_>, _: Nothing) -> Result<Vec<UserView>> {
    Ok(repo.store().user_list(repo.session())?.into_iter().map(UserView::from).collect())
}

pub(super) fn user_add(repo: &Repository<'_>, input: UserAdd) -> Result<UserView> {
    let account = NewAccount {
        name: input.name,
        display_name: input.display_name,
        role: input.role,
        clients: input.clients,
        password: input.password,
        // In the window an admin-made password is always changed at the first log-in.
        forced_change: true,
        language: repo.session().language().into(),
    };
    repo.store().user_add(repo.session(), &account).map(UserView::from)
}

pub(super) fn user_update(repo: &Repository<'_>, input: UserUpdate) -> Result<UserView> {
    let change = AccountChange {
        id: input.id,
        display_name: input.display_name,
        role: input.role,
        clients: input.clients,
        lines: input.lines.into_iter().map(|l| (l.client_id, l.line_id)).collect(),
        active: input.active,
    };
    repo.store().user_update(repo.session(), &change).map(UserView::from)
}

pub(super) fn user_password(repo: &Repository<'_>, input: UserPassword) -> Result<()> {
    repo.store().user_password(repo.session(), input.id, &input.password)
}

impl From<Account> for UserView {
    fn from(a: Account) -> Self {
        UserView {
            id: a.id,
            name: a.name,
            display_name: a.display_name,
            role: a.role,
            active: a.active,
            clients: a.clients.iter().map(ClientView::from).collect(),
            lines: a.lines.into_iter().map(|(client_id, line_id)| LineRef { client_id, line_id }).collect(),
            last_login: a.last_login.map(|t| t.0),
        }
    }
}
