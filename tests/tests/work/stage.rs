//! A client with orders and a line, and two supervisors: nobody approves his own request.
use checks::Plant;
use domain::{Client, Fault, Id, Role};
use serde_json::{Value as Json, json};
use store::Session;

/// Noon of a Sunday in the client's time zone is 18:00 UTC; the fixed clock says 15:06:40 UTC.
pub(crate) const TODAY: &str = "2025-06-15";

pub(crate) struct Work {
    pub(crate) plant: Plant,
    pub(crate) client: String,
    pub(crate) line: String,
    pub(crate) shift: String,
    pub(crate) product: String,
    pub(crate) order: String,
    /// Two supervisors.
    pub(crate) sue: Session,
    pub(crate) sam: Session,
    /// An operator.
    pub(crate) olga: Session,
    /// A viewer.
    pub(crate) vera: Session,
}

impl Work {
    pub(crate) fn new() -> Self {
        let plant = Plant::new();
        let row = json!({ "client_id": null, "id": null, "code": "ACME", "name": "", "active": true });
        let client = id(&plant.call(&plant.admin, "client_put", json!({ "row": row })).unwrap());
        Work::begun(Work::bare(plant, client))
    }
    /// The same with one person, a supervisor: passwords take their time.
    pub(crate) fn alone() -> Self {
        let plant = Plant::new();
        let row = json!({ "client_id": null, "id": null, "code": "ACME", "name": "", "active": true });
        let client = id(&plant.call(&plant.admin, "client_put", json!({ "row": row })).unwrap());
        let sue = plant.person("sue", Role::Supervisor, &[client.parse().unwrap()]);
        let [line, shift, product, order] = [const { String::new() }; 4];
        let [sam, olga, vera] = [(); 3].map(|()| sue.clone());
        Work::begun(Work { plant, client, line, shift, product, order, sue, sam, olga, vera })
    }
    /// A person of the client.
    pub(crate) fn person(&self, name: &str, role: Role) -> Session {
        self.plant.person(name, role, &[self.client.parse().unwrap()])
    }
    fn begun(mut work: Work) -> Self {
        work.setting(&json!({}));
        work.line = work.made(
            "line_put",
            json!({ "code": "L1", "name": "", "basis": "labour", "parent_id": null, "active": true }),
        );
        work.shift = work.made("shift_put", json!({ "code": "DAY", "name": "", "active": true }));
        let time =
            json!({ "shift_id": work.shift, "valid_from": "2025-01-01", "start_minute": 360, "end_minute": 840 });
        work.made("shift_time_put", time);
        work.product = work.made("product_put", json!({ "code": "SHIRT", "name": "", "active": true }));
        let standard =
            json!({ "product_id": work.product, "operation_id": null, "valid_from": "2025-01-01", "minutes": 6.0 });
        work.made("product_standard_put", standard);
        work.order = work.order("A-1", "in_progress", json!({}));
        work
    }
    fn bare(plant: Plant, client: String) -> Self {
        let own: &[Id<Client>] = &[client.parse().unwrap()];
        let person = |name, role| plant.person(name, role, own);
        let (sue, sam) = (person("sue", Role::Supervisor), person("sam", Role::Supervisor));
        let (olga, vera) = (person("olga", Role::Operator), person("vera", Role::Viewer));
        let [line, shift, product, order] = [const { String::new() }; 4];
        Work { plant, client, line, shift, product, order, sue, sam, olga, vera }
    }
    /// The client's settings, with these fields.
    pub(crate) fn setting(&self, fields: &Json) {
        let client: Id<Client> = self.client.parse().unwrap();
        let zone = "America/Mexico_City".into();
        let usual = domain::ClientSetting { time_zone: zone, ..domain::ClientSetting::usual(client) };
        let row = with(serde_json::to_value(usual).unwrap(), fields.clone());
        self.call(&self.plant.admin, "client_setting_put", json!({ "row": row })).unwrap();
    }
    /// The id of a new row of the client, made by the admin.
    pub(crate) fn made(&self, name: &str, row: Json) -> String {
        let row = with(row, json!({ "client_id": self.client, "id": null }));
        id(&self.call(&self.plant.admin, name, json!({ "row": row })).unwrap())
    }
    /// An order that stands there.
    pub(crate) fn order(&self, code: &str, status: &str, fields: Json) -> String {
        let client: Id<Client> = self.client.parse().unwrap();
        let blank = domain::WorkOrder::blank(client, Id::from_bytes([0; 16]));
        let row =
            with(serde_json::to_value(blank).unwrap(), json!({ "code": code, "status": status, "quantity": 100 }));
        self.made("work_order_put", with(row, fields))
    }
    /// A call of the window; a second passes before each.
    pub(crate) fn call(&self, who: &Session, name: &str, input: Json) -> Result<Json, Fault> {
        self.plant.store.clock().advance(1000);
        self.plant.call(who, name, input)
    }
    /// The same, of a step of a row of the client.
    pub(crate) fn step(&self, who: &Session, name: &str, id: &Json, more: Json) -> Result<Json, Fault> {
        self.call(who, name, with(json!({ "client_id": self.client, "id": id }), more))
    }
    /// What a row says now.
    pub(crate) fn get(&self, table: &str, id: &str) -> Json {
        let which = json!({ "client_id": self.client, "id": id });
        self.call(&self.plant.admin, &format!("{table}_get"), which).unwrap()
    }
    /// Some hours later.
    pub(crate) fn later(&self, hours: i64) {
        self.plant.store.clock().advance(hours * 3_600_000);
    }
    /// The line's shift of a day.
    pub(crate) fn place(&self, day: &str) -> Json {
        json!({ "client_id": self.client, "day": day, "line_id": self.line, "shift_id": self.shift })
    }
    /// Saves a shift as the operator types it: these hours, these stops.
    pub(crate) fn save(&self, who: &Session, day: &str, hours: &[i64], crew: f64) -> Json {
        let entries: Vec<Json> = hours.iter().enumerate().map(|(hour, made)| self.hour(hour, *made)).collect();
        let more = json!({ "crew": crew, "entries": entries, "stops": [], "removed": [], "reason": null });
        self.call(who, "floor_save", with(self.place(day), more)).unwrap()
    }
    fn hour(&self, hour: usize, produced: i64) -> Json {
        json!({ "id": null, "hour": hour, "product_id": self.product, "work_order_id": null, "operation_id": null,
            "produced": produced, "defective": null, "rework": null, "repair": null, "scrap": null, "run_minutes": null,
            "crew_present": null, "note": null, "rejects": [] })
    }
}

fn id(row: &Json) -> String {
    row["id"].as_str().unwrap().to_string()
}

/// An object with these fields in place of its own.
pub(crate) fn with(mut row: Json, fields: Json) -> Json {
    row.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    row
}

/// The code of a refusal.
pub(crate) fn code(answer: Result<Json, Fault>) -> String {
    answer.unwrap_err().code
}
