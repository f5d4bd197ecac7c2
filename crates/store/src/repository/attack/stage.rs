//! Two clients in one file: A is ours, B must stay unseen and untouched.
use crate::{
    Error, Filter, Store,
    repository::{Guarded, Mode, Reader, class::tables, log::dml, scope, tests},
    session::Session,
};
use domain::*;
use rusqlite::{Connection, types::Value as Sql};

#[path = "../../../../../tests/src/row.rs"]
mod row;

use row::row;

/// The mark of every text of B.
pub(in crate::repository) const SECRET: &str = "SECRET-B";

/// Where an attack is tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Door {
    /// On a reader.
    Reader,
    /// On the writer at rest.
    Writer,
    /// On the writer while rows are written.
    Write,
    /// On the writer while accounts are written.
    Admin,
    /// On the writer while the scope is filled.
    Scope,
    /// On the writer while a hub's order is taken back.
    Rewind,
    /// On the writer while a client is forgotten.
    Purge,
    /// On the writer while a page of a hub comes.
    Page,
}

impl Door {
    pub(super) const ALL: [Door; 8] =
        [Door::Reader, Door::Writer, Door::Write, Door::Admin, Door::Scope, Door::Rewind, Door::Purge, Door::Page];

    const fn mode(self) -> Mode {
        match self {
            Door::Reader | Door::Writer => Mode::Read,
            Door::Write => Mode::Write,
            Door::Admin => Mode::Admin,
            Door::Scope => Mode::Scope,
            Door::Rewind => Mode::Rewind,
            Door::Purge => Mode::Purge,
            Door::Page => Mode::Page,
        }
    }
}

pub(in crate::repository) struct Stage {
    pub(super) dir: tempfile::TempDir,
    pub(in crate::repository) store: Store,
    /// A leader who sees A alone.
    pub(in crate::repository) ours: Session,
    pub(in crate::repository) a: Id<Client>,
    pub(in crate::repository) b: Id<Client>,
}

impl Stage {
    pub(in crate::repository) fn new() -> Self {
        let (dir, store) = tests::store();
        let admin = tests::person(&store, "ada", Role::Admin, &[]);
        let [a, b] = [1, 2].map(|n| Id::<Client>::from_bytes([n; 16]));
        for (client, mark) in [(a, "OURS-A"), (b, SECRET)] {
            plant(&store, &admin, client, mark);
            plant_pool(&store, &admin, client);
            plant_personal(&store, &admin, client, mark);
            plant_feed(&store, client, mark);
        }
        let ours = tests::person(&store, "sue", Role::Leader, &[a]);
        plant_accounts(&store, &ours, b);
        Stage { dir, store, ours, a, b }
    }
    /// Whether an attack is refused at a door; else what it gave.
    pub(super) fn attack(&self, door: Door, sql: &str) -> Result<(), String> {
        if door == Door::Reader {
            let g = self.store.readers.get().unwrap();
            return judge(self.raw(&g, door, sql));
        }
        judge(self.raw(&self.store.writer(), door, sql))
    }
    /// The same, outside a transaction.
    pub(super) fn attack_alone(&self, door: Door, sql: &str) -> Result<(), String> {
        let g = self.store.writer();
        scope::enter(&g, &self.ours, None).unwrap();
        judge(g.gate.with(door.mode(), || run(&g.conn, sql)).map_err(|e| e.to_string()))
    }
    fn raw(&self, g: &Guarded, door: Door, sql: &str) -> Result<String, String> {
        scope::enter(g, &self.ours, None).unwrap();
        g.gate.with(Mode::Write, || g.conn.execute_batch("SAVEPOINT attack")).unwrap();
        let out = g.gate.with(door.mode(), || run(&g.conn, sql)).map_err(|e| e.to_string());
        g.gate.with(Mode::Write, || g.conn.execute_batch("ROLLBACK TO attack; RELEASE attack")).ok();
        out
    }
    /// Whether the authorizer itself refuses a statement, before any trigger is asked.
    pub(super) fn is_denied(&self, door: Door, sql: &str) -> bool {
        let g = self.store.writer();
        scope::enter(&g, &self.ours, None).unwrap();
        g.gate.with(door.mode(), || g.conn.prepare(sql)).is_err_and(|e| e.to_string().contains("authoriz"))
    }
    /// Whether an attack of another person's on rows is refused.
    pub(super) fn attack_as(&self, who: &Session, sql: &str) -> Result<(), String> {
        let g = self.store.writer();
        scope::enter(&g, who, None).unwrap();
        judge(g.gate.with(Mode::Write, || run(&g.conn, sql)).map_err(|e| e.to_string()))
    }
    /// Whether the way hand-written SQL takes refuses an attack.
    pub(super) fn select(&self, sql: &str) -> Result<(), String> {
        let g = self.store.readers.get().unwrap();
        scope::enter(&g, &self.ours, None).unwrap();
        let reader =
            Reader { conn: &g.conn, session: &self.ours, now: self.store.clock.now(), gate: &g.gate, known: None };
        judge(reader.select(sql, &[], |_| Ok(())).map(|rows| format!("{} rows", rows.len())).map_err(told))
    }
    /// Whether the way the store's own writes take refuses an attack.
    pub(super) fn dml(&self, sql: &str) -> Result<(), String> {
        let g = self.store.writer();
        scope::enter(&g, &self.ours, None).unwrap();
        judge(dml(&g, sql, []).map(|n| format!("{n} rows")).map_err(told))
    }
    /// What the walls were tried on.
    pub(super) fn versions(&self) -> String {
        let kernel = self.store.vault.kernel().unwrap();
        let said = ["SELECT sqlite_version()", "PRAGMA cipher_version"].map(|sql| run(&kernel, sql).unwrap());
        said.join(" ")
    }
    /// Every byte of every table.
    pub(super) fn everything(&self) -> Vec<String> {
        let kernel = self.store.vault.kernel().unwrap();
        let all = tables().map(|(t, _)| run(&kernel, &format!("SELECT '{t}', * FROM main.{t}")).unwrap());
        all.collect()
    }
    /// The columns of a table, with B's row of it as SQL; none where B has no row of its own.
    pub(super) fn row_of_b(&self, table: &str) -> (Vec<String>, Option<Vec<String>>) {
        let plant = PLANT_SHAPES.iter().any(|s| s.table == table);
        let theirs = |c: &str| format!("WHERE {c} <> x'{}' AND {c} <> x'{}'", hex(self.a), hex(self.ours.user()));
        // A row of the plant's log is as much ours as theirs.
        let rule =
            |c: &str| if plant { String::new() } else { format!("{} AND {c} <> x'{}'", theirs(c), hex(Client::PLANT)) };
        self.row(table, rule)
    }
    /// The same of a row of ours.
    pub(super) fn row_of_a(&self, table: &str) -> (Vec<String>, Option<Vec<String>>) {
        self.row(table, |c| format!("WHERE {c} = x'{}'", hex(self.a)))
    }
    fn row(&self, table: &str, rule: impl Fn(&str) -> String) -> (Vec<String>, Option<Vec<String>>) {
        let kernel = self.store.vault.kernel().unwrap();
        let names = format!("SELECT name FROM pragma_table_info('{table}')");
        let mut names = kernel.prepare(&names).unwrap();
        let columns: Vec<String> = names.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
        let whose = ["client_id", "owner"].into_iter().find(|c| columns.iter().any(|n| n == c));
        let rule = whose.map_or(String::new(), rule);
        let quoted: Vec<_> = columns.iter().map(|c| format!("quote({c})")).collect();
        let sql = format!("SELECT {} FROM {table} {rule} LIMIT 1", quoted.join(", "));
        let row = kernel.query_row(&sql, [], |r| (0..columns.len()).map(|i| r.get(i)).collect());
        (columns, row.ok())
    }
}

/// Every entity's row, changed once, with a shift of several parts and one that still runs.
pub(in crate::repository) fn plant(store: &Store, admin: &Session, client: Id<Client>, mark: &str) {
    let repo = store.repository(admin).unwrap();
    repo.write(|w| {
        w.found(&row(client, mark))?;
        macro_rules! put {
            ($($name:ident),* $(,)?) => { $(if !["Client", "Author"].contains(&stringify!($name)) {
                w.put(&row::<$name>(client, mark))?;
            })* };
        }
        entities!(put);
        let other = Product { id: w.fresh(), code: format!("{mark} other"), ..row(client, mark) };
        w.put(&other)?;
        let entry: ProductionEntry = row(client, mark);
        w.put(&ProductionEntry { id: w.fresh(), product_id: Some(other.id), work_order_id: None, ..entry })?;
        let of_day: LineShift = row(client, mark);
        w.put(&LineShift::empty(client, w.today(client)?, of_day.shift_id, of_day.line_id))?;
        w.names(format!("{mark} step"));
        Ok(())
    })
    .unwrap();
    let again = store.repository(admin).unwrap();
    // Somebody who was erased leaves a redaction.
    let gone = Id::from_bytes([7; 16]);
    let person = Employee { code: format!("{mark} gone"), id: gone, ..row(client, mark) };
    again.write(|w| w.put(&person)).unwrap();
    again.write(|w| w.erase_person(client, gone)).unwrap();
    again.write(|w| w.put(&Line { name: format!("{mark} renamed"), ..row(client, mark) })).unwrap();
}

/// What people keep for themselves.
fn plant_personal(store: &Store, admin: &Session, client: Id<Client>, mark: &str) {
    let repo = store.repository(admin).unwrap();
    repo.write(|w| {
        w.keep_draft(&format!("{mark} key"), &format!("{mark} body"))?;
        w.keep_preference(&format!("{mark} name"), &format!("{mark} value"))?;
        w.keep_filter(&Filter { id: client.bytes(), name: format!("{mark} filter"), body: "{}".into() })
    })
    .unwrap();
}

/// What is kept of a log under a hub; ours stays its own.
fn plant_feed(store: &Store, client: Id<Client>, mark: &str) {
    let hash = format!("x'{}'", "ab".repeat(32));
    let rows = [
        ("feed_role", "x'ab', 'leader'".to_string()),
        ("own_change", format!("1, x'ab', {hash}, 1, 0")),
        ("shade", format!("4, x'ab', '{mark} under'")),
        ("waiting", format!("4, x'ab', '{mark} waits', 1")),
        ("refused", format!("x'ab', {hash}, '{mark} why', NULL")),
        ("cut_off", format!("1, {hash}, x'ab', 1, 1, '', 0, {hash}, x'ab'")),
        ("signed", format!("1, {hash}, '{mark} signed'")),
        ("parting", "x'ab', x'ab'".into()),
        ("feed", format!("'active', 1, 1, 1, 1, 0, 0, 0, {hash}, {hash}")),
    ];
    let kernel = store.vault.kernel().unwrap();
    for (table, values) in rows.iter().filter(|(table, _)| mark == SECRET || *table != "feed") {
        kernel.execute_batch(&format!("INSERT INTO {table} VALUES (x'{}', {values})", hex(client))).unwrap();
    }
}

/// Somebody of the plant's pool who covers for the client; his booking names neither.
fn plant_pool(store: &Store, admin: &Session, client: Id<Client>) {
    let person = PoolEmployee {
        code: format!("POOL-{}", client.bytes()[0]),
        name: "Pool".into(),
        active: true,
        ..PoolEmployee::blank(Client::PLANT, Id::from_bytes([0x20 + client.bytes()[0]; 16]))
    };
    let cover: CoverageEntry = row(client, "");
    let booked = store.repository(admin).unwrap().write(|w| {
        w.put(&person)?;
        let shift = w.span_of_shift(client, cover.shift_id.unwrap(), cover.day)?.unwrap();
        let token = w.book(person.id, shift)?.token;
        w.put(&CoverageEntry { booking: Some(token), employee_id: None, ..w.get(client, cover.id)? })
    });
    booked.unwrap();
}

/// A row in every table of accounts, and our own draft.
fn plant_accounts(store: &Store, ours: &Session, b: Id<Client>) {
    store.denied(ours, SECRET);
    store
        .admin_write(|c| {
            let (user, client) = (ours.user().bytes(), b.bytes());
            let values = (user.as_slice(), client.as_slice(), client.as_slice());
            c.prepare("INSERT INTO main.user_line VALUES (?1, ?2, ?3)")?.execute(values)?;
            c.prepare("INSERT INTO main.plant_setting VALUES ('SECRET-B', 'x')")?.execute([])?;
            c.prepare("INSERT INTO main.throttle VALUES ('SECRET-B', 1, 1)")?.execute([])?;
            Ok(())
        })
        .unwrap();
    store
        .repository(ours)
        .unwrap()
        .write(|w| {
            w.keep_preference("ours", "")?;
            w.keep_draft("ours", "")
        })
        .unwrap();
}

fn told(e: Error) -> String {
    e.to_string()
}

/// Refused by a wall, and not by a slip of the attack's own spelling.
fn judge(out: Result<String, String>) -> Result<(), String> {
    const WALLS: &[&str] =
        &["authoriz", "prohibited", "XCLIENT", "append-only", "may not be modified", "not read-only", "cannot judge"];
    match out {
        Err(e) if WALLS.iter().any(|w| e.contains(w)) => Ok(()),
        other => Err(format!("{other:?}")),
    }
}

pub(super) fn hex<E>(id: Id<E>) -> String {
    id.hex()
}

/// Runs a statement as it is; its rows as text.
pub(super) fn run(c: &Connection, sql: &str) -> rusqlite::Result<String> {
    let mut stmt = c.prepare(sql)?;
    let n = stmt.column_count();
    let (mut rows, mut out) = (stmt.query([])?, vec![]);
    while let Some(r) = rows.next()? {
        let cells: Vec<Sql> = (0..n).map(|i| r.get(i)).collect::<Result<_, _>>()?;
        out.push(format!("{cells:?}"));
    }
    Ok(out.join("\n"))
}
