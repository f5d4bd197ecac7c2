//! A PC comes to a hub over a line that breaks.
use crate::stage::Hub;
use checks::Plant;
use net::proxy::Proxy;
use store::keep::Vault;
use sync::{joined::Joined, start};

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
