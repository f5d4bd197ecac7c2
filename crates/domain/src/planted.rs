//! Faults that can be planted, so that the simulator shows it would find them.
//!
//! Without the feature `planted` every question is answered "no" when the
//! program is built, and nothing of them is left in it.

macro_rules! bugs {
    ($($(#[$doc:meta])* $bug:ident = $word:literal),* $(,)?) => {
        /// A rule left out.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Bug { $($(#[$doc])* $bug),* }
        impl Bug {
            /// Every one, with its name.
            pub const ALL: &'static [(Bug, &'static str)] = &[$((Bug::$bug, $word)),*];
        }
    };
}

bugs! {
    /// A repeated change takes effect again.
    NoDedupe = "no_dedupe",
    /// A repeated change is answered "applied", whatever it was.
    DupNoVerdict = "dup_no_verdict",
    /// A change is acknowledged before it is written.
    AckBeforeCommit = "ack_before_commit",
    /// The cursor moves in a transaction before the page's.
    CursorBeforeApply = "cursor_before_apply",
    /// Rows are folded in a transaction after the log's.
    FoldOutsideTx = "fold_outside_tx",
    /// Rows are folded by the authors' clocks.
    WrongFoldOrder = "wrong_fold_order",
    /// Versions are numbers, which a rewind uses again.
    SeqReuse = "seq_reuse",
    /// Forks of a stream are not looked for.
    DevSeqReuse = "dev_seq_reuse",
    /// A forked file keeps its incarnation.
    SharedInc = "shared_inc",
    /// A creation brings a removed row back.
    LateCreate = "late_create",
    /// A patch of a missing row makes it.
    PatchUpsert = "patch_upsert",
    /// What the author saw is not asked.
    NoBaseCheck = "no_base_check",
    /// One's own pending changes are in no base.
    SelfConflict = "self_conflict",
    /// A pull moves the base of a pending value.
    BaseRebased = "base_rebased",
    /// Folding anew forgets what waits.
    ConflictDroppedOnRefold = "conflict_dropped_on_refold",
    /// Neither the hub's life nor a missing return is looked at.
    EpochUnchecked = "epoch_unchecked",
    /// The chain is not compared.
    HashUnchecked = "hash_unchecked",
    /// After a rewind only one's own entries are offered.
    ReofferOwnOnly = "reoffer_own_only",
    /// A push does not say where its device stands.
    PushNoPosition = "push_no_position",
    /// What was acknowledged is not sealed at parting.
    PartingNoAcked = "parting_no_acked",
    /// Nothing is sealed at parting.
    PurgeNoParting = "purge_no_parting",
    /// The purge may come before the seal.
    PurgeFirst = "purge_first",
    /// The sealed blob is dropped at the first answer.
    BlobDroppedEarly = "blob_dropped_early",
    /// Grants are read outside the transaction.
    GrantOutsideTx = "grant_outside_tx",
    /// The pusher's rights stand for the author's.
    AuthorUnchecked = "author_unchecked",
    /// Any role may do anything.
    RoleUnchecked = "role_unchecked",
    /// A change may point to a row that was never made.
    ReferenceUnchecked = "reference_unchecked",
    /// Two rows may take one thing at one time.
    ClaimUnchecked = "claim_unchecked",
    /// A restored hub brings old grants back.
    RestoreLowersGrants = "restore_lowers_grants",
    /// A page of an older grant is applied.
    LatePage = "late_page",
    /// Undo puts back what others have written over.
    UndoIgnoresBase = "undo_ignores_base",
    /// What is shown is taken for what is confirmed.
    AddTwice = "add_twice",
    /// Columns of a newer program are dropped.
    UnknownDropped = "unknown_dropped",
    /// A device decides anew by its own policies.
    DeviceRedecides = "device_redecides",
    /// A refused change is dropped.
    DropRefused = "drop_refused",
    /// The hub does not keep what it refuses.
    HubDropsBody = "hub_drops_body",
    /// Times of receipt may fall.
    RcvNotMonotone = "rcv_not_monotone",
    /// A decision closes every conflict of its row.
    ResolveClosesAll = "resolve_closes_all",
    /// Columns that belong together are merged one by one.
    GroupSplit = "group_split",
    /// A merge may break a rule.
    RuleUnchecked = "rule_unchecked",
    /// A removal needs not have seen anything.
    RemoveNoBase = "remove_no_base",
    /// Equal values wait for a decision.
    EqualIsConflict = "equal_is_conflict",
    /// What a rewind cuts off is dropped.
    DropCutTail = "drop_cut_tail",
    /// A page needs not begin where the file ends.
    CursorNotFrom = "cursor_not_from",
    /// The change before a push is not compared.
    NoAuthorChain = "no_author_chain",
    /// A stale decision opens a conflict again.
    DecisionReopens = "decision_reopens",
    /// Deciding for what stands leaves no version.
    DecisionNoVersion = "decision_no_version",
    /// What was acknowledged and does not come back is not offered again.
    NoReturnRule = "no_return_rule",
    /// Changes are pushed before cut-off entries are offered.
    PushBeforeOffer = "push_before_offer",
    /// Offered entries are dropped at the answer.
    OfferDroppedOnAck = "offer_dropped_on_ack",
    /// Only cut-off entries are offered, not all above the durable mark.
    OfferCutOnly = "offer_cut_only",
    /// Cut-off entries leave the screen.
    CutHidden = "cut_hidden",
    /// A hub's log keeps what an erasure takes out of its rows.
    LogKeepsErased = "log_keeps_erased",
    /// A PC's log does.
    FileKeepsErased = "file_keeps_erased",
    /// What was written by somebody who had not heard of an erasure is shown to all.
    SilenceBroken = "silence_broken",
}

#[cfg(feature = "planted")]
mod here {
    use super::Bug;
    use crate::{Id, change::Op, merge::Place};
    use std::{cell::RefCell, collections::BTreeMap};

    /// Which number each version had, as its reader knew it.
    type Numbers = BTreeMap<(Id<Op>, Option<Place>), (i64, ([u8; 16], u32))>;

    thread_local! {
        static CRASH: RefCell<bool> = const { RefCell::new(false) };
        static BUG: RefCell<Option<Bug>> = const { RefCell::new(None) };
        static NUMBERS: RefCell<Numbers> = const { RefCell::new(BTreeMap::new()) };
    }
    /// Whether the fault is planted in this thread.
    pub fn planted(bug: Bug) -> bool {
        BUG.with_borrow(|b| *b == Some(bug))
    }
    /// Plants a fault in this thread, or none.
    pub fn plant(bug: Option<Bug>) {
        BUG.set(bug);
        NUMBERS.with_borrow_mut(BTreeMap::clear);
    }
    /// Whether the power fails in the middle of what a planted fault has split.
    pub fn crashes() -> bool {
        CRASH.take()
    }
    /// Lets the power fail at the next such place, or not.
    pub fn crash(now: bool) {
        CRASH.set(now);
    }
    /// Notes the number of a version, or that of the value under a change's column, and the stream it came from.
    pub fn number(op: Id<Op>, place: Option<&Place>, seq: i64, stream: ([u8; 16], u32)) {
        NUMBERS.with_borrow_mut(|n| n.insert((op, place.cloned()), (seq, stream)));
    }
    /// The number noted.
    pub fn numbered(op: Id<Op>, place: Option<&Place>) -> Option<(i64, ([u8; 16], u32))> {
        NUMBERS.with_borrow(|n| n.get(&(op, place.cloned())).copied())
    }
    pub(crate) fn newer_by_number(op: Id<Op>, place: &Place, version: Id<Op>) -> bool {
        let (Some((now, theirs)), Some((_, own))) = (numbered(version, None), numbered(op, None)) else { return false };
        now > numbered(op, Some(place)).map_or(0, |n| n.0) && theirs != own
    }
}

#[cfg(not(feature = "planted"))]
mod here {
    use super::Bug;
    use crate::{Id, change::Op, merge::Place};

    /// No fault is planted in what is built to be used.
    #[inline]
    pub const fn planted(_: Bug) -> bool {
        false
    }
    /// Nothing is split, so that nothing fails within.
    #[inline]
    pub const fn crashes() -> bool {
        false
    }
    pub(crate) const fn newer_by_number(_: Id<Op>, _: &Place, _: Id<Op>) -> bool {
        false
    }
}

pub use here::*;
