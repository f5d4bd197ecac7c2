//! The hub, where the file has one: its engine runs as long as the window is open.
use crate::{
    door::{Change, parse},
    shell::Shell,
};
use domain::{
    Client, Code, Fault, Id, Role,
    change::{Device, User},
    feed::{self, Entrance, Heard, Petition, Want},
};
use plant::commands::sync::{SyncClient, SyncView};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};
use store::{Session, Store, keep::Vault, session::Kept};
use sync::{
    engine::{Engine, Status},
    http::{Unusable, Wanted},
    hub::Trouble,
    start::{self, Back, Failed, Started},
};
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::watch::Receiver;

/// How often it looks whether the file has come to a hub.
const EVERY: Duration = Duration::from_secs(2);
/// How often the window hears at most that something moved.
const PAUSE: Duration = Duration::from_millis(250);

/// The line to the hub.
#[derive(Default)]
pub(crate) struct Line {
    running: Mutex<Option<Started>>,
    vault: OnceLock<Vault>,
    office: Mutex<Option<Pass>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Join {
    address: String,
    certificate: String,
    name: String,
    code: String,
}

/// What an admin types in whose PC the hub lets in no more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Return {
    code: String,
}

/// What an admin shows at the office of the hub; it goes with his session.
struct Pass {
    user: Id<User>,
    shown: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    on: bool,
}

impl Line {
    fn with<T>(&self, f: impl FnOnce(&Engine, &str) -> T) -> Option<T> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().map(|line| f(&line.engine, &line.url))
    }
    /// Something was written: it is sent at once.
    pub(crate) fn nudge(&self) {
        self.with(|engine, _| engine.nudge());
    }
    /// Somebody looks: the hub is asked at once.
    pub(crate) fn wake(&self) {
        self.with(|engine, _| engine.wake());
    }
    /// Ends the engine, at the end of its round where that is near.
    pub(crate) fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(line) = running {
            tauri::async_runtime::block_on(line.engine.stop());
        }
    }
    /// The file's own key, asked for once.
    fn vault(&self, shell: &Shell) -> Result<Vault, Fault> {
        if let Some(vault) = self.vault.get() {
            return Ok(vault.clone());
        }
        let vault = Vault::of(&shell.folder, &shell.place).map_err(Fault::from)?;
        Ok(self.vault.get_or_init(|| vault).clone())
    }
    /// Starts the engine of a file that has a hub; what it says from then on.
    fn begin(&self, shell: &Shell) -> Result<Option<Receiver<Status>>, Fault> {
        let store = shell.store()?;
        let vault = self.vault(shell)?;
        let Some(line) = start::start(&store, &vault).map_err(|e| fault(&e))? else { return Ok(None) };
        let metered = store.kept_of_hub(&vault, Kept::Metered).map_err(Fault::from)?;
        line.engine.metered(metered.is_some_and(|on| on == "on"));
        let told = line.engine.status();
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(line);
        Ok(Some(told))
    }
}

/// Starts the engine as soon as the file has a hub, and tells the window whenever something moves.
pub(crate) fn start<R: Runtime>(app: AppHandle<R>, shell: Arc<Shell>) {
    tauri::async_runtime::spawn(async move {
        loop {
            let shell = shell.clone();
            match tauri::async_runtime::spawn_blocking(move || shell.line.begin(&shell)).await {
                Ok(Ok(Some(told))) => follow(&app, told).await,
                Ok(Err(fault)) if ![Code::NotInitialised, Code::Opening].map(Code::word).contains(&&*fault.code) => {
                    tracing::warn!("no hub: {fault}");
                }
                _ => {}
            }
            tokio::time::sleep(EVERY).await;
        }
    });
}

async fn follow<R: Runtime>(app: &AppHandle<R>, mut told: Receiver<Status>) {
    while told.changed().await.is_ok() {
        // A window that is closing hears nothing more.
        let _ = app.emit("sync", ());
        tokio::time::sleep(PAUSE).await;
    }
}

/// Answers what a window asks about the hub; none for every other command.
pub(crate) fn answer(shell: &Shell, window: &str, name: &str, input: &Json) -> Option<Result<Json, Fault>> {
    Some(match name {
        "sync_status" => status(shell, window),
        "sync_now" => session(shell, window, Role::Viewer).map(|_| {
            shell.line.wake();
            Json::Null
        }),
        "sync_pause" => parse(input).and_then(|i: Switch| pause(shell, window, i.on)),
        "sync_metered" => parse(input).and_then(|i: Switch| metered(shell, window, i.on)),
        "office_enter" => parse(input).and_then(|i: Entrance| enter(shell, window, i)),
        "office_want" => parse(input).and_then(|i: Wants| want(shell, window, i.want)),
        "hub_return" => parse(input).and_then(|i: Return| comes_back(shell, window, i)),
        "hub_join" => parse(input).and_then(|i: Join| join(shell, window, i)),
        _ => return None,
    })
}

/// The session of the call, of at least a role.
fn session(shell: &Shell, window: &str, least: Role) -> Result<(Arc<Store>, Session), Fault> {
    let store = shell.store()?;
    let session = shell.registry.session(&store, window).map_err(Fault::from)?;
    if session.role() < least { Err(Fault::new(Code::Forbidden)) } else { Ok((store, session)) }
}

/// How the PC stands to its hub, as far as the session's clients go; null without one.
fn status(shell: &Shell, window: &str) -> Result<Json, Fault> {
    // Screens ask on their own: it keeps no session awake.
    let store = shell.store()?;
    let session = shell.registry.peek(&store, window).map_err(Fault::from)?;
    let pc = (store.device(), store.pc_name().map_err(Fault::from)?);
    Ok(json!(shell.line.with(|engine, url| view(&engine.status().borrow(), (pc, url), &session))))
}

/// A PC as its hub knows it, and where that is.
type Known<'a> = ((Id<Device>, Option<String>), &'a str);

fn view(status: &Status, ((device, name), url): Known<'_>, session: &Session) -> SyncView {
    let pool = |client: Id<Client>| client == Client::PLANT && session.role().sees_pool();
    let own = status.clients.iter().filter(|(client, _)| session.covers(**client) || pool(**client));
    let client = |(client, s): (&Id<Client>, &sync::engine::Standings)| SyncClient {
        client_id: *client,
        standing: s.standing.word().into(),
        waiting: s.pending + s.acknowledged,
        refused: s.refused,
        cut_off: s.cut,
        caught_up: s.caught_up,
        done: s.done,
        at_least: s.at_least,
        contact: s.contact,
        trouble: s.trouble.clone(),
    };
    SyncView {
        device,
        name,
        address: url.into(),
        paused: status.paused,
        metered: status.metered,
        trouble: status.trouble.clone(),
        contact: status.contact,
        offset: status.offset,
        named: status.generation.is_some(),
        lease_over: status.lease_over,
        clients: own.map(client).collect(),
    }
}

/// Sends nothing from here on, or does again; until the window is opened anew.
fn pause(shell: &Shell, window: &str, on: bool) -> Result<Json, Fault> {
    session(shell, window, Role::Supervisor)?;
    shell.line.with(|engine, _| engine.pause(on));
    Ok(Json::Null)
}

/// The line is paid by what goes over it, or is not; the PC remembers.
fn metered(shell: &Shell, window: &str, on: bool) -> Result<Json, Fault> {
    let (store, _) = session(shell, window, Role::Supervisor)?;
    let kept = store.keep_of_hub(&shell.line.vault(shell)?, Kept::Metered, if on { "on" } else { "off" });
    kept.map_err(Fault::from)?;
    shell.line.with(|engine, _| engine.metered(on));
    Ok(Json::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wants {
    want: Want,
}

/// An admin of this PC comes into the office of the hub, by his log-in there.
fn enter(shell: &Shell, window: &str, entrance: Entrance) -> Result<Json, Fault> {
    let (_, session) = session(shell, window, Role::Admin)?;
    match office(shell, &Petition::Enter(entrance))? {
        Heard::In { pass, .. } => {
            let pass = Pass { user: session.user(), shown: pass };
            *shell.line.office.lock().unwrap_or_else(PoisonError::into_inner) = Some(pass);
            Ok(Json::Null)
        }
        heard => told(heard),
    }
}

/// Whoever has come in wants something; another who logs in here since comes in himself.
fn want(shell: &Shell, window: &str, want: Want) -> Result<Json, Fault> {
    let (_, session) = session(shell, window, Role::Admin)?;
    let held = shell.line.office.lock().unwrap_or_else(PoisonError::into_inner);
    let pass = held.as_ref().filter(|p| p.user == session.user()).map(|p| p.shown.clone());
    drop(held);
    let pass = pass.ok_or_else(|| Fault::new(Code::OfficeClosed))?;
    let heard = office(shell, &Petition::Want { pass, want })?;
    // What was changed is here as soon as the hub is asked.
    shell.line.wake();
    told(heard)
}

/// Changes one's own password: at the hub, where it keeps the person; it is here with the hub's next word.
pub(crate) fn password(shell: &Shell, store: &Store, session: &Session, asked: Change) -> store::Result<Session> {
    let Change { old, new } = asked;
    if !store.is_kept_at_hub(session.user())? {
        return store.password_change(session, &old, &new);
    }
    told(office(shell, &Petition::Change(feed::NewPassword { user: session.user(), old, new }))?)?;
    shell.line.wake();
    Ok(session.clone())
}

fn office(shell: &Shell, asked: &Petition) -> Result<Heard, Fault> {
    let running = shell.line.running.lock().unwrap_or_else(PoisonError::into_inner);
    let hub = running.as_ref().map(|line| line.hub.clone()).ok_or_else(|| Fault::new(Code::HubUnreachable))?;
    drop(running);
    let answer = tauri::async_runtime::block_on(hub.office(asked));
    answer.map_err(|e| fault(&Failed::Hub(e)))
}

fn told(heard: Heard) -> Result<Json, Fault> {
    match heard {
        Heard::In { .. } | Heard::Done => Ok(Json::Null),
        Heard::Code { code } => Ok(json!({ "code": code })),
        Heard::All(office) => Ok(json!(office)),
        Heard::Not { why, field, params } => {
            let code = Code::of(&why).unwrap_or(Code::Internal);
            let code = if code == Code::NoSession { Code::OfficeClosed } else { code };
            let fault = params.iter().fold(Fault::new(code), |fault, (name, value)| fault.with(name, value));
            Err(field.iter().fold(fault, |fault, field| fault.at(field)))
        }
    }
}

/// Gives the PC an account at a hub; its engine starts by itself.
fn join(shell: &Shell, window: &str, asked: Join) -> Result<Json, Fault> {
    let (store, session) = session(shell, window, Role::Admin)?;
    if shell.line.with(|_, _| ()).is_some() {
        return Err(Fault::new(Code::AlreadyJoined));
    }
    let Join { address, certificate, name, code } = asked;
    for (field, text) in [("address", &address), ("certificate", &certificate), ("name", &name), ("code", &code)] {
        if text.trim().is_empty() {
            return Err(Fault::new(Code::Empty).at(field));
        }
    }
    let address = address.trim();
    // People type a name and a port; there is no other way than an encrypted one.
    let url = if address.contains("://") { address.into() } else { format!("https://{address}") };
    let wanted = Wanted { url, trust: certificate, code: code.trim().into(), name, device: store.device() };
    let vault = shell.line.vault(shell)?;
    let account = tauri::async_runtime::block_on(start::join(&store, &vault, wanted)).map_err(|e| fault(&e))?;
    store.record(&session, "hub_joined", &account.url).map_err(Fault::from)?;
    Ok(Json::Null)
}

/// Lets the PC in again where the hub takes nothing any more that it shows; its engine goes on by itself.
fn comes_back(shell: &Shell, window: &str, Return { code }: Return) -> Result<Json, Fault> {
    let (store, session) = session(shell, window, Role::Admin)?;
    // Whoever is let in, or was taken out of the plant, has no use for a code.
    let ended = |status: &Status| matches!(status.trouble.as_deref(), Some("token" | "reused"));
    if shell.line.with(|engine, _| ended(&engine.status().borrow())) != Some(true) {
        return Err(Fault::new(Code::AlreadyJoined));
    }
    if code.trim().is_empty() {
        return Err(Fault::new(Code::Empty).at("code"));
    }
    let (vault, with) = (shell.line.vault(shell)?, Back { code: code.trim().into(), ..Back::default() });
    let account = tauri::async_runtime::block_on(start::back(&store, &vault, with)).map_err(|e| fault(&e))?;
    store.record(&session, "hub_joined", &account.url).map_err(Fault::from)?;
    shell.line.wake();
    Ok(Json::Null)
}

/// Why it did not come to a hub, with the field to look at.
fn fault(failed: &Failed) -> Fault {
    match failed {
        Failed::File(e) => Fault::new(Code::Internal).with("value", e),
        Failed::Unusable(Unusable::Url) => Fault::new(Code::HubAddress).at("address"),
        Failed::Unusable(_) => Fault::new(Code::HubCertificate).at("certificate"),
        Failed::Hub(Trouble::Denied(why)) => Fault::new(why.fault()).at("code"),
        Failed::Hub(Trouble::Untrusted(why)) => {
            Fault::new(Code::of(why.word()).unwrap_or(Code::HubUnreachable)).at("certificate")
        }
        Failed::Hub(other) => Fault::new(Code::HubUnreachable).with("value", other).at("address"),
        Failed::NoChance | Failed::NoHub | Failed::OtherHub => Fault::new(Code::Internal).with("value", failed),
    }
}
