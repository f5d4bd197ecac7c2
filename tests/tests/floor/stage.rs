//! A client with two lines and a day shift, and the people who enter there.
use checks::Plant;
use domain::{Client, Fault, Id, Line, Role};
use serde_json::{Value as Json, json};
use store::{Session, session::AccountChange};

/// Six minutes a unit, a shift from 6 to 14 o'clock, a day that is over.
pub(crate) const DAY: &str = "2025-06-13";

pub(crate) struct Floor {
    pub(crate) plant: Plant,
    pub(crate) client: String,
    pub(crate) line: String,
    pub(crate) other_line: String,
    pub(crate) shift: String,
    pub(crate) product: String,
    pub(crate) jam: String,
    pub(crate) check: String,
    /// A supervisor.
    pub(crate) sue: Session,
    /// An operator.
    pub(crate) olga: Session,
}

impl Floor {
    pub(crate) fn new() -> Self {
        let plant = Plant::new();
        let client =
            made(&plant, "client_put", json!({ "client_id": null, "code": "ACME", "name": "", "active": true }));
        let of = |name: &str, row: Json| made(&plant, name, with(row, json!({ "client_id": client })));
        let line = |code| {
            of("line_put", json!({ "code": code, "name": "", "basis": "labour", "parent_id": null, "active": true }))
        };
        let (one, two) = (line("L1"), line("L2"));
        let shift = of("shift_put", json!({ "code": "DAY", "name": "", "active": true }));
        let from = "2025-01-01";
        of("shift_time_put", json!({ "shift_id": shift, "valid_from": from, "start_minute": 360, "end_minute": 840 }));
        let product = of("product_put", json!({ "code": "SHIRT", "name": "", "active": true }));
        let standard = json!({ "product_id": product, "operation_id": null, "valid_from": from, "minutes": 6.0 });
        of("product_standard_put", standard);
        let reason = |code, affects| {
            let row = json!({ "code": code, "name": "", "planned": false, "setup": false });
            of("downtime_reason_put", with(row, json!({ "affects": affects, "parent_id": null, "active": true })))
        };
        let (jam, check) = (reason("JAM", "line"), reason("CHECK", "station"));
        let own: &[Id<Client>] = &[client.parse().unwrap()];
        let (sue, olga) = (plant.person("sue", Role::Supervisor, own), plant.person("olga", Role::Operator, own));
        Floor { line: one, other_line: two, shift, product, jam, check, sue, olga, client, plant }
    }
    /// A call of the window; a second passes before each.
    pub(crate) fn call(&self, who: &Session, name: &str, input: Json) -> Result<Json, Fault> {
        self.plant.store.clock().advance(1000);
        self.plant.call(who, name, input)
    }
    /// The first line's shift of the day.
    pub(crate) fn place(&self) -> Json {
        json!({ "client_id": self.client, "day": DAY, "line_id": self.line, "shift_id": self.shift })
    }
    pub(crate) fn sheet(&self, who: &Session) -> Json {
        self.call(who, "floor_sheet", self.place()).unwrap()
    }
    pub(crate) fn save(&self, who: &Session, entries: &[Json], stops: &[Json]) -> Result<Json, Fault> {
        self.call(who, "floor_save", self.saved(json!({ "entries": entries, "stops": stops })))
    }
    /// What a save sends, with these parts instead of empty ones.
    pub(crate) fn saved(&self, parts: Json) -> Json {
        let empty = json!({ "entries": [], "stops": [], "removed": [], "reason": null });
        with(with(self.place(), empty), parts)
    }
    /// A new row of an hour.
    pub(crate) fn hour(&self, hour: i64, produced: i64) -> Json {
        let what = json!({ "id": null, "hour": hour, "product_id": self.product, "produced": produced, "rejects": [] });
        let counts = json!({ "defective": null, "rework": null, "repair": null, "scrap": null });
        let rest = json!({ "work_order_id": null, "operation_id": null, "run_minutes": null, "crew_present": null, "note": null });
        with(with(what, counts), rest)
    }
    /// A new stop.
    pub(crate) fn stop(&self, reason: &str, start: i64, minutes: i64) -> Json {
        let what = json!({ "id": null, "reason_id": reason, "start_minute": start, "minutes": minutes });
        with(what, json!({ "affected": null, "station": null, "work_order_id": null, "cause": null }))
    }
    /// Eight hours of thirty with rejects in the third and fifth, and two stops: as a supervisor types them.
    pub(crate) fn whole_shift(&self) -> Json {
        let entries: Vec<Json> = (0..8).map(|hour| self.hour(hour, 30)).collect();
        let mut entries = entries;
        let reject =
            |defect, quantity| json!([{ "id": null, "defect": defect, "cause": "needle", "quantity": quantity }]);
        entries[2] = with(entries[2].take(), json!({ "defective": 3, "rework": 2, "rejects": reject("hole", 3) }));
        entries[4] = with(entries[4].take(), json!({ "defective": 2, "scrap": 1, "rejects": reject("stain", 2) }));
        let stops =
            json!([self.stop(&self.jam, 60, 20), with(self.stop(&self.check, 200, 10), json!({ "affected": 1 }))]);
        self.saved(json!({ "crew": 4.0, "entries": entries, "stops": stops }))
    }
    /// An operator who works on the first line alone.
    pub(crate) fn bind(&self, who: &Session) {
        let (client, line): (Id<Client>, Id<Line>) = (self.client.parse().unwrap(), self.line.parse().unwrap());
        let (id, display_name) = (who.user(), who.display_name().to_string());
        let role = who.role();
        let change =
            AccountChange { id, display_name, role, clients: vec![client], lines: vec![(client, line)], active: true };
        self.plant.store.user_update(&self.plant.admin, &change).unwrap();
    }
}

/// The id of a new row.
fn made(plant: &Plant, name: &str, row: Json) -> String {
    let row = plant.call(&plant.admin, name, json!({ "row": with(row, json!({ "id": null })) })).unwrap();
    row["id"].as_str().unwrap().to_string()
}

/// An object with these fields in place of its own.
pub(crate) fn with(mut row: Json, fields: Json) -> Json {
    row.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    row
}

/// The row as it is sent back, with these fields changed.
pub(crate) fn again(row: &Json, fields: Json) -> Json {
    let mut row = with(row.clone(), fields);
    for shown in ["standard", "author", "at", "under_review"] {
        row.as_object_mut().unwrap().remove(shown);
    }
    row
}

/// Code, field and parameter `row` of a refusal.
pub(crate) fn told(answer: Result<Json, Fault>) -> (String, Option<String>, Option<String>) {
    let fault = answer.unwrap_err();
    (fault.code, fault.field, fault.params.get("row").cloned())
}

/// The same, of a code that concerns a field of a row.
pub(crate) fn fault(code: &str, field: &str, row: &str) -> (String, Option<String>, Option<String>) {
    (code.into(), Some(field.into()), Some(row.into()))
}

/// The same, of a code alone.
pub(crate) fn plain(code: &str) -> (String, Option<String>, Option<String>) {
    (code.into(), None, None)
}
