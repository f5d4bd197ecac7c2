//! Whether what was entered can be what happened: one file a check.
//!
//! A finding accuses nobody. It names rows to look at, and says what about them
//! is unlike what happens by itself; where that is a matter of chance, it says how small.
mod chance;
mod heaping;
mod identical;
mod late_entry;
mod late_planned;
mod minutes;
mod no_short_stops;
mod other;
mod over_performance;
mod place;
mod self_approved;
mod standard_beaten;

use domain::{Client, Code, Day, Fault, Id};
use serde::{Deserialize, Serialize};
use store::{Reader, Result, missing};
use ts_rs::TS;

/// What is checked.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HonestyAsk {
    /// The clients; none for all in scope.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub clients: Option<Vec<Id<Client>>>,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
    /// Only these checks; none for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub checks: Option<Vec<String>>,
    /// How many findings of each check are listed; none for 100.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub limit: Option<usize>,
    /// How many of each are left out before.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub offset: Option<usize>,
}

/// What the checks found.
#[derive(Debug, Serialize, TS)]
pub struct Honesty {
    /// One for each check, in their order.
    pub checks: Vec<Check>,
}

/// What one check found.
#[derive(Debug, Serialize, TS)]
pub struct Check {
    /// Its code: "honesty.CODE" is its name, "honesty.CODE.why" why it matters.
    pub code: String,
    /// How many findings there are in all.
    pub total: usize,
    /// A page of them.
    pub findings: Vec<Finding>,
}

/// Rows to look at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct Finding {
    /// The client's code.
    pub client: String,
    /// The day; none where it is about the whole period.
    pub day: Option<Day>,
    /// The line's code.
    pub line: Option<String>,
    /// The shift's code.
    pub shift: Option<String>,
    /// What it is about in the codes people use: a product, an order.
    pub what: Option<String>,
    /// The table of the rows.
    pub table: String,
    /// The rows, the first hundred.
    pub rows: Vec<Id<()>>,
    /// How many rows there are.
    pub count: usize,
    /// What was found: a share from 0 to 1, minutes, hours.
    pub value: f64,
    /// What it was held against.
    pub against: f64,
    /// How likely chance alone would bring as much; none where it is no matter of chance.
    pub chance: Option<f64>,
    /// Who wrote the rows, where that was one person.
    pub author: Option<String>,
}

/// A client over a period, as a check looks at it.
#[derive(Clone, Copy)]
struct Over<'a, 'c> {
    r: &'a Reader<'c>,
    client: Id<Client>,
    from: Day,
    to: Day,
}

type Look = fn(Over<'_, '_>) -> Result<Vec<Finding>>;

/// Every check with its code.
const CHECKS: &[(&str, Look)] = &[
    ("minutes", minutes::look),
    ("over_performance", over_performance::look),
    ("standard_beaten", standard_beaten::look),
    ("heaping", heaping::look),
    ("no_short_stops", no_short_stops::look),
    ("late_planned", late_planned::look),
    ("other", other::look),
    ("identical", identical::look),
    ("late_entry", late_entry::look),
    ("self_approved", self_approved::look),
];

/// Rows that one finding lists.
const ROWS: usize = 100;

/// The codes of the checks, in their order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|(code, _)| *code)
}

/// Runs the checks over a period.
///
/// # Errors
/// `forbidden` below supervisor, `bad_period`, `missing` for a client out of scope, `no_such_check`.
pub fn honesty(r: &Reader<'_>, ask: &HonestyAsk) -> Result<Honesty> {
    if !r.session().role().sees_people() {
        return Err(Code::Forbidden.into());
    }
    if ask.to < ask.from {
        return Err(Fault::new(Code::BadPeriod).at("to").into());
    }
    let clients = clients(r, ask)?;
    known(ask)?;
    let wanted = |code: &str| ask.checks.as_ref().is_none_or(|only| only.iter().any(|c| c == code));
    let checks =
        CHECKS.iter().filter(|(code, _)| wanted(code)).map(|(code, look)| check(r, ask, &clients, code, *look));
    Ok(Honesty { checks: checks.collect::<Result<_>>()? })
}

/// Refuses a check that there is not: nothing found by it would look like nothing to find.
fn known(ask: &HonestyAsk) -> std::result::Result<(), Fault> {
    let strange = ask.checks.iter().flatten().find(|check| codes().all(|code| code != check.as_str()));
    let refused = |check: &String| {
        let allowed = codes().collect::<Vec<_>>().join(", ");
        Fault::new(Code::NoSuchCheck).at("check").with("value", check).with("allowed", allowed)
    };
    strange.map_or(Ok(()), |check| Err(refused(check)))
}

fn clients(r: &Reader<'_>, ask: &HonestyAsk) -> Result<Vec<(Id<Client>, String)>> {
    let all = r.session().clients().iter().map(|c| (c.id, c.code.clone()));
    let Some(asked) = &ask.clients else { return Ok(all.collect()) };
    if asked.iter().any(|id| !r.session().covers(*id)) {
        return Err(missing());
    }
    Ok(all.filter(|(id, _)| asked.contains(id)).collect())
}

fn check(r: &Reader<'_>, ask: &HonestyAsk, clients: &[(Id<Client>, String)], code: &str, look: Look) -> Result<Check> {
    let mut all = vec![];
    for (client, name) in clients {
        let found = look(Over { r, client: *client, from: ask.from, to: ask.to })?;
        all.extend(found.into_iter().map(|finding| Finding { client: name.clone(), ..finding }));
    }
    let total = all.len();
    let page = all.into_iter().skip(ask.offset.unwrap_or(0)).take(ask.limit.unwrap_or(100).min(1_000));
    Ok(Check { code: code.into(), total, findings: page.collect() })
}

impl Finding {
    /// A finding about rows of a table.
    fn of(table: &str, rows: &[[u8; 16]], value: f64, against: f64) -> Finding {
        let listed = rows.iter().take(ROWS).map(|id| Id::from_bytes(*id)).collect();
        Finding { table: table.into(), rows: listed, count: rows.len(), value, against, ..Finding::default() }
    }
}
