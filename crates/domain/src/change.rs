//! The change: what its author wrote, chained so that nothing can be altered.
use crate::{Client, Column, Entity, Id, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What a record of the log is identified by.
pub enum Op {}
/// A person's account.
pub enum User {}
/// A PC.
pub enum Device {}

crate::words! {
    /// What a change does to its row.
    Act {
        /// Makes it.
        Create = "create",
        /// Changes columns.
        Patch = "patch",
        /// Takes it away.
        Remove = "remove",
        /// Brings it back.
        Restore = "restore",
    }
}

/// The version of the schema that changes are written in.
pub const SCHEMA: u32 = 2;
/// The first that knows of changes which lost words; an older program would take them for a broken log.
pub const KNOWS_ERASED: u32 = 2;

/// One recorded write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which change it is.
    pub op: Id<Op>,
    /// Whose row it concerns.
    pub client: Id<Client>,
    /// Where it was written.
    pub device: Id<Device>,
    /// Which life of the device's file wrote it.
    pub incarnation: u32,
    /// Gap-free number per device and client, from 1.
    pub dev_seq: i64,
    /// The table's number.
    pub kind: u8,
    /// The row.
    #[serde(with = "crate::id::bytes")]
    pub record: [u8; 16],
    /// What happens to it.
    pub act: Act,
    /// `{column: value}`, canonical.
    pub patch: String,
    /// `{column: [ops under the value shown]}`, canonical.
    pub base: String,
    /// Who wrote it.
    pub user: Id<User>,
    /// The author's wall clock, milliseconds since 1970.
    pub at: i64,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
    /// The schema it is written in.
    pub schema: u32,
}

impl Change {
    /// The hash over the previous hash, every field, and the hash of the patch.
    ///
    /// The patch enters as its own hash so that an audited erasure can redact
    /// it without breaking the chain.
    pub fn hash(&self, prev: &[u8; 32]) -> [u8; 32] {
        self.hash_redacted(prev, blake3::hash(self.patch.as_bytes()).as_bytes())
    }
    /// The same, of a change whose patch is known only by its hash.
    pub fn hash_redacted(&self, prev: &[u8; 32], patch: &[u8; 32]) -> [u8; 32] {
        let mut h = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            h.update(&(bytes.len() as u32).to_le_bytes());
            h.update(bytes);
        };
        add(prev);
        for id in [self.op.bytes(), self.client.bytes(), self.device.bytes(), self.record, self.user.bytes()] {
            add(&id);
        }
        for n in [i64::from(self.incarnation), self.dev_seq, i64::from(self.kind), self.at, i64::from(self.schema)] {
            add(&n.to_le_bytes());
        }
        for s in [self.act.word(), &self.base] {
            add(s.as_bytes());
        }
        add(self.reason.as_deref().map_or(&[0][..], str::as_bytes));
        add(patch);
        *h.finalize().as_bytes()
    }
}

/// Extends the keyed chain of confirmations by one.
///
/// `told` is what else the hub says of the change; nothing where all of it
/// stands and its author's numbers are the stream's.
pub fn confirm(
    key: &[u8; 32],
    chain: &[u8; 32],
    seq: i64,
    hash: &[u8; 32],
    decision: u8,
    received_at: i64,
    told: &[u8],
) -> [u8; 32] {
    let mut h = blake3::Hasher::new_keyed(key);
    h.update(chain).update(&seq.to_le_bytes()).update(hash).update(&[decision]).update(&received_at.to_le_bytes());
    h.update(told);
    *h.finalize().as_bytes()
}

/// Seals what an audited erasure left of a patch to the hash of what was written.
///
/// The chain holds the old hash only; without a seal the new text could be
/// altered unseen.
pub fn seal(key: &[u8; 32], client: Id<Client>, op: Id<Op>, written: &[u8; 32], left: &str) -> [u8; 32] {
    let mut h = blake3::Hasher::new_keyed(key);
    h.update(b"redaction").update(&client.bytes()).update(&op.bytes()).update(written).update(left.as_bytes());
    *h.finalize().as_bytes()
}

/// `{column: value}` of the chosen columns, keys in order.
pub fn patch(columns: &[Column], values: &[Value], chosen: impl Iterator<Item = usize>) -> String {
    Json::Object(chosen.map(|i| (columns[i].name.to_string(), values[i].to_json())).collect::<Map<_, _>>()).to_string()
}

/// The patch that creates a row: every column that is not empty.
pub fn creation<E: Entity>(values: &[Value]) -> String {
    patch(E::COLUMNS, values, (0..values.len()).filter(|&i| values[i] != Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Change {
        let id = |n: u8| [n; 16];
        Change {
            op: Id::from_bytes(id(1)),
            client: Id::from_bytes(id(2)),
            device: Id::from_bytes(id(3)),
            incarnation: 1,
            dev_seq: 7,
            kind: 4,
            record: id(5),
            act: Act::Patch,
            patch: r#"{"name":"x"}"#.into(),
            base: "{}".into(),
            user: Id::from_bytes(id(6)),
            at: 99,
            reason: None,
            schema: SCHEMA,
        }
    }

    #[test]
    fn every_field_of_a_change_is_under_its_hash() {
        let (c, h) = (sample(), sample().hash(&[0; 32]));
        let other = |f: fn(&mut Change)| {
            let mut c = sample();
            f(&mut c);
            c.hash(&[0; 32])
        };
        assert_ne!(h, c.hash(&[1; 32]));
        let edits: [fn(&mut Change); 8] = [
            |c| c.patch = "{}".into(),
            |c| c.base = "[]".into(),
            |c| c.at += 1,
            |c| c.dev_seq += 1,
            |c| c.kind += 1,
            |c| c.act = Act::Remove,
            |c| c.reason = Some(String::new()),
            |c| c.user = Id::from_bytes([9; 16]),
        ];
        edits.into_iter().for_each(|f| assert_ne!(h, other(f)));
    }

    #[test]
    fn a_redacted_patch_keeps_the_hash() {
        let c = sample();
        let patch = *blake3::hash(c.patch.as_bytes()).as_bytes();
        let redacted = Change { patch: String::new(), ..c.clone() };
        assert_eq!(c.hash(&[3; 32]), redacted.hash_redacted(&[3; 32], &patch));
    }
}
