//! Must not compile: E0451
fn f(session: &store::Session) {
    let _ = store::Reader { conn: todo!(), session, clock: todo!() };
}
fn main() {}
