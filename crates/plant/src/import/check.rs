//! Every row of a file becomes a typed row, or errors that name row, field and value.
use super::{
    cells::Reading,
    fields::Kind,
    layout::Layout,
    rows::{Code, Named, Place, Production, Rows, Stop},
    table::{Row, Table},
    why::{RowError, Why},
};
use domain::{Fault, Problems};
use std::collections::{BTreeSet, HashSet};

/// Errors that are kept in full; further ones are only counted.
const ERRORS_KEPT: usize = 100_000;
/// Rows between two signs of progress.
pub const STEP: u32 = 1000;

/// What is wrong with a file, row by row.
#[derive(Default, Debug)]
pub struct Errors {
    /// The errors in the order they were found.
    pub list: Vec<RowError>,
    rows: BTreeSet<u32>,
}

impl Errors {
    /// Adds errors of a row.
    pub fn add(&mut self, errors: impl IntoIterator<Item = RowError>) {
        for error in errors {
            self.rows.insert(error.row);
            if self.list.len() < ERRORS_KEPT {
                self.list.push(error);
            }
        }
    }
    /// How many rows have errors.
    pub fn count(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
    /// Whether a row has errors.
    pub fn holds(&self, row: u32) -> bool {
        self.rows.contains(&row)
    }
}

/// A checked file.
pub struct Checked {
    /// The rows without errors.
    pub rows: Rows,
    /// The others.
    pub errors: Errors,
}

/// Says how many rows are done; refuses when the work was cancelled.
pub type Tick<'a> = &'a mut dyn FnMut(u32) -> Result<(), Fault>;

/// Reads every row of a file.
pub fn check(table: &Table, kind: Kind, layout: &Layout, scrap_inside: bool, tick: Tick<'_>) -> Result<Checked, Fault> {
    let mut checked = Checked { rows: Rows::of(kind), errors: Errors::default() };
    let (mut codes, mut done) = (Codes::default(), 0);
    table.each(|row| {
        done += 1;
        if done % STEP == 0 {
            tick(done)?;
        }
        checked.take(layout, row, scrap_inside, &mut codes);
        Ok::<(), Fault>(())
    })?;
    Ok(checked)
}

/// Codes read so far, each kept once.
#[derive(Default)]
struct Codes(HashSet<Code>);

impl Codes {
    fn keep(&mut self, code: String) -> Code {
        match self.0.get(code.as_str()) {
            Some(known) => known.clone(),
            None => {
                let new: Code = code.into();
                self.0.insert(new.clone());
                new
            }
        }
    }
}

impl Checked {
    fn take(&mut self, layout: &Layout, row: &Row<'_>, scrap_inside: bool, codes: &mut Codes) {
        let mut r = Reading::of(layout, row);
        match &mut self.rows {
            Rows::Production(rows) => keep(rows, production(&mut r, layout, scrap_inside, codes), &r),
            Rows::Downtime(rows) => keep(rows, stop(&mut r, codes), &r),
            Rows::Line(rows) | Rows::Product(rows) => keep(rows, named(&mut r, codes), &r),
        }
        self.errors.add(r.errors);
    }
}

fn keep<T>(rows: &mut Vec<T>, row: Option<T>, reading: &Reading<'_>) {
    if let (Some(row), true) = (row, reading.errors.is_empty()) {
        rows.push(row);
    }
}

fn code(r: &mut Reading<'_>, name: &str, codes: &mut Codes) -> Option<Code> {
    r.code(name).map(|c| codes.keep(c))
}

fn place(r: &mut Reading<'_>, codes: &mut Codes) -> Option<Place> {
    let client = code(r, "client", codes);
    let day = r.day("day");
    let day = r.need("day", day);
    let shift = code(r, "shift", codes);
    let line = code(r, "line", codes);
    let line = r.need("line", line);
    let order = code(r, "order", codes);
    Some(Place { row: r.number(), client, day: day?, shift, line: line?, order })
}

fn production(r: &mut Reading<'_>, layout: &Layout, scrap_inside: bool, codes: &mut Codes) -> Option<Production> {
    let place = place(r, codes);
    let mut counts = Counts::read(r);
    counts.complete(layout.get("defective").is_some(), scrap_inside);
    let (product, operation) = (code(r, "product", codes), code(r, "operation", codes));
    let (standard, crew) = (r.real("standard_minutes"), r.real("crew"));
    let (crew_assigned, crew_present) = (r.real("crew_assigned"), r.real("crew_present"));
    let (net_minutes, overtime, planned_units) = (r.real("net_minutes"), r.real("overtime"), r.real("planned_units"));
    let (hour, run_minutes) = (r.count("hour"), r.real("run_minutes"));
    let note = r.text("note").map(Into::into);
    let Counts { produced, defective, scrap, rework, repair } = counts;
    let row = Production {
        place: place?,
        product,
        standard,
        crew,
        crew_assigned,
        crew_present,
        net_minutes,
        overtime,
        planned_units,
        operation,
        hour,
        produced,
        defective,
        scrap,
        rework,
        repair,
        run_minutes,
        note,
    };
    refused(r, |p| row.check(p));
    Some(row)
}

/// The units of a row.
struct Counts {
    produced: Option<i64>,
    defective: Option<i64>,
    scrap: Option<i64>,
    rework: Option<i64>,
    repair: Option<i64>,
}

impl Counts {
    fn read(r: &mut Reading<'_>) -> Self {
        let mut count = |name| r.count(name);
        Counts {
            produced: count("produced"),
            defective: count("defective"),
            scrap: count("scrap"),
            rework: count("rework"),
            repair: count("repair"),
        }
    }
    /// Defective holds whatever became of the units: scrap counted beside it is added, and its parts stand in for it.
    fn complete(&mut self, has_defective: bool, scrap_inside: bool) {
        let parts = [self.scrap, self.rework, self.repair];
        if !has_defective && parts.iter().any(Option::is_some) {
            self.defective = Some(parts.iter().flatten().sum());
        } else if let (false, Some(scrap)) = (scrap_inside, self.scrap) {
            self.defective = Some(self.defective.unwrap_or(0) + scrap);
        }
    }
}

fn stop(r: &mut Reading<'_>, codes: &mut Codes) -> Option<Stop> {
    let place = place(r, codes);
    let reason = code(r, "reason", codes);
    let minutes = r.real("minutes");
    let minutes = if reason.is_none() { r.need("minutes", minutes) } else { minutes };
    let (affected, start) = (r.real("affected"), r.start("start"));
    let mut text = |name| r.text(name).map(Box::from);
    let (station, cause, action) = (text("station"), text("cause"), text("action"));
    let row = Stop { place: place?, reason, minutes, affected, start, station, cause, action };
    refused(r, |p| row.check(p));
    Some(row)
}

fn named(r: &mut Reading<'_>, codes: &mut Codes) -> Option<Named> {
    let client = code(r, "client", codes);
    let short = code(r, "code", codes);
    let short = r.need("code", short);
    let name: Option<Box<str>> = r.text("name").map(Into::into);
    if name.as_ref().is_some_and(|n| n.chars().count() > 2000) {
        r.errors.push(
            RowError::new(r.number(), Why::TooLong).at("name").value(name.iter().map(|n| n.len()).sum::<usize>()),
        );
    }
    let (basis, standard, valid_from) = (r.basis("basis"), r.real("standard_minutes"), r.day("valid_from"));
    Some(Named { row: r.number(), client, code: short?, name, basis, standard, valid_from })
}

/// Adds what the entity's own rules refuse; a cell that already failed is not blamed twice.
fn refused(r: &mut Reading<'_>, check: impl FnOnce(&mut Problems)) {
    let mut problems = Problems::default();
    check(&mut problems);
    for problem in problems.0 {
        let mut error = RowError::new(r.number(), Why::Empty).at(problem.field);
        error.code = problem.code.word();
        error.value = problem.params.get("value").cloned();
        error.params = problem.params;
        r.errors.push(error);
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{guess::guess, profile::Profiles},
        *,
    };

    fn checked(text: &str, kind: Kind, scrap_inside: bool) -> Checked {
        let table = Table::open(text.into()).unwrap();
        let profiles = Profiles::of(&table).unwrap();
        let layout = Layout::of(kind, &table, &profiles, &guess(kind, &table, &profiles));
        check(&table, kind, &layout, scrap_inside, &mut |_| Ok(())).unwrap()
    }
    fn production(text: &str) -> (Vec<Production>, Vec<(u32, String, String)>) {
        let checked = checked(text, Kind::Production, true);
        let Rows::Production(rows) = checked.rows else { panic!() };
        let error = |e: RowError| (e.row, e.field.unwrap_or_default(), e.code.to_string());
        (rows, checked.errors.list.into_iter().map(error).collect())
    }

    #[test]
    fn impossible_rows_are_refused_with_row_field_and_reason() {
        let text = "day,shift,line,crew,shift minutes,units,defective,scrap\n\
                    2026-01-01,A,L,10,480,100,2,1\n\
                    2026-01-01,A,L,10,480,100,101,1\n\
                    2026-01-01,A,L,10,1501,100,2,1\n\
                    2026-01-01,A,L,-1,480,100,2,3\n\
                    2026-13-01,A,,10,480,x,2,1\n";
        let (rows, errors) = production(text);
        assert_eq!(rows.len(), 1);
        let expected = [
            (3, "defective", "defective_over_produced"),
            (4, "net_minutes", "long_day"),
            (5, "crew", "negative"),
            (5, "defective", "parts_over_defective"),
            (6, "day", "bad_date"),
            (6, "line", "empty"),
            (6, "produced", "bad_number"),
        ];
        assert_eq!(errors, expected.map(|(r, f, c)| (r, f.to_string(), c.to_string())));
    }

    #[test]
    fn odd_rows_are_accepted() {
        let text = "day,shift,line,product,smv,crew,minutes,overtime,units,run time\n\
                    2026-01-01,A,L,P,26.16,30.5,480,99999,5000,900\n2026-01-01,,L,,,,,,,\n";
        let (rows, errors) = production(text);
        assert_eq!((rows.len(), errors.len()), (2, 0));
        assert_eq!((rows[0].crew, rows[0].standard, rows[0].run_minutes), (Some(30.5), Some(26.16), Some(900.0)));
        assert_eq!((rows[1].place.shift.clone(), rows[1].produced), (None, None));
    }

    #[test]
    fn scrap_beside_defective_is_added_and_parts_stand_in() {
        let text = "day,line,units,defective,scrap\n2026-01-01,L,100,5,2\n2026-01-01,L,100,,2\n";
        for (inside, first) in [(true, 5), (false, 7)] {
            let Rows::Production(rows) = checked(text, Kind::Production, inside).rows else { panic!() };
            assert_eq!(rows[0].defective, Some(first));
        }
        let (rows, _) = production("day,line,units,scrap,rework\n2026-01-01,L,100,5,2\n");
        assert_eq!(rows[0].defective, Some(7));
    }

    #[test]
    fn a_stop_needs_minutes_or_a_reason() {
        let text = "day,shift,line,reason,minutes\n2026-01-01,A,L,IDLE,\n2026-01-01,A,L,,5\n2026-01-01,A,L,,\n2026-01-01,A,L,X,1501\n";
        let checked = checked(text, Kind::Downtime, true);
        let codes: Vec<&str> = checked.errors.list.iter().map(|e| e.code).collect();
        assert_eq!((codes, checked.errors.count()), (vec!["empty", "long_day"], 2));
    }

    #[test]
    fn a_row_with_two_errors_counts_once() {
        let checked = checked("day,line,units\nx,L,y\n", Kind::Production, true);
        assert_eq!((checked.errors.list.len(), checked.errors.count()), (2, 1));
    }

    #[test]
    fn a_cancelled_check_stops() {
        let rows = "2026-01-01,L\n".repeat(2500);
        let table = Table::open(format!("day,line\n{rows}").into()).unwrap();
        let profiles = Profiles::of(&table).unwrap();
        let layout = Layout::of(Kind::Production, &table, &profiles, &guess(Kind::Production, &table, &profiles));
        let mut ticks = Vec::new();
        let result = check(&table, Kind::Production, &layout, true, &mut |n| {
            ticks.push(n);
            if n == 2000 { Err(Fault::new(domain::Code::Cancelled)) } else { Ok(()) }
        });
        assert_eq!((result.err().unwrap().code, ticks), ("cancelled".into(), vec![1000, 2000]));
    }
}
