//! What goes between PCs and hub, over a network that loses, repeats and mixes up.
use crate::{
    device::{Mail, Parting},
    fault,
    file::next,
    table::Program,
    truth::{Broken, need},
    world::{Delayed, World},
};
use domain::{
    Client, Id,
    change::Op,
    feed::{Entry, Offered, Page, Position, Pull, Pulled, Push, Pushed},
    merge::Verdict,
    planted::{
        Bug::{AckBeforeCommit, CursorBeforeApply, CursorNotFrom, HashUnchecked, LatePage},
        planted,
    },
};
use hub::core;
use std::collections::BTreeSet;
use sync::device::{self, Landed, Standing};

impl World {
    /// A PC sends what waits.
    pub fn push(&mut self, pc: usize, client: Id<Client>, lossy: bool) -> Result<(), Broken> {
        let limit = self.dice.usize(1..=5);
        let device = self.pcs[pc].device;
        let Some(push) = device::to_push(self.pcs[pc].file(client), client, device, limit)? else { return Ok(()) };
        if lossy && self.chance(0.12) {
            return Ok(());
        }
        let answer = self.deliver(push.clone())?;
        if lossy && self.chance(0.12) {
            self.delayed.push(Delayed { push, lives: self.lives });
        }
        if lossy && self.chance(0.2) {
            return Ok(());
        }
        self.answered(pc, client, answer, lossy)
    }
    pub(crate) fn deliver(&mut self, push: Push) -> Result<Pushed, Broken> {
        if planted(AckBeforeCommit) && !self.hub.locked && self.chance(0.05) {
            let all = push.changes.iter().map(|s| (s.change.op, Verdict::Applied));
            return Ok(Pushed::Verdicts(all.collect()));
        }
        let terms = self.terms();
        core::push(&mut self.hub.desk(push.client, &mut self.truth), &terms, &Program::Newer, push)
    }
    fn answered(&mut self, pc: usize, client: Id<Client>, answer: Pushed, lossy: bool) -> Result<(), Broken> {
        match answer {
            Pushed::Verdicts(verdicts) => {
                let log = &self.hub.logs[&client];
                let known = verdicts.iter().all(|v| log.known.contains_key(&v.0));
                need(known, "ACK: a change was acknowledged that the hub does not have")?;
                let generation = self.pcs[pc].file(client).state.generation;
                if lossy && self.chance(0.2) {
                    self.pcs[pc].inbox.push(Mail::Answer(client, generation, verdicts));
                    return Ok(());
                }
                let program = self.pcs[pc].program;
                device::judged(self.pcs[pc].file(client), &program, &verdicts)
            }
            Pushed::Gap(_) | Pushed::Fork(_) => device::renew(self.pcs[pc].file(client)),
            Pushed::Rewind => self.rewind(pc, client),
            Pushed::Revoked(generation) => device::revoked(self.pcs[pc].file(client), generation),
            Pushed::Busy => Ok(()),
        }
    }
    /// The hub does not know where the PC stands: the PC goes back to where both agree.
    fn rewind(&mut self, pc: usize, client: Id<Client>) -> Result<(), Broken> {
        let (program, hand, device) = (self.pcs[pc].program, self.pcs[pc].hand(), self.pcs[pc].device);
        let file = self.pcs[pc].file(client);
        let places: Vec<Position> = file.log.iter().map(|(e, chain)| Position { seq: e.seq, chain: *chain }).collect();
        self.truth.held.insert((hand.0, hand.1, client), file.ops());
        let before: BTreeSet<_> = file.view.keys().copied().collect();
        let agreed = core::agree(&self.hub.desk(client, &mut self.truth), &places)?;
        let file = self.pcs[pc].file(client);
        device::cut_back(file, &program, device, agreed)?;
        need(before.iter().all(|r| file.view.contains_key(r)), "SEEN: a rewind took work off the screen")
    }
    /// A PC returns what the hub lacks.
    pub fn offer(&mut self, pc: usize, client: Id<Client>, lossy: bool) -> Result<(), Broken> {
        let Some(entries) = device::to_offer(self.pcs[pc].file(client))? else { return Ok(()) };
        if lossy && self.chance(0.2) {
            return Ok(());
        }
        let (terms, device) = (self.terms(), self.pcs[pc].device);
        self.truth.returning = true;
        let answer =
            core::offer(&mut self.hub.desk(client, &mut self.truth), &terms, &Program::Newer, device, entries)?;
        self.truth.returning = false;
        if lossy && self.chance(0.2) {
            return Ok(());
        }
        match answer {
            Offered::Taken(refused) => {
                let program = self.pcs[pc].program;
                device::offered(self.pcs[pc].file(client), &program, &refused)?;
                self.keeps_held()
            }
            Offered::Revoked(generation) => device::revoked(self.pcs[pc].file(client), generation),
            Offered::Busy => Ok(()),
        }
    }
    /// A PC asks for what comes next; the page is on its way.
    pub fn pull(&mut self, pc: usize, client: Id<Client>, lossy: bool) -> Result<(), Broken> {
        let file = self.pcs[pc].file(client);
        let standing = file.state.standing;
        if matches!(standing, Standing::Revoking | Standing::Sealed) {
            return Ok(());
        }
        let at = device::position(file)?;
        if lossy && self.chance(0.12) {
            return Ok(());
        }
        let limit = if lossy { self.dice.usize(1..=6) } else { usize::MAX };
        let (terms, device) = (self.terms(), self.pcs[pc].device);
        let question = Pull { client, at, limit };
        let answer = core::pull(&self.hub.desk(client, &mut self.truth), &terms, device, &question)?;
        if lossy && self.chance(0.12) {
            return Ok(());
        }
        match answer {
            Pulled::Page(page) => self.pcs[pc].inbox.push(Mail::Page(page)),
            Pulled::Rewind => self.rewind(pc, client)?,
            Pulled::Revoked(generation) if standing == Standing::Active => {
                device::revoked(self.pcs[pc].file(client), generation)?;
            }
            Pulled::Revoked(_) | Pulled::Busy => {}
        }
        Ok(())
    }
    /// The network brings something.
    pub fn land(&mut self, pc: usize, mail: Mail) -> Result<(), Broken> {
        let (program, client) = (self.pcs[pc].program, mail.client());
        let crash = self.chance(0.05);
        let own = self.pcs[pc].stream(client);
        let file = self.pcs[pc].file(client);
        match mail {
            Mail::Answer(_, generation, verdicts) if generation == file.state.generation => {
                device::judged(file, &program, &verdicts)
            }
            Mail::Answer(..) => Ok(()),
            Mail::Page(page) => {
                fault::crash(crash);
                let landed = device::land(file, &program, &page, own)?;
                fault::crash(false);
                if landed == Landed::Left { Ok(()) } else { self.landed(pc, client, &page) }
            }
        }
    }
    fn landed(&mut self, pc: usize, client: Id<Client>, page: &Page) -> Result<(), Broken> {
        let (body, device) = (self.pcs[pc].body, self.pcs[pc].device);
        let granted = page.entries.is_empty() || self.truth.ever.contains(&(device, client));
        need(granted, "I5: stored a change of a client that was never granted")?;
        let since = self.truth.purged.get(&(body, client)).copied().unwrap_or(0);
        need(page.generation >= since, "I6: a late page brought a purged client back")?;
        let file = self.pcs[pc].file(client);
        let whole = file.log.iter().zip(1..).all(|((e, _), n)| e.seq == n);
        need(whole, "I3: a PC's log has a hole or a repeat")?;
        if [HashUnchecked, CursorNotFrom, CursorBeforeApply].into_iter().any(planted) {
            Ok(())
        } else {
            self.as_of(pc, client)
        }
    }
    /// Exact for every moment before the receipt of the newest entry the PC holds.
    fn as_of(&mut self, pc: usize, client: Id<Client>) -> Result<(), Broken> {
        let (file, log) = (&self.pcs[pc].files[&client], &self.hub.logs[&client]);
        let (Some((first, _)), Some((last, chain))) = (file.log.first(), file.log.last()) else { return Ok(()) };
        if log.entries.get(file.log.len() - 1).is_none_or(|e| e.1 != *chain) {
            return Ok(());
        }
        let (from, to) = (first.received_at - 1, (last.received_at - 1).max(first.received_at));
        let moment = self.dice.i64(from..=to);
        if moment >= last.received_at {
            return Ok(());
        }
        let known = |all: &[(Entry, [u8; 32])]| -> Vec<Id<Op>> {
            all.iter().filter(|e| e.0.received_at <= moment).map(|e| e.0.op()).collect()
        };
        need(known(&file.log) == known(&log.entries), "ASOF: PC and hub disagree on the past")
    }
    /// One step of forgetting a client.
    pub fn forget(&mut self, pc: usize, client: Id<Client>) -> Result<(), Broken> {
        fault::crash(self.dice.bool());
        let hand = self.pcs[pc].hand();
        let file = self.pcs[pc].file(client);
        let step = device::step(file)?;
        let generation = file.state.generation;
        let sealed = std::mem::take(&mut file.sealed);
        for changes in sealed {
            let id = u128::from(next(&self.fresh)).to_be_bytes();
            self.pcs[pc].partings.push((client, Parting { id, changes }));
        }
        fault::crash(false);
        if step == device::Purge::Wiped {
            self.truth.purged.insert((hand.0, client), generation);
            self.truth.held.remove(&(hand.0, hand.1, client));
            if !planted(LatePage) {
                self.pcs[pc].inbox.retain(|m| m.client() != client);
            }
        }
        Ok(())
    }
    /// A PC brings what it sealed; it stays there until a backup of the hub holds it.
    pub fn upload(&mut self, pc: usize, lossy: bool) -> Result<(), Broken> {
        for (client, parting) in self.pcs[pc].partings.clone() {
            if self.hub.locked || (lossy && self.chance(0.3)) {
                continue;
            }
            if core::part(&mut self.hub.desk(client, &mut self.truth), parting.id, &parting.changes)? {
                self.pcs[pc].partings.retain(|p| p.1.id != parting.id);
            }
        }
        Ok(())
    }
}
