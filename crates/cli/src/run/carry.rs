//! `carry` and `hub carry`: letters between a PC and its hub, in a folder that somebody takes there and back.
use super::{hub::stop, joined, print};
use crate::{
    Outcome,
    args::{Common, Folder},
    door,
    stop::Stop,
    words::say,
};
use domain::{Id, change::Device};
use hub::{Error, base::Base, desk::Desk};
use serde_json::{Value as Json, json};
use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{Clock, Store, keep::Vault};
use sync::carry::{Carrier, Taken, Untaken};

/// What a PC asks, and what it is told.
const ASKS: &str = "ask";
const ANSWER: &str = "answer";

/// Takes in what the hub said, where it is there, and writes what this PC asks.
pub(crate) fn carry(common: &Common, to: &Folder) -> Outcome<()> {
    let (folder, place) = door::place(common)?;
    let vault = Vault::of(&folder, &place)?;
    let store = Arc::new(Store::enter(&folder, &place, Clock::default())?);
    let carrier = Carrier::open(store, vault).map_err(joined::failed)?.ok_or_else(|| stop("not_joined", &[]))?;
    let taken = takes(&carrier, &letter(&to.folder, carrier.device(), ANSWER))?;
    let asks = letter(&to.folder, carrier.device(), ASKS);
    put(&asks, &carrier.writes()?)?;
    let clients: Vec<Json> = taken.iter().flatten().map(told).collect();
    let answer = json!({ "taken": taken.is_some(), "clients": clients, "written": asks });
    print(common.json, &answer, || said(taken.as_deref(), &asks));
    let any = |is: fn(&Taken) -> bool| taken.iter().flatten().any(is);
    match (any(|t| t.apart), any(|t| t.lacks)) {
        (true, _) => Err(stop("carry_apart", &[])),
        (false, true) => Err(stop("carry_lacks", &[])),
        (false, false) => Ok(()),
    }
}

fn told(t: &Taken) -> Json {
    json!({ "client": t.client, "entries": t.entries, "caught_up": t.caught_up, "apart": t.apart, "lacks": t.lacks })
}

fn said(taken: Option<&[Taken]>, asks: &Path) -> String {
    let entries = taken.map(|all| all.iter().map(|t| t.entries).sum::<usize>());
    let came = entries.map_or_else(|| say("carry_nothing", &[]), |n| say("carry_taken", &[("entries", n.to_string())]));
    format!("{came}\n{}", say("carry_written", &[("file", asks.display().to_string())]))
}

/// Takes in a letter, which is gone then; none where there is none.
fn takes(carrier: &Carrier, file: &Path) -> Outcome<Option<Vec<Taken>>> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Stop::unreadable(file, &e)),
    };
    let taken = carrier.takes(&bytes).map_err(|why| match why {
        Untaken::File(e) => e.into(),
        Untaken::Letter => stop("carry_not_ours", &[("file", file.display().to_string())]),
    })?;
    fs::remove_file(file).map_err(|e| Stop::unreadable(file, &e))?;
    Ok(Some(taken))
}

/// Answers every letter in the folder.
pub(super) async fn answer<B: Base>(common: &Common, desk: &hub::Hub<B>, to: &Folder) -> Outcome<()>
where
    hub::Hub<B>: Desk<Error = Error>,
{
    let (mut answered, mut refused) = (vec![], vec![]);
    for (file, device) in asked(&to.folder)? {
        let bytes = fs::read(&file).map_err(|e| Stop::unreadable(&file, &e))?;
        match desk.letter(device, &bytes).await.map_err(|e| super::hub::told(&e))? {
            Ok(letter_back) => {
                put(&letter(&to.folder, device, ANSWER), &letter_back)?;
                fs::remove_file(&file).map_err(|e| Stop::unreadable(&file, &e))?;
                answered.push(device);
            }
            Err(why) => refused.push((file, why.to_string())),
        }
    }
    let not: Vec<Json> = refused.iter().map(|(file, why)| json!({ "file": file, "why": why })).collect();
    let answer = json!({ "answered": answered, "refused": not });
    print(common.json, &answer, || say("carry_answered", &[("count", answered.len().to_string())]));
    match refused.first() {
        None => Ok(()),
        Some((file, why)) => Err(stop("carry_refused", &[("file", file.display().to_string()), ("why", why.clone())])),
    }
}

/// The letters of PCs in a folder.
fn asked(folder: &Path) -> Outcome<Vec<(PathBuf, Id<Device>)>> {
    let all = fs::read_dir(folder).map_err(|e| Stop::unreadable(folder, &e))?;
    let device = |path: PathBuf| {
        let asks = path.extension().is_some_and(|e| e == ASKS);
        let device = path.file_stem()?.to_str()?.parse().ok()?;
        asks.then_some((path, device))
    };
    let mut found: Vec<_> = all.filter_map(|e| device(e.ok()?.path())).collect();
    found.sort();
    Ok(found)
}

fn letter(folder: &Path, device: Id<Device>, what: &str) -> PathBuf {
    folder.join(format!("{device}.{what}"))
}

/// Puts a file there whole or not at all: a stick may be pulled at any moment.
fn put(file: &Path, bytes: &[u8]) -> Outcome<()> {
    let half = file.with_extension("half");
    let done = || -> io::Result<()> {
        let mut to = OpenOptions::new().write(true).create(true).truncate(true).open(&half)?;
        to.write_all(bytes)?;
        to.sync_all()?;
        fs::rename(&half, file)
    };
    done().map_err(|e| Stop::unreadable(file, &e))
}
