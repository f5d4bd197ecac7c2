//! Planting faults: nothing where the program is built without them.
use domain::{
    Id,
    change::Op,
    feed::{Entry, Stream},
    merge::Place,
    planted::Bug,
};

/// Plants a fault in this thread, or none.
pub fn plant(bug: Option<Bug>) {
    #[cfg(feature = "planted")]
    domain::planted::plant(bug);
    #[cfg(not(feature = "planted"))]
    assert!(bug.is_none(), "faults are planted only where the feature is on");
}

/// Lets the power fail within what a planted fault has split.
pub fn crash(now: bool) {
    #[cfg(feature = "planted")]
    domain::planted::crash(now);
    let _ = now;
}

/// Notes the number of an entry, for the fault of numbers as versions.
pub fn numbered(entry: &Entry) {
    written(entry.op(), entry.seq, entry.stream);
}

/// Notes the stream of a change, for the same.
pub fn written(op: Id<Op>, seq: i64, stream: Stream) {
    #[cfg(feature = "planted")]
    domain::planted::number(op, None, seq, (stream.device.bytes(), stream.incarnation));
    let _ = (op, seq, stream);
}

/// Notes the number under the value that a change's author saw, for the same.
pub fn based(op: Id<Op>, at: &Place, seq: i64, stream: Stream) {
    #[cfg(feature = "planted")]
    domain::planted::number(op, Some(at), seq, (stream.device.bytes(), stream.incarnation));
    let _ = (op, at, seq, stream);
}

/// The number noted under a value.
pub fn based_on(op: Id<Op>, at: &Place) -> Option<i64> {
    #[cfg(feature = "planted")]
    return domain::planted::numbered(op, Some(at)).map(|n| n.0);
    #[cfg(not(feature = "planted"))]
    {
        let _ = (op, at);
        None
    }
}
