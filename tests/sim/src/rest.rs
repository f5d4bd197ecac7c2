//! Everything heals, and comes to rest.
use crate::{
    file::File,
    truth::{Broken, need},
    world::{CLIENTS, World},
};
use sync::device::Standing;

impl World {
    /// Everything heals, and comes to rest.
    pub fn drain(&mut self) -> Result<(), Broken> {
        for _ in 0..60 {
            if self.hub.locked {
                self.hub.confirm(&self.truth.grants);
            }
            self.now += 10;
            self.hub.stale = self.hub.grants.clone();
            let before = self.sizes();
            for pc in 0..self.pcs.len() {
                self.calm(pc)?;
            }
            self.hub.save();
            let busy = self.pcs.iter().any(|p| p.files.values().any(is_busy) || !p.partings.is_empty());
            if !busy && before == self.sizes() {
                return Ok(());
            }
        }
        need(false, "I14: does not come to rest")
    }
    fn calm(&mut self, pc: usize) -> Result<(), Broken> {
        self.empty_inbox(pc)?;
        for client in CLIENTS {
            self.forget(pc, client)?;
            self.forget(pc, client)?;
            self.offer(pc, client, false)?;
            self.push(pc, client, false)?;
            self.pull(pc, client, false)?;
            self.empty_inbox(pc)?;
        }
        self.upload(pc, false)
    }
    fn empty_inbox(&mut self, pc: usize) -> Result<(), Broken> {
        while !self.pcs[pc].inbox.is_empty() {
            let mail = self.pcs[pc].inbox.remove(0);
            self.land(pc, mail)?;
        }
        Ok(())
    }
    fn sizes(&self) -> Vec<[usize; 3]> {
        self.hub.logs.values().map(|l| [l.entries.len(), l.known.len(), l.quarantine.len()]).collect()
    }
}

fn is_busy(file: &File) -> bool {
    let forgetting = matches!(file.state.standing, Standing::Revoking | Standing::Sealed);
    !file.outgoing.is_empty() || !file.cut.is_empty() || forgetting
}
