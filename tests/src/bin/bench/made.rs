//! A generated plant, and two stores open on it.
use super::report::{Progress, timed};
use domain::Day;
use plant::demo::generator::{Size, generate};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use store::{Clock, Session, Store, keep::Vault};

const KEY: [u8; 32] = [5; 32];
/// The password of the one who measures.
pub(crate) const SECRET: &str = "copper kettle on mars";
/// The day of measuring: 20 June 2026, noon UTC.
pub(crate) const TODAY: Day = Day(20_624);
const NOW: i64 = TODAY.0 as i64 * 86_400_000 + 43_200_000;

/// How large a plant is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) clients: u32,
    pub(crate) days: u32,
    /// How densely the same line shifts are entered.
    pub(crate) density: u32,
}

impl Shape {
    pub(crate) fn size(self) -> Size {
        Size { clients: self.clients, days: self.days, last: TODAY.plus(-1), density: self.density }
    }
    /// "986 k" or "9.9 M" entries.
    pub(crate) fn name(self) -> String {
        match self.size().entries() {
            n if n < 5_000_000 => format!("{} k", (n + 500) / 1000),
            n => format!("{:.1} M", n as f64 / 1e6),
        }
    }
}

/// A plant, its file, and who asks.
pub(crate) struct Made {
    pub(crate) shape: Shape,
    pub(crate) store: Store,
    /// Another connection to the same file, as another program would have.
    pub(crate) other: Store,
    pub(crate) admin: Session,
    pub(crate) path: PathBuf,
    took: Option<Duration>,
    _dir: Option<tempfile::TempDir>,
}

/// The vault of a path.
pub(crate) fn vault(path: &Path) -> Vault {
    Vault::new(path, KEY)
}

/// The clock of a measurement stands still.
pub(crate) fn clock() -> Clock {
    Clock::fixed(NOW)
}

impl Made {
    /// Generates a plant, or takes up one that was kept.
    pub(crate) fn take_up(shape: Shape, keep: Option<&Path>) -> store::Result<Made> {
        let dir = if keep.is_none() { tempfile::tempdir().ok() } else { None };
        let folder = keep.map(Path::to_path_buf).or_else(|| dir.as_ref().map(|d| d.path().to_path_buf()));
        let path =
            folder.unwrap_or_default().join(format!("bench-{}x{}x{}.db", shape.clients, shape.days, shape.density));
        let (took, admin) = if path.exists() {
            (None, Store::open(&vault(&path), clock())?.login("ada", SECRET)?)
        } else {
            let (took, admin) = timed(|| make(shape, &path))?;
            (Some(took), admin)
        };
        let (store, other) = (Store::open(&vault(&path), clock())?, Store::open(&vault(&path), clock())?);
        Ok(Made { shape, store, other, admin, path, took, _dir: dir })
    }
    /// What was made, in words.
    pub(crate) fn told(&self) -> String {
        let Shape { clients, days, .. } = self.shape;
        let bytes = std::fs::metadata(&self.path).map_or(0, |m| m.len());
        let took =
            self.took.map_or_else(|| "kept from before".into(), |t| format!("generated in {:.0} s", t.as_secs_f64()));
        format!(
            "Plant of {} entries: {clients} clients × {days} days × 12 line shifts, {} MB encrypted, {took}.\n",
            self.shape.size().entries(),
            bytes / 1_000_000,
        )
    }
    /// The id of a client by its place.
    pub(crate) fn client(&self, place: usize) -> domain::Id<domain::Client> {
        self.admin.clients()[place % self.admin.clients().len()].id
    }
}

fn make(shape: Shape, path: &Path) -> store::Result<Session> {
    let store = Store::create(&vault(path), clock())?;
    let admin = store.first_start("ada", "Ada", SECRET, "en")?;
    let mut progress = Progress::new(format!("generating {} entries", shape.name()));
    generate(&store, &admin, shape.size(), 1, &mut |done, all| progress.at(done, all))?;
    // Rights have changed with every client that was made.
    store.login("ada", SECRET)
}
