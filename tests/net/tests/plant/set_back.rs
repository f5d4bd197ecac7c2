//! A hub that went back to a backup without being told, and PCs of which it knows no token.
use crate::stage::{Hub, Pc};
use checks::Plant;
use domain::feed::{Denied, Tokens};
use hub::desk::Desk;
use std::sync::Arc;
use sync::{
    http::{Https, Purse},
    hub::{Hub as _, Trouble},
    joined::Joined,
};

fn line(pc: &Pc) -> Https<Joined> {
    let (files, account) = Joined::open(pc.plant.store.clone(), pc.vault.clone()).unwrap().unwrap();
    Https::new(account, files, Arc::new(|| 0)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_was_set_back_and_not_told_is_closed_by_the_first_pc_whose_token_it_does_not_know() {
    let mut hub = Hub::open().await;
    let plant = Plant::new();
    let client = plant.client("ACME");
    hub.desk.add_client(client, "ACME").await.unwrap();
    let mut pc = hub.enrol(plant, "ada", &[]).await;
    let backup = hub.backup();
    hub.desk.grant(pc.plant.admin.user(), client).await.unwrap();
    line(&pc).renew().await.unwrap();
    pc.start();
    pc.has(client, 35).await;
    pc.stop().await;
    hub.goes_back(&backup).await;
    assert_eq!(line(&pc).renew().await, Err(Trouble::Denied(Denied::Token)));
    pc.start();
    pc.until("it is closed", |s| s.trouble.as_deref() == Some("busy")).await;
    hub.desk.grant(pc.plant.admin.user(), client).await.unwrap();
    hub.desk.confirm_grants().await.unwrap();
    pc.has(client, 35).await;
    assert_eq!(hub.desk.held().await.unwrap().heads[&client], 35, "what the backup lacks comes back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_was_told_of_nothing_new_stays_open_and_the_pc_out() {
    let hub = Hub::open().await;
    let mut pc = hub.enrol(Plant::new(), "ada", &[]).await;
    pc.start();
    pc.until("it is in", |s| s.generation.is_some()).await;
    pc.stop().await;
    let own = Joined::open(pc.plant.store.clone(), pc.vault.clone()).unwrap().unwrap().0;
    let unknown = Tokens { access: "none".into(), refresh: "none".into(), expires_at: 0 };
    own.keep(&unknown).unwrap();
    pc.start();
    pc.until("it is out", |s| s.trouble.as_deref() == Some("token") && s.rounds > 3).await;
    assert!(hub.desk.manifest(pc.plant.store.device()).await.is_ok(), "the hub is open");
}
