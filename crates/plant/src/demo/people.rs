//! Who works where, who was missing, and who covered.
use super::{
    blueprint::{Blueprint, LinePlan},
    chance::Chance,
    rows::{Ids, Rows},
    setup::Names,
};
use domain::{
    Absence, AttendanceEntry, Client, CoverageEntry, Day, Employee, EmployeeLine, Id, LabourClass, LineShift, Shift,
    Staffing,
};
use std::collections::{HashMap, HashSet};

/// The days for which the plant keeps attendance: it began five weeks ago.
const KEPT: i32 = 35;

/// The crews of a client, by line and shift.
pub(super) struct Crews {
    client: Id<Client>,
    today: Day,
    of: HashMap<(&'static str, &'static str), Vec<Id<Employee>>>,
    floating: Vec<Id<Employee>>,
    /// Who covers somewhere on a shift of a day already.
    busy: HashSet<(Day, Id<Shift>, Id<Employee>)>,
    chance: Chance,
}

/// A shift that was worked: where, how long, and how many of the crew came.
pub(super) struct Worked<'w> {
    pub(super) line: &'static LinePlan,
    pub(super) shift: &'static str,
    pub(super) row: &'w LineShift,
    pub(super) hours: f64,
    pub(super) over: bool,
}

impl Crews {
    /// Hires a crew for every line and shift, and a few who float.
    pub(super) fn hire(
        b: &'static Blueprint,
        names: &Names,
        today: Day,
        chance: &Chance,
        ids: &mut Ids,
        rows: &mut Rows,
    ) -> Self {
        let (chance, client) = (chance.branch("people"), names.client);
        let mut crews = Crews { client, today, of: HashMap::new(), floating: vec![], busy: HashSet::new(), chance };
        let mut number = 100;
        for line in b.lines {
            for shift in line.shifts {
                let crew: Vec<_> =
                    (0..line.crew.ceil() as usize).map(|_| crews.one(&mut number, line.name, ids, rows)).collect();
                for employee_id in &crew {
                    let (employee_id, line_id) = (*employee_id, names.lines[line.code]);
                    rows.allocations.push(EmployeeLine {
                        employee_id,
                        line_id,
                        share: 1.0,
                        ..EmployeeLine::blank(client, ids.fresh())
                    });
                }
                crews.of.insert((line.code, *shift), crew);
            }
        }
        crews.floating = (0..4).map(|_| crews.one(&mut number, "Floating", ids, rows)).collect();
        crews
    }
    fn one(&mut self, number: &mut i64, department: &str, ids: &mut Ids, rows: &mut Rows) -> Id<Employee> {
        *number += 1;
        let c = &mut self.chance;
        let (first, last) = (c.pick(FIRST).copied().unwrap_or_default(), c.pick(LAST).copied().unwrap_or_default());
        let id = ids.fresh();
        rows.employees.push(Employee {
            code: format!("{number:04}"),
            name: format!("{first} {last}"),
            department: Some(department.into()),
            direct: !c.happens(0.08),
            active: true,
            ..Employee::blank(self.client, id)
        });
        id
    }
    /// Who was on the list of a shift, who was missing, and who stood in.
    pub(super) fn note(&mut self, w: &Worked<'_>, ids: &mut Ids, rows: &mut Rows) {
        let crew = self.of.get(&(w.line.code, w.shift)).cloned().unwrap_or_default();
        let short = w.row.crew.map_or_else(
            || i64::from(self.chance.times(w.line.crew * 0.03)),
            |there| (w.line.crew - there).ceil() as i64,
        );
        let missing = usize::try_from(short.max(0)).unwrap_or(0).min(crew.len());
        let place = (w.row.shift_id, w.row.line_id, w.row.day);
        rows.staffing.push(Staffing {
            day: place.2,
            shift_id: place.0,
            line_id: place.1,
            required: Some(w.line.crew),
            actual: self.chance.happens(0.9).then(|| w.row.crew.unwrap_or(w.line.crew - missing as f64)),
            ..Staffing::blank(self.client, ids.fresh())
        });
        if !w.over || w.row.day < self.today.plus(-KEPT) {
            return;
        }
        let absent: Vec<usize> = (0..missing).map(|turn| self.who(crew.len(), turn)).collect();
        for (at, employee) in crew.iter().enumerate() {
            let row = self.attendance(w, *employee, absent.contains(&at));
            if absent.contains(&at) && self.chance.happens(0.4) {
                rows.covers.extend(self.cover(w, &row, ids));
            }
            rows.attendance.push(row);
        }
    }
    /// The same few are missing more often than others.
    fn who(&mut self, crew: usize, turn: usize) -> usize {
        let often = self.chance.happens(0.35);
        let drawn = usize::try_from(self.chance.whole(0, crew as i64 - 1)).unwrap_or(0);
        if often { turn % crew } else { drawn }
    }
    fn attendance(&mut self, w: &Worked<'_>, employee: Id<Employee>, missing: bool) -> AttendanceEntry {
        let c = &mut self.chance;
        let late = !missing && c.happens(0.02);
        let away = if missing {
            w.hours
        } else if late {
            0.5
        } else {
            0.0
        };
        let extra = w.row.overtime.filter(|_| !missing && c.happens(0.4)).map(|_| 1.0);
        let there = w.hours - away + extra.unwrap_or(0.0);
        let why = if late {
            Some(Absence::Late)
        } else {
            missing.then(|| *c.pick(ABSENCES).unwrap_or(&Absence::Unscheduled))
        };
        AttendanceEntry {
            employee_id: employee,
            day: w.row.day,
            shift_id: Some(w.row.shift_id),
            line_id: Some(w.row.line_id),
            scheduled_hours: Some(w.hours),
            actual_hours: (missing || !c.happens(0.03)).then_some(there),
            absent_hours: (away > 0.0).then_some(away),
            absence: why.filter(|_| !c.happens(0.05)),
            normal_hours: (!missing).then_some(w.hours - away),
            double_hours: extra,
            labour_class: Some(LabourClass::Direct),
            ..AttendanceEntry::blank(
                self.client,
                AttendanceEntry::fact(self.client, employee, w.row.day, Some(w.row.shift_id)),
            )
        }
    }
    /// Somebody of the pool who is free on that shift; there are few.
    fn cover(&mut self, w: &Worked<'_>, absence: &AttendanceEntry, ids: &mut Ids) -> Option<CoverageEntry> {
        let c = &mut self.chance;
        let (day, shift) = (w.row.day, w.row.shift_id);
        let free: Vec<_> =
            self.floating.iter().copied().filter(|who| !self.busy.contains(&(day, shift, *who))).collect();
        let employee = *c.pick(&free)?;
        self.busy.insert((day, shift, employee));
        Some(CoverageEntry {
            attendance_entry_id: Some(absence.id),
            employee_id: Some(employee),
            day: w.row.day,
            shift_id: Some(w.row.shift_id),
            line_id: Some(w.row.line_id),
            hours: Some((w.hours * c.between(0.5, 1.0)).round()),
            idle_minutes: c.happens(0.2).then(|| c.whole(5, 40) as f64),
            confirmed: c.happens(0.8),
            ..CoverageEntry::blank(self.client, ids.fresh())
        })
    }
}

const ABSENCES: &[Absence] = &[
    Absence::Unscheduled,
    Absence::Unscheduled,
    Absence::Medical,
    Absence::Medical,
    Absence::Personal,
    Absence::Vacation,
    Absence::Vacation,
];
const FIRST: &[&str] = &[
    "Ana",
    "Lucía",
    "María",
    "Rosa",
    "Elena",
    "Carmen",
    "Patricia",
    "Verónica",
    "Juan",
    "Luis",
    "Carlos",
    "Miguel",
    "José",
    "Pedro",
    "Raúl",
    "Sergio",
    "Iván",
    "Óscar",
];
const LAST: &[&str] = &[
    "Hernández",
    "García",
    "Martínez",
    "López",
    "González",
    "Pérez",
    "Rodríguez",
    "Sánchez",
    "Ramírez",
    "Cruz",
    "Flores",
    "Gómez",
    "Morales",
    "Vázquez",
    "Reyes",
    "Núñez",
    "Ibarra",
    "Peña",
];
