//! Must not compile: E0624
fn f(store: &store::Store) {
    let _ = store.admin_read(|_| Ok(()));
}
fn main() {}
