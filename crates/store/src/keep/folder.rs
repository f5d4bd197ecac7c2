//! The data folder: where it is, what lies in it, who may open it.
use domain::{Code, Fault, Id};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// One installation, named by its id.
pub enum Database {}

/// What stands beside the database, to tell a wrong key from a damaged file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Names the database, and its entry in the keyring.
    pub database: Id<Database>,
    /// What the right key makes of that id.
    pub check: String,
    /// Whether the database was ever made whole.
    pub made: bool,
}

/// A folder that holds one database and what belongs to it.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// Held by the one window of a folder; let go when dropped or killed.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl Folder {
    /// The given folder, else `LINEBOARD_DATA`, else the platform's place for data.
    pub fn find(given: Option<PathBuf>) -> Result<Self, Fault> {
        let named = std::env::var_os("LINEBOARD_DATA").filter(|v| !v.is_empty()).map(PathBuf::from);
        Self::choose(given, named, place())
    }
    fn choose(given: Option<PathBuf>, named: Option<PathBuf>, place: Option<PathBuf>) -> Result<Self, Fault> {
        let chosen = given.or(named).or(place).ok_or_else(|| Fault::new(Code::NotInitialised).with("value", "-"))?;
        // A process may change its folder while the database is open.
        std::path::absolute(&chosen).map(Folder).map_err(|e| refused(&chosen, &e))
    }
    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }
    /// The encrypted file.
    pub fn database(&self) -> PathBuf {
        self.0.join("lineboard.db")
    }
    fn identity_file(&self) -> PathBuf {
        self.0.join("lineboard.id")
    }
    /// Whether a database was begun here; an empty file is none.
    pub fn holds_database(&self) -> bool {
        self.database().metadata().is_ok_and(|m| m.len() > 0)
    }
    /// Makes the folder, open to its owner alone, and tries to write in it.
    pub fn prepare(&self) -> Result<(), Fault> {
        let mut how = fs::DirBuilder::new();
        how.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut how, 0o700);
        how.create(&self.0).map_err(|e| refused(&self.0, &e))?;
        self.writable()
    }
    /// Tries to write; SQLite would find out in the middle of the work.
    pub fn writable(&self) -> Result<(), Fault> {
        let probe = self.0.join(format!(".lineboard-{}", std::process::id()));
        private().create(true).truncate(true).open(&probe).map_err(|e| refused(&self.0, &e))?;
        fs::remove_file(&probe).map_err(|e| refused(&self.0, &e))?;
        let database = self.database();
        let open = OpenOptions::new().append(true).open(&database);
        open.map(drop)
            .or_else(|e| if e.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(refused(&database, &e)) })
    }
    /// Makes the empty file, so that SQLite's files are born unreadable to others.
    pub fn reserve(&self) -> Result<(), Fault> {
        reserve(&self.database())
    }
    /// Takes the folder for one window; `in_use` while another has it.
    pub fn lock(&self) -> Result<Lock, Fault> {
        let path = self.0.join("lineboard.lock");
        let file = private().create(true).truncate(false).open(&path).map_err(|e| refused(&path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(Fault::new(Code::InUse)),
            Err(TryLockError::Error(e)) => Err(refused(&path, &e)),
        }
    }
    /// What stands beside the database; none before it was begun.
    pub fn identity(&self) -> Result<Option<Identity>, Fault> {
        let path = self.identity_file();
        let mut text = vec![];
        match File::open(&path).and_then(|f| f.take(4096).read_to_end(&mut text)) {
            Ok(_) => serde_json::from_slice(&text).map(Some).map_err(|_| Fault::new(Code::Damaged)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(refused(&path, &e)),
        }
    }
    /// Writes the identity, whole or not at all.
    pub fn set_identity(&self, identity: &Identity) -> Result<(), Fault> {
        let text = serde_json::to_vec(identity).map_err(|e| Fault::new(Code::Internal).with("value", e))?;
        let path = self.identity_file();
        replace(&path, &text).map_err(|e| refused(&path, &e))
    }
}

/// The platform's folder for an application's data.
fn place() -> Option<PathBuf> {
    let (base, name) = if cfg!(any(windows, target_os = "macos")) {
        (dirs::data_local_dir(), "Lineboard")
    } else {
        (dirs::data_dir(), "lineboard")
    };
    base.map(|b| b.join(name))
}

/// A file that only its owner reads.
fn private() -> OpenOptions {
    let mut how = OpenOptions::new();
    how.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    how
}

/// Makes an empty file where there is none; one that is there stays.
pub(crate) fn reserve(file: &Path) -> Result<(), Fault> {
    private().append(true).create(true).open(file).map(drop).map_err(|e| refused(file, &e))
}

/// Writes a file that must not be there yet, down to the disk.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private().create_new(true).open(path)?;
    // Half a key would never open anything.
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| drop(fs::remove_file(path)))?;
    settle(path)
}

/// Puts new bytes where old ones were; after a power cut there are either.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = private().create(true).truncate(true).open(&fresh)?;
    file.write_all(bytes).and_then(|()| file.sync_all())?;
    fs::rename(&fresh, path)?;
    settle(path)
}

/// Makes a new name in a folder survive a power cut.
fn settle(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) && !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Why a file or folder could not be written.
pub(crate) fn refused(path: &Path, e: &io::Error) -> Fault {
    match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::new(Code::DiskFull),
        _ => Fault::new(Code::ReadOnly).with("value", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::find(Some(dir.path().join("plant/data"))).unwrap();
        (dir, folder)
    }
    fn code(fault: Fault) -> String {
        fault.code
    }

    #[test]
    fn the_given_folder_comes_before_the_named_one_and_that_before_the_platforms() {
        let some = |s: &str| Some(std::path::absolute(s).unwrap());
        let pick = |a, b, c| Folder::choose(a, b, c).map(|f| f.0);
        assert_eq!(pick(some("a"), some("b"), some("c")).ok(), some("a"));
        assert_eq!(pick(None, some("b"), some("c")).ok(), some("b"));
        assert_eq!(pick(None, None, some("c")).ok(), some("c"));
        assert_eq!(pick(None, None, None).map_err(code), Err("not_initialised".into()));
        assert!(Folder::find(Some("relative".into())).unwrap().path().is_absolute());
    }

    #[test]
    fn looking_for_a_folder_makes_nothing() {
        let (_dir, folder) = folder();
        assert!(!folder.holds_database() && folder.identity().unwrap().is_none());
        assert!(!folder.path().exists());
    }

    #[test]
    #[cfg(unix)]
    fn folder_and_files_are_open_to_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (_dir, folder) = folder();
        folder.prepare().unwrap();
        folder.reserve().unwrap();
        let _lock = folder.lock().unwrap();
        let mode = |p: &Path| p.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.path()), 0o700);
        for file in fs::read_dir(folder.path()).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
    }

    #[test]
    fn a_second_window_is_told_the_folder_is_in_use_until_the_first_closes() {
        let (_dir, folder) = folder();
        folder.prepare().unwrap();
        let first = folder.lock().unwrap();
        assert_eq!(folder.lock().map_err(code).err(), Some("in_use".into()));
        drop(first);
        folder.lock().unwrap();
    }

    #[test]
    fn an_empty_file_is_no_database_and_reserving_keeps_what_is_there() {
        let (_dir, folder) = folder();
        folder.prepare().unwrap();
        folder.reserve().unwrap();
        assert!(!folder.holds_database());
        replace(&folder.database(), b"rows").unwrap();
        folder.reserve().unwrap();
        assert_eq!(fs::read(folder.database()).unwrap(), b"rows");
        assert!(folder.holds_database());
    }

    #[test]
    fn the_identity_comes_back_and_a_broken_one_is_damaged_not_absent() {
        let (_dir, folder) = folder();
        folder.prepare().unwrap();
        let identity = Identity { database: Id::from_bytes([7; 16]), check: "ab".into(), made: false };
        folder.set_identity(&identity).unwrap();
        folder.set_identity(&Identity { made: true, ..identity.clone() }).unwrap();
        assert_eq!(folder.identity().unwrap(), Some(Identity { made: true, ..identity }));
        replace(&folder.identity_file(), b"{\"database\":").unwrap();
        assert_eq!(folder.identity().map_err(code), Err("damaged".into()));
    }

    #[test]
    fn what_exists_is_never_created_over() {
        let (_dir, folder) = folder();
        folder.prepare().unwrap();
        let path = folder.path().join("key");
        create(&path, b"first").unwrap();
        assert_eq!(create(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn a_folder_under_a_file_is_read_only_by_name() {
        let (_dir, folder) = folder();
        folder.prepare().unwrap();
        folder.reserve().unwrap();
        let under = Folder(folder.database().join("sub"));
        let fault = under.prepare().unwrap_err();
        assert_eq!(fault.code, "read_only");
        assert_eq!(fault.params["value"], under.path().display().to_string());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn an_existing_folder_that_takes_no_file_is_read_only() {
        // The kernel's folder refuses even the superuser.
        let fault = Folder("/proc/self".into()).prepare().unwrap_err();
        assert_eq!((fault.code.as_str(), fault.params["value"].as_str()), ("read_only", "/proc/self"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told_apart_from_a_read_only_one() {
        let full = OpenOptions::new().write(true).open("/dev/full").and_then(|mut f| f.write_all(b"x")).unwrap_err();
        assert_eq!(refused(Path::new("x"), &full).code, "disk_full");
    }
}
