//! Must not compile: E0624
fn f(store: &store::Store, session: &store::Session) {
    let _ = store::Repository::new(store, session);
}
fn main() {}
