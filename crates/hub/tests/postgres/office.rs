//! The office: who comes in, what he may do there, and what is written down of it.
use crate::plant::{Plant, fresh, person};
use domain::{
    Id, Role,
    change::{Device, User},
    feed::{Entrance, Heard, NewPassword, Office, Petition, Want, Wanted},
};
use hub::{Error, PASS, Person, desk::Desk};
use std::sync::Arc;
use store::session::password::{self, verifier};

const SECRET: &str = "copper kettle on mars";
const OTHER: &str = "river bends under ash";

/// Somebody with a password, and the PC he sits at.
pub(crate) async fn with_password(plant: &Plant, login: &str, role: Role) -> (Id<User>, Id<Device>) {
    let user = fresh();
    let kept = Person { login: login.into(), verifier: Some(verifier(SECRET, &[]).unwrap()), ..person(user, role) };
    plant.hub.keep_person(&kept).await.unwrap();
    (user, plant.device(&[user]).await)
}

async fn enters(plant: &Plant, device: Id<Device>, login: &str, password: &str) -> Heard {
    let asked = Petition::Enter(Entrance { login: login.into(), password: password.into() });
    plant.hub.office(device, asked).await.unwrap()
}

/// What somebody shows who is in.
pub(crate) async fn pass(plant: &Plant, device: Id<Device>, login: &str) -> String {
    match enters(plant, device, login, SECRET).await {
        Heard::In { pass, .. } => pass,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn wants(plant: &Plant, device: Id<Device>, pass: &str, want: Want) -> Heard {
    plant.hub.office(device, Petition::Want { pass: pass.into(), want }).await.unwrap()
}

async fn all(plant: &Plant, device: Id<Device>, pass: &str) -> Office {
    match wants(plant, device, pass, Want::Look).await {
        Heard::All(office) => office,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn why(heard: Heard) -> String {
    match heard {
        Heard::Not { why, field, .. } => format!("{why} {}", field.unwrap_or_default()).trim().into(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_admin_is_in_from_the_pc_he_came_from_and_for_as_long_as_he_asks() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "Ada", Role::Admin).await;
    let elsewhere = plant.device(&[]).await;
    let pass = pass(&plant, here, " ada ").await;
    assert_eq!(why(wants(&plant, elsewhere, &pass, Want::Look).await), "no_session");
    plant.clock.advance(PASS - 1);
    assert_eq!(all(&plant, here, &pass).await.people[0].login, "Ada");
    plant.clock.advance(PASS - 1);
    all(&plant, here, &pass).await;
    plant.clock.advance(PASS);
    assert_eq!(why(wants(&plant, here, &pass, Want::Look).await), "no_session");
    assert!(!plant.ground.holds("pass", &pass).await, "what is shown is kept nowhere");
}

#[tokio::test]
async fn none_but_an_admin_who_may_work_comes_in_and_stays_in() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    let (ben, there) = with_password(&plant, "ben", Role::Admin).await;
    let (_, leads) = with_password(&plant, "lea", Role::Leader).await;
    assert_eq!(why(enters(&plant, leads, "lea", SECRET).await), "bad_login");
    assert_eq!(why(enters(&plant, here, "ada", OTHER).await), "bad_login");
    let bens = pass(&plant, there, "ben").await;
    let adas = pass(&plant, here, "ada").await;
    let off = Want::Works { user: ben, on: false };
    assert_eq!(wants(&plant, here, &adas, off).await, Heard::Done);
    assert_eq!(why(wants(&plant, there, &bens, Want::Look).await), "no_session", "he is out at once");
    assert_eq!(why(enters(&plant, there, "ben", SECRET).await), "bad_login");
    assert_eq!(wants(&plant, here, &adas, Want::Leave).await, Heard::Done);
    assert_eq!(why(wants(&plant, here, &adas, Want::Look).await), "no_session");
}

#[tokio::test]
async fn whoever_guesses_waits_longer_each_time_whether_there_is_such_a_log_in_or_not() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    for login in ["ada", "nobody"] {
        let mut waits = vec![];
        while waits.len() < 3 {
            match enters(&plant, here, login, OTHER).await {
                Heard::Not { params, .. } if params.contains_key("seconds") => {
                    let wait: i64 = params["seconds"].parse().unwrap();
                    waits.push(wait);
                    plant.clock.advance(wait * 1000);
                }
                heard => assert_eq!(why(heard), "bad_login"),
            }
        }
        assert_eq!(waits, [1, 2, 4], "{login}");
    }
    assert_eq!(why(enters(&plant, here, "ada", OTHER).await), "bad_login");
    assert_eq!(why(enters(&plant, here, "ada", SECRET).await), "throttled", "not even the right one is looked at");
    plant.clock.advance(3_600_000);
    assert!(matches!(enters(&plant, here, "ada", SECRET).await, Heard::In { .. }));
}

fn new(login: &str, password: Option<&str>) -> Want {
    let (login, name, password) = (login.to_owned(), "Somebody".to_owned(), password.map(String::from));
    Want::Person(Wanted { user: None, login, name, role: Role::Supervisor, password })
}

#[tokio::test]
async fn somebody_new_works_where_an_admin_says_and_nowhere_else() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    let pass = pass(&plant, here, "ada").await;
    let wants = async |want| wants(&plant, here, &pass, want).await;
    assert_eq!(why(wants(new("sam", Some("short"))).await), "short_password password");
    assert_eq!(why(wants(new("sam", None)).await), "empty password");
    assert_eq!(why(wants(new("  ", Some(SECRET))).await), "empty login");
    assert_eq!(why(wants(new("ADA", Some(SECRET))).await), "name_taken login");
    assert_eq!(wants(new("sam", Some(OTHER))).await, Heard::Done);
    let office = all(&plant, here, &pass).await;
    let sam = office.people.iter().find(|p| p.login == "sam").unwrap().user;
    let client = office.clients.iter().find(|c| c.1 == "ours").unwrap().0;
    assert_eq!(wants(Want::Sees { user: sam, client, on: true }).await, Heard::Done);
    assert_eq!(wants(Want::Sits { user: sam, device: here, on: true }).await, Heard::Done);
    let manifest = plant.manifest(here).await;
    let told = manifest.people.iter().find(|p| p.user == sam).unwrap();
    assert_eq!((told.clients.as_slice(), told.role), (&[client][..], Role::Supervisor));
    assert!(password::fits(OTHER, told.verifier.as_deref()));
    assert_eq!(wants(Want::Password { user: sam, password: SECRET.into() }).await, Heard::Done);
    let manifest = plant.manifest(here).await;
    assert!(password::fits(SECRET, manifest.people.iter().find(|p| p.user == sam).unwrap().verifier.as_deref()));
    assert_eq!(wants(Want::Sits { user: sam, device: here, on: false }).await, Heard::Done);
    assert!(plant.manifest(here).await.people.iter().all(|p| p.user != sam));
    for nobody in [
        Want::Works { user: fresh(), on: true },
        Want::Sees { user: fresh(), client, on: true },
        Want::Sees { user: sam, client: fresh(), on: true },
        Want::Sits { user: fresh(), device: here, on: true },
        Want::Sits { user: sam, device: fresh(), on: true },
        Want::Withdraw { device: fresh() },
    ] {
        assert_eq!(why(wants(nobody).await), "missing");
    }
}

#[tokio::test]
async fn what_is_done_in_the_office_is_written_down_without_a_password() {
    let plant = Plant::new().await;
    let (ada, here) = with_password(&plant, "ada", Role::Admin).await;
    let pass = pass(&plant, here, "ada").await;
    for want in [new("sam", Some(OTHER)), Want::Password { user: ada, password: OTHER.into() }, Want::Code, Want::Look]
    {
        wants(&plant, here, &pass, want).await;
    }
    assert_eq!(plant.count("hub.deed").await, 4, "came in, a person, a password, a code");
    let deeds = plant.hub.deeds(9).await.unwrap();
    let told = |want: &str| deeds.iter().find(|d| d.login == "ada" && d.what["want"] == want).map(|d| &d.what);
    assert!(told("enter").is_some() && told("code").is_some(), "{deeds:?}");
    let (user, login) = (&told("password").unwrap()["user"], &told("person").unwrap()["login"]);
    assert_eq!((user, login), (&"ada".into(), &"sam".into()), "by their names");
    assert_eq!(plant.hub.deeds(3).await.unwrap().len(), 3, "as many as were asked for");
    for table in ["deed", "person", "pass", "tries"] {
        assert!(!plant.ground.holds(table, OTHER).await, "{table}");
    }
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let plant = Plant::new().await;
    let (ada, here) = with_password(&plant, "ada", Role::Admin).await;
    let pass = pass(&plant, here, "ada").await;
    let lower = || {
        Want::Person(Wanted {
            user: Some(ada),
            login: "ada".into(),
            name: "Ada".into(),
            role: Role::Leader,
            password: None,
        })
    };
    assert_eq!(why(wants(&plant, here, &pass, lower()).await), "last_admin");
    assert_eq!(why(wants(&plant, here, &pass, Want::Works { user: ada, on: false }).await), "last_admin");
    let lowered = Person { login: "ada".into(), ..person(ada, Role::Leader) };
    assert!(matches!(plant.hub.keep_person(&lowered).await, Err(Error::LastAdmin)));
    with_password(&plant, "ben", Role::Admin).await;
    assert_eq!(wants(&plant, here, &pass, lower()).await, Heard::Done);
    assert_eq!(why(wants(&plant, here, &pass, Want::Look).await), "no_session", "an admin no more, he is out");
}

#[tokio::test]
async fn a_restored_hub_is_opened_from_the_office() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    let before = pass(&plant, here, "ada").await;
    plant.hub.begin_restored().await.unwrap();
    assert_eq!(
        why(wants(&plant, here, &before, Want::Look).await),
        "no_session",
        "what was shown before holds no more"
    );
    let pass = pass(&plant, here, "ada").await;
    assert!(all(&plant, here, &pass).await.locked);
    assert_eq!(wants(&plant, here, &pass, Want::Confirm).await, Heard::Done);
    assert!(!all(&plant, here, &pass).await.locked);
}

#[tokio::test]
async fn somebody_changes_his_own_password_by_the_one_he_has_where_he_works() {
    let plant = Plant::new().await;
    let (lea, here) = with_password(&plant, "lea", Role::Leader).await;
    let elsewhere = plant.device(&[]).await;
    let asks = async |device, user, old: &str, new: &str| {
        let change = NewPassword { user, old: old.into(), new: new.into() };
        plant.hub.office(device, Petition::Change(change)).await.unwrap()
    };
    assert_eq!(why(asks(here, lea, OTHER, OTHER).await), "bad_login old");
    assert_eq!(why(asks(elsewhere, lea, SECRET, OTHER).await), "bad_login old", "not where he does not work");
    assert_eq!(why(asks(here, fresh(), SECRET, OTHER).await), "bad_login old");
    assert_eq!(why(asks(here, lea, SECRET, SECRET).await), "same_password new");
    assert_eq!(why(asks(here, lea, SECRET, "short").await), "short_password new");
    assert_eq!(asks(here, lea, SECRET, OTHER).await, Heard::Done);
    let told = plant.manifest(here).await.people[0].verifier.clone();
    assert!(password::fits(OTHER, told.as_deref()) && !password::fits(SECRET, told.as_deref()));
    let mut throttled = false;
    for _ in 0..5 {
        throttled |= why(asks(here, lea, SECRET, OTHER).await) == "throttled";
    }
    assert!(throttled, "guessing an old password is slowed down, too");
    assert_eq!(plant.count("hub.deed").await, 1);
}

/// Each try is counted before it is looked at: a crowd of them learns no more than one after another would.
#[tokio::test(flavor = "multi_thread")]
async fn many_who_guess_at_one_moment_are_slowed_down_as_one_who_guesses_often() {
    let plant = Arc::new(Plant::new().await);
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    let one = |_| {
        let plant = plant.clone();
        tokio::spawn(async move { why(enters(&plant, here, "ada", OTHER).await) })
    };
    let crowd: Vec<_> = (0..12).map(one).collect();
    let mut looked_at = 0;
    for guess in crowd {
        looked_at += i32::from(guess.await.unwrap() == "bad_login");
    }
    assert_eq!(looked_at, 4, "three that are free, and the one after which waiting begins");
}

/// What somebody hears who changes his password while something else is done: an argon2 takes its time.
async fn changes(plant: &Arc<Plant>, (user, here): (Id<User>, Id<Device>), meanwhile: impl Future) -> Heard {
    let (pc, change) = (plant.clone(), NewPassword { user, old: SECRET.into(), new: OTHER.into() });
    let asked = tokio::spawn(async move { pc.hub.office(here, Petition::Change(change)).await.unwrap() });
    // He has been read by the time his try is counted.
    while plant.count("hub.tries").await == 0 && !asked.is_finished() {
        tokio::task::yield_now().await;
    }
    meanwhile.await;
    asked.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_or_lowered_while_he_changes_his_password_stays_so() {
    let plant = Arc::new(Plant::new().await);
    with_password(&plant, "ada", Role::Admin).await;
    let (off, low) =
        (with_password(&plant, "off", Role::Leader).await, with_password(&plant, "low", Role::Admin).await);
    let heard = changes(&plant, off, async { plant.hub.disable(off.0).await.unwrap() }).await;
    assert_eq!(why(heard), "bad_login old", "as for a wrong one");
    let lowered = Person { login: "low".into(), ..person(low.0, Role::Viewer) };
    let heard = changes(&plant, low, async { plant.hub.keep_person(&lowered).await.unwrap() }).await;
    assert_eq!(why(heard), "bad_login old", "another has given him a password meanwhile");
    let listed = plant.hub.people().await.unwrap();
    let kept = |user| listed.iter().find(|p| p.user == user).map(|p| (p.active, p.role)).unwrap();
    assert_eq!((kept(off.0), kept(low.0)), ((false, Role::Leader), (true, Role::Viewer)));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_while_his_name_is_put_right_stays_so() {
    let plant = Plant::new().await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    let pass = pass(&plant, here, "ada").await;
    for n in 0..40 {
        let (sam, login) = (fresh(), format!("sam{n}"));
        plant.hub.keep_person(&Person { login: login.clone(), ..person(sam, Role::Leader) }).await.unwrap();
        let put = Wanted { user: Some(sam), login, name: "Sam".into(), role: Role::Leader, password: None };
        // He is read first, and written a moment later; whoever disables him comes in between now and then.
        let begun = std::time::Instant::now();
        let (put, off) = tokio::join!(wants(&plant, here, &pass, Want::Person(put)), async {
            while begun.elapsed().as_micros() < 150 * n {
                tokio::task::yield_now().await;
            }
            plant.hub.disable(sam).await
        });
        assert_eq!((put, off.is_ok()), (Heard::Done, true));
        let listed = plant.hub.people().await.unwrap();
        let sam = listed.into_iter().find(|p| p.user == sam).unwrap();
        assert_eq!((sam.active, sam.name.as_str()), (false, "Sam"));
    }
}
