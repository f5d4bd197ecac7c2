//! What is kept of line shifts is what their rows make, whatever was written and brought in.
use super::{
    sql::{Question, answer},
    stage::{FIRST, Floor, change, floor},
};
use crate::chance::Chance;
use checks::Plant;
use domain::*;
use serde_json::json;
use store::{Result, Writer};

/// A file of production, some of it of days and lines that have rows already.
pub(super) fn bring_in(plant: &Plant, f: &Floor, chance: &mut Chance) -> u64 {
    let mut file = "day,shift,line,product,crew,produced,defective\n".to_owned();
    for _ in 0..=chance.below(5) {
        let day = FIRST.plus(chance.between(0, 40) as i32);
        let [shift, line, product] = [2, 3, 3].map(|n| chance.below(n));
        let (crew, made) = (chance.between(1, 12), chance.between(5, 90));
        file += &format!("{day},S{shift},L{line},P{product},{crew},{made},{}\n", chance.between(0, 5));
    }
    let token = plant.upload(&plant.admin, "production.csv", file.as_bytes()).unwrap();
    let wish = json!({ "token": token, "kind": "production", "client_id": f.client, "scrap_inside": true, "without_errors": true });
    plant.call(&plant.admin, "import_confirm", wish).unwrap()["written"].as_u64().unwrap()
}

/// A standard that holds from a day long gone.
pub(super) fn back_date(plant: &Plant, f: &Floor, chance: &mut Chance) {
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.write(|w| {
        let (id, product_id, valid_from) =
            (w.fresh(), chance.pick(&f.products[..2]), FIRST.plus(chance.between(0, 44) as i32));
        let minutes = chance.between(1, 40) as f64 / 4.0;
        w.put(&ProductStandard { product_id, valid_from, minutes, ..ProductStandard::blank(f.client, id) }).map(|_| ())
    })
    .unwrap();
}

#[test]
fn stored_sums_of_line_shifts_are_rebuilt_sums_after_any_writes_undos_imports_and_back_dated_standards() {
    for seed in [77, 78] {
        let (plant, mut chance) = (Plant::new(), Chance(seed));
        let mut floors = ["ACME", "BOLT"].map(|name| floor(&plant, name, &mut chance));
        let mut written = 0;
        for _ in 0..20 {
            for _ in 0..8 {
                let which = chance.below(2) as usize;
                change(&plant, &mut floors[which], &mut chance);
            }
            let one = &floors[chance.below(2) as usize];
            written += bring_in(&plant, one, &mut chance);
            back_date(&plant, one, &mut chance);
            let report = plant.store.verify(&plant.admin, &mut |_, _| {}).unwrap();
            assert!(report.is_sound(), "{:?}", report.first());
        }
        assert!(written > 20, "{written} rows came with files");
    }
}

/// The order, the product and how many were made.
type Made = (Option<Id<WorkOrder>>, Id<Product>, i64);

/// A closed line shift of five people and 400 minutes that made something.
fn made(w: &mut Writer<'_>, f: &Floor, day: Day, of: &[Made]) -> Result<Vec<Id<ProductionEntry>>> {
    let row = LineShift::empty(f.client, day, f.shifts[0], f.lines[0]);
    w.put(&LineShift { crew: Some(5.0), net_minutes: Some(400.0), state: ShiftState::Closed, ..row.clone() })?;
    let mut entries = vec![];
    for (work_order_id, product, produced) in of {
        let id = w.fresh();
        let (product_id, produced) = (Some(*product), Some(*produced));
        let blank = ProductionEntry::blank(f.client, id);
        w.put(&ProductionEntry {
            line_shift_id: row.id,
            work_order_id: *work_order_id,
            product_id,
            produced,
            ..blank
        })?;
        entries.push(id);
    }
    Ok(entries)
}

#[test]
fn a_product_made_for_two_orders_shows_its_standard_to_the_days_after_until_it_was_another() {
    let plant = Plant::new();
    let f = floor(&plant, "ACME", &mut Chance(1));
    let write = |what: &dyn Fn(&mut Writer<'_>) -> Result<()>| {
        plant.store.repository(&plant.admin).unwrap().write(|w| {
            w.because(Some("recount".into()));
            what(w)
        })
    };
    let earned = || {
        let question = Question { from: FIRST.plus(9), to: FIRST.plus(9), ..Question::of(&[f.client], &[]) };
        let repo = plant.store.repository(&plant.admin).unwrap();
        repo.read(|r| Ok(answer(r, "performance", &question)?.rows[0].numerator)).unwrap()
    };
    // The third product has no standard of its own, nor has the client, nor have the orders.
    write(&|w| {
        w.put(&ClientSetting::usual(f.client))?;
        for id in f.orders {
            let old: WorkOrder = w.get(f.client, id)?;
            w.put(&WorkOrder { standard: None, ..old })?;
        }
        made(w, &f, FIRST.plus(9), &[(None, f.products[2], 10)]).map(|_| ())
    })
    .unwrap();
    assert_eq!(earned(), 0.0, "nothing has shown yet how long one takes");
    let [first, second] = [Some(f.orders[0]), Some(f.orders[1])];
    let of_two = [(first, f.products[2], 50), (second, f.products[2], 30)];
    let entries = std::cell::RefCell::new(vec![]);
    write(&|w| {
        *entries.borrow_mut() = made(w, &f, FIRST, &of_two)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(earned(), 10.0 * 5.0 * 400.0 / 80.0, "25 minutes each");
    write(&|w| {
        let old: ProductionEntry = w.get(f.client, entries.borrow()[1])?;
        w.put(&ProductionEntry { product_id: Some(f.products[0]), ..old }).map(|_| ())
    })
    .unwrap();
    assert_eq!(earned(), 0.0, "that line shift made two products");
    let report = plant.store.verify(&plant.admin, &mut |_, _| {}).unwrap();
    assert!(report.is_sound(), "{:?}", report.first());
}
