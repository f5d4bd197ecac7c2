//! One role's try, with all that was said to it.
use checks::{
    Plant, journal,
    row::{DAY, id_of, row},
};
use domain::*;
use serde_json::{Value as Json, json};
use std::cell::{Cell, RefCell};
use store::Session;

/// The client in scope; so long that no chance brings it about in what is enciphered.
const OWN: &str = "OURS-IN-CLEAR";
/// The marks of clients out of scope.
const CANARIES: [&str; 2] = ["CANARY-RIVAL", "CANARY-LOST"];

/// What a call should come to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Want {
    Done,
    Refused(&'static str),
}

pub(crate) struct Trial {
    pub(crate) plant: Plant,
    pub(crate) role: Role,
    /// From before the clients were lost.
    pub(crate) session: Session,
    pub(crate) own: Id<Client>,
    /// Never in scope, but for those who see every client.
    pub(crate) foreign: Id<Client>,
    /// In scope until after the log-in.
    pub(crate) lost: Id<Client>,
    /// Somebody of the plant's pool, who covers for both clients out of scope.
    pub(crate) pooled: Json,
    /// The bookings of those covers.
    pub(crate) tokens: Vec<String>,
    said: RefCell<Vec<String>>,
    checked: Cell<usize>,
    log: Vec<Option<i64>>,
}

impl Trial {
    pub(crate) fn new(role: Role) -> Self {
        journal::begin();
        let plant = Plant::new();
        let own = plant.client(OWN);
        let [foreign, lost] = CANARIES.map(|name| plant.client(name));
        let session = plant.person("sam", role, &[own, lost]);
        let (said, checked) = (RefCell::default(), Cell::new(0));
        let (pooled, tokens) = (Json::Null, vec![]);
        let mut all = Trial { plant, role, session, own, foreign, lost, pooled, tokens, said, checked, log: vec![] };
        all.work_in_the_client_to_be_lost();
        all.book_for_the_others();
        all.plant.narrow(&all.session, &[own]);
        all.log = all.logs_of_others();
        all
    }
    /// The newest step of the person is one in a client that is then lost.
    fn work_in_the_client_to_be_lost(&self) {
        if self.role.may(Verb::Update, Group::Floor) {
            let row = DowntimeEntry { cause: Some(CANARIES[1].into()), ..row(self.lost, CANARIES[1]) };
            let repo = self.plant.store.repository(&self.session).unwrap();
            repo.write(|w| {
                w.names(format!("{} step", CANARIES[1]));
                w.put(&row)
            })
            .unwrap();
        }
    }
    /// The admin has somebody of the pool cover for both clients that will be out of scope.
    fn book_for_the_others(&mut self) {
        let ask = |name: &str, input: Json| self.plant.call(&self.plant.admin, name, input).unwrap();
        self.pooled = ask("pool_employee_put", json!({ "id": null, "code": "P1", "name": "Pia", "active": true }));
        for (days, client) in [(0, self.foreign), (1, self.lost)] {
            let cover = json!({ "client_id": client, "day": DAY.plus(3 + days), "pool_employee_id": self.pooled,
                "shift_id": id(client, "shift"), "line_id": id(client, "line") });
            let cover = ask("cover_save", cover);
            let row = ask("coverage_entry_get", json!({ "client_id": client, "id": cover }));
            self.tokens.push(row["booking"].as_str().unwrap().into());
        }
    }
    /// How long the logs of the clients out of scope are, as far as the admin sees them.
    fn logs_of_others(&self) -> Vec<Option<i64>> {
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let length = |id: Id<Client>| {
            let sql = "SELECT max(seq) FROM confirmation WHERE client_id = ?1";
            repo.read(|r| r.first(sql, store::values![id], |row| row.get::<Option<i64>>(0))).unwrap().flatten()
        };
        self.others().map(length).into()
    }
    /// The clients out of scope.
    pub(crate) fn others(&self) -> [Id<Client>; 2] {
        [self.foreign, self.lost]
    }
    /// What the role table says of a verb on own rows.
    pub(crate) fn by_role(&self, verb: Verb, group: Group) -> Want {
        if self.role.may(verb, group) { Want::Done } else { Want::Refused("forbidden") }
    }
    /// Calls a command and checks how it ends; whatever it said is kept.
    pub(crate) fn expect(&self, name: &str, input: Json, want: Want) -> Json {
        let out = self.plant.call(&self.session, name, input.clone());
        self.said.borrow_mut().push(format!("{name}: {out:?}"));
        self.checked.set(self.checked.get() + 1);
        let got = out.as_ref().map_or_else(|fault| fault.code.as_str(), |_| "done");
        let wanted = match want {
            Want::Done => "done",
            Want::Refused(code) => code,
        };
        assert_eq!(got, wanted, "{} calls {name} {input}: {out:?}", self.role.word());
        out.unwrap_or(Json::Null)
    }
    /// The same of each client out of scope: always "not found".
    pub(crate) fn missing(&self, name: &str, input: impl Fn(Id<Client>) -> Json) {
        for client in self.others() {
            self.expect(name, input(client), Want::Refused("missing"));
        }
    }
    /// Keeps what was said beside commands.
    pub(crate) fn heard(&self, what: impl std::fmt::Debug) {
        self.checked.set(self.checked.get() + 1);
        self.said.borrow_mut().push(format!("{what:?}"));
    }
    /// No word of another client in any answer, fault, log or file.
    pub(crate) fn end(&self) {
        assert_eq!(self.log, self.logs_of_others(), "another client's log grew");
        for said in self.said.borrow().iter() {
            assert!(!CANARIES.iter().any(|c| said.contains(c)), "{} was told {said}", self.role.word());
            assert!(!self.tokens.iter().any(|t| said.contains(t)), "{} was told a booking: {said}", self.role.word());
        }
        let journal = journal::text();
        let line = journal.lines().find(|line| CANARIES.iter().any(|c| line.contains(c)));
        assert_eq!(line, None, "the log tells of another client");
        let below = journal.lines().find(|line| line.contains("below the repository"));
        assert_eq!(below, None, "the second wall had to hold what the first let through");
        for file in std::fs::read_dir(self.plant.folder()).unwrap().map(|f| f.unwrap().path()) {
            let bytes = std::fs::read(&file).unwrap();
            let told = CANARIES.iter().chain(&[OWN]).find(|c| bytes.windows(c.len()).any(|w| w == c.as_bytes()));
            assert_eq!(told, None, "{} can be read without the key", file.display());
        }
        println!("{}: {} outcomes as the role table says", self.role.word(), self.checked.get());
    }
}

/// The id of a client's row.
pub(crate) fn id(client: Id<Client>, table: &str) -> Id<()> {
    Id::from_bytes(id_of(client, table))
}

/// A row as a command takes it.
pub(crate) fn put<E: Entity>(row: &E) -> Json {
    json!({ "row": row, "reason": null })
}
