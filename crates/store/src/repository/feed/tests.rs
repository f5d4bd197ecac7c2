//! A client that was forgotten is in no page of the file.
mod power;

use super::super::{attack::stage, tests};
use crate::{Filter, Session, Store, keep::Vault};
use domain::{
    Client, Employee, Id, Role, Shift,
    feed::{Standing, State},
};

const CANARY: &str = "CANARY";
const KEPT: &str = "ANOTHER";

struct Plant {
    _dir: tempfile::TempDir,
    store: Store,
    vault: Vault,
    admin: Session,
    canary: Id<Client>,
    kept: Id<Client>,
}

fn plant() -> Plant {
    let (dir, store) = tests::store();
    let admin = tests::person(&store, "ada", Role::Admin, &[]);
    let (canary, kept) = (Id::from_bytes([0xC1; 16]), Id::from_bytes([0xA1; 16]));
    stage::plant(&store, &admin, canary, CANARY);
    stage::plant(&store, &admin, kept, KEPT);
    let repo = store.repository(&admin).unwrap();
    repo.write(|w| {
        let body = format!("{{\"client_id\": \"{canary}\"}}");
        w.keep_draft(&format!("shift/{canary}"), CANARY)?;
        w.keep_filter(&Filter { id: [1; 16], name: format!("{CANARY} filter"), body })
    })
    .unwrap();
    let vault = store.vault.clone();
    store.feed(&vault, canary, |f| f.join([9; 32], [8; 32])).unwrap();
    Plant { _dir: dir, store, vault, admin, canary, kept }
}

/// How often a text stands in the file as it is under its key, free pages included, and in the log of writes.
#[expect(clippy::disallowed_methods, reason = "every page, also those that no table has")]
fn found_in(vault: &Vault, text: &str) -> usize {
    let c = vault.kernel().unwrap();
    let pages = c.serialize("main").unwrap();
    pages.windows(text.len()).filter(|w| *w == text.as_bytes()).count()
}

fn found(plant: &Plant, text: &str) -> usize {
    found_in(&plant.vault, text)
}

fn wal(plant: &Plant) -> u64 {
    let path = plant.vault.path().with_extension("db-wal");
    std::fs::metadata(path).map_or(0, |m| m.len())
}

fn seal(plant: &Plant) {
    plant
        .store
        .feed(&plant.vault, plant.canary, |f| {
            f.keep_parting([1; 16], b"sealed")?;
            let state = f.state()?;
            f.keep(&State { standing: Standing::Sealed, ..state })
        })
        .unwrap();
}

/// Wipes one piece; whether it was the last.
fn wipe_some(plant: &Plant) -> bool {
    let left = State::new(Standing::Purged, 3, 7);
    plant.store.feed(&plant.vault, plant.canary, |f| f.wipe(&left)).unwrap()
}

fn wipe(plant: &Plant) {
    while !wipe_some(plant) {}
}

fn is_sound(plant: &Plant) {
    let report = plant.store.verify(&plant.admin, &mut |_, _| {}).unwrap();
    assert!(report.checks.iter().all(|c| c.places.is_empty()), "{report:?}");
}

#[test]
fn nothing_is_left_of_a_client_that_was_forgotten_and_all_of_the_others() {
    let plant = plant();
    let others = found(&plant, KEPT);
    assert!(found(&plant, CANARY) > 100, "the search finds what is there");
    seal(&plant);
    wipe(&plant);
    plant.store.scrub(&plant.vault).unwrap();
    assert_eq!(wal(&plant), 0);
    assert_eq!(found(&plant, CANARY), 0);
    assert!(found(&plant, KEPT) >= others - others / 10);
    let (state, partings) = plant.store.feed(&plant.vault, plant.canary, |f| Ok((f.state()?, f.partings()?))).unwrap();
    assert_eq!((state.standing, partings), (Standing::Purged, vec![([1; 16], b"sealed".to_vec())]));
    is_sound(&plant);
}

/// What a forgotten client left stands in no page once it was looked for, and that is not done again and again.
#[test]
fn what_a_forgotten_client_left_is_looked_for_once_however_often_the_program_starts() {
    let Plant { _dir, store, vault, admin, canary, kept } = plant();
    let plant = Plant { _dir, store, vault: vault.clone(), admin, canary, kept };
    assert!(!plant.store.scrub_forgotten(&vault).unwrap(), "nobody was forgotten");
    seal(&plant);
    wipe(&plant);
    assert!(found(&plant, CANARY) > 0, "a wipe alone leaves something");
    let Plant { _dir, store, admin, .. } = plant;
    // The power goes here.
    drop(store);
    let open = || Store::open(&vault, crate::Clock::fixed(1_750_000_001_000)).unwrap();
    let plant = Plant { _dir, store: open(), vault: vault.clone(), admin, canary, kept };
    assert!(plant.store.scrub_forgotten(&vault).unwrap());
    assert_eq!(found(&plant, CANARY), 0);
    assert!(!plant.store.scrub_forgotten(&vault).unwrap(), "it is done");
    let Plant { _dir, store, admin, .. } = plant;
    drop(store);
    let plant = Plant { _dir, store: open(), vault: vault.clone(), admin, canary, kept };
    assert!(!plant.store.scrub_forgotten(&vault).unwrap(), "for the next start of the program, too");
    // Forgotten once more, under another life of the file.
    let again = |f: &mut super::Feed<'_, '_>| f.state().and_then(|s| f.keep(&State { incarnation: 8, ..s }));
    plant.store.feed(&vault, canary, again).unwrap();
    assert!(plant.store.scrub_forgotten(&vault).unwrap());
}

#[test]
fn between_two_pieces_of_a_wipe_others_write_and_the_file_is_sound() {
    let plant = plant();
    seal(&plant);
    let (mut pieces, mut rows) = (0, found(&plant, CANARY));
    while !wipe_some(&plant) {
        pieces += 1;
        let now = found(&plant, CANARY);
        assert!(now <= rows, "nothing comes back");
        rows = now;
        let repo = plant.store.repository(&plant.admin).unwrap();
        assert!(!repo.session().covers(plant.canary), "it is hidden all the while");
        repo.write(|w| {
            w.put(&Shift {
                code: format!("H{pieces}"),
                name: "Late".into(),
                active: true,
                ..Shift::blank(plant.kept, w.fresh())
            })
        })
        .unwrap();
        is_sound(&plant);
        assert_eq!(plant.store.feed(&plant.vault, plant.canary, |f| f.state()).unwrap().standing, Standing::Sealed);
    }
    assert!(pieces > 10, "{pieces}");
    plant.store.scrub(&plant.vault).unwrap();
    assert_eq!(found(&plant, CANARY), 0);
}

#[test]
fn every_table_that_may_be_long_is_wiped_along_its_key() {
    let plant = plant();
    let c = plant.vault.kernel().unwrap();
    for (table, keys) in super::purge::pieces() {
        let sql = format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 1 ORDER BY pk");
        let names = c.prepare(&sql).unwrap().query_map([], |r| r.get(0)).unwrap().collect::<Result<Vec<String>, _>>();
        let names = names.unwrap();
        assert!(names.starts_with(&keys.iter().map(|k| k.to_string()).collect::<Vec<_>>()), "{table}: {names:?}");
    }
}

#[test]
fn nothing_goes_before_it_is_sealed_and_never_another_client() {
    let plant = plant();
    let left = State::new(Standing::Purged, 3, 7);
    let early = plant.store.feed(&plant.vault, plant.canary, |f| f.wipe(&left));
    assert!(early.is_err(), "the log lets nothing go");
    let other = plant.store.feed(&plant.vault, plant.kept, |f| f.wipe(&left));
    assert!(other.is_err(), "it was never joined");
    assert!(found(&plant, CANARY) > 100);
}

#[test]
fn a_withdrawn_client_is_hidden_before_anything_of_it_is_wiped() {
    let plant = plant();
    let sees = || plant.store.repository(&plant.admin).unwrap().session().covers(plant.canary);
    assert!(sees());
    for standing in [Standing::Revoking, Standing::Sealed] {
        let keep = |state| State { standing, ..state };
        plant.store.feed(&plant.vault, plant.canary, |f| f.state().map(keep).and_then(|s| f.keep(&s))).unwrap();
        assert!(!sees(), "{standing:?}");
    }
    assert!(found(&plant, CANARY) > 100);
}

#[test]
fn another_key_opens_no_feed() {
    let plant = plant();
    let forged = Vault::new(plant.vault.path(), [1; 32]);
    assert!(plant.store.feed(&forged, plant.canary, |f| f.state()).is_err());
    assert!(plant.store.scrub(&forged).is_err());
}

/// Where all a plant has ever written waits to be sent, looking through it for each change takes hours.
#[test]
fn one_s_own_change_is_found_by_its_name_and_what_waits_by_its_number() {
    let plant = plant();
    let c = plant.vault.kernel().unwrap();
    let planned = |sql: &str| -> String {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        c.query_row(&sql, [], |r| r.get(3)).unwrap()
    };
    for by_name in [
        "SELECT state, prev FROM own_change WHERE client_id = x'01' AND op = x'02'",
        "SELECT number, prev FROM own_change WHERE client_id = x'01' AND op = x'02' AND +state < 2",
        "UPDATE own_change SET state = 1 WHERE client_id = x'01' AND op = x'02' AND +state = 0",
    ] {
        let plan = planned(by_name);
        assert!(plan.contains("own_change_op (client_id=? AND op=?)"), "{by_name}: {plan}");
    }
    for waiting in [
        "SELECT count(*) FROM own_change WHERE client_id = x'01' AND state < 2 AND state = 1",
        "SELECT min(number) FROM own_change WHERE client_id = x'01' AND state < 2 AND state = 0",
        "UPDATE own_change SET state = 0 WHERE client_id = x'01' AND state < 2 AND state = 1",
    ] {
        let plan = planned(waiting);
        assert!(plan.contains("own_change_out"), "{waiting}: {plan}");
    }
}

/// Leaves a text in the first page of rows that has room for it, where no row uses it: as SQLite may where it moves rows.
fn leave_behind(vault: &Vault, text: &str) {
    let c = vault.kernel().unwrap();
    let pages: u32 = c.query_row("PRAGMA page_count", [], |r| r.get(0)).unwrap();
    for number in 2..=pages {
        let look = "SELECT data FROM sqlite_dbpage WHERE pgno = ?1";
        let mut page: Vec<u8> = c.query_row(look, [number], |r| r.get(0)).unwrap();
        let two = |at: usize| usize::from(page[at]) << 8 | usize::from(page[at + 1]);
        let (from, to) = (8 + 2 * two(3), two(5));
        if page[0] == 13 && to > from + 2 * text.len() {
            page[to - text.len()..to].copy_from_slice(text.as_bytes());
            let sql = "UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1";
            c.prepare(sql).unwrap().execute(rusqlite::params![number, page]).unwrap();
            return;
        }
    }
    panic!("no page has room");
}

#[test]
fn what_erased_words_left_between_rows_is_wiped_after_every_erasure_and_only_then() {
    const WORDS: &str = "SECRET words of somebody";
    let plant = plant();
    plant.store.wipe_erased().unwrap();
    leave_behind(&plant.vault, WORDS);
    assert!(!plant.store.wipe_erased().unwrap(), "nobody was erased since");
    assert!(found(&plant, WORDS) > 0);
    let (id, repo) = (Id::from_bytes([0x77; 16]), plant.store.repository(&plant.admin).unwrap());
    let person = Employee { code: "P".into(), name: WORDS.into(), ..Employee::blank(plant.kept, id) };
    repo.write(|w| w.put(&person)).unwrap();
    repo.write(|w| w.erase_person(plant.kept, id)).unwrap();
    assert!(found(&plant, WORDS) > 0, "an erasure alone leaves it");
    assert!(plant.store.wipe_erased().unwrap());
    assert_eq!((found(&plant, WORDS), wal(&plant)), (0, 0));
    assert!(!plant.store.wipe_erased().unwrap(), "it is done");
    is_sound(&plant);
}
