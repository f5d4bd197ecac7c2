//! `hub`: the database, the door, and who may do what.
use super::{at_hub, carry, doctor, keeper, own, print};
use crate::{
    Outcome,
    args::{CardFile, Common, Hub, Serve},
    stop::Stop,
    words::say,
};
use domain::{Client, Id, feed::Card};
use hub::{
    Error, Person,
    base::Base,
    clock::Clock,
    desk::Desk,
    postgres::{Config, Postgres, migrate},
    wire::{self, Bound, Pem},
};
use serde_json::{Value as Json, json};

/// Names the database; a password in it is nothing for a command line.
const DATABASE: &str = "LINEBOARD_HUB_DATABASE";

/// Names the database a backup was restored into to be checked.
const RESTORED: &str = "LINEBOARD_HUB_RESTORED";

/// Connections of one hub to its database.
pub(super) const CONNECTIONS: usize = 16;

/// Does what was asked of a hub.
pub(crate) fn hub(common: &Common, what: &Hub) -> Outcome<()> {
    let runtime = super::joined::runtime()?;
    match (what, std::env::var(DATABASE)) {
        (Hub::Try(how), _) => runtime.block_on(own::run(common, how)),
        (Hub::Keep(how), _) => runtime.block_on(keeper::keep(common, how)),
        (Hub::Move, Ok(url)) => runtime.block_on(keeper::moves(common, url)),
        (_, Ok(url)) => runtime.block_on(run(common, what, url)),
        (Hub::Move, Err(_)) => Err(Stop::usage("hub_needs_database", &[])),
        (_, Err(_)) => runtime.block_on(keeper::run(common, what)),
    }
}

async fn run(common: &Common, what: &Hub, url: String) -> Outcome<()> {
    if matches!(what, Hub::Migrate) {
        migrate(&url, &Clock::default()).await.map_err(|e| told(&e))?;
        return done(common, &Json::Null);
    }
    if let Hub::Doctor(how) = what {
        return doctor::doctor(common, url, how).await;
    }
    let config = Config { url, connections: CONNECTIONS, clock: Clock::default() };
    let desk = Postgres::open(&config).await.map_err(|e| told(&e))?;
    match what {
        Hub::Serve(how) => serve(desk, how).await,
        Hub::BackedUp => done(common, &backed_up(&desk).await?),
        _ => administer(common, &desk, what).await,
    }
}

/// What is the same whatever keeps the hub.
pub(super) async fn administer<B: Base>(common: &Common, desk: &hub::Hub<B>, what: &Hub) -> Outcome<()>
where
    hub::Hub<B>: Desk<Error = Error>,
{
    let answer = match what {
        Hub::Carry(to) => return carry::answer(common, desk, to).await,
        Hub::People => return at_hub::people(common, &desk.people().await.map_err(|e| told(&e))?),
        Hub::Pcs => return at_hub::pcs(common, &desk.pcs().await.map_err(|e| told(&e))?),
        Hub::Deeds(how) => return at_hub::deeds(common, &desk.deeds(how.last).await.map_err(|e| told(&e))?),
        Hub::Disable(who) => return done(common, &at_hub::let_work(desk, &who.name, false).await?),
        Hub::Enable(who) => return done(common, &at_hub::let_work(desk, &who.name, true).await?),
        Hub::Card(card) => take_in(desk, &read(card)?).await,
        Hub::Code => desk.new_code().await.map(|code| json!({ "code": code })),
        Hub::Grant(g) => desk.grant(g.person, g.client).await.map(|()| Json::Null),
        Hub::Withdraw(g) => desk.withdraw(g.person, g.client).await.map(|()| Json::Null),
        Hub::Assign(s) => desk.assign(s.person, s.pc).await.map(|()| Json::Null),
        Hub::Release(s) => desk.release(s.person, s.pc).await.map(|()| Json::Null),
        Hub::WithdrawPc(pc) => desk.withdraw_device(pc.pc).await.map(|()| Json::Null),
        Hub::Restored => desk.begin_restored().await.map(|()| Json::Null),
        Hub::ConfirmGrants => desk.confirm_grants().await.map(|()| Json::Null),
        _ => return Err(stop("hub_not_of_this_kind", &[])),
    };
    done(common, &answer.map_err(|e| told(&e))?)
}

pub(super) fn done(common: &Common, answer: &Json) -> Outcome<()> {
    print(common.json, answer, || match answer["code"].as_str() {
        Some(code) => say("hub_code", &[("code", code.into())]),
        None => say("hub_done", &[]),
    });
    Ok(())
}

fn read(card: &CardFile) -> Outcome<Card> {
    let text = std::fs::read_to_string(&card.file).map_err(|e| Stop::unreadable(&card.file, &e))?;
    let file = card.file.display().to_string();
    serde_json::from_str(&text).map_err(|e| stop("hub_no_card", &[("file", file), ("why", unread(&e))]))
}

/// Where a card breaks off, or is another file.
fn unread(e: &serde_json::Error) -> String {
    let key = if e.is_data() { "json_other" } else { "json_broken" };
    say(key, &[("line", e.line().to_string())])
}

/// Clients that are there already stay; people and their rights become what the card says; who is disabled stays so.
pub(super) async fn take_in<B: Base>(desk: &hub::Hub<B>, card: &Card) -> Result<Json, Error> {
    let (held, known) = (desk.held().await?, desk.people().await?);
    let off: Vec<_> = known.iter().filter(|p| !p.active).map(|p| p.user).collect();
    let new = |client: &Id<Client>| !held.heads.contains_key(client);
    for (client, code) in card.clients.iter().filter(|c| new(&c.0)) {
        desk.add_client(*client, code).await?;
    }
    for p in &card.people {
        let (login, name, verifier) = (p.login.clone(), p.name.clone(), p.verifier.clone());
        let active = !off.contains(&p.user);
        desk.keep_person(&Person { user: p.user, login, name, role: p.role, active, verifier }).await?;
        for client in &p.clients {
            desk.grant(p.user, *client).await?;
        }
    }
    Ok(json!({ "clients": card.clients.len(), "people": card.people.len() }))
}

/// What a copy restored from a backup holds, PCs need keep for the hub no longer.
async fn backed_up(desk: &Postgres) -> Outcome<Json> {
    let url = std::env::var(RESTORED).map_err(|_| Stop::usage("hub_needs_restored", &[]))?;
    let copy = Config { url, connections: 1, clock: Clock::default() };
    let held = Postgres::open(&copy).await.map_err(|e| told(&e))?.held().await.map_err(|e| told(&e))?;
    desk.backed_up(&held).await.map_err(|e| told(&e))?;
    Ok(json!({ "clients": held.clients(), "entries": held.heads.values().sum::<i64>() }))
}

/// Opens the door and answers.
async fn serve(desk: Postgres, how: &Serve) -> Outcome<()> {
    let bound = bound(how).await?;
    let address = bound.address().map_err(|e| cannot(how, &e.to_string()))?;
    super::out(&say("hub_listens", &[("address", address.to_string())]));
    answer(desk, bound).await
}

/// The door, where it is to be.
pub(super) async fn bound(how: &Serve) -> Outcome<Bound> {
    let clock = Clock::default();
    let pem = how.certificate.clone().zip(how.key.clone()).map(|(certificate, key)| Pem { certificate, key });
    let config = wire::Config::new(how.listen, pem, move || clock.now());
    wire::bind(config).await.map_err(|e| cannot(how, &e.to_string()))
}

fn cannot(how: &Serve, why: &str) -> Stop {
    stop("hub_cannot_listen", &[("address", how.listen.to_string()), ("why", why.into())])
}

/// Answers until a person or the system says to stop; what was begun is finished.
pub(super) async fn answer(desk: impl Desk, bound: Bound) -> Outcome<()> {
    let ends = ended().map_err(|e| stop("hub_no_end", &[("why", e.to_string())]))?;
    let stopped = async {
        tokio::select! {
            () = ends => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    bound.serve(desk, stopped).await;
    Ok(())
}

/// Waits for the system to say that it ends.
#[cfg(unix)]
fn ended() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        terminated.recv().await;
    })
}

/// The same where there is no such signal.
#[cfg(not(unix))]
fn ended() -> std::io::Result<impl Future<Output = ()>> {
    Ok(std::future::pending())
}

pub(super) fn told(e: &Error) -> Stop {
    if let Some(limit) = e.limit() {
        return limit.into();
    }
    stop("hub_database", &[("why", e.to_string())])
}

pub(super) fn stop(key: &'static str, values: &[(&str, String)]) -> Stop {
    Stop::said(key, values)
}
