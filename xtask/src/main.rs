//! Sets up, runs, tests and measures Lineboard.
#![allow(
    clippy::disallowed_methods,
    reason = "a build tool reads the clock and writes files; the rules are the product's"
)]

mod bench;
mod bindings;
mod e2e;
mod fuzz;
mod icons;
mod mutants;
mod open;
mod setup;
mod sim;
mod step;
mod summary;
mod test;
mod tree;
mod versions;

use std::process::ExitCode;

/// What a verb returns: nothing, or the sentence that says what went wrong.
type Outcome<T = ()> = Result<T, String>;

const VERBS: &str = "\
cargo xtask VERB

  setup            install what building and testing needs
  run              set up, build and open the app
  test             set up, build, lint, and run every test
  e2e [NAME]       drive the real window through the scenarios whose name holds NAME
  bindings         write ui/src/bindings.ts and the window's command list
  bench            measure a release build, write docs/benchmarks.md
  bench hub        measure a hub under load alone, and print it
  soak [--minutes N]
                   let PCs write and read at a hub, and say each minute how it goes
  mutants [NAME]   remove one guard at a time and expect a failing test
  sim [--seeds N] [--first N] [--faults all|NAME,...]
                   play PCs, hub and every fault between them, as built or with faults planted
  versions [--old COMMIT]
                   let an older program and this one work together, each with its own files, at a hub of either
  fuzz [--seconds N] [TARGET...]
                   let a machine try messages nobody would think of; wants a nightly compiler
  icons            render icons/lineboard.svg into every size";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nxtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Outcome {
    let (verb, rest) = match words.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => ("help", words),
    };
    match (verb, rest) {
        ("setup", []) => setup::everything(),
        ("run", []) => open::run(),
        ("test", []) => test::run(),
        ("e2e", [] | [_]) => e2e::run(rest.first().map(String::as_str)),
        ("bindings", []) => bindings::write(),
        ("bench", _) => bench::run(rest),
        ("soak", _) => bench::soak(rest),
        ("mutants", [] | [_]) => mutants::run(rest.first().map(String::as_str)),
        ("sim", _) => sim::run(rest),
        ("versions", _) => versions::run(rest),
        ("fuzz", _) => fuzz::run(rest),
        ("icons", []) => icons::render(),
        ("help" | "--help" | "-h", _) => {
            println!("{VERBS}");
            Ok(())
        }
        _ => Err(format!("`{}` is not understood\n\n{VERBS}", words.join(" "))),
    }
}
