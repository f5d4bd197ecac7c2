//! Whether the file is sound.
use super::print;
use crate::{
    Outcome,
    args::{Common, Verify},
    bar::Bar,
    door::Door,
    stop::Stop,
    words::say,
};
use serde_json::json;
use store::keep::verify::{Place, Report};

/// Checks everything; what is found is named, and the exit code says no.
pub(super) fn verify(common: &Common, door: &Door, how: &Verify) -> Outcome<()> {
    let renewed = if how.rollup { Some(rollup(common, door)?) } else { None };
    let bar = Bar::new(say("checking", &[]), common.json);
    let report = door.store.verify(&door.session, &mut |done, all| bar.at(done, all))?;
    drop(bar);
    let answer = json!({
        "sound": report.is_sound(), "checks": report.checks, "counts": report.counts, "sums_renewed": renewed,
    });
    print(common.json, &answer, || in_words(&report, renewed));
    match report.first() {
        None => Ok(()),
        Some((check, place)) => Err(Stop::said("unsound", &[("check", say(check, &[])), ("place", named(place))])),
    }
}

fn rollup(common: &Common, door: &Door) -> Outcome<u64> {
    let bar = Bar::new(say("renewing_sums", &[]), common.json);
    Ok(door.store.rebuild_sums(&door.session, &mut |done, all| bar.at(done, all))?)
}

fn in_words(report: &Report, renewed: Option<u64>) -> String {
    let mut lines: Vec<String> = renewed.map(|n| say("sums_renewed", &[("n", n.to_string())])).into_iter().collect();
    for check in &report.checks {
        let mark = if check.broken == 0 { "✓" } else { "✗" };
        let (name, seen) = (say(check.name, &[]), check.looked_at);
        lines.push(match check.broken {
            0 => format!("{mark} {name} ({seen})"),
            n => {
                format!("{mark} {name} ({})", say("of_them_broken", &[("n", n.to_string()), ("all", seen.to_string())]))
            }
        });
        lines.extend(check.places.iter().map(|p| format!("    {}", named(p))));
    }
    lines.join("\n")
}

/// "ACME change 17: not as it was written (…)"
fn named(p: &Place) -> String {
    let at = [p.client.as_deref(), Some(p.table.as_str()), p.row.as_deref()];
    let at = at.into_iter().flatten().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    let what = say(&format!("place_{}", p.what), &[]);
    let detail = p.detail.as_deref().map(|d| format!(" ({d})")).unwrap_or_default();
    if at.is_empty() { format!("{what}{detail}") } else { format!("{at}: {what}{detail}") }
}
