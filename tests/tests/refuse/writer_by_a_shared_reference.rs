//! Must not compile: E0596
fn f(w: &store::Writer<'_>, line: &domain::Line) {
    let _ = w.put(line);
}
fn main() {}
