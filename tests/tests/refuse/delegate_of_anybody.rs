//! Must not compile: E0599
fn f(store: &store::Store, owner: domain::Id<domain::change::User>) {
    let _ = store.delegate(owner);
}
fn main() {}
