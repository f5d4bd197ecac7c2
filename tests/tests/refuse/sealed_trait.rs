//! Must not compile: E0603
struct Mine;
impl domain::entity::sealed::Sealed for Mine {}
fn main() {}
