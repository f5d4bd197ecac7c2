//! Measures what people wait for, on generated plants; prints Markdown.
//!
//! `bench` measures 100 k and 1 M entries; `bench --quick` one small plant.
//! `--keep DIR` leaves the generated plants there and takes them up again.
mod entry;
mod file;
mod load;
mod made;
mod questions;
mod report;
mod start;

use made::{Made, Shape};
use std::path::PathBuf;

/// What the words behind `bench` ask for.
struct Wish {
    shapes: Vec<Shape>,
    rows: usize,
    keep: Option<PathBuf>,
}

impl Wish {
    fn of(words: &[String]) -> Wish {
        let quick = words.iter().any(|w| w == "--quick");
        let keep = words.iter().position(|w| w == "--keep").and_then(|i| words.get(i + 1)).map(PathBuf::from);
        let shapes: &[(u32, u32)] = if quick { &[(4, 400)] } else { &[(5, 730), (50, 730)] };
        let shapes = shapes.iter().map(|(clients, days)| Shape { clients: *clients, days: *days }).collect();
        Wish { shapes, rows: if quick { 5_000 } else { 100_000 }, keep }
    }
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
    let mut columns = vec![];
    for shape in &wish.shapes {
        let made = Made::take_up(*shape, wish.keep.as_deref())?;
        println!("{}", made.told());
        columns.push((*shape, questions::all(&made)?));
        if Some(shape) == wish.shapes.last() {
            println!("{}", entry::all(&made)?);
            println!("{}", start::all(&made)?);
        }
    }
    println!("{}", questions::table(&columns));
    println!("{}", file::all(wish.rows)?);
    Ok(())
}
