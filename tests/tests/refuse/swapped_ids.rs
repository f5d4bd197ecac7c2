//! Must not compile: E0308
use domain::{Client, Id, Line, Shift};
fn f(r: &store::Reader<'_>, client: Id<Client>, shift: Id<Shift>) {
    let _ = r.get::<Line>(client, shift);
}
fn main() {}
