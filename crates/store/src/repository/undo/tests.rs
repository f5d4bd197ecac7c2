//! Undo goes on step by step, through what was taken back already.
use crate::{
    Store,
    repository::tests::{person, store},
    session::Session,
};
use domain::{Client, Code, Id, Line, Role};

/// A client with two people who write, and the first one's line.
struct Stage {
    _dir: tempfile::TempDir,
    store: Store,
    lea: Session,
    leo: Session,
    client: Id<Client>,
    line: Id<Line>,
}

impl Stage {
    fn new() -> Self {
        let (dir, store) = store();
        let admin = person(&store, "ada", Role::Admin, &[]);
        let founded = store.repository(&admin).unwrap().write(|w| {
            let id = w.fresh();
            w.found(&Client { client_id: id, id, code: "ACME".into(), name: "ACME".into(), active: true })?;
            Ok(id)
        });
        let client = founded.unwrap();
        let [lea, leo] = ["lea", "leo"].map(|name| person(&store, name, Role::Leader, &[client]));
        let stage = Stage { _dir: dir, store, lea, leo, client, line: Id::from_bytes([7; 16]) };
        let row = Line { code: "L1".into(), name: "first".into(), active: true, ..Line::blank(client, stage.line) };
        stage.store.repository(&stage.lea).unwrap().write(|w| w.put(&row)).unwrap();
        stage
    }
    fn name(&self) -> Option<String> {
        let repo = self.store.repository(&self.lea).unwrap();
        repo.read(|r| r.find(self.client, self.line)).unwrap().map(|line: Line| line.name)
    }
    fn renames(&self, who: &Session, names: &[&str]) {
        let repo = self.store.repository(who).unwrap();
        repo.write(|w| {
            for name in names {
                let line: Line = w.get(self.client, self.line)?;
                w.put(&Line { name: (*name).into(), ..line })?;
            }
            Ok(())
        })
        .unwrap();
    }
    fn undo(&self) -> Option<String> {
        self.store.repository(&self.lea).unwrap().write(|w| w.undo()).unwrap();
        self.name()
    }
    fn redo(&self) -> Option<String> {
        self.store.repository(&self.lea).unwrap().write(|w| w.redo()).unwrap();
        self.name()
    }
}

#[test]
fn undo_goes_back_through_every_step_of_one_column_and_redo_forth_again() {
    let s = Stage::new();
    s.renames(&s.lea, &["second"]);
    s.renames(&s.lea, &["third", "fourth"]);
    s.renames(&s.lea, &["fifth"]);
    let names = ["fifth", "fourth", "second", "first"].map(|name| Some(name.to_string()));
    assert_eq!(s.name(), names[0]);
    for _ in 0..2 {
        assert_eq!([s.undo(), s.undo(), s.undo()], names[1..], "a step that wrote twice goes back at once");
        assert_eq!(s.undo(), None, "down to before it was made");
        assert_eq!([s.redo(), s.redo(), s.redo(), s.redo()], [3, 2, 1, 0].map(|i| names[i].clone()));
    }
}

#[test]
fn whatever_was_tried_and_taken_back_in_between_undo_goes_on() {
    let s = Stage::new();
    for name in ["second", "third", "fourth"] {
        s.renames(&s.lea, &[name]);
        assert_eq!(s.undo().as_deref(), Some("first"));
    }
    assert_eq!(s.undo(), None);
}

#[test]
fn undo_goes_past_nothing_that_another_wrote_taken_back_or_not() {
    let s = Stage::new();
    s.renames(&s.lea, &["second"]);
    s.renames(&s.lea, &["third"]);
    assert_eq!(s.undo().as_deref(), Some("second"));
    s.renames(&s.leo, &["his"]);
    let refused = || s.store.repository(&s.lea).unwrap().write(|w| w.undo()).unwrap_err();
    assert!(refused().is(Code::ChangedSince));
    s.store.repository(&s.leo).unwrap().write(|w| w.undo()).unwrap();
    assert!(refused().is(Code::ChangedSince), "he wrote it, and took it back himself");
    assert_eq!(s.name().as_deref(), Some("second"));
}
