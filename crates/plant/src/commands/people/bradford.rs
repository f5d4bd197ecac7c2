//! The Bradford factor of each person, for those who may know why people were absent.
use domain::{
    AttendanceEntry, Client, Code, Day, Employee, Entity, Id,
    elements::{AttendanceFacts, BRADFORD_DAYS, USUAL_ABSENCES, bradford as factor},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Reader, Result, values};
use ts_rs::TS;

/// Of which client, as of which day.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BradfordAsk {
    client_id: Id<Client>,
    /// The last of the 52 weeks' days; none for today.
    day: Option<Day>,
}

/// One person's absences of 52 weeks.
#[derive(Serialize, TS)]
pub struct BradfordRow {
    employee_id: Id<Employee>,
    code: String,
    name: String,
    department: Option<String>,
    /// S: absences without a scheduled day attended in between.
    spells: u32,
    /// D: days absent, a part of a day being half a one.
    days: f64,
    /// S² × D.
    factor: f64,
}

/// Everybody with an absence in the 52 weeks, the highest factor first.
pub(in crate::commands) fn bradford(r: &Reader<'_>, input: BradfordAsk) -> Result<Vec<BradfordRow>> {
    if !r.session().role().sees_people() {
        return Err(Code::Forbidden.into());
    }
    let client = input.client_id;
    let day = input.day.map_or_else(|| r.today(client), Ok)?;
    let counted = r.setting(client)?.counted_absences.unwrap_or(USUAL_ABSENCES);
    let mut told = vec![];
    for (employee, days) in days(r, client, day)? {
        let of = factor(days.iter().map(|(day, row)| (*day, row)), counted);
        if let Some(person) = person(r, client, employee)?.filter(|_| of.spells > 0) {
            told.push(BradfordRow {
                employee_id: employee,
                code: person.0,
                name: person.1,
                department: person.2,
                spells: of.spells,
                days: of.days,
                factor: of.factor(),
            });
        }
    }
    told.sort_by(|a, b| b.factor.total_cmp(&a.factor).then_with(|| a.code.cmp(&b.code)));
    Ok(told)
}

type Days = BTreeMap<Id<Employee>, Vec<(Day, AttendanceFacts)>>;

/// Every person's rows of the 52 weeks.
fn days(r: &Reader<'_>, client: Id<Client>, last: Day) -> Result<Days> {
    let first = last.plus(1 - BRADFORD_DAYS);
    let mut days = Days::new();
    for row in r.list_where::<AttendanceEntry>(client, "day BETWEEN ?2 AND ?3", values![first, last])? {
        days.entry(row.employee_id).or_default().push((row.day, AttendanceFacts::from(&row)));
    }
    Ok(days)
}

/// Code, name and department; also of a person taken off the roster.
fn person(r: &Reader<'_>, client: Id<Client>, id: Id<Employee>) -> Result<Option<(String, String, Option<String>)>> {
    let sql = format!("SELECT code, name, department FROM {}_all WHERE client_id = ?1 AND id = ?2", Employee::TABLE);
    r.first(&sql, values![client, id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
