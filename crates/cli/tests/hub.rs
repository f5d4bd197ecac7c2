//! A hub from an empty database to two PCs that agree, by the command line alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may stop, and makes its own files"
)]
mod keeping;
mod plant;
#[path = "../../hub/tests/postgres/server.rs"]
#[allow(dead_code, reason = "the hub's own tests use the rest")]
mod server;

use keeping::{Keeping, joins, login};
use plant::{Plant, Said};
use server::{Server, admin};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::Arc,
};

const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,100\n\
    ACME,2025-03-04,DAY,L1,P1,15,10,540,200\n";

/// A hub's program, and the database it stands on.
struct Hub {
    server: Arc<Server>,
    database: &'static str,
    folder: tempfile::TempDir,
}

/// A hub that answers; it ends with its holder.
struct Serving(Child, String);

impl Drop for Serving {
    fn drop(&mut self) {
        drop((self.0.kill(), self.0.wait()));
    }
}

impl Hub {
    async fn new(database: &'static str) -> Hub {
        let server = Server::shared();
        let postgres = admin(&server.url("postgres", "postgres")).await;
        postgres.batch_execute(&format!("CREATE DATABASE {database}")).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let hub = Hub { server, database, folder };
        hub.shows(&rcgen::CertificateParams::new(vec!["localhost".into(), "127.0.0.1".into()]).unwrap());
        hub
    }
    /// From its next start on it shows a certificate of its own like this.
    fn shows(&self, params: &rcgen::CertificateParams) {
        let key = rcgen::KeyPair::generate().unwrap();
        std::fs::write(self.file("hub.pem"), params.self_signed(&key).unwrap().pem()).unwrap();
        std::fs::write(self.file("hub.key"), key.serialize_pem()).unwrap();
    }
    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
    fn command(&self, role: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lineboard"));
        command.env("LINEBOARD_LANG", "en").env("LINEBOARD_HUB_DATABASE", self.server.url(role, self.database));
        command.args(["--json", "hub"]).args(args);
        command
    }
    fn call(&self, role: &str, args: &[&str]) -> Said {
        let out = self.command(role, args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) }
    }
    fn app(&self, args: &[&str]) -> Said {
        self.call("hub_app", args).fine()
    }
    fn serve(&self) -> Serving {
        let (certificate, key) = (self.file("hub.pem"), self.file("hub.key"));
        let args = ["serve", "--listen", "127.0.0.1:0", "--certificate", &certificate, "--key", &key];
        let mut child = self.command("hub_app", &args).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let port = said.trim_end_matches(['.', '\n']).rsplit(':').next().unwrap().to_string();
        Serving(child, format!("https://localhost:{port}"))
    }
    /// Lets a PC in, with everybody of its card.
    fn join(&self, pc: &Plant, at: &str, name: &str, people: &[String]) {
        let code = self.app(&["code"]).json()["code"].as_str().unwrap().to_string();
        let file = pc.file("code.txt", &code).display().to_string();
        let certificate = self.file("hub.pem");
        let said = pc.ada(&["join", at, "--certificate", &certificate, "--name", name, "--code-file", &file, "--json"]);
        let device = said.fine().json()["device"].as_str().unwrap().to_string();
        people.iter().for_each(|person| drop(self.app(&["assign", person, &device])));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plant_comes_to_a_hub_and_a_second_pc_has_its_figures() {
    let hub = Hub::new("by_hand").await;
    hub.call("postgres", &["migrate"]).fine();
    hub.call("postgres", &["migrate"]).fine();
    let serving = hub.serve();
    let first = Plant::new();
    first.import("production", &first.file("rows.csv", ROWS));
    let card = first.path("card.json").display().to_string();
    first.ada(&["card", &card]).fine();
    hub.app(&["card", &card]);
    let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&card).unwrap()).unwrap();
    let people: Vec<String> =
        told["people"].as_array().unwrap().iter().map(|p| p["user"].as_str().unwrap().to_string()).collect();
    hub.join(&first, &serving.1, "office", &people);
    first.ada(&["sync"]).fine();
    let second = Plant::new();
    hub.join(&second, &serving.1, "line 4", &people);
    second.ada(&["sync"]).fine();
    // Her log-in there is the one she has here: the hub's list brought it.
    let login = format!("ada-{}", &people[0].replace('-', "")[28..]);
    let there = second.call(&login, "ada.txt", "en", &["kpi", "efficiency", "--client", "ACME", "--json"]);
    assert_eq!(there.fine().json()["rows"][0]["value"].as_f64(), Some(first.value("efficiency", "ACME")));
    first.ada(&["verify", "--json"]).fine();
    both_write_one_line_shift(&first, &second, &login);
}

/// Each brings the same line shift with another count, unheard by the other; the second decides for both.
fn both_write_one_line_shift(first: &Plant, second: &Plant, login: &str) {
    let head = ROWS.lines().next().unwrap();
    let rows = |n: u32| format!("{head}\nACME,2025-03-05,DAY,L1,P1,15,10,540,{n}\n");
    let there = |args: &[&str]| second.call(login, "ada.txt", "en", args);
    first.import("production", &first.file("mine.csv", &rows(300)));
    let theirs = second.file("theirs.csv", &rows(310)).display().to_string();
    there(&["import", "production", &theirs, "--confirm", "--json"]).fine();
    for _ in 0..2 {
        first.ada(&["sync"]).fine();
        second.ada(&["sync"]).fine();
    }
    let listed = there(&["review", "list", "--json"]).fine().json();
    let conflict = listed["conflicts"].as_array().unwrap().iter().find(|c| c["table"] == "production_entry").unwrap();
    let (row, change) = (conflict["id"].as_str().unwrap(), conflict["waits"][0]["op"].as_str().unwrap());
    let shown = there(&["review", "list"]).fine().out;
    assert!(shown.contains("produced: 300") && shown.contains("produced: 310") && shown.contains(row), "{shown}");
    assert!(shown.contains("@ office") && shown.contains("@ line 4"), "{shown}");
    let decide = ["review", "decide", row, "--take", change, "--reason", "counted again", "--json"];
    there(&decide).fine();
    second.ada(&["sync"]).fine();
    first.ada(&["sync"]).fine();
    let here = |args: &[&str]| first.ada(args).fine().json();
    for listed in [here(&["review", "list", "--json"]), there(&["review", "list", "--json"]).fine().json()] {
        assert_eq!(listed, serde_json::json!({ "conflicts": [], "refused": [] }));
    }
    let kpi = ["kpi", "efficiency", "--client", "ACME", "--from", "2025-03-05", "--to", "2025-03-05", "--json"];
    let (ours, theirs) = (here(&kpi), there(&kpi).fine().json());
    assert_eq!(ours["rows"], theirs["rows"]);
    // 310 units of 15 minutes, 10 people for 540 minutes.
    assert_eq!(ours["rows"][0]["value"].as_f64(), Some(310.0 * 15.0 / (10.0 * 540.0) * 100.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_at_the_hub_is_out_of_each_pc_after_its_next_sync() {
    let hub = Hub::new("disabled").await;
    hub.call("postgres", &["migrate"]).fine();
    let (serving, pc) = (hub.serve(), Plant::new());
    let add = ["user", "add", "lea", "--role", "leader", "--no-forced-change", "--new-password-file"];
    let file = pc.path("lea.txt").display().to_string();
    pc.import("production", &pc.file("rows.csv", ROWS));
    pc.ada(&[&add[..], &[&file, "--clients", "ACME"]].concat()).fine();
    let card = pc.path("card.json").display().to_string();
    pc.ada(&["card", &card]).fine();
    hub.app(&["card", &card]);
    let all = || hub.app(&["people"]).json()["people"].as_array().unwrap().clone();
    let ids: Vec<String> = all().iter().map(|p| p["id"].as_str().unwrap().to_string()).collect();
    hub.join(&pc, &serving.1, "office", &ids);
    pc.ada(&["sync"]).fine();
    let figure = ["kpi", "efficiency", "--client", "ACME", "--json"];
    pc.lea(&figure).fine();
    assert_eq!(all()[1]["pcs"], serde_json::json!(["office"]));
    let pcs = hub.app(&["pcs"]).json();
    assert_eq!(pcs["pcs"][0]["clients"], serde_json::json!(["ACME"]));
    assert!(pcs["pcs"][0]["seen"].is_string() && pcs["pcs"][0]["withdrawn"] == false);
    hub.app(&["disable", "Lea"]);
    assert_eq!(all()[1]["disabled"], true);
    hub.app(&["card", &card]);
    assert_eq!(all()[1]["disabled"], true, "a card brings nobody back");
    pc.ada(&["sync"]).fine();
    assert_eq!(pc.lea(&figure).error().0, "bad_login");
    pc.ada(&figure).fine();
    hub.app(&["enable", &ids[1]]);
    pc.ada(&["sync"]).fine();
    pc.lea(&figure).fine();
    assert_eq!(hub.call("hub_app", &["disable", "ada"]).error().0, "hub_last_admin");
    assert_eq!(hub.call("hub_app", &["disable", "nobody"]).error().0, "hub_no_person");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_prints_a_line_for_each_thing_and_ends_with_one_where_something_is_wrong() {
    let hub = Hub::new("looked_at").await;
    hub.call("postgres", &["migrate"]).fine();
    let serving = hub.serve();
    let certificate = hub.file("hub.pem");
    let said =
        hub.call("hub_app", &["doctor", "--certificate", &certificate, "--disk", &hub.file(""), "--least-free", "0"]);
    // The tests' server does not sync.
    assert_eq!((said.code, said.error().0.as_str()), (1, "hub_unwell"));
    let checks = said.json()["checks"].as_array().unwrap().clone();
    let bad: Vec<_> = checks.iter().filter(|c| c["is"] == "bad").collect();
    assert_eq!(bad.len(), 1, "{checks:?}");
    assert_eq!((&bad[0]["check"], &bad[0]["values"]["name"]), (&"durable_not".into(), &"fsync".into()));
    assert!(checks.iter().any(|c| c["check"] == "backup_never"));
    let noted = hub
        .command("hub_app", &["backed-up"])
        .env("LINEBOARD_HUB_RESTORED", hub.server.url("hub_app", hub.database))
        .output();
    assert!(noted.unwrap().status.success());
    let lines = hub.command("hub_app", &["doctor"]).env("LINEBOARD_LANG", "es").output().unwrap();
    assert!(String::from_utf8(lines.stdout).unwrap().contains("Se comprobó una copia hace 0 h"));
    drop(serving);
    assert_eq!(hub.call("hub_app", &["backed-up"]).code, 2, "it must be told where the copy is");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_said_in_one_sentence_and_changes_nothing() {
    let hub = Hub::new("refused").await;
    assert_eq!(hub.call("hub_app", &["code"]).error().0, "hub_database");
    hub.call("postgres", &["migrate"]).fine();
    assert_eq!(hub.call("postgres", &["code"]).error().0, "hub_database", "never with rights past the walls");
    let plant = Plant::new();
    assert_eq!(plant.ada(&["sync"]).error().0, "not_joined");
    let folder = store::keep::folder::Folder::find(Some(plant.path("data"))).unwrap();
    let window = folder.lock().unwrap();
    assert_eq!(plant.ada(&["sync"]).error().0, "window_syncs", "two at once would be taken for a PC and its copy");
    drop(window);
    let serving = hub.serve();
    let (code, certificate) = (plant.file("code.txt", "ABCD-EFGHJKLM").display().to_string(), hub.file("hub.pem"));
    let wrong = ["join", &serving.1, "--certificate", &certificate, "--name", "x", "--code-file", &code];
    assert_eq!(plant.ada(&wrong).error().0, "hub_denied");
    let plain = ["join", "http://10.0.0.1:80", "--certificate", &certificate, "--name", "x", "--code-file", &code];
    assert_eq!(plant.ada(&plain).error().0, "hub_unusable");
    let card = plant.path("card.json").display().to_string();
    plant.ada(&["card", &card]).fine();
    assert_eq!(plant.ada(&["card", &card]).error().0, "file_unwritable", "nothing is written over");
    assert_eq!(hub.call("hub_app", &["card", &code]).error().0, "hub_no_card");
    assert_eq!(plant.ada(&["sync"]).error().0, "not_joined");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_that_has_a_hub_comes_back_there_with_nothing_but_a_code() {
    let hub = Hub::new("returns").await;
    hub.call("postgres", &["migrate"]).fine();
    let (serving, pc) = (hub.serve(), Plant::new());
    assert_eq!(pc.ada(&["join"]).error().0, "usage", "the first time it says where");
    hub.join(&pc, &serving.1, "office", &[]);
    let code = hub.app(&["code"]).json()["code"].as_str().unwrap().to_string();
    let back = ["join", "--code-file", &pc.file("code.txt", &code).display().to_string(), "--json"];
    let folder = store::keep::folder::Folder::find(Some(pc.path("data"))).unwrap();
    let window = folder.lock().unwrap();
    assert_eq!(pc.ada(&back).error().0, "window_syncs");
    drop(window);
    assert_eq!(pc.ada(&back).fine().json()["hub"], serving.1.as_str());
    assert_eq!(pc.ada(&back).error().0, "hub_denied", "a code is good once");
    let pcs = hub.app(&["pcs"]).json();
    assert_eq!((pcs["pcs"].as_array().unwrap().len(), &pcs["pcs"][0]["name"]), (1, &"office".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_hub_s_certificate_is_said_with_what_to_do() {
    let hub = Hub::new("distrusted").await;
    hub.call("postgres", &["migrate"]).fine();
    let (plant, names) = (Plant::new(), |names: &[&str]| {
        rcgen::CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap()
    });
    let code = plant.file("code.txt", "ABCD-EFGHJKLM").display().to_string();
    let join = |at: &str, trust: &str, language: &str| {
        let args = ["join", at, "--certificate", trust, "--name", "x", "--code-file", &code];
        plant.call("ada", "ada.txt", language, &args).error()
    };
    let mut over = names(&["localhost"]);
    over.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let mut authority = names(&["localhost"]);
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let wrong = [("certificate_expired", over), ("certificate_of_authority", authority)];
    for (word, params) in wrong.into_iter().chain([("certificate_of_other_name", names(&["hub.plant"]))]) {
        hub.shows(&params);
        let serving = hub.serve();
        let said = ["en", "es"].map(|language| join(&serving.1, &hub.file("hub.pem"), language));
        assert_eq!([&said[0].0, &said[1].0], [word, word]);
        assert_ne!(said[0].2, said[1].2, "in two languages");
    }
    std::fs::copy(hub.file("hub.pem"), hub.file("other.pem")).unwrap();
    hub.shows(&names(&["localhost"]));
    let serving = hub.serve();
    assert_eq!(join(&serving.1, &hub.file("other.pem"), "en").0, "certificate_unknown");
    let gone = serving.1.clone();
    drop(serving);
    assert_eq!(join(&gone, &hub.file("hub.pem"), "en").0, "hub_unreachable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_carried_where_no_network_leads_to_the_hub() {
    let hub = Hub::new("carried").await;
    hub.call("postgres", &["migrate"]).fine();
    let serving = hub.serve();
    let pc = Plant::new();
    let card = pc.path("card.json").display().to_string();
    pc.import("production", &pc.file("rows.csv", ROWS));
    pc.ada(&["card", &card]).fine();
    hub.app(&["card", &card]);
    let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&card).unwrap()).unwrap();
    let people: Vec<String> =
        told["people"].as_array().unwrap().iter().map(|p| p["user"].as_str().unwrap().to_string()).collect();
    hub.join(&pc, &serving.1, "hall 3", &people);
    // From here on nothing listens.
    drop(serving);
    let stick = tempfile::tempdir().unwrap();
    let folder = stick.path().display().to_string();
    let there_and_back = || {
        pc.ada(&["carry", &folder]).fine();
        hub.app(&["carry", &folder]).json()
    };
    assert_eq!(there_and_back()["answered"].as_array().unwrap().len(), 1);
    there_and_back();
    let said = pc.ada(&["carry", &folder, "--json"]).fine().json();
    // The pool's log is the first, the client's the second.
    assert_eq!((said["taken"].as_bool(), said["clients"][1]["caught_up"].as_bool()), (Some(true), Some(true)));
    assert!(said["clients"][1]["entries"].as_u64().unwrap() > 8, "what it sent came back in the hub's order: {said}");
    let asks = std::path::PathBuf::from(said["written"].as_str().unwrap());
    // A letter under another PC's name is answered to nobody, and the rest is.
    let strange = asks.with_file_name("00000000-0000-0000-0000-000000000007.ask");
    std::fs::copy(&asks, &strange).unwrap();
    assert_eq!(hub.call("hub_app", &["carry", &folder]).error().0, "carry_refused");
    assert!(strange.exists() && !asks.exists());
    let answer = asks.with_extension("answer");
    let mut bytes = std::fs::read(&answer).unwrap();
    bytes[99] ^= 1;
    std::fs::write(&answer, bytes).unwrap();
    assert_eq!(pc.ada(&["carry", &folder, "--json"]).error().0, "carry_not_ours");
    pc.ada(&["verify", "--json"]).fine();
}

/// All that the keeper was is at the server, and PCs need nothing but its address.
#[tokio::test(flavor = "multi_thread")]
async fn a_keepers_plant_moves_to_a_server_and_its_pcs_go_on_there() {
    let (first, second) = (Plant::new(), Plant::new());
    first.import("production", &first.file("rows.csv", ROWS));
    let keeper = Keeping::start(&first, "127.0.0.1:0", Some("ada")).unwrap();
    first.ada(&["sync"]).fine();
    joins(&keeper, &first, &second);
    second.ada(&["sync"]).fine();
    let login = login(&first);
    let server = Hub::new("moved").await;
    server.call("postgres", &["migrate"]).fine();
    let url = server.server.url("hub_app", server.database);
    let moves = || first.with("LINEBOARD_HUB_DATABASE", &url, &["hub", "move", "--json"]);
    assert_eq!(moves().error().0, "hub_try_runs", "not while PCs are answered");
    let listen = keeper.listens();
    keeper.killed();
    let moved = moves().fine().json();
    assert_eq!((&moved["clients"], moved["entries"].as_i64().unwrap() > 0), (&serde_json::json!(1), true));
    let error = |e: serde_json::Value| e["error"]["code"].as_str().unwrap().to_string();
    assert_eq!(error(Keeping::start(&first, &listen, None).err().unwrap()), "keeper_moved");
    let serving = server.serve();
    let other = Hub::new("another").await;
    other.call("postgres", &["migrate"]).fine();
    let elsewhere = other.serve();
    let at = |hub: &Serving| hub.1.clone();
    let rejoin = |pc: &Plant, user: &str, hub: &Hub, at: &str| {
        pc.call(user, "ada.txt", "en", &["rejoin", at, "--certificate", &hub.file("hub.pem"), "--json"])
    };
    assert_ne!(rejoin(&second, &login, &other, &at(&elsewhere)).code, 0, "another hub is not taken for it");
    for (pc, user) in [(&first, "ada"), (&second, login.as_str())] {
        rejoin(pc, user, &server, &at(&serving)).fine();
    }
    first.import("production", &first.file("more.csv", &ROWS.replace("2025-03", "2025-04")));
    first.ada(&["sync"]).fine();
    second.call(&login, "ada.txt", "en", &["sync"]).fine();
    let value = |pc: &Plant, user: &str| {
        let asked = ["kpi", "efficiency", "--client", "ACME", "--json"];
        pc.call(user, "ada.txt", "en", &asked).fine().json()["rows"][0]["value"].as_f64().unwrap()
    };
    assert_eq!(value(&second, &login).to_bits(), value(&first, "ada").to_bits());
}
