//! The groups of a question: the fewest rows that answer it.

use super::{
    Kpi, Quantity, ages,
    as_of::AsOf,
    ask::Question,
    columns::Columns,
    days,
    group::{Group, GroupKey},
    grouping::Grouping,
    open::{self, Open},
    orders,
    rows::{self, Groups},
};
use domain::elements::Family;
use store::{Cube, Reader, Result};

/// Where sums are read: a session's reader, and its cube of days where there is one.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a, 'c> {
    pub reader: &'a Reader<'c>,
    pub cube: Option<&'a Cube>,
}

impl Sums<'_, '_> {
    /// The groups of a question with what the KPIs need.
    pub(super) fn groups(&self, question: &Question, kpis: &[&Kpi], open: &Open) -> Result<Groups> {
        if kpis.iter().any(|kpi| kpi.denominator.quantity == Quantity::Capacity) {
            return self.with_calendar_time(question, kpis, open);
        }
        self.plain(question, &Columns::of(kpis), open)
    }

    fn plain(&self, question: &Question, columns: &Columns, open: &Open) -> Result<Groups> {
        let mut groups = Groups::new();
        let as_of = AsOf::of(self.reader, question, columns.families())?;
        // The days hold orders as they are known now, and no ages.
        let apart: &[Family] = match question.is_of_client_days() {
            true if as_of.is_now() => &[Family::Wip],
            true => &[Family::Orders, Family::Wip],
            false => &Family::ALL,
        };
        let of_days = columns.without(apart);
        if !of_days.families().is_empty() {
            days::days(self, question, &of_days, &as_of, &mut groups)?;
            if of_days.families().contains(&Family::Orders) {
                orders::correct(self.reader, question, &of_days, &as_of, &mut groups)?;
            }
        }
        for family in columns.families().iter().filter(|family| apart.contains(family)) {
            self.family(*family, question, &columns.of_family(*family), &as_of, &mut groups)?;
        }
        if columns.families().iter().any(|family| !matches!(family, Family::Orders | Family::Wip)) {
            open::add(self.reader, question, &open.overdue, &mut groups)?;
        }
        Ok(groups)
    }

    /// The rows of one family, where a question looks below the client's day.
    fn family(
        &self,
        family: Family,
        question: &Question,
        columns: &Columns,
        as_of: &AsOf,
        groups: &mut Groups,
    ) -> Result<()> {
        for client in &question.clients {
            match family {
                Family::LineShift if question.is_below_line_shift() => {
                    rows::parts(self.reader, question, columns, *client, groups)?;
                }
                Family::LineShift => rows::line_shifts(self.reader, question, columns, *client, groups)?,
                Family::Orders => orders::add(self.reader, question, *client, as_of, groups)?,
                Family::Wip => ages::add(self.reader, question, *client, as_of, groups)?,
                Family::Quality | Family::People => {}
            }
        }
        Ok(())
    }

    /// Calendar time counts once a line: lines first, then the groups asked for.
    fn with_calendar_time(&self, question: &Question, kpis: &[&Kpi], open: &Open) -> Result<Groups> {
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

/// All groups together.
pub(super) fn total(groups: &Groups) -> Group {
    groups.values().fold(Group::default(), |mut total, group| {
        total.add(group);
        total
    })
}
