//! A standard that is beaten more often than a right one can be.
use super::{Finding, Over, chance};
use domain::{Day, Id, Line, LineShift, Product, Shift};
use std::collections::BTreeMap;
use store::{Result, values};

/// A right standard is beaten on half of all line shifts at most.
const HALF: f64 = 0.5;

/// Tests each product against chance: `k` of `n` line shifts that made it alone earned more than they ran.
pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = "SELECT k.product_id, k.day, k.shift_id, k.line_id, k.earned > k.run FROM kpi_line_shift k
        WHERE k.client_id = ?1 AND k.day BETWEEN ?2 AND ?3 AND k.parts = 1 AND k.product_id IS NOT NULL AND k.run > 0";
    let mut products: BTreeMap<Id<Product>, (u64, Vec<[u8; 16]>)> = BTreeMap::new();
    over.r.select(sql, values![over.client, over.from, over.to], |row| {
        let (day, shift, line): (Day, Id<Shift>, Id<Line>) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let of = products.entry(row.get(0)?).or_default();
        of.0 += 1;
        if row.get::<bool>(4)? {
            of.1.push(LineShift::fact(over.client, day, shift, line).bytes());
        }
        Ok(())
    })?;
    let mut out = vec![];
    for (product, (n, beaten)) in products {
        let p = chance::at_least(beaten.len() as u64, n, HALF);
        if p < chance::SMALL {
            let what = over.r.find::<Product>(over.client, product)?.map(|p| p.code);
            let found = Finding::of("line_shift", &beaten, beaten.len() as f64 / n as f64, HALF);
            out.push(Finding { what, chance: Some(p), ..found });
        }
    }
    Ok(out)
}
