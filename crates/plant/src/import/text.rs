//! Bytes of a text file become characters.
use super::why::Why;
use domain::Fault;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the characters of a file were written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charset {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, what old spreadsheets write.
    Windows1252,
}

/// The characters of a text file; the bytes are given up on the way.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Charset), Fault> {
    let (mark, charset) = marked(&bytes).or_else(|| unmarked(&bytes)).unwrap_or((0, Charset::Utf8));
    let text = match charset {
        Charset::Utf8 => return utf8(bytes, mark),
        Charset::Utf16Le => utf16(UTF_16LE, &bytes[mark..])?,
        Charset::Utf16Be => utf16(UTF_16BE, &bytes[mark..])?,
        Charset::Windows1252 => narrow(&bytes),
    };
    Ok((plain(text)?, charset))
}

/// A byte order mark: its length and meaning.
fn marked(bytes: &[u8]) -> Option<(usize, Charset)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((3, Charset::Utf8)),
        [0xFF, 0xFE, ..] => Some((2, Charset::Utf16Le)),
        [0xFE, 0xFF, ..] => Some((2, Charset::Utf16Be)),
        _ => None,
    }
}

/// UTF-16 without a mark shows by its zeros: every second byte of Latin text.
fn unmarked(bytes: &[u8]) -> Option<(usize, Charset)> {
    let head = &bytes[..bytes.len().min(2048) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match pairs {
        0 => None,
        n if odd * 10 > n * 6 && even * 10 < n => Some((0, Charset::Utf16Le)),
        n if even * 10 > n * 6 && odd * 10 < n => Some((0, Charset::Utf16Be)),
        _ => None,
    }
}

fn utf8(bytes: Vec<u8>, mark: usize) -> Result<(String, Charset), Fault> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..mark);
            Ok((plain(text)?, Charset::Utf8))
        }
        Err(bad) => Ok((plain(narrow(bad.as_bytes()))?, Charset::Windows1252)),
    }
}

fn narrow(bytes: &[u8]) -> String {
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Fault> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken { Err(Why::DamagedFile.fault()) } else { Ok(text.into_owned()) }
}

/// Refuses what only looks like text: pictures, documents, web pages.
fn plain(text: String) -> Result<String, Fault> {
    let head: String = text.chars().take(4096).collect();
    let start = head.trim_start().to_ascii_lowercase();
    let control = |c: &char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    let odd = head.chars().filter(control).count() * 50 > head.len();
    if odd
        || text.contains('\0')
        || ["%pdf", "<!doctype", "<html", "<?xml", "{\\rtf"].iter().any(|m| start.starts_with(m))
    {
        return Err(Why::NotATable.fault());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, low_first: bool) -> Vec<u8> {
        let bytes = |u: u16| if low_first { u.to_le_bytes() } else { u.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_loses_its_mark() {
        assert_eq!(decode(b"\xEF\xBB\xBFa;\xC3\xB1".to_vec()).unwrap(), ("a;ñ".into(), Charset::Utf8));
    }

    #[test]
    fn utf16_is_read_both_ways_and_without_a_mark() {
        let text = "línea;día\nA;2015-01-01\n";
        assert_eq!(decode([vec![0xFF, 0xFE], wide(text, true)].concat()).unwrap(), (text.into(), Charset::Utf16Le));
        assert_eq!(decode([vec![0xFE, 0xFF], wide(text, false)].concat()).unwrap(), (text.into(), Charset::Utf16Be));
        assert_eq!(decode(wide(text, true)).unwrap(), (text.into(), Charset::Utf16Le));
        assert_eq!(decode(wide(text, false)).unwrap(), (text.into(), Charset::Utf16Be));
    }

    #[test]
    fn windows_1252_is_what_is_not_utf8() {
        let bytes = b"l\xEDnea,se\xF1al,\x80\n".to_vec();
        assert_eq!(decode(bytes).unwrap(), ("línea,señal,€\n".into(), Charset::Windows1252));
    }

    #[test]
    fn half_a_character_of_utf16_is_damage() {
        let cut = [vec![0xFF, 0xFE], wide("a,b\n1,2\n", true), vec![0x31]].concat();
        assert_eq!(decode(cut).unwrap_err().code, "damaged_file");
    }

    #[test]
    fn pictures_documents_and_pages_are_no_tables() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"%PDF-1.7\n", b"<html><table>", b"a,b\n1\0,2"] {
            assert_eq!(decode(bytes.to_vec()).unwrap_err().code, "not_a_table");
        }
    }
}
