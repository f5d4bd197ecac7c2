//! The crews of lines over a period, from memory or from the file.
use super::{Cube, Revs, each_newer};
use crate::{
    Result,
    repository::{Crew, Crews, Reader, rollup::unpacked},
    values,
};
use domain::{Client, Day, Id, Line};
use std::collections::{BTreeMap, HashMap};

/// The crews of one client, line by line.
#[derive(Default)]
struct LineDays {
    days: Vec<Day>,
    /// One crew for each day.
    lines: BTreeMap<Id<Line>, Vec<Crew>>,
}

impl LineDays {
    /// Takes in a day that was read anew.
    fn take(&mut self, day: Day, crews: impl Iterator<Item = (Id<Line>, Crew)>) {
        let place = match self.days.binary_search(&day) {
            Ok(place) => {
                self.lines.values_mut().for_each(|crews| crews[place] = Crew::default());
                place
            }
            Err(place) => {
                self.days.insert(place, day);
                self.lines.values_mut().for_each(|crews| crews.insert(place, Crew::default()));
                place
            }
        };
        for (line, crew) in crews {
            self.lines.entry(line).or_insert_with(|| vec![Crew::default(); self.days.len()])[place] = crew;
        }
    }
    fn over(&self, from: Day, to: Day) -> Crews {
        let place = |day: Day| self.days.partition_point(|d| *d < day);
        let within = place(from)..place(Day(to.0.saturating_add(1))).max(place(from));
        let sum = |crews: &Vec<Crew>| {
            crews[within.clone()].iter().fold(Crew::default(), |mut sum, crew| {
                sum.add(*crew);
                sum
            })
        };
        self.lines.iter().map(|(line, crews)| (*line, sum(crews))).filter(|(_, crew)| crew.line_shifts > 0.0).collect()
    }
}

/// The crews of every client of a cube, as far as they were asked for.
#[derive(Default)]
pub(super) struct CubeCrews {
    clients: HashMap<Id<Client>, LineDays>,
    revs: Revs,
    /// Whether this reading has brought them up to date.
    pub(super) is_fresh: bool,
}

impl CubeCrews {
    fn refresh(&mut self, r: &Reader<'_>) -> Result<()> {
        if self.is_fresh {
            return Ok(());
        }
        let sql = "SELECT day, crews FROM kpi_client_crew WHERE client_id = ?2 AND rev > ?1";
        let clients = &mut self.clients;
        each_newer(r, &mut self.revs, |client, rev| {
            let days = clients.entry(client).or_default();
            r.select(sql, values![rev, client], |row| {
                days.take(row.get(0)?, unpacked(&row.get::<Vec<u8>>(1)?));
                Ok(())
            })
            .map(|_| ())
        })?;
        self.is_fresh = true;
        Ok(())
    }
}

/// The crews of a client's lines over a period: people and line shifts of each line that had any.
pub fn crews(r: &Reader<'_>, cube: Option<&Cube>, client: Id<Client>, from: Day, to: Day) -> Result<Crews> {
    if let Some(cube) = cube {
        let mut known = cube.crews.borrow_mut();
        known.refresh(r)?;
        return Ok(known.clients.get(&client).map(|days| days.over(from, to)).unwrap_or_default());
    }
    let sql = "SELECT crews FROM kpi_client_crew WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3";
    let mut crews = Crews::new();
    r.select(sql, values![client, from, to], |row| {
        unpacked(&row.get::<Vec<u8>>(0)?).for_each(|(line, crew)| crews.entry(line).or_default().add(crew));
        Ok(())
    })?;
    Ok(crews)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_read_anew_takes_the_place_of_the_old_one() {
        let crew = |people| Crew { people, line_shifts: 1.0 };
        let [a, b] = [1, 2].map(|n| Id::from_bytes([n; 16]));
        let mut days = LineDays::default();
        days.take(Day(5), [(a, crew(4.0))].into_iter());
        days.take(Day(3), [(a, crew(1.0)), (b, crew(2.0))].into_iter());
        days.take(Day(5), [(b, crew(8.0))].into_iter());
        let both = Crew { people: 10.0, line_shifts: 2.0 };
        assert_eq!(days.over(Day(3), Day(5)), Crews::from([(a, crew(1.0)), (b, both)]));
        assert_eq!(days.over(Day(4), Day(9)), Crews::from([(b, crew(8.0))]));
        assert_eq!(days.over(Day(6), Day(2)), Crews::new());
    }
}
