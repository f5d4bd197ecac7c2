//! How a PC comes in once more: after a restore by its key alone, and else by a code.
use crate::{
    doors::{caller, enrol, enrolled, renew},
    plant::Plant,
};
use domain::feed::{Denied, Enrol, Enrolled, Tokens};
use ed25519_dalek::SigningKey;
use hub::{REFRESH, desk::Desk};

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

/// The same PC, by another code.
async fn again(plant: &Plant, asked: &Enrol) -> Result<Enrolled, Denied> {
    let asked = Enrol { code: plant.hub.new_code().await.unwrap(), ..asked.clone() };
    plant.hub.enrol(asked).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_whose_answer_was_lost_comes_in_under_its_key_and_no_other_does() {
    let plant = Plant::new().await;
    let first = enrol(&plant.hub.new_code().await.unwrap());
    let lost = plant.hub.enrol(first.clone()).await.unwrap().unwrap();
    let there = again(&plant, &Enrol { name: "PC 2".into(), ..first.clone() }).await.unwrap();
    assert_eq!(caller(&plant, &lost.tokens.access).await, Err(Denied::Token), "what was lost lets nobody in");
    assert_eq!(renew(&plant, there.device, &lost.tokens).await, Err(Denied::Token));
    assert!(plant.ground.holds("device", "PC 2").await, "it is called what was typed last");
    assert_eq!(caller(&plant, &there.tokens.access).await, Ok(there.device));
    let key = SigningKey::from_bytes(&[6; 32]).verifying_key().to_bytes();
    assert_eq!(again(&plant, &Enrol { key, ..first }).await, Err(Denied::Taken));
    assert_eq!(caller(&plant, &there.tokens.access).await, Ok(there.device), "and nothing has changed for it");
    assert_eq!(plant.count("hub.device").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_whose_tokens_have_ended_comes_back_with_a_code_and_a_copy_never_beside_it() {
    let plant = Plant::new().await;
    let asked = enrol(&plant.hub.new_code().await.unwrap());
    let there = plant.hub.enrol(asked.clone()).await.unwrap().unwrap();
    let next = renew(&plant, there.device, &there.tokens).await.unwrap();
    caller(&plant, &next.access).await.unwrap();
    // Its file is set back: it shows what a copy would show.
    assert_eq!(renew(&plant, there.device, &there.tokens).await, Err(Denied::Reused));
    assert_eq!(plant.hub.enrol(asked.clone()).await.unwrap(), Err(Denied::Code), "not without a new code");
    let back = again(&plant, &Enrol { name: String::new(), ..asked.clone() }).await.unwrap();
    assert_eq!(caller(&plant, &back.tokens.access).await, Ok(there.device));
    assert!(plant.ground.holds("device", "PC 1").await, "it is called what it was");
    plant.clock.advance(REFRESH);
    assert_eq!(renew(&plant, there.device, &back.tokens).await, Err(Denied::Token));
    let late = again(&plant, &asked).await.unwrap();
    assert_eq!(caller(&plant, &late.tokens.access).await, Ok(there.device), "nor does it matter how long it was away");
    let copy = again(&plant, &asked).await.unwrap();
    assert_eq!(caller(&plant, &late.tokens.access).await, Err(Denied::Token), "one comes instead of the other");
    assert_eq!(renew(&plant, there.device, &late.tokens).await, Err(Denied::Token));
    assert_eq!(caller(&plant, &copy.tokens.access).await, Ok(there.device));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_that_was_taken_out_does_not_come_back() {
    let plant = Plant::new().await;
    let asked = enrol(&plant.hub.new_code().await.unwrap());
    let there = plant.hub.enrol(asked.clone()).await.unwrap().unwrap();
    plant.hub.withdraw_device(there.device).await.unwrap();
    assert_eq!(again(&plant, &asked).await, Err(Denied::Taken));
    assert_eq!(caller(&plant, &there.tokens.access).await, Err(Denied::Withdrawn));
}
