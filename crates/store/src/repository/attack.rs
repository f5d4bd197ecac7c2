//! What must not get through, tried on a real encrypted file.
mod stage;

#[test]
fn probe() {
    let s = stage::Stage::new();
    s.probe();
}
