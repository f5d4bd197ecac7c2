//! Reads every client's log through, and names the first place where it does not hold.
use super::{
    Config, Error, Postgres, ask,
    sql::{hash, id, rows},
};
use crate::office::name_all;
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    feed::{Position, Pull},
};
use tokio_postgres::IsolationLevel;

/// Entries in memory at once.
const PAGE: usize = 500;

/// What came of reading the logs.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) entries: u64,
    pub(crate) clients: usize,
    /// The first place that does not hold: client, number, and what is wrong there.
    pub(crate) broken: Option<(String, i64, &'static str)>,
}

/// Where a client's log ends, and what its chain is made with.
struct End {
    client: Id<Client>,
    at: Position,
    key: [u8; 32],
}

/// Reads every log through.
///
/// # Errors
/// Those of PostgreSQL; where an entry cannot be read.
pub(crate) async fn broken(config: &Config) -> Result<Read, Error> {
    let mut connection = Postgres::pool(config)?.get().await?;
    // One snapshot, so that what is written meanwhile is no hole.
    let reading = connection.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let tx = reading.start().await?;
    name_all(&tx).await?;
    let mut read = Read::default();
    for row in rows(&tx, "SELECT client_id, seq, chain, key FROM hub.client_head ORDER BY 1", &[]).await? {
        let at = Position { seq: row.try_get(1)?, chain: hash(&row, 2)? };
        let end = End { client: id(&row, 0)?, at, key: hash(&row, 3)? };
        let (last, wrong) = follow(&tx, &end).await?;
        (read.clients, read.entries) = (read.clients + 1, read.entries + u64::try_from(last).unwrap_or(0));
        if let Some(wrong) = wrong {
            read.broken = Some((end.client.to_string(), last + 1, wrong));
            break;
        }
    }
    Ok(read)
}

/// Follows a log to its end; the last number that holds, and what is wrong with the next.
async fn follow(tx: &Transaction<'_>, end: &End) -> Result<(i64, Option<&'static str>), Error> {
    let mut at = Position::START;
    loop {
        let page = ask::entries(tx, &Pull { client: end.client, at, limit: PAGE }).await?;
        if page.is_empty() {
            break;
        }
        for (entry, chain) in page {
            if entry.seq != at.seq + 1 {
                return Ok((at.seq, Some("order_gap")));
            }
            if entry.link(&end.key, &at.chain) != chain {
                return Ok((at.seq, Some("order_chain")));
            }
            at = Position { seq: entry.seq, chain };
        }
    }
    Ok((at.seq, (at != end.at).then_some("order_end")))
}
