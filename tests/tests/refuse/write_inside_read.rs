//! Must not compile: E0599
fn f(repo: &store::Repository<'_>, line: &domain::Line) {
    let _ = repo.read(|r| r.put(line));
}
fn main() {}
