//! Wrong passwords, counted in the file before anybody hears of them.
use super::throttle::{NAME, PC, Pace, Tries};
use crate::{Result, Store};
use domain::{Code, Fault};
use rusqlite::{Connection, OptionalExtension, params};

/// The row that counts every try on this PC.
const WHOLE_PC: &str = "*";

/// A try that is under way, counted as wrong until it proves right.
pub(super) struct Try {
    name: String,
    before: Tries,
}

impl Store {
    /// Counts a try as wrong before it is looked at; `throttled` while one must wait.
    ///
    /// Counted first, so that neither pulling the plug nor trying twice at once
    /// makes a try free. What comes while waiting is not looked at and not counted.
    pub(super) fn begin_try(&self, name: &str) -> Result<Try> {
        // People type passwords into the wrong field: only a keyed hash is kept.
        let name =
            blake3::keyed_hash(&self.author.key, format!("throttle {}", name.to_lowercase()).as_bytes()).to_hex();
        let (name, now) = (name[..32].to_string(), self.clock().now().0);
        self.admin_write(|c| {
            let (own, whole) = (read(c, &name, NAME, now)?, read(c, WHOLE_PC, PC, now)?);
            let seconds = NAME.wait(own, now).max(PC.wait(whole, now));
            if seconds > 0 {
                // Kept as seen: after a clock was set back the wait starts at this now.
                write(c, &name, own)?;
                write(c, WHOLE_PC, whole)?;
                return Ok(Err(Fault::new(Code::Throttled).with("seconds", seconds)));
            }
            write(c, &name, NAME.failed(own, now))?;
            write(c, WHOLE_PC, PC.failed(whole, now))?;
            forget(c, now)?;
            Ok(Ok(Try { name: name.clone(), before: whole }))
        })?
        .map_err(Into::into)
    }
}

impl Try {
    /// Takes the count back: the password was right.
    ///
    /// Of the PC only this one try, or whoever has an account could clear the way
    /// for guessing another's.
    pub(super) fn succeeded(&self, c: &Connection) -> Result<()> {
        c.prepare("DELETE FROM main.throttle WHERE name = ?1")?.execute([&self.name])?;
        write(c, WHOLE_PC, self.before)
    }
}

fn read(c: &Connection, name: &str, pace: Pace, now: i64) -> Result<Tries> {
    let mut stmt = c.prepare("SELECT failures, last_failure FROM main.throttle WHERE name = ?1")?;
    let kept = stmt.query_row([name], |r| Ok(Tries { failures: r.get(0)?, last: r.get(1)? })).optional()?;
    Ok(kept.map_or(Tries { failures: 0, last: now }, |tries| pace.seen(tries, now)))
}

fn write(c: &Connection, name: &str, tries: Tries) -> Result<()> {
    c.prepare("DELETE FROM main.throttle WHERE name = ?1")?.execute([name])?;
    if tries.failures > 0 {
        let mut stmt = c.prepare("INSERT INTO main.throttle VALUES (?1, ?2, ?3)")?;
        stmt.execute(params![name, tries.failures, tries.last])?;
    }
    Ok(())
}

/// Drops counts that no longer mean anything, or made-up names would fill the file.
fn forget(c: &Connection, now: i64) -> Result<()> {
    let mut stmt = c.prepare("DELETE FROM main.throttle WHERE last_failure < ?1")?;
    stmt.execute([now.saturating_sub(NAME.forget())])?;
    Ok(())
}
