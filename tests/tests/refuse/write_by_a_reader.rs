//! Must not compile: E0599
fn f(r: &store::Reader<'_>, line: &domain::Line) {
    let _ = r.put(line);
}
fn main() {}
