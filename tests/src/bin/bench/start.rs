//! From a closed file to the first board.
use super::{
    made::{Made, SECRET, TODAY, clock, vault},
    report::{markdown, median, ms, timed},
};
use plant::{commands, import::desk::Desk};
use serde_json::json;
use store::Store;

/// How often the file is opened.
const TIMES: usize = 7;

/// The table of the start.
pub(crate) fn all(made: &Made) -> store::Result<String> {
    eprintln!("{}: start", made.shape.name());
    let (mut open, mut login, mut first, mut again) = (vec![], vec![], vec![], vec![]);
    for _ in 0..TIMES {
        let (took, store) = timed(|| Store::open(&vault(&made.path), clock()))?;
        open.push(took);
        let (took, session) = timed(|| store.login("ada", SECRET))?;
        login.push(took);
        for times in [&mut first, &mut again] {
            times.push(timed(|| board(&store, &session))?.0);
        }
    }
    let [open, login, first, again] = [open, login, first, again].map(median);
    let row = |name: &str, value: f64, target: &str, met: &str| vec![name.into(), ms(value), target.into(), met.into()];
    let whole = open + login + first;
    let rows = [
        row("open the file: writer, reader, kernel, walls", open, "–", "–"),
        row("log in: argon2id, 64 MiB", login, "–", "–"),
        row("the first board: six cards, 30 days, all clients; fills the cube", first, "–", "–"),
        row("start to the first board", whole, "≤ 2000", if whole <= 2000.0 { "yes" } else { "**no**" }),
        row("the board again", again, "–", "–"),
    ];
    Ok(markdown(
        &format!("Start (ms, median, {} entries)", made.shape.name()),
        &["step", "took", "target", "met"],
        &rows,
    ))
}

fn board(store: &Store, session: &store::Session) -> store::Result<()> {
    let repo = store.repository(session)?;
    let desk = Desk::default();
    let call = commands::Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} };
    let kpis = ["efficiency", "availability", "performance", "quality_rate", "oee", "attainment"];
    let input = json!({
        "kpis": kpis, "clients": null, "from": TODAY.plus(-30), "to": TODAY.plus(-1),
        "lines": null, "shifts": null, "products": null,
    });
    Ok(commands::call("kpi_board", &call, input).map(|_| ())?)
}
