//! A hub goes back to a backup, and its PCs bring it forward again.
use crate::{
    Both, alike, both,
    stage::{Hub, Pc},
};
use checks::Plant;
use domain::{Client, Id};
use std::time::Duration;
use sync::{device::Standing, engine::Status};
use tokio::time::{sleep, timeout};

/// Waits until so much of a client's log is at the hub.
async fn has_back(hub: &Hub, client: Id<Client>, entries: usize) {
    let comes = async {
        while hub.log(client).await.len() < entries {
            sleep(Duration::from_millis(50)).await;
        }
    };
    assert!(timeout(Duration::from_secs(40), comes).await.is_ok(), "{:?}", hub.log(client).await.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_several_offers_comes_back_word_for_word_though_its_author_is_away() {
    let mut both = both().await;
    let (client, backup) = (both.client, both.hub.backup());
    let early = both.hub.log(client).await;
    // The other takes all of it in at once: the hub signs where its pages end, and nowhere else.
    both.b.stop().await;
    (200..225).for_each(|produced| both.a.makes(client, produced));
    both.a.has(client, 60).await;
    let all = both.a.done(client);
    both.a.stop().await;
    both.b.start();
    both.b.has(client, all).await;
    let before = both.hub.log(client).await;
    assert!(before.len() > early.len() + 20);
    both.b.stop().await;
    both.hub.is_restored(&backup).await;
    assert_eq!(both.hub.log(client).await, early);
    both.b.start();
    has_back(&both.hub, client, before.len()).await;
    both.b.has(client, all).await;
    assert_eq!(both.hub.log(client).await, before, "the same numbers, links and times");
    assert_eq!(both.hub.quarantined("").await, 0);
    both.a.start();
    alike(&both).await;
    let mut c = both.hub.enrol(Plant::new(), "cyd", &[client]).await;
    c.start();
    c.has(client, all).await;
    assert_eq!(c.all(client), both.a.all(client));
}

/// Takes a client in at the hub, for whoever works at these PCs.
async fn takes_in(hub: &Hub, client: Id<Client>, pcs: &[&Pc]) {
    hub.desk.add_client(client, "YOUNG").await.unwrap();
    for pc in pcs {
        hub.desk.grant(pc.plant.admin.user(), client).await.unwrap();
    }
}

/// Two PCs with a client that they began to work with after a backup, to which the hub went back; the second has work
/// of it that it did not send.
async fn younger() -> (Both, Id<Client>, Vec<String>) {
    let mut both = both().await;
    let (backup, young) = (both.hub.backup(), both.a.plant.client("YOUNG"));
    takes_in(&both.hub, young, &[&both.a, &both.b]).await;
    both.a.has(young, 35).await;
    both.b.has(young, both.a.done(young)).await;
    both.b.makes(young, 140);
    both.b.has(young, both.a.done(young) + 1).await;
    both.a.has(young, both.b.done(young)).await;
    both.b.stop().await;
    both.b.makes(young, 150);
    let all = both.b.all(young);
    both.hub.is_restored(&backup).await;
    both.b.start();
    (both, young, all)
}

fn lacks(client: Id<Client>) -> impl Fn(&Status) -> bool {
    move |s| s.clients.get(&client).is_some_and(|c| c.trouble.as_deref() == Some("lacking")) && s.rounds > 3
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_younger_than_the_backup_stays_on_every_pc_and_comes_back_whole_when_the_hub_takes_it_in_again() {
    let (mut both, young, shown) = younger().await;
    both.a.until("the hub lacks it", lacks(young)).await;
    both.b.until("the hub lacks it", lacks(young)).await;
    assert_eq!(both.b.all(young), shown, "nothing went, sent or not");
    both.b.is_sound();
    both.b.until("nothing is sealed", |s| s.partings == 0 && s.clients[&young].pending == 1).await;
    both.a.has(both.client, 35).await;
    // It comes back from the PC that wrote the least of it.
    let all_of_it = both.b.done(young) + 1;
    both.a.stop().await;
    takes_in(&both.hub, young, &[&both.a, &both.b]).await;
    both.b.until("it is back", |s| s.clients[&young].cut == 0 && s.clients[&young].done == all_of_it).await;
    both.b.has(young, all_of_it).await;
    assert_eq!((both.b.all(young), both.b.produced(young)), (shown, Some(150)));
    assert_eq!(both.hub.quarantined("").await, 0);
    both.a.start();
    let mut c = both.hub.enrol(Plant::new(), "cyd", &[young]).await;
    c.start();
    c.has(young, all_of_it).await;
    both.a.has(young, all_of_it).await;
    assert_eq!(both.a.produced(young), Some(150));
    for pc in [&both.a, &both.b, &c] {
        assert_eq!(pc.all(young), both.b.all(young));
        pc.is_sound();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_the_hub_lacks_goes_once_an_admin_says_so() {
    let (mut both, young, _) = younger().await;
    both.b.until("the hub lacks it", lacks(young)).await;
    both.hub.desk.add_client(young, "YOUNG").await.unwrap();
    both.hub.desk.withdraw(both.b.plant.admin.user(), young).await.unwrap();
    both.b.until("it is forgotten", |s| s.clients[&young].standing == Standing::Purged).await;
    assert!(both.b.all(young).is_empty());
    both.b.until("it is handed over", |s| s.partings > 0 && s.rounds > 6).await;
    assert_eq!(both.hub.quarantined(r#"produced\":150"#).await, 1, "what was not sent is with the hub");
    both.a.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_that_was_withdrawn_before_a_restore_forgets_the_client_though_it_hears_of_it_after() {
    let mut both = both().await;
    both.b.stop().await;
    both.hub.desk.withdraw(both.b.plant.admin.user(), both.client).await.unwrap();
    let backup = both.hub.backup();
    both.hub.is_restored(&backup).await;
    both.b.start();
    let purged = |s: &Status| s.clients.get(&both.client).is_some_and(|c| c.standing == Standing::Purged);
    both.b.until("it is forgotten", purged).await;
    assert!(both.b.all(both.client).is_empty());
    both.a.stop().await;
}
