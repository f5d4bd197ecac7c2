//! A folder or file that cannot be written.
use crate::{
    elsewhere::{self, NOBODY},
    spoken,
};
use domain::Fault;
use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
    path::Path,
};
use store::{
    Clock, Store,
    keep::{folder::Folder, key::KeyPlace},
};

fn open(plant: &Path) -> Result<Store, Fault> {
    let folder = Folder::find(Some(plant.join("data")))?;
    Ok(Store::enter(&folder, &KeyPlace::File(plant.join("key")), Clock::fixed(1))?)
}

/// Sets the mode of a file or folder.
fn mode(path: &Path, bits: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(bits)).unwrap();
}

/// A plant that was closed, owned by whoever will try it.
fn plant() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::find(Some(dir.path().join("data"))).unwrap();
    let store = Store::begin(&folder, &KeyPlace::File(dir.path().join("key")), Clock::fixed(1)).unwrap();
    store.first_start("ada", "Ada", "seven blue lathes hum", "en").unwrap();
    drop(store);
    if elsewhere::is_superuser() {
        let inside = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
        let all = inside.chain([dir.path().into(), dir.path().join("key"), folder.path().into()]);
        all.for_each(|path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
    }
    dir
}

/// Names and bytes of the folder's files.
fn files(plant: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |file: fs::DirEntry| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).unwrap());
    let mut all: Vec<_> = fs::read_dir(plant.join("data")).unwrap().map(|file| read(file.unwrap())).collect();
    all.sort();
    all
}

#[test]
fn what_cannot_be_written_is_named_before_any_work_and_stays_as_it_is() {
    let dir = plant();
    let before = files(dir.path());
    if elsewhere::is_superuser() {
        // Nothing is read-only to the superuser.
        elsewhere::as_nobody("read_only::nothing_can_be_written", dir.path(), dir.path());
    } else {
        try_all(dir.path());
    }
    assert_eq!(files(dir.path()), before);
    open(dir.path()).unwrap().login("ada", "seven blue lathes hum").unwrap();
}

#[test]
#[ignore = "it is run by the test above, as a user without rights"]
fn nothing_can_be_written() {
    if let Some(place) = elsewhere::place() {
        try_all(Path::new(&place));
    }
}

fn try_all(plant: &Path) {
    let (data, file) = (plant.join("data"), plant.join("data/lineboard.db"));
    open(plant).unwrap();
    for (path, bits, back) in [(&data, 0o500, 0o700), (&file, 0o400, 0o600)] {
        mode(path, bits);
        let fault = open(plant).err();
        mode(path, back);
        let fault = fault.unwrap();
        spoken(&fault, "read_only");
        assert_eq!(fault.params["value"], path.display().to_string());
    }
    mode(plant, 0o500);
    let folder = Folder::find(Some(plant.join("new"))).unwrap();
    let fault = Store::begin(&folder, &KeyPlace::File(plant.join("another")), Clock::fixed(1)).err();
    mode(plant, 0o700);
    let fault = Fault::from(fault.unwrap());
    spoken(&fault, "read_only");
    assert_eq!(fault.params["value"], folder.path().display().to_string());
    assert!(!folder.path().exists() && !plant.join("another").exists());
}
