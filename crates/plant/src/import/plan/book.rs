//! Whose rows they are, and what the person may create.
use super::{
    super::{
        rows::{Code, Place},
        why::{RowError, Why},
    },
    known::{Known, folded},
};
use domain::{Client, Day, Group, Id, LineShift, Role, Verb};
use std::collections::{BTreeMap, HashMap};
use store::Reader;

/// The clients of a session, each with what is here of it.
pub struct Book {
    /// Client by client; read when the file first names it.
    pub known: BTreeMap<Id<Client>, Known>,
    /// Clients that are not here yet.
    pub founded: Vec<Client>,
    codes: HashMap<String, Id<Client>>,
    chosen: Option<Id<Client>>,
    found: bool,
    set_up: bool,
}

/// Where a row belongs, by ids.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The client.
    pub client: Id<Client>,
    /// The day, shift and line.
    pub line_shift: Id<LineShift>,
    /// The shift alone.
    pub shift: Id<domain::Shift>,
    /// The line alone.
    pub line: Id<domain::Line>,
    /// The order.
    pub order: Option<Id<domain::WorkOrder>>,
}

impl Book {
    /// Of a role that sees these clients.
    pub fn of(role: Role, clients: impl IntoIterator<Item = (String, Id<Client>)>, chosen: Option<Id<Client>>) -> Self {
        Book {
            known: BTreeMap::new(),
            founded: Vec::new(),
            codes: clients.into_iter().map(|(code, id)| (folded(&code), id)).collect(),
            chosen,
            found: role.may(Verb::Create, Group::Clients),
            set_up: role.may(Verb::Create, Group::Setup),
        }
    }
    /// Reads what is here of the clients that a file names.
    pub fn load<'c>(
        &mut self,
        r: &Reader<'_>,
        codes: impl Iterator<Item = &'c Option<Code>>,
        days: Option<(Day, Day)>,
    ) -> store::Result<()> {
        for code in codes {
            let id = code.as_ref().map_or(self.chosen, |c| self.codes.get(&folded(c)).copied());
            let Some(id) = id.filter(|id| !self.known.contains_key(id)) else { continue };
            self.known.insert(id, Known::load(r, id, days)?);
        }
        Ok(())
    }
    /// The client of a row; one out of scope is like one that is not there.
    pub fn client(&mut self, row: u32, code: &Option<Code>, fresh: Fresh<'_>) -> Result<&mut Known, RowError> {
        let id = match code {
            None => self.chosen.ok_or_else(|| RowError::new(row, Why::Empty).at("client"))?,
            Some(code) => match self.codes.get(&folded(code)) {
                Some(id) => *id,
                None if self.found => self.create(code, fresh),
                None => return Err(RowError::new(row, Why::NoSuchClient).at("client").value(code)),
            },
        };
        Ok(self.known.entry(id).or_insert_with(|| Known::nothing(id)))
    }
    fn create(&mut self, code: &str, fresh: Fresh<'_>) -> Id<Client> {
        let id = fresh();
        self.codes.insert(folded(code), id);
        self.founded.push(Client { client_id: id, id, code: code.into(), name: code.into(), active: true });
        id
    }
    /// Where a row belongs; lines and shifts not here yet are made by those who may.
    pub fn spot(&mut self, place: &Place, fresh: Fresh<'_>) -> Result<Spot, RowError> {
        let set_up = self.set_up;
        let known = self.client(place.row, &place.client, fresh)?;
        let order = match &place.order {
            Some(code) => {
                Some(known.orders.get(code).ok_or_else(|| unknown(place.row, Why::NoSuchOrder, "order", code))?)
            }
            None => None,
        };
        if !set_up && known.lines.get(&place.line).is_none() {
            return Err(unknown(place.row, Why::NoSuchLine, "line", &place.line));
        }
        let shift = match &place.shift {
            None => known.only_shift.ok_or_else(|| RowError::new(place.row, Why::Empty).at("shift"))?,
            Some(code) if set_up => known.shift(code),
            Some(code) => known.shifts.get(code).ok_or_else(|| unknown(place.row, Why::NoSuchShift, "shift", code))?,
        };
        let line = known.line(&place.line, domain::Basis::Labour);
        let line_shift = LineShift::fact(known.client, place.day, shift, line);
        Ok(Spot { client: known.client, line_shift, shift, line, order })
    }
    /// Whether lines, shifts, products, standards and reasons may be made.
    pub fn may_set_up(&self) -> bool {
        self.set_up
    }
    /// What is known of a client that a spot names.
    pub fn of_client(&mut self, id: Id<Client>) -> &mut Known {
        self.known.entry(id).or_insert_with(|| Known::nothing(id))
    }
}

/// Makes the id of a client that is not here yet.
pub type Fresh<'a> = &'a mut dyn FnMut() -> Id<Client>;

/// A code that is not here.
pub fn unknown(row: u32, why: Why, field: &str, code: &str) -> RowError {
    RowError::new(row, why).at(field).value(code)
}
