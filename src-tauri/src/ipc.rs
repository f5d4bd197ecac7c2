//! One door for every command: window → session → repository → command.
use crate::{door, hub, shell::Shell};
use domain::{Code, Fault};
use plant::commands::{self, Call};
use serde_json::Value as Json;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use store::{Session, Store, session::Registry};
use tauri::{
    Emitter, Runtime, Webview,
    ipc::{Invoke, InvokeBody},
};

/// Inputs beyond this are refused before they are read.
const INPUT_MAX: usize = 8 << 20;

/// How far a long work is.
#[derive(Clone, serde::Serialize)]
struct Progress<'a> {
    token: &'a str,
    done: u32,
    total: u32,
}

/// The handler of every call; none runs on the window's thread.
pub(crate) fn handler<R: Runtime>(shell: Arc<Shell>) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let (shell, message, resolver) = (shell.clone(), invoke.message, invoke.resolver);
        tauri::async_runtime::spawn_blocking(move || {
            let asked = Asked::of(message.command(), message.payload(), message.headers());
            let webview = message.webview();
            // A panic in a command is a bug of that command, never the end of the window.
            let done = catch_unwind(AssertUnwindSafe(|| asked.and_then(|a| answer(&shell, &webview, &a))));
            let done = done.unwrap_or_else(|_| Err(Fault::new(Code::Internal).with("value", message.command())));
            match done {
                Ok(value) => resolver.resolve(value),
                Err(fault) => resolver.reject(fault),
            }
        });
        true
    }
}

/// What a window asked: a command with its input, or a piece of a file.
pub(crate) struct Asked {
    name: String,
    pub(crate) input: Json,
    piece: Option<(String, usize, Vec<u8>)>,
    unbidden: bool,
}

/// Set to 1 by a screen that asks on its own, such as after a change elsewhere.
const UNBIDDEN: &str = "x-refresh";

impl Asked {
    fn of(name: &str, body: &InvokeBody, headers: &tauri::http::HeaderMap) -> Result<Asked, Fault> {
        let text = |h: &str| headers.get(h).and_then(|v| v.to_str().ok()).unwrap_or_default().to_string();
        let unbidden = text(UNBIDDEN) == "1" && commands::asks(name);
        match body {
            InvokeBody::Json(json) => {
                let input = json.get("input").cloned().unwrap_or_else(|| Json::Object(serde_json::Map::new()));
                Ok(Asked { name: name.into(), input, piece: None, unbidden })
            }
            InvokeBody::Raw(bytes) if bytes.len() <= INPUT_MAX => {
                let offset = text("offset").parse().map_err(|_| Fault::new(Code::BadInput).with("value", "offset"))?;
                let piece = Some((text("token"), offset, bytes.clone()));
                Ok(Asked { name: name.into(), input: Json::Null, piece, unbidden })
            }
            InvokeBody::Raw(bytes) => Err(Fault::new(Code::BadInput).with("value", bytes.len())),
        }
    }
}

impl Asked {
    /// The session of the call; what nobody asked for keeps it no longer awake.
    fn session(&self, registry: &Registry, store: &Store, window: &str) -> store::Result<Session> {
        if self.unbidden { registry.peek(store, window) } else { registry.session(store, window) }
    }
}

fn answer<R: Runtime>(shell: &Shell, webview: &Webview<R>, asked: &Asked) -> Result<Json, Fault> {
    let beside = door::answer(shell, webview.label(), &asked.name, &asked.input)
        .or_else(|| hub::answer(shell, webview.label(), &asked.name, &asked.input));
    if let Some(done) = beside {
        return done;
    }
    let store = shell.store()?;
    let session = asked.session(&shell.registry, &store, webview.label()).map_err(Fault::from)?;
    if let ("import_chunk", Some((token, offset, bytes))) = (asked.name.as_str(), &asked.piece) {
        return shell.desk.chunk(&session, token, *offset, bytes).map(|()| Json::Null);
    }
    let repo = store.repository(&session).map_err(Fault::from)?;
    let tell = |token: &str, done: u32, total: u32| {
        let _ = webview.emit("progress", Progress { token, done, total });
    };
    commands::call(&asked.name, &Call { repo: &repo, desk: &shell.desk, tell: &tell }, asked.input.clone())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "it is all test")]
mod tests {
    use super::*;
    use store::{Clock, keep::Vault};
    use tauri::http::{HeaderMap, HeaderValue};

    const HALF_AN_HOUR: i64 = 30 * 60 * 1000;

    fn asked(name: &str, refresh: &'static str) -> Asked {
        let headers = HeaderMap::from_iter([("x-refresh".parse().unwrap(), HeaderValue::from_static(refresh))]);
        Asked::of(name, &InvokeBody::Json(serde_json::json!({ "input": {} })), &headers).unwrap()
    }

    /// Whether the session still stands after three halves of an hour with one call in each.
    fn awake(asked: &Asked) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(folder.path().join("lineboard.db"), [7; 32]);
        let store = Store::create(&vault, Clock::fixed(0)).unwrap();
        let registry = Registry::new(store.clock());
        registry.enter("main", store.first_start("ada", "Ada", "copper kettle on mars", "en").unwrap());
        (0..3).all(|_| {
            store.clock().advance(HALF_AN_HOUR);
            asked.session(&registry, &store, "main").is_ok()
        })
    }

    #[test]
    fn a_refresh_nobody_asked_for_keeps_no_session_awake() {
        assert!(awake(&asked("line_list", "")) && awake(&asked("line_list", "0")));
        assert!(!awake(&asked("line_list", "1")) && !awake(&asked("kpi_board", "1")));
    }

    #[test]
    fn what_writes_is_always_a_persons_own() {
        for name in ["line_put", "floor_save", "undo", "export", "import_confirm", "client_reactivate"] {
            assert!(!asked(name, "1").unbidden, "{name}");
        }
    }
}
