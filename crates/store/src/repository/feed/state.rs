//! How the file stands to the client's log.
use super::Feed;
use crate::{Error, Result, clock::random, repository::Row};
use domain::{
    Id, Role,
    change::User,
    feed::{Standing, State},
};
use rusqlite::params;

impl Feed<'_, '_> {
    /// What is kept beside rows and log; that of a client of which nothing is known where nothing is.
    pub fn state(&self) -> Result<State> {
        let sql = "SELECT standing, generation, incarnation, next, epoch, durable, cursor, offered FROM main.feed
            WHERE client_id = ?1";
        let found = self.w.privileged(sql, &self.values([]), state)?;
        Ok(found.into_iter().next().unwrap_or(State::new(Standing::New, 0, 0)))
    }
    /// Keeps it.
    pub fn keep(&mut self, s: &State) -> Result<()> {
        if self.state()?.standing != s.standing {
            // Who sees the client, and whether anybody does, is read anew.
            self.w.renew_scopes()?;
        }
        let sql = "UPDATE main.feed SET standing = ?2, generation = ?3, incarnation = ?4, next = ?5, epoch = ?6,
            durable = ?7, cursor = ?8, offered = ?9 WHERE client_id = ?1";
        let client = self.client.bytes();
        let (standing, incarnation) = (s.standing.word(), i64::from(s.incarnation));
        let values = params![
            client.as_slice(),
            standing,
            s.generation,
            incarnation,
            s.next,
            s.epoch,
            s.durable,
            s.cursor,
            s.offered
        ];
        self.run(sql, values).map(|_| ())
    }
    /// An incarnation that no other file has.
    pub fn fresh_incarnation(&mut self) -> u32 {
        u32::from_le_bytes(random::<4>())
    }
    /// The key of the client's chain.
    ///
    /// # Errors
    /// That the client was not joined.
    pub fn key(&self) -> Result<[u8; 32]> {
        let sql = "SELECT chain_key FROM main.feed WHERE client_id = ?1";
        let found = self.w.privileged(sql, &self.values([]), |r| r.get(0))?;
        found.into_iter().next().ok_or(Error::Unsound)
    }
    /// Keeps another key of it.
    pub fn keep_key(&mut self, key: [u8; 32]) -> Result<()> {
        let client = self.client.bytes();
        let sql = "UPDATE main.feed SET chain_key = ?2 WHERE client_id = ?1";
        self.run(sql, params![client.as_slice(), key.as_slice()]).map(|_| ())
    }
    /// Notes who of the PC may do what.
    pub fn keep_roles(&mut self, roles: &[(Id<User>, Role)]) -> Result<()> {
        let client = self.client.bytes();
        self.run("DELETE FROM main.feed_role WHERE client_id = ?1", [client.as_slice()])?;
        for (user, role) in roles {
            let user = user.bytes();
            let values = params![client.as_slice(), user.as_slice(), role.word()];
            self.run("INSERT INTO main.feed_role VALUES (?1, ?2, ?3)", values)?;
        }
        Ok(())
    }
}

fn state(r: &Row<'_>) -> Result<State> {
    let standing = Standing::of(&r.get::<String>(0)?).ok_or_else(|| Error::Misfit(0, "feed".into()))?;
    Ok(State {
        standing,
        generation: r.get(1)?,
        incarnation: r.get::<i64>(2)? as u32,
        next: r.get(3)?,
        epoch: r.get(4)?,
        durable: r.get(5)?,
        cursor: r.get(6)?,
        offered: r.get(7)?,
    })
}
