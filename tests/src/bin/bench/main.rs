//! Measures what people wait for, on generated plants; prints Markdown.
//!
//! `bench` measures 100 k and 1 M entries; `bench --quick` one small plant.
//! `--keep DIR` leaves the generated plants there and takes them up again;
//! `--only boards,cards,explain,questions,why,asof,entry,start,import,landing` measures some of it, `--like TEXT` some questions;
//! `--shape 50x70` measures a plant of 50 clients and 70 days instead, `--shape 50x730x10` one entered ten times as
//! densely. A second `--shape` stands beside the first.
mod asof;
mod boards;
mod entry;
mod explain;
mod file;
mod landing;
mod load;
mod made;
mod plain;
mod questions;
mod report;
mod start;
mod why;

use made::{Made, Shape};
use std::path::PathBuf;

/// What the words behind `bench` ask for.
struct Wish {
    shapes: Vec<Shape>,
    rows: usize,
    keep: Option<PathBuf>,
    only: Option<String>,
    like: String,
}

impl Wish {
    fn of(words: &[String]) -> Wish {
        let quick = words.iter().any(|w| w == "--quick");
        let after = |name: &str| words.iter().position(|w| w == name).and_then(|i| words.get(i + 1)).cloned();
        let (keep, only) = (after("--keep").map(PathBuf::from), after("--only"));
        let usual: &[[u32; 3]] = if quick { &[[4, 400, 1]] } else { &[[5, 730, 1], [50, 730, 1]] };
        let own = words.iter().zip(&words[1.min(words.len())..]).filter(|(name, _)| *name == "--shape");
        let own: Vec<Shape> = own.filter_map(|(_, text)| shape(text)).collect();
        let usual =
            usual.iter().map(|[clients, days, density]| Shape { clients: *clients, days: *days, density: *density });
        let shapes = if own.is_empty() { usual.collect() } else { own };
        Wish {
            shapes,
            rows: if quick { 5_000 } else { 100_000 },
            keep,
            only,
            like: after("--like").unwrap_or_default(),
        }
    }
    fn wants(&self, part: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.split(',').any(|p| p == part))
    }
}

/// "50x730" or "50x730x10".
fn shape(text: &str) -> Option<Shape> {
    let mut numbers = text.split('x').map(str::parse);
    let (clients, days) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    Some(Shape { clients, days, density: numbers.next().and_then(Result::ok).unwrap_or(1) })
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&Wish::of(&words)) {
        Ok(()) => {}
        Err(e) => {
            eprintln!("bench: {e}");
            std::process::exit(1);
        }
    }
}

fn run(wish: &Wish) -> store::Result<()> {
    let of_files = |only: &str| ["import", "asof", "landing"].contains(&only);
    let shapes = if wish.only.as_deref().is_some_and(of_files) { &[] } else { &wish.shapes[..] };
    let mut took = Took::default();
    for shape in shapes {
        took.measure(wish, *shape)?;
    }
    took.tell(wish);
    if wish.wants("import") {
        println!("{}", file::all(wish.rows)?);
    }
    if wish.wants("asof") {
        println!("{}", asof::all(if wish.rows < 100_000 { 2 } else { 24 })?);
    }
    if wish.wants("landing") {
        println!("{}", landing::all(if wish.rows < 100_000 { 2 } else { 12 })?);
    }
    Ok(())
}

/// What the questions took in each plant: one column of a table each.
#[derive(Default)]
struct Took {
    boards: Vec<(Shape, Vec<boards::Took>)>,
    explained: Vec<(Shape, Vec<explain::Took>)>,
    questions: Vec<(Shape, Vec<questions::Took>)>,
    changes: Vec<(Shape, Vec<why::Took>)>,
}

impl Took {
    /// Asks everything of one plant; what belongs in no table beside another plant is told at once.
    fn measure(&mut self, wish: &Wish, shape: Shape) -> store::Result<()> {
        let made = Made::take_up(shape, wish.keep.as_deref())?;
        println!("{}", made.told());
        if wish.wants("boards") {
            self.boards.push((shape, boards::all(&made, &wish.like)?));
        }
        if wish.wants("explain") {
            self.explained.push((shape, explain::all(&made, &wish.like)?));
        }
        if wish.wants("questions") {
            self.questions.push((shape, questions::all(&made, &wish.like)?));
        }
        if wish.wants("why") {
            self.changes.push((shape, why::all(&made, &wish.like)?));
        }
        if wish.shapes.last() == Some(&shape) { last(wish, &made) } else { Ok(()) }
    }
    fn tell(&self, wish: &Wish) {
        if wish.wants("boards") {
            println!("{}", boards::table(&self.boards, &wish.like));
        }
        if wish.wants("explain") {
            println!("{}", explain::table(&self.explained, &wish.like));
        }
        if wish.wants("questions") {
            println!("{}", questions::table(&self.questions, &wish.like));
        }
        if wish.wants("why") {
            println!("{}", why::table(&self.changes, &wish.like));
        }
    }
}

/// What is measured in the largest plant alone.
fn last(wish: &Wish, made: &Made) -> store::Result<()> {
    if wish.wants("cards") {
        println!("{}", boards::cards(made, &wish.like)?);
    }
    if wish.wants("entry") {
        println!("{}", entry::all(made)?);
    }
    if wish.wants("start") {
        println!("{}", start::all(made)?);
    }
    Ok(())
}
