//! The simulator: the product's own state machines of PC and hub, played from a seed with every fault between them.
//!
//! Every step is one transaction, so that a power cut is a stop between two
//! steps or a lost message. The same seed plays the same play, byte for byte.
pub mod check;
pub mod device;
pub mod fault;
pub mod file;
pub mod hub;
pub mod net;
pub mod people;
pub mod rest;
pub mod steps;
pub mod table;
pub mod truth;
pub mod world;

use domain::planted::Bug;
use truth::Broken;
use world::World;

/// Steps of a play, at least and at most.
pub const STEPS: (usize, usize) = (80, 420);

/// What a play came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Play {
    /// The promise that was broken, if one was.
    pub broken: Option<String>,
    /// A digest of everything at its end.
    pub digest: [u8; 32],
}

/// Plays a seed to its end.
pub fn play(seed: u64, bug: Option<Bug>) -> Play {
    play_steps(seed, bug, None)
}

/// Plays a seed with so many steps instead of its own number.
pub fn play_steps(seed: u64, bug: Option<Bug>, steps: Option<usize>) -> Play {
    fault::plant(bug);
    let mut world = World::new(seed);
    let all = world.dice.usize(STEPS.0..=STEPS.1);
    let broken = run(&mut world, steps.unwrap_or(all)).err().map(|b| b.0);
    fault::plant(None);
    Play { broken, digest: world.digest() }
}

fn run(world: &mut World, steps: usize) -> Result<(), Broken> {
    for _ in 0..steps {
        world.step()?;
    }
    world.drain()?;
    world.settle()?;
    world.check()
}

/// The fewest steps after which the seed still breaks a promise.
pub fn shortest(seed: u64, bug: Option<Bug>) -> usize {
    let breaks = |steps: &usize| play_steps(seed, bug, Some(*steps)).broken.is_some();
    (0..=STEPS.1).find(breaks).unwrap_or(STEPS.1)
}

impl World {
    /// A digest of all that hub and PCs hold.
    fn digest(&self) -> [u8; 32] {
        let mut all = blake3::Hasher::new();
        for log in self.hub.logs.values() {
            for (_, chain) in &log.entries {
                all.update(chain);
            }
            all.update(format!("{:?}{:?}", log.known, log.quarantine.keys()).as_bytes());
        }
        for file in self.pcs.iter().flat_map(|p| p.files.values()) {
            all.update(format!("{:?}{:?}{:?}", file.state, file.view, file.refused.keys()).as_bytes());
        }
        *all.finalize().as_bytes()
    }
}
