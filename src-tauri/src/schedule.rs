//! Looks for what somebody should see to while the window is open, and wipes what erased words have left.
use crate::shell::Shell;
use std::{sync::Arc, time::Duration};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(15 * 60);

/// Looks in the names of those who put alerts on their schedule.
pub(crate) fn start(shell: Arc<Shell>) {
    tauri::async_runtime::spawn(async move {
        let mut tick = tokio::time::interval(EVERY);
        loop {
            tick.tick().await;
            let shell = shell.clone();
            let _ = tauri::async_runtime::spawn_blocking(move || look(&shell)).await;
        }
    });
}

/// What it finds the screens hear of as of every commit.
fn look(shell: &Shell) {
    let Ok(store) = shell.store() else { return };
    if let Err(e) = plant::alerts::run(&store) {
        tracing::error!("alerts were not looked for: {e}");
    }
    if let Err(e) = store.wipe_erased() {
        tracing::error!("what erased words left in the file was not wiped: {e}");
    }
}
