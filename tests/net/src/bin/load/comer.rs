//! The PC that comes to a full hub, in a process of its own.
use crate::{fill::TODAY, seconds};
use domain::{Client, DowntimeEntry, Id, Line, LineShift, Shift};
use std::{
    io::{Write, stdin, stdout},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use store::{Clock, Session, Store, keep::Vault};
use sync::{http::Wanted, start};

const SECRET: &str = "copper kettle on mars";
/// Rows in a transaction of plain ones.
const ROWS: usize = 1000;

/// Comes, takes everything in, and says how it went.
pub(crate) async fn comes(folder: &str) {
    let vault = Vault::new(Path::new(folder).join("lineboard.db"), [7; 32]);
    let store = Arc::new(Store::create(&vault, Clock::default()).unwrap());
    let who = store.first_start("ada", "Ada", SECRET, "en").unwrap();
    say(&format!("{} {}", store.device(), who.user()));
    let (asked, trust) = (line(), line().replace('|', "\n"));
    let mut words = asked.split(' ').map(String::from);
    let (url, code, made) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap().parse().unwrap());
    let wanted = Wanted { url, trust, code, name: "comer".into(), device: store.device() };
    start::join(&store, &vault, wanted).await.unwrap();
    say("joined");
    line();
    let from = Instant::now();
    let engine = start::start(&store, &vault).unwrap().unwrap().engine;
    let (ends, most) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let person = types(store.clone(), who.clone(), from, ends.clone());
    let watch = watches(ends.clone(), most.clone());
    let mut status = engine.status();
    let here = |s: &sync::engine::Status| s.clients.values().map(|c| c.done).sum::<i64>() >= made;
    status.wait_for(here).await.unwrap();
    say(&format!("all {}", from.elapsed().as_secs_f64()));
    ends.store(true, Relaxed);
    person.join().unwrap();
    watch.join().unwrap();
    engine.stop().await;
    say(&format!("memory {}", most.load(Relaxed)));
    let size = std::fs::metadata(vault.path()).unwrap().len();
    say(&format!("file {}", size / 1_000_000));
    say(&format!("plain {}", plain(Path::new(folder), made as usize, size as usize / made as usize)));
}

/// Types an entry again and again, from the first moment at which that can be done.
fn types(store: Arc<Store>, who: Session, from: Instant, ends: Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut first = true;
        while !ends.load(Relaxed) {
            let begun = Instant::now();
            if typed(&store, &who).unwrap_or(false) {
                let what = if first { format!("typed {}", from.elapsed().as_secs_f64()) } else { String::new() };
                say(&format!("entry {}\n{what}", begun.elapsed().as_secs_f64() * 1e3));
                first = false;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    })
}

/// A stop on a line of a client whose lines are here; false where there is none yet.
fn typed(store: &Store, who: &Session) -> store::Result<bool> {
    let repo = store.repository(who)?;
    let Some(client) = repo.session().clients().first().map(|c| c.id) else { return Ok(false) };
    let Some((shift, line)) = repo.read(|r| spot(r, client))? else { return Ok(false) };
    repo.write(|w| {
        let of = LineShift::empty(client, TODAY, shift, line);
        w.bring(&of)?;
        let blank = DowntimeEntry::blank(client, w.fresh());
        w.put(&DowntimeEntry { line_shift_id: of.id, minutes: Some(3.0), ..blank })
    })?;
    Ok(true)
}

fn spot(r: &store::Reader<'_>, client: Id<Client>) -> store::Result<Option<(Id<Shift>, Id<Line>)>> {
    let (shift, line) = (r.list::<Shift>(client, 1, 0)?, r.list::<Line>(client, 1, 0)?);
    Ok(shift.first().zip(line.first()).map(|(s, l)| (s.id, l.id)))
}

/// The most that this process holds.
fn watches(ends: Arc<AtomicBool>, most: Arc<AtomicU64>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        while !ends.load(Relaxed) {
            most.fetch_max(seconds::holds(std::process::id()) as u64, Relaxed);
            std::thread::sleep(Duration::from_millis(50));
        }
    })
}

/// Seconds for as many rows of that size, each with a key and nothing else.
fn plain(folder: &Path, rows: usize, size: usize) -> f64 {
    let store = Store::create(&Vault::new(folder.join("plain.db"), [8; 32]), Clock::default()).unwrap();
    let who = store.first_start("ada", "Ada", SECRET, "en").unwrap();
    let (body, from) = ("x".repeat(size), Instant::now());
    for page in 0..rows / ROWS {
        let mut rows = (0..ROWS).map(|n| format!("{page:08} {n:04}"));
        let kept = store.repository(&who).unwrap().write(|w| rows.try_for_each(|key| w.keep_draft(&key, &body)));
        kept.unwrap()
    }
    from.elapsed().as_secs_f64()
}

fn say(text: &str) {
    let mut out = stdout().lock();
    writeln!(out, "{text}").unwrap();
    out.flush().unwrap();
}

fn line() -> String {
    let mut line = String::new();
    stdin().read_line(&mut line).unwrap();
    line.trim().into()
}
