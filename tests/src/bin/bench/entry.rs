//! What one entry costs over the least a durable write can cost.
use super::{
    made::{Made, TODAY},
    report::{markdown, median, ms, processor, slow, timed},
};
use domain::{Id, Line, LineShift, Product, ProductionEntry, Shift};
use std::time::Duration;
use store::{Repository, values};

/// Writes of each kind.
const TIMES: usize = 1_000;

/// Where entries are put.
struct Spot {
    client: Id<domain::Client>,
    shift: Id<Shift>,
    lines: Vec<Id<Line>>,
    product: Id<Product>,
}

fn spot(made: &Made) -> store::Result<Spot> {
    let client = made.client(3);
    // A shift of its own: every other one has its entries.
    let shift = made.store.repository(&made.admin)?.write(|w| {
        let id = w.fresh();
        let code = format!("B{}", &id.hex()[20..]);
        w.put(&Shift { client_id: client, id, code, name: String::new(), active: true })?;
        Ok(id)
    })?;
    made.store.repository(&made.admin)?.read_of(&[client], |r| {
        let id = |sql| r.select(sql, values![client], |row| row.get::<[u8; 16]>(0));
        Ok(Spot {
            client,
            shift,
            lines: id("SELECT id FROM line WHERE client_id = ?1 ORDER BY code")?
                .into_iter()
                .map(Id::from_bytes)
                .collect(),
            product: Id::from_bytes(id("SELECT id FROM product WHERE client_id = ?1 ORDER BY code")?[0]),
        })
    })
}

/// The wall time of each of many writes, and the processor's share of one.
struct Many {
    wall: Vec<Duration>,
    busy: f64,
}

/// The kernel counts a thread's time by the tick, so that only the whole tells.
fn many(mut f: impl FnMut(usize) -> store::Result<()>) -> store::Result<Many> {
    let (mut wall, before) = (vec![], processor());
    for i in 0..TIMES {
        wall.push(timed(|| f(i))?.0);
    }
    let busy = processor().zip(before).map_or(f64::NAN, |(after, before)| (after - before).as_secs_f64());
    Ok(Many { wall, busy: busy * 1e3 / TIMES as f64 })
}

fn entry(s: &Spot, at: Id<LineShift>, id: Id<ProductionEntry>, hour: i64) -> ProductionEntry {
    ProductionEntry {
        line_shift_id: at,
        product_id: Some(s.product),
        hour: Some(hour),
        produced: Some(100 + hour),
        defective: Some(1),
        ..ProductionEntry::blank(s.client, id)
    }
}

/// A line shift of an hour's entry: open, of a day that is over, so that its sums are kept.
fn line_shift(s: &Spot, i: usize) -> LineShift {
    let day = TODAY.plus(-1 - (i / 8 / s.lines.len()) as i32);
    let row = LineShift::empty(s.client, day, s.shift, s.lines[i / 8 % s.lines.len()]);
    LineShift { crew: Some(10.0), net_minutes: Some(480.0), ..row }
}

/// The table of writes.
pub(crate) fn all(made: &Made) -> store::Result<String> {
    eprintln!("{}: writes", made.shape.name());
    let (s, repo) = (spot(made)?, made.store.repository(&made.admin)?);
    let body = "x".repeat(120);
    let bare = many(|i| repo.write(|w| w.keep_draft(&format!("bench {i}"), &body)))?;
    let mut ids = vec![];
    for i in 0..TIMES {
        repo.write(|w| {
            ids.push(w.fresh::<ProductionEntry>());
            w.put(&line_shift(&s, i)).map(|_| ())
        })?;
    }
    let create = many(|i| put(&repo, &entry(&s, line_shift(&s, i).id, ids[i], (i % 8) as i64)))?;
    let patch = many(|i| {
        put(&repo, &ProductionEntry { produced: Some(7), ..entry(&s, line_shift(&s, i).id, ids[i], (i % 8) as i64) })
    })?;
    let head = ["write", "wall, median", "wall, 1 of 20", "processor, mean", "over bare", "target", "met"];
    let base = bare.busy;
    let row = |name: &str, many: Many, judged: bool| {
        let over = many.busy - base;
        let met = if over <= 0.5 { "yes" } else { "**no**" };
        let (target, met) = if judged { ("≤ 0.5", met) } else { ("–", "–") };
        let mut out = vec![name.to_string()];
        out.extend([median(many.wall.clone()), slow(many.wall), many.busy].map(ms));
        out.extend([if judged { ms(over) } else { "–".into() }, target.into(), met.into()]);
        out
    };
    let rows = [
        row("one row, durable, nothing else", bare, false),
        row("one new entry with change, confirmation and sums", create, true),
        row("one corrected entry with change, confirmation and sums", patch, true),
    ];
    Ok(markdown(&format!("One entry (ms, {} entries in the file)", made.shape.name()), &head, &rows))
}

fn put(repo: &Repository<'_>, row: &ProductionEntry) -> store::Result<()> {
    repo.write(|w| w.put(row).map(|_| ()))
}
