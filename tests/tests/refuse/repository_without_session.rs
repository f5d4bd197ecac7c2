//! Must not compile: E0061
fn f(store: &store::Store) {
    let _ = store.repository();
}
fn main() {}
