//! The crews of a client's lines on a day, kept as one value.
use crate::{
    Result,
    repository::{Reader, Writer, log::dml},
    values,
};
use domain::{Client, Day, Id, Line, elements::Element, elements::Sums};
use std::collections::BTreeMap;

/// People of a line, summed over its line shifts, and how many these were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Crew {
    /// People, of each line shift.
    pub people: f64,
    /// Line shifts.
    pub line_shifts: f64,
}

impl Crew {
    /// Of a line shift, or several, by their sums.
    pub fn of(sums: &Sums) -> Crew {
        Crew { people: sums[Element::Crew], line_shifts: sums[Element::LineShifts] }
    }
    /// Adds the line shifts of another.
    pub fn add(&mut self, other: Crew) {
        self.people += other.people;
        self.line_shifts += other.line_shifts;
    }
}

/// The crews of lines.
pub type Crews = BTreeMap<Id<Line>, Crew>;

/// Of each line its id, people and line shifts.
const WIDTH: usize = 32;

/// The value that is kept.
fn packed(crews: &Crews) -> Vec<u8> {
    let one = |(line, crew): (&Id<Line>, &Crew)| {
        [line.bytes().as_slice(), &crew.people.to_le_bytes(), &crew.line_shifts.to_le_bytes()].concat()
    };
    crews.iter().flat_map(one).collect()
}

/// The crews of a value that is kept.
pub(in crate::repository) fn unpacked(value: &[u8]) -> impl Iterator<Item = (Id<Line>, Crew)> + '_ {
    value.chunks_exact(WIDTH).filter_map(|one| {
        let (line, rest) = one.split_first_chunk::<16>()?;
        let (people, line_shifts) = rest.split_first_chunk::<8>()?;
        let line_shifts = f64::from_le_bytes(line_shifts.try_into().ok()?);
        Some((Id::from_bytes(*line), Crew { people: f64::from_le_bytes(*people), line_shifts }))
    })
}

/// The crews of a day, from its line shifts.
fn of_day(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<Crews> {
    let sql = "SELECT line_id, crew, line_shifts FROM kpi_line_shift WHERE client_id = ?1 AND day = ?2";
    let mut crews = Crews::new();
    r.select(sql, values![client, day], |row| {
        let crew = Crew { people: row.get(1)?, line_shifts: row.get(2)? };
        crews.entry(row.get(0)?).or_default().add(crew);
        Ok(())
    })?;
    Ok(crews)
}

fn stored(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT crews FROM kpi_client_crew WHERE client_id = ?1 AND day = ?2";
    r.first(sql, values![client, day], |row| row.get(0))
}

/// Writes the crews of a day where they are others than before.
pub(super) fn put_day(w: &Writer<'_>, rev: i64, client: Id<Client>, day: Day) -> Result<()> {
    let crews = packed(&of_day(w, client, day)?);
    if stored(w, client, day)?.is_some_and(|before| before == crews) {
        return Ok(());
    }
    let sql = "INSERT OR REPLACE INTO main.kpi_client_crew VALUES (?1, ?2, ?3, ?4)";
    dml(w.at, sql, rusqlite::params![client.bytes().as_slice(), day.0, rev, crews]).map(|_| ())
}

/// Whether the crews of a day are what its line shifts come to.
pub(super) fn is_right(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<bool> {
    Ok(stored(r, client, day)?.unwrap_or_default() == packed(&of_day(r, client, day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let crew = |people, line_shifts| Crew { people, line_shifts };
        let crews =
            Crews::from([(Id::from_bytes([2; 16]), crew(30.5, 2.0)), (Id::from_bytes([1; 16]), crew(0.1, 1.0))]);
        assert_eq!(unpacked(&packed(&crews)).collect::<Crews>(), crews);
        assert_eq!(unpacked(&[7; 31]).count(), 0, "nothing is read of a broken value");
    }
}
