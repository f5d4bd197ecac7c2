//! Must not compile: E0451
fn f(session: &store::Session) {
    let _ = store::Reader { conn: todo!(), session, clock: todo!(), gate: todo!(), known: None };
}
fn main() {}
