//! Nobody's answer holds a number that is not his to see.

use super::*;
use domain::Role;
use store::session::{AccountChange, NewAccount};

pub(super) fn account(plant: &Plant, role: Role, clients: &[Id<Client>], lines: &[(Id<Client>, Id<Line>)]) -> Session {
    let password = "another long phrase 9";
    let new = NewAccount {
        name: role.word().into(),
        display_name: role.word().into(),
        role,
        clients: clients.to_vec(),
        password: password.into(),
        forced_change: false,
        language: "en".into(),
    };
    let account = plant.store.user_add(&plant.admin, &new).unwrap();
    let change = AccountChange {
        id: account.id,
        display_name: new.display_name,
        role,
        clients: clients.to_vec(),
        lines: lines.to_vec(),
        active: true,
    };
    plant.store.user_update(&plant.admin, &change).unwrap();
    plant.store.login(role.word(), password).unwrap()
}

fn ask_as(plant: &Plant, who: &Session, ask: &Ask) -> store::Result<Answer> {
    plant.store.repository(who).unwrap().read(|r| super::super::ask(r, None, ask))
}

fn two_clients(plant: &Plant) -> [Factory; 2] {
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    for (factory, produced) in factories.iter().zip([400, 799]) {
        for line in 0..2 {
            plant.make(factory, Made { line, entries: vec![(0, produced, 0, None)], ..Made::default() });
        }
    }
    factories
}

#[test]
fn a_leader_sees_the_own_client_only_whatever_is_asked() {
    let plant = plant();
    let [acme, bolt] = two_clients(&plant);
    let leader = account(&plant, Role::Leader, &[acme.client], &[]);
    for kpi in KPIS {
        for grouping in kpi.groupings {
            let answer = ask_as(&plant, &leader, &question(kpi.code, DAY, DAY, &[grouping.word()])).unwrap();
            let own = Ask { clients: Some(vec![acme.client]), ..question(kpi.code, DAY, DAY, &[grouping.word()]) };
            assert_eq!(answer, plant.ask(&own), "{} by {}", kpi.code, grouping.word());
        }
    }
    let foreign = [
        Ask { clients: Some(vec![bolt.client]), ..question("oee", DAY, DAY, &[]) },
        Ask { clients: Some(vec![acme.client, bolt.client]), ..question("oee", DAY, DAY, &[]) },
        Ask { lines: Some(vec![bolt.lines[0]]), ..question("oee", DAY, DAY, &[]) },
        Ask { shifts: Some(vec![bolt.shift]), ..question("oee", DAY, DAY, &[]) },
        Ask { products: Some(vec![bolt.products[0]]), ..question("oee", DAY, DAY, &[]) },
    ];
    for ask in foreign {
        assert!(ask_as(&plant, &leader, &ask).unwrap_err().is(Code::Missing), "{ask:?}");
        let explained = Explain { ask, offset: 0, limit: 10, rows: true };
        let refused = plant.store.repository(&leader).unwrap().read(|r| explain(r, None, &explained));
        assert!(refused.unwrap_err().is(Code::Missing));
    }
}

#[test]
fn a_client_s_number_never_moves_with_another_client_s_rows() {
    let plant = plant();
    let [acme, bolt] = two_clients(&plant);
    let ask = Ask { clients: Some(vec![acme.client]), ..question("efficiency", DAY, DAY.plus(30), &[]) };
    let before = plant.ask(&ask);
    plant.make(&acme, Made { day: DAY.plus(1), crew: None, entries: vec![(0, 10, 0, None)], ..Made::default() });
    let with_inference = plant.ask(&ask);
    plant.make(&bolt, Made { day: DAY.plus(-1), crew: Some(50.0), entries: vec![(0, 9, 0, None)], ..Made::default() });
    assert_ne!(before.rows, with_inference.rows);
    assert_eq!(plant.ask(&ask), with_inference);
}

#[test]
fn an_operator_sees_one_day_of_the_own_lines() {
    let plant = plant();
    let [acme, _] = two_clients(&plant);
    let operator = account(&plant, Role::Operator, &[acme.client], &[(acme.client, acme.lines[0])]);
    let answer = ask_as(&plant, &operator, &question("efficiency", DAY, DAY, &["line"])).unwrap();
    assert_eq!(shown(&answer), pairs(&[("L1", "50.000")]));
    let whole = ask_as(&plant, &operator, &question("efficiency", DAY, DAY, &[])).unwrap();
    assert_eq!(whole.rows[0].denominator, 2400.0);
    let long = ask_as(&plant, &operator, &question("efficiency", DAY, DAY.plus(1), &[]));
    assert!(long.unwrap_err().is(Code::OneDay));
    let other = Ask { lines: Some(vec![acme.lines[1]]), ..question("efficiency", DAY, DAY, &[]) };
    assert!(ask_as(&plant, &operator, &other).unwrap_err().is(Code::Missing));
    let kpis = vec!["efficiency".to_owned()];
    let board_ask = BoardAsk {
        kpis,
        clients: None,
        from: DAY,
        to: DAY,
        lines: None,
        shifts: None,
        products: None,
        known: None,
        as_of: None,
    };
    let cards = plant.store.repository(&operator).unwrap().read(|r| board(r, None, &board_ask)).unwrap();
    assert_eq!((cards[0].previous.clone(), cards[0].answer.rows[0].denominator), (None, 2400.0));
}
