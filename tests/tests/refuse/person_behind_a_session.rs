//! Must not compile: E0616
fn f(session: &store::Session) {
    let _ = &session.0;
}
fn main() {}
