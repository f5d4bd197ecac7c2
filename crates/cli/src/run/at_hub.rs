//! Who and what there is at a hub: its people, its PCs.
use super::{hub::stop, print};
use crate::{
    Outcome,
    args::Common,
    table::table,
    words::{own, role, say},
};
use domain::{Id, change::User, time::Instant};
use hub::{Error, Hub, Listed, ListedDeed, ListedPc, base::Base};
use serde_json::{Value as Json, json};

/// Lists everybody.
pub(super) fn people(common: &Common, people: &[Listed]) -> Outcome<()> {
    let one = |p: &Listed| {
        let Listed { user, login, name, role, active, clients, pcs } = p;
        json!({ "id": user, "login": login, "name": name, "role": role, "clients": clients, "pcs": pcs, "disabled": !active })
    };
    let answer = json!({ "people": people.iter().map(one).collect::<Vec<_>>() });
    let row = |p: &Listed| {
        let state = if p.active { String::new() } else { say("hub_disabled", &[]) };
        let (clients, pcs) = (p.clients.join(", "), p.pcs.join(", "));
        vec![p.login.clone(), p.name.clone(), role(p.role), clients, pcs, state]
    };
    let head = ["login", "name", "role", "clients", "pcs", "state"];
    print(common.json, &answer, || shown(&head, people.iter().map(row).collect()));
    Ok(())
}

/// Lists every PC that was ever let in.
pub(super) fn pcs(common: &Common, pcs: &[ListedPc]) -> Outcome<()> {
    let at = |millis: i64| Instant(millis).to_string();
    let one = |p: &ListedPc| {
        let ListedPc { device, name, clients, withdrawn, .. } = p;
        let (enrolled, seen) = (at(p.enrolled_at), p.seen_at.map(at));
        json!({ "id": device, "name": name, "enrolled": enrolled, "seen": seen, "clients": clients, "withdrawn": withdrawn })
    };
    let answer = json!({ "pcs": pcs.iter().map(one).collect::<Vec<_>>() });
    let row = |p: &ListedPc| {
        let state = if p.withdrawn { say("hub_withdrawn", &[]) } else { String::new() };
        let seen = p.seen_at.map_or_else(|| say("hub_never", &[]), at);
        vec![p.name.clone(), p.device.to_string(), at(p.enrolled_at), seen, p.clients.join(", "), state]
    };
    let head = ["name", "id", "enrolled", "seen", "clients", "state"];
    print(common.json, &answer, || shown(&head, pcs.iter().map(row).collect()));
    Ok(())
}

/// Lists what was done in the office.
pub(super) fn deeds(common: &Common, deeds: &[ListedDeed]) -> Outcome<()> {
    let one = |d: &ListedDeed| json!({ "at": Instant(d.at).to_string(), "login": d.login, "pc": d.pc, "what": d.what });
    let answer = json!({ "deeds": deeds.iter().map(one).collect::<Vec<_>>() });
    let row = |d: &ListedDeed| vec![Instant(d.at).to_string(), d.login.clone(), d.pc.clone(), sentence(&d.what)];
    let head = ["at", "login", "pc", "deed"];
    print(common.json, &answer, || shown(&head, deeds.iter().map(row).collect()));
    Ok(())
}

/// What was wanted, in words; of an older hub it is a sentence already.
fn sentence(what: &Json) -> String {
    let text = |name: &str| match &what[name] {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    };
    let role = own(&format!("role_{}", text("role")), &[]).unwrap_or_default();
    let values = ["user", "client", "device", "login"].map(|name| (name, text(name)));
    let values = [&values[..], &[("role", role)]].concat();
    let on = what["on"].as_bool().map_or("", |on| if on { "_on" } else { "_off" });
    let word = what["want"].as_str().and_then(|want| DEEDS.iter().find(|d| **d == format!("deed_{want}{on}")));
    word.map_or_else(|| what.as_str().map_or_else(|| what.to_string(), Into::into), |word| say(word, &values))
}

/// Every sentence about a deed.
const DEEDS: [&str; 13] = [
    "deed_enter",
    "deed_own_password",
    "deed_code",
    "deed_person",
    "deed_password",
    "deed_works_on",
    "deed_works_off",
    "deed_sees_on",
    "deed_sees_off",
    "deed_sits_on",
    "deed_sits_off",
    "deed_withdraw",
    "deed_confirm",
];

fn shown(head: &[&str], rows: Vec<Vec<String>>) -> String {
    table(&head.iter().map(|h| say(&format!("hub_of_{h}"), &[])).collect::<Vec<_>>(), &rows)
}

/// Lets a person work no longer, or again; he is named by his log-in or his id.
pub(super) async fn let_work<B: Base>(desk: &Hub<B>, who: &str, works: bool) -> Outcome<Json> {
    let people = desk.people().await.map_err(|e| super::hub::told(&e))?;
    let id: Option<Id<User>> = who.parse().ok();
    let named = people.iter().find(|p| p.login.to_lowercase() == who.trim().to_lowercase() || Some(p.user) == id);
    let person = named.ok_or_else(|| stop("hub_no_person", &[("name", who.into())]))?;
    let done = if works { desk.enable(person.user).await } else { desk.disable(person.user).await };
    match done {
        Err(Error::LastAdmin) => Err(stop("hub_last_admin", &[("name", person.login.clone())])),
        done => done.map(|()| json!({ "id": person.user, "disabled": !works })).map_err(|e| super::hub::told(&e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Role, feed::Want, feed::Wanted};

    /// One of each that is written down, but for what has no person in it.
    fn wanted() -> Vec<Want> {
        let (user, client, device) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]), Id::from_bytes([3; 16]));
        let both = [true, false];
        let mut all = vec![
            Want::Code,
            Want::Confirm,
            Want::Withdraw { device },
            Want::Password { user, password: "seven blue lathes".into() },
            Want::Person(Wanted {
                user: None,
                login: "sam".into(),
                name: "Sam".into(),
                role: Role::Leader,
                password: None,
            }),
        ];
        all.extend(both.map(|on| Want::Works { user, on }));
        all.extend(both.map(|on| Want::Sees { user, client, on }));
        all.extend(both.map(|on| Want::Sits { user, device, on }));
        all
    }

    #[test]
    fn every_deed_is_a_sentence_of_its_own() {
        let mut told: Vec<String> = wanted().iter().map(|w| sentence(&json!(w))).collect();
        told.extend(["enter", "own_password"].map(|want| sentence(&json!({ "want": want }))));
        assert_eq!(told.len(), DEEDS.len());
        for one in &told {
            assert!(!one.contains(['{', '_']) && told.iter().filter(|other| *other == one).count() == 1, "{one}");
        }
        assert_eq!(sentence(&json!("made a code")), "made a code", "an older hub's");
    }
}
