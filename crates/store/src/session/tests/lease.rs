use super::*;
use domain::feed::{Manifest, ManifestPerson, Signed};

const DAY: i64 = 24 * 60 * 60;

/// What the hub says, by a clock that is a year behind the PC's, for fourteen days.
pub(super) fn heard(plant: &Plant, people: &[&Session]) {
    let issued_at = START - 365 * DAY * 1000;
    let person = |s: &&Session| ManifestPerson {
        user: s.user(),
        login: s.name().into(),
        name: s.display_name().into(),
        role: s.role(),
        verifier: None,
        clients: s.clients().iter().map(|c| c.id).collect(),
    };
    let manifest = Manifest {
        device: plant.store.device(),
        generation: 1,
        epoch: 1,
        issued_at,
        lease_until: issued_at + 14 * DAY * 1000,
        clients: vec![],
        people: people.iter().map(person).collect(),
        pcs: vec![],
    };
    let now = plant.store.clock().now().0;
    let signed = Signed { text: serde_json::to_string(&manifest).unwrap(), signature: String::new() };
    let text = serde_json::to_string(&signed).unwrap();
    plant.store.keep_manifest(&plant.vault, &text, &manifest, None, now).unwrap();
}

#[test]
fn where_the_hub_is_not_heard_floor_and_admin_work_on_for_a_while_and_readers_do_not() {
    let plant = Plant::new();
    let client = plant.client("ACME");
    let people = [Role::Viewer, Role::Operator, Role::Supervisor, Role::Leader, Role::Poweruser]
        .map(|role| plant.person(role.word(), role, &[client]).1);
    heard(&plant, &people.iter().chain([&plant.admin]).collect::<Vec<_>>());
    let may = || -> Vec<&str> {
        let works = |s: &&Session| {
            let word = if s.role() == Role::Admin { ADA } else { BEN };
            let (open, anew) = (code(plant.store.repository(s)), code(plant.store.login(s.name(), word)));
            assert_eq!(open, anew, "{}: a session that is open and one that begins", s.name());
            assert!(["fine", "lease_over"].contains(&open.as_str()), "{open}");
            open == "fine"
        };
        people.iter().chain([&plant.admin]).filter(works).map(|s| s.role().word()).collect()
    };
    let all = ["viewer", "operator", "supervisor", "leader", "poweruser", "admin"];
    plant.pass(14 * DAY);
    assert_eq!(may(), all);
    plant.pass(1);
    assert_eq!(may(), ["operator", "supervisor", "admin"]);
    plant.pass(7 * DAY);
    assert_eq!(may(), ["admin"]);
    plant.pass(23 * DAY);
    assert_eq!(may(), [""; 0]);
    // A wrong password learns nothing of it.
    assert_eq!(code(plant.store.login("ada", BEN)), "bad_login");
    heard(&plant, &people.iter().chain([&plant.admin]).collect::<Vec<_>>());
    assert_eq!(may(), all, "once it is heard again");
}

#[test]
fn a_plant_without_a_hub_has_no_lease() {
    let plant = Plant::new();
    plant.pass(4000 * DAY);
    assert_eq!(code(plant.store.login("ada", ADA)), "fine");
}
