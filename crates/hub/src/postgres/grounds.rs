//! What changes are judged on: rows, what they point to, refused creations, what their authors are.
use super::{
    Error, access,
    filled::Grounds,
    sql::{Uid, rows},
};
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    feed::{Claim, Record, Rules, Sent, refers},
    merge::{Folded, Why},
};
use std::collections::{BTreeMap, BTreeSet};
use tokio_postgres::Row;

// Asked one by one inside of one statement: each finds its row by its key, whatever PostgreSQL knows of the table.
const ROWS: &str = "SELECT a.kind, a.record, f.row FROM unnest($2::smallint[], $3::uuid[]) a (kind, record)
  CROSS JOIN LATERAL (SELECT f.row FROM hub.folded f
    WHERE f.client_id = $1 AND f.kind = a.kind AND f.record = a.record LIMIT 1) f";
const THERE: &str = "SELECT a.kind, a.record FROM unnest($2::smallint[], $3::uuid[]) a (kind, record)
  CROSS JOIN LATERAL (SELECT FROM hub.folded f
    WHERE f.client_id = $1 AND f.kind = a.kind AND f.record = a.record LIMIT 1) f";
const REFUSED: &str = "SELECT a.kind, a.record, r.why FROM unnest($2::smallint[], $3::uuid[]) a (kind, record)
  CROSS JOIN LATERAL (SELECT r.why FROM hub.refused r WHERE r.client_id = $1 AND r.kind = a.kind
    AND r.record = a.record AND r.creates AND r.why IS NOT NULL LIMIT 1) r";

/// Everything that is taken of one thing after a moment; no more is asked of the index.
const CLAIMS: &str = "SELECT c.kind, c.record, c.what, c.from_at, c.to_at
  FROM unnest($2::uuid[], $3::bigint[]) a (what, since)
  CROSS JOIN LATERAL (SELECT * FROM hub.claim c
    WHERE c.client_id = $1 AND c.what = a.what AND c.to_at > a.since ORDER BY c.to_at) c";

/// What is kept of the words of rows; no index leads there, since it is asked for no other reason. Most texts are of
/// other tables, and are not read as JSON.
const TEXTS: &str = "SELECT sent FROM hub.entry
    WHERE client_id = $1 AND sent LIKE ANY ($3) AND sent::json ->> 'record' = ANY ($2)
  UNION SELECT sent FROM hub.refused WHERE client_id = $1 AND sent::json ->> 'record' = ANY ($2)
  UNION SELECT sent FROM hub.quarantine WHERE client_id = $1 AND sent::json ->> 'record' = ANY ($2)";

/// Reads what these changes are judged on.
pub(super) async fn grounds(
    tx: &Transaction<'_>,
    client: Id<Client>,
    rules: &(dyn Rules + Sync),
    changes: &[&Sent],
) -> Result<Grounds, Error> {
    let own = Columns::of(changes.iter().map(|s| s.record()).collect());
    let other = Columns::of(changes.iter().flat_map(|s| pointed(rules, s)).collect());
    let authors: BTreeSet<[u8; 16]> = changes.iter().map(|s| s.change.user.bytes()).collect();
    let authors: Vec<Uid> = authors.into_iter().map(Uid).collect();
    let (folded, there, refused, roles) = tokio::try_join!(
        of(tx, ROWS, client, &own),
        of(tx, THERE, client, &other),
        of(tx, REFUSED, client, &own),
        access::roles(tx, client, &authors),
    )?;
    let mut grounds = unread(&own, &other, &authors);
    grounds.roles.extend(roles.into_iter().map(|(user, role)| (user, Some(role))));
    for row in there {
        grounds.there.insert(record(&row)?, true);
    }
    for row in refused {
        grounds.refused.insert(record(&row)?, row.try_get::<_, Option<&str>>(2)?.and_then(Why::of));
    }
    for row in folded {
        take(&mut grounds, rules, &row)?;
    }
    grounds.texts = texts(tx, client, changes).await?;
    grounds.claims = claims(tx, client, &wanted(rules, changes, &grounds)).await?;
    Ok(grounds)
}

/// What is kept of the words of rows of which these changes erase something.
async fn texts(tx: &Transaction<'_>, client: Id<Client>, changes: &[&Sent]) -> Result<Vec<String>, Error> {
    let erasing: Vec<&Sent> = changes.iter().copied().filter(|s| s.erases()).collect();
    if erasing.is_empty() {
        return Ok(vec![]);
    }
    let of: Vec<String> = erasing.iter().map(|s| Id::<()>::from_bytes(s.change.record).to_string()).collect();
    let kinds: BTreeSet<u8> = erasing.iter().map(|s| s.change.kind).collect();
    let of_kind: Vec<String> = kinds.iter().map(|kind| format!("%\"kind\":{kind},%")).collect();
    let found = rows(tx, TEXTS, &[&Uid::from(client), &of, &of_kind]).await?;
    found.iter().map(|r| Ok(r.try_get(0)?)).collect()
}

/// What the changes may take, each with the first moment for which they may.
fn wanted(rules: &(dyn Rules + Sync), changes: &[&Sent], grounds: &Grounds) -> BTreeMap<[u8; 16], i64> {
    let mut wanted = BTreeMap::new();
    for sent in changes {
        let record = sent.record();
        let Some(shape) = rules.shape(record.0) else { continue };
        let Some(write) = sent.read(shape.columns) else { continue };
        // As if all of it were set, on the row as it is, and taken away or not.
        let mut row = grounds.rows.get(&record).cloned().flatten();
        let row = row.get_or_insert_with(|| Folded::blank(sent.change.op, shape.columns.len()));
        row.gone = false;
        write.patch.iter().for_each(|(at, value)| row.set(at, value.clone(), sent.change.op));
        if let Some(claim) = rules.claim(record, row) {
            let since = wanted.entry(claim.of).or_insert(claim.from);
            *since = claim.from.min(*since);
        }
    }
    wanted
}

async fn claims(
    tx: &Transaction<'_>,
    client: Id<Client>,
    wanted: &BTreeMap<[u8; 16], i64>,
) -> Result<BTreeMap<Record, Claim>, Error> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let of: Vec<Uid> = wanted.keys().map(|of| Uid(*of)).collect();
    let since: Vec<i64> = wanted.values().copied().collect();
    let found = rows(tx, CLAIMS, &[&Uid::from(client), &of, &since]).await?;
    let claim =
        |r: &Row| Ok((record(r)?, Claim { of: r.try_get::<_, Uid>(2)?.0, from: r.try_get(3)?, to: r.try_get(4)? }));
    found.iter().map(claim).collect()
}

/// Everything that is asked about, as if nothing were there.
fn unread(own: &Columns, other: &Columns, authors: &[Uid]) -> Grounds {
    Grounds {
        rows: own.records().map(|r| (r, None)).collect(),
        there: own.records().chain(other.records()).map(|r| (r, false)).collect(),
        refused: own.records().map(|r| (r, None)).collect(),
        claims: BTreeMap::new(),
        texts: vec![],
        roles: authors.iter().map(|a| ((*a).into(), None)).collect(),
    }
}

fn take(grounds: &mut Grounds, rules: &(dyn Rules + Sync), row: &Row) -> Result<(), Error> {
    let record = record(row)?;
    grounds.there.insert(record, true);
    // Of a table that is not known, the core asks for no row.
    let Some(shape) = rules.shape(record.0) else { return Ok(()) };
    let folded = Folded::of_text(shape.columns, row.try_get(2)?).ok_or(Error::Damaged("row"))?;
    grounds.rows.insert(record, Some(folded));
    Ok(())
}

fn pointed(rules: &(dyn Rules + Sync), sent: &Sent) -> Vec<Record> {
    let Some(shape) = rules.shape(sent.change.kind) else { return vec![] };
    let Some(write) = sent.read(shape.columns) else { return vec![] };
    refers(rules, shape, &write).collect()
}

/// Records as two columns.
struct Columns(Vec<i16>, Vec<Uid>);

impl Columns {
    fn of(records: BTreeSet<Record>) -> Self {
        let (kinds, ids) = records.into_iter().map(|(kind, id)| (i16::from(kind), Uid(id))).unzip();
        Columns(kinds, ids)
    }
    fn records(&self) -> impl Iterator<Item = Record> {
        self.0.iter().zip(&self.1).map(|(kind, id)| (*kind as u8, id.0))
    }
}

fn record(row: &Row) -> Result<Record, Error> {
    let kind = u8::try_from(row.try_get::<_, i16>(0)?).map_err(|_| Error::Damaged("kind"))?;
    Ok((kind, row.try_get::<_, Uid>(1)?.0))
}

async fn of(tx: &Transaction<'_>, sql: &str, client: Id<Client>, of: &Columns) -> Result<Vec<Row>, Error> {
    rows(tx, sql, &[&Uid::from(client), &of.0, &of.1]).await
}
