//! How a PC comes in once more: after a restore by its key alone, and else by a code.
use crate::{
    doors::{caller, enrolled, renew},
    plant::Plant,
};
use domain::feed::{Denied, Enrolled, Tokens};
use hub::desk::Desk;

/// A hub restored from a backup in which a PC is, that PC, and what the PC shows: it was given after the backup.
async fn restored() -> (Plant, Plant, Enrolled, Tokens) {
    let plant = Plant::new().await;
    let there = enrolled(&plant).await;
    let back = plant.brought_back(&plant.ground.backup().await).await;
    let after = renew(&plant, there.device, &there.tokens).await.unwrap();
    (plant, back, there, after)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_a_pc_begins_anew_by_its_key_until_it_has_come() {
    let (_plant, back, there, after) = restored().await;
    let other = enrolled(&back).await;
    assert_eq!(renew(&back, there.device, &after).await, Err(Denied::Token));
    back.hub.begin_restored().await.unwrap();
    let tokens = renew(&back, there.device, &after).await.unwrap();
    assert_eq!(caller(&back, &tokens.access).await, Ok(there.device));
    assert_eq!(renew(&back, there.device, &other.tokens).await, Err(Denied::Token), "its key alone renews no more");
    assert_eq!(renew(&back, there.device, &after).await, Err(Denied::Token), "nor what began the new life");
    assert!(renew(&back, there.device, &tokens).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_a_lost_answer_shuts_no_pc_out() {
    let (_plant, back, there, after) = restored().await;
    back.hub.begin_restored().await.unwrap();
    for _ in 0..3 {
        // The answer is lost: the PC has nothing else to show.
        renew(&back, there.device, &after).await.unwrap();
    }
    let heard = renew(&back, there.device, &after).await.unwrap();
    // What it shows first is its next renewal.
    let next = renew(&back, there.device, &heard).await.unwrap();
    assert_eq!(caller(&back, &next.access).await, Ok(there.device));
    assert_eq!(renew(&back, there.device, &there.tokens).await, Err(Denied::Token), "it has come");
    assert_eq!(caller(&back, &next.access).await, Ok(there.device), "and works on");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_a_copy_that_kept_what_was_lost_is_found() {
    let (_plant, back, there, after) = restored().await;
    back.hub.begin_restored().await.unwrap();
    let lost = renew(&back, there.device, &after).await.unwrap();
    // Another token of the same PC: a copy made at another time shows it.
    let next = renew(&back, there.device, &there.tokens).await.unwrap();
    assert_eq!(caller(&back, &lost.access).await, Err(Denied::Reused));
    assert_eq!(caller(&back, &next.access).await, Err(Denied::Token), "both are out");
    assert_eq!(renew(&back, there.device, &after).await, Err(Denied::Token), "and neither begins anew");
}
