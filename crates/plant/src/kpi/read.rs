//! The groups of a question: the fewest rows that answer it.

use super::{
    Kpi, Method, ages,
    as_of::AsOf,
    ask::Question,
    columns::Columns,
    days,
    group::{Group, GroupKey, Place, capacity},
    grouping::Grouping,
    inspections, kept,
    open::{self, Open},
    orders, people,
    routes::{self, Routes},
    rows::{self, Groups},
};
use domain::{Code, Fault, elements::Family};
use store::{Crew, Cube, Kept, Reader, Result, values};

/// Where sums are read: a session's reader, and its cube of days where there is one.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a, 'c> {
    pub reader: &'a Reader<'c>,
    pub cube: Option<&'a Cube>,
    /// The days that were worked out before, where they may be used.
    pub kept: Option<&'a Kept>,
}

impl<'a, 'c> Sums<'a, 'c> {
    /// Without days that were worked out before.
    pub(super) const fn of(reader: &'a Reader<'c>, cube: Option<&'a Cube>) -> Self {
        Sums { reader, cube, kept: None }
    }
}

impl Sums<'_, '_> {
    /// The groups of a question with what the KPIs need.
    pub(super) fn groups(&self, question: &Question, kpis: &[&Kpi], open: &Open) -> Result<Groups> {
        if kpis.iter().any(|kpi| !kpi.is_over_time()) {
            return self.with_calendar_time(question, kpis, open);
        }
        let mut groups = self.plain(question, &Columns::of(kpis), open)?;
        if kpis.iter().any(|kpi| kpi.method == Method::Rolled) {
            if self.has_several_routes(question)? {
                groups.values_mut().for_each(|group| group.routes = f64::INFINITY);
            } else {
                routes::roll(&mut groups, &self.routes(question, kpis, open)?);
            }
        }
        Ok(groups)
    }

    /// Whether a question about whole days has more than one route: the second one found ends the search.
    pub(super) fn has_several_routes(&self, question: &Question) -> Result<bool> {
        if !question.by.is_empty() || !question.is_of_client_days() {
            return Ok(false);
        }
        let sql = "SELECT DISTINCT coalesce(product_id, '') FROM kpi_quality
            WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 AND first_inspected > 0 LIMIT 2";
        let mut routes = 0;
        for client in &question.clients {
            routes += self.reader.select(sql, values![*client, question.from, question.to], |_| Ok(()))?.len();
            if routes > 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The routes of each group, with their steps.
    pub(super) fn routes(&self, question: &Question, kpis: &[&Kpi], open: &Open) -> Result<Routes> {
        let steps = self.plain(&routes::by_step(question), &Columns::of(kpis), open)?;
        Ok(routes::of(question, &steps))
    }

    fn plain(&self, question: &Question, columns: &Columns, open: &Open) -> Result<Groups> {
        let mut groups = Groups::new();
        let as_of = AsOf::of(self.reader, question, columns.families())?;
        let (of_days, apart) = of_days(question, columns, &as_of);
        if !of_days.families().is_empty() {
            days::days(self, question, &of_days, &as_of, &mut groups)?;
            if of_days.families().contains(&Family::Orders) {
                orders::correct(self.reader, question, &of_days, &as_of, &mut groups)?;
            }
        }
        for family in apart {
            if family == Family::Wip && question.is_of_client_days() {
                ages::of_days(self, question, &as_of, &mut groups)?;
                continue;
            }
            self.family(family, question, &columns.of_family(family), &as_of, &mut groups)?;
        }
        if columns.families().iter().any(|family| !family.is_of_orders()) {
            open::add(self.reader, question, columns.families(), &open.overdue, &mut groups)?;
        }
        groups.retain(|_, group| columns.fills(group));
        Ok(groups)
    }

    /// The rows of one family, where a question looks below the client's day.
    pub(super) fn family(
        &self,
        family: Family,
        question: &Question,
        columns: &Columns,
        as_of: &AsOf,
        groups: &mut Groups,
    ) -> Result<()> {
        for client in &question.clients {
            if kept::add(self, family, question, *client, groups)? {
                continue;
            }
            match family {
                Family::LineShift if question.is_below_line_shift() => {
                    rows::parts(self.reader, question, columns, *client, groups)?;
                }
                Family::LineShift => rows::line_shifts(self.reader, question, columns, *client, groups)?,
                Family::Quality => inspections::stored(self.reader, question, columns, *client, groups)?,
                Family::People => people::line_shifts(self.reader, question, columns, *client, groups)?,
                Family::Orders => orders::add(self.reader, question, *client, as_of, groups)?,
                Family::Wip => ages::add(self.reader, question, *client, as_of, groups)?,
            }
        }
        Ok(())
    }

    /// Calendar time counts once a line: lines first, then the groups asked for.
    ///
    /// The mean crew is one of the whole period: it cannot be cut into days.
    fn with_calendar_time(&self, question: &Question, kpis: &[&Kpi], open: &Open) -> Result<Groups> {
        if let Some(time) = question.by.iter().find(|by| by.is_time()) {
            return Err(Fault::new(Code::Grouping).at("by").with("value", time.word()).into());
        }
        if question.is_of_client_days() {
            return self.days_with_calendar_time(question, kpis, open);
        }
        let by: Vec<Grouping> = question.by.iter().copied().chain([Grouping::Line]).collect();
        let lines = self.plain(&question.by(&by), &Columns::of(kpis), open)?;
        let mut groups = Groups::new();
        for (key, mut line) in lines {
            line.count_calendar(question.from, question.to);
            let asked = GroupKey(key.0[..question.by.len()].to_vec());
            groups.entry(asked).or_default().add(&line);
        }
        Ok(groups)
    }
}

impl Sums<'_, '_> {
    /// The days of whole clients, with the calendar time of each of their lines.
    fn days_with_calendar_time(&self, question: &Question, kpis: &[&Kpi], open: &Open) -> Result<Groups> {
        let mut groups = self.plain(question, &Columns::of(kpis), open)?;
        for client in &question.clients {
            let mut lines = store::crews(self.reader, self.cube, *client, question.from, question.to)?;
            for (_, cell) in open.overdue.iter().filter(|(_, cell)| cell.client == *client) {
                let worked = store::work_out(self.reader, *cell)?;
                worked.iter().for_each(|w| lines.entry(cell.line).or_default().add(Crew::of(&w.sums)));
            }
            let key = GroupKey::of(&question.by, &Place::of_day(client.bytes(), question.from));
            let Some(group) = groups.get_mut(&key) else { continue };
            group.capacity += lines.values().map(|crew| capacity(*crew, question.from, question.to)).sum::<f64>();
        }
        Ok(groups)
    }
}

/// What is read from clients' days, and the families that are read from rows of their own.
///
/// The days hold orders as they are known now, and no ages.
fn of_days(question: &Question, columns: &Columns, as_of: &AsOf) -> (Columns, Vec<Family>) {
    if !question.is_of_client_days() {
        return (columns.without(&Family::ALL), counted(question, columns.families()));
    }
    let apart: &[Family] = if as_of.is_now() { &[Family::Wip] } else { &[Family::Orders, Family::Wip] };
    let read = columns.families().iter().copied().filter(|family| apart.contains(family)).collect();
    (columns.without(apart), read)
}

/// The families to read: the line shifts of inspections are counted where they are whole.
fn counted(question: &Question, families: &[Family]) -> Vec<Family> {
    let with_line_shifts = families == [Family::Quality] && !question.is_below_line_shift();
    with_line_shifts.then_some(Family::LineShift).into_iter().chain(families.iter().copied()).collect()
}

/// All groups together.
pub(super) fn total(groups: &Groups) -> Group {
    groups.values().fold(Group::default(), |mut total, group| {
        total.add(group);
        total
    })
}
