//! The power goes while a client is forgotten: at every step, what was hidden stays hidden, and the forgetting goes on.
use super::{CANARY, KEPT, Plant, found_in, plant};
use crate::{Clock, Session, Store, keep::Vault};
use domain::{
    Client, Id,
    change::User,
    feed::{Standing, State},
};
use std::{path::Path, process::Command, sync::Arc};

#[allow(
    unreachable_pub,
    dead_code,
    clippy::disallowed_methods,
    reason = "other tests use the rest, and a disk is put together"
)]
#[path = "../../../../../../tests/src/power/mod.rs"]
mod cut;

use cut::{Cut, record, say};

/// Says where the file lies to the program that is recorded.
const FOLDER: &str = "LINEBOARD_RECORDED";
/// What the log of writes holds once all is done: its header, and the page that says so.
const MARK: u64 = 32 + 24 + 4096;
const SEALED: &[u8] = b"what may be nowhere else";

fn vault(folder: &Path) -> Vault {
    Vault::new(folder.join("lineboard.db"), [7; 32])
}

fn open(folder: &Path) -> Store {
    Store::open(&vault(folder), Clock::fixed(1_750_000_001_000)).unwrap()
}

fn stands(store: &Store, client: Id<Client>) -> Standing {
    store.feed(&store.vault, client, |f| f.state()).unwrap().standing
}

fn keep(store: &Store, client: Id<Client>, standing: Standing) {
    store.feed(&store.vault, client, |f| f.state().and_then(|s| f.keep(&State { standing, ..s }))).unwrap();
}

/// One step, in the engine's order: what waits in the standing is done, or else what a forgotten client has left is
/// looked for, as in each of its rounds; whether there is another.
fn forgets(store: &Store, client: Id<Client>) -> bool {
    match stands(store, client) {
        Standing::Purged => store.scrub_forgotten(&store.vault).unwrap(),
        Standing::Sealed => {
            let left = State::new(Standing::Purged, 3, 7);
            store.feed(&store.vault, client, |f| f.wipe(&left)).unwrap();
            true
        }
        Standing::Revoking => {
            let sealed = |f: &mut super::super::Feed<'_, '_>| {
                f.keep_parting([1; 16], SEALED)?;
                f.state().and_then(|s| f.keep(&State { standing: Standing::Sealed, ..s }))
            };
            store.feed(&store.vault, client, sealed).unwrap();
            true
        }
        _ => {
            keep(store, client, Standing::Revoking);
            true
        }
    }
}

#[test]
#[ignore = "another test runs and records it"]
fn the_forgetting_that_is_recorded() {
    let folder = std::env::var(FOLDER).unwrap();
    let (folder, client) = (Path::new(&folder), Id::from_bytes([0xC1; 16]));
    let store = open(folder);
    while forgets(&store, client) {
        say(folder, stands(&store, client).word());
    }
    drop(store);
    say(folder, "gone");
}

/// The file of a plant, closed, and its admin.
fn closed() -> (tempfile::TempDir, Id<Client>, Id<User>) {
    let Plant { _dir, store, vault: _, admin, canary, .. } = plant();
    let user = admin.user();
    drop((store, admin));
    (_dir, canary, user)
}

#[test]
fn whenever_the_power_goes_what_was_hidden_stays_hidden_and_the_forgetting_goes_on() {
    let (folder, canary, admin) = closed();
    let test = "repository::feed::tests::power::the_forgetting_that_is_recorded";
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", test, "--ignored", "--nocapture"]).env(FOLDER, folder.path());
    let record = record(folder.path(), &mut program);
    let cuts = record.cuts(40);
    println!("{} cuts", cuts.len());
    for cut in cuts {
        let after = tempfile::tempdir().unwrap();
        record.leave(cut, after.path());
        goes_on(after.path(), canary, admin, (cut, record.said(cut)));
    }
    let (lies, after) = (record.on_a_disk_that_lies(), tempfile::tempdir().unwrap());
    lies.leave(lies.end(), after.path());
    assert_eq!(lies.said(lies.end()), Some("gone"));
    assert_eq!(stands(&open(after.path()), canary), Standing::New, "it is the syncs that keep what was said");
}

fn goes_on(folder: &Path, canary: Id<Client>, admin: Id<User>, cut: (Cut, Option<&str>)) {
    let store = open(folder);
    let admin = Session(Arc::new(store.person(admin).unwrap()));
    let seen = store.repository(&admin).unwrap().session().covers(canary);
    let standing = stands(&store, canary);
    assert_eq!(seen, standing == Standing::New, "{cut:?}: {standing:?}");
    // What was said to have happened has happened.
    let order = [Standing::New, Standing::Revoking, Standing::Sealed, Standing::Purged];
    let place = |word: &str| order.iter().position(|s| s.word() == word);
    let said = cut.1.map_or(0, |w| place(w).unwrap_or(order.len() - 1));
    assert!(place(standing.word()).unwrap() >= said, "{cut:?}: {standing:?}");
    let report = store.verify(&admin, &mut |_, _| {}).unwrap();
    assert!(report.checks.iter().all(|c| c.places.is_empty()), "{cut:?}: {report:?}");
    while forgets(&store, canary) {}
    let partings = store.feed(&store.vault, canary, |f| f.partings()).unwrap();
    assert_eq!(partings, vec![([1; 16], SEALED.to_vec())], "{cut:?}");
    assert_eq!(found_in(&store.vault, CANARY), 0, "{cut:?}");
    assert!(found_in(&store.vault, KEPT) > 100, "{cut:?}");
    let wal = store.vault.path().with_extension("db-wal");
    let left = std::fs::metadata(wal).map_or(0, |m| m.len());
    assert!(left <= MARK, "{cut:?}: {left}");
}
