//! How long the line ran.

use super::{Source, facts::EntryFacts};

/// What the entries of a line shift say about its run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Report {
    /// Entries that report run minutes.
    pub reported: usize,
    /// All entries.
    pub entries: usize,
}

impl Report {
    /// Counts the entries that report.
    pub(super) fn of(entries: &[EntryFacts]) -> Report {
        let reported = entries.iter().filter(|entry| entry.run_minutes.is_some()).count();
        Report { reported, entries: entries.len() }
    }

    /// A report is used only when it is whole: one missing hour would look like a loss.
    pub(super) fn is_whole(self) -> bool {
        self.entries > 0 && self.reported == self.entries
    }

    /// A report that is named but not used, as "7 of 8".
    pub(super) fn partial(self) -> Option<(usize, usize)> {
        (self.reported > 0 && !self.is_whole()).then_some((self.reported, self.entries))
    }

    /// Where the run of the line shift comes from.
    pub(super) fn source(self) -> Source {
        if self.is_whole() { Source::RunReported } else { Source::RunInferred }
    }
}
