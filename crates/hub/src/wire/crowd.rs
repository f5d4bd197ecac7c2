//! How much of each is there at once: connections of an address, requests of a PC.
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

/// How many of each are there.
pub(super) struct Crowd<K>(Arc<Mutex<HashMap<K, usize>>>);

impl<K> Clone for Crowd<K> {
    fn clone(&self) -> Self {
        Crowd(self.0.clone())
    }
}
impl<K> Default for Crowd<K> {
    fn default() -> Self {
        Crowd(Arc::default())
    }
}

/// One that is there, for as long as this is kept.
pub(super) struct Present<K: Hash + Eq> {
    crowd: Crowd<K>,
    who: K,
}

impl<K: Hash + Eq + Copy> Crowd<K> {
    /// One more of these; none where there are so many already.
    pub(super) fn enter(&self, who: K, most: usize) -> Option<Present<K>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let there = all.get(&who).copied().unwrap_or(0);
        if there >= most {
            return None;
        }
        all.insert(who, there + 1);
        Some(Present { crowd: self.clone(), who })
    }
}

impl<K: Hash + Eq> Drop for Present<K> {
    fn drop(&mut self) {
        let mut all = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(&self.who) {
            Some(there) if *there > 1 => *there -= 1,
            _ => drop(all.remove(&self.who)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_so_many_and_who_left_is_forgotten() {
        let (crowd, [a, b]) = (Crowd::default(), ["a", "b"]);
        let (one, two) = (crowd.enter(a, 2), crowd.enter(a, 2));
        assert!(one.is_some() && two.is_some() && crowd.enter(a, 2).is_none() && crowd.enter(b, 2).is_some());
        drop(one);
        let three = crowd.enter(a, 2);
        assert!(three.is_some() && crowd.enter(a, 2).is_none());
        drop((two, three));
        assert!(crowd.0.lock().unwrap().is_empty());
    }
}
