//! Must compile: what the others try, done as it should be.
use domain::{Client, Id, Line};

fn f(store: &store::Store, session: &store::Session, client: Id<Client>, line: Id<Line>) -> store::Result<Line> {
    let repo = store.repository(session)?;
    let found = repo.read(|r| r.get::<Line>(client, line))?;
    repo.write(|w| w.put(&found))?;
    repo.read(|r| r.select("SELECT code FROM line", store::values![client], |row| row.get::<String>(0)))?;
    Ok(found)
}

fn main() {
    let _ = (f, plant::commands::names);
}
