//! A key that is not there, is no key, or belongs to another file.
use crate::spoken;
use domain::Fault;
use std::fs;
use store::{
    Clock, Store,
    keep::{folder::Folder, key::KeyPlace},
};

#[test]
fn each_trouble_with_the_key_is_another_word_and_leaves_the_file_alone() {
    let dir = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| {
        let folder = Folder::find(Some(dir.path().join(name))).unwrap();
        let key = dir.path().join(format!("{name}.key"));
        let store = Store::begin(&folder, &KeyPlace::File(key.clone()), Clock::fixed(1)).unwrap();
        store.first_start("ada", "Ada", "seven blue lathes hum", "en").unwrap();
        (folder, key)
    });
    let no_key = dir.path().join("no.key");
    fs::copy(one.0.path().join("lineboard.id"), &no_key).unwrap();
    let before = fs::read(one.0.database()).unwrap();
    let enter = |key| Store::enter(&one.0, &KeyPlace::File(key), Clock::fixed(1)).map_err(Fault::from);
    for (key, code) in [(two.1, "wrong_key"), (dir.path().join("lost.key"), "missing_key"), (no_key, "bad_input")] {
        let fault = enter(key.clone()).err().unwrap();
        spoken(&fault, code);
        assert!(code == "wrong_key" || fault.say("es").contains(&key.display().to_string()), "{fault}");
        assert!(fs::read(one.0.database()).unwrap() == before);
    }
    enter(one.1).unwrap().login("ada", "seven blue lathes hum").unwrap();
}
