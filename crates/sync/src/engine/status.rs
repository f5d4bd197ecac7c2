//! How a PC stands to its hub, for the status bar and the sync screen.
use crate::device::{Part, Standing};
use domain::{Client, Id};
use std::collections::BTreeMap;

/// How the PC stands to its hub.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Status {
    /// A person has told it to send nothing.
    pub paused: bool,
    /// The line is paid by what goes over it.
    pub metered: bool,
    /// Why the last round went no further, in one word; none where it did.
    pub trouble: Option<String>,
    /// When the hub was last heard, by the PC's clock, milliseconds since 1970.
    pub contact: Option<i64>,
    /// By how much the hub's clock is ahead of the PC's, in milliseconds.
    pub offset: Option<i64>,
    /// The generation of the manifest that holds.
    pub generation: Option<i64>,
    /// The manifest has run out: the hub was not reached for too long.
    pub lease_over: bool,
    /// What is sealed and waits for a backup of the hub.
    pub partings: usize,
    /// How often the loop had to be started anew.
    pub restarts: u32,
    /// Rounds ended, whatever came of them.
    pub rounds: u64,
    /// Each client.
    pub clients: BTreeMap<Id<Client>, Standings>,
}

/// How the PC stands to one client.
#[derive(Clone, PartialEq, Debug)]
pub struct Standings {
    /// How the file stands to it.
    pub standing: Standing,
    /// One's own changes the hub has not answered on.
    pub pending: usize,
    /// Those it has and that have not come back.
    pub acknowledged: usize,
    /// What was refused and waits for a person.
    pub refused: usize,
    /// What a rewind has cut off and that has not come back.
    pub cut: usize,
    /// Whether nothing came after the last page.
    pub caught_up: bool,
    /// Entries taken in.
    pub done: i64,
    /// Entries there are at least; the hub's newest backup holds so many.
    pub at_least: i64,
    /// When the hub last answered for it, by the PC's clock.
    pub contact: Option<i64>,
    /// Why its last round went no further, in one word.
    pub trouble: Option<String>,
}

impl Standings {
    /// What the file says; the rest is as it was.
    pub(super) fn read<P: Part + ?Sized>(part: &P, was: Option<Standings>) -> Result<Standings, P::Error> {
        let (state, (pending, acknowledged)) = (part.state()?, part.waiting()?);
        let was = was.filter(|w| w.standing == state.standing);
        Ok(Standings {
            standing: state.standing,
            pending,
            acknowledged,
            refused: part.refused()?.len(),
            cut: part.cut()?.len(),
            caught_up: was.as_ref().is_some_and(|w| w.caught_up),
            done: state.cursor.max(0),
            at_least: state.durable.max(state.cursor),
            contact: was.as_ref().and_then(|w| w.contact),
            trouble: was.and_then(|w| w.trouble),
        })
    }
    /// Whether everything is here, and everything written here is there.
    pub fn at_rest(&self) -> bool {
        self.caught_up && self.pending + self.acknowledged + self.cut == 0 && self.trouble.is_none()
    }
}
