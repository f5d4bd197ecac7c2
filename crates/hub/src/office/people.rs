//! Administration: clients, people, who may have what, and who works at which PC.
//!
//! Each of these raises the generation, by which PCs know old grants from new.
use super::limits::Limits;
use crate::{
    Error, Hub,
    base::{Base, Tx, Way, again, given},
    clock::random,
};
use domain::{
    Client, Id, Role,
    change::{Device, User},
};

/// A person as the hub keeps him.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Who.
    pub user: Id<User>,
    /// What he logs in with.
    pub login: String,
    /// What others see.
    pub name: String,
    /// What he is in the plant.
    pub role: Role,
    /// Whether he may work at all.
    pub active: bool,
    /// What his password is compared with (argon2id); none where he may not log in offline.
    pub verifier: Option<String>,
}

impl<B: Base> Hub<B> {
    /// Takes in a client, with a chain of its own key.
    ///
    /// # Errors
    /// Those of the database; also where there is the client already.
    pub async fn add_client(&self, client: Id<Client>, name: &str) -> Result<(), Error> {
        if client == Client::PLANT {
            // Whoever was given it as a client would have the plant's own log.
            return Err(Error::Unknown("client"));
        }
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        tx.see_clients(&[client]).await?;
        tx.run("INSERT INTO hub.client (id, name) VALUES ($1, $2)", given![client, name]).await?;
        begin_log(&tx, client).await?;
        tx.commit().await
    }
    /// Takes in a person, or what has changed about him.
    ///
    /// # Errors
    /// Those of the database; also where another has his login, or where he was the last admin and would be none.
    pub async fn keep_person(&self, person: &Person) -> Result<(), Error> {
        again!(self.keep_person_once(person))
    }
    async fn keep_person_once(&self, person: &Person) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let generation = next(&tx).await?;
        let had = an_admin(&tx).await?;
        let Person { user, login, name, role, active, verifier } = person.clone();
        let sql = "INSERT INTO hub.person (id, login, name, role, active, verifier) VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (id) DO UPDATE SET (login, name, role, active, verifier)
          = (excluded.login, excluded.name, excluded.role, excluded.active, excluded.verifier)";
        tx.run(sql, given![user, login, name, role.word(), active, verifier]).await?;
        if had && !an_admin(&tx).await? {
            return Err(Error::LastAdmin);
        }
        give_pool(&tx, user, role, generation).await?;
        raise(&tx, user, generation).await?;
        tx.commit().await
    }
    /// What somebody logs in with, is called and is from now on; whether he may work and by what password stays.
    pub(super) async fn describe(&self, user: Id<User>, login: &str, name: &str, role: Role) -> Result<(), Error> {
        again!(self.describe_once(user, login, name, role))
    }
    async fn describe_once(&self, user: Id<User>, login: &str, name: &str, role: Role) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let generation = next(&tx).await?;
        let had = an_admin(&tx).await?;
        let sql = "UPDATE hub.person SET login = $2, name = $3, role = $4 WHERE id = $1";
        if tx.run(sql, given![user, login, name, role.word()]).await? == 0 {
            return Err(Error::Unknown("person"));
        }
        if had && !an_admin(&tx).await? {
            return Err(Error::LastAdmin);
        }
        give_pool(&tx, user, role, generation).await?;
        raise(&tx, user, generation).await?;
        tx.commit().await
    }
    /// Compares somebody's password with something else from now on; with `was` only while he may work and it is compared
    /// with just that. Whether it is.
    pub(super) async fn compare(&self, user: Id<User>, was: Option<&str>, verifier: &str) -> Result<bool, Error> {
        again!(self.compare_once(user, was, verifier))
    }
    async fn compare_once(&self, user: Id<User>, was: Option<&str>, verifier: &str) -> Result<bool, Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let generation = next(&tx).await?;
        let changed = match was {
            Some(was) => {
                let sql = "UPDATE hub.person SET verifier = $2 WHERE id = $1 AND active AND verifier = $3";
                tx.run(sql, given![user, verifier, was]).await?
            }
            None => tx.run("UPDATE hub.person SET verifier = $2 WHERE id = $1", given![user, verifier]).await?,
        };
        if changed > 0 {
            raise(&tx, user, generation).await?;
            tx.commit().await?;
        }
        Ok(changed > 0)
    }
    /// Lets a person work no longer, on any PC; whatever he still writes is refused and kept for others to look at.
    ///
    /// # Errors
    /// Where he is the last admin who may work, or is not known; those of PostgreSQL.
    pub async fn disable(&self, user: Id<User>) -> Result<(), Error> {
        again!(self.activate_once(user, false))
    }
    /// Lets him work again, for the clients and on the PCs that were his.
    ///
    /// # Errors
    /// Where he is not known, or a client of his has as many people or PCs as it may; those of PostgreSQL.
    pub async fn enable(&self, user: Id<User>) -> Result<(), Error> {
        again!(self.activate_once(user, true))
    }
    async fn activate_once(&self, user: Id<User>, active: bool) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        // Two admins who disable each other meet here.
        let generation = next(&tx).await?;
        let limits = if active { Some(Limits::of_person(&tx, user).await?) } else { None };
        if tx.run("UPDATE hub.person SET active = $2 WHERE id = $1", given![user, active]).await? == 0 {
            return Err(Error::Unknown("person"));
        }
        if !active && !an_admin(&tx).await? {
            return Err(Error::LastAdmin);
        }
        if let Some(limits) = limits {
            limits.hold(&tx).await?;
        }
        raise(&tx, user, generation).await?;
        tx.commit().await
    }
    /// Gives a person a client.
    ///
    /// # Errors
    /// Those of the database; also where there is no such person, or the client has as many people or PCs as it may.
    pub async fn grant(&self, user: Id<User>, client: Id<Client>) -> Result<(), Error> {
        again!(self.grant_once(user, client, true))
    }
    /// Takes a client from a person; whatever he still writes for it is refused and kept for others to look at.
    ///
    /// # Errors
    /// Those of the database; also where there is no such person.
    pub async fn withdraw(&self, user: Id<User>, client: Id<Client>) -> Result<(), Error> {
        again!(self.grant_once(user, client, false))
    }
    async fn grant_once(&self, user: Id<User>, client: Id<Client>, active: bool) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        tx.see_clients(&[client]).await?;
        there(&tx, "client", client).await?;
        there(&tx, "person", user).await?;
        let generation = next(&tx).await?;
        let limits = Limits::of(&tx, &[client]).await?;
        keep_grant(&tx, client, user, (active, generation)).await?;
        limits.hold(&tx).await?;
        tx.commit().await
    }
    /// Lets a person work at a PC.
    ///
    /// # Errors
    /// Those of the database; also where there is no such person or PC, or a client of his is on as many as it may be.
    pub async fn assign(&self, user: Id<User>, device: Id<Device>) -> Result<(), Error> {
        again!(self.assign_once(user, device, true))
    }
    /// Lets a person work at a PC no longer.
    ///
    /// # Errors
    /// Those of the database; also where there is no such person or PC.
    pub async fn release(&self, user: Id<User>, device: Id<Device>) -> Result<(), Error> {
        again!(self.assign_once(user, device, false))
    }
    async fn assign_once(&self, user: Id<User>, device: Id<Device>, active: bool) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        there(&tx, "person", user).await?;
        there(&tx, "device", device).await?;
        let generation = next(&tx).await?;
        let limits = Limits::of_person(&tx, user).await?;
        let sql = "INSERT INTO hub.device_person (device, person, active, generation) VALUES ($1, $2, $3, $4)
          ON CONFLICT (device, person) DO UPDATE SET (active, generation) = (excluded.active, excluded.generation)";
        tx.run(sql, given![device, user, active, generation]).await?;
        limits.hold(&tx).await?;
        tx.commit().await
    }
    /// Takes a PC out of the plant.
    ///
    /// # Errors
    /// Those of the database; also where there is no such PC.
    pub async fn withdraw_device(&self, device: Id<Device>) -> Result<(), Error> {
        again!(self.withdraw_device_once(device))
    }
    async fn withdraw_device_once(&self, device: Id<Device>) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let generation = next(&tx).await?;
        if tx.run("UPDATE hub.device SET withdrawn = true WHERE id = $1", given![device]).await? == 0 {
            return Err(Error::Unknown("PC"));
        }
        tx.run("UPDATE hub.device_person SET generation = $2 WHERE device = $1", given![device, generation]).await?;
        tx.run("UPDATE hub.token SET ended = true WHERE device = $1", given![device]).await?;
        tx.commit().await
    }
}

/// Begins a log, with a chain of its own key; one that has begun stays.
async fn begin_log<T: Tx>(tx: &T, client: Id<Client>) -> Result<(), Error> {
    let (key, chain): ([u8; 32], [u8; 32]) = (random(), [0; 32]);
    let sql = "INSERT INTO hub.client_head (client_id, chain, key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.run(sql, given![client, chain, key]).await.map(drop)
}

/// The plant's own log is for whom his role lets work with the pool, and for nobody else.
async fn give_pool<T: Tx>(tx: &T, user: Id<User>, role: Role, generation: i64) -> Result<(), Error> {
    tx.see_clients(&[Client::PLANT]).await?;
    begin_log(tx, Client::PLANT).await?;
    keep_grant(tx, Client::PLANT, user, (role.sees_pool(), generation)).await
}

async fn keep_grant<T: Tx>(
    tx: &T,
    client: Id<Client>,
    user: Id<User>,
    (active, generation): (bool, i64),
) -> Result<(), Error> {
    let sql = "INSERT INTO hub.granted (client_id, person, active, generation) VALUES ($1, $2, $3, $4)
      ON CONFLICT (client_id, person) DO UPDATE SET (active, generation) = (excluded.active, excluded.generation)";
    tx.run(sql, given![client, user, active, generation]).await.map(drop)
}

/// Refuses what names nobody: it is no fault of the database.
async fn there<E, T: Tx>(tx: &T, table: &'static str, id: Id<E>) -> Result<(), Error> {
    let found = tx.row(&format!("SELECT 1 FROM hub.{table} WHERE id = $1"), given![id]).await?;
    found.map(drop).ok_or(Error::Unknown(table))
}

/// Whether there is an admin who may work.
async fn an_admin<T: Tx>(tx: &T) -> Result<bool, Error> {
    let admins = "SELECT 1 FROM hub.person WHERE active AND role = $1 LIMIT 1";
    Ok(tx.row(admins, given![Role::Admin.word()]).await?.is_some())
}

/// The next generation; whoever changes grants waits here for others who do.
async fn next<T: Tx>(tx: &T) -> Result<i64, Error> {
    let sql = "UPDATE hub.state SET generation = generation + 1 RETURNING generation";
    tx.row(sql, &[]).await?.ok_or(Error::Unknown("state of the hub"))?.number(0)
}

/// Every grant of a person is of this generation from here on.
async fn raise<T: Tx>(tx: &T, user: Id<User>, generation: i64) -> Result<(), Error> {
    tx.see_people(&[user]).await?;
    let his = tx.rows("SELECT client_id FROM hub.granted WHERE person = $1", given![user]).await?;
    let clients = his.iter().map(|r| r.id(0)).collect::<Result<Vec<Id<Client>>, _>>()?;
    tx.see_clients(&clients).await?;
    tx.run("UPDATE hub.granted SET generation = $2 WHERE person = $1", given![user, generation]).await.map(drop)
}
