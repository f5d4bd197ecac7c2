//! Every entity: list, get, count, create, update, remove, undo.
use crate::trial::{Trial, Want, put};
use checks::row::{DAY, id_of, row, stepped};
use domain::*;
use serde_json::json;

/// Tables of which a client has the one row that its id names, or that the store writes.
const ONE: &[&str] = &["client", "author", "client_setting"];

/// Tables whose ids follow from their rows.
const FACTS: &[&str] = &["line_shift", "attendance_entry", "alert"];

pub(crate) fn every_entity(t: &Trial) {
    macro_rules! each {
        ($($entity:ident),* $(,)?) => { $(
            reads::<domain::$entity>(t);
            writes::<domain::$entity>(t);
        )* };
    }
    entities!(each);
}

fn reads<E: Entity>(t: &Trial) {
    let [list, get] = ["list", "get"].map(|verb| format!("{}_{verb}", E::TABLE));
    let id = |client| Id::<E>::from_bytes(id_of(client, E::TABLE));
    let all = t.expect(&list, json!({}), Want::Done);
    let own = t.expect(&list, json!({ "client_id": t.own }), Want::Done);
    assert_eq!(all, own, "{list} of all clients is that of the own one");
    t.missing(&list, |client| json!({ "client_id": client }));
    t.missing(&get, |client| json!({ "client_id": client, "id": id(client) }));
    if E::TABLE != "author" {
        t.expect(&get, json!({ "client_id": t.own, "id": id(t.own) }), Want::Done);
    }
    for foreign in t.others() {
        t.expect(&get, json!({ "client_id": t.own, "id": id(foreign) }), Want::Refused("missing"));
    }
    counts::<E>(t, own.as_array().map_or(0, Vec::len));
}

/// Below the commands too, nothing of the others is there.
fn counts<E: Entity>(t: &Trial, own: usize) {
    let repo = t.plant.store.repository(&t.session).unwrap();
    let count = |of: &str, client: Id<Client>| {
        let sql = format!("SELECT count(*) FROM {}{of} WHERE client_id = ?1", E::TABLE);
        repo.read(|r| r.first(&sql, store::values![client], |row| row.get::<i64>(0))).unwrap()
    };
    assert_eq!(count("", t.own), Some(own as i64));
    for client in t.others() {
        assert_eq!([count("", client), count("_all", client)], [Some(0), Some(0)], "{}", E::TABLE);
        let id = Id::from_bytes(id_of(client, E::TABLE));
        t.heard(repo.read(|r| r.find::<E>(client, id)).unwrap());
        let refusals = [
            repo.write(|w| w.put(&row::<E>(client, "x")).map(|_| ())),
            repo.write(|w| w.remove::<E>(client, id)),
            repo.read_of(&[client], |_| Ok(())),
        ];
        for refusal in refusals.map(|r| r.map_err(Fault::from).unwrap_err()) {
            assert_eq!(refusal.code, "missing", "{} as {}", E::TABLE, t.role.word());
            t.heard(refusal);
        }
    }
}

fn writes<E: Entity>(t: &Trial) {
    let [save, remove] = ["put", "remove"].map(|verb| format!("{}_{verb}", E::TABLE));
    t.missing(&save, |client| put(&row::<E>(client, "stolen")));
    t.missing(&save, |client| put(&stepped::<E>(client, "stolen", fresh(client), 1)));
    t.missing(&remove, |client| json!({ "client_id": client, "id": Id::<E>::from_bytes(id_of(client, E::TABLE)) }));
    if E::TABLE != "author" {
        let changed: E = stepped(t.own, "OURS changed", Id::from_bytes(id_of(t.own, E::TABLE)), 1);
        t.expect(&save, put(&changed), t.by_role(Verb::Update, E::GROUP));
    }
    if !ONE.contains(&E::TABLE) {
        life::<E>(t, &save, &remove);
        others_as_parents::<E>(t, &save);
    }
}

fn fresh<E: Entity>(client: Id<Client>) -> Id<E> {
    if ONE.contains(&E::TABLE) { client.cast() } else { Id::fact(client, "fresh", E::TABLE) }
}

/// A row of one's own is made, taken away, and both are undone.
fn life<E: Entity>(t: &Trial, save: &str, remove: &str) {
    let mut new = put(&stepped::<E>(t.own, "OURS new", fresh(t.own), 2));
    if FACTS.contains(&E::TABLE) {
        let other = if E::TABLE == "alert" { ("subject", json!("OURS new")) } else { ("day", json!(Day(DAY.0 + 1))) };
        new["row"][other.0] = other.1;
        new["row"]["id"] = json!(null);
    }
    let made = t.expect(save, new, t.by_role(Verb::Create, E::GROUP));
    let id = made.get("id").cloned().unwrap_or_else(|| json!(Id::<E>::from_bytes(id_of(t.own, E::TABLE))));
    let want = t.by_role(Verb::Remove, E::GROUP);
    t.expect(remove, json!({ "client_id": t.own, "id": id }), want);
    if matches!(want, Want::Done) {
        for step in ["remove", "create", "nothing more of it"].into_iter().take(2) {
            let undone = t.expect("undo", json!({}), Want::Done);
            assert_eq!(undone["changed"], 1, "{} undo of {step}: {undone}", E::TABLE);
        }
    }
}

/// A row of one's own never hangs on another client's.
fn others_as_parents<E: Entity>(t: &Trial, save: &str) {
    for column in E::COLUMNS.iter().filter(|c| c.refers.is_some()) {
        let table = column.refers.unwrap_or_default();
        let id = Id::fact(t.own, "child", &format!("{} {}", E::TABLE, column.name));
        let mut child = put(&stepped::<E>(t.own, "OURS child", id, 3));
        child["row"][column.name] = json!(Id::<E>::from_bytes(id_of(t.foreign, table)));
        if FACTS.contains(&E::TABLE) {
            child["row"]["id"] = json!(null);
        }
        // Who took a step is judged as a step, before anybody looks whether he is there.
        let signed = table == "author" && ["hold_entry", "line_shift", "alert"].contains(&E::TABLE);
        let want = match (t.role.may(Verb::Create, E::GROUP), signed) {
            (false, _) => "forbidden",
            (true, true) if column.name == "signed_by" && t.role < Role::Supervisor => "forbidden",
            (true, true) => "no_step",
            (true, false) => "missing",
        };
        t.expect(save, child, Want::Refused(want));
    }
}
