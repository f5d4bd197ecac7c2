//! One door for every command: window → session → repository → command.
use crate::{door, shell::Shell};
use domain::{Code, Fault};
use plant::commands::{self, Call};
use serde_json::Value as Json;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
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
}

impl Asked {
    fn of(name: &str, body: &InvokeBody, headers: &tauri::http::HeaderMap) -> Result<Asked, Fault> {
        let text = |h: &str| headers.get(h).and_then(|v| v.to_str().ok()).unwrap_or_default().to_string();
        match body {
            InvokeBody::Json(json) => {
                let input = json.get("input").cloned().unwrap_or_else(|| Json::Object(serde_json::Map::new()));
                Ok(Asked { name: name.into(), input, piece: None })
            }
            InvokeBody::Raw(bytes) if bytes.len() <= INPUT_MAX => {
                let offset = text("offset").parse().map_err(|_| Fault::new(Code::BadInput).with("value", "offset"))?;
                Ok(Asked { name: name.into(), input: Json::Null, piece: Some((text("token"), offset, bytes.clone())) })
            }
            InvokeBody::Raw(bytes) => Err(Fault::new(Code::BadInput).with("value", bytes.len())),
        }
    }
}

fn answer<R: Runtime>(shell: &Shell, webview: &Webview<R>, asked: &Asked) -> Result<Json, Fault> {
    if let Some(done) = door::answer(shell, webview.label(), &asked.name, &asked.input) {
        return done;
    }
    let store = shell.store()?;
    let session = shell.registry.session(&store, webview.label()).map_err(Fault::from)?;
    if let ("import_chunk", Some((token, offset, bytes))) = (asked.name.as_str(), &asked.piece) {
        return shell.desk.chunk(&session, token, *offset, bytes).map(|()| Json::Null);
    }
    let repo = store.repository(&session).map_err(Fault::from)?;
    let tell = |token: &str, done: u32, total: u32| {
        let _ = webview.emit("progress", Progress { token, done, total });
    };
    commands::call(&asked.name, &Call { repo: &repo, desk: &shell.desk, tell: &tell }, asked.input.clone())
}
