//! Accounts and passwords.
use super::print;
use crate::{
    Outcome,
    args::{Common, Password, UserAdd},
    door::{self, Door},
    words::{language, role, say},
};
use domain::{Code, Fault};
use serde_json::json;
use store::{Clock, Store, keep::key::KeyPlace, session::NewAccount};

/// Makes an account.
pub(super) fn add(common: &Common, door: &Door, who: &UserAdd) -> Outcome<()> {
    // Whoever has the key file runs a server or a test; a person's PC keeps the key in its keyring.
    if who.no_forced_change && KeyPlace::find(common.key_file.clone()) == KeyPlace::Keyring {
        return Err(Fault::new(Code::Forbidden).at("no_forced_change").into());
    }
    let clients = who.clients.iter().map(|code| door.client(code)).collect::<Outcome<Vec<_>>>()?;
    let account = NewAccount {
        name: who.name.clone(),
        display_name: who.display_name.clone().unwrap_or_else(|| who.name.clone()),
        role: who.role,
        clients,
        password: door::new_password(who.new_password_file.as_deref(), &who.name)?,
        forced_change: !who.no_forced_change,
        language: language().into(),
    };
    let made = door.store.user_add(&door.session, &account)?;
    let codes: Vec<&str> = made.clients.iter().map(|c| c.code.as_str()).collect();
    let answer = json!({ "id": made.id, "name": made.name, "role": made.role, "clients": codes });
    print(common.json, &answer, || say("user_added", &[("name", made.name.clone()), ("role", role(made.role))]));
    Ok(())
}

/// Changes one's own password; also where that is due before anything else.
pub(super) fn password(common: &Common, how: &Password) -> Outcome<()> {
    let name = &door::user(common)?;
    let old = door::PASSWORD.of(common.password_file.as_deref(), name)?;
    let new = door::new_password(how.new_password_file.as_deref(), name)?;
    let (folder, key) = door::place(common)?;
    let store = Store::enter(&folder, &key, Clock::default())?;
    let session = store.login(name, &old)?;
    store.password_change(&session, &old, &new)?;
    print(common.json, &json!({ "changed": true }), || say("password_changed", &[("name", name.into())]));
    Ok(())
}
