//! Which returned entries the hub's own signature vouches for.
use domain::{
    Client, Id,
    feed::{Position, Returned},
};

/// Marks the entries of a client that lead to a place which the hub signed, and no others.
///
/// `key` is that of the client's chain; `signed` tells whether a signature is the hub's over a place. What an
/// entry says of itself is not believed.
pub fn vouch(client: Id<Client>, key: &[u8; 32], entries: &mut [Returned], signed: &dyn Fn(Position, &str) -> bool) {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    // From the last back: whatever a signed place rests on is signed with it.
    order.sort_by_key(|i| std::cmp::Reverse(entries[*i].entry.seq));
    let mut places: Vec<Position> = vec![];
    for i in order {
        let Returned { before, key: own, entry, signature, .. } = &entries[i];
        // Whatever key a PC names, nobody finds one under which other words come to a chain that was signed.
        let after = Position { seq: entry.seq, chain: entry.link(own.as_ref().unwrap_or(key), before) };
        let told = places.contains(&after) || signature.as_deref().is_some_and(|s| signed(after, s));
        // Of what an erasure left the chain holds no text: anything could stand there.
        let leads = told && entry.sent.change.client == client;
        let vouched = leads && entry.sent.written.is_none();
        if leads {
            places.retain(|p| p.seq <= entry.seq);
            places.push(Position { seq: entry.seq - 1, chain: *before });
        }
        entries[i].vouched = vouched;
    }
}
