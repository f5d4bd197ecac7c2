//! Checks that the interface is built, then lets Tauri read its settings.

use std::path::Path;
use std::process::ExitCode;

/// The interface as the app carries it inside.
const INTERFACE: &str = "../ui/dist";

fn main() -> ExitCode {
    // The pages are compiled in: new pages mean a new app.
    println!("cargo:rerun-if-changed={INTERFACE}");
    println!("cargo:rerun-if-changed=permissions");
    println!("cargo:rerun-if-changed=capabilities");
    if !Path::new(INTERFACE).join("index.html").is_file() {
        println!("cargo:error=ui/dist is missing: run `npm run build` in ui/, or `cargo xtask run`, which does it");
        return ExitCode::FAILURE;
    }
    tauri_build::build();
    ExitCode::SUCCESS
}
