//! Tells the window what changed, also what other programs wrote.
use crate::shell::Shell;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use store::{Class, Store, tables};
use tauri::{AppHandle, Emitter, Runtime};

/// The tables of a commit.
#[derive(Clone, serde::Serialize)]
struct Changed<'a> {
    entities: &'a [&'static str],
}

/// What was last known of the file.
#[derive(Default)]
struct Seen {
    listening: bool,
    data: Option<i64>,
    rights: Option<i64>,
}

/// Tells of this program's commits at once, and looks each second for those of others.
pub(crate) fn start<R: Runtime>(app: AppHandle<R>, shell: Arc<Shell>) {
    tauri::async_runtime::spawn(async move {
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        loop {
            tick.tick().await;
            let (app, shell, seen) = (app.clone(), shell.clone(), seen.clone());
            let _ = tauri::async_runtime::spawn_blocking(move || look(&app, &shell, &seen)).await;
        }
    });
}

fn look<R: Runtime>(app: &AppHandle<R>, shell: &Arc<Shell>, seen: &Mutex<Seen>) -> Option<()> {
    let store = shell.store().ok()?;
    let mut seen = seen.lock().ok()?;
    if !seen.listening {
        let (app, line) = (app.clone(), Arc::downgrade(shell));
        store.on_change(move |entities| {
            tell(&app, entities);
            line.upgrade().iter().for_each(|shell| shell.line.nudge());
        });
        seen.listening = true;
    }
    let news = seen.news(&store)?;
    if !news.is_empty() {
        tell(app, &news);
    }
    Some(())
}

impl Seen {
    /// The tables that may have changed since the last look.
    ///
    /// A commit of another connection does not say what it wrote: any row may
    /// have changed, people and clients only where rights did.
    fn news(&mut self, store: &Store) -> Option<Vec<&'static str>> {
        let (data, rights) = (store.data_version().ok()?, store.rights_version().ok()?);
        let fresh = |before: Option<i64>, now: i64| before != Some(now);
        let (rows, people) = (fresh(self.data.replace(data), data), fresh(self.rights.replace(rights), rights));
        let within = |&(name, class): &(&'static str, Class)| match class {
            Class::Client => rows && (people || name != "client"),
            Class::Admin => people,
            _ => false,
        };
        Some(tables().filter(within).map(|(name, _)| name).collect())
    }
}

fn tell<R: Runtime>(app: &AppHandle<R>, entities: &[&'static str]) {
    // A window that is closing hears nothing more.
    let _ = app.emit("changed", Changed { entities });
}
