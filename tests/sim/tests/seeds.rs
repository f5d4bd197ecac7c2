//! PCs and hub as they are built, under every fault between them.
#![allow(missing_docs, reason = "the names of the tests say what they hold")]

/// A share of the two thousand seeds that every test run plays.
fn play(share: u64) {
    for seed in share * 250..(share + 1) * 250 {
        assert_eq!(sim::play(seed, None).broken, None, "seed {seed}");
    }
}

macro_rules! shares {
    ($($name:ident = $share:literal),*) => { $(#[test] fn $name() { play($share); })* };
}
shares! {
    every_promise_holds_in_seeds_to_250 = 0, every_promise_holds_in_seeds_to_500 = 1,
    every_promise_holds_in_seeds_to_750 = 2, every_promise_holds_in_seeds_to_1000 = 3,
    every_promise_holds_in_seeds_to_1250 = 4, every_promise_holds_in_seeds_to_1500 = 5,
    every_promise_holds_in_seeds_to_1750 = 6, every_promise_holds_in_seeds_to_2000 = 7
}

#[test]
fn a_seed_plays_the_same_play_twice() {
    for seed in 0..40 {
        assert_eq!(sim::play(seed, None), sim::play(seed, None), "seed {seed}");
    }
    assert_ne!(sim::play(1, None).digest, sim::play(2, None).digest);
}
