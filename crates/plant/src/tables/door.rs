//! What of a table only its own type knows.
use domain::{
    Client, ClientSetting, Code, Entity, Fault, Id, PoolEmployee, Problems, Value, entities::Shape as Rows,
    workflow::Actor,
};
use store::{Put, Writer};

type Check = fn(Id<Client>, [u8; 16], &[Value], &mut Problems) -> Result<(), Fault>;
type Step = fn(Id<Client>, [u8; 16], Option<&[Value]>, &[Value], &Actor<'_>) -> Result<(), Fault>;
type Bring = fn(&mut Writer<'_>, Id<Client>, [u8; 16], Vec<Value>) -> store::Result<Put>;

/// A table's own rules and its way in.
pub(super) struct Door {
    /// The values of a row of which nothing is known.
    pub(super) blank: fn(Id<Client>) -> Vec<Value>,
    /// The id that follows from a row, where it is a fact.
    pub(super) natural: fn(Id<Client>, &[Value]) -> Option<[u8; 16]>,
    /// What is impossible about a row.
    pub(super) check: Check,
    /// Whether a row may become what the file makes of it.
    pub(super) step: Step,
    /// Brings a row in.
    pub(super) bring: Bring,
}

/// The values as a row; `bad_input` where one does not fit.
fn row<E: Entity>(client: Id<Client>, id: [u8; 16], values: &[Value]) -> Result<E, Fault> {
    E::of(client, Id::from_bytes(id), values.to_vec()).ok_or_else(|| Fault::new(Code::BadInput).with("value", E::TABLE))
}

fn natural<E: Entity>(client: Id<Client>, values: &[Value]) -> Option<[u8; 16]> {
    row::<E>(client, [0; 16], values).ok()?.natural().map(Id::bytes)
}

fn check<E: Entity>(client: Id<Client>, id: [u8; 16], values: &[Value], problems: &mut Problems) -> Result<(), Fault> {
    row::<E>(client, id, values)?.check(problems);
    Ok(())
}

fn step<E: Entity>(
    client: Id<Client>,
    id: [u8; 16],
    before: Option<&[Value]>,
    after: &[Value],
    by: &Actor<'_>,
) -> Result<(), Fault> {
    let before = before.map(|b| row::<E>(client, id, b)).transpose()?;
    E::step(before.as_ref(), &row(client, id, after)?, by)
}

fn bring<E: Entity>(w: &mut Writer<'_>, client: Id<Client>, id: [u8; 16], values: Vec<Value>) -> store::Result<Put> {
    if E::TABLE == Client::TABLE && !w.session().covers(client) {
        return w.found(&row(client, id, &values)?).map(|()| Put::Created);
    }
    w.bring(&row::<E>(client, id, &values)?)
}

macro_rules! doors {
    (@of $name:ident) => {
        Door {
            blank: |client| domain::$name::blank(client, Id::from_bytes([0; 16])).values(),
            natural: natural::<domain::$name>,
            check: check::<domain::$name>,
            step: step::<domain::$name>,
            bring: bring::<domain::$name>,
        }
    };
    ($($name:ident),* $(,)?) => {
        /// The door of a table; none where rows come by other ways alone, as bookings do.
        pub(super) fn door(rows: &Rows) -> Option<Door> {
            $(if rows.table == <domain::$name as Entity>::TABLE {
                return Some(doors!(@of $name));
            })*
            (rows.table == PoolEmployee::TABLE).then(|| doors!(@of PoolEmployee))
        }
    };
}
domain::entities!(doors);

/// The values of a new row before its file says anything.
pub(super) fn start(door: &Door, rows: &Rows, client: Id<Client>) -> Vec<Value> {
    if rows.table == ClientSetting::TABLE { ClientSetting::usual(client).values() } else { (door.blank)(client) }
}
