//! Which columns the answer of each KPI rests on, found by emptying one after the other.
use crate::{chance::Chance, line_shift, orders_made, people, quality};
use checks::Plant;
use domain::*;
use plant::kpi::{self, Ask, Explain, KPIS};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};
use store::{Reader, Result, values};

/// Table and column, of every KPI.
type Read = BTreeMap<&'static str, BTreeSet<String>>;

/// Clients with line shifts, inspections, people and orders, each with much missing.
fn stage() -> (Plant, Vec<Id<Client>>) {
    let plant = Plant::new();
    let clients = vec![
        line_shift::made(&plant, "LINES", 3, 80),
        line_shift::made(&plant, "CELLS", 4, 80),
        quality::made(&plant, "STEPS", 3, 30),
        quality::made(&plant, "PARTS", 5, 30),
        people::client(&plant, "PEOPLE", 3),
        orders_made::client(&plant, "ORDERS", &mut Chance(5), 60).client,
    ];
    (plant, clients)
}

fn ask(kpi: &str, clients: &[Id<Client>]) -> Ask {
    let question = json!({ "kpi": kpi, "clients": clients, "from": "2024-06-01", "to": "2025-12-31" });
    serde_json::from_value(question).unwrap()
}

/// What every KPI answers of each client; a rolled one of each product.
fn answers(r: &Reader<'_>, clients: &[Id<Client>]) -> Result<BTreeMap<&'static str, String>> {
    let mut told = BTreeMap::new();
    for one in KPIS {
        for client in clients {
            let by = if one.code == "rty" { vec!["product".to_owned()] } else { vec![] };
            let rows = kpi::ask(r, None, &Ask { by, ..ask(one.code, &[*client]) })?.rows;
            let numbers: Vec<_> = rows.iter().map(|row| (row.value, row.numerator, row.denominator)).collect();
            let beside: Vec<_> =
                rows.iter().flat_map(|row| row.parts.iter().chain(&row.beside)).map(|b| b.value).collect();
            write!(told.entry(one.code).or_insert_with(String::new), "{numbers:?} {beside:?} ").unwrap();
        }
    }
    Ok(told)
}

/// The same row without a column, or with something else in it.
fn altered<E: Entity>(row: &E, column: &Column) -> Option<E> {
    let mut json = serde_json::to_value(row).unwrap();
    let old = &json[column.name];
    json[column.name] = match (column.null, column.kind) {
        (true, _) => Json::Null,
        (_, Kind::Bool) => json!(!old.as_bool()?),
        (_, Kind::Real) => json!(old.as_f64()? * 1.5 + 1.0),
        (_, Kind::Int) => json!(old.as_i64()? + 1),
        (_, Kind::Day) => json!(old.as_str()?.parse::<Day>().ok()?.plus(1)),
        (_, Kind::Text) if column.name == "time_zone" => json!("Pacific/Auckland"),
        (_, Kind::Text) => {
            let place = column.words.iter().position(|word| Some(*word) == old.as_str())?;
            json!(column.words[(place + 1) % column.words.len()])
        }
        // What a row cannot be without is a part of where it stands; another place is another row.
        (_, Kind::Id) => return None,
    };
    (json[column.name] != serde_json::to_value(row).unwrap()[column.name]).then(|| serde_json::from_value(json).ok())?
}

/// A stage, what it answers, and which columns were found to move that.
struct Found {
    plant: Plant,
    clients: Vec<Id<Client>>,
    base: BTreeMap<&'static str, String>,
    read: Read,
}

impl Found {
    fn new() -> Found {
        let (plant, clients) = stage();
        let base = plant.store.repository(&plant.admin).unwrap().read(|r| answers(r, &clients)).unwrap();
        Found { plant, clients, base, read: Read::new() }
    }

    /// Alters one column of all rows of an entity, and puts back what was there.
    fn without<E: Entity>(&mut self, column: &Column) {
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let all = |r: &Reader<'_>| self.clients.iter().map(|client| r.list::<E>(*client, 1_000, 0)).collect();
        let rows: Vec<Vec<E>> = repo.read(all).unwrap();
        let new = rows.iter().flatten().filter_map(|row| Some((row.clone(), altered(row, column)?)));
        // Rows that a rule refuses stay as they are.
        let put = |rows: Vec<(E, E)>| -> Vec<E> {
            repo.write(|w| {
                w.because(Some("recount".into()));
                Ok(rows.into_iter().filter(|(_, new)| w.put(new).is_ok()).map(|(old, _)| old).collect())
            })
            .unwrap()
        };
        let moved = put(new.collect());
        if moved.is_empty() {
            return;
        }
        for (kpi, told) in repo.read(|r| answers(r, &self.clients)).unwrap() {
            if told != self.base[kpi] {
                self.read.entry(kpi).or_default().insert(format!("{}.{}", E::TABLE, column.name));
            }
        }
        let back = put(moved.iter().map(|old| (old.clone(), old.clone())).collect());
        let same = back.len() == moved.len() && repo.read(|r| answers(r, &self.clients)).unwrap() == self.base;
        drop(repo);
        if !same {
            // A step cannot be taken back so: the next column begins on a new stage.
            *self = Found { read: std::mem::take(&mut self.read), ..Found::new() };
        }
    }

    fn each(mut self) -> Found {
        macro_rules! each {
            ($($entity:ident),* $(,)?) => {$(
                <domain::$entity as Entity>::COLUMNS.iter().for_each(|column| self.without::<domain::$entity>(column));
            )*};
        }
        entities!(each);
        self
    }
}

/// The columns whose values an explanation shows under the rows of a line shift.
fn shown(r: &Reader<'_>, kpi: &str, clients: &[Id<Client>]) -> Result<BTreeSet<String>> {
    let all = kpi::explain(r, None, &Explain { ask: ask(kpi, clients), offset: 0, limit: 10_000, rows: true })?;
    let rows = all.line_shifts.iter().flat_map(|shift| &shift.entries);
    Ok(rows.flat_map(|row| row.values.keys().map(|value| format!("{}.{value}", row.table))).collect())
}

/// Tables whose rows an explanation lists with their values.
const LISTED: [&str; 4] = ["line_shift", "production_entry", "downtime_entry", "quality_entry"];

/// Columns that an explanation tells otherwise: as its line shift, its code, its step or its order.
const OTHERWISE: [&str; 10] = [
    "day",
    "shift_id",
    "line_id",
    "line_shift_id",
    "product_id",
    "operation_id",
    "work_order_id",
    "job_id",
    "reason_id",
    "state",
];

#[test]
fn the_columns_behind_each_kpi_exist_and_are_the_reviewed_ones() {
    let Found { plant, clients, read, .. } = Found::new().each();
    let mut page = String::from(
        "The columns each KPI rests on: whose emptying, or change, moved its answer in a generated plant.\n",
    );
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.read(|r| {
        for kpi in KPIS {
            let columns = read.get(kpi.code).unwrap_or_else(|| panic!("{} rests on nothing", kpi.code));
            writeln!(page, "\n{}", kpi.code).unwrap();
            let names = shown(r, kpi.code, &clients)?;
            for column in columns {
                let (table, name) = column.split_once('.').unwrap();
                r.select(
                    &format!("SELECT {name} FROM {table} WHERE client_id = ?1 LIMIT 1"),
                    values![clients[0]],
                    |_| Ok(()),
                )?;
                // Of orders, the explanation lists the dates that follow from the rows.
                let told = kpi.family().is_of_orders()
                    || !LISTED.contains(&table)
                    || OTHERWISE.contains(&name)
                    || names.contains(column);
                assert!(told, "the explanation of {} never shows {column}: {names:?}", kpi.code);
                writeln!(page, "  {column}").unwrap();
            }
        }
        Ok(())
    })
    .unwrap();
    checks::snapshot::same("kpi_columns.txt", &page);
}
