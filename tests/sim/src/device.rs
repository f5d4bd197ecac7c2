//! A PC of the play: its file, its people, its clock, and what the network has in hand for it.
use crate::{
    file::{File, Fresh, next},
    table::Program,
    truth::Hand,
};
use domain::{
    Client, Id,
    change::{Act, Change, Device, Op, User},
    feed::{Page, Record, Sent, Stream},
    merge::Verdict,
    merge::{CLOSES, ERASES, Folded, Place, SEEN, Shown, name},
};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use sync::device::{Standing, under};

/// What the network brings, in whatever order.
#[derive(Clone)]
pub enum Mail {
    /// A page.
    Page(Page),
    /// A late answer to a push: the client, the generation it was sent under, the verdicts.
    Answer(Id<Client>, i64, Vec<(Id<Op>, Verdict)>),
}

impl Mail {
    /// The client it concerns.
    pub fn client(&self) -> Id<Client> {
        match self {
            Mail::Page(p) => p.client,
            Mail::Answer(c, ..) => *c,
        }
    }
}

/// What is sealed to the hub; in the play in the open.
#[derive(Clone)]
pub struct Parting {
    /// Its name.
    pub id: [u8; 16],
    /// What may be nowhere else.
    pub changes: Vec<Sent>,
}

/// What a copy of the whole file holds.
#[derive(Clone)]
pub struct Copy {
    files: BTreeMap<Id<Client>, File>,
    partings: Vec<(Id<Client>, Parting)>,
}

/// One PC.
pub struct Pc {
    /// Which piece of hardware.
    pub body: usize,
    /// How often its file was replaced by an older copy.
    pub life: u32,
    /// What the hub knows it as; a cloned file keeps it.
    pub device: Id<Device>,
    /// Who works at it.
    pub users: Vec<Id<User>>,
    /// Its program.
    pub program: Program,
    /// Its file, by client.
    pub files: BTreeMap<Id<Client>, File>,
    /// What is sealed to the hub.
    pub partings: Vec<(Id<Client>, Parting)>,
    /// What the network has in hand for it.
    pub inbox: Vec<Mail>,
    /// By how much its clock is wrong.
    pub skew: i64,
    /// A copy of its file, somewhere in a drawer.
    pub saved: Option<Copy>,
    fresh: Fresh,
}

/// What a person does to a row.
pub struct Deed<'a> {
    /// Who.
    pub user: Id<User>,
    /// What.
    pub act: Act,
    /// To which row.
    pub record: Record,
    /// The values.
    pub patch: Vec<(Place, domain::Value)>,
    /// The conflicts decided.
    pub closes: &'a [Id<Op>],
    /// Whether what tells of a person is to go, here and everywhere.
    pub erases: bool,
}

impl Pc {
    /// A new PC.
    pub fn new(body: usize, users: Vec<Id<User>>, program: Program, clients: &[Id<Client>], fresh: Fresh) -> Self {
        let file = || File::new(fresh.clone(), Standing::New, 0);
        Pc {
            body,
            life: 1,
            device: Id::from_bytes([body as u8 + 1; 16]),
            users,
            program,
            files: clients.iter().map(|c| (*c, file())).collect(),
            partings: vec![],
            inbox: vec![],
            skew: 0,
            saved: None,
            fresh: fresh.clone(),
        }
    }
    /// Whose hand writes here.
    pub fn hand(&self) -> Hand {
        (self.body, self.life)
    }
    /// A client's part of the file.
    pub fn file(&mut self, client: Id<Client>) -> &mut File {
        let fresh = self.fresh.clone();
        self.files.entry(client).or_insert_with(|| File::new(fresh, Standing::New, 0))
    }
    /// The stream the file writes.
    pub fn stream(&self, client: Id<Client>) -> Stream {
        Stream { device: self.device, incarnation: self.files.get(&client).map_or(0, |f| f.state.incarnation) }
    }
    /// A copy of the file.
    pub fn copy(&self) -> Copy {
        Copy { files: self.files.clone(), partings: self.partings.clone() }
    }
    /// The file as a copy has it.
    pub fn take(&mut self, copy: &Copy) {
        self.files = copy.files.clone();
        self.partings = copy.partings.clone();
        self.inbox.clear();
    }
    /// The change that a person makes, resting on what is on the screen.
    pub fn change(&mut self, client: Id<Client>, now: i64, what: &Deed<'_>) -> Sent {
        let columns = self.program.play().columns;
        let base = self.base(client, what);
        let names = |p: &Place| name(columns, p).to_string();
        let patch: BTreeMap<String, Json> = what.patch.iter().map(|(p, v)| (names(p), v.to_json())).collect();
        let (n, device, at) = (next(&self.fresh), self.device, now + self.skew);
        let file = self.file(client);
        let change = Change {
            op: Id::from_bytes(u128::from(n).to_be_bytes()),
            client,
            device,
            incarnation: file.state.incarnation,
            dev_seq: file.state.next,
            kind: what.record.0,
            record: what.record.1,
            act: what.act,
            patch: serde_json::to_string(&patch).unwrap_or_default(),
            base: Json::Object(base).to_string(),
            user: what.user,
            at,
            reason: None,
            schema: 1,
        };
        Sent::new(change, [0; 32])
    }
    fn base(&mut self, client: Id<Client>, what: &Deed<'_>) -> Map<String, Json> {
        let (program, shape) = (self.program, self.program.play());
        let file = self.file(client);
        let row: Option<Folded> = file.view.get(&what.record).cloned();
        let below = under(file, &program, what.record).ok().flatten();
        let own = file.outgoing.iter().filter(|o| o.sent.record() == what.record);
        let own: Vec<_> = own.filter_map(|o| o.sent.read(shape.columns)).collect();
        let shown = Shown { shape, under: below.as_ref(), own: &own };
        let written: Vec<Place> = row.iter().flat_map(Folded::places).collect();
        let asked = match what.act {
            Act::Create => vec![],
            Act::Patch => shown.asked(&what.patch.iter().map(|p| p.0.clone()).collect::<Vec<_>>()),
            Act::Remove | Act::Restore => written,
        };
        let hex = |ops: &mut dyn Iterator<Item = Id<Op>>| Json::from(ops.map(Id::hex).collect::<Vec<_>>());
        let mut base: Map<String, Json> =
            asked.iter().map(|p| (name(shape.columns, p).to_string(), hex(&mut shown.base(p).into_iter()))).collect();
        let open = row.iter().flat_map(|r| &r.conflicts).map(|c| c.op);
        base.insert(SEEN.into(), hex(&mut open.chain(own.iter().map(|w| w.op))));
        base.insert(CLOSES.into(), hex(&mut what.closes.iter().copied()));
        if what.erases {
            base.insert(ERASES.into(), Json::Array(vec![]));
        }
        base
    }
}
