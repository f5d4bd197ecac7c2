//! A hub goes back to a backup, and its PCs bring it forward again.
use crate::{alike, both, stage::Hub};
use checks::Plant;
use domain::{Client, Id};
use std::time::Duration;
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
    // The other takes all of it in at once: the hub signs where its pages end, and nowhere else.
    both.b.stop().await;
    (200..225).for_each(|produced| both.a.makes(client, produced));
    both.a.has(client, 60).await;
    let all = both.a.done(client);
    both.a.stop().await;
    both.b.start();
    both.b.has(client, all).await;
    let before = both.hub.log(client).await;
    both.hub.goes_back(&backup).await;
    assert_eq!(both.hub.log(client).await, before[..before.len() - 25]);
    has_back(&both.hub, client, before.len()).await;
    both.b.until("it is back", |s| s.clients[&client].cut == 0 && s.clients[&client].done == all).await;
    assert_eq!(both.hub.log(client).await, before, "the same numbers, links and times");
    assert_eq!(both.hub.quarantined("").await, 0);
    both.a.start();
    alike(&both).await;
    let mut c = both.hub.enrol(Plant::new(), "cyd", &[client]).await;
    c.start();
    c.has(client, all).await;
    assert_eq!(c.all(client), both.a.all(client));
}
