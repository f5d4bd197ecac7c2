//! Must not compile: E0616
fn f(w: &mut store::Writer<'_>) {
    let _ = &w.log;
}
fn main() {}
