//! Whether what was entered can be what happened.
use super::print;
use crate::{
    Outcome,
    args::{Common, Honesty},
    door::Door,
    table::number,
    words::{counted, language, say},
};
use domain::fault::phrase;
use serde_json::{Value as Json, json};

/// Runs the checks, and prints what each found.
pub(super) fn honesty(common: &Common, door: &Door, what: &Honesty) -> Outcome<()> {
    let clients = what.client.iter().map(|code| door.client(code)).collect::<Outcome<Vec<_>>>()?;
    let some = |list: bool, value: Json| if list { value } else { Json::Null };
    let ask = json!({
        "from": what.from, "to": what.to, "clients": some(!clients.is_empty(), json!(clients)),
        "checks": some(!what.check.is_empty(), json!(what.check)),
    });
    let answer = door.ask("honesty", ask)?;
    print(common.json, &answer, || {
        let checks = answer["checks"].as_array().into_iter().flatten();
        checks.map(check).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// A check's name; where it found something also why that matters, and what it found.
fn check(check: &Json) -> String {
    let word = |rest: &str| {
        phrase(
            language(),
            &format!("honesty.{}{rest}", check["code"].as_str().unwrap_or_default()),
            &Default::default(),
        )
    };
    if check["total"] == 0 {
        return format!("✓ {}: {}", word(""), say("nothing_found", &[]));
    }
    let mut lines = vec![format!("! {} ({})", word(""), check["total"]), format!("    {}", word(".why"))];
    lines.extend(check["findings"].as_array().into_iter().flatten().map(finding));
    lines.join("\n")
}

/// "    ACME 2026-11-20 L1 DAY: 12 rows: 0.9 against 0.2, by chance 1e-9 · ana"
fn finding(f: &Json) -> String {
    let text = |key: &str| f[key].as_str().filter(|t| !t.is_empty());
    let place: Vec<&str> = ["client", "day", "line", "shift", "what"].into_iter().filter_map(text).collect();
    let chance = f["chance"].as_f64().map(|p| say("by_chance", &[("p", format!("{p:.1e}"))])).unwrap_or_default();
    let told = [
        ("count", counted("n_rows", f["count"].as_u64().unwrap_or(0))),
        ("value", number(f["value"].as_f64(), 2)),
        ("against", number(f["against"].as_f64(), 2)),
        ("chance", chance),
    ];
    let author = text("author").map(|name| format!(" · {name}")).unwrap_or_default();
    format!("    {}: {}{author}", place.join(" "), say("found_rows", &told))
}
