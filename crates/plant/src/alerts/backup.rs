//! The newest backup is old.
use super::Look;
use domain::{AlertKind, time::Instant};
use store::Result;

/// Points at the age of the newest backup, or of a file that never had one.
pub(super) fn look(look: &mut Look<'_, '_>, since: Option<Instant>) -> Result<()> {
    let Some(since) = since else { return Ok(()) };
    let (limit, hours) = (look.limit(AlertKind::Backup)?, look.r.now().minutes_since(since) / 60.0);
    look.beyond(limit, AlertKind::Backup, ("newest".into(), String::new()), hours);
    Ok(())
}
