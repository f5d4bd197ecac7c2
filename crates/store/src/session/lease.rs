//! How long people work on a PC that does not hear its hub.
use super::{Person, joined::Kept};
use crate::Result;
use domain::{Code, Role, feed::Manifest};
use rusqlite::{Connection, OptionalExtension};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Until when a manifest holds, by this PC's clock, from when it was heard: a clock that is wrong stays as wrong meanwhile.
pub(super) fn of(manifest: &Manifest, heard: i64) -> i64 {
    heard.saturating_add(manifest.lease_until.saturating_sub(manifest.issued_at))
}

/// Until when somebody of a role may work here; always where no hub has said until when.
pub(super) fn until(c: &Connection, role: Role) -> Result<Option<i64>> {
    let mut stmt = c.prepare_cached("SELECT value FROM plant_setting WHERE name = ?1")?;
    let kept: Option<String> = stmt.query_row([Kept::Lease.name()], |r| r.get(0)).optional()?;
    let lease = kept.and_then(|text| text.parse::<i64>().ok());
    Ok(lease.map(|lease| lease.saturating_add(role.grace_days() * DAY)))
}

impl Person {
    /// Refuses who may no longer work here without the hub.
    ///
    /// # Errors
    /// `lease_over`.
    pub(super) fn in_time(&self, now: i64) -> Result<()> {
        if self.until.is_some_and(|until| now > until) { Err(Code::LeaseOver.into()) } else { Ok(()) }
    }
}
