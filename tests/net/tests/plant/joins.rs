//! A PC comes to a hub over a line that breaks, and comes back to one that has shut it out.
use crate::stage::{Hub, Pc};
use checks::Plant;
use domain::feed::Denied;
use net::proxy::Proxy;
use std::sync::Arc;
use store::keep::Vault;
use sync::{
    http::{Https, Purse},
    hub::{Hub as _, Trouble},
    joined::Joined,
    start::{self, Back, Failed},
};

/// A plant that the hub let in without its hearing of it: the line broke between the hub's deed and its answer.
async fn unheard(hub: &Hub) -> (Plant, Vault) {
    for seed in 0..300 {
        let plant = Plant::new();
        let vault = Vault::new(plant.folder().join("lineboard.db"), [7; 32]);
        let proxy = Proxy::new(hub.address(), seed).await;
        proxy.cuts(true);
        let wanted = hub.wanted(&plant, proxy.address, "ada").await;
        let joined = start::join(&plant.store, &vault, wanted).await;
        let known = hub.desk.pcs().await.unwrap().iter().any(|pc| pc.device == plant.store.device());
        if known && joined.is_err() {
            return (plant, vault);
        }
    }
    panic!("the line never breaks at the right place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_whose_line_breaks_while_it_is_let_in_comes_in_with_the_next_code() {
    let hub = Hub::open().await;
    let (plant, vault) = unheard(&hub).await;
    let account = || Joined::open(plant.store.clone(), vault.clone()).unwrap();
    assert!(account().is_none());
    let wanted = hub.wanted(&plant, hub.address(), "ada").await;
    start::join(&plant.store, &vault, wanted.clone()).await.unwrap();
    assert_eq!(account().unwrap().1.url, wanted.url);
    // It shows what it was given.
    start::moved(&plant.store, &vault, wanted.url, wanted.trust).await.unwrap();
}

/// A PC of which a copy was used: the hub has ended all that it can show.
async fn shut_out(hub: &Hub) -> Pc {
    let pc = hub.enrol(Plant::new(), "ada", &[]).await;
    let (store, vault) = (&pc.plant.store, &pc.vault);
    let open = || Joined::open(store.clone(), vault.clone()).unwrap().unwrap();
    let (files, account) = open();
    let (before, line) = (files.tokens().unwrap(), Https::new(account, open().0, Arc::new(|| 0)).unwrap());
    line.renew().await.unwrap();
    line.manifest().await.unwrap();
    // The folder comes back from a copy of before.
    files.keep(&before).unwrap();
    assert_eq!(line.renew().await, Err(Trouble::Denied(Denied::Reused)));
    pc
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_that_was_restored_from_a_copy_comes_back_with_a_code_and_its_engine_goes_on() {
    let hub = Hub::open().await;
    let mut pc = shut_out(&hub).await;
    pc.start();
    pc.until("it is out", |s| s.trouble.as_deref() == Some("token")).await;
    let with = Back { code: hub.desk.new_code().await.unwrap(), ..Back::default() };
    start::back(&pc.plant.store, &pc.vault, with).await.unwrap();
    pc.until("it is in", |s| s.trouble.is_none() && s.contact.is_some() && s.generation.is_some()).await;
    let pcs = hub.desk.pcs().await.unwrap();
    assert_eq!(pcs.iter().map(|pc| pc.name.as_str()).collect::<Vec<_>>(), ["ada"], "as it was called");
    // Whoever joins with all that is asked for the first time comes back, too.
    let wanted = hub.wanted(&pc.plant, hub.address(), "bea").await;
    start::join(&pc.plant.store, &pc.vault, wanted).await.unwrap();
    pc.until("it is in", |s| s.trouble.is_none()).await;
    assert_eq!(hub.desk.pcs().await.unwrap()[0].name, "bea");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_that_has_a_hub_does_not_come_to_another() {
    let (ours, other) = (Hub::open().await, Hub::open().await);
    let pc = ours.enrol(Plant::new(), "ada", &[]).await;
    let kept = || {
        let (files, account) = Joined::open(pc.plant.store.clone(), pc.vault.clone()).unwrap().unwrap();
        (files.hub(), account.url, account.trust, account.key, files.tokens().unwrap())
    };
    let before = kept();
    let wanted = other.wanted(&pc.plant, other.address(), "ada").await;
    let joined = start::join(&pc.plant.store, &pc.vault, wanted).await;
    assert!(matches!(joined, Err(Failed::OtherHub)), "{:?}", joined.err());
    assert_eq!(kept(), before, "nothing is written over");
    let alone = Plant::new();
    let vault = Vault::new(alone.folder().join("lineboard.db"), [7; 32]);
    assert!(matches!(start::back(&alone.store, &vault, Back::default()).await, Err(Failed::NoHub)));
}
