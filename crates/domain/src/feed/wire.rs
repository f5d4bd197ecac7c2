//! Messages as text: a first line of what holds for all, then one line for each change.
//!
//! Patches and bases stay the texts their author wrote, so that a program
//! passes on what it does not know.
use super::{Agree, Entry, Offer, Page, Push, Returned, Sealed, Sent};
use serde::{Serialize, de::DeserializeOwned};

/// A message that cannot be read: at which line, from 1, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Garbled {
    /// The line.
    pub line: usize,
    /// Why.
    pub why: String,
}

fn read<T: DeserializeOwned>(line: usize, text: &str) -> Result<T, Garbled> {
    serde_json::from_str(text).map_err(|e| Garbled { line, why: e.to_string() })
}

fn text<H: Serialize, L: Serialize>(head: &H, lines: &[L]) -> String {
    let mut text = serde_json::to_string(head).unwrap_or_default();
    for line in lines {
        text.push('\n');
        text.push_str(&serde_json::to_string(line).unwrap_or_default());
    }
    text
}

fn parts<H: DeserializeOwned, L: DeserializeOwned>(text: &str, most: usize) -> Result<(H, Vec<L>), Garbled> {
    let mut lines = text.lines().zip(1..);
    let (head, _) = lines.next().ok_or_else(|| Garbled { line: 1, why: "it is empty".into() })?;
    let head = read(1, head)?;
    let mut all = vec![];
    for (line, number) in lines {
        if all.len() == most {
            return Err(Garbled { line: number, why: format!("more than {most} changes") });
        }
        all.push(read(number, line)?);
    }
    Ok((head, all))
}

impl Push {
    /// Changes in one push at most.
    pub const MOST: usize = 500;
    /// The message as text.
    pub fn text(&self) -> String {
        text::<_, Sent>(self, &self.changes)
    }
    /// The message of a text.
    ///
    /// # Errors
    /// The line that cannot be read, or is one too many.
    pub fn of_text(text: &str) -> Result<Push, Garbled> {
        let (head, changes) = parts::<Push, Sent>(text, Self::MOST)?;
        Ok(Push { changes, ..head })
    }
}

impl Page {
    /// Entries in one page at most.
    pub const MOST: usize = 5000;
    /// The page as text.
    pub fn text(&self) -> String {
        text::<_, Entry>(self, &self.entries)
    }
    /// The page of a text.
    ///
    /// # Errors
    /// The line that cannot be read, or is one too many.
    pub fn of_text(text: &str) -> Result<Page, Garbled> {
        let (head, entries) = parts::<Page, Entry>(text, Self::MOST)?;
        Ok(Page { entries, ..head })
    }
}

impl Returned {
    /// Entries in one offer at most.
    pub const MOST: usize = 5000;
    /// Entries as text, behind a first line of what holds for all.
    pub fn text<H: Serialize>(head: &H, entries: &[Returned]) -> String {
        text(head, entries)
    }
    /// The first line and the entries of a text.
    ///
    /// # Errors
    /// The line that cannot be read, or is one too many.
    pub fn of_text<H: DeserializeOwned>(text: &str) -> Result<(H, Vec<Returned>), Garbled> {
        parts(text, Self::MOST)
    }
}

impl Offer {
    /// The message as text.
    pub fn text(&self) -> String {
        text::<_, Returned>(self, &self.entries)
    }
    /// The message of a text.
    ///
    /// # Errors
    /// The line that cannot be read, or is one too many.
    pub fn of_text(text: &str) -> Result<Offer, Garbled> {
        let (head, entries) = parts::<Offer, Returned>(text, Returned::MOST)?;
        Ok(Offer { entries, ..head })
    }
}

impl Sealed {
    /// The message as text.
    pub fn text(&self) -> String {
        text::<_, ()>(self, &[])
    }
    /// The message of a text.
    ///
    /// # Errors
    /// The line that cannot be read, or is one too many.
    pub fn of_text(text: &str) -> Result<Sealed, Garbled> {
        parts::<Sealed, ()>(text, 0).map(|parts| parts.0)
    }
}

impl Agree {
    /// Places in one question at most.
    pub const MOST: usize = 256;
}

/// Bytes as hexadecimal digits.
pub(super) mod bytes {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::fmt::Write;

    /// Writes the digits.
    ///
    /// # Errors
    /// Those of the format.
    pub(in crate::feed) fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, b| {
            let _ = write!(text, "{b:02x}");
            text
        }))
    }
    /// Reads them.
    ///
    /// # Errors
    /// Where they are no pairs of hexadecimal digits.
    pub(in crate::feed) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(d)?;
        let digit = |b: u8| char::from(b).to_digit(16).and_then(|n| u8::try_from(n).ok());
        let byte = |pair: &[u8]| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?);
        let read: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
        read.ok_or_else(|| D::Error::custom("not hexadecimal digits in pairs"))
    }
}

/// A hash as 64 hexadecimal digits.
pub mod hash {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::fmt::Write;

    /// The digits.
    pub fn hex(bytes: &[u8; 32]) -> String {
        bytes.iter().fold(String::with_capacity(64), |mut text, b| {
            let _ = write!(text, "{b:02x}");
            text
        })
    }
    /// The hash of its digits; none where they are none.
    pub fn of_hex(text: &str) -> Option<[u8; 32]> {
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, i) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[i..i + 2], 16).ok()?;
        }
        Some(bytes)
    }
    /// Writes the digits.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer>(bytes: &[u8; 32], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex(bytes))
    }
    /// Reads them.
    ///
    /// # Errors
    /// Where they are no 64 hexadecimal digits.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 32], D::Error> {
        of_hex(&String::deserialize(d)?).ok_or_else(|| D::Error::custom("not 64 hexadecimal digits"))
    }
}

/// A hash, or none.
pub(super) mod hash_or_none {
    use super::hash;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the digits.
    ///
    /// # Errors
    /// Those of the format.
    pub(in crate::feed) fn serialize<S: Serializer>(bytes: &Option<[u8; 32]>, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_some(&bytes.map(|b| hash::hex(&b)))
    }
    /// Reads them.
    ///
    /// # Errors
    /// Where they are no 64 hexadecimal digits.
    pub(in crate::feed) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<[u8; 32]>, D::Error> {
        let digits = |text: String| hash::of_hex(&text).ok_or_else(|| D::Error::custom("not 64 hexadecimal digits"));
        Option::<String>::deserialize(d)?.map(digits).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Id, Role,
        change::{Act, Change},
        feed::{Position, Stream},
        merge::{Decided, Fate, Verdict, Why},
    };

    fn stream() -> Stream {
        Stream { device: Id::from_bytes([3; 16]), incarnation: 7 }
    }
    fn sent() -> Sent {
        let change = Change {
            op: Id::from_bytes([1; 16]),
            client: Id::from_bytes([2; 16]),
            device: stream().device,
            incarnation: 7,
            dev_seq: 9,
            kind: 4,
            record: [5; 16],
            act: Act::Patch,
            patch: r#"{"new column":"\u00e4","name":"x"}"#.into(),
            base: "{}".into(),
            user: Id::from_bytes([6; 16]),
            at: 99,
            reason: Some("why".into()),
            schema: 1,
        };
        Sent::new(change, [8; 32])
    }
    fn push() -> Push {
        let at = Position { seq: 4, chain: [4; 32] };
        Push { client: Id::from_bytes([2; 16]), stream: stream(), first: 9, before: None, at, changes: vec![sent(); 3] }
    }
    fn entry() -> Entry {
        let decided = Decided { verdict: Verdict::Conflict, fates: vec![Fate::Set, Fate::Wait] };
        Entry { seq: 5, sent: sent(), decided, received_at: 100, stream: stream() }
    }
    fn page() -> Page {
        Page {
            client: Id::from_bytes([2; 16]),
            generation: 3,
            epoch: 1,
            from: push().at,
            entries: vec![entry(); 2],
            end: [9; 32],
            caught_up: true,
            durable: 2,
            roles: vec![(Id::from_bytes([6; 16]), Role::Leader)],
            signature: Some("5".repeat(128)),
        }
    }

    #[test]
    fn what_is_sent_arrives_as_it_was_written() {
        assert_eq!(Push::of_text(&push().text()).unwrap(), push());
        assert_eq!(Page::of_text(&page().text()).unwrap(), page());
        let signature = Some("6".repeat(128));
        let returned = vec![Returned { before: [1; 32], entry: entry(), key: None, signature, vouched: false }];
        let read = Returned::of_text::<Stream>(&Returned::text(&stream(), &returned)).unwrap();
        assert_eq!(read, (stream(), returned.clone()));
        let offer = Offer { client: push().client, entries: returned };
        assert_eq!(Offer::of_text(&offer.text()).unwrap(), offer);
        let sealed = Sealed { client: push().client, parting: [3; 16], sealed: vec![0, 7, 255] };
        assert_eq!(Sealed::of_text(&sealed.text()).unwrap(), sealed);
        assert_eq!(sent().hash(), Push::of_text(&push().text()).unwrap().changes[0].hash());
    }
    #[test]
    fn nobody_vouches_from_outside() {
        let forged = Returned { before: [1; 32], entry: entry(), key: None, signature: None, vouched: true };
        let text = Returned::text(&stream(), &[forged]).replace("\"before\"", "\"vouched\":true,\"before\"");
        assert!(!Returned::of_text::<Stream>(&text).unwrap().1[0].vouched);
    }
    #[test]
    fn a_hash_is_digits_and_no_signs() {
        let digits = hash::hex(&[0x1f; 32]);
        assert_eq!(hash::of_hex(&digits), Some([0x1f; 32]));
        assert_eq!(hash::of_hex(&digits.replacen("1f", "+f", 1)), None);
        assert_eq!(hash::of_hex(&digits[2..]), None);
    }
    #[test]
    fn verdicts_come_back() {
        for verdict in [Verdict::Applied, Verdict::Gone, Verdict::Rejected(Why::Rule)] {
            let text = serde_json::to_string(&verdict).unwrap();
            assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
        }
    }
    #[test]
    fn a_garbled_line_is_named_and_too_many_are_refused() {
        let text = push().text();
        let broken: Vec<&str> = text.lines().enumerate().map(|(i, l)| if i == 2 { &l[..20] } else { l }).collect();
        assert_eq!(Push::of_text(&broken.join("\n")).unwrap_err().line, 3);
        assert_eq!(Push::of_text("").unwrap_err().line, 1);
        let many = Push { changes: vec![sent(); Push::MOST + 1], ..push() };
        assert_eq!(Push::of_text(&many.text()).unwrap_err().line, Push::MOST + 2);
    }
    #[test]
    fn whatever_comes_in_is_read_or_refused() {
        let texts = [push().text(), page().text()];
        for text in texts {
            for cut in (0..text.len()).step_by(7).filter(|i| text.is_char_boundary(*i)) {
                let (short, with) = (&text[..cut], format!("{}\u{7f}{}", &text[..cut], &text[cut..]));
                drop((Push::of_text(short), Page::of_text(short), Push::of_text(&with), Page::of_text(&with)));
            }
        }
    }
}
