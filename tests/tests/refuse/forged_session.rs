//! Must not compile: E0603
fn main() {
    let _ = store::Session(todo!());
}
