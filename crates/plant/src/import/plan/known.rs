//! What is here already of one client, by the codes people use.
use domain::{
    Affects, Basis, Client, Day, DowntimeEntry, DowntimeReason, Entity, Id, Line, LineShift, Operation, Product,
    ProductStandard, ProductionEntry, Shift, ShiftTime, Value, WorkOrder,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::Reader;

/// The form in which codes are compared.
pub fn folded(code: &str) -> String {
    code.trim().to_lowercase()
}

/// The ids of one table by code, and the rows the file adds to it.
#[derive(Debug)]
pub struct Codes<E> {
    ids: HashMap<String, Id<E>>,
    taken: HashSet<Id<E>>,
    /// Rows that are not here yet.
    pub new: Vec<E>,
}

impl<E: Entity> Codes<E> {
    /// Of rows that are here; the first of equal codes stands.
    pub fn of(rows: impl IntoIterator<Item = (String, Id<E>)>) -> Self {
        let mut codes = Codes { ids: HashMap::new(), taken: HashSet::new(), new: Vec::new() };
        for (code, id) in rows {
            codes.taken.insert(id);
            codes.ids.entry(folded(&code)).or_insert(id);
        }
        codes
    }
    /// The id of a code.
    pub fn get(&self, code: &str) -> Option<Id<E>> {
        self.ids.get(code).or_else(|| self.ids.get(&folded(code))).copied()
    }
    /// The id of a code; a row not here yet is made, with the same id on every PC.
    pub fn make(&mut self, client: Id<Client>, code: &str, row: impl FnOnce(Id<E>, String) -> E) -> Id<E> {
        if let Some(id) = self.get(code) {
            return id;
        }
        let id = self.free(client, &folded(code));
        self.ids.insert(folded(code), id);
        self.new.push(row(id, code.trim().into()));
        id
    }
    /// The fact's id, or its next turn where a row with that id has another code by now.
    fn free(&mut self, client: Id<Client>, code: &str) -> Id<E> {
        let turn = |n: u32| if n == 0 { code.to_string() } else { format!("{code}#{n}") };
        let mut id = Id::fact(client, E::TABLE, &turn(0));
        for n in 1.. {
            if self.taken.insert(id) {
                break;
            }
            id = Id::fact(client, E::TABLE, &turn(n));
        }
        id
    }
}

/// The minutes per unit of products, each from a day on.
pub type Standards = HashMap<(Id<Product>, Option<Id<Operation>>), BTreeMap<Day, f64>>;

/// What is known of one client.
#[derive(Debug)]
pub struct Known {
    /// The client.
    pub client: Id<Client>,
    /// Lines.
    pub lines: Codes<Line>,
    /// Their names and bases.
    pub line_names: HashMap<Id<Line>, (String, Basis)>,
    /// Shifts.
    pub shifts: Codes<Shift>,
    /// The shift meant where a file names none: the only one in use.
    pub only_shift: Option<Id<Shift>>,
    /// Products.
    pub products: Codes<Product>,
    /// Their names.
    pub product_names: HashMap<Id<Product>, String>,
    /// Operations.
    pub operations: Codes<Operation>,
    /// Work orders.
    pub orders: Codes<WorkOrder>,
    /// Downtime reasons.
    pub reasons: Codes<DowntimeReason>,
    /// Standards.
    pub standards: Standards,
    /// When shifts start, in minutes after midnight, from a day on.
    pub starts: HashMap<Id<Shift>, BTreeMap<Day, Option<i64>>>,
    /// Line shifts of the file's days.
    pub line_shifts: HashMap<Id<LineShift>, LineShift>,
    /// Their entries.
    pub entries: Vec<ProductionEntry>,
    /// Their stops.
    pub stops: Vec<DowntimeEntry>,
}

impl Known {
    /// Of a client of whom nothing is here.
    pub fn nothing(client: Id<Client>) -> Self {
        Known {
            client,
            lines: Codes::of([]),
            line_names: HashMap::new(),
            shifts: Codes::of([]),
            only_shift: None,
            products: Codes::of([]),
            product_names: HashMap::new(),
            operations: Codes::of([]),
            orders: Codes::of([]),
            reasons: Codes::of([]),
            standards: HashMap::new(),
            starts: HashMap::new(),
            line_shifts: HashMap::new(),
            entries: Vec::new(),
            stops: Vec::new(),
        }
    }
    /// Reads a client's catalogues, and its line shifts from one day to another.
    pub fn load(r: &Reader<'_>, client: Id<Client>, days: Option<(Day, Day)>) -> store::Result<Self> {
        let mut known = Known::nothing(client);
        let lines = rows::<Line>(r, client)?;
        known.line_names = lines.iter().map(|x| (x.id, (x.name.clone(), x.basis))).collect();
        known.lines = Codes::of(lines.into_iter().map(|x| (x.code, x.id)));
        let shifts = rows::<Shift>(r, client)?;
        known.only_shift = only(&shifts);
        known.shifts = Codes::of(shifts.into_iter().map(|x| (x.code, x.id)));
        let products = rows::<Product>(r, client)?;
        known.product_names = products.iter().map(|x| (x.id, x.name.clone())).collect();
        known.products = Codes::of(products.into_iter().map(|x| (x.code, x.id)));
        known.operations = Codes::of(rows::<Operation>(r, client)?.into_iter().map(|x| (x.code, x.id)));
        known.orders = Codes::of(rows::<WorkOrder>(r, client)?.into_iter().map(|x| (x.code, x.id)));
        known.reasons = Codes::of(rows::<DowntimeReason>(r, client)?.into_iter().map(|x| (x.code, x.id)));
        for s in rows::<ProductStandard>(r, client)? {
            known.standards.entry((s.product_id, s.operation_id)).or_default().insert(s.valid_from, s.minutes);
        }
        for t in rows::<ShiftTime>(r, client)? {
            known.starts.entry(t.shift_id).or_default().insert(t.valid_from, t.start_minute);
        }
        if let Some((from, to)) = days {
            known.floor(r, [Value::Int(from.0.into()), Value::Int(to.0.into())])?;
        }
        Ok(known)
    }
    fn floor(&mut self, r: &Reader<'_>, days: [Value; 2]) -> store::Result<()> {
        let within = "day BETWEEN ?2 AND ?3";
        let below =
            format!("line_shift_id IN (SELECT id FROM line_shift WHERE client_id = ?1 AND {within}) ORDER BY id");
        let shifts = r.list_where::<LineShift>(self.client, within, &days)?;
        self.line_shifts = shifts.into_iter().map(|s| (s.id, s)).collect();
        self.entries = r.list_where(self.client, &below, &days)?;
        self.stops = r.list_where(self.client, &below, &days)?;
        Ok(())
    }
    /// The line of a code, made where it is not here.
    pub fn line(&mut self, code: &str, basis: Basis) -> Id<Line> {
        let client_id = self.client;
        let row =
            |id, code: String| Line { client_id, id, name: code.clone(), code, basis, parent_id: None, active: true };
        self.lines.make(client_id, code, row)
    }
    /// The shift of a code, made without clock times where it is not here.
    pub fn shift(&mut self, code: &str) -> Id<Shift> {
        let client_id = self.client;
        self.shifts.make(client_id, code, |id, code| Shift { client_id, id, name: code.clone(), code, active: true })
    }
    /// The product of a code, made where it is not here.
    pub fn product(&mut self, code: &str) -> Id<Product> {
        let client_id = self.client;
        self.products.make(client_id, code, |id, code| Product {
            client_id,
            id,
            name: code.clone(),
            code,
            active: true,
        })
    }
    /// The downtime reason of a code, made as unplanned where it is not here.
    pub fn reason(&mut self, code: &str) -> Id<DowntimeReason> {
        let client_id = self.client;
        self.reasons.make(client_id, code, |id, code| DowntimeReason {
            client_id,
            id,
            name: code.clone(),
            code,
            planned: false,
            setup: false,
            affects: Affects::Line,
            parent_id: None,
            active: true,
        })
    }
    /// When a shift starts on a day, in minutes after midnight.
    pub fn start(&self, shift: Id<Shift>, day: Day) -> Option<i64> {
        *self.starts.get(&shift)?.range(..=day).next_back()?.1
    }
}

fn rows<E: Entity>(r: &Reader<'_>, client: Id<Client>) -> store::Result<Vec<E>> {
    r.list_where(client, "1 ORDER BY id", &[])
}

fn only(shifts: &[Shift]) -> Option<Id<Shift>> {
    let mut active = shifts.iter().filter(|s| s.active);
    match (active.next(), active.next()) {
        (Some(shift), None) => Some(shift.id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_without_case_and_blanks() {
        let client = Id::from_bytes([1; 16]);
        let mut known = Known::nothing(client);
        let id = known.line(" Team-01", Basis::Labour);
        assert_eq!((known.line("TEAM-01 ", Basis::Labour), known.lines.get("team-01")), (id, Some(id)));
        assert_eq!((known.lines.new.len(), known.lines.new[0].code.as_str()), (1, "Team-01"));
    }

    #[test]
    fn two_pcs_make_the_same_line_and_a_renamed_one_is_left_alone() {
        let client = Id::from_bytes([1; 16]);
        let id = Known::nothing(client).line("A", Basis::Labour);
        assert_eq!(Known::nothing(client).line("a", Basis::Labour), id);
        let mut renamed = Known::nothing(client);
        renamed.lines = Codes::of([("B".to_string(), id)]);
        assert_ne!(renamed.line("A", Basis::Labour), id);
    }
}
