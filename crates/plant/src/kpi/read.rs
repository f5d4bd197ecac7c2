//! The groups of a question: the fewest rows that answer it.

use super::{
    Kpi, Quantity,
    ask::Question,
    columns::Columns,
    days,
    group::{Group, GroupKey},
    grouping::Grouping,
    open::{self, Open},
    rows::{self, Groups},
};
use domain::{Code, Fault, elements::Family};
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
        if question.is_of_client_days() {
            days::days(self, question, columns, &mut groups)?;
        } else {
            for family in columns.families() {
                self.family(*family, question, &columns.of_family(*family), &mut groups)?;
            }
        }
        open::add(self.reader, question, &open.overdue, &mut groups)?;
        Ok(groups)
    }

    /// The rows of one family, where a question looks below the client's day.
    fn family(&self, family: Family, question: &Question, columns: &Columns, groups: &mut Groups) -> Result<()> {
        for client in &question.clients {
            match family {
                Family::LineShift if question.is_below_line_shift() => {
                    rows::parts(self.reader, question, columns, *client, groups)?;
                }
                Family::LineShift => rows::line_shifts(self.reader, question, columns, *client, groups)?,
                Family::Quality | Family::People | Family::Orders | Family::Wip => {}
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
