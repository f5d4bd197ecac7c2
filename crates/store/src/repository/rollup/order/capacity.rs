//! What a working day of a line can make, as it is planned.
use super::super::setup::Setup;
use crate::{Result, repository::Reader};
use domain::{
    Day, Id, Line, LineCalendar,
    elements::{
        Basis,
        order::{DayException, Plan, ShiftCapacity, WorkingDays},
    },
    time,
};
use std::{collections::BTreeMap, sync::Arc};

impl Setup {
    /// The days on which the client's lines work.
    pub(super) fn working_days(&mut self, r: &Reader<'_>) -> Result<Arc<WorkingDays>> {
        if let Some(known) = &self.working {
            return Ok(known.clone());
        }
        let plan = |c: &LineCalendar| Plan {
            line: c.line_id.bytes(),
            shift: c.shift_id.bytes(),
            from: c.valid_from,
            weekdays: c.weekdays,
        };
        let plans: Vec<Plan> = self.plans(r)?.iter().map(plan).collect();
        let exceptions = self.exceptions.iter().map(|d| DayException {
            day: d.day,
            line: d.line_id.map(Id::bytes),
            shift: d.shift_id.map(Id::bytes),
            working: d.working,
        });
        let days = Arc::new(WorkingDays::of(plans, exceptions));
        self.working = Some(days.clone());
        Ok(days)
    }
    /// Which line runs on which shift, of every day.
    fn plans(&mut self, r: &Reader<'_>) -> Result<Arc<Vec<LineCalendar>>> {
        if let Some(known) = &self.plans {
            return Ok(known.clone());
        }
        let plans = Arc::new(r.list_where(self.client, "line_id IS NOT NULL", &[])?);
        self.plans = Some(Arc::clone(&plans));
        Ok(plans)
    }
    /// The shifts of a line on the first day from `day` on that has any.
    ///
    /// Crew: the line's planned crew, else the client's median; a machine line
    /// counts as one. A line without a calendar has one shift of the client's
    /// usual minutes. Empty where no crew is known.
    pub(super) fn shifts(&mut self, r: &Reader<'_>, line: Option<Id<Line>>, day: Day) -> Result<Vec<ShiftCapacity>> {
        let in_force = in_force(&self.plans(r)?, day);
        let machine = line.map_or(Ok(false), |line| self.is_machine(r, line))?;
        let median = if machine { Some(1.0) } else { self.median_crew(r, &in_force)? };
        let own: Vec<&LineCalendar> = in_force.iter().filter(|c| Some(c.line_id) == line).collect();
        let runs = |day: &Day| own.iter().any(|c| day.is_in(c.weekdays));
        let Some(first) = day.to(day.plus(6)).find(runs) else {
            let net_minutes = self.policy().default_net_minutes;
            return Ok(median.map(|crew| ShiftCapacity { crew, net_minutes }).into_iter().collect());
        };
        let mut shifts = vec![];
        for c in own.into_iter().filter(|c| first.is_in(c.weekdays)) {
            let Some(crew) = c.planned_crew.filter(|_| !machine).or(median) else { continue };
            let clock = self.clock(r, c.shift_id, first)?;
            let net = clock.map(|(span, breaks)| time::net_minutes(span, &breaks));
            shifts.push(ShiftCapacity { crew, net_minutes: net.unwrap_or(self.policy().default_net_minutes) });
        }
        Ok(shifts)
    }
    /// The median of the crews planned on the client's labour lines, else its default.
    fn median_crew(&mut self, r: &Reader<'_>, in_force: &[LineCalendar]) -> Result<Option<f64>> {
        let mut crews = vec![];
        for c in in_force {
            let Some(crew) = c.planned_crew.filter(|crew| *crew > 0.0) else { continue };
            if !self.is_machine(r, c.line_id)? {
                crews.push(crew);
            }
        }
        crews.sort_by(f64::total_cmp);
        let half = crews.len() / 2;
        Ok(match crews.len() {
            0 => self.setting.default_crew,
            n if n % 2 == 1 => Some(crews[half]),
            _ => Some((crews[half - 1] + crews[half]) / 2.0),
        })
    }
    fn is_machine(&mut self, r: &Reader<'_>, line: Id<Line>) -> Result<bool> {
        Ok(self.basis(r, line)? == Basis::Machine)
    }
}

/// Of each line and shift the plan in force on a day.
fn in_force(plans: &[LineCalendar], day: Day) -> Vec<LineCalendar> {
    let mut sorted: Vec<&LineCalendar> = plans.iter().filter(|c| c.valid_from <= day).collect();
    sorted.sort_by_key(|c| (c.valid_from, c.weekdays));
    let newest: BTreeMap<_, _> = sorted.into_iter().map(|c| ((c.line_id, c.shift_id), c.clone())).collect();
    newest.into_values().collect()
}
