//! Puts a real hub under load: its own process, real PostgreSQL that syncs, real TLS.
//!
//! `load bench` measures and prints Markdown; `load soak --minutes N` lets PCs write and read all the while.
//! `load first --entries N` lets an empty PC come to a hub that has so many; `bench` does so, too.
//! `--changes`, `--devices`, `--pending` and `--rest` say how much `bench` does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong under load stops it")]
mod bench;
mod child;
mod comer;
mod fill;
mod first;
mod floor;
mod pc;
mod report;
mod seconds;
#[path = "../../../../../crates/hub/tests/postgres/server.rs"]
#[allow(dead_code, reason = "the hub's own tests use the rest")]
mod server;
mod soak;
mod stage;
mod storm;

/// The number behind a word, or what is usual.
pub(crate) fn number(words: &[String], name: &str, usual: usize) -> usize {
    let at = words.iter().position(|w| w == name);
    at.and_then(|i| words.get(i + 1)).and_then(|n| n.parse().ok()).unwrap_or(usual)
}

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("bench") => bench::all(&words).await,
        Some("first") => println!("{}", first::all(&words).await),
        Some("comes") => comer::comes(&words[1]).await,
        Some("soak") => soak::all(&words).await,
        Some("serve") => child::serve(&words[1], &words[2]).await,
        _ => {
            eprintln!(
                "load bench [--changes N] [--devices N] [--pending N] [--rest SECONDS] | load soak --minutes N | load first [--clients N] [--entries N]"
            );
            std::process::exit(2);
        }
    }
}
