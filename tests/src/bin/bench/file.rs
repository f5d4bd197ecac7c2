//! A large file on its way in.
use super::{
    made::{SECRET, TODAY, clock, vault},
    report::{Progress, markdown, ms, timed},
};
use plant::{commands, import::desk::Desk};
use serde_json::json;
use std::{cell::RefCell, fmt::Write};
use store::Store;

/// A file of this many rows: 20 lines, 40 products, one shift.
fn text(rows: usize) -> String {
    let mut out =
        String::from("client,day,shift,line,product,standard_minutes,crew,net_minutes,hour,produced,defective\n");
    for i in 0..rows {
        let (cell, hour) = (i / 8, i % 8);
        let (line, day) = (cell % 20 + 1, TODAY.plus(-1 - (cell / 20) as i32));
        let (product, produced) = (cell % 40 + 1, 90 + i % 37);
        let _ = writeln!(
            out,
            "BIG,{day},DAY,LINE-{line:02},STYLE-{product:02},{}.5,{},480,{hour},{produced},{}",
            product + 3,
            20 + line,
            i % 4
        );
    }
    out
}

/// The table of the import.
pub(crate) fn all(rows: usize) -> store::Result<String> {
    let (dir, bytes) = (tempfile::tempdir(), text(rows).into_bytes());
    let Ok(dir) = dir else { return Ok(String::new()) };
    let store = Store::create(&vault(&dir.path().join("import.db")), clock())?;
    let admin = store.first_start("ada", "Ada", SECRET, "en")?;
    let desk = Desk::default();
    let progress = RefCell::new(Progress::new(format!("importing {rows} rows")));
    let tell = |_: &str, done: u32, all: u32| progress.borrow_mut().at(done.into(), all.into());
    let mut took = vec![];
    for turn in ["confirmed", "again"] {
        let repo = store.repository(&admin)?;
        let call = commands::Call { repo: &repo, desk: &desk, tell: &tell };
        let token = desk.begin(&admin, "big.csv", bytes.len())?;
        desk.chunk(&admin, &token, 0, &bytes)?;
        let wish =
            json!({ "token": token, "kind": "production", "client_id": null, "mapping": null, "scrap_inside": null });
        let (look, _) = timed(|| Ok(commands::call("import_preview", &call, wish.clone())?))?;
        let mut order = wish;
        order["without_errors"] = false.into();
        let (done, said) = timed(|| Ok(commands::call("import_confirm", &call, order)?))?;
        let wanted = if turn == "again" { 0 } else { rows };
        assert_eq!(said["written"].as_u64(), Some(wanted as u64), "{said}");
        took.push((look.as_secs_f64() * 1e3, done.as_secs_f64() * 1e3));
    }
    let (first, again) = (took[0], took[1]);
    let met = |v: f64| if v <= 9_000.0 { "yes" } else { "**no**" }.to_string();
    let row = |name: &str, value: f64, judged: bool| {
        let (target, met) = if judged { ("≤ 9000".into(), met(value)) } else { ("–".into(), "–".into()) };
        vec![name.into(), ms(value), target, met]
    };
    let rows_of = [
        row("read, check, preview", first.0, false),
        row("write: rows, log, sums, one transaction", first.1, true),
        row("both", first.0 + first.1, false),
        row("the same file again, which adds nothing", again.0 + again.1, false),
    ];
    Ok(markdown(&format!("Import of {rows} rows (ms)"), &["step", "took", "target", "met"], &rows_of))
}
