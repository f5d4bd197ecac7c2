//! Beginning and opening the database of a data folder.
use super::{
    Vault,
    folder::{Folder, Identity},
    key::{KeyPlace, Unlocked},
    verify::Tell,
};
use crate::{Clock, Result, Store};

impl Store {
    /// Makes the database of a folder, its key and its identity; finishes a beginning cut short.
    ///
    /// # Errors
    /// `already_initialised`, `read_only`, `disk_full`, the key's faults.
    pub fn begin(folder: &Folder, place: &KeyPlace, clock: Clock) -> Result<Store> {
        folder.prepare()?;
        let unlocked = place.begin(folder)?;
        folder.reserve()?;
        let vault = vault(folder, &unlocked);
        vault.create()?;
        let store = Store::open(&vault, clock)?;
        // Last, so that an identity marked as made always has its database.
        folder.set_identity(&Identity { made: true, ..unlocked.identity })?;
        Ok(store)
    }
    /// Opens the database of a folder; one that does not open is left as it is.
    ///
    /// # Errors
    /// `not_initialised`, `missing_key`, `no_keyring`, `wrong_key`, `damaged`,
    /// `newer`, `read_only`: each of these is another thing to do.
    pub fn enter(folder: &Folder, place: &KeyPlace, clock: Clock) -> Result<Store> {
        Self::enter_telling(folder, place, clock, &mut |_, _| {})
    }
    /// The same; `tell` hears how far it is where that takes long, as after an update: clients done, and in all.
    ///
    /// # Errors
    /// Those of `enter`.
    pub fn enter_telling(folder: &Folder, place: &KeyPlace, clock: Clock, tell: Tell<'_>) -> Result<Store> {
        let unlocked = place.unlock(folder)?;
        folder.writable()?;
        Store::open_telling(&vault(folder, &unlocked), clock, tell)
    }
}

impl Vault {
    /// The file of a folder with its own key, for whoever brings it together with its hub.
    ///
    /// # Errors
    /// Those of `Store::enter` about the key.
    pub fn of(folder: &Folder, place: &KeyPlace) -> Result<Vault> {
        Ok(vault(folder, &place.unlock(folder)?))
    }
}

fn vault(folder: &Folder, unlocked: &Unlocked) -> Vault {
    Vault::new(folder.database(), *unlocked.key.raw())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keep::folder::{self, replace};
    use domain::Fault;
    use std::{fs, path::PathBuf};

    struct Place {
        _dir: tempfile::TempDir,
        folder: Folder,
        key: PathBuf,
    }

    impl Place {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let folder = Folder::find(Some(dir.path().join("data"))).unwrap();
            Place { key: dir.path().join("key"), _dir: dir, folder }
        }
        /// A database with one account, closed again.
        fn made() -> Self {
            let place = Place::new();
            let store = place.begin().unwrap().cheap();
            store.first_start("ada", "Ada", "copper kettle on mars", "en").unwrap();
            place
        }
        fn begin(&self) -> Result<Store> {
            Store::begin(&self.folder, &KeyPlace::File(self.key.clone()), Clock::fixed(1))
        }
        fn enter(&self) -> Result<Store> {
            Store::enter(&self.folder, &KeyPlace::File(self.key.clone()), Clock::fixed(1))
        }
        fn bytes(&self) -> Vec<u8> {
            fs::read(self.folder.database()).unwrap()
        }
        fn accounts(&self) -> usize {
            let store = self.enter().unwrap().cheap();
            let session = store.login("ada", "copper kettle on mars").unwrap();
            store.user_list(&session).unwrap().len()
        }
    }

    fn code<T>(result: Result<T>) -> String {
        result.map_or_else(|e| Fault::from(e).code, |_| "fine".into())
    }

    #[test]
    fn a_database_is_begun_once_and_opened_with_its_key() {
        let place = Place::made();
        assert_eq!(place.accounts(), 1);
        assert_eq!(code(place.begin()), "already_initialised");
        assert_eq!(place.accounts(), 1);
        assert!(place.folder.identity().unwrap().unwrap().made);
    }

    #[test]
    fn the_file_shows_nothing_of_what_is_in_it() {
        let place = Place::made();
        let bytes = place.bytes();
        for secret in ["SQLite format 3", "CREATE TABLE", "plant_state", "argon2id"] {
            assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn every_file_of_the_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let place = Place::made();
        let store = place.enter().unwrap();
        let mut names = vec![];
        for file in fs::read_dir(place.folder.path()).unwrap() {
            let file = file.unwrap();
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.path());
            names.push(file.file_name());
        }
        assert!(names.iter().any(|n| n == "lineboard.db-wal"), "{names:?}");
        drop(store);
    }

    #[test]
    fn opening_what_was_never_begun_makes_nothing() {
        let place = Place::new();
        assert_eq!(code(place.enter()), "not_initialised");
        assert!(!place.folder.path().exists() && !place.key.exists());
    }

    #[test]
    fn missing_key_wrong_key_and_damage_are_three_faults_and_leave_the_file_alone() {
        let place = Place::made();
        let (whole, key) = (place.bytes(), fs::read(&place.key).unwrap());
        fs::remove_file(&place.key).unwrap();
        assert_eq!(code(place.enter()), "missing_key");
        replace(&place.key, "ab".repeat(32).as_bytes()).unwrap();
        assert_eq!(code(place.enter()), "wrong_key");
        replace(&place.key, &key).unwrap();
        let mut broken = whole.clone();
        broken[100] ^= 1;
        for damage in [broken, whole[..1000].to_vec(), vec![7; 4096]] {
            replace(&place.folder.database(), &damage).unwrap();
            assert_eq!(code(place.enter()), "damaged");
            assert_eq!(code(place.begin()), "already_initialised");
            assert_eq!(place.bytes(), damage);
        }
        replace(&place.folder.database(), &whole).unwrap();
        assert_eq!(place.accounts(), 1);
    }

    #[test]
    fn a_beginning_cut_short_at_any_step_is_finished_by_the_next() {
        let place = Place::made();
        let made = place.folder.identity().unwrap().unwrap();
        // Everything was done but the last mark.
        place.folder.set_identity(&Identity { made: false, ..made.clone() }).unwrap();
        place.begin().unwrap();
        assert_eq!(place.folder.identity().unwrap(), Some(made.clone()));
        assert_eq!(place.accounts(), 1);
        // Key and identity were written, the file was not.
        fs::remove_dir_all(place.folder.path()).unwrap();
        place.folder.prepare().unwrap();
        place.folder.set_identity(&Identity { made: false, ..made.clone() }).unwrap();
        assert!(place.begin().unwrap().first_start_due().unwrap());
        assert_eq!(place.folder.identity().unwrap(), Some(made));
    }

    #[test]
    fn a_newer_database_is_refused_without_touching_a_byte() {
        let place = Place::made();
        let store = place.enter().unwrap();
        store
            .admin_read(|c| Ok(c.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")?))
            .unwrap();
        drop(store);
        let before = place.bytes();
        let fault = Fault::from(place.enter().err().unwrap());
        assert_eq!((fault.code.as_str(), fault.params["value"].as_str()), ("newer", "99"));
        assert_eq!(place.bytes(), before);
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_made_read_only_is_said_so_before_any_work() {
        use std::os::unix::fs::PermissionsExt;
        let place = Place::made();
        let mode = |bits| fs::set_permissions(place.folder.path(), fs::Permissions::from_mode(bits)).unwrap();
        mode(0o500);
        let superuser = folder::create(&place.folder.path().join("try"), b"").is_ok();
        let answer = code(place.enter());
        mode(0o700);
        // Nothing is read-only to the superuser.
        assert_eq!(answer, if superuser { "fine" } else { "read_only" });
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = Folder::find(Some("/proc/self/lineboard".into())).unwrap();
        let fault = Fault::from(Store::begin(&folder, &KeyPlace::Keyring, Clock::fixed(1)).err().unwrap());
        assert_eq!((fault.code.as_str(), fault.params["value"].as_str()), ("read_only", "/proc/self/lineboard"));
    }
}
