//! How PCs come in: codes, tokens, signatures, manifests.
use crate::plant::{Plant, fresh};
use domain::{
    Client, Id, Role,
    change::Device,
    feed::{Denied, Enrol, Enrolled, Manifest, PROTO, Pulled, Renew, Tokens, hash::hex},
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hub::{ACCESS, CODE, LEASE, REFRESH, desk::Desk};

const SEED: [u8; 32] = [5; 32];

pub(crate) fn enrol(code: &str) -> Enrol {
    let key = SigningKey::from_bytes(&SEED).verifying_key().to_bytes();
    // A PC of its own for each code.
    let device = Id::fact(Id::from_bytes([0; 16]), "device", code);
    Enrol { code: code.into(), name: "PC 1".into(), device, key, proto: PROTO, schema: 1 }
}

pub(crate) async fn enrolled(plant: &Plant) -> Enrolled {
    let code = plant.hub.new_code().await.unwrap();
    plant.hub.enrol(enrol(&code)).await.unwrap().unwrap()
}

fn renewal(seed: [u8; 32], device: Id<Device>, refresh: &str) -> Renew {
    let signature = SigningKey::from_bytes(&seed).sign(&Renew::said(device, refresh));
    let signature = hex(signature.r_bytes()) + &hex(signature.s_bytes());
    Renew { device, refresh: refresh.into(), signature }
}

pub(crate) async fn renew(plant: &Plant, device: Id<Device>, tokens: &Tokens) -> Result<Tokens, Denied> {
    plant.hub.renew(renewal(SEED, device, &tokens.refresh), i64::MAX).await.unwrap()
}

pub(crate) async fn caller(plant: &Plant, token: &str) -> Result<Id<Device>, Denied> {
    plant.hub.caller(token).await.unwrap()
}

#[tokio::test]
async fn a_code_lets_one_pc_in_once() {
    let plant = Plant::new().await;
    let code = plant.hub.new_code().await.unwrap();
    let typed = code.to_lowercase().replace('-', " ");
    let there = plant.hub.enrol(enrol(&typed)).await.unwrap().unwrap();
    assert_eq!(caller(&plant, &there.tokens.access).await, Ok(there.device));
    assert_eq!(plant.hub.enrol(enrol(&code)).await.unwrap(), Err(Denied::Code));
    assert_eq!(plant.count("hub.device").await, 1);
}

#[tokio::test]
async fn five_wrong_tries_end_a_code_and_only_that_one() {
    let plant = Plant::new().await;
    let (code, other) = (plant.hub.new_code().await.unwrap(), plant.hub.new_code().await.unwrap());
    let wrong = format!("{}-AAAAAAAA", &code[..4]);
    for _ in 0..5 {
        assert_eq!(plant.hub.enrol(enrol(&wrong)).await.unwrap(), Err(Denied::Code));
    }
    assert_eq!(plant.hub.enrol(enrol(&code)).await.unwrap(), Err(Denied::Code));
    assert!(plant.hub.enrol(enrol(&other)).await.unwrap().is_ok());
    let four = plant.hub.new_code().await.unwrap();
    for typed in [&four[..4], "", "ÄÖÜß", "....", &format!("{}-BBBBBBBB", &four[..4])] {
        assert_eq!(plant.hub.enrol(enrol(typed)).await.unwrap(), Err(Denied::Code));
    }
    assert!(plant.hub.enrol(enrol(&four)).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_code_runs_out_and_is_kept_nowhere() {
    let plant = Plant::new().await;
    let (first, second) = (plant.hub.new_code().await.unwrap(), plant.hub.new_code().await.unwrap());
    plant.clock.advance(CODE - 1);
    assert!(plant.hub.enrol(enrol(&first)).await.unwrap().is_ok());
    plant.clock.advance(1);
    assert_eq!(plant.hub.enrol(enrol(&second)).await.unwrap(), Err(Denied::Code));
    let secret = &second[5..];
    assert!(!plant.ground.holds("code", secret).await);
    let there = enrolled(&plant).await;
    assert!(!plant.ground.holds("token", &there.tokens.refresh).await);
    assert!(plant.ground.holds("device", "PC").await, "what is looked for is found where it is");
}

#[tokio::test]
async fn a_pc_that_speaks_otherwise_or_has_no_key_does_not_come_in() {
    let plant = Plant::new().await;
    let code = plant.hub.new_code().await.unwrap();
    let other = Enrol { proto: PROTO + 1, ..enrol(&code) };
    assert_eq!(plant.hub.enrol(other).await.unwrap(), Err(Denied::Version));
    let weak = Enrol { key: [0; 32], ..enrol(&code) };
    assert_eq!(plant.hub.enrol(weak).await.unwrap(), Err(Denied::Signature));
    assert!(plant.hub.enrol(enrol(&code)).await.unwrap().is_ok(), "neither cost the code");
}

#[tokio::test]
async fn tokens_run_out() {
    let plant = Plant::new().await;
    let there = enrolled(&plant).await;
    plant.clock.advance(ACCESS - 1);
    assert_eq!(caller(&plant, &there.tokens.access).await, Ok(there.device));
    plant.clock.advance(1);
    assert_eq!(caller(&plant, &there.tokens.access).await, Err(Denied::Token));
    assert_eq!(caller(&plant, &there.tokens.refresh).await, Err(Denied::Token), "it only renews");
    let next = renew(&plant, there.device, &there.tokens).await.unwrap();
    assert_eq!(caller(&plant, &next.access).await, Ok(there.device));
    plant.clock.advance(REFRESH);
    assert_eq!(renew(&plant, there.device, &next).await, Err(Denied::Token));
    assert_eq!(caller(&plant, "").await, Err(Denied::Token));
}

#[tokio::test]
async fn a_refresh_token_shown_by_a_copy_ends_both() {
    let plant = Plant::new().await;
    let there = enrolled(&plant).await;
    let next = renew(&plant, there.device, &there.tokens).await.unwrap();
    caller(&plant, &next.access).await.unwrap();
    assert_eq!(renew(&plant, there.device, &there.tokens).await, Err(Denied::Reused));
    assert_eq!(caller(&plant, &next.access).await, Err(Denied::Token));
    assert_eq!(renew(&plant, there.device, &next).await, Err(Denied::Token));
}

#[tokio::test]
async fn a_request_that_its_pc_has_overtaken_gets_nothing_and_ends_nothing() {
    let plant = Plant::new().await;
    let there = enrolled(&plant).await;
    let now = plant.clock.now();
    let asks = async |sent| {
        plant.clock.advance(10_000);
        plant.hub.renew(renewal(SEED, there.device, &there.tokens.refresh), sent).await.unwrap()
    };
    // The first lay on its way while the PC gave up and asked again.
    let next = asks(now + 5_000).await.unwrap();
    assert_eq!(asks(now + 1_000).await, Err(Denied::Token), "before what followed was shown");
    assert_eq!(caller(&plant, &next.access).await, Ok(there.device));
    assert_eq!(asks(now + 1_000).await, Err(Denied::Token), "and after");
    assert_eq!(caller(&plant, &next.access).await, Ok(there.device), "the PC works on");
    // No clock makes a copy the first: what it says of a time to come counts as now, and the PC itself is later.
    let stolen = plant.hub.renew(renewal(SEED, there.device, &next.refresh), i64::MAX).await.unwrap().unwrap();
    assert_eq!(caller(&plant, &stolen.access).await, Ok(there.device));
    plant.clock.advance(10_000);
    let sent = plant.clock.now();
    let owner = plant.hub.renew(renewal(SEED, there.device, &next.refresh), sent).await.unwrap();
    assert_eq!(owner, Err(Denied::Reused));
    assert_eq!(caller(&plant, &stolen.access).await, Err(Denied::Token), "the copy is out, too");
}

#[tokio::test]
async fn a_lost_answer_costs_no_enrolment_but_a_copy_that_used_it_is_found() {
    let plant = Plant::new().await;
    let there = enrolled(&plant).await;
    let lost = renew(&plant, there.device, &there.tokens).await.unwrap();
    let next = renew(&plant, there.device, &there.tokens).await.unwrap();
    assert_eq!(caller(&plant, &next.access).await, Ok(there.device));
    assert_eq!(caller(&plant, &lost.access).await, Err(Denied::Reused), "somebody kept what was lost");
    assert_eq!(caller(&plant, &next.access).await, Err(Denied::Token));
}

#[tokio::test]
async fn only_the_pcs_own_key_renews() {
    let plant = Plant::new().await;
    let (there, other) = (enrolled(&plant).await, enrolled(&plant).await);
    let forged = renewal([6; 32], there.device, &there.tokens.refresh);
    assert_eq!(plant.hub.renew(forged, i64::MAX).await.unwrap(), Err(Denied::Signature));
    let mut of_another = renewal(SEED, there.device, &other.tokens.refresh);
    of_another.refresh = there.tokens.refresh.clone();
    assert_eq!(plant.hub.renew(of_another, i64::MAX).await.unwrap(), Err(Denied::Signature));
    assert_eq!(renew(&plant, there.device, &other.tokens).await, Err(Denied::Token));
    let none = Renew { signature: "ä".repeat(64), ..renewal(SEED, there.device, "") };
    assert_eq!(plant.hub.renew(none, i64::MAX).await.unwrap(), Err(Denied::Signature));
    assert!(renew(&plant, there.device, &there.tokens).await.is_ok());
}

#[tokio::test]
async fn a_withdrawn_pc_is_out_with_all_its_tokens() {
    let plant = Plant::new().await;
    let there = enrolled(&plant).await;
    let user = plant.person(Role::Leader, &plant.clients[..1]).await;
    plant.hub.assign(user, there.device).await.unwrap();
    let pc = plant.at(there.device, user, plant.clients[0]);
    assert!(matches!(pc.ask(&plant.hub, 1).await, Pulled::Page(_)));
    plant.hub.withdraw_device(there.device).await.unwrap();
    assert_eq!(caller(&plant, &there.tokens.access).await, Err(Denied::Withdrawn));
    assert_eq!(renew(&plant, there.device, &there.tokens).await, Err(Denied::Withdrawn));
    assert!(matches!(pc.ask(&plant.hub, 1).await, Pulled::Revoked(_)));
    assert!(plant.hub.withdraw_device(fresh()).await.is_err());
}

/// The manifest of a PC, after its signature was checked.
async fn manifest(plant: &Plant, there: &Enrolled) -> Manifest {
    let signed = plant.hub.manifest(there.device).await.unwrap();
    let half = |at: usize| domain::feed::hash::of_hex(&signed.signature[at..at + 64]).unwrap();
    let (key, signature) =
        (VerifyingKey::from_bytes(&there.hub).unwrap(), Signature::from_components(half(0), half(64)));
    key.verify_strict(signed.text.as_bytes(), &signature).unwrap();
    assert!(key.verify_strict(signed.text.replace("leader", "admin").as_bytes(), &signature).is_err());
    serde_json::from_str(&signed.text).unwrap()
}

#[tokio::test]
async fn the_manifest_says_who_may_do_what_on_this_pc_and_nothing_of_others() {
    let plant = Plant::new().await;
    let [ours, theirs] = plant.clients;
    let there = enrolled(&plant).await;
    let (ana, ben) = (plant.person(Role::Leader, &[ours]).await, plant.person(Role::Viewer, &[ours, theirs]).await);
    plant.hub.assign(ana, there.device).await.unwrap();
    let first = manifest(&plant, &there).await;
    assert_eq!(
        first.people.iter().map(|p| (p.user, p.role, p.clients.clone())).collect::<Vec<_>>(),
        [(ana, Role::Leader, vec![ours])]
    );
    let pool = (Client::PLANT, plant.ground.key(Client::PLANT).await);
    let keys = first.clients.iter().map(|c| (c.client, c.key)).collect::<Vec<_>>();
    assert_eq!(keys, [pool, (ours, plant.keys[&ours])], "a leader works with the pool, too");
    assert_eq!(first.lease_until - first.issued_at, LEASE);
    plant.hub.assign(ben, there.device).await.unwrap();
    let second = manifest(&plant, &there).await;
    assert_eq!((second.people.len(), second.clients.len()), (2, 3));
    assert!(second.generation > first.generation);
    plant.hub.release(ben, there.device).await.unwrap();
    let third = manifest(&plant, &there).await;
    assert_eq!((third.people.len(), third.clients.len()), (1, 2));
    assert!(third.generation > second.generation);
    assert!(third.clients[1].generation > second.clients[1].generation, "the generation of a client never falls");
}
