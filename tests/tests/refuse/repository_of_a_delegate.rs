//! Must not compile: E0624
fn f(delegate: &store::session::delegate::Delegate<'_>) {
    let _ = delegate.repository();
}
fn main() {}
