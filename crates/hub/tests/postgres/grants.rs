//! Rights given and taken while PCs are at work.
use crate::{
    ground::Ground,
    plant::{BEGIN, Plant, fresh, person},
};
use domain::{
    Role,
    feed::{Pulled, Pushed},
    merge::{Verdict, Why},
};
use hub::{Error, desk::Desk};

#[tokio::test]
async fn a_withdrawn_persons_changes_are_refused_and_kept_for_others_to_look_at() {
    let plant = Plant::new().await;
    let ours = plant.clients[0];
    let (ana, ben) = (plant.person(Role::Leader, &[ours]).await, plant.person(Role::Leader, &[ours]).await);
    let device = plant.device(&[ana, ben]).await;
    let mut pc = plant.at(device, ana, ours);
    let change = pc.line("L1");
    assert_eq!(pc.push(&plant.hub, &[change]).await, [Verdict::Applied]);
    let before = pc.catch_up(&plant.hub).await.generation;
    plant.hub.withdraw(ana, ours).await.unwrap();
    let change = pc.line("L2");
    assert_eq!(pc.push(&plant.hub, std::slice::from_ref(&change)).await, [Verdict::Rejected(Why::Grant)]);
    let kept =
        format!("hub.quarantine WHERE op = {} AND sent LIKE '%{}%'", Ground::named(change.change.op), change.change.op);
    assert_eq!(plant.count(&kept).await, 1);
    let page = pc.catch_up(&plant.hub).await;
    assert!(page.generation > before);
    assert_eq!(page.roles, [(ben, Role::Leader)]);
    assert_eq!(page.entries.len(), 0);
}

#[tokio::test]
async fn where_nobody_is_left_nothing_is_taken_or_given() {
    let plant = Plant::new().await;
    let pc = plant.pc(Role::Leader).await;
    let Pulled::Page(page) = pc.ask(&plant.hub, 1).await else { panic!("no page") };
    plant.hub.withdraw(pc.user, pc.client).await.unwrap();
    let Pulled::Revoked(generation) = pc.ask(&plant.hub, 1).await else { panic!("a page") };
    assert!(generation > page.generation);
    let push = pc.pack(&[pc.line("L")]);
    assert_eq!(plant.hub.push(pc.stream.device, push.clone()).await.unwrap(), Pushed::Revoked(generation));
    assert!(!plant.hub.hand_over(pc.stream.device, pc.client, [8; 16], &push.changes.clone()).await.unwrap());
    assert_eq!(plant.count("hub.quarantine").await, 1, "what it had is handed over");
    plant.hub.grant(pc.user, pc.client).await.unwrap();
    assert!(matches!(plant.hub.push(pc.stream.device, push).await.unwrap(), Pushed::Verdicts(_)));
}

#[tokio::test]
async fn a_person_taken_off_or_lowered_is_so_at_the_next_request() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let mut generation = pc.catch_up(&plant.hub).await.generation;
    let mut rises = |now: i64| assert!(now > std::mem::replace(&mut generation, now));
    plant.hub.keep_person(&person(pc.user, Role::Viewer)).await.unwrap();
    let change = pc.line("L");
    assert_eq!(pc.push(&plant.hub, &[change]).await, [Verdict::Rejected(Why::Role)]);
    let page = pc.catch_up(&plant.hub).await;
    rises(page.generation);
    assert_eq!(page.roles, [(pc.user, Role::Viewer)]);
    let mut off = person(pc.user, Role::Leader);
    off.active = false;
    plant.hub.keep_person(&off).await.unwrap();
    let Pulled::Revoked(now) = pc.ask(&plant.hub, 1).await else { panic!("a page") };
    rises(now);
    plant.hub.keep_person(&person(pc.user, Role::Leader)).await.unwrap();
    rises(pc.catch_up(&plant.hub).await.generation);
    plant.hub.release(pc.user, pc.stream.device).await.unwrap();
    let Pulled::Revoked(now) = pc.ask(&plant.hub, 1).await else { panic!("a page") };
    rises(now);
}

#[tokio::test]
async fn an_author_must_be_enrolled_on_the_pc_that_brings_his_change() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let elsewhere = plant.pc(Role::Leader).await;
    let mut change = pc.line("L");
    change.change.user = elsewhere.user;
    assert_eq!(pc.push(&plant.hub, &[change]).await, [Verdict::Rejected(Why::Grant)]);
}

#[tokio::test]
async fn a_withdrawal_waits_for_who_writes_and_nobody_writes_after_it() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let other = plant.person(Role::Leader, &plant.clients[..1]).await;
    plant.hub.assign(other, pc.stream.device).await.unwrap();
    let (hub, user, client) = (plant.hub.clone(), pc.user, pc.client);
    let mut withdrawn = Some(tokio::spawn(async move { hub.withdraw(user, client).await }));
    let mut verdicts = vec![];
    while verdicts.last() != Some(&Verdict::Rejected(Why::Grant)) {
        let change = pc.line("L");
        verdicts.extend(pc.push(&plant.hub, &[change]).await);
        if withdrawn.as_ref().is_some_and(|w| w.is_finished()) {
            withdrawn.take().unwrap().await.unwrap().unwrap();
            let change = pc.line("after");
            assert_eq!(pc.push(&plant.hub, &[change]).await, [Verdict::Rejected(Why::Grant)]);
        }
    }
    let change = pc.line("after");
    assert_eq!(pc.push(&plant.hub, &[change]).await, [Verdict::Rejected(Why::Grant)]);
    let first = verdicts.iter().position(|v| *v != Verdict::Applied).unwrap();
    assert!(verdicts[first..].iter().all(|v| *v == Verdict::Rejected(Why::Grant)));
}

#[tokio::test]
async fn a_disabled_person_writes_nothing_more_and_an_enabled_one_has_what_was_his() {
    let plant = Plant::new().await;
    let ours = plant.clients[0];
    plant.person(Role::Admin, &[]).await;
    let (ana, ben) = (plant.person(Role::Leader, &[ours]).await, plant.person(Role::Leader, &[ours]).await);
    let device = plant.device(&[ana, ben]).await;
    let mut pc = plant.at(device, ana, ours);
    let before = pc.catch_up(&plant.hub).await.generation;
    plant.hub.disable(ana).await.unwrap();
    let manifest = plant.manifest(device).await;
    assert_eq!(manifest.people.iter().map(|p| p.user).collect::<Vec<_>>(), [ben]);
    assert!(manifest.generation > before);
    let change = pc.line("L");
    assert_eq!(pc.push(&plant.hub, std::slice::from_ref(&change)).await, [Verdict::Rejected(Why::Grant)]);
    assert_eq!(plant.count(&format!("hub.quarantine WHERE op = {}", Ground::named(change.change.op))).await, 1);
    let page = pc.catch_up(&plant.hub).await;
    assert_eq!((page.generation > before, page.entries.len()), (true, 0));
    plant.hub.enable(ana).await.unwrap();
    let again = plant.manifest(device).await;
    assert!(again.generation > manifest.generation && again.people.iter().any(|p| p.clients == [ours]));
    let change = pc.line("L");
    assert_eq!(pc.push(&plant.hub, &[change]).await, [Verdict::Applied]);
}

#[tokio::test]
async fn the_last_admin_stays_however_many_disable_each_other() {
    let plant = Plant::new().await;
    let mut admins = vec![];
    for _ in 0..4 {
        admins.push(plant.person(Role::Admin, &[]).await);
    }
    let each = admins.iter().map(|a| (plant.hub.clone(), *a));
    let tries: Vec<_> = each.map(|(hub, a)| tokio::spawn(async move { hub.disable(a).await })).collect();
    let mut refused = vec![];
    for tried in tries {
        refused.extend(tried.await.unwrap().err());
    }
    assert!(matches!(refused[..], [Error::LastAdmin]), "{refused:?}");
    assert_eq!(plant.count("hub.person WHERE active").await, 1);
    assert!(matches!(plant.hub.disable(fresh()).await, Err(Error::Unknown("person"))));
}

#[tokio::test]
async fn lists_say_who_sees_what_where_and_when_a_pc_was_heard() {
    let plant = Plant::new().await;
    let [ours, theirs] = plant.clients;
    let (ana, ben) = (plant.person(Role::Admin, &[ours, theirs]).await, plant.person(Role::Viewer, &[theirs]).await);
    plant.hub.withdraw(ana, theirs).await.unwrap();
    let code = plant.hub.new_code().await.unwrap();
    let enrolled = plant.hub.enrol(crate::doors::enrol(&code)).await.unwrap().unwrap();
    plant.hub.assign(ana, enrolled.device).await.unwrap();
    plant.hub.assign(ben, enrolled.device).await.unwrap();
    let seen = async || plant.hub.pcs().await.unwrap().remove(0);
    let pc = seen().await;
    assert_eq!((pc.name.as_str(), pc.enrolled_at, pc.seen_at), ("PC 1", BEGIN, None));
    assert_eq!(pc.clients, ["ours", "theirs"]);
    let heard = async || plant.hub.caller(&enrolled.tokens.access).await.unwrap();
    for (passed, known) in [(1000, 1000), (59_999, 1000), (1, 61_000)] {
        plant.clock.advance(passed);
        assert_eq!(heard().await, Ok(enrolled.device));
        assert_eq!(seen().await.seen_at, Some(BEGIN + known), "kept to the minute");
    }
    plant.hub.disable(ben).await.unwrap();
    let people = plant.hub.people().await.unwrap();
    let told = |user| people.iter().find(|p| p.user == user).unwrap();
    assert_eq!((told(ana).clients.clone(), told(ana).pcs.clone()), (vec!["ours".into()], vec!["PC 1".into()]));
    assert_eq!((told(ben).active, told(ben).role), (false, Role::Viewer));
    assert_eq!(seen().await.clients, ["ours"], "nobody who works there may see the other");
    plant.hub.withdraw_device(enrolled.device).await.unwrap();
    assert_eq!((seen().await.withdrawn, seen().await.clients), (true, vec![]));
    assert!(plant.hub.people().await.unwrap().iter().all(|p| p.pcs.is_empty()));
}

#[tokio::test]
async fn a_pc_is_told_where_the_logs_of_its_own_clients_end_and_of_no_others() {
    let plant = Plant::new().await;
    let [ours, theirs] = plant.clients;
    let (mut pc, hub) = (plant.pc(Role::Leader).await, plant.hub.clone());
    let (device, both) = (pc.stream.device, vec![ours, theirs]);
    let made = [pc.line("A"), pc.line("B")];
    pc.push(&hub, &made).await;
    let told = |device| hub.heads(device, both.clone());
    assert_eq!(told(Some(device)).await.unwrap(), [(ours, 2)]);
    assert_eq!(told(Some(fresh())).await.unwrap(), []);
    assert_eq!(hub.heads(Some(device), vec![theirs]).await.unwrap(), [], "of none that it did not ask for either");
    let mut all = told(None).await.unwrap();
    all.sort_by_key(|head| head.1);
    assert_eq!(all, [(theirs, 0), (ours, 2)], "the hub itself looks at all that are waited for");
    hub.begin_restored().await.unwrap();
    assert_eq!(told(Some(device)).await.unwrap(), [], "a hub that is closed tells nothing");
    hub.confirm_grants().await.unwrap();
    assert_eq!(told(Some(device)).await.unwrap(), [(ours, 2)]);
    hub.withdraw(pc.user, ours).await.unwrap();
    assert_eq!(told(Some(device)).await.unwrap(), []);
    hub.grant(pc.user, ours).await.unwrap();
    assert_eq!(told(Some(device)).await.unwrap(), [(ours, 2)]);
    hub.withdraw_device(device).await.unwrap();
    assert_eq!(told(Some(device)).await.unwrap(), [], "a PC that was stolen hears nothing");
}
