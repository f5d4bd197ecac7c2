//! What happens: people work, messages come, and things go wrong.
use crate::{
    device::Pc,
    hub::Log,
    table::Program,
    truth::{Broken, need},
    world::{CLIENTS, Delayed, PLANT, World},
};
use domain::{Client, Id, Role, change::Op};
use sync::device;

impl World {
    /// Something happens.
    pub fn step(&mut self) -> Result<(), Broken> {
        let pc = self.dice.usize(0..self.pcs.len());
        let client = CLIENTS[[0, 0, 0, 0, 1, 1, 2][self.dice.usize(0..7)]];
        let x = self.dice.f64();
        self.now += self.dice.i64(1..=30);
        if self.chance(0.3) {
            self.hub.stale = self.hub.grants.clone();
        }
        match x {
            _ if x < 0.30 => self.person(pc, client)?,
            _ if x < 0.47 => self.push(pc, client, true)?,
            _ if x < 0.62 => self.pull(pc, client, true)?,
            _ if x < 0.76 => self.post(pc)?,
            _ if x < 0.80 => self.offer(pc, client, true)?,
            _ if x < 0.84 => {
                self.forget(pc, client)?;
                self.upload(pc, true)?;
            }
            _ if x < 0.87 => self.repeat()?,
            _ if x < 0.885 => self.regrant(pc, client),
            _ if x < 0.90 => {
                let again = self.pcs[pc].inbox.first().cloned();
                self.pcs[pc].inbox.extend(again);
            }
            _ => self.mishap(pc, client, x)?,
        }
        let whole = |l: &Log| l.entries.last().is_none_or(|e| e.0.seq == l.entries.len() as i64);
        need(self.hub.logs.values().all(whole), "I3: the order has a hole")
    }
    fn post(&mut self, pc: usize) -> Result<(), Broken> {
        if self.pcs[pc].inbox.is_empty() {
            return Ok(());
        }
        let at = if self.chance(0.3) { self.dice.usize(0..self.pcs[pc].inbox.len()) } else { 0 };
        let mail = self.pcs[pc].inbox.remove(at);
        self.land(pc, mail)
    }
    /// The network repeats a push.
    fn repeat(&mut self) -> Result<(), Broken> {
        if self.delayed.is_empty() {
            return Ok(());
        }
        let at = self.dice.usize(0..self.delayed.len());
        let Delayed { push, lives } = self.delayed.remove(at);
        let ops: Vec<Id<Op>> = push.changes.iter().map(|s| s.change.op).collect();
        self.deliver(push)?;
        if lives != self.lives {
            self.truth.late.extend(ops);
        }
        Ok(())
    }
    fn regrant(&mut self, pc: usize, client: Id<Client>) {
        let user = self.pcs[pc].users[self.dice.usize(0..self.pcs[pc].users.len())];
        let had = self.truth.grants.contains_key(&(user, client));
        let first = usize::from(!had);
        let role = [None, Some(Role::Operator), Some(Role::Supervisor)][self.dice.usize(first..3)];
        if client != PLANT {
            self.grant(user, client, role);
        }
    }
    /// What goes wrong around the programs.
    fn mishap(&mut self, pc: usize, client: Id<Client>, x: f64) -> Result<(), Broken> {
        match x {
            _ if x < 0.92 => self.pcs[pc].saved = Some(self.pcs[pc].copy()),
            _ if x < 0.93 => self.restore_pc(pc)?,
            _ if x < 0.935 => self.clone_file(pc),
            _ if x < 0.955 => self.hub.save(),
            _ if x < 0.962 => self.restore_hub()?,
            _ if x < 0.975 && self.hub.locked => self.hub.confirm(&self.truth.grants),
            _ if x < 0.975 => {}
            _ if x < 0.98 => self.pcs[pc].skew = [0, 0, -1_000_000, 1_000_000, 300][self.dice.usize(0..5)],
            _ if x < 0.99 => {
                let program = self.pcs[pc].program;
                let file = self.pcs[pc].file(client);
                let records = file.records();
                device::refold(file, &program, &records)?;
            }
            _ if x < 0.995 => self.upgrade(pc)?,
            _ => {}
        }
        Ok(())
    }
    fn restore_hub(&mut self) -> Result<(), Broken> {
        if self.hub.backup.is_none() {
            return Ok(());
        }
        let silently = self.dice.bool();
        self.hub.restore(silently);
        self.lives += 1;
        self.disaster(false)
    }
    /// A PC's file is replaced by an old copy.
    fn restore_pc(&mut self, pc: usize) -> Result<(), Broken> {
        let Some(copy) = self.pcs[pc].saved.clone() else { return Ok(()) };
        self.pcs[pc].take(&copy);
        self.pcs[pc].life += 1;
        self.opened(pc)?;
        self.disaster(true)
    }
    /// The file is copied to a second machine.
    fn clone_file(&mut self, pc: usize) {
        if self.pcs.len() >= 5 {
            return;
        }
        let (users, program, device) = (self.pcs[pc].users.clone(), self.pcs[pc].program, self.pcs[pc].device);
        let mut twin = Pc::new(self.pcs.len(), users, program, &CLIENTS, self.fresh.clone());
        twin.device = device;
        twin.take(&self.pcs[pc].copy());
        self.pcs[pc].life += 1;
        self.pcs.push(twin);
    }
    /// A newer program: what the older one did not know is folded anew.
    fn upgrade(&mut self, pc: usize) -> Result<(), Broken> {
        self.pcs[pc].program = Program::Newer;
        self.opened(pc)
    }
    /// A file that an older program wrote is folded anew when it is opened.
    fn opened(&mut self, pc: usize) -> Result<(), Broken> {
        let program = self.pcs[pc].program;
        for client in CLIENTS {
            let file = self.pcs[pc].file(client);
            let records = file.records();
            device::refold(file, &program, &records)?;
        }
        Ok(())
    }
}
