//! Must not compile: E0599
fn f(delegate: &store::session::delegate::Delegate<'_>, line: &domain::Line) {
    let _ = delegate.write(|w| w.put(line));
}
fn main() {}
