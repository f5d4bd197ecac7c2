//! From where on something is pointed at, where no KPI says it.
use domain::{AlertKind, Client, Id};
use store::{Reader, Result, values};

/// Where a warning starts, and where it becomes critical; more is worse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// None: never.
    pub warning: Option<f64>,
    /// None: never.
    pub critical: Option<f64>,
}

impl Limit {
    /// The limit that a value lies beyond: the critical one, else the warning.
    pub fn passed(&self, value: f64) -> Option<f64> {
        let beyond = |limit: Option<f64>| limit.filter(|limit| value > *limit);
        beyond(self.critical).or_else(|| beyond(self.warning))
    }
}

/// The client's limit of a kind: its threshold under the kind's own word, else the usual one.
///
/// Hours a hold waits, days an order is or will be late, people short, minutes unexplained, hours since a backup.
pub(super) fn of(r: &Reader<'_>, client: Id<Client>, kind: AlertKind) -> Result<Limit> {
    let sql = "SELECT warning, critical FROM threshold WHERE client_id = ?1 AND kpi = ?2";
    let own = r.first(sql, values![client, kind.word().to_string()], |row| {
        Ok(Limit { warning: row.get(0)?, critical: row.get(1)? })
    })?;
    Ok(own.unwrap_or_else(|| usual(kind)))
}

/// What counts where nobody has set a limit; unexplained minutes and backups only where somebody has.
const fn usual(kind: AlertKind) -> Limit {
    match kind {
        AlertKind::HoldWaiting => Limit { warning: Some(24.0), critical: Some(72.0) },
        AlertKind::LateOrder => Limit { warning: Some(0.0), critical: Some(7.0) },
        AlertKind::OrderAtRisk => Limit { warning: Some(0.0), critical: None },
        AlertKind::CoverGap => Limit { warning: Some(0.0), critical: None },
        AlertKind::Unexplained | AlertKind::Backup | AlertKind::Kpi | AlertKind::Absence => {
            Limit { warning: None, critical: None }
        }
    }
}
