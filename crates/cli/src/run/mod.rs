//! One file for each command.
mod alerts;
mod at_hub;
mod carry;
mod course;
mod doctor;
mod export;
mod honesty;
mod hub;
mod import;
mod init;
mod joined;
mod keeper;
mod kpi;
mod own;
mod people;
mod pool;
mod review;
mod roster;
mod step;
mod verify;
mod why;

use crate::{
    Outcome,
    args::{Args, Client, Command, People, Question, Template, User},
    bar::Bar,
    door::Door,
    stamp,
    stop::Stop,
    words::say,
};
use serde_json::{Value as Json, json};
use std::{
    fs::OpenOptions,
    io::{Write, stdout},
    path::Path,
};

/// Does what was asked.
pub(crate) fn run(args: &Args) -> Outcome<()> {
    let common = &args.common;
    let open = || Door::open(common);
    match &args.command {
        Command::Init(how) => init::init(common, how),
        Command::User(User::Add(who)) => people::add(common, &open()?, who),
        Command::Password(how) => people::password(common, how),
        Command::Import(what) => {
            import::of_a_kind(what)?;
            import::import(common, &open()?, what)
        }
        Command::Export(what) => export::export(common, &open()?, what),
        Command::Course(asked) => course::course(common, &open()?, asked),
        Command::Why(change) => why::why(common, &open()?, change),
        Command::Kpi(question) => kpi::kpi(common, &open()?, question, None),
        Command::Asof(asof) => {
            let (Question::Kpi(question), door) = (&asof.question, open()?);
            kpi::kpi(common, &door, question, Some(stamp::read(&door, &asof.then)?))
        }
        Command::Alerts(how) => alerts::alerts(common, &open()?, how),
        Command::Honesty(what) => honesty::honesty(common, &open()?, what),
        Command::Verify(how) => verify::verify(common, &open()?, how),
        Command::People(People::Export(who)) => roster::export(&open()?, who),
        Command::People(People::Erase(who)) => roster::erase(common.json, &open()?, &who.person),
        Command::Pool(what) => pool::pool(common, &open()?, what),
        Command::Card(to) => joined::card(common, &open()?, &to.file),
        Command::Hub(what) => hub::hub(common, what),
        Command::Join(how) => joined::join(common, &open()?, how),
        Command::Rejoin(how) => joined::rejoin(common, &open()?, how),
        Command::Sync(how) => joined::now(common, how),
        Command::Carry(to) => carry::carry(common, to),
        Command::Review(what) => review::review(common, &open()?, what),
        Command::Demo => demo(common.json, &open()?),
        Command::Client(Client::Template(what)) => template(common.json, &open()?, what),
        Command::Undo => step::step(common.json, &open()?, "undo"),
        Command::Redo => step::step(common.json, &open()?, "redo"),
    }
}

fn demo(json: bool, door: &Door) -> Outcome<()> {
    let bar = Bar::new(say("making_demo", &[]), json);
    let made = door.call("demo_make", json!({}), &|_, done, all| bar.at(done.into(), all.into()))?;
    drop(bar);
    let codes: Vec<&str> = made.as_array().into_iter().flatten().filter_map(|c| c["code"].as_str()).collect();
    print(json, &json!({ "clients": codes }), || say("demo_made", &[("clients", codes.join(", "))]));
    Ok(())
}

/// Adds the usual set-up of an industry to a client.
fn template(json: bool, door: &Door, what: &Template) -> Outcome<()> {
    let client = door.client(&what.client)?;
    let added = door.ask("template_apply", json!({ "client_id": client, "industry": what.industry }))?;
    let one = |key: &str| format!("{} {}", say(&format!("of_{key}"), &[]), added[key]);
    let all = ["operations", "defect_types", "downtime_reasons", "hold_reasons"].map(one).join("; ");
    print(json, &added, || say("template_applied", &[("client", what.client.clone()), ("what", all)]));
    Ok(())
}

/// Prints an answer for a program, or in words.
fn print(json: bool, answer: &Json, words: impl FnOnce() -> String) {
    out(&if json { answer.to_string() } else { words() });
}

/// Writes a file that nobody but its owner reads; none that is there is written over.
fn keep(file: &Path, bytes: &[u8]) -> Outcome<()> {
    let mut how = OpenOptions::new();
    how.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    let made = how.open(file).and_then(|mut f| f.write_all(bytes).and_then(|()| f.sync_all()));
    made.map_err(|e| Stop::unwritable(file, &e))
}

/// Writes to standard output; whoever stops reading has read enough.
fn out(text: &str) {
    let mut to = stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(to, "{text}{end}").and_then(|()| to.flush());
}
