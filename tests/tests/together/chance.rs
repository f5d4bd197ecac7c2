//! Three PCs that do whatever the dice say, over real files; at rest all have the same.
use crate::pc::Pc;
use checks::memory::Memory;
use checks::{Plant, row::row};
use domain::{Client, Entity, Id, Role, Value, feed::Pushed};
use sync::device;

struct Play {
    dice: fastrand::Rng,
    hub: Memory,
    pcs: Vec<Pc>,
    client: Id<Client>,
    /// The hub as its newest backup has it.
    saved: Memory,
    rewound: usize,
}

impl Play {
    fn new(seed: u64) -> Self {
        let first = Plant::new();
        let client = first.client("ACME");
        let mut hub = Memory::new(client);
        let plants = std::iter::once(first).chain((1..3).map(|_| Plant::new()));
        let pcs: Vec<Pc> = plants.map(|p| Pc::new(p, client)).collect();
        hub.people.extend(pcs.iter().map(|pc| (pc.admin.user(), Role::Admin)));
        for pc in &pcs {
            pc.join();
            pc.sync(&mut hub);
        }
        Play { dice: fastrand::Rng::with_seed(seed), saved: hub.clone(), hub, pcs, client, rewound: 0 }
    }
    fn step(&mut self) {
        let pc = self.dice.usize(0..self.pcs.len());
        match self.dice.u8(0..22) {
            0..10 => self.write(pc),
            10 => self.undo(pc),
            11..14 => self.pcs[pc].pull(&mut self.hub, 5),
            14..17 => self.pcs[pc].push(&mut self.hub, 3),
            17 => self.lose_an_answer(pc),
            20 => self.save(),
            21 => self.restore(),
            _ => self.pcs[pc].sync(&mut self.hub),
        }
    }
    /// The hub is backed up.
    fn save(&mut self) {
        self.hub.durable = self.hub.entries.len() as i64;
        self.saved = self.hub.clone();
    }
    /// The hub goes back to its newest backup, in a new life.
    fn restore(&mut self) {
        let epoch = self.hub.epoch + 1;
        self.rewound += usize::from(self.hub.entries.len() > self.saved.entries.len());
        self.hub = Memory { epoch, now: self.hub.now, vouched: self.hub.vouched, ..self.saved.clone() };
    }
    /// The hub takes a push, and the PC never hears of it.
    fn lose_an_answer(&mut self, pc: usize) {
        let pc = &self.pcs[pc];
        let push = pc.feed(|f| device::to_push(f, pc.client, pc.store.device(), 3));
        if let Some(push) = push {
            assert!(matches!(
                self.hub.push(push),
                Pushed::Verdicts(_) | Pushed::Rewind | Pushed::Gap(_) | Pushed::Fork(_)
            ));
        }
    }
    fn undo(&mut self, pc: usize) {
        let pc = &self.pcs[pc];
        let _ = pc.store.repository(&pc.admin).unwrap().write(|w| w.undo());
    }
    fn write(&mut self, pc: usize) {
        use domain::*;
        match self.dice.u8(0..12) {
            0..3 => self.change::<ProductionEntry>(pc),
            3 => self.change::<LineShift>(pc),
            4 => self.change::<DowntimeEntry>(pc),
            5 => self.change::<AttendanceEntry>(pc),
            6 => self.change::<QualityEntry>(pc),
            7 => self.change::<Line>(pc),
            8 => self.change::<Product>(pc),
            9 => self.change::<ProductStandard>(pc),
            10 => self.change::<Client>(pc),
            _ => self.change::<RejectDetail>(pc),
        }
    }
    /// Writes a row, takes it away, or brings it back; what a rule refuses changes nothing.
    fn change<E: Entity>(&mut self, pc: usize) {
        let base: E = row(self.client, "ACME");
        let number = self.dice.u8(0..3);
        let own = base.natural().is_some() || E::TABLE == Client::TABLE || number == 0;
        let id = if own { base.id() } else { Id::from_bytes([number; 16]) };
        let (dice, client, pc) = (&mut self.dice, self.client, &self.pcs[pc]);
        pc.store.clock().advance(1000);
        let repo = pc.store.repository(&pc.admin).unwrap();
        let _ = repo.write(|w| {
            w.because(Some("the dice say so".into()));
            let there = w.find::<E>(client, id)?;
            let gone = w.was_removed::<E>(client, id)?;
            if gone && dice.bool() {
                return w.restore::<E>(client, id);
            }
            if there.is_some() && E::TABLE != Client::TABLE && dice.u8(0..8) == 0 {
                return w.remove::<E>(client, id);
            }
            let values = there.as_ref().unwrap_or(&base).values();
            let values = values.into_iter().enumerate().map(|(i, v)| other(dice, E::COLUMNS[i].name, v)).collect();
            match E::of(client, id, values) {
                Some(row) => w.bring(&row).map(|_| ()),
                None => Ok(()),
            }
        });
    }
}

/// Another number or text now and then.
fn other(dice: &mut fastrand::Rng, column: &str, value: Value) -> Value {
    if dice.u8(0..4) > 0 || column == "day" || column.starts_with("is_") || column == "active" {
        return value;
    }
    match value {
        Value::Int(n) if n != 0 && n != 1 => Value::Int(dice.i64(80..=100)),
        Value::Real(_) => Value::Real(dice.i64(1..=9) as f64),
        Value::Text(t) if ["note", "name", "cause"].contains(&column) => Value::Text(format!("{t}{}", dice.u8(0..3))),
        other => other,
    }
}

#[test]
fn whatever_three_pcs_do_all_have_the_same_at_rest() {
    let (mut conflicts, mut refused, mut rewound, mut vouched) = (0, 0, 0, 0);
    for seed in 0..seeds() {
        let mut play = Play::new(seed);
        for _ in 0..60 {
            play.step();
        }
        for _ in 0..3 {
            play.pcs.iter().for_each(|pc| pc.sync(&mut play.hub));
        }
        println!("seed {seed}: {} entries, {} refused", play.hub.entries.len(), play.hub.refused.len());
        for pc in &play.pcs {
            crate::is_at_rest(pc, &play.hub, &format!("seed {seed}"));
        }
        let all: Vec<_> = play.pcs.iter().map(Pc::all).collect();
        assert!(all.windows(2).all(|w| w[0] == w[1]), "seed {seed}: what is seen differs");
        conflicts += play.hub.rows.values().map(|r| r.conflicts.len()).sum::<usize>();
        refused += play.hub.refused.len();
        rewound += play.rewound;
        vouched += play.hub.vouched;
    }
    let told = format!("{conflicts} conflicts, {refused} refused, {rewound} rewound, {vouched} vouched");
    assert!(conflicts > 0 && refused > 0 && rewound > 0 && vouched > 0, "{told}: too little happened");
}

/// How many seeds are played; more on demand.
fn seeds() -> u64 {
    std::env::var("LINEBOARD_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(6)
}
