//! Why a figure changed.
use super::{kpi, print};
use crate::{
    Outcome,
    args::{Asked, Common, Why},
    door::Door,
    table::{number, table},
    words::{language, say},
};
use domain::fault::phrase;
use serde_json::{Value as Json, json};

/// Asks why, and prints.
pub(super) fn why(common: &Common, door: &Door, change: &Why) -> Outcome<()> {
    kpi::named(&change.code)?;
    let length = i32::try_from(change.from.days_to(change.to)).unwrap_or(i32::MAX);
    let before = || (change.from.plus(-length), change.from.plus(-1));
    let (from, to) = change.versus.unwrap_or_else(before);
    let ask = kpi::ask(door, &later(change), &[])?;
    let answer = door.ask("kpi_why", json!({ "ask": ask, "versus_from": from, "versus_to": to }))?;
    print(common.json, &answer, || in_words(&answer));
    Ok(())
}

/// The later period as any other question.
fn later(change: &Why) -> Asked {
    Asked {
        code: change.code.clone(),
        client: change.client.clone(),
        from: Some(change.from),
        to: Some(change.to),
        line: change.line.clone(),
        shift: change.shift.clone(),
        product: change.product.clone(),
    }
}

fn in_words(answer: &Json) -> String {
    let unit = answer["unit"].as_str().unwrap_or_default();
    let mut lines = vec![ends(answer, unit)];
    let factors: Vec<Json> = answer["factors"].as_array().cloned().unwrap_or_default();
    if !factors.is_empty() {
        lines.extend([String::new(), parts(&factors, answer, unit)]);
    }
    lines.extend(factors.iter().filter_map(merged));
    lines.extend(borrowed(answer));
    if answer["mixed_basis"] == true {
        lines.push(say("mixed_basis", &[]));
    }
    lines.join("\n")
}

/// The two values and what lies between them.
fn ends(answer: &Json, unit: &str) -> String {
    let head = ["from_day", "to_day"].map(|key| say(key, &[]));
    let kpi = answer["kpi"].as_str().unwrap_or_default();
    let head = [head[0].clone(), head[1].clone(), format!("{kpi} ({unit})"), String::new()];
    let row = |side: &Json| {
        let text = |key: &str| side[key].as_str().unwrap_or_default().to_string();
        let why = side["why"].as_str().map(|why| phrase(language(), &format!("why.{why}"), &Default::default()));
        let open = (side["provisional"] == true).then(|| say("provisional", &[]));
        let note = why.or(open).unwrap_or_default();
        vec![text("from"), text("to"), number(side["value"].as_f64(), 2), note]
    };
    table(&head, &[row(&answer["before"]), row(&answer["after"])])
}

/// One line for each factor, and their sum.
fn parts(factors: &[Json], answer: &Json, unit: &str) -> String {
    let head = [say("factor", &[]), format!("{} ({unit})", say("part", &[])), String::new()];
    let row = |name: String, part: &Json, direction: &Json| {
        let way = direction.as_str().map(|way| say(&format!("way_{way}"), &[]));
        vec![name, signed(part.as_f64()), way.unwrap_or_default()]
    };
    let mut rows: Vec<_> = factors.iter().map(|f| row(word(&f["factor"]), &f["part"], &f["direction"])).collect();
    rows.push(row(say("difference", &[]), &answer["difference"], &answer["direction"]));
    table(&head, &rows)
}

fn word(factor: &Json) -> String {
    phrase(language(), &format!("factor.{}", factor.as_str().unwrap_or_default()), &Default::default())
}

/// A part with its sign; what rounds to nothing has none.
fn signed(part: Option<f64>) -> String {
    let text = number(part, 2);
    match part {
        Some(value) if value > 0.0 && text != "0.00" => format!("+{text}"),
        _ if text == "-0.00" => "0.00".into(),
        _ => text,
    }
}

/// What could not be told from a factor.
fn merged(factor: &Json) -> Option<String> {
    let one = |merged: &Json| match merged["share"].as_f64() {
        Some(share) if share < 0.9995 => format!("{} ({} %)", word(&merged["factor"]), number(Some(share * 100.0), 1)),
        _ => word(&merged["factor"]),
    };
    let all: Vec<String> = factor["merged"].as_array()?.iter().map(one).collect();
    (!all.is_empty()).then(|| say("merged", &[("factor", word(&factor["factor"])), ("merged", all.join(", "))]))
}

/// How much of the time has no counterpart.
fn borrowed(answer: &Json) -> Option<String> {
    let share = |side: &str| answer[side]["unmatched"].as_f64().unwrap_or_default() * 100.0;
    let (before, after) = (share("before"), share("after"));
    let values = [("before", number(Some(before), 1)), ("after", number(Some(after), 1))];
    (before.max(after) >= 0.05).then(|| say("borrowed", &values))
}
