//! Which window is whose; sessions live here and nowhere else.
use super::Session;
use crate::{Clock, Error, Result, Store};
use domain::Code;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Without a call for this long a session ends; drafts are kept.
const IDLE: Duration = Duration::from_secs(60 * 60);
/// After this long it ends in any case.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);

/// The sessions of this program's windows, by their labels.
#[derive(Default)]
pub struct Registry {
    clock: Clock,
    held: Mutex<HashMap<String, Held>>,
}

struct Held {
    session: Session,
    began: Moment,
    used: Moment,
}

/// A moment by two clocks: whoever sets one back does not lengthen a session.
#[derive(Clone, Copy)]
struct Moment {
    wall: i64,
    steady: Instant,
}

impl Moment {
    fn now(clock: &Clock) -> Self {
        Moment { wall: clock.now().0, steady: Instant::now() }
    }
    fn until(self, later: Moment) -> Duration {
        let wall = u64::try_from(later.wall.saturating_sub(self.wall)).unwrap_or(0);
        Duration::from_millis(wall).max(later.steady.saturating_duration_since(self.steady))
    }
}

impl Registry {
    /// A registry that goes by a store's clock.
    pub fn new(clock: &Clock) -> Self {
        Registry { clock: clock.clone(), held: Mutex::default() }
    }
    /// Gives a window the session of a log-in; one it had before ends.
    pub fn enter(&self, window: &str, session: Session) {
        let now = Moment::now(&self.clock);
        self.held().insert(window.into(), Held { session, began: now, used: now });
    }
    /// Puts a session that its person changed, such as its language, in its place.
    pub fn replace(&self, window: &str, session: Session) {
        if let Some(held) = self.held().get_mut(window).filter(|h| h.session.user() == session.user()) {
            held.session = session;
        }
    }
    /// The session of a call, with the rights of this moment.
    ///
    /// # Errors
    /// `no_session` where there is none, it ended, or its account did.
    pub fn session(&self, store: &Store, window: &str) -> Result<Session> {
        let session = self.peek(store, window)?;
        if let Some(held) = self.held().get_mut(window) {
            held.used = Moment::now(&self.clock);
        }
        Ok(session)
    }
    /// The same, for questions no person asked: it keeps no session awake.
    pub fn peek(&self, store: &Store, window: &str) -> Result<Session> {
        let held = self.alive(window).ok_or(Error::from(Code::NoSession))?;
        match store.refreshed(&held) {
            Ok(session) => {
                self.replace(window, session.clone());
                Ok(session)
            }
            Err(e) => {
                if e.is(Code::NoSession) || e.is(Code::LeaseOver) {
                    self.leave(window);
                }
                Err(e)
            }
        }
    }
    /// Ends the session of a window.
    pub fn leave(&self, window: &str) -> Option<Session> {
        self.held().remove(window).map(|h| h.session)
    }
    fn alive(&self, window: &str) -> Option<Session> {
        let (now, mut all) = (Moment::now(&self.clock), self.held());
        let held = all.get(window)?;
        if held.used.until(now) >= IDLE || held.began.until(now) >= LONGEST {
            all.remove(window);
            return None;
        }
        Some(held.session.clone())
    }
    fn held(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_two_clocks_counts() {
        let steady = Instant::now();
        let after = |wall, seconds| {
            let later = Moment { wall, steady: steady + Duration::from_secs(seconds) };
            Moment { wall: 1000, steady }.until(later).as_secs()
        };
        assert_eq!(
            [after(1000, 0), after(61_000, 5), after(61_000, 90), after(0, 90), after(0, 0)],
            [0, 60, 90, 90, 0]
        );
    }
}
