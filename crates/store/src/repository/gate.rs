//! The authorizer of one connection: default deny, and what each mode opens.
use super::{
    class::{Class, OF_CLIENTS, tables},
    views::{EXTRA, GUARDS, RIGHTS, TOLD},
};
use rusqlite::{
    Connection,
    hooks::{AuthAction as A, AuthContext, Authorization},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering::SeqCst},
    },
};

/// What the next statement may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Mode {
    /// Reads in scope; how every connection rests.
    Read = 0,
    /// The store's own statements on rows, log and sums; begin and commit.
    Write = 1,
    /// Filling the lists of the scope.
    Scope = 2,
    /// The store's own statements on accounts and rights.
    Admin = 3,
    /// Why people were absent, to add it up: in scope, whoever asks.
    Sums = 4,
    /// An audited erasure: what people wrote gives way to what is left of it.
    Redact = 5,
    /// The plant's log as an admin is told of a person, on the record.
    Told = 6,
    /// The order of a hub that was restored gives way to the one it has now.
    Rewind = 7,
    /// Everything of one client goes.
    Purge = 8,
    /// A page of a hub comes: what a row points to may stand behind it.
    Page = 9,
}

impl Mode {
    /// Whether only statements run that name no other table to read from.
    const fn is_of_fixed_statements(self) -> bool {
        matches!(self, Mode::Write | Mode::Redact | Mode::Rewind | Mode::Purge | Mode::Page)
    }
}

/// The lock of one connection.
#[derive(Clone, Default)]
pub(crate) struct Gate {
    mode: Arc<AtomicU8>,
    denied: Arc<Mutex<Option<String>>>,
}

impl Gate {
    /// Runs `f` in another mode, and goes back even when it panics.
    pub(crate) fn with<T>(&self, mode: Mode, f: impl FnOnce() -> T) -> T {
        struct Back<'g>(&'g AtomicU8, u8);
        impl Drop for Back<'_> {
            fn drop(&mut self) {
                self.0.store(self.1, SeqCst);
            }
        }
        let _back = Back(&self.mode, self.mode.swap(mode as u8, SeqCst));
        f()
    }
    /// What was refused last.
    pub(crate) fn denied(&self) -> Option<String> {
        self.denied.lock().ok()?.take()
    }
    fn mode(&self) -> Mode {
        match self.mode.load(SeqCst) {
            1 => Mode::Write,
            2 => Mode::Scope,
            3 => Mode::Admin,
            4 => Mode::Sums,
            5 => Mode::Redact,
            6 => Mode::Told,
            7 => Mode::Rewind,
            8 => Mode::Purge,
            9 => Mode::Page,
            _ => Mode::Read,
        }
    }
    /// Puts the authorizer on; from here on only what the policy names runs.
    pub(super) fn arm(&self, c: &Connection, nonce: String) -> rusqlite::Result<()> {
        let (gate, policy) = (self.clone(), Policy { nonce, classes: tables().collect() });
        c.authorizer(Some(move |cx: AuthContext<'_>| {
            if policy.allows(gate.mode(), &cx) {
                return Authorization::Allow;
            }
            if let Ok(mut denied) = gate.denied.lock() {
                let what = format!("{:?} db={:?} via={:?}", cx.action, cx.database_name, cx.accessor);
                // Whoever reads the log must not learn what the connection's own views are called.
                *denied = Some(what.replace(&policy.nonce, ""));
            }
            Authorization::Deny
        }))
    }
}

/// Whether the authorizer sees all that a statement reads, whatever it says.
///
/// SQLite asks it about no column that `USING` or `NATURAL` joins by: a full
/// join so would hand out every client's rows.
pub(super) fn is_seen_whole(sql: &str) -> bool {
    lacks(sql, &["using", "natural"])
}

/// Whether a write names no other table to read from.
///
/// `(a, b) IN main.x` looks into an index without ever being a SELECT.
pub(super) fn writes_values(sql: &str) -> bool {
    lacks(sql, &["using", "natural", "select", "in"])
}

/// `words` in small letters. By bytes, and only where a word begins: every write of every row passes here.
fn lacks(sql: &str, words: &[&str]) -> bool {
    let bytes = sql.as_bytes();
    let begins = |at: usize| words.iter().any(|word| is_word(&bytes[at..], word.as_bytes()));
    let mut inside = false;
    for (at, byte) in bytes.iter().enumerate() {
        let was = std::mem::replace(&mut inside, OF_WORDS[usize::from(*byte)]);
        if inside && !was && begins(at) {
            return false;
        }
    }
    true
}

/// The bytes that words are made of.
const OF_WORDS: [bool; 256] = {
    let (mut of_words, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        of_words[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    of_words
};

/// Whether a text begins with this very word.
fn is_word(text: &[u8], word: &[u8]) -> bool {
    text[0] | 0x20 == word[0]
        && text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        && text.get(word.len()).is_none_or(|next| !OF_WORDS[usize::from(*next)])
}

/// The one mode that opens a view; none for all others.
fn shut(view: &str) -> Option<Mode> {
    SHUT.iter().find(|(name, _)| *name == view).map(|(_, mode)| *mode)
}

struct Policy {
    nonce: String,
    classes: HashMap<&'static str, Class>,
}

const FUNCTIONS: &[&str] = &[
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "total",
    "coalesce",
    "ifnull",
    "iif",
    "nullif",
    "date",
    "strftime",
    "round",
    "abs",
    "lower",
    "upper",
    "length",
    "substr",
    "trim",
    "like",
    "json_extract",
    "json_remove",
    "->",
    "->>",
    "json_each",
    "group_concat",
    "row_number",
];

/// The one table-valued function.
const LIST: &str = "json_each";

/// What no bare name may be: the lists of the scope, and SQLite's view of its pages.
const HIDDEN: &[&str] = &["scope", "who", "dbstat", ABSENCES, TOLD];

/// The view of absences as they are, which only sums may be made from.
pub(super) const ABSENCES: &str = "absence_as_it_is";

/// Views that one mode alone opens, to statements of the store.
const SHUT: &[(&str, Mode)] = &[(ABSENCES, Mode::Sums), (TOLD, Mode::Told)];

/// What the view of bookings asks of who booked: which clients he works for.
const BOOKERS: &[&str] = &["user", "user_client"];

/// What an erasure looks at, and the trigger that lets it through.
const REDACTED: &[&str] = &["change", "redaction"];
const REDACTS: &str = "change_redacted";

/// The order of the logs, which a rewind takes back, and the trigger that lets it through.
const ORDER: &str = "confirmation";
const ORDERED: &str = "change";
const KEEPS_ORDER: &str = "confirmation_stays";

/// The triggers that keep what is only appended to, and their tables.
const KEPT: &[(&str, &str)] = &[(KEEPS_ORDER, ORDER), ("change_stays", "change"), ("redaction_stays", "redaction")];

/// Puts off the question whether what a row points to is there, until the transaction ends.
const LATER: &str = "defer_foreign_keys";

/// Columns that never change once written.
const FIXED: &[&str] = &["client_id", "id", "owner"];

impl Policy {
    fn allows(&self, mode: Mode, cx: &AuthContext<'_>) -> bool {
        let (db, via) = (cx.database_name.unwrap_or(""), cx.accessor.unwrap_or(""));
        match cx.action {
            A::Select => !mode.is_of_fixed_statements() || !via.is_empty(),
            A::Recursive => true,
            // BEGIN and COMMIT pass SQLite's own read-only test: a reader must not end the writer's transaction.
            A::Transaction { .. } | A::Savepoint { .. } => mode == Mode::Write,
            A::Function { function_name } => FUNCTIONS.contains(&function_name),
            A::Read { table_name, .. } => self.reads(mode, db, table_name, via),
            A::Insert { table_name } => self.writes(mode, db, table_name, via),
            // Removal is `gone_at`; only what can be computed again is ever deleted.
            A::Delete { table_name } => {
                let kept = [Class::Log, Class::Client, Class::Plant].iter().any(|class| self.is(table_name, *class));
                let rewound = mode == Mode::Rewind && db == "main" && table_name == ORDER && via.is_empty();
                let purged = mode == Mode::Purge && db == "main" && self.is_of_clients(table_name);
                rewound || (purged && via.is_empty()) || (self.writes(mode, db, table_name, via) && !kept)
            }
            A::Pragma { pragma_name, pragma_value } => {
                mode == Mode::Page && via.is_empty() && pragma_name == LATER && pragma_value == Some("ON")
            }
            A::Update { table_name, column_name } => self.updates(mode, db, table_name, column_name, via),
            _ => false,
        }
    }
    fn is(&self, table: &str, class: Class) -> bool {
        self.classes.get(table) == Some(&class)
    }
    /// Whether a bare name is one of the scoped views.
    fn is_view(&self, name: &str) -> bool {
        EXTRA.contains(&name) || self.classes.contains_key(name.trim_end_matches("_all"))
    }
    /// Whether the rows of a table are a client's.
    fn is_of_clients(&self, table: &str) -> bool {
        let class = matches!(self.classes.get(table), Some(Class::Client | Class::Plant | Class::Log | Class::Sums));
        class || OF_CLIENTS.contains(&table) || RIGHTS.contains(&table)
    }
    fn inner(&self, via: &str) -> bool {
        via.starts_with(self.nonce.as_str())
    }
    fn reads(&self, mode: Mode, db: &str, table: &str, via: &str) -> bool {
        match db {
            "main" if mode == Mode::Redact && REDACTED.contains(&table) => {
                via.is_empty() || via == REDACTS || self.inner(via)
            }
            "main" if mode == Mode::Rewind && via.is_empty() => matches!(table, ORDER | ORDERED),
            "main" if mode == Mode::Rewind && via == KEEPS_ORDER => GUARDS.contains(&(via, table)) || table == ORDER,
            "main" if mode == Mode::Purge && self.is_of_clients(table) => {
                via.is_empty() || self.inner(via) || GUARDS.contains(&(via, table)) || KEPT.contains(&(via, table))
            }
            // What the rows that go point to: SQLite looks there as they go.
            "main" if mode == Mode::Purge && matches!(table, "peer" | "user") => via.is_empty(),
            "main" if table == LIST => true,
            "main" => match self.classes.get(table) {
                Some(Class::Admin) => {
                    (mode == Mode::Admin && via.is_empty()) || (self.inner(via) && BOOKERS.contains(&table))
                }
                Some(class) => {
                    let asked = mode == Mode::Write || (mode == Mode::Admin && *class == Class::Local);
                    let guards = mode == Mode::Write && GUARDS.contains(&(via, table));
                    self.inner(via) || guards || (asked && via.is_empty())
                }
                None => false,
            },
            "temp" if matches!(table, "scope" | "who") => self.inner(via) || mode == Mode::Scope,
            "temp" if shut(table).is_some() => shut(table) == Some(mode) && via.is_empty(),
            "temp" if self.inner(table) && shut(via).is_some() => shut(via) == Some(mode),
            "temp" if self.inner(table) => self.is_view(via),
            "temp" => self.is_view(table),
            "" => self.counts(table),
            _ => false,
        }
    }
    /// Whether rows of a bare name may be counted, such as those of a view or a common table expression.
    ///
    /// SQLite names no database where a statement uses a table's rows but none of its columns.
    fn counts(&self, table: &str) -> bool {
        let name = table.to_ascii_lowercase();
        let shadowed = self.classes.get(name.as_str()).is_none_or(|class| class.key().is_some());
        shadowed && !HIDDEN.contains(&name.as_str()) && !name.starts_with("sqlite_") && !self.inner(&name)
    }
    fn writes(&self, mode: Mode, db: &str, table: &str, via: &str) -> bool {
        let own = via.is_empty() || self.inner(via);
        match (mode, db, self.classes.get(table)) {
            (Mode::Admin, "main", Some(Class::Admin | Class::Local)) => own,
            (Mode::Write, "main", Some(class)) => own && *class != Class::Admin,
            (Mode::Scope, "temp", None) => matches!(table, "scope" | "who"),
            _ => false,
        }
    }
    fn updates(&self, mode: Mode, db: &str, table: &str, column: &str, via: &str) -> bool {
        if mode == Mode::Redact {
            return db == "main" && table == "change" && column == "patch" && via.is_empty();
        }
        if mode == Mode::Purge {
            // A row lets go of another of its table before both go.
            let row = self.is(table, Class::Client) && !FIXED.contains(&column);
            return row && db == "main" && via.is_empty();
        }
        let row = matches!(self.classes.get(table), Some(Class::Client | Class::Plant | Class::Personal));
        let fixed = self.is(table, Class::Log) || column == "client_id" || (row && FIXED.contains(&column));
        via.is_empty() && !fixed && self.writes(mode, db, table, via)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By whole words, one after the other.
    fn lacks_slowly(sql: &str, words: &[&str]) -> bool {
        let mut told = sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        !told.any(|word| words.contains(&word.to_ascii_lowercase().as_str()))
    }

    #[test]
    fn a_word_is_found_wherever_it_stands_alone_and_nowhere_else() {
        let pieces = [
            "IN", "in", "selecT", "natural", "USING", "inner", "_in", "in_", "1in", "xselect", " ", "(", "é", "_",
            "\n", "",
        ];
        let (mut found, mut all) = (0, 0);
        for (a, b) in pieces.iter().flat_map(|a| pieces.iter().map(move |b| (a, b))) {
            for c in pieces {
                let sql = format!("{a}{b}{c}");
                let slowly = lacks_slowly(&sql, &["using", "natural", "select", "in"]);
                assert_eq!(writes_values(&sql), slowly, "{sql:?}");
                assert_eq!(is_seen_whole(&sql), lacks_slowly(&sql, &["using", "natural"]), "{sql:?}");
                (found, all) = (found + usize::from(!slowly), all + 1);
            }
        }
        assert!(found > 500 && found < all - 500, "{found} of {all}");
    }
}
