//! A disk that is full, or fills in the middle of the work.
use crate::{elsewhere, spoken};
use domain::{Client, Fault, Id};
use plant::{
    commands::{self, Call},
    import::desk::Desk,
};
use serde_json::{Value as Json, json};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};
use store::{
    Clock, Session, Store,
    keep::{Vault, folder::Folder, key::KeyPlace},
};

const PASSWORD: &str = "seven blue lathes hum";

#[test]
fn a_full_disk_is_said_so_and_nothing_is_half_saved() {
    let dir = tempfile::tempdir().unwrap();
    elsewhere::on_a_small_disk("full_disk::on_the_small_disk", dir.path(), 16);
}

#[test]
#[ignore = "it is run by the test above, on a small disk"]
fn on_the_small_disk() {
    let Some(place) = elsewhere::place() else { return };
    let mut disk = Disk::new(Path::new(&place));
    disk.is_full_before_the_work();
    disk.fills_in_the_middle_of_an_import();
    disk.is_full_when_the_file_is_opened();
    disk.is_full_at_the_first_start(Path::new(&place));
}

/// A plant on a small disk.
struct Disk {
    vault: Vault,
    ballast: PathBuf,
    client: Id<Client>,
    at: Option<(Store, Session)>,
}

impl Disk {
    fn new(folder: &Path) -> Self {
        let vault = Vault::new(folder.join("lineboard.db"), [7; 32]);
        let store = Store::create(&vault, Clock::fixed(1_750_000_000_000)).unwrap();
        let admin = store.first_start("ada", "Ada", PASSWORD, "en").unwrap();
        let client = Id::from_bytes([5; 16]);
        let row = Client { client_id: client, id: client, code: "ACME".into(), name: String::new(), active: true };
        store.repository(&admin).unwrap().write(|w| w.found(&row)).unwrap();
        let mut disk = Disk { vault, ballast: folder.join("ballast"), client, at: Some((store, admin)) };
        disk.line("L1").unwrap();
        disk.reopen();
        disk
    }
    /// Closes the file, so that nothing of its journal is left to be written over, and opens it.
    fn reopen(&mut self) {
        self.at = None;
        let store = Store::open(&self.vault, Clock::fixed(1_750_000_001_000)).unwrap();
        let admin = store.login("ada", PASSWORD).unwrap();
        self.at = Some((store, admin));
    }
    fn call(&self, name: &str, input: Json) -> Result<Json, Fault> {
        self.call_with(&Desk::default(), name, input)
    }
    fn call_with(&self, desk: &Desk, name: &str, input: Json) -> Result<Json, Fault> {
        let (store, admin) = self.at.as_ref().unwrap();
        let repo = store.repository(admin)?;
        commands::call(name, &Call { repo: &repo, desk, tell: &|_, _, _| {} }, input)
    }
    fn line(&self, code: &str) -> Result<Json, Fault> {
        let row = json!({ "client_id": self.client, "id": null, "code": code, "name": "", "basis": "labour", "parent_id": null, "active": true });
        self.call("line_put", json!({ "row": row }))
    }
    fn draft(&self, body: &str) -> Result<Json, Fault> {
        self.call("draft_put", json!({ "key": "shift", "body": body }))
    }
    /// Brings in so many days of production.
    fn import(&self, days: i32) -> Result<Json, Fault> {
        let row = |n: i32| format!("ACME,{},DAY,L1,SHIRT,5,{}\n", domain::Day(19_000 + n), 100 + n);
        let text: String = (0..days).map(row).collect();
        let bytes = format!("client,day,shift,line,product,crew,produced\n{text}");
        let (desk, (_, admin)) = (Desk::default(), self.at.as_ref().unwrap());
        let token = desk.begin(admin, "may.csv", bytes.len())?;
        desk.chunk(admin, &token, 0, bytes.as_bytes())?;
        let input = json!({ "token": token, "kind": "production", "without_errors": false });
        self.call_with(&desk, "import_confirm", input)
    }
    /// Leaves no more than so many kilobytes.
    fn fill_but(&self, kilobytes: usize) {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.ballast).unwrap();
        let full = loop {
            if let Err(e) = file.write_all(&[0; 1024]) {
                break e;
            }
        };
        assert_eq!(full.kind(), ErrorKind::StorageFull);
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(1024 * kilobytes as u64)).unwrap();
    }
    fn free(&self) {
        fs::remove_file(&self.ballast).unwrap();
    }
    /// All a person may see: the rows of the floor, the set-up and the drafts.
    fn seen(&self) -> Vec<Json> {
        let tables = ["line_list", "shift_list", "product_list", "line_shift_list", "production_entry_list"];
        let mut all: Vec<_> = tables.iter().map(|name| self.call(name, json!({})).unwrap()).collect();
        all.push(self.call("import_batch_list", json!({})).unwrap());
        all.push(self.call("draft_list", json!({})).unwrap());
        all
    }
    /// Nothing of what was refused is there, now or after the file was opened again, and the file is sound.
    fn is_as(&mut self, before: &[Json]) {
        assert_eq!(self.seen(), before);
        self.free();
        self.reopen();
        assert_eq!(self.seen(), before);
        let (store, admin) = self.at.as_ref().unwrap();
        let report = store.verify(admin, &mut |_, _| {}).unwrap();
        assert!(report.is_sound(), "{:?}", report.first());
    }
    fn is_full_before_the_work(&mut self) {
        let before = self.seen();
        self.fill_but(0);
        for refused in [self.line("L2"), self.draft("30 31 32"), self.import(5), self.call("undo", json!({}))] {
            spoken(&refused.unwrap_err(), "disk_full");
        }
        let login = self.at.as_ref().unwrap().0.login("ada", PASSWORD).err();
        spoken(&Fault::from(login.unwrap()), "disk_full");
        self.is_as(&before);
        // With room again everything goes as ever.
        self.line("L2").unwrap();
        self.draft("30 31 32").unwrap();
        assert_eq!(self.import(5).unwrap()["written"], 5);
    }
    fn fills_in_the_middle_of_an_import(&mut self) {
        self.reopen();
        let before = self.seen();
        self.fill_but(400);
        spoken(&self.import(1500).unwrap_err(), "disk_full");
        // A small thing still has its place: the journal was not left full.
        self.draft("33").unwrap();
        self.draft("30 31 32").unwrap();
        self.is_as(&before);
        assert_eq!(self.import(1500).unwrap()["written"], 1495);
    }
    fn is_full_when_the_file_is_opened(&mut self) {
        self.reopen();
        let before = self.seen();
        self.at = None;
        self.fill_but(0);
        let opened = Store::open(&self.vault, Clock::fixed(1_750_000_002_000));
        spoken(&Fault::from(opened.err().unwrap()), "disk_full");
        self.free();
        self.reopen();
        assert_eq!(self.seen(), before);
    }
    fn is_full_at_the_first_start(&self, place: &Path) {
        let folder = Folder::find(Some(place.join("new"))).unwrap();
        let begin = || Store::begin(&folder, &KeyPlace::File(place.join("new.key")), Clock::fixed(1));
        // Room for the key alone, then for the identity too, then for some of the file.
        for kilobytes in [0, 4, 8, 12, 64] {
            self.fill_but(kilobytes);
            spoken(&Fault::from(begin().err().unwrap()), "disk_full");
            self.free();
        }
        assert!(begin().unwrap().first_start_due().unwrap());
    }
}
