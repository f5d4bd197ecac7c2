//! A stamp as a text that can be pasted back.
use crate::{Outcome, door::Door, stop::Stop};
use domain::{Client, Id, time::Instant};
use plant::kpi::{ClientSeq, Known, Stamp};
use serde_json::Value as Json;

/// `MOMENT/FORMULA/CLIENT:POSITION,…`, of an answer's stamp.
pub(crate) fn text(door: &Door, stamp: &Json) -> String {
    let Ok(stamp) = serde_json::from_value::<Stamp>(stamp.clone()) else { return String::new() };
    let ends: Vec<_> = stamp.clients.iter().map(|end| format!("{}:{}", name(door, end.client), end.seq)).collect();
    format!("{}/{}/{}", stamp.at, stamp.formula, ends.join(","))
}

/// The client's code where it needs no quotes, else its id.
fn name(door: &Door, client: Id<Client>) -> String {
    let code = door.session.clients().iter().find(|c| c.id == client).map(|c| c.code.clone());
    let is_plain = |code: &String| {
        !code.is_empty() && code.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && id(code).is_none()
    };
    code.filter(is_plain).unwrap_or_else(|| client.hex())
}

/// An id of thirty-two digits.
fn id(word: &str) -> Option<Id<Client>> {
    (word.len() == 32).then(|| word.parse().ok()).flatten()
}

/// What a stamp, or a moment, says was known.
pub(crate) fn read(door: &Door, text: &str) -> Outcome<Known> {
    let unread = || Stop::usage("asof_form", &[("value", text.into())]);
    let mut parts = text.splitn(3, '/');
    let at: Instant = parts.next().and_then(|moment| moment.parse().ok()).ok_or_else(unread)?;
    let Some(formula) = parts.next() else { return Ok(Known::At(at)) };
    let ends = parts.next().ok_or_else(unread)?.split(',').filter(|end| !end.is_empty());
    let end = |end: &str| {
        let (word, seq) = end.rsplit_once(':').ok_or_else(unread)?;
        let seq = seq.parse().map_err(|_| unread())?;
        Ok(ClientSeq { client: id(word).map_or_else(|| door.client(word), Ok)?, seq })
    };
    Ok(Known::Stamp(Stamp { at, formula: formula.into(), clients: ends.map(end).collect::<Outcome<_>>()? }))
}
