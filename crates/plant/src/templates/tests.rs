//! What templates add, and what they leave.
use super::*;
use crate::import::tests::{PASSWORD, Plant};
use domain::Role;

#[test]
fn every_template_speaks_both_languages_and_fits_one_screen() {
    for industry in Industry::ALL {
        let t = industry.template().unwrap();
        let lists = [&t.operations, &t.defect_types, &t.downtime_reasons, &t.hold_reasons];
        for list in lists {
            let codes: BTreeSet<&str> = list.iter().map(|n| n.code.as_str()).collect();
            assert_eq!(codes.len(), list.len(), "{}", industry.word());
            assert!((3..=8).contains(&list.len()), "{}: {}", industry.word(), list.len());
            assert!(list.iter().all(|n| !n.en.is_empty() && !n.es.is_empty() && n.en != n.es), "{}", industry.word());
        }
        assert_eq!(t.operations.iter().filter(|o| o.is_final).count(), 1, "{}", industry.word());
        for kind in ["planned", "setup", "unplanned"] {
            assert!(t.downtime_reasons.iter().any(|r| r.kind.as_deref() == Some(kind)), "{}: {kind}", industry.word());
        }
    }
}

fn take(plant: &Plant, who: &store::Session, client_id: Id<Client>, industry: Industry) -> Result<Applied, Fault> {
    let repo = plant.store.repository(who)?;
    Ok(repo.write(|w| apply(w, Apply { client_id, industry }))?)
}

#[test]
fn a_template_adds_what_is_missing_and_changes_nothing_that_is_there() {
    let plant = Plant::new();
    let a = plant.client("A");
    let repo = plant.store.repository(&plant.admin).unwrap();
    let own = Operation {
        code: "test".into(),
        name: "Ours".into(),
        is_final: true,
        ..Operation::blank(a, Id::from_bytes([9; 16]))
    };
    repo.write(|w| w.put(&own)).unwrap();
    let first = take(&plant, &plant.admin, a, Industry::Electronics).unwrap();
    let want = Applied { operations: 2, defect_types: 6, downtime_reasons: 8, hold_reasons: 6, policies: true };
    assert_eq!(first, want);
    let steps = plant.rows::<Operation>(a);
    assert_eq!(steps.iter().filter(|o| o.is_final).map(|o| o.name.as_str()).collect::<Vec<_>>(), ["Ours"]);
    assert_eq!(plant.rows::<ClientSetting>(a)[0].default_opportunities, Some(50));
    assert_eq!(take(&plant, &plant.admin, a, Industry::Electronics).unwrap(), Applied::default());
    assert_eq!(plant.rows::<Operation>(a), steps);
    plant.undo(&plant.admin);
    assert_eq!((plant.rows::<Operation>(a), plant.rows::<DefectType>(a).len()), (vec![own], 0));
}

#[test]
fn a_template_speaks_the_language_of_whoever_takes_it() {
    let plant = Plant::new();
    let a = plant.client("A");
    let spanish = plant.store.language_set(&plant.store.login("admin", PASSWORD).unwrap(), "es").unwrap();
    take(&plant, &spanish, a, Industry::Textile).unwrap();
    assert!(plant.rows::<Operation>(a).iter().any(|o| o.name == "Costura" && o.code == "SEW"));
}

#[test]
fn templates_are_for_those_who_set_up_their_own_clients() {
    let plant = Plant::new();
    let (own, other) = (plant.client("OWN"), plant.client("OTHER"));
    let (sue, lea) = (plant.person("sue", Role::Supervisor, &[own]), plant.person("lea", Role::Leader, &[own]));
    assert_eq!(take(&plant, &sue, own, Industry::General).unwrap_err().code, "forbidden");
    assert_eq!(take(&plant, &lea, other, Industry::General).unwrap_err().code, "missing");
    assert_eq!(take(&plant, &lea, own, Industry::General).unwrap().operations, 3);
}
