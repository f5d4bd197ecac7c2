//! A plant that never was, to look around in: three clients, ninety days.
mod blueprint;
pub(crate) mod chance;
mod delivery;
mod floor;
pub mod generator;
mod industry;
mod inspect;
mod orders;
mod people;
mod rows;
mod setup;
mod stops;
#[cfg(test)]
mod tests;

use blueprint::Blueprint;
use chance::Chance;
use domain::{
    Client, Code, Fault, Id,
    time::{Instant, Zone, today, zone_named},
};
use floor::Floor;
use industry::CLIENTS;
use rows::{Ids, Rows};
use store::{ClientRef, Session, Store};

/// The seed of the plant that people see.
pub const SEED: u64 = 20_261_122;

/// Makes the demo plant, client by client, each one transaction and one undo.
///
/// The same seed at the same moment makes the same rows. A client that is here
/// by its code already is left as it is. `tell` hears rows done and in all.
///
/// # Errors
/// `forbidden` for who may not make clients; `duplicate_code` where all are here.
pub fn make(
    store: &Store,
    session: &Session,
    seed: u64,
    tell: &mut dyn FnMut(u64, u64),
) -> store::Result<Vec<ClientRef>> {
    let now = store.clock().now();
    let here: Vec<String> = store.repository(session)?.session().clients().iter().map(|c| c.code.clone()).collect();
    let missing = CLIENTS.iter().filter(|b| !here.iter().any(|code| code.eq_ignore_ascii_case(b.code)));
    let plants: Vec<(Client, Rows)> = missing.map(|b| plant(b, seed, now)).collect();
    if plants.is_empty() {
        return Err(Fault::new(Code::DuplicateCode).with("value", CLIENTS[0].code).at("code").into());
    }
    let (all, mut done): (u64, u64) = (plants.iter().map(|p| p.1.count()).sum(), 0);
    let mut made = vec![];
    for (client, rows) in plants {
        store.repository(session)?.write(|w| {
            w.names(format!("demo {}", client.code));
            rows.write(w, &client, &mut |saved| tell(done + saved, all))
        })?;
        done += rows.count();
        made.push(ClientRef { id: client.id, code: client.code, name: client.name });
    }
    Ok(made)
}

/// One client of the demo, as its rows.
fn plant(b: &'static Blueprint, seed: u64, now: Instant) -> (Client, Rows) {
    let (chance, zone) = (Chance::of(seed).branch(b.code), zone_named(b.zone).unwrap_or(Zone::UTC));
    let today = today(now, zone, i32::try_from(b.rollover).unwrap_or(0));
    let (mut ids, mut rows) = (Ids::of(&chance, now), Rows::default());
    let id: Id<Client> = ids.fresh();
    let names = setup::set_up(b, id, today, &mut ids, &mut rows);
    let crews = people::Crews::hire(b, &names, today, &chance, &mut ids, &mut rows);
    let (chance, inspector) = (chance.branch("floor"), chance.branch("quality"));
    let floor = Floor { blueprint: b, names: &names, zone, now, today, chance, inspector, crews };
    floor.run(&mut ids, &mut rows);
    (Client { client_id: id, id, code: b.code.into(), name: b.name.into(), active: true }, rows)
}
