//! Must not compile: E0521
fn f<'k>(repo: &store::Repository<'_>, kept: &mut Vec<&'k store::Reader<'k>>) {
    let _ = repo.read(|r| {
        kept.push(r);
        Ok(())
    });
}
fn main() {}
