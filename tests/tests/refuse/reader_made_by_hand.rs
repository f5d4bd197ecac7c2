//! Must not compile: E0451
fn f(session: &store::Session) {
    let _ = store::Reader { session, ..todo!() };
}
fn main() {}
