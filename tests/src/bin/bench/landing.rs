//! A client's whole log goes to a hub, and comes to a PC that has nothing of it.
use super::{
    asof::{DAYS, bring_in, text},
    made::{SECRET, TODAY, clock, vault},
    report::{Progress, timed},
};
use checks::memory::{KEY, Memory, hub_key};
use domain::{
    Client, Id,
    feed::{Catalogue, Pull, Pulled, Pushed, Stream},
};
use std::time::Duration;
use store::{Store, keep::Vault};
use sync::device;

/// Entries in one page.
const PAGE: usize = 1000;

/// Measures the log of one client, made of files of 7 920 entries.
pub(crate) fn all(files: i32) -> store::Result<String> {
    let (Ok(here), Ok(there)) = (tempfile::tempdir(), tempfile::tempdir()) else { return Ok(String::new()) };
    let (from, to) = (vault(&here.path().join("full.db")), vault(&there.path().join("fresh.db")));
    let full = Store::create(&from, clock())?;
    let mut who = full.first_start("ada", "Ada", SECRET, "en")?;
    for file in 0..files {
        bring_in(&full, &who, &text(TODAY.plus(-1 - DAYS * (files - 1 - file))))?;
        who = full.login("ada", SECRET)?;
    }
    let client = who.clients()[0].id;
    let mut hub = Memory::new(client);
    hub.people.insert(who.user(), domain::Role::Admin);
    full.feed(&from, client, |f| f.join(KEY, hub_key().verifying_key().to_bytes()))?;
    // The hub's first answer says that the PC may send.
    land(&full, &from, client, &mut hub)?;
    let (sent, ()) = timed(|| push(&full, &from, client, &mut hub))?;
    let (back, _) = timed(|| land(&full, &from, client, &mut hub))?;
    let fresh = Store::create(&to, clock())?;
    fresh.feed(&to, client, |f| f.join(KEY, hub_key().verifying_key().to_bytes()))?;
    let (came, pages) = timed(|| land(&fresh, &to, client, &mut hub))?;
    Ok(told(hub.entries.len(), sent, back, came, &pages))
}

fn told(n: usize, sent: Duration, back: Duration, came: Duration, pages: &[Duration]) -> String {
    let rate = |d: Duration| format!("{:.0} entries/s in {:.1} s", n as f64 / d.as_secs_f64(), d.as_secs_f64());
    let mut sorted = pages.to_vec();
    sorted.sort();
    let ms = |share: usize| sorted.get(sorted.len() * share / 100).or(sorted.last()).map_or(0, Duration::as_millis);
    format!(
        "## A client's log to a hub and back ({n} entries, pages of {PAGE})\n\n\
         | | |\n|---|---|\n| sent and judged (hub in memory) | {} |\n| its own come back | {} |\n| all of it to an empty PC | {} |\n\
         | one page, which people wait for at most | median {} ms, 95 of 100 {} ms, longest {} ms |\n",
        rate(sent),
        rate(back),
        rate(came),
        ms(50),
        ms(95),
        ms(100),
    )
}

fn push(store: &Store, vault: &Vault, client: Id<Client>, hub: &mut Memory) -> store::Result<()> {
    let device = store.device();
    while let Some(push) = store.feed(vault, client, |f| device::to_push(f, client, device, 500))? {
        match hub.push(push) {
            Pushed::Verdicts(verdicts) => store.feed(vault, client, |f| device::judged(f, &Catalogue, &verdicts))?,
            _ => return Err(domain::Code::Internal.into()),
        }
    }
    Ok(())
}

/// Takes in all there is; how long each page took.
fn land(store: &Store, vault: &Vault, client: Id<Client>, hub: &mut Memory) -> store::Result<Vec<Duration>> {
    let device = store.device();
    let (mut pages, mut progress) = (vec![], Progress::new("pages"));
    loop {
        let at = store.feed(vault, client, |f| device::position(f))?;
        let Pulled::Page(page) = hub.pull(device, &Pull { client, at, limit: PAGE }) else {
            return Err(domain::Code::Internal.into());
        };
        let landed = timed(|| {
            store.feed(vault, client, |f| {
                let own = Stream { device, incarnation: f.state()?.incarnation };
                device::land(f, &Catalogue, &page, own)
            })
        })?;
        pages.push(landed.0);
        progress.at(at.seq.unsigned_abs(), hub.entries.len() as u64);
        if page.caught_up {
            return Ok(pages);
        }
    }
}
