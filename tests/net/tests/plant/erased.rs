//! A person who is erased at one PC is gone from every PC, and from what a new one is given.
use crate::{
    Both, alike, both,
    stage::{Hub, Pc},
};
use checks::Plant;
use domain::{Client, Employee, Id, PoolEmployee};
use store::Gone;

impl Pc {
    fn hires(&self, client: Id<Client>, name: &str) -> Id<Employee> {
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let id = Id::from_bytes([0x77; 16]);
        let blank = Employee::blank(client, id);
        let row = Employee { code: name.into(), name: name.into(), active: true, ..blank };
        repo.write(|w| w.put(&row)).unwrap();
        self.nudges();
        id
    }
    fn notes(&self, client: Id<Client>, person: Id<Employee>, note: &str) {
        self.plant.store.clock().advance(1000);
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        repo.write(|w| {
            let row: Employee = w.get(client, person)?;
            w.put(&Employee { note: Some(note.into()), ..row })
        })
        .unwrap();
        self.nudges();
    }
    fn erases(&self, client: Id<Client>, person: Id<Employee>) -> Gone {
        self.plant.store.clock().advance(1000);
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let gone = repo.write(|w| w.erase_person(client, person)).unwrap();
        self.nudges();
        gone
    }
    /// Everything that is kept of a person: rows, changes, and what each replaced.
    fn keeps(&self, client: Id<Client>, person: Id<Employee>) -> String {
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        format!("{:?}", repo.write(|w| w.tell_person(client, person)).unwrap())
    }
}

/// Waits until so many entries are on both.
async fn reached(both: &Both, entries: i64) {
    both.a.has(both.client, entries).await;
    both.b.has(both.client, entries).await;
}

async fn nobody_tells(both: &Both, ann: Id<Employee>) {
    alike(both).await;
    for pc in [&both.a, &both.b] {
        let kept = pc.keeps(both.client, ann);
        assert!(!kept.contains("SECRET"), "{kept}");
    }
    for table in ["entry", "folded", "refused", "quarantine"] {
        assert!(!both.hub.holds(table, "SECRET").await, "the hub's {table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_erased_at_one_pc_is_nowhere_any_more() {
    let mut both = both().await;
    let ann = both.a.hires(both.client, "SECRET-ANN");
    both.a.notes(both.client, ann, "SECRET flu");
    reached(&both, 38).await;
    assert!(both.b.keeps(both.client, ann).contains("SECRET flu"));
    // One writes of her who cannot hear of it.
    both.b.stop().await;
    both.b.notes(both.client, ann, "SECRET knee");
    assert_eq!(both.a.erases(both.client, ann), Gone { rows: 1, changes: 2, waits: true });
    both.a.has(both.client, 40).await;
    assert!(!both.a.keeps(both.client, ann).contains("SECRET"));
    both.b.start();
    reached(&both, 42).await;
    nobody_tells(&both, ann).await;
    // A PC that comes later is given what is left.
    let mut c = both.hub.enrol(Plant::new(), "cyd", &[both.client]).await;
    c.start();
    c.has(both.client, both.a.done(both.client)).await;
    assert_eq!(c.all(both.client), both.a.all(both.client));
    assert!(!c.keeps(both.client, ann).contains("SECRET"));
    c.is_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_erased_without_the_hub_is_erased_once_the_hub_has_it() {
    let mut both = both().await;
    let ann = both.a.hires(both.client, "SECRET-ANN");
    reached(&both, 37).await;
    both.hub.stop().await;
    both.a.notes(both.client, ann, "SECRET flu");
    both.a.erases(both.client, ann);
    let row = both.a.all(both.client).into_iter().find(|row| row.contains("erased-"));
    assert!(row.is_some_and(|row| !row.contains("SECRET")), "on the screen he is gone at once");
    assert!(both.a.keeps(both.client, ann).contains("SECRET"), "the log waits: the hub may refuse");
    both.hub.start().await;
    reached(&both, 40).await;
    nobody_tells(&both, ann).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_the_pool_who_is_erased_goes_out_of_the_plants_own_log_too() {
    let both = both().await;
    let (plant, pia) = (Client::PLANT, Id::<PoolEmployee>::from_bytes([0x78; 16]));
    let repo = both.a.plant.store.repository(&both.a.plant.admin).unwrap();
    let row = PoolEmployee {
        code: "SECRET-PIA".into(),
        name: "SECRET".into(),
        active: true,
        ..PoolEmployee::blank(plant, pia)
    };
    repo.write(|w| w.put(&row)).unwrap();
    both.a.nudges();
    let told = |pc: &Pc| {
        let repo = pc.plant.store.repository(&pc.plant.admin).unwrap();
        format!("{:?}", repo.write(|w| w.tell_pooled(pia)).unwrap())
    };
    both.a.has(plant, 1).await;
    both.b.has(plant, 1).await;
    assert!(told(&both.b).contains("SECRET-PIA"));
    both.a.plant.store.clock().advance(1000);
    let gone = repo.write(|w| w.erase_pooled(pia)).unwrap();
    assert_eq!(gone, Gone { rows: 1, changes: 1, waits: true });
    both.a.nudges();
    both.a.has(plant, 3).await;
    both.b.has(plant, 3).await;
    for pc in [&both.a, &both.b] {
        assert!(!told(pc).contains("SECRET"), "{}", told(pc));
        pc.is_sound();
    }
    assert!(!both.hub.holds("entry", "SECRET").await && !both.hub.holds("folded", "SECRET").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plant_from_which_somebody_was_erased_joins_a_hub_and_says_nothing_of_him_there() {
    let (hub, first) = (Hub::open().await, Plant::new());
    let client = first.client("ACME");
    hub.desk.add_client(client, "ACME").await.unwrap();
    let repo = first.store.repository(&first.admin).unwrap();
    let ann = Id::<Employee>::from_bytes([0x77; 16]);
    let row =
        Employee { code: "SECRET-ANN".into(), name: "SECRET".into(), active: true, ..Employee::blank(client, ann) };
    repo.write(|w| w.put(&row)).unwrap();
    assert_eq!(repo.write(|w| w.erase_person(client, ann)).unwrap(), Gone { rows: 1, changes: 1, waits: false });
    drop(repo);
    let mut a = hub.enrol(first, "ada", &[client]).await;
    let mut b = hub.enrol(Plant::new(), "bea", &[client]).await;
    a.start();
    a.has(client, 38).await;
    b.start();
    b.has(client, a.done(client)).await;
    let both = Both { hub, a, b, client };
    nobody_tells(&both, ann).await;
}
