//! Administration: clients, people, who may have what, and who works at which PC.
//!
//! Each of these raises the generation, by which PCs know old grants from new.
use super::{
    Error, Postgres, again,
    sql::{Uid, id, name_clients, name_people, row, rows, run},
};
use crate::clock::random;
use deadpool_postgres::Transaction;
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

impl Postgres {
    /// Takes in a client, with a chain of its own key.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where there is the client already.
    pub async fn add_client(&self, client: Id<Client>, name: &str) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        name_clients(&tx, &[client]).await?;
        let (key, chain): ([u8; 32], [u8; 32]) = (random(), [0; 32]);
        run(&tx, "INSERT INTO hub.client (id, name) VALUES ($1, $2)", &[&Uid::from(client), &name]).await?;
        let sql = "INSERT INTO hub.client_head (client_id, chain, key) VALUES ($1, $2, $3)";
        run(&tx, sql, &[&Uid::from(client), &&chain[..], &&key[..]]).await?;
        Ok(tx.commit().await?)
    }
    /// Takes in a person, or what has changed about him.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where another has his login.
    pub async fn keep_person(&self, person: &Person) -> Result<(), Error> {
        again!(self.keep_person_once(person))
    }
    async fn keep_person_once(&self, person: &Person) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let generation = next(&tx).await?;
        let Person { user, login, name, role, active, verifier } = person;
        let sql = "INSERT INTO hub.person (id, login, name, role, active, verifier) VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (id) DO UPDATE SET (login, name, role, active, verifier)
          = (excluded.login, excluded.name, excluded.role, excluded.active, excluded.verifier)";
        run(&tx, sql, &[&Uid::from(*user), login, name, &role.word(), active, verifier]).await?;
        raise(&tx, &[Uid::from(*user)], generation).await?;
        Ok(tx.commit().await?)
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
    /// Where he is not known; those of PostgreSQL.
    pub async fn enable(&self, user: Id<User>) -> Result<(), Error> {
        again!(self.activate_once(user, true))
    }
    async fn activate_once(&self, user: Id<User>, active: bool) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        // Two admins who disable each other meet here.
        let (generation, key) = (next(&tx).await?, Uid::from(user));
        if run(&tx, "UPDATE hub.person SET active = $2 WHERE id = $1", &[&key, &active]).await? == 0 {
            return Err(Error::Unknown("person"));
        }
        let admins = "SELECT FROM hub.person WHERE active AND role = $1 LIMIT 1";
        if !active && row(&tx, admins, &[&Role::Admin.word()]).await?.is_none() {
            return Err(Error::LastAdmin);
        }
        raise(&tx, &[key], generation).await?;
        Ok(tx.commit().await?)
    }
    /// Gives a person a client.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where there is no such person.
    pub async fn grant(&self, user: Id<User>, client: Id<Client>) -> Result<(), Error> {
        again!(self.grant_once(user, client, true))
    }
    /// Takes a client from a person; whatever he still writes for it is refused and kept for others to look at.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where there is no such person.
    pub async fn withdraw(&self, user: Id<User>, client: Id<Client>) -> Result<(), Error> {
        again!(self.grant_once(user, client, false))
    }
    async fn grant_once(&self, user: Id<User>, client: Id<Client>, active: bool) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        name_clients(&tx, &[client]).await?;
        let known = row(&tx, "SELECT FROM hub.client_head WHERE client_id = $1", &[&Uid::from(client)]).await?;
        known.ok_or(Error::Unknown("client"))?;
        let sql = "INSERT INTO hub.granted (client_id, person, active, generation) VALUES ($1, $2, $3, $4)
          ON CONFLICT (client_id, person) DO UPDATE SET (active, generation) = (excluded.active, excluded.generation)";
        let generation = next(&tx).await?;
        run(&tx, sql, &[&Uid::from(client), &Uid::from(user), &active, &generation]).await?;
        Ok(tx.commit().await?)
    }
    /// Lets a person work at a PC.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where there is no such person or PC.
    pub async fn assign(&self, user: Id<User>, device: Id<Device>) -> Result<(), Error> {
        again!(self.assign_once(user, device, true))
    }
    /// Lets a person work at a PC no longer.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where there is no such person or PC.
    pub async fn release(&self, user: Id<User>, device: Id<Device>) -> Result<(), Error> {
        again!(self.assign_once(user, device, false))
    }
    async fn assign_once(&self, user: Id<User>, device: Id<Device>, active: bool) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let generation = next(&tx).await?;
        let sql = "INSERT INTO hub.device_person (device, person, active, generation) VALUES ($1, $2, $3, $4)
          ON CONFLICT (device, person) DO UPDATE SET (active, generation) = (excluded.active, excluded.generation)";
        run(&tx, sql, &[&Uid::from(device), &Uid::from(user), &active, &generation]).await?;
        Ok(tx.commit().await?)
    }
    /// Takes a PC out of the plant.
    ///
    /// # Errors
    /// Those of PostgreSQL; also where there is no such PC.
    pub async fn withdraw_device(&self, device: Id<Device>) -> Result<(), Error> {
        again!(self.withdraw_device_once(device))
    }
    async fn withdraw_device_once(&self, device: Id<Device>) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let (generation, key) = (next(&tx).await?, Uid::from(device));
        if run(&tx, "UPDATE hub.device SET withdrawn = true WHERE id = $1", &[&key]).await? == 0 {
            return Err(Error::Unknown("PC"));
        }
        run(&tx, "UPDATE hub.device_person SET generation = $2 WHERE device = $1", &[&key, &generation]).await?;
        run(&tx, "UPDATE hub.token SET ended = true WHERE device = $1", &[&key]).await?;
        Ok(tx.commit().await?)
    }
}

/// The next generation; whoever changes grants waits here for others who do.
async fn next(tx: &Transaction<'_>) -> Result<i64, Error> {
    let sql = "UPDATE hub.state SET generation = generation + 1 RETURNING generation";
    Ok(row(tx, sql, &[]).await?.ok_or(Error::Unknown("state of the hub"))?.try_get(0)?)
}

/// Every grant of these people is of this generation from here on.
async fn raise(tx: &Transaction<'_>, people: &[Uid], generation: i64) -> Result<(), Error> {
    name_people(tx, people).await?;
    let theirs = rows(tx, "SELECT DISTINCT client_id FROM hub.granted WHERE person = ANY ($1)", &[&people]).await?;
    let clients = theirs.iter().map(|r| id(r, 0)).collect::<Result<Vec<Id<Client>>, _>>()?;
    name_clients(tx, &clients).await?;
    run(tx, "UPDATE hub.granted SET generation = $2 WHERE person = ANY ($1)", &[&people, &generation]).await.map(drop)
}
