//! Whatever a hub relies on is broken on purpose, and its doctor says exactly that.
use crate::{
    plant::{BEGIN, Plant},
    server::{Server, admin, database},
};
use domain::Role;
use hub::{
    clock::Clock,
    doctor::{Finding, Is, Looks, look},
    postgres::{NEWEST, migrate_to},
};
use std::{path::PathBuf, sync::Arc};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn looks(plant: &Plant, role: &str) -> Looks {
    let url = plant.ground.server.url(role, &plant.ground.database);
    Looks { url, clock: Clock::default(), certificate: None, disk: None, least_free: 1 }
}

async fn found(looks: &Looks) -> Vec<Finding> {
    let mut all = vec![];
    look(looks, &mut |f| all.push(f)).await;
    for finding in &all {
        let words = include_str!("../../../cli/words/en.json");
        assert!(words.contains(&format!("\"doctor_{}\":", finding.word)), "no sentence for {}", finding.word);
    }
    all
}

/// What is wrong, and what the sentence is told of it.
async fn wrong(looks: &Looks) -> Vec<(&'static str, String)> {
    let bad = found(looks).await.into_iter().filter(|f| f.is == Is::Bad);
    let told = |f: &Finding| f.values.iter().map(|v| v.1.clone()).collect::<Vec<_>>().join(" ");
    // The tests' own server need not outlive a loss of power.
    bad.map(|f| (f.word, told(&f))).filter(|f| f.0 != "durable_not").collect()
}

async fn words(looks: &Looks) -> Vec<&'static str> {
    wrong(looks).await.into_iter().map(|f| f.0).collect()
}

/// A plant with a few entries of both clients.
async fn written() -> Plant {
    let plant = Plant::new().await;
    for client in plant.clients {
        let user = plant.person(Role::Leader, &[client]).await;
        let mut pc = plant.at(plant.device(&[user]).await, user, client);
        let changes: Vec<_> = (0..5).map(|n| pc.line(&format!("L{n}"))).collect();
        for change in changes {
            pc.push(&plant.hub, &[change]).await;
        }
    }
    plant
}

#[tokio::test]
async fn a_hub_that_is_well_is_said_to_be_so() {
    let server = Arc::new(Server::start(true));
    let plant = Plant::of(server).await;
    let all = found(&looks(&plant, "hub_app")).await;
    let odd: Vec<_> = all.iter().filter(|f| f.is != Is::Good).map(|f| (f.word, f.is)).collect();
    let told = [("disk_unknown", Is::Unknown), ("backup_never", Is::Odd), ("certificate_unknown", Is::Unknown)];
    assert_eq!(odd, told);
    for word in ["version", "durable", "clock", "role", "schema", "walls", "order"] {
        assert!(all.iter().any(|f| f.word == word), "{word}");
    }
}

/// What opens a wall, what mends it, and what is said in between.
const HOLES: [(&str, &str, &str, &str); 8] = [
    (
        "REVOKE INSERT ON hub.deed FROM hub_app",
        "GRANT INSERT ON hub.deed TO hub_app",
        "rights_lacking",
        "deed (INSERT)",
    ),
    (
        "REVOKE DELETE, UPDATE ON hub.claim FROM hub_app",
        "GRANT DELETE, UPDATE ON hub.claim TO hub_app",
        "rights_lacking",
        "claim (DELETE), claim (UPDATE)",
    ),
    (
        "ALTER TABLE hub.entry NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE hub.entry FORCE ROW LEVEL SECURITY",
        "walls_open",
        "entry",
    ),
    (
        "ALTER TABLE hub.folded DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE hub.folded ENABLE ROW LEVEL SECURITY",
        "walls_open",
        "folded",
    ),
    ("CREATE TABLE hub.later (client_id uuid)", "DROP TABLE hub.later", "walls_open", "later"),
    (
        "CREATE TABLE hub.shut (client_id uuid); ALTER TABLE hub.shut ENABLE ROW LEVEL SECURITY;
         ALTER TABLE hub.shut FORCE ROW LEVEL SECURITY",
        "DROP TABLE hub.shut",
        "walls_open",
        "shut",
    ),
    (
        "CREATE POLICY open ON hub.parting FOR UPDATE USING (true)",
        "DROP POLICY open ON hub.parting",
        "walls_strange",
        "parting (open)",
    ),
    ("CREATE VIEW hub.shown AS SELECT * FROM hub.verdict", "DROP VIEW hub.shown", "walls_lent", "shown"),
];

#[tokio::test]
async fn rights_past_the_walls_and_walls_with_holes_are_named() {
    let plant = written().await;
    let postgres = plant.ground.postgres().await;
    let roles =
        "CREATE ROLE leaps LOGIN BYPASSRLS; GRANT hub_app TO leaps; CREATE ROLE has LOGIN; GRANT hub_owner TO has";
    postgres.batch_execute(roles).await.unwrap();
    for (role, word) in [("postgres", "role_superuser"), ("leaps", "role_past_walls"), ("has", "role_owner")] {
        assert!(wrong(&looks(&plant, role)).await.contains(&(word, role.into())), "{role}");
    }
    let app = looks(&plant, "hub_app");
    for (hole, mended, word, name) in HOLES {
        postgres.batch_execute(hole).await.unwrap();
        assert_eq!(wrong(&app).await, [(word, name.to_string())], "{hole}");
        postgres.batch_execute(mended).await.unwrap();
    }
    assert_eq!(words(&app).await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_missing_altered_or_cut_off_entry_is_named_with_its_client_and_number() {
    let plant = written().await;
    let (postgres, app, client) = (plant.ground.postgres().await, looks(&plant, "hub_app"), plant.clients[1]);
    postgres.batch_execute("CREATE TABLE public.kept AS SELECT * FROM hub.entry").await.unwrap();
    let breaks = [
        (format!("DELETE FROM hub.entry WHERE client_id = '{client}' AND seq = 3"), "order_gap", 3),
        (format!("DELETE FROM hub.entry WHERE client_id = '{client}' AND seq = 1"), "order_gap", 1),
        (
            format!("UPDATE hub.entry SET sent = replace(sent, 'L3', 'L9') WHERE client_id = '{client}'"),
            "order_chain",
            4,
        ),
        (format!("UPDATE hub.entry SET verdict = 2 WHERE client_id = '{client}' AND seq = 2"), "order_chain", 2),
        (format!("UPDATE hub.entry SET received_at = 9 WHERE client_id = '{client}' AND seq = 5"), "order_chain", 5),
        (format!("DELETE FROM hub.entry WHERE client_id = '{client}' AND seq = 5"), "order_end", 5),
    ];
    for (sql, word, seq) in breaks {
        assert!(postgres.execute(&sql, &[]).await.unwrap() > 0, "{sql}");
        assert_eq!(wrong(&app).await, [(word, format!("{client} {seq}"))], "{sql}");
        let back = "TRUNCATE hub.entry; INSERT INTO hub.entry SELECT * FROM public.kept";
        postgres.batch_execute(back).await.unwrap();
    }
    assert_eq!(words(&app).await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_log_longer_than_a_page_is_read_to_its_end() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    for _ in 0..3 {
        let changes: Vec<_> = (0..400).map(|_| pc.line("L")).collect::<Vec<_>>();
        let numbered = |(n, mut s): (usize, domain::feed::Sent)| {
            s.change.dev_seq += n as i64;
            s
        };
        let changes: Vec<_> = changes.into_iter().enumerate().map(numbered).collect();
        pc.push(&plant.hub, &changes).await;
    }
    let all = found(&looks(&plant, "hub_app")).await;
    let order = all.iter().find(|f| f.word == "order").unwrap();
    assert_eq!(order.values[0].1, plant.count("hub.entry").await.to_string());
    assert!(plant.count("hub.entry").await > 1000);
    let last = format!("DELETE FROM hub.entry WHERE seq = {}", plant.count("hub.entry").await - 50);
    plant.ground.postgres().await.execute(&last, &[]).await.unwrap();
    assert_eq!(words(&looks(&plant, "hub_app")).await, ["order_gap"]);
}

#[tokio::test]
async fn another_version_and_no_hub_at_all_are_told_apart() {
    let server = Server::shared();
    let clock = Clock::fixed(BEGIN);
    let name = database(&server, &clock).await;
    let of = |database: &str| Looks {
        url: server.url("hub_app", database),
        clock: Clock::default(),
        certificate: None,
        disk: None,
        least_free: 1,
    };
    let postgres = admin(&server.url("postgres", &name)).await;
    postgres.execute("INSERT INTO hub.version VALUES ($1, 'later', 0)", &[&(NEWEST + 1)]).await.unwrap();
    assert_eq!(wrong(&of(&name)).await, [("schema_newer", format!("{} {NEWEST}", NEWEST + 1))]);
    postgres.execute("DELETE FROM hub.version WHERE number > $1", &[&NEWEST]).await.unwrap();
    migrate_to(&server.url("postgres", &name), 1, &clock).await.unwrap();
    assert_eq!(wrong(&of(&name)).await, [("schema_older", format!("1 {NEWEST}"))]);
    assert_eq!(words(&of("postgres")).await, ["schema_none"]);
    assert_eq!(words(&of("nowhere")).await, ["database"]);
}

#[tokio::test]
async fn what_a_loss_of_power_would_take_is_told() {
    let server = Arc::new(Server::start(true));
    let plant = Plant::of(server.clone()).await;
    let app = looks(&plant, "hub_app");
    let settings = async || {
        let all = found(&app).await;
        let told = all.into_iter().filter(|f| f.word.starts_with("durable") && f.is != Is::Good);
        told.map(|f| (f.values[0].1.clone(), f.is)).collect::<Vec<_>>()
    };
    assert_eq!(settings().await, []);
    for (name, is) in [("full_page_writes", Is::Bad), ("synchronous_commit", Is::Odd), ("fsync", Is::Bad)] {
        server.set(name, "off").await;
        assert_eq!(settings().await, [(name.to_string(), is)]);
        server.set(name, "on").await;
    }
}

#[tokio::test]
async fn clocks_apart_an_old_backup_and_a_full_disk_are_told() {
    let plant = Plant::new().await;
    let mut app = looks(&plant, "hub_app");
    let now = Clock::default().now();
    let held = plant.hub.held().await.unwrap();
    plant.clock.advance(now - BEGIN - 3 * DAY);
    plant.hub.backed_up(&held).await.unwrap();
    assert_eq!(wrong(&app).await, [("backup_old", "72".to_string())]);
    plant.clock.advance(2 * DAY);
    plant.hub.backed_up(&held).await.unwrap();
    assert_eq!(words(&app).await, Vec::<&str>::new());
    for (apart, is) in [(-30_000, Is::Odd), (30_000, Is::Odd), (-90_000, Is::Bad), (90_000, Is::Bad)] {
        app.clock = Clock::fixed(now + apart);
        let all = found(&app).await;
        assert!(all.iter().any(|f| (f.word, f.is) == ("clock_off", is)), "{apart}: {all:?}");
    }
    app.clock = Clock::default();
    app.disk = Some(std::env::temp_dir());
    assert_eq!(words(&app).await, Vec::<&str>::new());
    app.least_free = u64::MAX;
    assert_eq!(words(&app).await, ["disk_full"]);
    let known = found(&Looks { disk: None, ..looks(&plant, "postgres") }).await;
    assert!(known.iter().any(|f| f.word == "disk"), "a superuser on the same machine knows where the database lies");
}

#[tokio::test]
async fn a_certificate_that_pcs_will_not_take_is_told_before_they_do() {
    let (plant, folder) = (Plant::new().await, tempfile::tempdir().unwrap());
    let (file, key) = (folder.path().join("hub.pem"), rcgen::KeyPair::generate().unwrap());
    let mut params = rcgen::CertificateParams::new(vec!["hub.plant".into()]).unwrap();
    (params.not_before, params.not_after) = (rcgen::date_time_ymd(2026, 1, 1), rcgen::date_time_ymd(2027, 1, 1));
    let end = 1_798_761_600_000; // 2027-01-01
    let told = async |params: &rcgen::CertificateParams, now: i64| {
        let mut open = std::fs::File::options().create(true).truncate(true).write(true).open(&file).unwrap();
        std::io::Write::write_all(&mut open, params.self_signed(&key).unwrap().pem().as_bytes()).unwrap();
        let certificate = Some(file.clone());
        let all = found(&Looks { clock: Clock::fixed(now), certificate, ..looks(&plant, "hub_app") }).await;
        let last = all.last().unwrap();
        (last.word, last.is, last.values.get(1).map(|v| v.1.clone()))
    };
    let days = |n: i64| Some(n.to_string());
    assert_eq!(told(&params, end - 31 * DAY).await, ("certificate", Is::Good, days(31)));
    assert_eq!(told(&params, end - 29 * DAY).await, ("certificate_ends", Is::Odd, days(29)));
    assert_eq!(told(&params, end - 6 * DAY).await, ("certificate_ends", Is::Bad, days(6)));
    assert_eq!(told(&params, end + DAY).await.0, "certificate_over");
    assert_eq!(told(&params, end - 400 * DAY).await.0, "certificate_early");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    assert_eq!(told(&params, end - 31 * DAY).await.0, "certificate_authority");
    let unread = Looks { certificate: Some(PathBuf::from("nowhere.pem")), ..looks(&plant, "hub_app") };
    assert_eq!(found(&unread).await.last().unwrap().word, "certificate_unread");
}
