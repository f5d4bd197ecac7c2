//! Of several own clients, a question about one is answered from that one alone.
use checks::{
    Plant,
    row::{DAY, id_of},
};
use domain::*;
use serde_json::json;

/// Two clients of one leader.
fn two() -> (Plant, store::Session, [Id<Client>; 2]) {
    let plant = Plant::new();
    let clients = ["ACME", "BOREAL"].map(|name| plant.client(name));
    let session = plant.person("lea", Role::Leader, &clients);
    (plant, session, clients)
}

fn only<E: Entity>(plant: &Plant, session: &store::Session, [a, b]: [Id<Client>; 2]) {
    let repo = plant.store.repository(session).unwrap();
    let theirs = Id::<E>::from_bytes(id_of(b, E::TABLE));
    repo.read(|r| {
        let lists = [r.list::<E>(a, 100, 0)?, r.list_where::<E>(a, "id IS NOT NULL", &[])?];
        for list in lists {
            assert!(!list.is_empty() && list.iter().all(|row| row.client() == a), "{}: {list:?}", E::TABLE);
        }
        if E::TABLE != "author" {
            assert_eq!(r.find::<E>(a, theirs)?, None, "{} of another client by its id", E::TABLE);
        }
        Ok(())
    })
    .unwrap();
    repo.read_of(&[a], |r| {
        let sql = format!("SELECT count(*) FROM {} WHERE client_id <> ?1", E::TABLE);
        assert_eq!(r.first(&sql, store::values![a], |row| row.get::<i64>(0))?, Some(0), "{}", E::TABLE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn rows_of_one_client_are_asked_for_under_its_name() {
    let (plant, session, clients) = two();
    macro_rules! each {
        ($($entity:ident),* $(,)?) => { $(only::<domain::$entity>(&plant, &session, clients);)* };
    }
    entities!(each);
}

#[test]
fn figures_and_files_of_one_client_hold_nothing_of_the_next() {
    let (plant, session, [a, _]) = two();
    let ask = json!({ "kpi": "efficiency", "clients": [a], "from": DAY, "to": DAY, "by": ["client", "line"] });
    let answers = [
        ("kpi_ask", ask.clone()),
        ("kpi_explain", json!({ "ask": ask, "offset": 0, "limit": 9, "rows": true })),
        ("export", json!({ "kind": "production", "client_id": a, "format": "csv" })),
        ("export", json!({ "kind": "line", "client_id": a, "format": "json" })),
    ];
    for (name, input) in answers {
        let said = plant.call(&session, name, input).unwrap().to_string();
        assert!(said.contains("ACME") && !said.contains("BOREAL"), "{name}: {said}");
    }
}
