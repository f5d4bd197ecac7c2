//! Days kept in memory for a session of many clients.
use checks::{Plant, row::DAY};
use domain::{Client, Id, Role};
use serde_json::{Value as Json, json};

/// Codes of the clients an answer shows.
fn shown(plant: &Plant, session: &store::Session, by: &[&str]) -> Vec<String> {
    let ask = json!({ "kpi": "efficiency", "from": DAY, "to": DAY, "by": by });
    let answer = plant.call(session, "kpi_ask", ask).unwrap();
    let code = |row: &Json| row["by"]["client"].as_str().unwrap().to_string();
    answer["rows"].as_array().unwrap().iter().map(code).collect()
}

#[test]
fn a_lost_client_leaves_the_cube_with_the_next_question() {
    let plant = Plant::new();
    let clients: Vec<Id<Client>> = ["A", "B", "C", "D", "E"].map(|name| plant.client(name)).into();
    for role in [Role::Leader, Role::Poweruser] {
        let session = plant.person(role.word(), role, &clients);
        let before = shown(&plant, &session, &["client"]);
        assert_eq!(shown(&plant, &session, &["client", "product"]), before);
        plant.narrow(&session, &clients[..before.len() - 1]);
        for by in [&["client"][..], &["client", "product"]] {
            let after = shown(&plant, &session, by);
            assert_eq!(after, before[..before.len() - 1], "{} {by:?}", role.word());
        }
        let lost = clients[before.len() - 1];
        let repo = plant.store.repository(&session).unwrap();
        let kept = repo.read_cube(|_, cube| Ok([lost, clients[0]].map(|c| cube.client(c).is_some()))).unwrap();
        assert_eq!(kept, [false, true], "{} keeps days of a lost client in memory", role.word());
    }
}
