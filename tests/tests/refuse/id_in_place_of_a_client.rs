//! Must not compile: E0308
use domain::{Id, Line};
fn f(r: &store::Reader<'_>, line: Id<Line>) {
    let _ = r.get::<Line>(line, line);
}
fn main() {}
