//! `hub keep` and what is asked of a hub in this PC's own data folder.
use super::{
    hub::{administer, answer, bound, done, stop, take_in, told},
    joined::failed,
    out,
    own::{alone, certificate},
};
use crate::{
    Outcome,
    args::{CardFile, Common, Hub, Keep, Serve},
    door::{self, Door},
    stop::Stop,
    words::say,
};
use domain::{Id, change::Device};
use hub::{
    Error,
    clock::Clock,
    keeper::Keeper,
    postgres::{Config, Postgres},
};
use serde_json::json;
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use store::{
    Store,
    book::Book,
    keep::{Vault, folder::Folder},
};
use sync::{http::Wanted, start};

/// This PC's data folder, and what opens it.
struct Place {
    folder: Folder,
    vault: Vault,
}

impl Place {
    fn find(common: &Common) -> Outcome<Place> {
        let (folder, key) = door::place(common)?;
        let vault = Vault::of(&folder, &key)?;
        Ok(Place { folder, vault })
    }
    fn certificate(&self) -> PathBuf {
        self.folder.path().join("hub.pem")
    }
}

/// Asks the keeper's hub, as an admin of the plant.
pub(super) async fn run(common: &Common, what: &Hub) -> Outcome<()> {
    let place = Place::find(common).ok().filter(|p| Book::is_there(&p.vault));
    let place = place.ok_or_else(|| Stop::usage("hub_needs_database", &[]))?;
    admin(common)?;
    let desk = here(&place).await?;
    match what {
        Hub::BackUp(to) => back_up(common, &place, &desk, to).await,
        _ => administer(common, &desk, what).await,
    }
}

/// The hub of this PC, as long as its plant has not gone to another.
async fn here(place: &Place) -> Outcome<Keeper> {
    let desk = Keeper::begin(&place.vault, Clock::default()).await.map_err(|e| told(&e))?;
    match desk.has_moved().await.map_err(|e| told(&e))? {
        true => Err(stop("keeper_moved", &[])),
        false => Ok(desk),
    }
}

/// Gives the plant to a hub on a server: this PC keeps the order no longer.
pub(super) async fn moves(common: &Common, url: String) -> Outcome<()> {
    let place = Place::find(common)?;
    if !Book::is_there(&place.vault) {
        return Err(stop("keeper_none", &[]));
    }
    admin(common)?;
    // What a PC renewed here while the book is copied would be unknown there.
    let _alone = alone(place.folder.path(), "hub.lock")?;
    let config = Config { url, connections: 2, clock: Clock::default() };
    let to = Postgres::open(&config).await.map_err(|e| told(&e))?;
    let desk = Keeper::begin(&place.vault, Clock::default()).await.map_err(|e| told(&e))?;
    desk.move_to(&to).await.map_err(|e| told(&e))?;
    let held = to.held().await.map_err(|e| told(&e))?;
    done(common, &json!({ "clients": held.clients(), "entries": held.heads.values().sum::<i64>() }))
}

/// Keeps the order until stopped; the first time this PC itself comes to the hub that it is.
pub(super) async fn keep(common: &Common, how: &Keep) -> Outcome<()> {
    let place = Place::find(common)?;
    let _alone = alone(place.folder.path(), "hub.lock")?;
    let (store, begins) = begins(common, &place)?;
    let pem = certificate::of(place.folder.path(), &how.names())?;
    let desk = Arc::new(here(&place).await?);
    let bound = bound(&Serve { listen: how.listen, certificate: Some(pem.certificate), key: Some(pem.key) }).await?;
    let address = bound.address().map_err(|e| stop("hub_no_end", &[("why", e.to_string())]))?;
    let serves = tokio::spawn(answer(desk.clone(), bound));
    if begins {
        comes(&place, &desk, &store, address).await?;
    }
    seats(&desk, store.device()).await.map_err(|e| told(&e))?;
    told_what_to_type(common, how, &place, address);
    serves.await.unwrap_or(Ok(()))
}

/// The plant's file, and whether it has yet to come to its own hub, which wants an admin.
///
/// # Errors
/// Where it works with another hub; where nobody, or no admin, has logged in.
fn begins(common: &Common, place: &Place) -> Outcome<(Arc<Store>, bool)> {
    let (folder, key) = door::place(common)?;
    let store = Arc::new(Store::enter(&folder, &key, store::Clock::default())?);
    let joined = sync::joined::Joined::open(store.clone(), place.vault.clone())?.is_some();
    if joined && !Book::is_there(&place.vault) {
        return Err(stop("keeper_has_a_hub", &[]));
    }
    if !joined {
        admin(common)?;
    }
    Ok((store, !joined))
}

fn admin(common: &Common) -> Outcome<()> {
    Door::open(common)?.admins_only()
}

/// The plant of this PC comes to the hub in its own folder.
async fn comes(place: &Place, desk: &Keeper, store: &Arc<Store>, address: SocketAddr) -> Outcome<()> {
    take_in(desk, &store.card(&place.vault)?).await.map_err(|e| told(&e))?;
    let cannot = |e: std::io::Error| Stop::unreadable(&place.certificate(), &e);
    let wanted = Wanted {
        url: format!("https://localhost:{}", address.port()),
        trust: std::fs::read_to_string(place.certificate()).map_err(cannot)?,
        code: desk.new_code().await.map_err(|e| told(&e))?,
        name: say("keeper", &[]),
        device: store.device(),
    };
    start::join(store, &place.vault, wanted).await.map(drop).map_err(failed)
}

/// As long as nobody works at any PC, everybody works at this one: so it was before it kept the order.
async fn seats(desk: &Keeper, device: Id<Device>) -> Result<(), Error> {
    let people = desk.people().await?;
    if people.iter().all(|p| p.pcs.is_empty()) {
        for person in people {
            desk.assign(person.user, device).await?;
        }
    }
    Ok(())
}

fn told_what_to_type(common: &Common, how: &Keep, place: &Place, address: SocketAddr) {
    let name = how.names().first().cloned().unwrap_or_default();
    let (url, certificate) = (format!("https://{name}:{}", address.port()), place.certificate().display().to_string());
    match common.json {
        true => out(&json!({ "url": url, "certificate": certificate }).to_string()),
        false => out(&say("hub_keeps", &[("url", url), ("certificate", certificate)])),
    }
}

async fn back_up(common: &Common, place: &Place, desk: &Keeper, to: &CardFile) -> Outcome<()> {
    let held = desk.back_up(&place.vault, &to.file).await.map_err(|e| told(&e))?;
    done(common, &json!({ "clients": held.clients(), "entries": held.heads.values().sum::<i64>() }))
}
