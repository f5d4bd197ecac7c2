//! What stands around a message: its headers, its limits, and how it is refused.
use super::Denied;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// The version of the messages that a PC speaks (`PROTO`).
pub const PROTO_HEADER: &str = "lineboard-proto";
/// The schema that a PC writes its changes in.
pub const SCHEMA_HEADER: &str = "lineboard-schema";
/// When a PC sent its request, by the hub's clock as far as the PC knows it; milliseconds since 1970.
pub const SENT_HEADER: &str = "lineboard-sent";
/// When the hub answered, by its clock; milliseconds since 1970.
pub const NOW_HEADER: &str = "lineboard-now";
/// How old a request may be, and how far ahead of the hub; milliseconds.
pub const EXPIRES: i64 = 5 * 60 * 1000;
/// Lines of JSON, compressed by zstd.
pub const LINES: &str = "application/x-ndjson";
/// One piece of JSON.
pub const JSON: &str = "application/json";
/// How lines are compressed.
pub const ENCODING: &str = "zstd";

/// A compressed push at most, in bytes.
pub const PUSH_BYTES: usize = 1 << 20;
/// A compressed offer, parting or page at most, in bytes.
pub const OFFER_BYTES: usize = 8 << 20;
/// The largest word of the hub that is shown to it again, packed and as text: who shows it has shown nothing else, and
/// one of a PC with some hundred people is a quarter of it.
pub const WORD_BYTES: usize = 1 << 20;
/// Any message at most once it is unpacked, in bytes.
pub const TEXT_BYTES: usize = 16 << 20;
/// A question in plain JSON at most, in bytes.
pub const QUESTION_BYTES: usize = 64 << 10;

crate::words! {
    /// Why a request is refused, whoever sent it.
    Cause {
        /// It cannot be read; the line is told.
        Garbled = "garbled",
        /// Its path names another client than its body.
        Client = "client",
        /// It speaks for another PC than the one whose token it shows.
        Device = "device",
        /// A header is missing or cannot be read.
        Header = "header",
        /// It is too old, or from the future: the PC's clock is wrong.
        Expired = "expired",
        /// It is larger than a message may be.
        Large = "large",
        /// It is not of the type or encoding that its route takes.
        Type = "type",
        /// Its body came too slowly.
        Slow = "slow",
        /// There is no such route.
        Route = "route",
        /// The route takes no such method.
        Method = "method",
        /// Too many requests; later.
        Often = "often",
        /// The hub takes nothing now; later.
        Busy = "busy",
        /// Nobody of the PC may see the client.
        Revoked = "revoked",
        /// The PC stands where the hub's log never was.
        Rewind = "rewind",
        /// Changes before these are missing.
        Gap = "gap",
        /// Another file wrote under these numbers.
        Fork = "fork",
        /// It is in messages this hub does not speak.
        Version = "version",
    }
}

/// How a request was refused; nothing of the hub's inside is told.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Refusal {
    /// Why: the word of a `Cause`, or of a `Denied`.
    pub code: String,
    /// The line that cannot be read, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The generation of grants that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<i64>,
    /// The last number of the stream that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
    /// The version of the messages the hub speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proto: Option<u32>,
}

impl From<Cause> for Refusal {
    fn from(cause: Cause) -> Self {
        Refusal { code: cause.word().into(), ..Refusal::default() }
    }
}
impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        Refusal { code: denied.word().into(), ..Refusal::default() }
    }
}

/// Lines as they travel, with a checksum of what they say.
///
/// # Errors
/// Where there is no memory for it.
pub fn pack(text: &str) -> std::io::Result<Vec<u8>> {
    packed(text.as_bytes())
}

fn packed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = zstd::stream::Encoder::new(vec![], 3)?;
    packed.include_checksum(true)?;
    packed.write_all(bytes)?;
    packed.finish()
}

/// Whether a frame says that a checksum stands at its end (RFC 8878, 3.1.1.1.1).
fn has_checksum(bytes: &[u8]) -> bool {
    bytes.get(4).is_some_and(|descriptor| descriptor & 4 != 0)
}

/// Lines that came, at most `most` bytes of them; what would grow beyond that is not unpacked further.
///
/// # Errors
/// `Large` where there are more, `Garbled` where they are none, or not those that were packed.
pub fn unpack(bytes: &[u8], most: usize) -> Result<String, Cause> {
    if !has_checksum(bytes) {
        return Err(Cause::Garbled);
    }
    let mut decoder = zstd::stream::read::Decoder::new(bytes).map_err(|_| Cause::Garbled)?;
    // What a sender may make the reader hold beside the text.
    decoder.window_log_max(23).map_err(|_| Cause::Garbled)?;
    let mut text = vec![];
    decoder.take(most as u64 + 1).read_to_end(&mut text).map_err(|_| Cause::Garbled)?;
    if text.len() > most {
        return Err(Cause::Large);
    }
    String::from_utf8(text).map_err(|_| Cause::Garbled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_and_a_bomb_goes_no_further_than_its_limit() {
        let text = "x".repeat(1 << 20);
        let packed = pack(&text).unwrap();
        assert!(packed.len() < 1000);
        assert_eq!(unpack(&packed, 1 << 20).unwrap(), text);
        assert_eq!(unpack(&packed, (1 << 20) - 1), Err(Cause::Large));
        let spoilt = [&packed[..], b"and then what is none"].concat();
        assert_eq!(unpack(&spoilt, 1000), Err(Cause::Large), "what lies beyond the limit is not even looked at");
        assert_eq!(unpack(&packed[..packed.len() / 2], 1 << 20), Err(Cause::Garbled));
        assert_eq!(unpack(text.as_bytes(), 1 << 20), Err(Cause::Garbled));
        assert_eq!(unpack(&super::packed(&[0xff, 0xfe]).unwrap(), 99), Err(Cause::Garbled));
        assert_eq!(unpack(&zstd::stream::encode_all(&b"no checksum"[..], 3).unwrap(), 99), Err(Cause::Garbled));
    }

    #[test]
    fn whichever_bit_of_a_message_is_turned_it_is_not_read_as_another() {
        let text: String = (0..400).map(|n| format!("{{\"produced\": {}}}\n", n * n % 997)).collect();
        let packed = pack(&text).unwrap();
        for bit in 0..packed.len() * 8 {
            let mut spoilt = packed.clone();
            spoilt[bit / 8] ^= 1 << (bit % 8);
            // A bit of the header that nobody reads may be turned without effect.
            assert!(unpack(&spoilt, 1 << 20).map_or(true, |read| read == text), "bit {bit}");
        }
    }
}
