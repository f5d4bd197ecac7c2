//! What a file of production would change.
use super::{
    super::{
        check::Errors,
        rows::Production,
        why::{RowError, Why},
    },
    Groups, Plan,
    book::{Book, Fresh, Spot, unknown},
    merge::{covers, merge},
    shifts::Shifts,
    standards::{Said, Standards},
};
use domain::{Entity, Id, LineShift, Operation, Product, ProductionEntry, WorkOrder};
use std::collections::{HashMap, HashSet};

/// What makes two entries the same fact.
type Key = (Id<LineShift>, Option<Id<Product>>, Option<Id<WorkOrder>>, Option<Id<Operation>>, Option<i64>);

/// A row with its ids.
#[derive(Clone, Copy)]
struct Found {
    spot: Spot,
    product: Option<Id<Product>>,
    operation: Option<Id<Operation>>,
    new_standard: bool,
}

/// Plans every row; those that cannot be join the errors.
pub(super) fn plan(rows: &[Production], book: &mut Book, plan: &mut Plan, errors: &mut Errors, fresh: Fresh<'_>) {
    let (mut shifts, mut standards) = (Shifts::default(), Standards::default());
    let mut found: Vec<Option<Found>> = Vec::with_capacity(rows.len());
    for row in rows {
        let one = find(row, book, &mut shifts, &mut standards, fresh);
        found.push(one.map_err(|e| errors.add([e])).ok());
    }
    shifts.settle(book);
    let mut entries = Entries::of(book);
    let keyed = found.iter().enumerate().filter_map(|(i, f)| Some((key(&rows[i], f.as_ref()?), i)));
    for (key, group) in Groups::of(keyed) {
        entries.group(key, &group, rows, &found, &shifts, plan, errors);
    }
    plan.line_shifts = shifts.written(&entries.good);
    plan.standards = standards.rows();
}

/// The ids of a row; what it says about its line shift and its product is gathered.
fn find(
    row: &Production,
    book: &mut Book,
    shifts: &mut Shifts,
    standards: &mut Standards,
    fresh: Fresh<'_>,
) -> Result<Found, RowError> {
    let (at, set_up) = (row.place.row, book.may_set_up());
    let known = book.client(at, &row.place.client, fresh)?;
    let operation = match &row.operation {
        Some(code) => {
            Some(known.operations.get(code).ok_or_else(|| unknown(at, Why::NoSuchOperation, "operation", code))?)
        }
        None => None,
    };
    if let (false, Some(code)) = (set_up, &row.product)
        && known.products.get(code).is_none()
    {
        return Err(unknown(at, Why::NoSuchProduct, "product", code));
    }
    let spot = book.spot(&row.place, fresh)?;
    let known = book.of_client(spot.client);
    let product = row.product.as_ref().map(|code| known.product(code));
    let mut new_standard = false;
    if let (Some(product), Some(minutes)) = (product, row.standard) {
        let said = Said { row: at, product, operation, day: row.place.day, minutes };
        new_standard = standards.take(known, &said, set_up)?;
    }
    shifts.take(row, spot)?;
    Ok(Found { spot, product, operation, new_standard })
}

fn key(row: &Production, found: &Found) -> Key {
    (found.spot.line_shift, found.product, found.spot.order, found.operation, row.hour)
}

/// The entries that are here, and the line shifts that good rows belong to.
struct Entries {
    here: HashMap<Key, Vec<ProductionEntry>>,
    ids: HashSet<Id<ProductionEntry>>,
    good: HashSet<Id<LineShift>>,
}

impl Entries {
    fn of(book: &mut Book) -> Self {
        let mut all = Entries { here: HashMap::new(), ids: HashSet::new(), good: HashSet::new() };
        for entry in book.known.values_mut().flat_map(|k| std::mem::take(&mut k.entries)) {
            all.ids.insert(entry.id);
            let key = (entry.line_shift_id, entry.product_id, entry.work_order_id, entry.operation_id, entry.hour);
            all.here.entry(key).or_default().push(entry);
        }
        all
    }
    /// Plans the rows of one fact: first those that are here as they stand, then the others.
    #[expect(clippy::too_many_arguments, reason = "one call, in one loop")]
    fn group(
        &mut self,
        key: Key,
        group: &[usize],
        rows: &[Production],
        found: &[Option<Found>],
        shifts: &Shifts,
        plan: &mut Plan,
        errors: &mut Errors,
    ) {
        let mut here = self.here.remove(&key).unwrap_or_default();
        let mut rest = Vec::new();
        for (turn, &i) in group.iter().enumerate() {
            let Some(f) = found[i] else { continue };
            let fills = match shifts.stands(&rows[i], f.spot) {
                Ok(fills) => fills,
                Err(error) => {
                    errors.add([error]);
                    continue;
                }
            };
            let entry = entry(&rows[i], &f, shifts, turn);
            let empty = says_nothing(&entry);
            match here.iter().position(|h| covers(h, &entry)) {
                Some(at) => drop(here.remove(at)),
                None if empty => {}
                None => {
                    rest.push((i, entry, f));
                    continue;
                }
            }
            self.good.insert(f.spot.line_shift);
            plan.count(f.spot.client, fills || f.new_standard);
        }
        for (i, entry, f) in rest {
            self.one(&rows[i], entry, &f, &mut here, plan, errors);
        }
    }
    /// Plans a row that is not here as it stands: it fills gaps of one that is, contradicts it, or is new.
    fn one(
        &mut self,
        row: &Production,
        mut entry: ProductionEntry,
        f: &Found,
        here: &mut Vec<ProductionEntry>,
        plan: &mut Plan,
        errors: &mut Errors,
    ) {
        let filled = match here.iter().position(|h| h.id == entry.id).or(if here.is_empty() { None } else { Some(0) }) {
            Some(at) => merge(&here.remove(at), &entry).map_err(|d| refusal(row, &d)),
            None => {
                entry.id = self.free(entry.id, row, f);
                Ok(Some(entry))
            }
        };
        match filled {
            Ok(filled) => {
                self.good.insert(f.spot.line_shift);
                plan.entries.extend(filled);
                plan.count(f.spot.client, true);
            }
            Err(error) => errors.add([error]),
        }
    }
    /// The next id of the fact that is not taken.
    fn free(&mut self, id: Id<ProductionEntry>, row: &Production, f: &Found) -> Id<ProductionEntry> {
        let mut free = id;
        for turn in 1.. {
            if self.ids.insert(free) {
                break;
            }
            free = fact(&key(row, f), f, turn);
        }
        free
    }
}

/// The id of a row's fact; the first of an hour is the one typed on the floor for that hour.
fn fact(key: &Key, f: &Found, turn: usize) -> Id<ProductionEntry> {
    let part = |id: Option<String>| id.unwrap_or_default();
    let (shift, product, order, operation, hour) = key;
    if let (Some(hour), 0) = (hour, turn) {
        return ProductionEntry::hourly(f.spot.client, *shift, *hour, (*order, *product, *operation));
    }
    let text = format!(
        "{}/{}/{}/{}/{turn}",
        part(product.map(Id::hex)),
        part(order.map(Id::hex)),
        part(operation.map(Id::hex)),
        part(hour.map(|h| h.to_string())),
    );
    Id::fact_under(f.spot.client, ProductionEntry::TABLE, *shift, &text)
}

fn entry(row: &Production, f: &Found, shifts: &Shifts, turn: usize) -> ProductionEntry {
    let id = fact(&key(row, f), f, turn);
    ProductionEntry {
        work_order_id: f.spot.order,
        product_id: f.product,
        operation_id: f.operation,
        crew_assigned: row.crew_assigned.or(row.crew.filter(|_| shifts.crews_differ(f.spot))),
        ..row.entry(f.spot.client, id, f.spot.line_shift)
    }
}

/// Whether a row is only about its line shift.
fn says_nothing(e: &ProductionEntry) -> bool {
    let counts = [e.produced, e.defective, e.rework, e.repair, e.scrap, e.hour];
    counts.iter().all(Option::is_none)
        && e.product_id.is_none()
        && e.work_order_id.is_none()
        && e.operation_id.is_none()
        && e.run_minutes.is_none()
        && e.note.is_none()
        && e.crew_assigned.is_none()
        && e.crew_present.is_none()
}

fn refusal(row: &Production, differs: &super::merge::Differs) -> RowError {
    let (field, value) = match differs.field {
        "produced" => ("produced", row.produced.map(|n| n.to_string())),
        "defective" => ("defective", row.defective.map(|n| n.to_string())),
        "scrap" => ("scrap", row.scrap.map(|n| n.to_string())),
        "rework" => ("rework", row.rework.map(|n| n.to_string())),
        "repair" => ("repair", row.repair.map(|n| n.to_string())),
        "run_minutes" => ("run_minutes", row.run_minutes.map(|n| n.to_string())),
        "crew_assigned" => ("crew_assigned", row.crew_assigned.or(row.crew).map(|n| n.to_string())),
        "crew_present" => ("crew_present", row.crew_present.map(|n| n.to_string())),
        _ => ("note", row.note.as_deref().map(String::from)),
    };
    let error = RowError::new(row.place.row, Why::DiffersHere).at(field).value(value.unwrap_or_default());
    error.with("here", &differs.here)
}
