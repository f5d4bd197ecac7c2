//! Who of a PC may see a client, and what the authors of changes are to it.
use super::{
    Error,
    sql::{Uid, id, rows},
};
use crate::office::ACCESS_OF_PC;
use deadpool_postgres::Transaction;
use domain::{
    Client, Id, Role,
    change::{Device, User},
};
use tokio_postgres::Row;

const ROLES: &str = "SELECT p.id, p.role FROM hub.person p JOIN hub.granted g ON g.client_id = $1 AND g.person = p.id
  WHERE p.active AND g.active AND p.id = ANY ($2) ORDER BY p.id FOR SHARE";

/// The people of a PC who may see a client, and the newest generation of grants that says so.
pub(super) type Access = (Vec<(Id<User>, Role)>, i64);

/// Who of the PC may see the client; `held` keeps it so until the transaction ends.
pub(super) async fn people(
    tx: &Transaction<'_>,
    client: Id<Client>,
    device: Id<Device>,
    held: bool,
) -> Result<Access, Error> {
    let (mut people, mut generation) = (vec![], 0);
    let sql = if held { format!("{ACCESS_OF_PC} FOR SHARE") } else { ACCESS_OF_PC.into() };
    for row in rows(tx, &sql, &[&Uid::from(client), &Uid::from(device)]).await? {
        generation = i64::max(generation, row.try_get(3)?);
        if row.try_get(2)? {
            people.push((id(&row, 0)?, role(&row, 1)?));
        }
    }
    Ok((people, generation))
}

/// What each of these people is to the client, held until the transaction ends.
pub(super) async fn roles(
    tx: &Transaction<'_>,
    client: Id<Client>,
    authors: &[Uid],
) -> Result<Vec<(Id<User>, Role)>, Error> {
    let found = rows(tx, ROLES, &[&Uid::from(client), &authors]).await?;
    found.iter().map(|r| Ok((id(r, 0)?, role(r, 1)?))).collect()
}

/// A role of a row's column.
pub(super) fn role(row: &Row, column: usize) -> Result<Role, Error> {
    Role::of(row.try_get(column)?).ok_or(Error::Damaged("role"))
}
