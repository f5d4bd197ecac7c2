//! People: lists, covers, absences, and what concerns a person.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
mod erasure;
mod erasure_of_pool;
mod hidden;
mod lists;
mod pool;

use checks::{
    Plant,
    row::{DAY, id_of},
};
use domain::*;
use serde_json::{Value as Json, json};
use store::Session;

/// A client with two lines, a shift and a supervisor.
struct Stage {
    plant: Plant,
    client: Id<Client>,
    lines: [Id<Line>; 2],
    shift: Id<Shift>,
    sue: Session,
}

/// The day of the tests, on which the client's one row of each table is not.
const TODAY: Day = Day(DAY.0 + 40);

impl Stage {
    fn new() -> Self {
        let plant = Plant::new();
        let client = plant.client("OURS");
        let other = Id::fact(client, "line", "second");
        let line = Line { code: "L2".into(), name: "L2".into(), active: true, ..Line::blank(client, other) };
        write(&plant, &plant.admin, |w| w.put(&line).map(|_| ()));
        let sue = plant.person("sue", Role::Supervisor, &[client]);
        let (lines, shift) = ([Id::from_bytes(id_of(client, "line")), other], Id::from_bytes(id_of(client, "shift")));
        Stage { plant, client, lines, shift, sue }
    }
    fn hire(&self, code: &str, parts: &[(usize, f64)]) -> Id<Employee> {
        let id = Id::fact(self.client, "person", code);
        let row = Employee {
            code: code.into(),
            name: format!("Name of {code}"),
            active: true,
            ..Employee::blank(self.client, id)
        };
        write(&self.plant, &self.sue, |w| w.put(&row).map(|_| ()));
        for (line, share) in parts {
            self.part(code, *line, *share).unwrap();
        }
        id
    }
    fn part(&self, code: &str, line: usize, share: f64) -> Result<Json, Fault> {
        let id: Id<EmployeeLine> = Id::fact(self.client, "part", &format!("{code} {line}"));
        let row = EmployeeLine {
            employee_id: Id::fact(self.client, "person", code),
            line_id: self.lines[line],
            share,
            ..EmployeeLine::blank(self.client, id)
        };
        self.call("employee_line_put", json!({ "row": row, "reason": null }))
    }
    fn call(&self, name: &str, input: Json) -> Result<Json, Fault> {
        self.plant.call(&self.sue, name, input)
    }
    fn place(&self, line: usize, day: Day) -> Json {
        json!({ "client_id": self.client, "day": day, "line_id": self.lines[line], "shift_id": self.shift })
    }
    /// Saves one person on a list.
    fn save(&self, line: usize, day: Day, employee: Id<Employee>, row: Json) -> Result<Json, Fault> {
        let mut typed = json!({ "employee_id": employee, "scheduled_hours": null, "actual_hours": null, "absent_hours": null,
            "absence": null, "reason": null, "normal_hours": null, "double_hours": null, "triple_hours": null,
            "labour_class": null, "note": null });
        row.as_object().unwrap().iter().for_each(|(key, value)| typed[key] = value.clone());
        let mut input = self.place(line, day);
        input["rows"] = json!([typed]);
        input["removed"] = json!([]);
        input["reason"] = Json::Null;
        self.call("attendance_save", input)
    }
    fn cover(&self, line: usize, of: Option<Id<Employee>>, by: Id<Employee>) -> Result<Json, Fault> {
        let absence = of.map(|of| AttendanceEntry::fact(self.client, of, TODAY, Some(self.shift)));
        self.call(
            "cover_save",
            json!({ "client_id": self.client, "id": null, "attendance_entry_id": absence, "employee_id": by,
                "booking": null, "day": TODAY, "shift_id": self.shift, "line_id": self.lines[line], "hours": null,
                "idle_minutes": null, "note": null, "reason": null }),
        )
    }
    /// Absenteeism of the day, in per cent.
    fn absenteeism(&self) -> Option<f64> {
        let ask = json!({ "kpi": "absenteeism", "clients": [self.client], "from": TODAY, "to": TODAY, "by": [] });
        self.call("kpi_ask", ask).unwrap()["rows"][0]["value"].as_f64()
    }
    fn sound(&self) {
        let report = self.plant.store.verify(&self.plant.admin, &mut |_, _| {}).unwrap();
        assert!(report.is_sound(), "{:?}", report.first());
    }
}

fn write(plant: &Plant, who: &Session, f: impl FnOnce(&mut store::Writer<'_>) -> store::Result<()>) {
    plant.store.repository(who).unwrap().write(f).unwrap();
}
