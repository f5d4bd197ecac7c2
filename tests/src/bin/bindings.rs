//! Prints what the window's code is generated from: `typescript` or `commands`.
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("typescript") => print!("{}", plant::commands::typescript()),
        Some("commands") => plant::commands::names().iter().for_each(|name| println!("{name}")),
        _ => {
            eprintln!("usage: bindings typescript|commands");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
