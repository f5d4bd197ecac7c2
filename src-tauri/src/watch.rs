//! Tells the window what changed, also what other programs wrote.
use crate::shell::Shell;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tauri::{AppHandle, Emitter, Runtime};

/// The tables of a commit.
#[derive(Clone, serde::Serialize)]
struct Changed {
    entities: Vec<String>,
}

/// Looks once a second whether any connection has committed.
pub(crate) fn start<R: Runtime>(app: AppHandle<R>, shell: Arc<Shell>) {
    tauri::async_runtime::spawn(async move {
        let seen: Arc<Mutex<Option<i64>>> = Arc::default();
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        loop {
            tick.tick().await;
            let (app, shell, seen) = (app.clone(), shell.clone(), seen.clone());
            let _ = tauri::async_runtime::spawn_blocking(move || look(&app, &shell, &seen)).await;
        }
    });
}

fn look<R: Runtime>(app: &AppHandle<R>, shell: &Shell, seen: &Mutex<Option<i64>>) {
    let Ok(version) = shell.store().and_then(|s| s.data_version().map_err(Into::into)) else { return };
    let Ok(mut seen) = seen.lock() else { return };
    if seen.replace(version).is_some_and(|before| before != version) {
        let _ = app.emit("changed", Changed { entities: vec![] });
    }
}
