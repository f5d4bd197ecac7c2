//! Must not compile: E0624
fn f(store: &store::Store) {
    let _ = store.admin_write(|_| Ok(()));
}
fn main() {}
