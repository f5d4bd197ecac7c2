//! How many people and PCs a client may have, where people are given clients and PCs.
use crate::{
    office::{pass, wants, why, with_password},
    plant::{Pc, Plant},
};
use domain::{
    ClientSetting, Code, Entity, Role,
    change::{Act, creation},
    feed::{Heard, Want},
    merge::Verdict,
};
use hub::Error;

/// A PC at which one person works for the first client, which may have so many people and PCs.
async fn limited(plant: &Plant, users_limit: Option<i64>, devices_limit: Option<i64>) -> Pc {
    let mut pc = plant.pc(Role::Admin).await;
    let setting = ClientSetting { users_limit, devices_limit, ..ClientSetting::usual(pc.client) };
    let (record, patch) = (setting.id().bytes(), creation::<ClientSetting>(&setting.values()));
    let made = pc.change(ClientSetting::NUMBER, record, Act::Create, &patch, "{}");
    assert_eq!(pc.push(&plant.hub, &[made]).await, [Verdict::Applied]);
    pc
}

fn over(done: Result<(), Error>) -> Option<(Code, String, i64)> {
    match done {
        Err(Error::Limit { code, client, most }) => Some((code, client, most)),
        Ok(()) => None,
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_has_no_more_people_than_it_may() {
    let plant = Plant::new().await;
    let pc = limited(&plant, Some(2), None).await;
    let (ben, cyd) = (plant.person(Role::Leader, &[pc.client]).await, plant.person(Role::Leader, &[]).await);
    let full = || Some((Code::UserLimit, "ours".to_string(), 2));
    assert_eq!(over(plant.hub.grant(cyd, pc.client).await), full());
    assert!(
        plant.hub.people().await.unwrap().iter().any(|p| p.user == cyd && p.clients.is_empty()),
        "nothing was given"
    );
    assert_eq!(over(plant.hub.grant(ben, pc.client).await), None, "who is there stays");
    assert_eq!(over(plant.hub.grant(cyd, plant.clients[1]).await), None, "the other client has no limit");
    plant.hub.disable(ben).await.unwrap();
    assert_eq!(over(plant.hub.grant(cyd, pc.client).await), None, "who may not work takes nobody's place");
    assert_eq!(over(plant.hub.enable(ben).await), full());
    plant.hub.withdraw(cyd, pc.client).await.unwrap();
    assert_eq!(over(plant.hub.enable(ben).await), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_on_no_more_pcs_than_it_may() {
    let plant = Plant::new().await;
    let pc = limited(&plant, None, Some(1)).await;
    let (ben, cyd) = (plant.person(Role::Leader, &[pc.client]).await, plant.person(Role::Leader, &[]).await);
    let other = plant.device(&[cyd]).await;
    let full = || Some((Code::DeviceLimit, "ours".to_string(), 1));
    assert_eq!(over(plant.hub.assign(ben, pc.stream.device).await), None, "it is there already");
    assert_eq!(over(plant.hub.assign(ben, other).await), full());
    assert_eq!(over(plant.hub.grant(cyd, pc.client).await), full(), "he works at another");
    plant.hub.disable(cyd).await.unwrap();
    assert_eq!(over(plant.hub.grant(cyd, pc.client).await), None, "as long as he works nowhere");
    assert_eq!(over(plant.hub.enable(cyd).await), full());
    plant.hub.withdraw_device(pc.stream.device).await.unwrap();
    assert_eq!(over(plant.hub.enable(cyd).await), None, "a PC that was taken out does not count");
    assert_eq!(over(plant.hub.assign(ben, other).await), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_says_which_limit_stands_in_the_way() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    let pass = pass(&plant, here, "ada").await;
    let pc = limited(&plant, Some(1), Some(1)).await;
    let cyd = plant.person(Role::Leader, &[]).await;
    let sees = Want::Sees { user: cyd, client: pc.client, on: true };
    let heard = wants(&plant, here, &pass, sees).await;
    let Heard::Not { params, .. } = &heard else { panic!("{heard:?}") };
    assert_eq!((params["client"].as_str(), params["value"].as_str()), ("ours", "1"));
    assert_eq!(why(heard), "user_limit");
    let sits = Want::Sits { user: pc.user, device: here, on: true };
    assert_eq!(why(wants(&plant, here, &pass, sits).await), "device_limit");
}
