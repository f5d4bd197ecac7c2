//! Questions and their answers.
use super::print;
use crate::{
    Outcome,
    args::{Common, Kpi},
    door::Door,
    stamp,
    table::{number, table},
    words::{language, say},
};
use domain::{Code, Day, Fault, fault::phrase};
use plant::kpi::Known;
use serde_json::{Value as Json, json};

/// What a row says, of all it knows.
const SAID: [&str; 6] = ["by", "value", "numerator", "denominator", "rows", "estimated_share"];
/// Line shifts that Explain gives at a time.
const PAGE: usize = 200;

/// Asks, of today or of what was known, and prints.
pub(super) fn kpi(common: &Common, door: &Door, question: &Kpi, known: Option<Known>) -> Outcome<()> {
    plant::kpi::named(&question.code)?;
    let mut ask = ask(door, question)?;
    ask["known"] = json!(known);
    let answer = door.ask("kpi_ask", ask.clone())?;
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
        in_words(question, &answer, stamp, explained.as_ref())
    });
    Ok(())
}

fn row(row: &Json) -> Json {
    Json::Object(SAID.iter().map(|key| ((*key).to_string(), row[*key].clone())).collect())
}

/// The question in ids, over all days there are where none are named.
pub(super) fn ask(door: &Door, q: &Kpi) -> Outcome<Json> {
    let known = door.ask("filters", json!({}))?;
    let edge = |key: &str| known[key].as_str().and_then(|d| d.parse::<Day>().ok());
    // An empty plant has no days; any will do.
    let from = q.from.or_else(|| edge("first_day")).or(q.to).unwrap_or(Day(0));
    let to = q.to.unwrap_or_else(|| edge("last_day").unwrap_or(from).max(from));
    let clients = q.client.iter().map(|code| door.client(code)).collect::<Outcome<Vec<_>>>()?;
    let clients = if clients.is_empty() { Json::Null } else { json!(clients) };
    let ids = |table: &str, codes: &[String]| ids(&known[table], table, codes, &clients);
    Ok(json!({
        "kpi": q.code, "from": from, "to": to, "by": q.by,
        "lines": ids("lines", &q.line)?, "shifts": ids("shifts", &q.shift)?, "products": ids("products", &q.product)?,
        "clients": clients,
    }))
}

/// The ids of codes, of the clients asked about; null where none are named.
fn ids(known: &Json, table: &str, codes: &[String], clients: &Json) -> Outcome<Json> {
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
            return Err(Fault::new(Code::Missing).at(table.trim_end_matches('s')).into());
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

fn in_words(q: &Kpi, answer: &Json, stamp: &str, explained: Option<&Json>) -> String {
    let unit = answer["unit"].as_str().unwrap_or_default();
    let mut head = q.by.clone();
    head.extend([format!("{} ({unit})", q.code)]);
    head.extend(["numerator", "denominator", "entries", "estimated"].map(|key| say(key, &[])));
    let rows: Vec<Vec<String>> = answer["rows"].as_array().into_iter().flatten().map(|r| cells(q, r)).collect();
    let mut lines = vec![table(&head, &rows)];
    if let Some(so_far) = answer["so_far"].as_object() {
        let value = number(so_far["value"].as_f64(), 2);
        lines.push(say("so_far", &[("value", value), ("unit", unit.into())]));
    }
    if answer["mixed_basis"] == true {
        lines.push(say("mixed_basis", &[]));
    }
    lines.push(say("stamp", &[("stamp", stamp.into())]));
    lines.extend(explained.map(explained_in_words));
    lines.join("\n")
}

fn cells(q: &Kpi, row: &Json) -> Vec<String> {
    let group = |name: &String| row["by"][name.as_str()].as_str().unwrap_or("—").to_string();
    let mut out: Vec<String> = q.by.iter().map(group).collect();
    let share = row["estimated_share"].as_f64().map(|s| s * 100.0);
    out.push(number(row["value"].as_f64(), 2));
    out.extend(["numerator", "denominator"].map(|key| number(row[key].as_f64(), 1)));
    out.push(row["rows"].to_string());
    out.push(format!("{} %", number(share, 1)));
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
