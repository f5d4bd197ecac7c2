//! Passwords: how they are kept, checked and chosen.
use crate::clock::random;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{Code, Fault};
use std::sync::{Mutex, PoisonError};

mod common;

/// The fewest characters of a password.
pub const LEAST: usize = 12;
/// The most; a longer one only costs time.
const MOST: usize = 2000;

/// What one hash costs, whoever guesses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    kib: u32,
    passes: u32,
    lanes: u32,
}

impl Default for Cost {
    /// argon2id with 64 MiB, three passes, one lane.
    fn default() -> Self {
        Cost { kib: 65_536, passes: 3, lanes: 1 }
    }
}

impl Cost {
    /// A cost that protects nothing, for tests that log in often.
    #[cfg(test)]
    pub(crate) const fn test_only() -> Self {
        Cost { kib: 64, passes: 1, lanes: 1 }
    }
    fn argon(self) -> Result<Argon2<'static>, Fault> {
        let params = Params::new(self.kib, self.passes, self.lanes, None).map_err(|e| bug(&e))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
    /// The PHC string of a password under a new salt.
    pub(crate) fn hash(self, password: &str) -> Result<String, Fault> {
        let salt = random::<16>();
        let phc =
            one_at_a_time(|| self.argon()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(|e| bug(&e)))?;
        Ok(phc.to_string())
    }
    /// Whether a kept hash is weaker than this cost.
    pub(crate) fn needs_rehash(self, phc: &str) -> bool {
        let kept = PasswordHash::new(phc).ok().filter(|h| h.algorithm.as_str() == "argon2id");
        let params = kept.filter(|h| h.version == Some(Version::V0x13.into())).and_then(|h| Params::try_from(&h).ok());
        params.is_none_or(|p| p.m_cost() < self.kib || p.t_cost() < self.passes || p.p_cost() < self.lanes)
    }
    /// Costs as much as a check and never succeeds: for names nobody has.
    pub(crate) fn dummy(self, password: &str) -> bool {
        verify(password, &self.unopenable())
    }
    /// A hash of this cost with a salt and a tag of zero bytes, as none will be.
    fn unopenable(self) -> String {
        let (salt, tag) = ("A".repeat(22), "A".repeat(43));
        format!("$argon2id$v=19$m={},t={},p={}${salt}${tag}", self.kib, self.passes, self.lanes)
    }
}

/// Whether the password is the one that was hashed.
pub(crate) fn verify(password: &str, phc: &str) -> bool {
    let Ok(kept) = PasswordHash::new(phc) else { return false };
    // The cost comes from the kept string, not from this default.
    password.len() <= 4 * MOST
        && one_at_a_time(|| Argon2::default().verify_password(password.as_bytes(), &kept)).is_ok()
}

/// One hash at a time holds the memory of one, and slows guessing by itself.
fn one_at_a_time<T>(f: impl FnOnce() -> T) -> T {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    #[cfg(test)]
    HASHES.set(HASHES.get() + 1);
    f()
}

#[cfg(test)]
thread_local! {
    /// How many hashes this thread has made: what a log-in costs, without a clock.
    pub(crate) static HASHES: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Refuses a password that is short, endless, or among the first to be guessed.
///
/// No other rule: length is what counts, not a zoo of characters.
pub(crate) fn choose(password: &str, names: &[&str]) -> Result<(), Fault> {
    let length = password.chars().count();
    if length < LEAST {
        return Err(Fault::new(Code::ShortPassword).with("least", LEAST).at("password"));
    }
    if length > MOST {
        return Err(Fault::new(Code::TooLong).with("value", length).at("password"));
    }
    if common::guessable(password, names) {
        return Err(Fault::new(Code::CommonPassword).at("password"));
    }
    Ok(())
}

/// What a chosen password is compared with (argon2id, as a PHC string).
///
/// # Errors
/// `short_password`, `too_long`, `common_password`, each at the field `password`.
pub fn verifier(password: &str, names: &[&str]) -> Result<String, Fault> {
    choose(password, names)?;
    Cost::default().hash(password)
}

/// Whether it is the password of a verifier; of none it costs as much and is not.
pub fn fits(password: &str, verifier: Option<&str>) -> bool {
    verifier.map_or_else(|| Cost::default().dummy(password), |phc| verify(password, phc))
}

fn bug(e: &impl std::fmt::Display) -> Fault {
    tracing::error!("argon2: {e}");
    Fault::new(Code::Internal).with("value", "password")
}

#[cfg(test)]
mod tests {
    use super::*;
    const GOOD: &str = "copper kettle on mars";

    #[test]
    fn a_hash_says_how_it_was_made_and_is_never_the_same_twice() {
        let (a, b) = (Cost::default().hash(GOOD).unwrap(), Cost::test_only().hash(GOOD).unwrap());
        assert!(a.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{a}");
        assert!(b.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{b}");
        assert_ne!(b, Cost::test_only().hash(GOOD).unwrap());
        assert!(verify(GOOD, &a) && verify(GOOD, &b));
        let (salt, tag) = a[31..].split_once('$').unwrap();
        assert_eq!((salt.len(), tag.len()), (22, 43));
    }

    #[test]
    fn only_the_password_itself_opens_its_hash() {
        let phc = Cost::test_only().hash(GOOD).unwrap();
        for other in ["", "copper kettle on mar", "copper kettle on mars ", "Copper kettle on mars", &phc] {
            assert!(!verify(other, &phc), "{other}");
        }
        assert!(!verify(GOOD, "") && !verify(GOOD, "$argon2id$v=19$m=64,t=1,p=1"));
    }

    #[test]
    fn the_whole_of_a_long_password_counts() {
        let long = "é".repeat(1000) + "end of it";
        let phc = Cost::test_only().hash(&long).unwrap();
        assert!(verify(&long, &phc));
        assert!(!verify(&("é".repeat(1000) + "end of iT"), &phc));
    }

    #[test]
    fn a_hash_of_less_cost_is_made_anew_and_one_of_equal_cost_is_not() {
        let cost = |kib, passes, lanes| Cost { kib, passes, lanes };
        let phc = cost(128, 2, 1).hash(GOOD).unwrap();
        assert!(!cost(128, 2, 1).needs_rehash(&phc));
        assert!(!cost(64, 1, 1).needs_rehash(&phc));
        for dearer in [cost(129, 2, 1), cost(128, 3, 1), cost(128, 2, 2)] {
            assert!(dearer.needs_rehash(&phc), "{dearer:?}");
        }
        assert!(Cost::default().needs_rehash(&phc));
        assert!(cost(128, 2, 1).needs_rehash(&phc.replace("argon2id", "argon2i")));
        assert!(cost(128, 2, 1).needs_rehash("nonsense"));
    }

    #[test]
    fn an_unknown_name_costs_a_real_hash_that_nothing_opens() {
        let cost = Cost { kib: 80, passes: 2, lanes: 1 };
        let (made, kept) = (cost.hash(GOOD).unwrap(), cost.unopenable());
        // The same form, cost and lengths; only salt and tag differ.
        let form = |phc: &str| {
            phc.split('$')
                .map(|part| (part.len(), part.starts_with("m=").then(|| part.to_string())))
                .collect::<Vec<_>>()
        };
        assert_eq!(form(&made), form(&kept));
        assert!(PasswordHash::new(&kept).is_ok() && !cost.needs_rehash(&kept));
        assert!(!cost.dummy(GOOD) && !cost.dummy(""));
    }

    #[test]
    fn the_production_cost_is_sixty_four_mebibytes_three_passes_one_lane() {
        assert_eq!(Cost::default(), Cost { kib: 64 * 1024, passes: 3, lanes: 1 });
    }

    #[test]
    fn hashes_wait_for_one_another() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
        static INSIDE: AtomicUsize = AtomicUsize::new(0);
        let turns = (0..8).map(|_| {
            std::thread::spawn(|| {
                one_at_a_time(|| {
                    let others = INSIDE.fetch_add(1, SeqCst);
                    std::thread::yield_now();
                    INSIDE.fetch_sub(1, SeqCst);
                    others
                })
            })
        });
        let seen: Vec<usize> = turns.collect::<Vec<_>>().into_iter().map(|t| t.join().unwrap()).collect();
        assert_eq!(seen, [0; 8]);
    }

    #[test]
    fn a_short_password_is_told_the_length_it_needs() {
        let fault = choose("elevenchars", &[]).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.params["least"].as_str()), ("short_password", "12"));
        assert_eq!(choose("ñandúñandú1", &[]).unwrap_err().code, "short_password");
        assert_eq!(choose(&"x y z ".repeat(400), &[]).unwrap_err().code, "too_long");
    }
}
