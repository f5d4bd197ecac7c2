//! How many connections each address has open.
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// Open connections by address.
#[derive(Clone, Default)]
pub(super) struct Crowd(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection, for as long as it is kept.
pub(super) struct Present {
    crowd: Crowd,
    peer: IpAddr,
}

impl Crowd {
    /// One more of this address; none where it has so many already.
    pub(super) fn enter(&self, peer: IpAddr, most: usize) -> Option<Present> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = all.get(&peer).copied().unwrap_or(0);
        if open >= most {
            return None;
        }
        all.insert(peer, open + 1);
        Some(Present { crowd: self.clone(), peer })
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut all = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(&self.peer) {
            Some(open) if *open > 1 => *open -= 1,
            _ => drop(all.remove(&self.peer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_and_who_left_is_forgotten() {
        let (crowd, [a, b]) = (Crowd::default(), [[1, 2, 3, 4], [5, 6, 7, 8]].map(IpAddr::from));
        let (one, two) = (crowd.enter(a, 2), crowd.enter(a, 2));
        assert!(one.is_some() && two.is_some() && crowd.enter(a, 2).is_none() && crowd.enter(b, 2).is_some());
        drop(one);
        let three = crowd.enter(a, 2);
        assert!(three.is_some() && crowd.enter(a, 2).is_none());
        drop((two, three));
        assert!(crowd.0.lock().unwrap().is_empty());
    }
}
