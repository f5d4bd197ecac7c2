//! The command line: the same commands as the window's, without one.
mod args;
mod bar;
mod door;
mod run;
mod stamp;
mod stop;
mod table;
mod words;

use args::Args;
use clap::Parser;
use std::process::ExitCode;
use stop::Stop;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => return stop::misused(&e),
    };
    match run::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => stop.told(args.common.json),
    }
}

/// What every part of the command line returns.
type Outcome<T> = Result<T, Stop>;
