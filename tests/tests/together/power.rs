//! The power goes while pages of the hub's order are taken in: at every step, nothing is half there, and it goes on.
use crate::{Pair, entry, pair};
use checks::{
    plant::login,
    power::{Cut, Record, record, say},
};
use domain::{
    Client, Id, Line, ProductionEntry, Threshold,
    change::Op,
    feed::{Catalogue, Page, Position, Pull, Pulled, Stream},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use store::{Clock, Store, keep::Vault};
use sync::device::{self, Landed};

/// Says where the file lies to the program that is recorded.
const FOLDER: &str = "LINEBOARD_RECORDED";
/// Entries in a page.
const PAGE: usize = 20;

fn vault(folder: &Path) -> Vault {
    Vault::new(folder.join("lineboard.db"), [7; 32])
}

fn open(folder: &Path) -> Store {
    Store::open(&vault(folder), Clock::fixed(1_750_000_900_000)).unwrap()
}

/// The pages that lie beside the file, in their order.
fn pages(folder: &Path) -> Vec<Page> {
    let page = |n: usize| fs::read_to_string(folder.join(format!("page{n}"))).ok();
    (0..).map_while(page).map(|text| Page::of_text(&text).unwrap()).collect()
}

/// Takes in what follows of them; how far the file is then.
fn lands(store: &Store, folder: &Path, said: &mut dyn FnMut(i64)) {
    for page in pages(folder) {
        let device = store.device();
        let landed = store.feed(&vault(folder), page.client, |f| {
            let own = Stream { device, incarnation: f.state()?.incarnation };
            if page.from != device::position(f)? { Ok(Landed::Left) } else { device::land(f, &Catalogue, &page, own) }
        });
        if landed.unwrap() == Landed::Taken {
            said(page.from.seq + page.entries.len() as i64);
        }
    }
}

#[test]
#[ignore = "another test runs and records it"]
fn the_pages_that_are_recorded() {
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    lands(&open(&folder), &folder, &mut |cursor| say(&folder, &cursor.to_string()));
}

/// Two PCs that wrote apart, and what the hub has for the second: a conflict, its own changes, and what was refused it.
fn apart() -> Pair {
    let mut pair = pair();
    let id = entry(pair.a.client);
    let line: Id<Line> = checks::row::row::<Line>(pair.a.client, "ACME").id;
    pair.a.edit(id, |e| ProductionEntry { produced: Some(140), ..e });
    pair.a.push(&mut pair.hub, 7);
    pair.b.edit(id, |e| ProductionEntry { produced: Some(99), ..e });
    let limit = checks::row::row::<Threshold>(pair.a.client, "ACME").id;
    let repo = pair.a.store.repository(&pair.a.admin).unwrap();
    repo.write(|w| w.remove::<Threshold>(pair.a.client, limit)).unwrap();
    drop(repo);
    pair.a.push(&mut pair.hub, 7);
    pair.b.edit(limit, |t| Threshold { target: Some(77.0), ..t });
    pair.b.edit(line, |l| Line { name: "Cutting".into(), ..l });
    pair.b.push(&mut pair.hub, 7);
    for n in 0..80 {
        pair.a.edit(id, |e| ProductionEntry { scrap: None, note: Some(format!("note {n}")), ..e });
    }
    pair.a.push(&mut pair.hub, 7);
    pair.b.edit(id, |e| ProductionEntry { crew_present: Some(9.0), ..e });
    pair
}

/// A copy of the second PC's file, with the pages the hub has for it beside.
fn copied(pair: &mut Pair) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["lineboard.db", "lineboard.db-wal"] {
        fs::copy(pair.b.folder().join(name), folder.path().join(name)).unwrap();
    }
    let (device, mut at) = (pair.b.store.device(), pair.b.feed(|f| device::position(f)));
    for n in 0.. {
        let pull = Pull { client: pair.b.client, at, limit: PAGE };
        let Pulled::Page(page) = pair.hub.pull(device, &pull) else { panic!("no page") };
        fs::write(folder.path().join(format!("page{n}")), page.text()).unwrap();
        at = Position { seq: at.seq + page.entries.len() as i64, chain: page.end };
        if page.caught_up {
            return folder;
        }
    }
    folder
}

#[test]
fn whenever_the_power_goes_a_page_is_there_whole_or_not_at_all_and_nothing_of_one_s_own_is_lost() {
    let mut pair = apart();
    let folder = copied(&mut pair);
    let own: BTreeSet<Id<Op>> = pair.b.feed(|f| f.outgoing()).iter().map(|o| o.sent.change.op).collect();
    let refused = pair.b.feed(|f| f.refused());
    assert_eq!(refused.len(), 1, "what it changed was gone");
    assert!(own.iter().any(|op| !pair.hub.known.contains_key(op)), "something was never sent");
    assert!(own.iter().any(|op| pair.hub.known.contains_key(op)), "something was sent and has not come back");
    let mut ends: Vec<i64> = pages(folder.path()).iter().map(|p| p.from.seq).collect();
    assert!(ends.len() > 4, "{ends:?}");
    ends.push(pair.hub.entries.len() as i64);
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "power::the_pages_that_are_recorded", "--ignored"]).env(FOLDER, folder.path());
    let record = record(folder.path(), &mut program);
    let refused = refused.into_iter().map(|s| s.change.op).collect();
    let expected = Expected { own, refused, ends, pair: &pair };
    let cuts = record.cuts(60);
    println!("{} cuts", cuts.len());
    for cut in cuts {
        expected.after(&record, cut);
    }
}

struct Expected<'p> {
    own: BTreeSet<Id<Op>>,
    refused: Vec<Id<Op>>,
    ends: Vec<i64>,
    pair: &'p Pair,
}

impl Expected<'_> {
    fn after(&self, record: &Record, cut: Cut) {
        let folder = tempfile::tempdir().unwrap();
        record.leave(cut, folder.path());
        let (store, vault, client) = (open(folder.path()), vault(folder.path()), self.pair.b.client);
        let state = store.feed(&vault, client, |f| f.state()).unwrap();
        let said = record.said(cut).map_or(0, |s| s.parse().unwrap());
        assert!(self.ends.contains(&state.cursor) && state.cursor >= said, "{cut:?}: {} {said}", state.cursor);
        let has = store.feed(&vault, client, |f| {
            let log = f.entries(0)?.into_iter().map(|e| e.op());
            let refused: Vec<_> = f.refused()?.into_iter().map(|s| s.change.op).collect();
            assert_eq!(refused, self.refused, "{cut:?}");
            Ok(log.chain(f.outgoing()?.into_iter().map(|o| o.sent.change.op)).collect::<BTreeSet<_>>())
        });
        assert!(has.unwrap().is_superset(&self.own), "{cut:?}");
        is_sound(&store, cut);
        lands(&store, folder.path(), &mut |_| {});
        self.is_whole(&store, &vault, client, cut);
        is_sound(&store, cut);
    }
    /// Whether the file has all that the hub has, and only what never went there is above it.
    fn is_whole(&self, store: &Store, vault: &Vault, client: Id<Client>, cut: Cut) {
        let hub = &self.pair.hub;
        let (end, out) = store.feed(vault, client, |f| Ok((device::position(f)?, f.outgoing()?))).unwrap();
        assert_eq!((end.seq, end.chain), (hub.entries.len() as i64, hub.entries.last().unwrap().1), "{cut:?}");
        let waits = self.own.iter().filter(|op| !hub.known.contains_key(op));
        assert!(out.iter().map(|o| &o.sent.change.op).eq(waits), "{cut:?}: {out:?}");
        for (record, row) in &hub.rows {
            let there = store.feed(vault, client, |f| f.confirmed(*record)).unwrap();
            assert_eq!(there.as_ref(), Some(row), "{cut:?}: {record:?}");
        }
    }
}

fn is_sound(store: &Store, cut: Cut) {
    let report = store.verify(&login(store), &mut |_, _| {}).unwrap();
    let broken: Vec<_> = report.checks.iter().flat_map(|c| &c.places).collect();
    assert!(broken.is_empty(), "{cut:?}: {broken:?}");
}
