//! `review`: what two people wrote differently, and what a hub refused.
use super::print;
use crate::{
    Outcome,
    args::{Again, Common, Decide, LetGo, Review},
    door::Door,
    stop::Stop,
    table::{moment, table, text},
    words::{say, table_name},
};
use serde_json::{Map, Value as Json, json};

/// Does what was asked of what waits for a person.
pub(super) fn review(common: &Common, door: &Door, what: &Review) -> Outcome<()> {
    match what {
        Review::List => list(common.json, door),
        Review::Decide(how) => decide(common.json, door, how),
        Review::Again(how) => again(common.json, door, how),
        Review::LetGo(which) => let_go(common.json, door, which),
    }
}

fn list(json: bool, door: &Door) -> Outcome<()> {
    let (conflicts, refused) = (door.ask("conflict_list", json!({}))?, door.ask("refused_list", json!({}))?);
    let answer = json!({ "conflicts": conflicts, "refused": refused });
    print(json, &answer, || {
        let rows: Vec<_> = items(&conflicts).flat_map(of_conflict).chain(items(&refused).map(of_refused)).collect();
        let heads = ["review_id", "review_row", "review_what", "review_by", "review_at", "review_state"];
        if rows.is_empty() { say("review_none", &[]) } else { table(&heads.map(|h| say(h, &[])), &rows) }
    });
    Ok(())
}

/// What stands, and each change that waits.
fn of_conflict(c: &Json) -> Vec<Vec<String>> {
    let state = |word: &str| say(word, &[]);
    let stands = items(&c["stands"]).map(|s| line(&c["id"], c, &value(&s["what"]), &s["by"], state("review_stands")));
    let waits = items(&c["waits"]).map(|w| {
        let what = if w["removes"] == true { state("review_removes") } else { values(&w["values"]) };
        line(&w["op"], c, &what, &w["by"], state("review_waits"))
    });
    stands.chain(waits).collect()
}

fn of_refused(r: &Json) -> Vec<String> {
    line(&r["op"], r, &values(&r["values"]), &r["by"], say(&format!("refused_{}", text(&r["why"])), &[]))
}

fn line(id: &Json, row: &Json, what: &str, by: &Json, state: String) -> Vec<String> {
    let parts = items(&row["row"]).map(|p| text(&p["text"])).collect::<Vec<_>>().join(" · ");
    let person = [text(&by["person"]), text(&by["pc"])].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
    vec![
        text(id),
        format!("{} {parts}", table_name(&text(&row["table"]))),
        what.into(),
        person.join(" @ "),
        moment(&by["at"]),
        state,
    ]
}

fn values(all: &Json) -> String {
    items(all).map(value).collect::<Vec<_>>().join(", ")
}

fn value(said: &Json) -> String {
    let value = said["text"].as_str().unwrap_or("—");
    format!("{}: {value}", text(&said["name"]))
}

fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

fn decide(json: bool, door: &Door, how: &Decide) -> Outcome<()> {
    let all = door.ask("conflict_list", json!({}))?;
    let found = items(&all).find(|c| c["id"] == how.row.as_str()).ok_or_else(|| missing("row", &how.row))?;
    let taken = how.take.as_ref().map(|op| {
        let change = items(&found["waits"]).find(|w| w["op"] == op.as_str());
        change.ok_or_else(|| missing("take", op))
    });
    let taken = taken.transpose()?.map(|w| &w["values"]);
    let named = |v: &Json| (text(&v["column"]), v["value"].clone());
    let values: Map<String, Json> = taken.into_iter().flat_map(items).map(named).collect();
    let closes: Vec<&Json> = items(&found["waits"]).map(|w| &w["op"]).collect();
    let input = json!({
        "client_id": found["client_id"], "table": found["table"], "id": found["id"], "version": found["version"],
        "closes": closes, "values": values, "removes": how.remove, "reason": how.reason,
    });
    door.ask("conflict_decide", input)?;
    print(json, &json!({ "row": how.row }), || say("review_decided", &[]));
    Ok(())
}

fn again(json: bool, door: &Door, how: &Again) -> Outcome<()> {
    let refused = refused(door, &how.change)?;
    let mended = how.set.iter().map(|set| {
        let (column, value) =
            set.split_once('=').ok_or_else(|| Stop::usage("review_set", &[("value", set.clone())]))?;
        Ok((column.to_string(), typed(value)))
    });
    let values = mended.collect::<Outcome<Map<String, Json>>>()?;
    let input = json!({ "client_id": refused["client_id"], "op": how.change, "values": values, "reason": how.reason });
    door.ask("refused_again", input)?;
    print(json, &json!({ "change": how.change }), || say("review_again", &[]));
    Ok(())
}

fn let_go(json: bool, door: &Door, which: &LetGo) -> Outcome<()> {
    let refused = refused(door, &which.change)?;
    let input = json!({ "client_id": refused["client_id"], "op": which.change, "reason": which.reason });
    door.ask("refused_let_go", input)?;
    print(json, &json!({ "change": which.change }), || say("review_let_go", &[]));
    Ok(())
}

fn refused(door: &Door, change: &str) -> Outcome<Json> {
    let all = door.ask("refused_list", json!({}))?;
    let found = items(&all).find(|r| r["op"] == change);
    found.cloned().ok_or_else(|| missing("change", change))
}

/// A number, or the text as it is; nothing for nothing.
fn typed(value: &str) -> Json {
    match value {
        "" => Json::Null,
        text => {
            text.parse::<i64>().map(Json::from).or_else(|_| text.parse::<f64>().map(Json::from)).unwrap_or(text.into())
        }
    }
}

fn missing(field: &str, id: &str) -> Stop {
    Stop::missing("waiting", id).at(field)
}
