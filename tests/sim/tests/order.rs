//! In which order a page is put down.
#![allow(missing_docs, clippy::unwrap_used, reason = "the names of the tests say what they hold")]

use domain::{
    Client, Entity, Id, LineShift, ProductionEntry, WorkOrder,
    change::{Act, Change},
    feed::{Catalogue, Entry, Page, Position, Record, Sent, Stream},
    merge::{Decided, Fate, Verdict},
};
use sim::file::{File, KEY};
use sync::device::{self, Landed, Standing};

const OURS: Id<Client> = Id::from_bytes([0xa; 16]);
const THERE: Stream = Stream { device: Id::from_bytes([2; 16]), incarnation: 1 };

fn entry((seq, kind): (i64, u8)) -> Entry {
    let change = Change {
        op: Id::from_bytes([seq as u8; 16]),
        client: OURS,
        device: THERE.device,
        incarnation: THERE.incarnation,
        dev_seq: seq,
        kind,
        record: [kind; 16],
        act: Act::Create,
        patch: "{}".into(),
        base: "{}".into(),
        user: Id::from_bytes([1; 16]),
        at: 0,
        reason: None,
        schema: 1,
    };
    let decided = Decided { verdict: Verdict::Applied, fates: Vec::<Fate>::new() };
    Entry { seq, sent: Sent::new(change, [0; 32]), decided, received_at: 0, stream: THERE }
}

#[test]
fn the_client_comes_before_its_log_and_what_is_pointed_to_before_what_points() {
    let kinds = [ProductionEntry::NUMBER, WorkOrder::NUMBER, LineShift::NUMBER, Client::NUMBER];
    let entries: Vec<Entry> = (1..).zip(kinds).map(entry).collect();
    let end = entries.iter().fold([0; 32], |chain, e| e.link(&KEY, &chain));
    let page = Page {
        client: OURS,
        from: Position::START,
        entries,
        end,
        generation: 1,
        epoch: 1,
        durable: 0,
        caught_up: true,
        roles: vec![],
        signature: None,
    };
    let mut file = File::new(sim::file::Fresh::default(), Standing::New, 1);
    let own = Stream { device: Id::from_bytes([1; 16]), incarnation: 1 };
    assert_eq!(device::land(&mut file, &Catalogue, &page, own).unwrap(), Landed::Taken);
    let row = |kind: u8, log| -> (Record, usize) { ((kind, [kind; 16]), log) };
    // It is put down once more behind its log: what came back of it may have stood above it before.
    let rows = [
        row(Client::NUMBER, 0),
        row(Client::NUMBER, 4),
        row(WorkOrder::NUMBER, 4),
        row(LineShift::NUMBER, 4),
        row(ProductionEntry::NUMBER, 4),
    ];
    assert_eq!(file.shown, rows);
}
