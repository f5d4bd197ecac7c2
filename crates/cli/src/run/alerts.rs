//! What somebody should see to.
use super::print;
use crate::{
    Outcome,
    args::{Alerts, Common},
    door::Door,
    table::number,
    words::{language, say},
};
use domain::fault::phrase;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Lists alerts, after a look where one is wanted.
pub(super) fn alerts(common: &Common, door: &Door, how: &Alerts) -> Outcome<()> {
    let looked = if how.look { door.ask("alert_look", json!({}))? } else { Json::Null };
    let client = how.client.as_ref().map(|code| door.client(code)).transpose()?;
    let all = door.ask("alerts", json!({ "client_id": client, "settled": how.settled }))?;
    let answer = json!({ "looked": looked, "alerts": all });
    print(common.json, &answer, || in_words(door, &looked, &all));
    Ok(())
}

fn in_words(door: &Door, looked: &Json, all: &Json) -> String {
    let count = |key| (key, looked[key].to_string());
    let told = looked.as_object().map(|_| say("looked", &["raised", "reopened", "resolved"].map(count)));
    let mut lines: Vec<String> = told.into_iter().collect();
    lines.extend(all.as_array().into_iter().flatten().map(|one| alert(&door.code(&one["client_id"]), one)));
    if all.as_array().is_some_and(Vec::is_empty) {
        // Without a look just now, an empty list may only mean that nobody looked.
        lines.push(say(if looked.is_object() { "no_alerts" } else { "none_raised" }, &[]));
    }
    lines.join("\n")
}

/// "‼ ALBA: Order A-2 is 5 days late · open"
fn alert(client: &str, alert: &Json) -> String {
    let text = |key: &str| alert[key].as_str().unwrap_or_default().to_string();
    let figure = |key: &str| number(alert[key].as_f64(), 1);
    let params = [("label", text("label")), ("value", figure("value")), ("against", figure("against"))];
    let params = params.map(|(name, value)| (name.to_string(), value)).into_iter().collect::<BTreeMap<_, _>>();
    let mark = if alert["critical"] == true { "‼" } else { "!" };
    let state = phrase(language(), &format!("alert_state.{}", text("state")), &BTreeMap::new());
    format!("{mark} {client}: {} · {state}", phrase(language(), &format!("alert.{}", text("kind")), &params))
}
