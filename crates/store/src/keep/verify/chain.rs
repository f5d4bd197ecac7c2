//! The two chains of the log: every change's, and the keyed one of its order.
use super::{Check, Place, Steps};
use crate::{Result, repository::act, session::ClientRef};
use domain::{
    Id,
    change::{Change, confirm, seal},
};
use rusqlite::{Connection, OptionalExtension, Row};

const CHANGES: &str =
    "SELECT c.op, d.id, c.incarnation, c.dev_seq, c.kind, c.record, c.act, c.patch, c.base, u.id, c.at,
      c.reason, c.schema_v, c.hash, c.client_id, r.patch_hash, r.seal,
      coalesce(n.prev, x.prev, o.prev)
    FROM change c LEFT JOIN peer u ON u.no = c.user_no LEFT JOIN peer d ON d.no = c.device_no
    LEFT JOIN redaction r ON r.client_id = c.client_id AND r.op = c.op
    LEFT JOIN confirmation n ON n.client_id = c.client_id AND n.op = c.op AND n.stream IS NOT NULL
    LEFT JOIN refused x ON x.client_id = c.client_id AND x.op = c.op
    LEFT JOIN cut_off o ON o.client_id = c.client_id AND o.op = c.op
    WHERE c.client_id = ?1 ORDER BY c.device_no, c.incarnation, c.dev_seq";

/// Every change is as it was written, and none is missing between two.
pub(super) fn changes(
    c: &Connection,
    key: &[u8; 32],
    clients: &[ClientRef],
    check: &mut Check,
    steps: &mut Steps<'_>,
) -> Result<()> {
    for client in clients {
        let mut stmt = c.prepare_cached(CHANGES)?;
        let mut rows = stmt.query([client.id.bytes().as_slice()])?;
        let (mut before, mut who) = ((0, [0; 32]), None);
        while let Some(row) = rows.next()? {
            check.looked_at += 1;
            steps.step();
            let hash: [u8; 32] = row.get(13)?;
            let number: i64 = row.get(3)?;
            let place = |what| Place {
                what,
                table: "change".into(),
                client: Some(client.code.clone()),
                row: Some(number.to_string()),
                detail: None,
            };
            let Some(change) = change(row)? else {
                check.report(place("unreadable"));
                continue;
            };
            if who.replace((change.device, change.incarnation)) != Some((change.device, change.incarnation)) {
                before = (0, [0; 32]);
            }
            // Of what others wrote a file has what the hub took: what stood before is told with each.
            if let Some(told) = row.get::<_, Option<[u8; 32]>>(17)?.filter(|_| change.dev_seq != before.0 + 1) {
                before = (change.dev_seq - 1, told);
            }
            if change.dev_seq != before.0 + 1 {
                check.report(place("gap"));
            } else if whole(key, &change, row, &before.1)? != Some(hash) {
                let detail = Some(Id::<()>::from_bytes(change.record).to_string());
                check.report(Place { detail, ..place("altered") });
            }
            before = (change.dev_seq, hash);
        }
    }
    Ok(())
}

/// The hash of a change; of one that an erasure has redacted, with the hash of what was written.
///
/// None where what the erasure left is not as it left it.
fn whole(key: &[u8; 32], change: &Change, row: &Row<'_>, before: &[u8; 32]) -> rusqlite::Result<Option<[u8; 32]>> {
    let (written, kept): (Option<[u8; 32]>, Option<[u8; 32]>) = (row.get(15)?, row.get(16)?);
    let (Some(written), Some(kept)) = (written, kept) else { return Ok(Some(change.hash(before))) };
    let sealed = seal(key, change.client, change.op, &written, &change.patch) == kept;
    Ok(sealed.then(|| change.hash_redacted(before, &written)))
}

/// The change of a row; none where people, PC or act are not there.
fn change(r: &Row<'_>) -> rusqlite::Result<Option<Change>> {
    let (device, user) = (r.get::<_, Option<[u8; 16]>>(1)?, r.get::<_, Option<[u8; 16]>>(9)?);
    let (Some(device), Some(user), Some(act)) = (device, user, act(r.get(6)?)) else { return Ok(None) };
    Ok(Some(Change {
        op: Id::from_bytes(r.get(0)?),
        client: Id::from_bytes(r.get(14)?),
        device: Id::from_bytes(device),
        incarnation: r.get(2)?,
        dev_seq: r.get(3)?,
        kind: r.get(4)?,
        record: r.get(5)?,
        act,
        patch: r.get(7)?,
        base: r.get(8)?,
        user: Id::from_bytes(user),
        at: r.get(10)?,
        reason: r.get(11)?,
        schema: r.get(12)?,
    }))
}

const CONFIRMED: &str = "SELECT n.seq, n.decision, n.received_at, n.chain, c.hash, n.fates, n.stream,
      d.id, c.incarnation
    FROM confirmation n LEFT JOIN change c ON c.client_id = n.client_id AND c.op = n.op
    LEFT JOIN peer d ON d.no = c.device_no WHERE n.client_id = ?1 ORDER BY n.seq";

/// The order of every client's log is whole, from its first change to its head.
pub(super) fn confirmations(
    c: &Connection,
    key: &[u8; 32],
    clients: &[ClientRef],
    check: &mut Check,
    steps: &mut Steps<'_>,
) -> Result<()> {
    for client in clients {
        let place = |what, seq: i64| Place {
            what,
            table: "confirmation".into(),
            client: Some(client.code.clone()),
            row: Some(seq.to_string()),
            detail: None,
        };
        let key = &chain_key(c, client, key)?;
        let mut stmt = c.prepare_cached(CONFIRMED)?;
        let mut rows = stmt.query([client.id.bytes().as_slice()])?;
        let (mut seq, mut chain, mut received) = (0, [0; 32], i64::MIN);
        while let Some(row) = rows.next()? {
            check.looked_at += 1;
            steps.step();
            let (n, at, kept): (i64, i64, [u8; 32]) = (row.get(0)?, row.get(2)?, row.get(3)?);
            let (decision, hash): (u8, Option<[u8; 32]>) = (row.get(1)?, row.get(4)?);
            let told = told(row)?;
            if n != seq + 1 {
                check.report(place("gap", seq + 1));
            } else if hash.is_none_or(|h| confirm(key, &chain, n, &h, decision, at, &told) != kept) {
                check.report(place("chain", n));
            }
            if at < received {
                check.report(place("time", n));
            }
            (seq, chain, received) = (n, kept, at);
        }
        ends(c, client, (seq, chain), check)?;
    }
    Ok(())
}

/// The key of a client's chain: the hub's where one orders the log, else the file's own.
fn chain_key(c: &Connection, client: &ClientRef, own: &[u8; 32]) -> Result<[u8; 32]> {
    let mut stmt = c.prepare_cached("SELECT chain_key FROM feed WHERE client_id = ?1")?;
    let key = stmt.query_row([client.id.bytes().as_slice()], |r| r.get(0)).optional()?;
    Ok(key.unwrap_or(*own))
}

/// What else a hub said of an entry, as its chain holds it.
fn told(row: &Row<'_>) -> rusqlite::Result<Vec<u8>> {
    let (fates, stream): (Option<String>, Option<[u8; 20]>) = (row.get(5)?, row.get(6)?);
    let (device, incarnation): (Option<[u8; 16]>, Option<u32>) = (row.get(7)?, row.get(8)?);
    let own = device.map(|d| (Id::from_bytes(d), incarnation.unwrap_or(0)));
    let stream = stream.map(|s| {
        let (device, life) = s.split_at(16);
        let stream = (device.try_into().unwrap_or_default(), life.try_into().unwrap_or_default());
        (Id::from_bytes(stream.0), u32::from_le_bytes(stream.1))
    });
    Ok(domain::feed::told(fates.as_deref().unwrap_or(""), stream.filter(|s| Some(*s) != own)))
}

/// The log ends where its head says, and every change is in its order or on a list.
fn ends(c: &Connection, client: &ClientRef, last: (i64, [u8; 32]), check: &mut Check) -> Result<()> {
    let id = client.id.bytes();
    let code = || Some(client.code.clone());
    let mut head = c.prepare_cached("SELECT seq, chain FROM head WHERE client_id = ?1")?;
    let head = head.query_row([id.as_slice()], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    if head.unwrap_or((0, [0; 32])) != last {
        let row = Some(last.0.to_string());
        check.report(Place { what: "end", table: "confirmation".into(), client: code(), row, detail: None });
    }
    let sql = "SELECT dev_seq FROM change c WHERE client_id = ?1
        AND op NOT IN (SELECT op FROM confirmation WHERE client_id = ?1)
        AND op NOT IN (SELECT op FROM own_change WHERE client_id = ?1 AND state < 2)
        AND op NOT IN (SELECT op FROM refused WHERE client_id = ?1)
        AND op NOT IN (SELECT op FROM cut_off WHERE client_id = ?1) ORDER BY op LIMIT 1";
    let lost: Option<i64> = c.prepare_cached(sql)?.query_row([id.as_slice()], |r| r.get(0)).optional()?;
    if let Some(number) = lost {
        let row = Some(number.to_string());
        check.report(Place { what: "unconfirmed", table: "change".into(), client: code(), row, detail: None });
    }
    Ok(())
}
