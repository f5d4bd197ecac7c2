//! `join` and `sync`: this PC comes to a hub, and is brought up to date with it.
use super::{keep, print};
use crate::{
    Outcome,
    args::{Common, Join, Now, Rejoin},
    door::{self, Door},
    stop::Stop,
    words::say,
};
use domain::{Client, Code, Fault};
use serde_json::json;
use std::{path::Path, sync::Arc, time::Duration};
use store::{
    Clock, Store,
    keep::{
        Vault,
        folder::{Folder, Lock},
    },
};
use sync::{
    engine::Status,
    http::Wanted,
    hub::{Distrust, Trouble},
    joined::Joined,
    start::{self, Back, Failed},
};
use tokio::time::timeout;

/// Gives the file an account at a hub, or lets one that has an account come back there; what it holds is sent with the
/// next `sync`.
pub(crate) fn join(common: &Common, door: &Door, how: &Join) -> Outcome<()> {
    door.admins_only()?;
    let (folder, place) = door::place(common)?;
    let vault = Vault::of(&folder, &place)?;
    let account = match Joined::open(door.store.clone(), vault.clone())? {
        Some((_, had)) => {
            let _alone = alone(&folder)?;
            let code = code(how, how.address.as_ref().unwrap_or(&had.url))?;
            let trust = how.certificate.as_deref().map(read).transpose()?;
            let with = Back { code, name: how.name.clone(), url: how.address.clone(), trust };
            runtime()?.block_on(start::back(&door.store, &vault, with)).map_err(failed)?
        }
        None => runtime()?.block_on(start::join(&door.store, &vault, first(door, how)?)).map_err(failed)?,
    };
    let device = door.store.device();
    let answer = json!({ "device": device, "hub": account.url });
    print(common.json, &answer, || say("joined", &[("hub", account.url.clone()), ("device", device.to_string())]));
    Ok(())
}

/// What a PC that has no hub yet must say.
fn first(door: &Door, how: &Join) -> Outcome<Wanted> {
    let (Some(url), Some(certificate), Some(name)) = (&how.address, &how.certificate, &how.name) else {
        return Err(Stop::usage("join_needs", &[]));
    };
    let (trust, code) = (read(certificate)?, code(how, url)?);
    Ok(Wanted { url: url.clone(), trust, code, name: name.clone(), device: door.store.device() })
}

fn code(how: &Join, address: &str) -> Outcome<String> {
    door::HUB_CODE.of(how.code_file.as_deref(), address)
}

fn read(certificate: &Path) -> Outcome<String> {
    std::fs::read_to_string(certificate).map_err(|e| Stop::unreadable(certificate, &e).at("certificate"))
}

/// Nobody else asks the hub in this PC's name meanwhile: of two who renew what it shows, one would be taken for a copy.
fn alone(folder: &Folder) -> Outcome<Lock> {
    folder.lock().map_err(|e| if e.code == Code::InUse.word() { stop("window_syncs", &[]) } else { e.into() })
}

/// Finds the hub this PC works with at another address; nothing else changes.
pub(crate) fn rejoin(common: &Common, door: &Door, how: &Rejoin) -> Outcome<()> {
    door.admins_only()?;
    let (folder, place) = door::place(common)?;
    let vault = Vault::of(&folder, &place)?;
    let _alone = alone(&folder)?;
    let found = start::moved(&door.store, &vault, how.address.clone(), read(&how.certificate)?);
    let account = runtime()?.block_on(found).map_err(failed)?;
    print(common.json, &json!({ "hub": account.url }), || say("rejoined", &[("hub", account.url.clone())]));
    Ok(())
}

/// Writes what a hub must know of this plant, for its admin.
pub(crate) fn card(common: &Common, door: &Door, file: &Path) -> Outcome<()> {
    door.admins_only()?;
    let (folder, place) = door::place(common)?;
    let card = door.store.card(&Vault::of(&folder, &place)?)?;
    let text = serde_json::to_vec(&card).unwrap_or_default();
    keep(file, &text)?;
    let answer = json!({ "clients": card.clients.len(), "people": card.people.len() });
    print(common.json, &answer, || say("card_written", &[("file", file.display().to_string())]));
    Ok(())
}

/// Sends what waits and takes in what there is, until both are at rest.
pub(crate) fn now(common: &Common, how: &Now) -> Outcome<()> {
    let (folder, place) = door::place(common)?;
    let vault = Vault::of(&folder, &place)?;
    let store = Arc::new(Store::enter(&folder, &place, Clock::default())?);
    let _alone = alone(&folder)?;
    let status = runtime()?.block_on(bring(store.clone(), vault, Duration::from_secs(how.patience)))?;
    store.wipe_erased()?;
    let clients = status.clients.iter().map(|(client, c)| {
        let waits = json!({ "pending": c.pending, "refused": c.refused, "cut_off": c.cut, "trouble": c.trouble });
        json!({ "client": client, "entries": c.done, "at_rest": c.at_rest(), "waits": waits })
    });
    let answer = json!({ "clients": clients.collect::<Vec<_>>(), "trouble": status.trouble });
    print(common.json, &answer, || said(&status));
    let rests = status.trouble.is_none() && status.clients.values().all(sync::engine::Standings::at_rest);
    if rests { Ok(()) } else { Err(left(&status)) }
}

/// Why something is left; what a person can put right is told with what to do.
fn left(status: &Status) -> Stop {
    let trouble = status.trouble.as_deref();
    match trouble.and_then(Distrust::of) {
        Some(distrust) => untrusted(distrust),
        None => stop("not_at_rest", &[("why", trouble.map_or_else(|| untold(status), String::from))]),
    }
}

/// Why something is left where the hub answers and says nothing.
fn untold(status: &Status) -> String {
    match status.partings {
        0 => say("time_is_up", &[]),
        count => say("partings_wait", &[("count", count.to_string())]),
    }
}

/// Runs the engine until it is at rest, or for as long as one has patience.
async fn bring(store: Arc<Store>, vault: Vault, patience: Duration) -> Outcome<Status> {
    let started = start::start(&store, &vault).map_err(failed)?;
    let start::Started { engine, .. } = started.ok_or_else(|| stop("not_joined", &[]))?;
    let mut told = engine.status();
    let rests = |s: &Status| {
        s.generation.is_some() && s.partings == 0 && s.clients.values().all(sync::engine::Standings::at_rest)
    };
    // Whatever came of it is told: out of patience is no other answer than at rest.
    let _ = timeout(patience, told.wait_for(|s| s.rounds > 0 && rests(s))).await;
    let status = told.borrow().clone();
    engine.stop().await;
    Ok(status)
}

fn said(status: &Status) -> String {
    let lines = status.clients.iter().map(|(client, c)| {
        let values = [
            ("client", if *client == Client::PLANT { say("pool_log", &[]) } else { client.to_string() }),
            ("entries", c.done.to_string()),
            ("pending", (c.pending + c.acknowledged).to_string()),
            ("refused", c.refused.to_string()),
        ];
        say("sync_client", &values)
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn failed(why: Failed) -> Stop {
    match why {
        Failed::File(e) => e.into(),
        Failed::Unusable(e) => stop("hub_unusable", &[("why", e.to_string())]),
        Failed::Hub(Trouble::Denied(why)) => Fault::new(why.fault()).into(),
        Failed::Hub(Trouble::Untrusted(distrust)) => untrusted(distrust),
        Failed::Hub(other) => stop("hub_unreachable", &[("why", other.to_string())]),
        Failed::NoChance => stop("hub_no_chance", &[]),
        Failed::NoHub => stop("not_joined", &[]),
        Failed::OtherHub => stop("hub_is_another", &[]),
    }
}

/// Why what answered is not taken for the hub, and what to do.
fn untrusted(distrust: Distrust) -> Stop {
    Fault::new(Code::of(distrust.word()).unwrap_or(Code::HubUnreachable)).into()
}

fn stop(key: &'static str, values: &[(&str, String)]) -> Stop {
    Stop::said(key, values)
}

pub(super) fn runtime() -> Outcome<tokio::runtime::Runtime> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    built.map_err(|e| stop("hub_unusable", &[("why", e.to_string())]))
}
