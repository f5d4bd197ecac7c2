//! The book's walls, its rollback, its key.
use super::{walls::WALLED, *};
use rusqlite::OpenFlags;

struct Place {
    _dir: tempfile::TempDir,
    vault: Vault,
}

fn place() -> Place {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::new(dir.path().join("lineboard.db"), [7; 32]);
    Place { _dir: dir, vault }
}

fn client(n: u8) -> Id<Client> {
    Id::from_bytes([n; 16])
}

const ENTRY: &str =
    "INSERT INTO hub.entry (client_id, seq, chain, received_at, device, incarnation, verdict, fates, sent)
  VALUES ($1, 1, $2, 0, $1, 1, 0, '', $3)";

/// A book with a log entry of two clients.
fn written(place: &Place) -> Book {
    let mut book = Book::begin(&place.vault).unwrap();
    let page = book.page().unwrap();
    for n in [1, 2] {
        page.see_clients(&[client(n)]).unwrap();
        page.run(ENTRY, &[client(n).into(), [0; 32].into(), format!("canary-{n}").into()]).unwrap();
    }
    page.commit().unwrap();
    book
}

fn seen(page: &Page<'_>) -> Vec<Vec<Value>> {
    page.rows("SELECT sent FROM hub.entry ORDER BY sent", &[]).unwrap()
}

#[test]
fn a_page_shows_the_clients_it_named_and_no_others() {
    let place = place();
    let mut book = written(&place);
    let page = book.page().unwrap();
    assert_eq!(seen(&page), Vec::<Vec<Value>>::new());
    page.see_clients(&[client(2)]).unwrap();
    assert_eq!(seen(&page), [[Value::Text("canary-2".into())]]);
    page.commit().unwrap();
    // What one page named, the next does not know.
    assert_eq!(seen(&book.page().unwrap()), Vec::<Vec<Value>>::new());
}

/// Every table with rows of clients has a view and guards: whichever is added must be, too.
#[test]
fn whatever_has_a_client_has_a_wall() {
    let place = place();
    let book = Book::begin(&place.vault).unwrap();
    let sql = "SELECT s.name FROM main.sqlite_schema s JOIN pragma_table_info(s.name) c ON c.name = 'client_id'
      WHERE s.type = 'table' ORDER BY 1";
    let c = book.held();
    let names = c.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().collect::<rusqlite::Result<Vec<String>>>();
    let mut walled = WALLED.map(String::from).to_vec();
    walled.sort();
    assert_eq!(names.unwrap(), walled);
}

#[test]
fn nothing_of_a_client_that_was_not_named_is_written_changed_or_taken_away() {
    let place = place();
    let mut book = written(&place);
    let page = book.page().unwrap();
    page.see_clients(&[client(1)]).unwrap();
    page.run("INSERT INTO hub.parting (client_id, parting, received_at) VALUES ($1, $1, 0)", &[client(1).into()])
        .unwrap();
    let foreign = [
        "INSERT INTO hub.parting (client_id, parting, received_at) VALUES ($1, $1, 0)",
        "UPDATE hub.parting SET client_id = $1",
    ];
    for sql in foreign {
        let refused = page.run(sql, &[client(2).into()]).unwrap_err().to_string();
        assert!(refused.contains("did not name"), "{sql}: {refused}");
    }
    page.see_clients(&[client(2)]).unwrap();
    for sql in ["UPDATE hub.parting SET kept = 1", "DELETE FROM hub.parting"] {
        let refused = page.run(sql, &[]).unwrap_err().to_string();
        assert!(refused.contains("did not name"), "{sql}: {refused}");
    }
}

#[test]
fn the_log_is_only_ever_added_to() {
    let place = place();
    let mut book = written(&place);
    let page = book.page().unwrap();
    page.see_clients(&[client(1)]).unwrap();
    for sql in ["UPDATE hub.entry SET sent = '' WHERE client_id = $1", "DELETE FROM hub.entry WHERE client_id = $1"] {
        let refused = page.run(sql, &[client(1).into()]).unwrap_err().to_string();
        assert!(refused.contains("only ever added to"), "{sql}: {refused}");
    }
}

#[test]
fn what_names_a_table_past_its_view_is_no_statement_of_the_book() {
    let place = place();
    let mut book = written(&place);
    let page = book.page().unwrap();
    for sql in
        ["SELECT sent FROM main.entry", "SELECT sent FROM Main.entry", "DELETE FROM temp.named_client", "PRAGMA key"]
    {
        assert!(matches!(page.rows(sql, &[]), Err(Error::Unsound)), "{sql}");
    }
}

#[test]
fn a_page_that_was_not_kept_left_nothing() {
    let place = place();
    let mut book = Book::begin(&place.vault).unwrap();
    let page = book.page().unwrap();
    page.see_clients(&[client(1)]).unwrap();
    page.run(ENTRY, &[client(1).into(), [0; 32].into(), "gone".into()]).unwrap();
    drop(page);
    let page = book.page().unwrap();
    page.see_clients(&[client(1)]).unwrap();
    assert_eq!(seen(&page), Vec::<Vec<Value>>::new());
}

#[test]
fn the_book_is_encrypted_under_a_key_that_opens_nothing_else() {
    let place = place();
    let mut book = written(&place);
    book.held().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    #[allow(clippy::disallowed_methods, reason = "the file is looked at from outside")]
    let bytes = std::fs::read(place.vault.book().path()).unwrap();
    assert!(!bytes.windows(6).any(|w| w == b"canary"));
    let plants = place.vault.at(place.vault.book().path());
    assert!(plants.connect(OpenFlags::SQLITE_OPEN_READ_ONLY).is_err(), "the plant's key opens the book");
    // The seed stays the same: what was signed stays so.
    let seed = |book: &mut Book| book.page().unwrap().rows("SELECT seed FROM hub.state", &[]).unwrap();
    let first = seed(&mut book);
    drop(book);
    assert_eq!(seed(&mut Book::begin(&place.vault).unwrap()), first);
}

#[test]
fn a_copy_holds_what_the_book_held_and_is_never_made_over_a_file() {
    let place = place();
    let book = written(&place);
    let to = place.vault.path().with_file_name("copy.db");
    book.copy_to(&to).unwrap();
    let mut copy = Book::copy(&place.vault, &to).unwrap();
    let page = copy.page().unwrap();
    page.see_clients(&[client(1), client(2)]).unwrap();
    assert_eq!(seen(&page).len(), 2);
    assert!(book.copy_to(&to).unwrap_err().is(Code::ReadOnly));
    assert!(Book::copy(&place.vault, &to.with_extension("none")).err().unwrap().is(Code::NotInitialised));
}

#[test]
fn a_newer_book_is_left_alone() {
    let place = place();
    Book::begin(&place.vault).unwrap().held().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(Book::begin(&place.vault).err().unwrap().is(Code::Newer));
}

#[test]
fn a_book_of_before_the_plants_log_gives_it_to_those_who_work_with_the_pool() {
    let place = place();
    {
        let book = Book::begin(&place.vault).unwrap();
        let mut connection = book.vault.kernel().unwrap();
        Migrations::from_directory(&VERSIONS).unwrap().to_version(&mut connection, 1).unwrap();
        let sql = "INSERT INTO person (id, login, name, role, active) VALUES (?1, ?2, ?2, ?2, 1)";
        for (n, role) in [(1, "operator"), (2, "supervisor"), (3, "admin")] {
            connection.execute(sql, params![client(n).bytes().as_slice(), role]).unwrap();
        }
    }
    let mut book = Book::begin(&place.vault).unwrap();
    let page = book.page().unwrap();
    page.see_clients(&[Client::PLANT]).unwrap();
    let rows = |sql| page.rows(sql, &[]).unwrap();
    assert_eq!(rows("SELECT person FROM hub.granted WHERE active").len(), 2);
    assert_eq!(rows("SELECT 1 FROM hub.client_head WHERE length(key) = 32").len(), 1);
    assert_eq!(rows("SELECT generation FROM hub.state"), [[Value::Number(1)]]);
}
