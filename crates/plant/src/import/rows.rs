//! The typed rows of files.
use super::{cells::Start, fields::Kind};
use domain::{
    Basis, Client, ClosedHow, Day, DowntimeEntry, Entity, Id, LineShift, Problems, ProductionEntry, ShiftState,
};
use std::sync::Arc;

/// A short name, kept once however often it is read.
pub type Code = Arc<str>;

/// Which line on which shift and day a row belongs to.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The row.
    pub row: u32,
    /// The client; none where the file has no such column.
    pub client: Option<Code>,
    /// The production day.
    pub day: Day,
    /// The shift; none where the client's only one is meant.
    pub shift: Option<Code>,
    /// The line.
    pub line: Code,
    /// The work order.
    pub order: Option<Code>,
}

/// A row of a production file.
#[derive(Clone, PartialEq, Debug)]
pub struct Production {
    /// Where.
    pub place: Place,
    /// The product.
    pub product: Option<Code>,
    /// Minutes per unit.
    pub standard: Option<f64>,
    /// People on the line.
    pub crew: Option<f64>,
    /// People assigned to this run.
    pub crew_assigned: Option<f64>,
    /// People present on this run.
    pub crew_present: Option<f64>,
    /// Net minutes of the shift.
    pub net_minutes: Option<f64>,
    /// Overtime in the line's unit.
    pub overtime: Option<f64>,
    /// Units planned on the line shift.
    pub planned_units: Option<f64>,
    /// The operation.
    pub operation: Option<Code>,
    /// The hour slot.
    pub hour: Option<i64>,
    /// Units made.
    pub produced: Option<i64>,
    /// Of these, failed the first time.
    pub defective: Option<i64>,
    /// Of these, scrapped.
    pub scrap: Option<i64>,
    /// Of these, reworked.
    pub rework: Option<i64>,
    /// Of these, repaired.
    pub repair: Option<i64>,
    /// Clock minutes run.
    pub run_minutes: Option<f64>,
    /// What happened.
    pub note: Option<Box<str>>,
}

/// A row of a downtime file.
#[derive(Clone, PartialEq, Debug)]
pub struct Stop {
    /// Where.
    pub place: Place,
    /// Why.
    pub reason: Option<Code>,
    /// Clock minutes.
    pub minutes: Option<f64>,
    /// People or stations that stood still.
    pub affected: Option<f64>,
    /// When it began.
    pub start: Option<Start>,
    /// The station.
    pub station: Option<Box<str>>,
    /// What caused it.
    pub cause: Option<Box<str>>,
    /// What was done.
    pub action: Option<Box<str>>,
}

/// A row of a line or product file.
#[derive(Clone, PartialEq, Debug)]
pub struct Named {
    /// The row.
    pub row: u32,
    /// The client; none where the file has no such column.
    pub client: Option<Code>,
    /// The short name.
    pub code: Code,
    /// The full name.
    pub name: Option<Box<str>>,
    /// What a line's time is counted in.
    pub basis: Option<Basis>,
    /// A product's minutes per unit.
    pub standard: Option<f64>,
    /// The first day of the standard.
    pub valid_from: Option<Day>,
}

/// The good rows of a file.
#[derive(Debug)]
pub enum Rows {
    /// Units made.
    Production(Vec<Production>),
    /// Stops.
    Downtime(Vec<Stop>),
    /// Lines.
    Line(Vec<Named>),
    /// Products.
    Product(Vec<Named>),
}

impl Rows {
    /// No rows yet.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Production => Rows::Production(Vec::new()),
            Kind::Downtime => Rows::Downtime(Vec::new()),
            Kind::Line => Rows::Line(Vec::new()),
            Kind::Product => Rows::Product(Vec::new()),
        }
    }
}

impl Production {
    /// The entry of this row, of ids given.
    pub fn entry(&self, client: Id<Client>, id: Id<ProductionEntry>, shift: Id<LineShift>) -> ProductionEntry {
        ProductionEntry {
            line_shift_id: shift,
            hour: self.hour,
            produced: self.produced,
            defective: self.defective,
            rework: self.rework,
            repair: self.repair,
            scrap: self.scrap,
            run_minutes: self.run_minutes,
            crew_assigned: self.crew_assigned,
            crew_present: self.crew_present,
            entry_method: Some("import".into()),
            note: self.note.as_deref().map(Into::into),
            ..ProductionEntry::blank(client, id)
        }
    }
    /// The line shift of this row, of ids given.
    pub fn line_shift(&self, empty: LineShift) -> LineShift {
        LineShift {
            crew: self.crew,
            net_minutes: self.net_minutes,
            overtime: self.overtime,
            planned_units: self.planned_units,
            ..empty
        }
    }
    /// Adds what no such row can be.
    pub fn check(&self, problems: &mut Problems) {
        self.entry(nobody(), nobody(), nobody()).check(problems);
        self.line_shift(LineShift::empty(nobody(), self.place.day, nobody(), nobody())).check(problems);
    }
}

impl Stop {
    /// The entry of this row, of ids given.
    pub fn entry(&self, client: Id<Client>, id: Id<DowntimeEntry>, shift: Id<LineShift>) -> DowntimeEntry {
        let text = |t: &Option<Box<str>>| t.as_deref().map(String::from);
        DowntimeEntry {
            line_shift_id: shift,
            minutes: self.minutes,
            start_minute: if let Some(Start::After(m)) = self.start { Some(m) } else { None },
            affected: self.affected,
            station: text(&self.station),
            cause: text(&self.cause),
            action: text(&self.action),
            ..DowntimeEntry::blank(client, id)
        }
    }
    /// Adds what no such row can be.
    pub fn check(&self, problems: &mut Problems) {
        self.entry(nobody(), nobody(), nobody()).check(problems);
    }
}

/// A line shift as imports leave it.
pub fn closed(shift: LineShift) -> LineShift {
    LineShift { state: ShiftState::Closed, closed_how: Some(ClosedHow::Import), ..shift }
}

/// Stands for an id where only the values of a row are looked at.
fn nobody<E>() -> Id<E> {
    Id::from_bytes([0; 16])
}
