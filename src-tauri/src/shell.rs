//! The app: one data folder, its database once it is open, its window.
use crate::{
    hub::{self, Line},
    ipc, schedule, watch,
};
use domain::{Code, Fault};
use plant::import::desk::Desk;
use std::{
    process::ExitCode,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
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
}

/// Whether there is a database to talk to.
enum State {
    Absent,
    Open(Arc<Store>),
    Refused(Fault),
}

/// The folder, held as long as the window lives, and its database.
struct Held {
    lock: Option<Lock>,
    state: State,
}

impl Held {
    fn of(folder: &Folder, place: &KeyPlace) -> Held {
        let lock = match folder.prepare().and_then(|()| folder.lock()) {
            Ok(lock) => Some(lock),
            Err(fault) => return Held { lock: None, state: State::Refused(fault) },
        };
        let state = match Store::enter(folder, place, Clock::default()) {
            Ok(store) => State::Open(Arc::new(store)),
            Err(e) if e.is(Code::NotInitialised) => State::Absent,
            Err(e) => State::Refused(e.into()),
        };
        Held { lock, state }
    }
}

impl Shell {
    /// Finds the folder and opens its database, if there is one.
    fn find() -> Result<Shell, Fault> {
        let folder = Folder::find(None)?;
        let place = KeyPlace::find(None);
        let (registry, held) = (Registry::new(&Clock::default()), RwLock::new(Held::of(&folder, &place)));
        Ok(Shell { folder, place, registry, desk: Desk::default(), line: Line::default(), held })
    }
    /// The open database.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn store(&self) -> Result<Arc<Store>, Fault> {
        match &self.held().state {
            State::Open(store) => Ok(store.clone()),
            State::Absent => Err(Fault::new(Code::NotInitialised).with("value", self.folder.path().display())),
            State::Refused(fault) => Err(fault.clone()),
        }
    }
    /// Where another window had the folder and has closed since, this one goes on.
    fn held(&self) -> RwLockReadGuard<'_, Held> {
        let held = || self.held.read().unwrap_or_else(PoisonError::into_inner);
        if held().lock.is_none() {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            if held.lock.is_none() {
                *held = Held::of(&self.folder, &self.place);
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
    let watched = shell.clone();
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
