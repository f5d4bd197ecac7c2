//! Where a request stands in its client's log and stream, read in bulk.
use super::{
    Error,
    filled::Filled,
    sql::{Given, Uid, hash, id, name_clients, row, rows},
};
use crate::{
    core::{Head, Terms},
    logged::verdict,
};
use deadpool_postgres::Transaction;
use domain::{Client, Id, change::Op, feed::Stream, merge::Verdict};
use std::collections::BTreeMap;
use tokio_postgres::Row;

const HEAD: &str = "SELECT h.seq, h.chain, h.received_at, h.durable, h.key, s.locked, s.epoch
  FROM hub.client_head h CROSS JOIN hub.state s WHERE h.client_id = $1";
const HEAD_HELD: &str =
    "SELECT seq, chain, received_at, durable, key FROM hub.client_head WHERE client_id = $1 FOR UPDATE";
const STATE: &str = "SELECT locked, epoch FROM hub.state";
/// Two questions, each of which finds its place in the index; as one it would read the whole stream.
const NUMBERS: &str = "(SELECT number, op FROM hub.numbered
    WHERE client_id = $1 AND device = $2 AND incarnation = $3 AND number BETWEEN $4 AND $5)
  UNION ALL (SELECT number, op FROM hub.numbered WHERE client_id = $1 AND device = $2 AND incarnation = $3
    ORDER BY number DESC LIMIT 1)";

type Chains = BTreeMap<i64, Option<[u8; 32]>>;
type Numbers = BTreeMap<(Stream, i64), Option<Id<Op>>>;
type Verdicts = BTreeMap<Id<Op>, Option<Verdict>>;

/// Begins a request: names its client, reads where its log ends, and what holds for the request.
///
/// None where there is no such client. `held` makes others wait who write to it, too.
pub(super) async fn begin(
    tx: &Transaction<'_>,
    client: Id<Client>,
    now: i64,
    held: bool,
) -> Result<(Filled, Option<Terms>), Error> {
    // Named before anything is asked: what is asked earlier sees no rows.
    name_clients(tx, &[client]).await?;
    let mut filled = Filled { client: Some(client), ..Filled::default() };
    let Some((head, (locked, epoch))) = (if held { hold(tx, client).await? } else { look(tx, client).await? }) else {
        return Ok((filled, None));
    };
    filled.head = Some(Head { seq: head.try_get(0)?, chain: hash(&head, 1)?, received_at: head.try_get(2)? });
    filled.durable = head.try_get(3)?;
    let terms = Terms { locked, epoch, now, key: hash(&head, 4)? };
    Ok((filled, Some(terms)))
}

/// Whether the hub is locked, and in which life it is; for a client that it does not know.
pub(super) async fn state(tx: &Transaction<'_>) -> Result<(bool, i64), Error> {
    let state = row(tx, STATE, &[]).await?.ok_or(Error::Unknown("state of the hub"))?;
    Ok((state.try_get(0)?, state.try_get(1)?))
}

/// Where a log ends, and whether the hub is locked and in which life.
type End = Option<(Row, (bool, i64))>;

/// Asked at once: most who only look find nothing new.
async fn look(tx: &Transaction<'_>, client: Id<Client>) -> Result<End, Error> {
    let found = row(tx, HEAD, &[&Uid::from(client)]).await?;
    found.map(|head| Ok((head.try_get(5)?, head.try_get(6)?)).map(|state| (head, state))).transpose()
}

/// Asked after the end is held: whoever waited for it knows what was decided meanwhile.
async fn hold(tx: &Transaction<'_>, client: Id<Client>) -> Result<End, Error> {
    let key = Uid::from(client);
    let given: Given<'_> = &[&key];
    let (head, state) = tokio::try_join!(row(tx, HEAD_HELD, given), row(tx, STATE, &[]))?;
    let state = state.ok_or(Error::Unknown("state of the hub"))?;
    head.map(|head| Ok((head, (state.try_get(0)?, state.try_get(1)?)))).transpose()
}

/// The chain at each of these numbers.
pub(super) async fn chains(tx: &Transaction<'_>, client: Id<Client>, numbers: &[i64]) -> Result<Chains, Error> {
    let sql = "SELECT a.seq, e.chain FROM unnest($2::bigint[]) a (seq)
      CROSS JOIN LATERAL (SELECT chain FROM hub.entry e WHERE e.client_id = $1 AND e.seq = a.seq LIMIT 1) e";
    let found = rows(tx, sql, &[&Uid::from(client), &numbers]).await?;
    let mut chains: Chains = numbers.iter().map(|n| (*n, None)).collect();
    for row in found {
        chains.insert(row.try_get(0)?, Some(hash(&row, 1)?));
    }
    Ok(chains)
}

/// So many numbers of a stream from `first` on, and the last of all.
pub(super) async fn numbers(
    tx: &Transaction<'_>,
    client: Id<Client>,
    stream: Stream,
    first: i64,
    many: usize,
) -> Result<(Numbers, i64), Error> {
    let until = first.saturating_add(i64::try_from(many).unwrap_or(i64::MAX) - 1);
    let (device, life) = (Uid::from(stream.device), i64::from(stream.incarnation));
    let found = rows(tx, NUMBERS, &[&Uid::from(client), &device, &life, &first, &until]).await?;
    let mut numbers: Numbers = (first..=until).map(|n| ((stream, n), None)).collect();
    let mut last = 0;
    for row in found {
        let number = row.try_get(0)?;
        last = i64::max(last, number);
        numbers.insert((stream, number), Some(id(&row, 1)?));
    }
    Ok((numbers, last))
}

/// What was decided of each of these changes.
pub(super) async fn verdicts(tx: &Transaction<'_>, client: Id<Client>, ops: &[Id<Op>]) -> Result<Verdicts, Error> {
    let sql = "SELECT a.op, v.verdict, v.why FROM unnest($2::uuid[]) a (op) CROSS JOIN LATERAL
      (SELECT verdict, why FROM hub.verdict v WHERE v.client_id = $1 AND v.op = a.op LIMIT 1) v";
    let keys: Vec<Uid> = ops.iter().map(|o| (*o).into()).collect();
    let found = rows(tx, sql, &[&Uid::from(client), &keys]).await?;
    let mut verdicts: Verdicts = ops.iter().map(|o| (*o, None)).collect();
    for row in found {
        verdicts.insert(id(&row, 0)?, Some(verdict(row.try_get::<_, i16>(1)?.into(), row.try_get(2)?)?));
    }
    Ok(verdicts)
}

/// Whether the newest checked backup holds a parting.
pub(super) async fn parting(tx: &Transaction<'_>, client: Id<Client>, parting: [u8; 16]) -> Result<bool, Error> {
    let sql = "SELECT kept FROM hub.parting WHERE client_id = $1 AND parting = $2";
    let found = row(tx, sql, &[&Uid::from(client), &Uid(parting)]).await?;
    Ok(found.map_or(Ok(false), |r| r.try_get(0))?)
}
