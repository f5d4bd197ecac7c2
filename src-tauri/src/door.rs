//! Before a session: the first start, log-in, log-out.
use crate::shell::Shell;
use domain::{Code, Fault};
use plant::commands::SessionView;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value as Json, json};
use store::{Session, Store, keep::key::KeyPlace};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    name: String,
    display_name: String,
    password: String,
    language: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogIn {
    name: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    pub(crate) old: String,
    pub(crate) new: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    language: String,
}

type Answer = Result<Json, Fault>;

/// Answers what needs no session, or changes one; none for every other command.
pub(crate) fn answer(shell: &Shell, window: &str, name: &str, input: &Json) -> Option<Answer> {
    Some(match name {
        "app_state" => Ok(state(shell, window)),
        "first_start" => parse(input).and_then(|i| first(shell, window, &i)),
        "login" => parse(input).and_then(|i: LogIn| {
            let store = shell.store()?;
            let session = store.login(&i.name, &i.password).map_err(Fault::from)?;
            Ok(enter(shell, window, session))
        }),
        "logout" => logout(shell, window),
        "password_change" => {
            parse(input).and_then(|i: Change| renew(shell, window, |store, s| crate::hub::password(shell, store, s, i)))
        }
        "language_set" => {
            parse(input).and_then(|i: Language| renew(shell, window, |store, s| store.language_set(s, &i.language)))
        }
        _ => return None,
    })
}

pub(crate) fn parse<T: DeserializeOwned>(input: &Json) -> Result<T, Fault> {
    // The message names the field, never what was typed: it may be a password.
    T::deserialize(input).map_err(|e| {
        let text = e.to_string();
        let known = text.starts_with("missing field") || text.starts_with("unknown field");
        Fault::new(Code::BadInput).with("value", if known { text } else { "input".into() })
    })
}

/// What the window shows first.
fn state(shell: &Shell, window: &str) -> Json {
    let store = shell.store();
    let due = store.as_ref().is_ok_and(|s| s.first_start_due().unwrap_or(false));
    let session = store.as_ref().ok().and_then(|s| shell.registry.peek(s, window).ok());
    json!({
        "first_start": shell.absent() || due,
        "session": session.as_ref().map(SessionView::from),
        "key_file": matches!(shell.place, KeyPlace::File(_)),
        "folder": shell.folder.path().display().to_string(),
        "version": env!("CARGO_PKG_VERSION"),
        "fault": if shell.absent() { None } else { store.err() },
    })
}

/// Makes the database and its admin; there is no other way to a first account.
fn first(shell: &Shell, window: &str, i: &First) -> Answer {
    let store = if shell.absent() { shell.begin()? } else { shell.store()? };
    let session = store.first_start(&i.name, &i.display_name, &i.password, &i.language).map_err(Fault::from)?;
    Ok(enter(shell, window, session))
}

fn enter(shell: &Shell, window: &str, session: Session) -> Json {
    let view = SessionView::from(&session);
    shell.registry.enter(window, session);
    json!(view)
}

fn logout(shell: &Shell, window: &str) -> Answer {
    let store = shell.store()?;
    if let Some(session) = shell.registry.leave(window) {
        shell.desk.leave(&session);
        store.forget(session.user());
        store.logout(&session).map_err(Fault::from)?;
    }
    Ok(Json::Null)
}

/// Changes something of the session's own person.
fn renew(shell: &Shell, window: &str, f: impl FnOnce(&Store, &Session) -> store::Result<Session>) -> Answer {
    let store = shell.store()?;
    let session = shell.registry.session(&store, window).map_err(Fault::from)?;
    let session = f(&store, &session).map_err(Fault::from)?;
    let view = SessionView::from(&session);
    shell.registry.replace(window, session);
    Ok(json!(view))
}
