//! What is kept of a log as words and numbers, whatever keeps it.
use crate::Error;
use domain::{
    feed::{Entry, Sent, Stream},
    merge::{Decided, Fate, Verdict, Why},
};

/// An entry as its columns say it.
pub(crate) struct Columns<'c> {
    pub(crate) seq: i64,
    pub(crate) received_at: i64,
    pub(crate) stream: Stream,
    pub(crate) verdict: i64,
    pub(crate) fates: &'c str,
    pub(crate) sent: &'c str,
}

impl Columns<'_> {
    /// The entry.
    pub(crate) fn entry(self) -> Result<Entry, Error> {
        let damaged = || Error::Damaged("entry");
        let verdict = u8::try_from(self.verdict).ok().and_then(Verdict::of_number);
        let fates = Fate::of_text(self.fates).ok_or_else(damaged)?;
        Ok(Entry {
            seq: self.seq,
            sent: serde_json::from_str(self.sent).map_err(|_| damaged())?,
            decided: Decided { verdict: verdict.ok_or_else(damaged)?, fates },
            received_at: self.received_at,
            stream: self.stream,
        })
    }
}

/// Which life of a PC wrote it.
pub(crate) fn incarnation(number: i64) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| Error::Damaged("entry"))
}

/// What was decided, as its columns say it.
pub(crate) fn verdict(number: i64, why: Option<&str>) -> Result<Verdict, Error> {
    let found = match (u8::try_from(number).ok(), why.and_then(Why::of)) {
        (Some(4), _) => Some(Verdict::Gone),
        (Some(5), Some(why)) => Some(Verdict::Rejected(why)),
        (number, _) => number.and_then(Verdict::of_number),
    };
    found.ok_or(Error::Damaged("verdict"))
}

/// Why something was refused, where it was.
pub(crate) fn why(verdict: &Verdict) -> Option<&'static str> {
    if let Verdict::Rejected(why) = verdict { Some(why.word()) } else { None }
}

/// A change as it is kept: the line its author sent.
pub(crate) fn text(sent: &Sent) -> String {
    serde_json::to_string(sent).unwrap_or_default()
}

/// Whether a change makes its row.
pub(crate) fn creates(sent: &Sent) -> bool {
    sent.change.act == domain::change::Act::Create
}
