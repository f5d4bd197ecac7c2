//! The line shifts that the rows of a file say something about.
use super::{
    super::{
        rows::{Place, Production, closed},
        why::{RowError, Why},
    },
    book::{Book, Spot},
    merge::{Differs, close, merge},
};
use domain::{Id, LineShift};
use std::collections::{BTreeMap, HashMap};

/// A value of a line shift, with the row that said it first.
type Said = Option<(f64, u32)>;

/// What the rows of one line shift say about it together.
struct Gathered {
    spot: Spot,
    day: domain::Day,
    /// Net minutes, overtime, planned units: one value for all rows.
    common: [Said; 3],
    crew: Said,
    crews_differ: bool,
}

/// What became of a line shift.
pub enum Outcome {
    /// It is here, and the file adds nothing.
    Same,
    /// It is made, or gaps are filled.
    Written(Box<LineShift>),
    /// The file contradicts it.
    Refused(Differs),
}

/// The line shifts of a file.
#[derive(Default)]
pub struct Shifts {
    all: BTreeMap<Id<LineShift>, Gathered>,
    outcomes: HashMap<Id<LineShift>, Outcome>,
    /// Crews that stand here already, of line shifts whose runs have different ones in the file.
    crews: HashMap<Id<LineShift>, f64>,
}

const COMMON: [&str; 3] = ["net_minutes", "overtime", "planned_units"];

impl Shifts {
    fn at(&mut self, place: &Place, spot: Spot) -> &mut Gathered {
        let (common, crew) = ([None; 3], None);
        self.all.entry(spot.line_shift).or_insert(Gathered { spot, day: place.day, common, crew, crews_differ: false })
    }
    /// Notes that a row belongs to a line shift.
    pub fn stop(&mut self, place: &Place, spot: Spot) {
        self.at(place, spot);
    }
    /// Takes what a row says; values of the whole line shift must agree, crews of several runs need not.
    pub fn take(&mut self, row: &Production, spot: Spot) -> Result<(), RowError> {
        let gathered = self.at(&row.place, spot);
        let says = [row.net_minutes, row.overtime, row.planned_units];
        for ((said, value), field) in gathered.common.iter().zip(says).zip(COMMON) {
            if let (Some((first, at)), Some(value)) = (said, value)
                && !close(*first, value)
            {
                let error = RowError::new(row.place.row, Why::DisagreesWithRow).at(field).value(value);
                return Err(error.with("other", first).with("row", at));
            }
        }
        for (said, value) in gathered.common.iter_mut().zip(says) {
            *said = said.or(value.map(|v| (v, row.place.row)));
        }
        if let (Some((first, _)), Some(crew)) = (gathered.crew, row.crew) {
            gathered.crews_differ |= !close(first, crew);
        }
        gathered.crew = gathered.crew.or(row.crew.map(|c| (c, row.place.row)));
        Ok(())
    }
    /// Lays what was gathered beside what is here.
    pub fn settle(&mut self, book: &mut Book) {
        for (id, gathered) in &self.all {
            let known = book.of_client(gathered.spot.client);
            let file = gathered.line_shift();
            if let (true, Some(crew)) = (gathered.crews_differ, known.line_shifts.get(id).and_then(|h| h.crew)) {
                self.crews.insert(*id, crew);
            }
            let outcome = match known.line_shifts.get(id) {
                None => Outcome::Written(Box::new(closed(file))),
                Some(here) => match merge(here, &file) {
                    Ok(None) => Outcome::Same,
                    Ok(Some(filled)) => Outcome::Written(Box::new(filled)),
                    Err(differs) => Outcome::Refused(differs),
                },
            };
            self.outcomes.insert(*id, outcome);
        }
    }
    /// Whether a row's line shift stands; its error where the row contradicts what is here.
    pub fn stands(&self, row: &Production, spot: Spot) -> Result<bool, RowError> {
        if let (Some(here), Some(crew)) = (self.crews.get(&spot.line_shift), row.crew)
            && !close(*here, crew)
        {
            return Err(refusal(row, &Differs { field: "crew", here: here.to_string() }));
        }
        match self.outcomes.get(&spot.line_shift) {
            Some(Outcome::Written(_)) => Ok(true),
            Some(Outcome::Refused(differs)) => Err(refusal(row, differs)),
            _ => Ok(false),
        }
    }
    /// Whether the runs of a line shift had different crews, so that each keeps its own.
    pub fn crews_differ(&self, spot: Spot) -> bool {
        self.all.get(&spot.line_shift).is_some_and(|g| g.crews_differ) && !self.crews.contains_key(&spot.line_shift)
    }
    /// The line shifts to write, of those that good rows belong to.
    pub fn written(self, good: &std::collections::HashSet<Id<LineShift>>) -> Vec<LineShift> {
        self.outcomes
            .into_iter()
            .filter(|(id, _)| good.contains(id))
            .filter_map(|(_, o)| if let Outcome::Written(row) = o { Some(*row) } else { None })
            .collect()
    }
}

impl Gathered {
    fn line_shift(&self) -> LineShift {
        let [net_minutes, overtime, planned_units] = self.common.map(|said| said.map(|(v, _)| v));
        let crew = if self.crews_differ { None } else { self.crew.map(|(v, _)| v) };
        let empty = LineShift::empty(self.spot.client, self.day, self.spot.shift, self.spot.line);
        LineShift { crew, net_minutes, overtime, planned_units, ..empty }
    }
}

fn refusal(row: &Production, differs: &Differs) -> RowError {
    let value = match differs.field {
        "crew" => row.crew,
        "net_minutes" => row.net_minutes,
        "overtime" => row.overtime,
        _ => row.planned_units,
    };
    let shown = value.map_or(String::new(), |v| v.to_string());
    RowError::new(row.place.row, Why::DiffersHere).at(differs.field).value(shown).with("here", &differs.here)
}
