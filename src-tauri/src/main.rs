//! The window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod door;
mod hub;
mod ipc;
mod schedule;
mod shell;
mod watch;

fn main() -> std::process::ExitCode {
    shell::run()
}
