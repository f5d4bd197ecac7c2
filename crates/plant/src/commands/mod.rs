//! Every command, by name: what windows and the command line may ask for.
pub mod admin;
pub mod alerts;
mod bindings;
pub mod board;
pub mod conflicts;
pub mod floor;
pub mod holds;
pub mod orders;
pub mod people;
pub mod personal;
pub mod pool;
mod rows;
mod session;
pub mod setup;
pub mod sync;
#[cfg(test)]
mod tests;
pub mod thresholds;
pub mod touches;

pub use bindings::typescript;
pub use board::{kpi_ask, kpi_compare, kpi_explain, kpi_why};
pub use session::{ClientView, SessionView};

use crate::import::{commands as import, desk::Desk};
use domain::{Client, Code, Fault, Id};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use store::Repository;

/// What a call is made with.
pub struct Call<'c> {
    /// The session's way to its rows.
    pub repo: &'c Repository<'c>,
    /// The files on their way in.
    pub desk: &'c Desk,
    /// Says how far a long work is: its token, done, of all.
    pub tell: &'c dyn Fn(&str, u32, u32),
}

/// No input.
#[derive(serde::Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Lists commands; each gives its dispatch, its TypeScript and its name.
///
/// `read` commands take a `&Reader`, `write` ones a `&mut Writer`; `ask` and
/// `whole` ones take the `&Repository` and choose their own scope, of which `ask`
/// ones change nothing; `long` ones take the whole `&Call`.
macro_rules! commands {
    ($($kind:ident $name:ident($input:ty) -> $output:ty = $path:path;)*) => {
        /// The names of the commands listed here.
        pub const LISTED: &[&str] = &[$(stringify!($name)),*];

        fn listed(name: &str, at: &Call<'_>, input: Json) -> Option<Result<Json, Fault>> {
            match name {
                $(stringify!($name) => Some(parse::<$input>(input).and_then(|i| answer(commands!(@run $kind at i $path)))),)*
                _ => None,
            }
        }

        fn listed_asks(name: &str) -> Option<bool> {
            match name {
                $(stringify!($name) => Some(commands!(@asks $kind)),)*
                _ => None,
            }
        }

        pub(crate) fn describe(t: &mut bindings::Bindings) {
            $(t.command::<$input, $output>(stringify!($name));)*
        }
    };
    (@run read $at:ident $input:ident $path:path) => { $at.repo.read(|r| $path(r, $input)) };
    (@run write $at:ident $input:ident $path:path) => { $at.repo.write(|w| $path(w, $input)) };
    (@run ask $at:ident $input:ident $path:path) => { $path($at.repo, $input) };
    (@run whole $at:ident $input:ident $path:path) => { $path($at.repo, $input) };
    (@run long $at:ident $input:ident $path:path) => { $path($at, $input) };
    (@asks read) => { true };
    (@asks ask) => { true };
    (@asks $kind:ident) => { false };
}

commands! {
    read floor_sheet(floor::Place) -> floor::sheet::Sheet = floor::sheet;
    write floor_save(floor::save::Save) -> floor::sheet::Sheet = floor::save;
    write floor_close(floor::save::Close) -> floor::save::Closed = floor::close;
    write floor_reopen(floor::save::Reopen) -> floor::sheet::Sheet = floor::reopen;
    read floor_read_back(floor::Place) -> floor::ReadBack = floor::read_back;
    read floor_balance(floor::Place) -> floor::Balance = floor::balance;
    write floor_handover(floor::Handover) -> floor::HandoverView = floor::handover_write;
    write floor_sign(floor::Place) -> floor::HandoverView = floor::sign;
    read floor_handovers(floor::OfLine) -> Vec<floor::HandoverView> = floor::unsigned;
    write hold_request(holds::Request) -> holds::HoldView = holds::request;
    write hold_approve(holds::Approve) -> holds::HoldView = holds::approve;
    write hold_reject(holds::Step) -> holds::HoldView = holds::reject;
    write hold_cancel(holds::Step) -> holds::HoldView = holds::cancel;
    write hold_resume_request(holds::Step) -> holds::HoldView = holds::resume_request;
    write hold_resume(holds::End) -> holds::HoldView = holds::resume;
    write hold_scrap(holds::End) -> holds::HoldView = holds::scrap;
    read hold_list(holds::List) -> Vec<holds::HoldView> = holds::list;
    read conflict_list(conflicts::Whose) -> Vec<conflicts::ConflictView> = conflicts::list;
    write conflict_decide(conflicts::Decide) -> () = conflicts::decide;
    read refused_list(conflicts::Whose) -> Vec<conflicts::RefusedView> = conflicts::refused;
    write refused_again(conflicts::Again) -> () = conflicts::again;
    whole refused_let_go(conflicts::LetGo) -> () = conflicts::let_go;
    read to_see_to(Nothing) -> conflicts::ToSeeTo = conflicts::to_see_to;
    read alerts(alerts::AlertList) -> Vec<alerts::AlertView> = alerts::list;
    write alert_acknowledge(alerts::AlertStep) -> alerts::AlertView = alerts::acknowledge;
    write alert_resolve(alerts::AlertStep) -> alerts::AlertView = alerts::resolve;
    whole alert_look(Nothing) -> alerts::Looked = alerts::look;
    whole alert_schedule(alerts::Schedule) -> alerts::ScheduleView = alerts::schedule;
    ask alert_scheduled(Nothing) -> alerts::ScheduleView = alerts::scheduled;
    write draft_put(personal::Keep) -> () = personal::draft_put;
    read draft_get(personal::Key) -> Option<personal::DraftView> = personal::draft_get;
    write draft_drop(personal::Key) -> () = personal::draft_drop;
    read draft_list(Nothing) -> Vec<personal::DraftKey> = personal::draft_list;
    read saved_filter_list(Nothing) -> Vec<personal::FilterView> = personal::filter_list;
    write saved_filter_put(personal::FilterPut) -> personal::FilterView = personal::filter_put;
    write saved_filter_remove(personal::FilterId) -> () = personal::filter_remove;
    read saved_filter_use(personal::FilterId) -> personal::FilterUsed = personal::filter_use;
    read touches(touches::Touching) -> touches::Touched = touches::touches;
    write template_apply(crate::templates::Apply) -> crate::templates::Applied = crate::templates::apply;
    write undo(Nothing) -> personal::UndoneView = personal::undo;
    write redo(Nothing) -> personal::UndoneView = personal::redo;
    read filters(Nothing) -> setup::Filters = setup::filters;
    read honesty(crate::honesty::HonestyAsk) -> crate::honesty::Honesty = board::honesty;
    read kpi_list(Nothing) -> Vec<crate::kpi::KpiView> = board::kpi_list;
    ask kpi_ask(crate::kpi::Ask) -> crate::kpi::Answer = board::kpi_ask;
    ask kpi_board(crate::kpi::BoardAsk) -> board::Board = board::kpi_board;
    ask kpi_course(crate::kpi::CourseAsk) -> crate::kpi::Course = board::kpi_course;
    ask kpi_explain(crate::kpi::Explain) -> crate::kpi::Explained = board::kpi_explain;
    ask kpi_why(crate::kpi::WhyAsk) -> crate::kpi::Why = board::kpi_why;
    ask kpi_compare(crate::kpi::Ask) -> crate::kpi::Compared = board::kpi_compare;
    ask plant_threshold_list(Nothing) -> Vec<thresholds::PlantThreshold> = thresholds::list;
    whole plant_threshold_put(thresholds::PlantThreshold) -> thresholds::PlantThreshold = thresholds::put;
    read attendance_sheet(people::MarkAll) -> people::Attendance = people::list;
    write attendance_mark(people::MarkAll) -> people::Marked = people::mark;
    write attendance_save(people::AttendanceSave) -> () = people::save;
    write cover_save(people::CoverInput) -> domain::Id<domain::CoverageEntry> = people::cover;
    write cover_confirm(people::CoverId) -> () = people::confirm;
    read pool_list(pool::PoolWhen) -> Vec<pool::PoolPerson> = pool::list;
    write pool_employee_put(pool::PoolPersonInput) -> domain::Id<domain::PoolEmployee> = pool::put;
    write pool_employee_remove(pool::PoolPersonId) -> () = pool::remove;
    write pool_book(pool::PoolBook) -> pool::PoolBookingView = pool::book;
    write pool_release(pool::PoolRelease) -> pool::PoolBookingView = pool::release;
    read bradford(people::BradfordAsk) -> Vec<people::BradfordRow> = people::bradford;
    write people_export(people::PersonRef) -> String = people::export;
    write people_erase(people::PersonRef) -> people::Erased = people::erase;
    write pool_employee_export(people::PooledRef) -> String = people::export_pooled;
    write pool_employee_erase(people::PooledRef) -> people::Erased = people::erase_pooled;
    write order_step(orders::Step) -> orders::list::OrderView = orders::step;
    write order_ship(orders::Ship) -> orders::list::OrderView = orders::ship;
    write order_delay(orders::Late) -> orders::list::OrderView = orders::delay;
    read order_list(orders::list::Which) -> Vec<orders::list::OrderView> = orders::list::list;
    long import_begin(import::Begin) -> import::Token = import::import_begin;
    long import_preview(import::Look) -> crate::import::preview::Preview = import::import_preview;
    long import_confirm(import::Confirm) -> crate::import::write::Imported = import::import_confirm;
    long import_errors(import::Token) -> String = import::import_errors;
    long import_cancel(import::Token) -> () = import::import_cancel;
    whole export(import::Export) -> String = import::export_rows;
    long demo_make(Nothing) -> Vec<ClientView> = setup::demo_make;
    ask user_list(Nothing) -> Vec<admin::UserView> = admin::user_list;
    whole user_add(admin::UserAdd) -> admin::UserView = admin::user_add;
    whole user_update(admin::UserUpdate) -> admin::UserView = admin::user_update;
    whole user_password(admin::UserPassword) -> () = admin::user_password;
    ask client_inactive_list(Nothing) -> Vec<ClientView> = admin::client_inactive_list;
    write client_reactivate(admin::Readmit) -> ClientView = admin::client_reactivate;
}

/// Commands the window answers itself, before or beside a session, with their TypeScript.
const DOOR: &[(&str, &str)] = &[
    ("app_state", "input: Nothing; output: AppState"),
    (
        "first_start",
        "input: { name: string; display_name: string; password: string; language: string }; output: SessionView",
    ),
    ("login", "input: { name: string; password: string }; output: SessionView"),
    ("logout", "input: Nothing; output: null"),
    ("password_change", "input: { old: string; new: string }; output: SessionView"),
    ("language_set", "input: { language: string }; output: SessionView"),
    ("sync_status", "input: Nothing; output: SyncView | null"),
    ("sync_now", "input: Nothing; output: null"),
    ("sync_pause", "input: { on: boolean }; output: null"),
    ("sync_metered", "input: { on: boolean }; output: null"),
    ("hub_join", "input: { address: string; certificate: string; name: string; code: string }; output: null"),
    ("hub_return", "input: { code: string }; output: null"),
    ("office_enter", "input: { login: string; password: string }; output: null"),
    ("office_want", "input: { want: Want }; output: Office | { code: string } | null"),
    ("import_chunk", "input: never; output: null"),
];

/// Every command's name: the window's own, those listed, and four for each client table.
pub fn names() -> Vec<String> {
    let door = DOOR.iter().map(|(name, _)| name.to_string());
    door.chain(LISTED.iter().map(|n| n.to_string())).chain(rows::names()).collect()
}

/// Whether a command changes nothing, so that a screen may ask it unbidden.
pub fn asks(name: &str) -> bool {
    listed_asks(name).unwrap_or_else(|| rows::asks(name))
}

/// Runs a command by its name.
///
/// # Errors
/// Whatever refuses it, as a fault; a client out of scope is `missing`
/// whatever else may be wrong.
pub fn call(name: &str, at: &Call<'_>, input: Json) -> Result<Json, Fault> {
    let repo = at.repo;
    if let Some(foreign) = foreign(repo, &input) {
        repo.deny(&format!("{name} {foreign}"));
        return Err(Fault::new(Code::Missing));
    }
    let answer = listed(name, at, input.clone()).or_else(|| rows::call(name, repo, input.clone()));
    let answer = answer.unwrap_or_else(|| Err(Fault::new(Code::BadInput).with("value", name)));
    if answer.is_ok() {
        crate::alerts::after(repo, name, &input);
    }
    answer
}

/// The first client the input names that is not in scope.
fn foreign(repo: &Repository<'_>, input: &Json) -> Option<Id<Client>> {
    let session = repo.session();
    // The plant's own log is no client's; who works with the pool may name it.
    let reaches = |id: Id<Client>| session.covers(id) || (id == Client::PLANT && session.role().sees_pool());
    let outside = |json: &Json| json.as_str().and_then(|s| s.parse().ok()).filter(|id| !reaches(*id));
    match input {
        Json::Object(map) => map.iter().find_map(|(key, value)| match (key.as_str(), value) {
            ("client_id", v) => outside(v),
            ("clients", Json::Array(list)) => list.iter().find_map(outside),
            (_, v @ (Json::Object(_) | Json::Array(_))) => foreign(repo, v),
            _ => None,
        }),
        Json::Array(list) => list.iter().find_map(|v| foreign(repo, v)),
        _ => None,
    }
}

pub(crate) fn parse<T: DeserializeOwned>(input: Json) -> Result<T, Fault> {
    serde_json::from_value(input).map_err(|e| Fault::new(Code::BadInput).with("value", e))
}

fn answer<T: serde::Serialize>(done: store::Result<T>) -> Result<Json, Fault> {
    let value = done.map_err(Fault::from)?;
    serde_json::to_value(value).map_err(|e| Fault::new(Code::Internal).with("value", e))
}
