use super::*;
use std::fs;

struct Plant {
    dir: tempfile::TempDir,
    folder: Folder,
}

impl Plant {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::find(Some(dir.path().join("data"))).unwrap();
        folder.prepare().unwrap();
        Plant { dir, folder }
    }
    fn key_file(&self) -> PathBuf {
        self.dir.path().join("key")
    }
    fn place(&self) -> KeyPlace {
        KeyPlace::File(self.key_file())
    }
    /// Stands for the encrypted file: key and identity never look inside.
    fn fill(&self, mut begun: Unlocked) -> Unlocked {
        folder::replace(&self.folder.database(), b"pages").unwrap();
        begun.identity.made = true;
        self.folder.set_identity(&begun.identity).unwrap();
        begun
    }
    fn made() -> (Self, Unlocked) {
        let plant = Plant::new();
        let begun = plant.place().begin(&plant.folder).unwrap();
        let unlocked = plant.fill(begun);
        (plant, unlocked)
    }
    fn refusal(&self) -> String {
        self.place().unlock(&self.folder).unwrap_err().code
    }
    fn write_key(&self, bytes: &[u8]) {
        folder::replace(&self.key_file(), bytes).unwrap();
    }
}

#[test]
fn a_new_database_gets_a_key_file_and_opens_with_it_again() {
    let (plant, made) = Plant::made();
    let again = plant.place().unlock(&plant.folder).unwrap();
    assert_eq!((again.key.hex(), &again.identity), (made.key.hex(), &made.identity));
    assert_eq!(fs::read_to_string(plant.key_file()).unwrap().trim(), made.key.hex().as_str());
}

#[test]
#[cfg(unix)]
fn the_key_file_is_born_readable_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (plant, _) = Plant::made();
    assert_eq!(plant.key_file().metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn two_databases_have_two_keys_and_two_names() {
    let (a, b) = (Plant::made().1, Plant::made().1);
    assert_ne!(a.key.hex(), b.key.hex());
    assert_ne!(a.identity.database, b.identity.database);
}

#[test]
fn a_key_file_that_is_there_is_used_and_kept_in_both_its_forms() {
    for text in ["ab".repeat(32).into_bytes(), format!(" {}\r\n", "AB".repeat(32)).into_bytes(), vec![0xab; 32]] {
        let plant = Plant::new();
        plant.write_key(&text);
        let begun = plant.place().begin(&plant.folder).unwrap();
        assert_eq!(begun.key.hex().as_str(), "ab".repeat(32));
        assert_eq!(fs::read(plant.key_file()).unwrap(), text);
    }
}

#[test]
fn a_file_that_holds_no_key_is_refused_by_name_and_left_alone() {
    for text in ["", "ab", &"ab".repeat(33), &"xy".repeat(32), &"ñ".repeat(32)] {
        let plant = Plant::new();
        plant.write_key(text.as_bytes());
        let fault = plant.place().begin(&plant.folder).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("bad_input", Some("key_file")), "{text}");
        assert_eq!(fs::read(plant.key_file()).unwrap(), text.as_bytes());
        assert_eq!(plant.folder.identity().unwrap(), None);
    }
}

#[test]
fn a_lost_key_file_is_missing_and_no_new_one_appears() {
    let (plant, _) = Plant::made();
    fs::remove_file(plant.key_file()).unwrap();
    let fault = plant.place().unlock(&plant.folder).unwrap_err();
    assert_eq!(fault.code, "missing_key");
    assert_eq!(fault.params["value"], plant.key_file().display().to_string());
    assert_eq!(plant.place().begin(&plant.folder).unwrap_err().code, "already_initialised");
    assert!(!plant.key_file().exists());
}

#[test]
fn another_databases_key_is_wrong_not_damage() {
    let (plant, _) = Plant::made();
    plant.write_key("cd".repeat(32).as_bytes());
    assert_eq!(plant.refusal(), "wrong_key");
}

#[test]
fn a_database_without_its_identity_or_an_identity_without_its_database_is_damaged() {
    let (plant, made) = Plant::made();
    fs::remove_file(plant.folder.path().join("lineboard.id")).unwrap();
    assert_eq!(plant.refusal(), "damaged");
    assert_eq!(plant.place().begin(&plant.folder).unwrap_err().code, "already_initialised");
    plant.folder.set_identity(&made.identity).unwrap();
    for empty in [false, true] {
        fs::remove_file(plant.folder.database()).unwrap();
        if empty {
            plant.folder.reserve().unwrap();
        }
        assert_eq!(plant.refusal(), "damaged");
        assert_eq!(plant.place().begin(&plant.folder).unwrap_err().code, "damaged");
        plant.folder.reserve().unwrap();
    }
}

#[test]
fn an_identity_nobody_can_read_is_damaged() {
    let (plant, made) = Plant::made();
    plant.folder.set_identity(&Identity { check: "00".into(), ..made.identity }).unwrap();
    assert_eq!(plant.refusal(), "damaged");
}

#[test]
fn nothing_begun_is_not_initialised_and_makes_no_key() {
    let plant = Plant::new();
    assert_eq!(plant.refusal(), "not_initialised");
    assert!(!plant.key_file().exists());
}

#[test]
fn a_beginning_cut_short_goes_on_with_the_same_key_and_name() {
    let plant = Plant::new();
    let first = plant.place().begin(&plant.folder).unwrap();
    assert_eq!(plant.refusal(), "not_initialised");
    plant.folder.reserve().unwrap();
    let again = plant.place().begin(&plant.folder).unwrap();
    assert_eq!((again.key.hex(), &again.identity), (first.key.hex(), &first.identity));
    plant.write_key("cd".repeat(32).as_bytes());
    assert_eq!(plant.place().begin(&plant.folder).unwrap_err().code, "wrong_key");
}

#[test]
fn a_made_database_is_not_begun_again() {
    let (plant, _) = Plant::made();
    assert_eq!(plant.place().begin(&plant.folder).unwrap_err().code, "already_initialised");
}

#[test]
fn no_print_shows_a_key() {
    let (_plant, made) = Plant::made();
    let text = format!("{made:?}");
    assert!(!text.contains(made.key.hex().as_str()));
    assert_ne!(made.identity.check, made.key.hex().as_str());
}

#[test]
fn a_keyring_without_the_entry_lacks_the_key_and_any_other_trouble_is_no_keyring() {
    assert_eq!(told(&RingError::NoEntry).code, "missing_key");
    assert_eq!(told(&RingError::NoStorageAccess("locked".into())).code, "no_keyring");
    assert_eq!(told(&RingError::PlatformFailure("gone".into())).code, "no_keyring");
}

#[test]
fn a_keyring_that_never_answers_is_given_up() {
    let (_silent, never) = mpsc::channel::<()>();
    let answer = within(Duration::from_millis(1), move || never.recv().is_ok());
    assert_eq!(answer, None);
    assert_eq!(within(PATIENCE, || 7), Some(7));
}

/// Runs one test of this file in a process with another environment.
#[cfg(target_os = "linux")]
fn elsewhere(test: &str, bus: &str) {
    let mut run = std::process::Command::new(std::env::current_exe().unwrap());
    run.args(["--exact", &format!("keep::key::tests::{test}"), "--ignored"]);
    run.env("DBUS_SESSION_BUS_ADDRESS", bus).env_remove("XDG_RUNTIME_DIR");
    let out = run.output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_pc_without_a_keyring_says_so_and_begins_nothing() {
    elsewhere("with_no_bus", "unix:path=/nonexistent/bus");
}

#[test]
#[ignore = "run by the test above, in an environment of its own"]
fn with_no_bus() {
    let plant = Plant::new();
    assert_eq!(KeyPlace::Keyring.begin(&plant.folder).unwrap_err().code, "no_keyring");
    assert_eq!(plant.folder.identity().unwrap(), None);
    let (plant, _) = Plant::made();
    assert_eq!(KeyPlace::Keyring.unlock(&plant.folder).unwrap_err().code, "no_keyring");
}

#[test]
#[ignore = "needs a running keyring: run it inside a desktop session"]
fn a_keyring_keeps_the_key_of_each_database() {
    let plant = Plant::new();
    let begun = KeyPlace::Keyring.begin(&plant.folder).unwrap();
    let made = plant.fill(begun);
    let again = KeyPlace::Keyring.unlock(&plant.folder).unwrap();
    assert_eq!(again.key.hex(), made.key.hex());
    entry(made.identity.database).unwrap().set_secret(&[1; 32]).unwrap();
    assert_eq!(KeyPlace::Keyring.unlock(&plant.folder).unwrap_err().code, "wrong_key");
    entry(made.identity.database).unwrap().delete_credential().unwrap();
    assert_eq!(KeyPlace::Keyring.unlock(&plant.folder).unwrap_err().code, "missing_key");
}
