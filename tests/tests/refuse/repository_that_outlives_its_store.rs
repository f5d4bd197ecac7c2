//! Must not compile: E0515
fn f(store: store::Store, session: store::Session) -> store::Repository<'static> {
    store.repository(&session).unwrap()
}
fn main() {}
