//! Sign-ins, changes of rights and denials, in a chain of their own.
use super::Session;
use crate::{Result, Store};
use domain::{Id, change::User, time::Instant};
use rusqlite::{Connection, OptionalExtension, params};

/// The longest text kept of an event; a caller may have sent anything.
const LONGEST: usize = 200;

/// What an event is about.
pub(crate) struct Event<'e> {
    /// Who did it, where that is known.
    pub(crate) user: Option<Id<User>>,
    /// A word such as `login`.
    pub(crate) kind: &'static str,
    /// Whom or what it concerns.
    pub(crate) what: &'e str,
}

impl Store {
    /// Appends an event inside a transaction of `admin_write`.
    pub(crate) fn keep_event(&self, c: &Connection, event: &Event<'_>) -> Result<()> {
        keep(c, &self.author.key, self.clock().now(), event)
    }
    /// Records what a person did beside writing rows, such as `export`.
    pub fn record(&self, session: &Session, kind: &'static str, what: &str) -> Result<()> {
        self.admin_write(|c| self.keep_event(c, &Event { user: Some(session.user()), kind, what }))
    }
    /// Records a try for a client out of scope.
    ///
    /// It must not change the answer, which is "not found" either way: when it
    /// cannot be kept, the log on the PC still has it.
    pub(crate) fn denied(&self, session: &Session, what: &str) {
        tracing::warn!(target: "security", user = session.name(), what, "out of scope");
        if let Err(e) = self.record(session, "denied", what) {
            tracing::error!(target: "security", "a denial was not kept: {e}");
        }
    }
    /// Records what only the walls below the repository refused, the gravest of all events.
    pub(crate) fn breached(&self, session: &Session, what: &str) {
        tracing::error!(target: "security", user = session.name(), what, "refused below the repository");
        if let Err(e) = self.record(session, "wall", what) {
            tracing::error!(target: "security", "what a wall refused was not kept: {e}");
        }
    }
    /// How many events there are, and the first whose chain does not hold.
    pub fn audit(&self) -> Result<(u64, Option<i64>)> {
        let key = self.author.key;
        self.admin_read(|c| {
            let mut stmt =
                c.prepare_cached("SELECT no, at, user_id, kind, what, hash FROM security_event ORDER BY no")?;
            let (mut rows, mut before, mut count) = (stmt.query([])?, [0; 32], 0);
            while let Some(r) = rows.next()? {
                let (no, user) = (r.get(0)?, r.get::<_, Option<[u8; 16]>>(2)?);
                let (kind, what): (String, String) = (r.get(3)?, r.get(4)?);
                count += 1;
                before = chain(&key, &before, no, r.get(1)?, user.as_ref(), &kind, &what);
                if r.get::<_, Vec<u8>>(5)? != before {
                    return Ok((count, Some(no)));
                }
            }
            Ok((count, None))
        })
    }
}

/// Appends an event to the chain of events.
pub(crate) fn keep(c: &Connection, key: &[u8; 32], now: Instant, event: &Event<'_>) -> Result<()> {
    let last = "SELECT no, hash FROM main.security_event ORDER BY no DESC LIMIT 1";
    let last = c.prepare(last)?.query_row([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, [u8; 32]>(1)?))).optional()?;
    let (no, before) = last.map_or((1, [0; 32]), |(no, hash)| (no + 1, hash));
    let what: String = event.what.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let (at, user) = (now.0, event.user.map(Id::bytes));
    let hash = chain(key, &before, no, at, user.as_ref(), event.kind, &what);
    c.prepare("INSERT INTO main.security_event VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        no,
        at,
        user.as_ref().map(<[u8; 16]>::as_slice),
        event.kind,
        what,
        hash.as_slice()
    ])?;
    Ok(())
}

/// The keyed hash of an event and of all before it.
fn chain(
    key: &[u8; 32],
    before: &[u8; 32],
    no: i64,
    at: i64,
    user: Option<&[u8; 16]>,
    kind: &str,
    what: &str,
) -> [u8; 32] {
    let mut h = blake3::Hasher::new_keyed(key);
    h.update(b"security event").update(before).update(&no.to_le_bytes()).update(&at.to_le_bytes());
    h.update(user.map_or(&[][..], |u| u));
    // With their lengths, or the end of one could pass as the start of the next.
    for text in [kind, what] {
        h.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    *h.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn an_event_hangs_on_the_key_on_all_before_it_and_on_each_of_its_parts() {
        let (key, before, user) = ([1; 32], [2; 32], [3; 16]);
        let hash = chain(&key, &before, 1, 2, Some(&user), "ab", "c");
        let others = [
            chain(&[9; 32], &before, 1, 2, Some(&user), "ab", "c"),
            chain(&key, &[9; 32], 1, 2, Some(&user), "ab", "c"),
            chain(&key, &before, 9, 2, Some(&user), "ab", "c"),
            chain(&key, &before, 1, 9, Some(&user), "ab", "c"),
            chain(&key, &before, 1, 2, None, "ab", "c"),
            chain(&key, &before, 1, 2, Some(&user), "a", "bc"),
            chain(&key, &before, 1, 2, Some(&user), "ab", "d"),
        ];
        assert!(!others.contains(&hash));
    }
}
