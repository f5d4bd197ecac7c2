//! A hub at another address: known again by what it signs, whatever token it takes.
use crate::stage::Hub;
use checks::Plant;
use sync::{
    http::Purse,
    joined::Joined,
    start::{self, Failed},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_a_pcs_token_and_signs_otherwise_is_not_its_hub() {
    let (ours, other) = (Hub::open().await, Hub::open().await);
    let pc = ours.enrol(Plant::new(), "ada", &[]).await;
    let (store, vault) = (pc.plant.store.clone(), pc.vault.clone());
    let open = || Joined::open(store.clone(), vault.clone()).unwrap().unwrap();
    let (files, account) = open();
    // The other hub has let the same PC in, and takes what it shows.
    let pc = other.enrol(pc.plant, "bea", &[]).await;
    let (there, at) = open();
    let tokens = there.tokens().unwrap();
    Joined::begin(&store, &pc.vault, &account, files.hub(), &tokens).unwrap();
    let moved = start::moved(&store, &vault, at.url.clone(), at.trust.clone()).await;
    assert!(matches!(moved, Err(Failed::OtherHub)), "{:?}", moved.err());
    assert_eq!(open().1.url, account.url, "it stays where it was");
    Joined::begin(&store, &pc.vault, &account, there.hub(), &tokens).unwrap();
    assert_eq!(start::moved(&store, &vault, at.url.clone(), at.trust).await.unwrap().url, at.url);
    assert_eq!(open().1.url, at.url);
    let none = Plant::new();
    let alone = start::moved(&none.store, &vault_of(&none), at.url, account.trust).await;
    assert!(matches!(alone, Err(Failed::NoHub)), "{:?}", alone.err());
}

fn vault_of(plant: &Plant) -> store::keep::Vault {
    store::keep::Vault::new(plant.folder().join("lineboard.db"), [7; 32])
}
