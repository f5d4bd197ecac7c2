//! A question, and what of it may be asked.

use super::{Known, grouping::Grouping, people};
use domain::{
    Client, Code, Day, Fault, Id, Job, Line, Operation, Product, Role, Shift, Value, WorkOrder, elements::Key,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use store::{Reader, Result, missing, values};
use ts_rs::TS;

/// What is asked: a KPI over a period, of some clients, in some groups.
///
/// A filter that is left out means everything in scope. The id of sixteen zero
/// bytes stands for "none": what has no product, operation or order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Ask {
    /// The KPI's code.
    pub kpi: String,
    /// The clients; none for all in scope.
    #[serde(default)]
    pub clients: Option<Vec<Id<Client>>>,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
    /// By what the rows are grouped: client, line, shift, product, operation, order, step, job, day, week, month.
    #[serde(default)]
    pub by: Vec<String>,
    /// Only these lines.
    #[serde(default)]
    pub lines: Option<Vec<Id<Line>>>,
    /// Only these shifts.
    #[serde(default)]
    pub shifts: Option<Vec<Id<Shift>>>,
    /// Only these products.
    #[serde(default)]
    pub products: Option<Vec<Id<Product>>>,
    /// Only these operations.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub operations: Option<Vec<Id<Operation>>>,
    /// Only these work orders.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub orders: Option<Vec<Id<WorkOrder>>>,
    /// What was known; none for what is known now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub known: Option<Known>,
    /// Only these jobs, of what is kept by job: inspections.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub jobs: Option<Vec<Id<Job>>>,
    /// Only people of these departments; the empty word is none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub departments: Option<Vec<String>>,
    /// The day as of whose end orders are looked at; none for the client's today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<Day>,
}

impl Ask {
    /// A KPI over a period, of everything in scope, as one group.
    pub fn of(kpi: &str, from: Day, to: Day) -> Ask {
        Ask {
            kpi: kpi.into(),
            clients: None,
            from,
            to,
            by: Vec::new(),
            lines: None,
            shifts: None,
            products: None,
            operations: None,
            orders: None,
            known: None,
            jobs: None,
            departments: None,
            as_of: None,
        }
    }

    /// The days whose rows an answer may need.
    pub fn days(&self) -> (Day, Day) {
        (self.from, self.to)
    }
}

/// A question whose clients, filters and period were found to be in scope.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub by: Vec<Grouping>,
    pub from: Day,
    pub to: Day,
    pub clients: Vec<Id<Client>>,
    pub lines: Filter,
    pub shifts: Filter,
    pub products: Filter,
    pub operations: Filter,
    pub orders: Filter,
    pub jobs: Filter,
    pub departments: Filter,
    /// The day as of which orders are looked at; none for the client's today.
    pub as_of: Option<Day>,
    /// Whether ages are asked as of that day, and not of the period's last.
    pub ages_as_of: bool,
}

/// The ids that pass; none lets everything pass.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter(pub Option<HashSet<Key>>);

impl Filter {
    /// Whether an id passes; "none" is the id of zero bytes.
    pub(super) fn passes(&self, id: Option<Key>) -> bool {
        self.0.as_ref().is_none_or(|ids| ids.contains(&id.unwrap_or_default()))
    }

    /// Whether it holds anything back.
    pub(super) const fn narrows(&self) -> bool {
        self.0.is_some()
    }
}

impl Question {
    /// Checks a question against the scope of who asks it.
    pub(super) fn of(reader: &Reader<'_>, ask: &Ask, groupings: &[Grouping]) -> Result<Question> {
        if ask.to < ask.from {
            return Err(Fault::new(Code::BadPeriod).at("to").into());
        }
        let stamped = ask.known.as_ref().and_then(Known::clients);
        let clients = clients(reader, ask.clients.as_deref().or(stamped.as_deref()))?;
        let check = |table: &str, ids: Option<Vec<Key>>| filter(reader, &clients, table, ids);
        let mut question = Question {
            by: Grouping::read(&ask.by, groupings)?,
            from: ask.from,
            to: ask.to,
            lines: check("line", bytes(ask.lines.as_deref()))?,
            shifts: check("shift", bytes(ask.shifts.as_deref()))?,
            products: check("product", bytes(ask.products.as_deref()))?,
            operations: check("operation", bytes(ask.operations.as_deref()))?,
            orders: check("work_order", bytes(ask.orders.as_deref()))?,
            jobs: check("job", bytes(ask.jobs.as_deref()))?,
            departments: departments(&clients, ask.departments.as_deref()),
            as_of: ask.as_of,
            ages_as_of: ask.as_of.is_some(),
            clients,
        };
        question.keep_to_own_lines(reader)?;
        Ok(question)
    }

    /// An operator sees one day of the own lines.
    fn keep_to_own_lines(&mut self, reader: &Reader<'_>) -> Result<()> {
        let session = reader.session();
        if session.role() != Role::Operator {
            return Ok(());
        }
        if self.from != self.to {
            return Err(Fault::new(Code::OneDay).at("to").into());
        }
        let own: HashSet<Key> = session.lines().iter().map(|(_, line)| line.bytes()).collect();
        if own.is_empty() {
            return Ok(());
        }
        match &self.lines.0 {
            Some(asked) if !asked.is_subset(&own) => Err(missing()),
            Some(_) => Ok(()),
            None => {
                self.lines = Filter(Some(own));
                Ok(())
            }
        }
    }

    /// Whether it looks below the line shift.
    pub(super) fn is_below_line_shift(&self) -> bool {
        self.by.iter().any(|grouping| grouping.is_below_line_shift())
            || self.products.narrows()
            || self.operations.narrows()
            || self.orders.narrows()
            || self.jobs.narrows()
    }

    /// Whether a client's day is the finest thing it looks at.
    pub(super) fn is_of_client_days(&self) -> bool {
        let of_days = |grouping: &Grouping| grouping.is_time() || *grouping == Grouping::Client;
        self.by.iter().all(of_days)
            && !self.is_below_line_shift()
            && !self.lines.narrows()
            && !self.shifts.narrows()
            && !self.departments.narrows()
    }

    /// Whether anything of a client's days is held back.
    pub(super) fn is_filtered(&self) -> bool {
        let filters = [&self.lines, &self.shifts, &self.products, &self.operations, &self.orders, &self.jobs];
        self.departments.narrows() || filters.iter().any(|filter| filter.narrows())
    }

    /// One client is asked by its key, several by one scan of all in scope: a rule, and what it binds.
    pub(super) fn whose(&self) -> (&'static str, Vec<Value>) {
        match self.clients[..] {
            [one] => ("client_id = ?1", vec![Value::Id(one.bytes())]),
            _ => ("?1 IS NULL", vec![Value::Null]),
        }
    }

    /// The marks of line shifts whose time this question divides by inference.
    pub(super) fn shared_mask(&self) -> i64 {
        let filters = [
            (&self.products, Grouping::Product),
            (&self.operations, Grouping::Operation),
            (&self.orders, Grouping::Order),
        ];
        let narrowed =
            filters.iter().filter(|(filter, _)| filter.narrows()).map(|(_, grouping)| grouping.shared_mark());
        self.by.iter().map(|grouping| grouping.shared_mark()).chain(narrowed).fold(0, |mask, mark| mask | mark)
    }

    /// The same question about another period.
    pub(super) fn over(&self, from: Day, to: Day) -> Question {
        Question { from, to, ages_as_of: false, ..self.clone() }
    }

    /// The same question in other groups.
    pub(super) fn by(&self, by: &[Grouping]) -> Question {
        Question { by: by.to_vec(), ..self.clone() }
    }
}

/// The clients asked about, each of them in scope.
fn clients(reader: &Reader<'_>, asked: Option<&[Id<Client>]>) -> Result<Vec<Id<Client>>> {
    let session = reader.session();
    let Some(asked) = asked else { return Ok(session.clients().iter().map(|client| client.id).collect()) };
    let mut clients = asked.to_vec();
    clients.sort_unstable();
    clients.dedup();
    if clients.iter().all(|client| session.covers(*client)) { Ok(clients) } else { Err(missing()) }
}

/// Departments by the keys that stand for their names with each client; a name nobody has finds nobody.
fn departments(clients: &[Id<Client>], names: Option<&[String]>) -> Filter {
    let key = |client: &Id<Client>, name: &String| {
        let name = Some(name.as_str()).filter(|name| !name.is_empty());
        people::department(client.bytes(), name).unwrap_or_default()
    };
    Filter(names.map(|names| clients.iter().flat_map(|client| names.iter().map(move |n| key(client, n))).collect()))
}

fn bytes<E>(ids: Option<&[Id<E>]>) -> Option<Vec<Key>> {
    ids.map(|ids| ids.iter().map(|id| id.bytes()).collect())
}

/// The ids of a filter, each of them a row of a client asked about.
fn filter(reader: &Reader<'_>, clients: &[Id<Client>], table: &str, ids: Option<Vec<Key>>) -> Result<Filter> {
    let Some(ids) = ids else { return Ok(Filter(None)) };
    let sql = format!("SELECT 1 FROM {table}_all WHERE client_id = ?1 AND id = ?2");
    for id in ids.iter().filter(|id| **id != Key::default()) {
        let id: Id<Client> = Id::from_bytes(*id);
        let mut there = false;
        for client in clients {
            there = there || reader.first(&sql, values![*client, id], |row| row.get::<i64>(0))?.is_some();
        }
        if !there {
            return Err(missing());
        }
    }
    Ok(Filter(Some(ids.into_iter().collect())))
}
