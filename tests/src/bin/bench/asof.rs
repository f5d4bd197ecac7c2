//! One client's figure as it was known, at the density of one client of fifty with 10 M entries.
use super::{
    made::{SECRET, TODAY, clock, vault},
    report::{Progress, markdown, median, ms, processor, timed},
};
use domain::{Client, Id, ProductionEntry};
use plant::{
    commands::{self, board::kpi_ask},
    import::desk::Desk,
    kpi::{Ask, Known},
};
use serde_json::json;
use std::fmt::Write;
use store::{Session, Store};

/// Days of one file.
pub(crate) const DAYS: i32 = 30;

/// Thirty days of 12 lines and 22 hours, up to a day: 7 920 entries.
pub(crate) fn text(last: domain::Day) -> String {
    let mut out =
        String::from("client,day,shift,line,product,standard_minutes,crew,net_minutes,hour,produced,defective\n");
    for i in 0..DAYS * 12 * 22 {
        let (hour, line, day) = (i % 22, i / 22 % 12, last.plus(-(i / 264)));
        let product = line + 1;
        let _ = writeln!(
            out,
            "DENSE,{day},DAY,LINE-{line:02},STYLE-{product:02},{product}.5,20,480,{hour},{},{}",
            90 + i % 37,
            i % 4
        );
    }
    out
}

/// Brings a file in.
pub(crate) fn bring_in(store: &Store, who: &Session, text: &str) -> store::Result<()> {
    let (repo, desk) = (store.repository(who)?, Desk::default());
    let call = commands::Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} };
    let token = desk.begin(who, "dense.csv", text.len())?;
    desk.chunk(who, &token, 0, text.as_bytes())?;
    let wish = json!({ "token": token, "kind": "production", "client_id": null, "mapping": null, "scrap_inside": null,
        "without_errors": false });
    commands::call("import_confirm", &call, wish)?;
    Ok(())
}

fn ask(client: Id<Client>, last: domain::Day, known: Option<Known>) -> Ask {
    Ask { clients: Some(vec![client]), known, ..Ask::of("oee", last.plus(1 - DAYS), last) }
}

/// Corrects an entry on another connection, which empties the reader's cache.
fn correct(other: &Store, who: &Session, client: Id<Client>, id: Id<ProductionEntry>, n: i64) -> store::Result<()> {
    other.repository(who)?.write(|w| {
        w.because(Some("counted again".into()));
        let old: ProductionEntry = w.get(client, id)?;
        w.put(&ProductionEntry { produced: Some(100 + n % 50), ..old }).map(|_| ())
    })
}

/// The table of questions as they were known.
pub(crate) fn all(files: i32) -> store::Result<String> {
    let Ok(dir) = tempfile::tempdir() else { return Ok(String::new()) };
    let vault = vault(&dir.path().join("asof.db"));
    let store = Store::create(&vault, clock())?;
    let admin = store.first_start("ada", "Ada", SECRET, "en")?;
    let (other, mut stamps, mut progress) = (Store::open(&vault, clock())?, vec![], Progress::new("as known then"));
    let mut session = admin;
    for file in 0..files {
        let last = TODAY.plus(-1 - DAYS * (files - 1 - file));
        bring_in(&store, &session, &text(last))?;
        session = store.login("ada", SECRET)?;
        let client = session.clients()[0].id;
        stamps.push((last, kpi_ask(&store.repository(&session)?, ask(client, last, None))?.stamp));
        progress.at(file as u64 + 1, files as u64);
    }
    let client = session.clients()[0].id;
    let entries = store.repository(&session)?.read(|r| r.list::<ProductionEntry>(client, 50, 0))?;
    let newest = stamps.last().map_or(0, |s| s.1.clients[0].seq);
    let mut rows = vec![];
    for (back, name) in [(0, "today"), (1, "a month ago"), (3, "three months ago"), (12, "a year ago")] {
        let Some((last, stamp)) = stamps.iter().rev().nth(back) else { continue };
        let (mut times, mut busy) = (vec![], vec![]);
        for n in 0..9 {
            correct(&other, &session, client, entries[n as usize].id, n)?;
            let from = processor();
            times.push(one(&store, &session, &ask(client, *last, Some(Known::Stamp(stamp.clone()))))?);
            busy.extend(processor().zip(from).map(|(now, then)| now.saturating_sub(then)));
        }
        let since = newest - stamp.clients[0].seq;
        rows.push(vec![format!("30 days, as known {name}"), since.to_string(), ms(median(times)), ms(median(busy))]);
    }
    Ok(markdown(
        &format!("As known then ({} k entries of one client)", files * DAYS * 264 / 1000),
        &["question", "changes since", "live, ms", "processor, ms"],
        &rows,
    ))
}

fn one(store: &Store, who: &Session, ask: &Ask) -> store::Result<std::time::Duration> {
    Ok(timed(|| kpi_ask(&store.repository(who)?, ask.clone()))?.0)
}
