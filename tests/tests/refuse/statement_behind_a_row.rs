//! Must not compile: E0616
fn f(row: &store::Row<'_>) {
    let _ = &row.0;
}
fn main() {}
