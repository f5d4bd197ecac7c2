//! PCs with real files, a hub on real PostgreSQL, and real TLS between them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "it is all test")]

mod carried;
mod erased;
mod joins;
mod moved;
mod restored;
#[path = "../../../../crates/hub/tests/postgres/server.rs"]
#[allow(dead_code, reason = "the hub's own tests use the rest")]
mod server;
mod set_back;
mod stage;

use checks::Plant;
use domain::{Client, Id};
use stage::{Hub, Pc};
use sync::device::{self, Purge};

/// A hub with a plant that joined it, and an empty PC beside that.
struct Both {
    hub: Hub,
    a: Pc,
    b: Pc,
    client: Id<Client>,
}

async fn both() -> Both {
    let (hub, first) = (Hub::open().await, Plant::new());
    let client = first.client("ACME");
    hub.desk.add_client(client, "ACME").await.unwrap();
    let mut a = hub.enrol(first, "ada", &[client]).await;
    let mut b = hub.enrol(Plant::new(), "bea", &[client]).await;
    a.start();
    a.has(client, 35).await;
    b.start();
    b.has(client, 35).await;
    Both { hub, a, b, client }
}

/// Waits until nothing waits on either PC and both have come to one place.
async fn rest(both: &Both) {
    loop {
        both.a.has(both.client, 0).await;
        let end = both.a.done(both.client);
        both.b.has(both.client, end).await;
        both.a.has(both.client, both.b.done(both.client)).await;
        if both.a.done(both.client) == both.b.done(both.client) {
            return;
        }
    }
}

async fn alike(both: &Both) {
    rest(both).await;
    assert_eq!(both.a.all(both.client), both.b.all(both.client));
    both.a.is_sound();
    both.b.is_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plant_joins_a_hub_and_a_new_pc_has_all_of_it() {
    let both = both().await;
    assert!(both.b.all(both.client).len() >= 35);
    alike(&both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_pcs_wrote_while_the_hub_was_away_is_on_both_afterwards() {
    let mut both = both().await;
    both.hub.stop().await;
    both.a.makes(both.client, 140);
    both.b.makes(both.client, 150);
    assert_eq!([both.a.produced(both.client), both.b.produced(both.client)], [Some(140), Some(150)]);
    both.a.until("it cannot reach the hub", |s| s.trouble.is_some()).await;
    both.hub.start().await;
    alike(&both).await;
    assert_eq!(both.a.produced(both.client), both.b.produced(both.client));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_was_closed_goes_on_where_it_was() {
    let mut both = both().await;
    both.b.stop().await;
    both.b.makes(both.client, 150);
    both.a.makes(both.client, 140);
    both.a.has(both.client, 36).await;
    both.b.start();
    alike(&both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_was_withdrawn_leaves_the_pc_and_its_unsent_work_reaches_the_hub() {
    let mut both = both().await;
    both.b.stop().await;
    both.b.makes(both.client, 150);
    let user = both.b.plant.admin.user();
    both.hub.desk.withdraw(user, both.client).await.unwrap();
    both.b.start();
    both.b.until("it is forgotten, and sealed", |s| s.clients.is_empty() || s.partings == 1).await;
    both.b.until("it is handed over", |s| s.partings == 1 && s.rounds > 3).await;
    assert_eq!(both.hub.quarantined(r#"produced\":150"#).await, 1, "the hub has opened what was sealed to it");
    assert_eq!(both.b.plant.store.login("bea", "seven blue lathes hum").map(|s| s.clients().len()).ok(), Some(0));
    let held = both.hub.desk.held().await.unwrap();
    both.hub.desk.backed_up(&held).await.unwrap();
    both.b.until("a backup holds it", |s| s.partings == 0).await;
    assert!(both.b.all(both.client).is_empty());
}

/// The names of the drafts that people keep on a PC.
fn drafts(pc: &Pc) -> Vec<String> {
    let repo = pc.plant.store.repository(&pc.plant.admin).unwrap();
    repo.read(|r| r.drafts()).unwrap().into_iter().map(|d| d.key).collect()
}

fn keeps_draft(pc: &Pc, key: &str) {
    let repo = pc.plant.store.repository(&pc.plant.admin).unwrap();
    repo.write(|w| w.keep_draft(key, "what nobody may read any more")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_forgotten_client_left_goes_though_the_power_failed_before_it_was_looked_for() {
    let mut both = both().await;
    both.b.stop().await;
    let (key, client) = (format!("shift/{}", both.client), both.client);
    keeps_draft(&both.b, &key);
    // All steps of the forgetting but the last, as if the power had gone behind them.
    let step = |work: &dyn Fn(&mut store::Feed<'_, '_>) -> store::Result<Purge>| {
        both.b.plant.store.feed(&both.b.vault, client, |feed| work(feed)).unwrap()
    };
    step(&|feed| device::revoked(feed, 99).map(|()| Purge::None));
    while step(&|feed| device::step(feed)) != Purge::Wiped {}
    assert_eq!(drafts(&both.b), [key.as_str()]);
    both.hub.desk.withdraw(both.b.plant.admin.user(), client).await.unwrap();
    both.b.start();
    both.b.until("rounds go on", |s| s.rounds > 2).await;
    assert!(drafts(&both.b).is_empty());
    // Known from now on: the next start of the program does not look through the whole file for it.
    both.b.stop().await;
    keeps_draft(&both.b, &key);
    both.b.start();
    both.b.until("rounds go on", |s| s.rounds > 2).await;
    assert_eq!(drafts(&both.b), [key.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_session_of_a_person_whom_the_hub_disabled_ends_and_his_work_is_kept_for_others() {
    let mut both = both().await;
    both.hub.admin("cy").await;
    let bea = both.b.plant.admin.user();
    both.b.stop().await;
    both.b.makes(both.client, 150);
    both.hub.desk.disable(bea).await.unwrap();
    let reads =
        || both.b.plant.store.repository(&both.b.plant.admin).map(drop).map_err(|e| domain::Fault::from(e).code);
    assert_eq!(reads(), Ok(()), "not before it hears of it");
    both.b.start();
    both.b.until("it has heard", |s| s.clients.values().all(|c| c.pending == 0)).await;
    both.b.until("it is handed over", |s| s.rounds > 3).await;
    let reads =
        || both.b.plant.store.repository(&both.b.plant.admin).map(drop).map_err(|e| domain::Fault::from(e).code);
    assert_eq!(reads(), Err("no_session".into()));
    assert!(both.b.plant.store.login("bea", "seven blue lathes hum").is_err());
    assert_eq!(both.hub.quarantined(r#"produced\":150"#).await, 1);
    assert_eq!(both.a.produced(both.client), Some(100), "nobody else has it");
}

#[test]
fn only_the_hub_reads_what_was_sealed_to_it() {
    use ed25519_dalek::SigningKey;
    let (hub, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
    let sent: Vec<_> = (0..3000_u32).map(|n| net::raw::made(n as u8, Id::from_bytes([5; 16]))).collect();
    let pieces = sync::seal::seal(&hub.verifying_key().to_bytes(), &sent).unwrap();
    assert!(pieces.len() > 1 && pieces.iter().all(|p| p.sealed.len() < 2 << 20), "each fits into one request");
    let opened: Vec<_> = pieces.iter().flat_map(|p| hub::unseal::unseal(&hub, &p.sealed).unwrap()).collect();
    assert_eq!(opened, sent);
    let first = &pieces[0].sealed;
    assert!(!first.windows(7).any(|w| w == b"\"patch\""), "nothing of it can be read");
    assert_eq!(hub::unseal::unseal(&other, first), None);
    let altered: Vec<u8> = first.iter().enumerate().map(|(i, b)| if i == 40 { b ^ 1 } else { *b }).collect();
    assert_eq!(hub::unseal::unseal(&hub, &altered), None);
}
