//! Must not compile: E0603
use store::Mode;
fn main() {}
