//! Must not compile: E0061
fn f(r: &store::Reader<'_>, line: domain::Id<domain::Line>) {
    let _ = r.get::<domain::Line>(line);
}
fn main() {}
