//! What the core made, written in bulk.
use super::{
    Error,
    filled::Filled,
    sql::{Uid, row, run},
};
use crate::{
    core::Ledger,
    logged::{creates, text, why},
};
use deadpool_postgres::Transaction;
use domain::{
    feed::{Record, Rules},
    merge::Fate,
};

/// Writes everything a request made.
pub(super) async fn keep(
    tx: &Transaction<'_>,
    filled: &Filled,
    rules: &(dyn Rules + Sync),
    now: i64,
) -> Result<(), Error> {
    let client = Uid::from(filled.client());
    tokio::try_join!(
        entries(tx, &client, filled),
        head(tx, &client, filled),
        rows(tx, &client, filled, rules),
        claims(tx, &client, filled, rules),
        verdicts(tx, &client, filled),
        numbers(tx, &client, filled),
        refused(tx, &client, filled),
        quarantined(tx, &client, filled, now),
        partings(tx, &client, filled, now),
        redacted(tx, &client, filled),
    )?;
    Ok(())
}

async fn entries(tx: &Transaction<'_>, client: &Uid, filled: &Filled) -> Result<(), Error> {
    let made = &filled.made.entries;
    if made.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO hub.entry (client_id, seq, chain, received_at, device, incarnation, verdict, fates, sent)
      SELECT $1::uuid, * FROM unnest($2::bigint[], $3::bytea[], $4::bigint[], $5::uuid[], $6::bigint[], $7::smallint[],
        $8::text[], $9::text[])";
    let seqs: Vec<i64> = made.iter().map(|(e, _)| e.seq).collect();
    let chains: Vec<&[u8]> = made.iter().map(|(_, chain)| &chain[..]).collect();
    let received: Vec<i64> = made.iter().map(|(e, _)| e.received_at).collect();
    let devices: Vec<Uid> = made.iter().map(|(e, _)| e.stream.device.into()).collect();
    let lives: Vec<i64> = made.iter().map(|(e, _)| i64::from(e.stream.incarnation)).collect();
    let verdicts: Vec<i16> = made.iter().map(|(e, _)| i16::from(e.decided.verdict.number())).collect();
    let fates: Vec<String> = made.iter().map(|(e, _)| Fate::text(&e.decided.fates)).collect();
    let sent: Vec<String> = made.iter().map(|(e, _)| text(&e.sent)).collect();
    run(tx, sql, &[client, &seqs, &chains, &received, &devices, &lives, &verdicts, &fates, &sent]).await.map(drop)
}

async fn head(tx: &Transaction<'_>, client: &Uid, filled: &Filled) -> Result<(), Error> {
    if filled.made.entries.is_empty() {
        return Ok(());
    }
    let head = filled.head()?;
    let sql = "UPDATE hub.client_head SET seq = $2, chain = $3, received_at = $4 WHERE client_id = $1";
    run(tx, sql, &[client, &head.seq, &&head.chain[..], &head.received_at]).await.map(drop)
}

async fn rows(tx: &Transaction<'_>, client: &Uid, filled: &Filled, rules: &(dyn Rules + Sync)) -> Result<(), Error> {
    let (mut kinds, mut ids, mut texts) = (vec![], vec![], vec![]);
    for record in &filled.made.touched {
        let (Some(row), Some(shape)) = (filled.row(*record)?, rules.shape(record.0)) else { continue };
        kinds.push(i16::from(record.0));
        ids.push(Uid(record.1));
        texts.push(row.text(shape.columns));
    }
    if kinds.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO hub.folded (client_id, kind, record, row)
      SELECT $1::uuid, * FROM unnest($2::smallint[], $3::uuid[], $4::text[])
      ON CONFLICT (client_id, kind, record) DO UPDATE SET row = excluded.row";
    run(tx, sql, &[client, &kinds, &ids, &texts]).await.map(drop)
}

/// What rows take from now on, where their tables take anything at all.
async fn claims(tx: &Transaction<'_>, client: &Uid, filled: &Filled, rules: &(dyn Rules + Sync)) -> Result<(), Error> {
    let takes = |record: &&Record| rules.takes(record.0);
    let all: Vec<Record> = filled.made.touched.iter().filter(takes).copied().collect();
    if all.is_empty() {
        return Ok(());
    }
    let (kinds, ids): (Vec<i16>, Vec<Uid>) = all.iter().map(|(kind, id)| (i16::from(*kind), Uid(*id))).unzip();
    let sql = "DELETE FROM hub.claim c USING unnest($2::smallint[], $3::uuid[]) a (kind, record)
      WHERE c.client_id = $1 AND c.kind = a.kind AND c.record = a.record";
    run(tx, sql, &[client, &kinds, &ids]).await?;
    let (mut kinds, mut ids, mut of, mut from, mut to) = (vec![], vec![], vec![], vec![], vec![]);
    for (record, claim) in all.iter().filter_map(|r| Some((r, filled.grounds.claims.get(r)?))) {
        kinds.push(i16::from(record.0));
        ids.push(Uid(record.1));
        of.push(Uid(claim.of));
        from.push(claim.from);
        to.push(claim.to);
    }
    let sql = "INSERT INTO hub.claim (client_id, kind, record, what, from_at, to_at)
      SELECT $1::uuid, * FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[])";
    run(tx, sql, &[client, &kinds, &ids, &of, &from, &to]).await.map(drop)
}

async fn verdicts(tx: &Transaction<'_>, client: &Uid, filled: &Filled) -> Result<(), Error> {
    let made = &filled.made.verdicts;
    if made.is_empty() {
        return Ok(());
    }
    let ops: Vec<Uid> = made.iter().map(|(op, _)| (*op).into()).collect();
    let numbers: Vec<i16> = made.iter().map(|(_, v)| i16::from(v.number())).collect();
    let whys: Vec<Option<&str>> = made.iter().map(|(_, v)| why(v)).collect();
    let sql = "INSERT INTO hub.verdict (client_id, op, verdict, why)
      SELECT $1::uuid, * FROM unnest($2::uuid[], $3::smallint[], $4::text[])";
    run(tx, sql, &[client, &ops, &numbers, &whys]).await.map(drop)
}

async fn numbers(tx: &Transaction<'_>, client: &Uid, filled: &Filled) -> Result<(), Error> {
    let made = &filled.made.numbers;
    if made.is_empty() {
        return Ok(());
    }
    let devices: Vec<Uid> = made.iter().map(|(s, ..)| s.device.into()).collect();
    let lives: Vec<i64> = made.iter().map(|(s, ..)| i64::from(s.incarnation)).collect();
    let numbers: Vec<i64> = made.iter().map(|(_, number, _)| *number).collect();
    let ops: Vec<Uid> = made.iter().map(|(.., op)| (*op).into()).collect();
    let sql = "INSERT INTO hub.numbered (client_id, device, incarnation, number, op)
      SELECT $1::uuid, * FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[])";
    run(tx, sql, &[client, &devices, &lives, &numbers, &ops]).await.map(drop)
}

async fn refused(tx: &Transaction<'_>, client: &Uid, filled: &Filled) -> Result<(), Error> {
    let made = &filled.made.refused;
    if made.is_empty() {
        return Ok(());
    }
    let ops: Vec<Uid> = made.iter().map(|s| s.change.op.into()).collect();
    let kinds: Vec<i16> = made.iter().map(|s| i16::from(s.change.kind)).collect();
    let ids: Vec<Uid> = made.iter().map(|s| Uid(s.change.record)).collect();
    let creates: Vec<bool> = made.iter().map(creates).collect();
    let whys = made.iter().map(|s| Ok(filled.verdict(s.change.op)?.as_ref().and_then(why)));
    let whys: Vec<Option<&str>> = whys.collect::<Result<_, Error>>()?;
    let sent: Vec<String> = made.iter().map(text).collect();
    let sql = "INSERT INTO hub.refused (client_id, op, kind, record, creates, why, sent)
      SELECT $1::uuid, * FROM unnest($2::uuid[], $3::smallint[], $4::uuid[], $5::boolean[],
        $6::text[], $7::text[])";
    run(tx, sql, &[client, &ops, &kinds, &ids, &creates, &whys, &sent]).await.map(drop)
}

/// Another text under the same name is kept beside the first.
async fn quarantined(tx: &Transaction<'_>, client: &Uid, filled: &Filled, now: i64) -> Result<(), Error> {
    let made = &filled.made.quarantined;
    if made.is_empty() {
        return Ok(());
    }
    let ops: Vec<Uid> = made.iter().map(|s| s.change.op.into()).collect();
    let hashes: Vec<Vec<u8>> = made.iter().map(|s| s.hash().to_vec()).collect();
    let sent: Vec<String> = made.iter().map(text).collect();
    let sql = "INSERT INTO hub.quarantine (client_id, op, hash, received_at, sent)
      SELECT $1::uuid, op, hash, $2::bigint, sent FROM unnest($3::uuid[], $4::bytea[], $5::text[]) a (op, hash, sent)
      ON CONFLICT DO NOTHING";
    run(tx, sql, &[client, &now, &ops, &hashes, &sent]).await.map(drop)
}

/// Every text that is to give way has to, or nothing of the request is kept.
async fn redacted(tx: &Transaction<'_>, client: &Uid, filled: &Filled) -> Result<(), Error> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        filled.made.redacted.iter().map(|(b, a)| (b.as_str(), a.as_str())).unzip();
    if before.is_empty() {
        return Ok(());
    }
    let found = row(tx, "SELECT hub.redact($1, $2, $3)", &[client, &before, &after]).await?;
    let done: i64 = found.map_or(Ok(0), |r| r.try_get(0))?;
    if usize::try_from(done) == Ok(before.len()) { Ok(()) } else { Err(Error::Damaged("erasure")) }
}

async fn partings(tx: &Transaction<'_>, client: &Uid, filled: &Filled, now: i64) -> Result<(), Error> {
    let made: Vec<Uid> = filled.made.partings.iter().map(|p| Uid(*p)).collect();
    if made.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO hub.parting (client_id, parting, received_at) SELECT $1::uuid, parting, $2::bigint
      FROM unnest($3::uuid[]) a (parting) ON CONFLICT DO NOTHING";
    run(tx, sql, &[client, &now, &made]).await.map(drop)
}
