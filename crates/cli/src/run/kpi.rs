//! Questions and their answers.
use super::print;
use crate::{
    Outcome,
    args::{Asked, Common, Kpi},
    door::Door,
    stamp,
    stop::Stop,
    table::{number, table},
    words::{language, say},
};
use domain::{Code, Day, fault::phrase};
use plant::kpi::{KPIS, Known};
use serde_json::{Value as Json, json};
use std::collections::HashSet;

/// What a row says, of all it knows.
const SAID: [&str; 7] = ["by", "value", "why", "numerator", "denominator", "rows", "estimated_share"];
/// Line shifts that Explain gives at a time.
const PAGE: usize = 200;

/// Asks, of today or of what was known, and prints.
pub(super) fn kpi(common: &Common, door: &Door, question: &Kpi, known: Option<Known>) -> Outcome<()> {
    named(&question.asked.code)?;
    let mut ask = ask(door, &question.asked, &question.by)?;
    ask["known"] = json!(known);
    let mut answer = door.ask("kpi_ask", ask.clone()).map_err(|stop| with_groups(door, &question.asked.code, stop))?;
    let by = told_apart(door, &question.by, &mut answer);
    let explained = if question.explain { Some(explain(door, ask)?) } else { None };
    let mut out = json!({
        "kpi": answer["kpi"],
        "unit": answer["unit"],
        "stamp": answer["stamp"],
        "rows": answer["rows"].as_array().into_iter().flatten().map(row).collect::<Vec<_>>(),
    });
    out["stamp"]["text"] = stamp::text(door, &answer["stamp"]).into();
    if let Some(explained) = &explained {
        out["explain"] = explained.clone();
    }
    print(common.json, &out, || {
        let stamp = out["stamp"]["text"].as_str().unwrap_or_default();
        let mut lines = in_words(&question.asked.code, &by, &answer);
        lines.push(say("stamp", &[("stamp", stamp.into())]));
        lines.extend(explained.as_ref().map(explained_in_words));
        lines.join("\n")
    });
    Ok(())
}

/// Refuses what is no figure, and lists those that are.
pub(super) fn named(code: &str) -> Outcome<()> {
    let all = || KPIS.iter().map(|kpi| kpi.code).collect::<Vec<_>>().join(", ");
    plant::kpi::named(code).map(|_| ()).map_err(|fault| fault.with("allowed", all()).into())
}

/// A refused group, with those that the figure has.
fn with_groups(door: &Door, code: &str, stop: Stop) -> Stop {
    match stop {
        Stop::Fault(fault) if fault.code == Code::Grouping.word() => match groups(door, code) {
            Ok(allowed) => fault.with("allowed", allowed).into(),
            Err(other) => other,
        },
        other => other,
    }
}

/// By what a figure can be grouped.
fn groups(door: &Door, code: &str) -> Outcome<String> {
    let all = door.ask("kpi_list", json!({}))?;
    let own = all.as_array().into_iter().flatten().find(|kpi| kpi["code"] == code).unwrap_or(&Json::Null);
    let mut words: Vec<&str> = own["groupings"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    if own["over_time"] == true {
        words.extend(["day", "week", "month"]);
    }
    Ok(words.join(", "))
}

/// The groups to be shown: where rows of several clients bear the same words, their client stands before them.
fn told_apart(door: &Door, by: &[String], answer: &mut Json) -> Vec<String> {
    let rows = answer["rows"].as_array_mut().map_or(&mut [][..], Vec::as_mut_slice);
    let clients: HashSet<&str> = rows.iter().filter_map(|row| row["keys"]["client"].as_str()).collect();
    let words: HashSet<String> = rows.iter().map(|row| row["by"].to_string()).collect();
    if clients.len() < 2 || words.len() == rows.len() || by.iter().any(|group| group == "client") {
        return by.to_vec();
    }
    for row in rows {
        row["by"]["client"] = door.code(&row["keys"]["client"]).into();
    }
    std::iter::once("client".into()).chain(by.iter().cloned()).collect()
}

fn row(row: &Json) -> Json {
    Json::Object(SAID.iter().map(|key| ((*key).to_string(), row[*key].clone())).collect())
}

/// The question in ids, over all days there are where none are named.
pub(super) fn ask(door: &Door, q: &Asked, by: &[String]) -> Outcome<Json> {
    let known = door.ask("filters", json!({}))?;
    let edge = |key: &str| known[key].as_str().and_then(|d| d.parse::<Day>().ok());
    // An empty plant has no days; any will do.
    let from = q.from.or_else(|| edge("first_day")).or(q.to).unwrap_or(Day(0));
    let to = q.to.unwrap_or_else(|| edge("last_day").unwrap_or(from).max(from));
    let clients = q.client.iter().map(|code| door.client(code)).collect::<Outcome<Vec<_>>>()?;
    let clients = if clients.is_empty() { Json::Null } else { json!(clients) };
    let ids = |table: &str, codes: &[String]| ids(&known[table], table.trim_end_matches('s'), codes, &clients);
    Ok(json!({
        "kpi": q.code, "from": from, "to": to, "by": by,
        "lines": ids("lines", &q.line)?, "shifts": ids("shifts", &q.shift)?, "products": ids("products", &q.product)?,
        "clients": clients,
    }))
}

/// The ids of codes, of the clients asked about; null where none are named.
fn ids(known: &Json, what: &str, codes: &[String], clients: &Json) -> Outcome<Json> {
    if codes.is_empty() {
        return Ok(Json::Null);
    }
    let wanted = |c: &Json| clients.as_array().is_none_or(|all| all.contains(&c["client_id"]));
    let mut out = vec![];
    for code in codes {
        let same = |c: &&Json| c["code"].as_str().is_some_and(|k| k.eq_ignore_ascii_case(code)) && wanted(c);
        let before = out.len();
        out.extend(known.as_array().into_iter().flatten().filter(same).map(|c| c["id"].clone()));
        if out.len() == before {
            return Err(Stop::missing(what, code));
        }
    }
    Ok(Json::Array(out))
}

/// Every page of Explain, as one.
fn explain(door: &Door, mut ask: Json) -> Outcome<Json> {
    ask["by"] = json!([]);
    let page =
        |offset: usize| door.ask("kpi_explain", json!({ "ask": ask, "offset": offset, "limit": PAGE, "rows": true }));
    let mut whole = page(0)?;
    let total = whole["total"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    for offset in (PAGE..total).step_by(PAGE) {
        let mut next = page(offset)?;
        if let (Some(all), Some(more)) = (whole["line_shifts"].as_array_mut(), next["line_shifts"].as_array_mut()) {
            all.append(more);
        }
    }
    Ok(whole)
}

fn in_words(code: &str, by: &[String], answer: &Json) -> Vec<String> {
    let unit = answer["unit"].as_str().unwrap_or_default();
    let mut head = by.to_vec();
    head.extend([format!("{code} ({unit})")]);
    head.extend(["numerator", "denominator", "entries", "estimated"].map(|key| say(key, &[])));
    head.push(String::new());
    let rows: Vec<Vec<String>> = answer["rows"].as_array().into_iter().flatten().map(|row| cells(by, row)).collect();
    let mut lines = vec![table(&head, &rows)];
    if rows.is_empty() {
        lines.push(why("no_rows"));
    }
    if let Some(so_far) = answer["so_far"].as_object() {
        let value = number(so_far["value"].as_f64(), 2);
        lines.push(say("so_far", &[("value", value), ("unit", unit.into())]));
    }
    if answer["mixed_basis"] == true {
        lines.push(say("mixed_basis", &[]));
    }
    lines
}

/// Why there is no value.
fn why(word: &str) -> String {
    phrase(language(), &format!("why.{word}"), &Default::default())
}

fn cells(by: &[String], row: &Json) -> Vec<String> {
    let group = |name: &String| row["by"][name.as_str()].as_str().unwrap_or("—").to_string();
    let mut out: Vec<String> = by.iter().map(group).collect();
    let share = row["estimated_share"].as_f64().map(|s| s * 100.0);
    out.push(number(row["value"].as_f64(), 2));
    out.extend(["numerator", "denominator"].map(|key| number(row[key].as_f64(), 1)));
    out.push(row["rows"].to_string());
    out.push(format!("{} %", number(share, 1)));
    out.push(row["why"].as_str().map(why).unwrap_or_default());
    out
}

fn explained_in_words(e: &Json) -> String {
    let text = |v: &Json| v.as_str().unwrap_or("—").to_string();
    let mut lines = vec![String::new(), text(&e["formula"])];
    for term in e["terms"].as_array().into_iter().flatten() {
        lines.push(format!("  {} {}", text(&term["element"]), number(term["value"].as_f64(), 2)));
    }
    for s in e["sources"].as_array().into_iter().flatten() {
        let word = phrase(language(), &format!("source.{}", text(&s["source"])), &Default::default());
        let share = number(s["share"].as_f64().map(|v| v * 100.0), 1);
        lines.push(format!("  {}: {word}, {share} %", text(&s["element"])));
    }
    for shift in e["line_shifts"].as_array().into_iter().flatten() {
        let place = ["client", "day", "line", "shift"].map(|key| text(&shift[key])).join(" ");
        let sums = shift["elements"].as_object().into_iter().flatten();
        let sums: Vec<String> = sums.map(|(k, v)| format!("{k} {}", number(v.as_f64(), 1))).collect();
        lines.push(format!("{place}: {}", sums.join(", ")));
        for entry in shift["entries"].as_array().into_iter().flatten() {
            let values = entry["values"].as_object().into_iter().flatten();
            let values: Vec<String> = values.map(|(k, v)| format!("{k} {}", text(v))).collect();
            lines.push(format!("    {} {} · {}", text(&entry["what"]), values.join(", "), text(&entry["author"])));
        }
    }
    lines.join("\n")
}
