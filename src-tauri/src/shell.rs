//! The app: one data folder, its database once it is open, its window.
use crate::{
    hub::{self, Line},
    ipc, schedule, watch,
};
use domain::{Code, Fault};
use plant::import::desk::Desk;
use std::{
    process::ExitCode,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{
    Clock, Store,
    keep::{
        folder::{Folder, Lock},
        key::KeyPlace,
    },
    session::Registry,
};
use tauri::{RunEvent, WindowEvent};

/// Everything a call may need; sessions stay in Rust.
pub(crate) struct Shell {
    pub(crate) folder: Folder,
    pub(crate) place: KeyPlace,
    pub(crate) registry: Registry,
    pub(crate) desk: Desk,
    pub(crate) line: Line,
    held: RwLock<Held>,
    far: Far,
}

/// Whether there is a database to talk to.
enum State {
    /// It is being opened; after an update that may take minutes.
    Opening,
    Absent,
    Open(Arc<Store>),
    Refused(Fault),
}

/// The folder, held as long as the window lives, and its database.
struct Held {
    lock: Option<Lock>,
    state: State,
}

/// How far the opening of the database is: clients done, and in all.
#[derive(Default)]
struct Far(AtomicU64, AtomicU64);

impl Far {
    fn tell(&self, done: u64, all: u64) {
        self.0.store(done, Ordering::Relaxed);
        self.1.store(all, Ordering::Relaxed);
    }
    fn fault(&self) -> Fault {
        let of = |n: &AtomicU64| n.load(Ordering::Relaxed);
        Fault::new(Code::Opening).with("done", of(&self.0)).with("all", of(&self.1))
    }
}

impl Held {
    fn of(folder: &Folder, place: &KeyPlace, far: &Far) -> Held {
        let lock = match folder.prepare().and_then(|()| folder.lock()) {
            Ok(lock) => Some(lock),
            Err(fault) => return Held { lock: None, state: State::Refused(fault) },
        };
        let state = match Store::enter_telling(folder, place, Clock::default(), &mut |done, all| far.tell(done, all)) {
            Ok(store) => State::Open(Arc::new(store)),
            Err(e) if e.is(Code::NotInitialised) => State::Absent,
            Err(e) => State::Refused(e.into()),
        };
        Held { lock, state }
    }
}

impl Shell {
    /// Finds the folder; its database is opened beside the window, which shows how far that is.
    fn find() -> Result<Shell, Fault> {
        Ok(Shell::of(Folder::find(None)?, KeyPlace::find(None)))
    }
    fn of(folder: Folder, place: KeyPlace) -> Shell {
        let held = RwLock::new(Held { lock: None, state: State::Opening });
        let registry = Registry::new(&Clock::default());
        Shell { folder, place, registry, desk: Desk::default(), line: Line::default(), held, far: Far::default() }
    }
    /// Opens the database, if there is one.
    fn open(&self) {
        let held = Held::of(&self.folder, &self.place, &self.far);
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
    }
    /// The open database.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn store(&self) -> Result<Arc<Store>, Fault> {
        match &self.held().state {
            State::Open(store) => Ok(store.clone()),
            State::Opening => Err(self.far.fault()),
            State::Absent => Err(Fault::new(Code::NotInitialised).with("value", self.folder.path().display())),
            State::Refused(fault) => Err(fault.clone()),
        }
    }
    /// Where another window had the folder and has closed since, this one goes on.
    fn held(&self) -> RwLockReadGuard<'_, Held> {
        let held = || self.held.read().unwrap_or_else(PoisonError::into_inner);
        let elsewhere = |held: &Held| held.lock.is_none() && matches!(held.state, State::Refused(_));
        if elsewhere(&held()) {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            if elsewhere(&held) {
                *held = Held::of(&self.folder, &self.place, &self.far);
            }
        }
        held()
    }
    /// Whether there is no database yet.
    pub(crate) fn absent(&self) -> bool {
        matches!(self.held().state, State::Absent)
    }
    /// Makes the database.
    pub(crate) fn begin(&self) -> Result<Arc<Store>, Fault> {
        let store = Arc::new(Store::begin(&self.folder, &self.place, Clock::default()).map_err(Fault::from)?);
        self.held.write().unwrap_or_else(PoisonError::into_inner).state = State::Open(store.clone());
        Ok(store)
    }
}

/// Runs the window until it is closed.
pub(crate) fn run() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter()).init();
    let shell = match Shell::find() {
        Ok(shell) => Arc::new(shell),
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::FAILURE;
        }
    };
    let (watched, opened) = (shell.clone(), shell.clone());
    std::thread::spawn(move || opened.open());
    let built = tauri::Builder::default()
        .invoke_handler(ipc::handler(shell.clone()))
        .setup(move |app| {
            schedule::start(watched.clone());
            hub::start(app.handle().clone(), watched.clone());
            watch::start(app.handle().clone(), watched);
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(move |_, event| on_event(&shell, &event));
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("The window cannot be opened: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Whoever comes back to the window sees what others wrote meanwhile; the engine ends with the window.
fn on_event(shell: &Shell, event: &RunEvent) {
    match event {
        RunEvent::WindowEvent { event: WindowEvent::Focused(true), .. } => shell.line.wake(),
        RunEvent::Exit => shell.line.stop(),
        _ => {}
    }
}

fn filter() -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::try_from_env("LINEBOARD_LOG").unwrap_or_else(|_| "warn".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(dir: &tempfile::TempDir) -> Shell {
        Shell::of(Folder::find(Some(dir.path().join("data"))).unwrap(), KeyPlace::File(dir.path().join("key")))
    }
    fn said(shell: &Shell) -> String {
        shell.store().err().map_or_else(String::new, |fault| fault.code)
    }

    #[test]
    fn a_window_is_there_while_its_file_is_opened_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let window = shell(&dir);
        window.far.tell(3, 50);
        let fault = window.store().err().unwrap();
        assert_eq!(
            (fault.code.as_str(), &fault.params["done"], &fault.params["all"]),
            ("opening", &"3".into(), &"50".into())
        );
        assert!(!window.absent());
        window.open();
        assert!(window.absent());
        window.begin().unwrap();
        assert_eq!(said(&window), "");
    }

    #[test]
    fn a_window_whose_folder_another_had_goes_on_once_that_has_closed() {
        let dir = tempfile::tempdir().unwrap();
        let first = shell(&dir);
        first.open();
        first.begin().unwrap();
        let second = shell(&dir);
        second.open();
        assert_eq!(said(&second), "in_use");
        drop(first);
        assert_eq!(said(&second), "");
    }
}
