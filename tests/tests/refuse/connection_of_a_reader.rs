//! Must not compile: E0616
fn f(r: &store::Reader<'_>) {
    let _ = &r.conn;
}
fn main() {}
