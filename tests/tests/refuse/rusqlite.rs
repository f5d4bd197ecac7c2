//! Must not compile: E0432
use rusqlite::Connection;
fn main() {}
