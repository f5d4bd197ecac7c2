//! The walls, the log and the sums together, on a real encrypted file.
use crate::{
    Cell, Clock, Put, Store,
    keep::Vault,
    session::{Person, Session},
    store::epoch,
};
use domain::*;
use std::sync::Arc;

pub(crate) fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::new(dir.path().join("lineboard.db"), [7; 32]);
    let clock = Clock::fixed(1_750_000_000_000);
    (dir, Store::create(&vault, clock).unwrap())
}

/// An account of a role, and its session.
pub(crate) fn person(store: &Store, name: &str, role: Role, clients: &[Id<Client>]) -> Session {
    let id: Id<change::User> = crate::clock::fresh(store.clock().now());
    store
        .admin_write(|c| {
            c.prepare("INSERT INTO main.user VALUES (?1, ?2, ?2, ?3, 'en', '', 0, 1, 0, NULL)")?
                .execute(rusqlite::params![id.bytes().as_slice(), name, role.word()])?;
            for client in clients {
                c.prepare("INSERT INTO main.user_client VALUES (?1, ?2)")?
                    .execute(rusqlite::params![id.bytes().as_slice(), client.bytes().as_slice()])?;
            }
            Ok(())
        })
        .unwrap();
    let person: Person = store.person(id).unwrap();
    Session(Arc::new(person))
}

fn client(store: &Store, admin: &Session, code: &str) -> Id<Client> {
    let repo = store.repository(admin).unwrap();
    repo.write(|w| {
        let id = w.fresh();
        w.found(&Client { client_id: id, id, code: code.into(), name: code.into(), active: true })?;
        Ok(id)
    })
    .unwrap()
}

fn entry(
    client_id: Id<Client>,
    id: Id<ProductionEntry>,
    line_shift_id: Id<LineShift>,
    product: Id<Product>,
    produced: i64,
) -> ProductionEntry {
    ProductionEntry {
        line_shift_id,
        product_id: Some(product),
        produced: Some(produced),
        ..ProductionEntry::blank(client_id, id)
    }
}

pub(super) struct Floor {
    pub(super) _dir: tempfile::TempDir,
    pub(super) store: Store,
    pub(super) admin: Session,
    pub(super) client: Id<Client>,
    pub(super) entry: Id<ProductionEntry>,
    pub(super) cell: Cell,
}

#[allow(clippy::too_many_lines, reason = "a plant is many rows")]
/// One closed line shift: 100 units × 15 min by 10 people and 2 idle in 540 min.
pub(super) fn floor() -> Floor {
    let (dir, store) = store();
    let admin = person(&store, "ada", Role::Admin, &[]);
    let c = client(&store, &admin, "ACME");
    let (entry_id, cell) = store
        .repository(&admin)
        .unwrap()
        .write(|w| {
            let (line, shift, product) = (w.fresh(), w.fresh(), w.fresh());
            let text = String::from;
            w.put(&Line {
                client_id: c,
                id: line,
                code: text("L1"),
                name: text(""),
                basis: Basis::Labour,
                parent_id: None,
                active: true,
            })?;
            w.put(&Shift { client_id: c, id: shift, code: text("DAY"), name: text(""), active: true })?;
            w.put(&Product { client_id: c, id: product, code: text("P"), name: text(""), active: true })?;
            let day = Day(20_000);
            let standard = ProductStandard {
                client_id: c,
                id: w.fresh(),
                product_id: product,
                operation_id: None,
                valid_from: day,
                minutes: 15.0,
            };
            w.put(&standard)?;
            let open = LineShift::empty(c, day, shift, line);
            let ls = LineShift {
                crew: Some(10.0),
                floating_idle: Some(2.0),
                net_minutes: Some(540.0),
                state: ShiftState::Closed,
                ..open
            };
            w.put(&ls)?;
            let id = w.fresh();
            w.put(&entry(c, id, ls.id, product, 100))?;
            w.names("a shift");
            Ok((id, Cell { client: c, day, shift, line }))
        })
        .unwrap();
    Floor { _dir: dir, store, admin, client: c, entry: entry_id, cell }
}

impl Floor {
    fn sum(&self, column: &str) -> Vec<f64> {
        let sql = format!("SELECT {column} FROM kpi_client_day WHERE line_shifts > 0");
        self.store.repository(&self.admin).unwrap().read(|r| r.select(&sql, &[], |row| row.get(0))).unwrap()
    }
}

#[test]
fn a_write_brings_row_change_confirmation_and_sums_together() {
    let f = floor();
    assert_eq!((f.sum("earned"), f.sum("available")), (vec![1500.0], vec![6480.0]));
    let repo = f.store.repository(&f.admin).unwrap();
    let [changes, confirmed] = repo
        .read(|r| {
            let n = |sql| crate::Result::Ok(r.first(sql, &[], |row| row.get::<i64>(0))?.unwrap());
            Ok([n("SELECT count(*) FROM change")?, n("SELECT count(*) FROM confirmation")?])
        })
        .unwrap();
    assert_eq!((changes, confirmed), (8, 8));
}

#[test]
fn undo_and_redo_take_rows_and_sums_back_and_forth() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    repo.write(|w| {
        w.because(Some("recount".into()));
        let old: ProductionEntry = w.get(f.client, f.entry)?;
        assert_eq!(w.put(&ProductionEntry { produced: Some(90), ..old })?, Put::Patched);
        Ok(())
    })
    .unwrap();
    assert_eq!(f.sum("earned"), vec![1350.0]);
    assert_eq!(repo.write(|w| w.undo()).unwrap().changed, 1);
    assert_eq!(f.sum("earned"), vec![1500.0]);
    assert_eq!(repo.write(|w| w.redo()).unwrap().changed, 1);
    assert_eq!(f.sum("earned"), vec![1350.0]);
    repo.write(|w| w.undo()).unwrap();
    repo.write(|w| w.undo()).unwrap();
    assert_eq!(f.sum("earned"), Vec::<f64>::new());
    repo.write(|w| w.redo()).unwrap();
    assert_eq!(f.sum("earned"), vec![1500.0]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "each table of the floor is tried")]
fn an_operator_of_one_line_writes_on_no_other() {
    let f = floor();
    let admin = f.store.repository(&f.admin).unwrap();
    let other = admin
        .write(|w| {
            w.because(Some("open".into()));
            let row: LineShift = w.get(f.client, f.cell.line_shift())?;
            w.put(&LineShift { state: ShiftState::Reopened, ..row })?;
            let line: Line = w.get(f.client, f.cell.line)?;
            let id = w.fresh();
            w.put(&Line { id, code: "L2".into(), ..line })?;
            Ok(id)
        })
        .unwrap();
    let olga = person(&f.store, "olga", Role::Operator, &[f.client]);
    let bind = |line: [u8; 16]| {
        let (user, client) = (olga.user().bytes(), f.client.bytes());
        f.store.admin_write(|c| {
            c.prepare("DELETE FROM main.user_line")?.execute([])?;
            let sql = "INSERT INTO main.user_line VALUES (?1, ?2, ?3)";
            c.prepare(sql)?.execute([user.as_slice(), client.as_slice(), line.as_slice()])?;
            c.prepare("UPDATE main.plant_state SET epoch = epoch + 1")?.execute([])?;
            Ok(())
        })
    };
    let write = || {
        f.store.repository(&olga).unwrap().write(|w| {
            let old: ProductionEntry = w.get(f.client, f.entry)?;
            w.put(&ProductionEntry { produced: old.produced.map(|n| n + 1), ..old })
        })
    };
    let inspect = || {
        f.store.repository(&olga).unwrap().write(|w| {
            let blank = QualityEntry::blank(f.client, w.fresh());
            w.put(&QualityEntry { day: f.cell.day, line_id: f.cell.line, inspected: Some(1), ..blank })
        })
    };
    bind(other.bytes()).unwrap();
    assert!(write().unwrap_err().is(Code::Missing));
    assert!(inspect().unwrap_err().is(Code::Missing));
    bind(f.cell.line.bytes()).unwrap();
    assert_eq!(write().unwrap(), Put::Patched);
    assert_eq!(inspect().unwrap(), Put::Created);
    let detail = || {
        f.store.repository(&olga).unwrap().write(|w| {
            let found: Vec<QualityEntry> = w.list(f.client, 1, 0)?;
            let (id, of) = (w.fresh(), found[0].id);
            w.put(&DefectDetail { quality_entry_id: of, quantity: 1, ..DefectDetail::blank(f.client, id) })
        })
    };
    assert_eq!(detail().unwrap(), Put::Created);
    bind(other.bytes()).unwrap();
    assert!(detail().unwrap_err().is(Code::Missing));
}

#[test]
fn a_client_brings_no_more_rows_a_day_than_its_limit() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let limit = |n| {
        repo.write(|w| {
            let old = w.setting(f.client)?;
            w.put(&ClientSetting { rows_a_day: Some(n), ..old })
        })
    };
    let more = |n: i64| {
        repo.write(|w| {
            w.because(Some("late".into()));
            let old: ProductionEntry = w.get(f.client, f.entry)?;
            (0..n).try_for_each(|_| w.put(&ProductionEntry { id: w.fresh(), ..old.clone() }).map(|_| ()))
        })
    };
    // Eight rows were brought before, and the setting itself is the ninth.
    limit(12).unwrap();
    let fault = Fault::from(more(4).unwrap_err());
    assert_eq!((fault.code.as_str(), fault.params["value"].as_str()), ("row_limit", "12"));
    more(3).unwrap();
    assert!(more(1).unwrap_err().is(Code::RowLimit));
}

#[test]
fn a_line_taken_away_leaves_what_was_entered_on_it() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    repo.write(|w| w.remove::<Line>(f.client, f.cell.line)).unwrap();
    assert!(repo.read(|r| r.find::<Line>(f.client, f.cell.line)).unwrap().is_none());
    assert_eq!(f.sum("earned"), vec![1500.0]);
    repo.write(|w| {
        w.because(Some("twice".into()));
        w.remove::<LineShift>(f.client, f.cell.line_shift())
    })
    .unwrap();
    assert!(repo.read(|r| r.find::<ProductionEntry>(f.client, f.entry)).unwrap().is_none());
    assert_eq!(f.sum("earned"), Vec::<f64>::new());
}

#[test]
fn a_session_sees_and_writes_its_own_clients_only() {
    let f = floor();
    let other = client(&f.store, &f.admin, "RIVAL");
    let sue = person(&f.store, "sue", Role::Supervisor, &[other]);
    let repo = f.store.repository(&sue).unwrap();
    assert!(repo.read(|r| r.list::<ProductionEntry>(f.client, 10, 0)).unwrap().is_empty());
    assert!(repo.read(|r| r.get::<ProductionEntry>(f.client, f.entry)).unwrap_err().is(Code::Missing));
    assert!(repo.read_of(&[f.client], |_| Ok(())).unwrap_err().is(Code::Missing));
    let theirs = LineShift::empty(f.client, Day(1), f.cell.shift, f.cell.line);
    assert!(repo.write(|w| w.put(&theirs)).unwrap_err().is(Code::Missing));
    assert!(repo.write(|w| w.remove::<ProductionEntry>(f.client, f.entry)).unwrap_err().is(Code::Missing));
}

#[test]
fn a_panic_in_a_command_leaves_nothing_behind() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        repo.write(|w| -> crate::Result<()> {
            w.remove::<LineShift>(f.client, f.cell.line_shift()).ok();
            panic!("in a command")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(f.sum("earned"), vec![1500.0]);
    let n = repo.write(|w| w.list::<ProductionEntry>(f.client, 10, 0)).unwrap().len();
    assert_eq!(n, 1);
}

#[test]
fn an_impossible_row_is_refused_with_its_field() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let fault = repo
        .write(|w| {
            w.because(Some("x".into()));
            let old: ProductionEntry = w.get(f.client, f.entry)?;
            w.put(&ProductionEntry { produced: Some(-1), ..old })
        })
        .unwrap_err();
    let fault = Fault::from(fault);
    assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("negative", Some("produced")));
}

#[test]
fn a_new_right_acts_without_a_new_log_in() {
    let f = floor();
    let sue = person(&f.store, "sue", Role::Supervisor, &[]);
    assert!(f.store.repository(&sue).unwrap().session().clients().is_empty());
    f.store
        .admin_write(|c| {
            let (user, client) = (sue.user().bytes(), f.client.bytes());
            c.prepare("INSERT INTO main.user_client VALUES (?1, ?2)")?.execute([user.as_slice(), client.as_slice()])?;
            c.prepare("UPDATE main.plant_state SET epoch = epoch + 1")?.execute([])?;
            Ok(())
        })
        .unwrap();
    let before = sue.0.epoch;
    assert!(f.store.admin_read(epoch).unwrap() > before);
    assert_eq!(f.store.repository(&sue).unwrap().session().clients().len(), 1);
}

#[test]
fn who_wrote_last_is_told_also_after_the_clock_was_set_back() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let sue = person(&f.store, "sue", Role::Supervisor, &[f.client]);
    f.store.clock().advance(-86_400_000);
    // The same millisecond several times over, and then a clock set back further.
    for n in 0..40 {
        let who = if n % 2 == 0 { &sue } else { &f.admin };
        f.store.clock().advance(if n == 20 { -1 } else { 0 });
        let written = f.store.repository(who).unwrap().write(|w| {
            w.because(Some("recount".into()));
            let old: ProductionEntry = w.get(f.client, f.entry)?;
            w.put(&ProductionEntry { produced: Some(n), ..old })
        });
        assert_eq!(written.unwrap(), Put::Patched);
        let latest = repo.read(|r| r.latest(f.client, f.entry.bytes())).unwrap().unwrap();
        assert_eq!(latest.author.as_deref(), Some(who.display_name()), "after {n}");
    }
    let sql =
        "SELECT c.op FROM confirmation n JOIN change c ON c.client_id = n.client_id AND c.op = n.op ORDER BY n.seq";
    let ops: Vec<[u8; 16]> = repo.read(|r| r.select(sql, &[], |row| row.get(0))).unwrap();
    assert!(ops.is_sorted_by(|a, b| a < b), "the names of changes are in the order of the log");
}

#[test]
fn a_crew_entered_later_for_an_earlier_day_is_what_the_days_after_it_rest_on() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let crew_of = |day: Day| {
        let sql = "SELECT crew FROM kpi_line_shift WHERE client_id = ?1 AND day = ?2";
        repo.read(|r| r.first(sql, crate::values![f.client, day], |row| row.get::<f64>(0))).unwrap().unwrap()
    };
    let make = |day: Day, crew: Option<f64>| {
        let row = LineShift::empty(f.client, day, f.cell.shift, f.cell.line);
        repo.write(|w| w.put(&LineShift { crew, state: ShiftState::Closed, ..row })).unwrap();
    };
    let day = f.cell.day.plus(-20);
    make(day, None);
    assert_eq!(crew_of(day), 0.0, "nothing is known of the days before");
    make(day.plus(-3), Some(8.0));
    assert_eq!(crew_of(day), 8.0);
}
