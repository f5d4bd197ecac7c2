//! Days are given out as the reader sees them, or not at all.
use super::*;
use crate::repository::tests::{Floor, floor};
use domain::ProductionEntry;

const DAY: Day = Day(20_000);

/// What the reader sees of each day: units made.
fn made(r: &Reader<'_>, client: Id<Client>, from: Day, to: Day) -> Result<Vec<(Day, KeptGroup)>> {
    let sql = "SELECT day, produced FROM kpi_line_shift WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3";
    r.select(sql, values![client, from, to], |row| {
        let numbers = Box::new([row.get::<f64>(1)?]);
        Ok((row.get(0)?, KeptGroup { keys: vec![], sources: Sources::default(), numbers }))
    })
}

/// Units, and stretches of days.
type Told = (Vec<f64>, Vec<(Day, Day)>);

/// The units of the days round DAY, and the stretches that had to be worked out; none where memory could not.
fn ask(kept: &Kept, r: &Reader<'_>, client: Id<Client>) -> Option<Told> {
    let (mut told, mut read) = (vec![], vec![]);
    let asked = KeptAsk { client, by: "", from: DAY.plus(-2), to: DAY.plus(2) };
    let work_out = |from, to| {
        read.push((from, to));
        made(r, client, from, to)
    };
    let could = kept.each(r, asked, work_out, |_, group| told.push(group.numbers[0])).unwrap();
    could.then_some((told, read))
}

fn correct(f: &Floor, produced: i64) {
    f.store
        .repository(&f.admin)
        .unwrap()
        .write(|w| {
            w.because(Some("recount".into()));
            let old: ProductionEntry = w.get(f.client, f.entry)?;
            w.put(&ProductionEntry { produced: Some(produced), ..old })
        })
        .unwrap();
}

#[test]
fn a_day_is_worked_out_once_and_again_after_it_was_written() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let kept = repo.kept();
    let told = || repo.read(|r| Ok(ask(&kept, r, f.client))).unwrap().unwrap();
    assert_eq!(told(), (vec![100.0], vec![(DAY.plus(-2), DAY.plus(2))]));
    assert_eq!(told(), (vec![100.0], vec![]));
    correct(&f, 70);
    assert_eq!(told(), (vec![70.0], vec![(DAY, DAY)]), "only the day that was written");
    f.store.forget(f.admin.user());
    let fresh = f.store.repository(&f.admin).unwrap().kept();
    assert_eq!(repo.read(|r| Ok(ask(&fresh, r, f.client))).unwrap().unwrap().1.len(), 1, "forgotten at log-out");
}

#[test]
fn a_reader_of_before_gets_nothing_that_was_written_since() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let kept = repo.kept();
    let now = || repo.read(|r| Ok(ask(&kept, r, f.client))).unwrap();
    repo.read(|before| {
        assert_eq!(ask(&kept, before, f.client).unwrap().0, [100.0]);
        correct(&f, 70);
        assert_eq!(ask(&kept, before, f.client).unwrap(), (vec![100.0], vec![]), "nobody has looked since");
        assert_eq!(now().unwrap().0, [70.0]);
        assert_eq!(ask(&kept, before, f.client), None);
        Ok(())
    })
    .unwrap();
    assert_eq!(now().unwrap(), (vec![70.0], vec![]));
}

#[test]
fn new_rights_and_narrower_readers_find_nothing_of_what_they_do_not_see() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let kept = repo.kept();
    let whole = || repo.read(|r| Ok(ask(&kept, r, f.client))).unwrap();
    assert_eq!(whole().unwrap().0, [100.0]);
    assert_eq!(repo.read_of(&[], |r| Ok(ask(&kept, r, f.client))).unwrap(), None, "not in this reader's scope");
    kept.0.lock().unwrap().epoch -= 1;
    assert_eq!(repo.read_of(&[], |r| Ok(ask(&kept, r, f.client))).unwrap().unwrap().0, [0.0; 0]);
    assert_eq!(whole().unwrap(), (vec![100.0], vec![(DAY, DAY)]), "a day found empty there is read by who sees it");
}

#[test]
fn while_days_are_worked_out_others_go_to_the_file() {
    let f = floor();
    let repo = f.store.repository(&f.admin).unwrap();
    let kept = repo.kept();
    let held = kept.0.lock().unwrap();
    assert_eq!(repo.read(|r| Ok(ask(&kept, r, f.client))).unwrap(), None);
    drop(held);
    let panics = || {
        let _held = kept.0.lock();
        panic!("half a day")
    };
    std::thread::scope(|s| s.spawn(panics).join().unwrap_err());
    assert_eq!(repo.read(|r| Ok(ask(&kept, r, f.client))).unwrap().unwrap().0, [100.0]);
}

#[test]
fn what_was_asked_for_longest_ago_goes_first_and_what_is_too_much_is_not_tried_again() {
    let shelf = |n: u8| (Id::<Client>::from_bytes([n; 16]), String::new());
    let group = |numbers: usize| KeptGroup {
        keys: vec![],
        sources: Sources::default(),
        numbers: vec![0.0; numbers].into_boxed_slice(),
    };
    let mut shelves = Shelves::default();
    for (turn, numbers) in [(2, 40), (1, 30), (3, 20)] {
        shelves.days.insert(shelf(turn), (turn.into(), Days::from([(DAY, vec![group(numbers)])])));
    }
    shelves.make_room(100);
    let left = |shelves: &Shelves| {
        let mut left: Vec<_> = shelves.days.keys().cloned().collect();
        left.sort();
        left
    };
    assert_eq!((left(&shelves), shelves.too_many.len()), (vec![shelf(2), shelf(3)], 0));
    shelves.make_room(20);
    assert_eq!((left(&shelves), shelves.too_many), (vec![], HashSet::from([shelf(3)])));
}

#[test]
fn stretches_that_are_not_kept_are_read_each_at_once() {
    let days: Days = [1, 4, 5].map(|n| (Day(n), vec![])).into();
    let gaps = [(0, 0), (2, 3), (6, 8)].map(|(from, to)| (Day(from), Day(to)));
    assert_eq!(missing(&days, Day(0), Day(8)), gaps);
    assert_eq!(missing(&days, Day(4), Day(5)), []);
}
