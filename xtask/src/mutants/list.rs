//! The guards, one by one.

use super::Mutant;

const BOOK: &str = "crates/store/src/book/walls.rs";
const CUBE: &str = "crates/store/src/repository/cube/mod.rs";
const GATE: &str = "crates/store/src/repository/gate.rs";
const KEPT: &str = "crates/store/src/repository/cube/kept.rs";
const LOG: &str = "crates/store/src/repository/log.rs";
const FILE: &str = "migrations/0004-floating-pool/up.sql";
const PLANT: &str = "crates/store/src/repository/views/plant.rs";
const POOL: &str = "crates/store/src/repository/pool.rs";
const READER: &str = "crates/store/src/repository/reader.rs";
const REPOSITORY: &str = "crates/store/src/repository/mod.rs";
const SCOPE: &str = "crates/store/src/repository/scope.rs";
const SESSION: &str = "crates/store/src/session/mod.rs";
const UNDO: &str = "crates/store/src/repository/undo.rs";
const VIEWS: &str = "crates/store/src/repository/views.rs";
const GONE: &str = "crates/store/src/repository/gone.rs";
const WRITER: &str = "crates/store/src/repository/writer.rs";

/// The attacks below the repository, and what people try above it.
const WALLS: &[&str] = &["--lib", "--test", "scope", "--test", "roles"];

/// The same for a runner that can choose among built tests.
pub(super) const WALL_TESTS: &str = "package(store) + binary(scope) + binary(roles)";

const fn without(name: &'static str, file: &'static str, from: &'static str, to: &'static str) -> Mutant {
    Mutant { name, file, from, to, tests: WALLS }
}

/// Every guard of the walls, each with the text that removes it.
pub(super) const MUTANTS: &[Mutant] = &[
    // The walls of a keeper's book
    without(
        "book: a page reads every client's rows",
        BOOK,
        "WHERE client_id IN (SELECT id FROM temp.named_client) {or};",
        "WHERE client_id IS NOT NULL {or};",
    ),
    without(
        "book: a page writes every client's rows",
        BOOK,
        "WHEN {row}.client_id NOT IN (SELECT id FROM temp.named_client)",
        "WHEN {row}.client_id IS NULL",
    ),
    // The second wall: views
    without(
        "view: rows of every client are shown",
        VIEWS,
        r#"FROM main.{table} WHERE {key} IN (SELECT {key} FROM temp.{list})"#,
        r#"FROM main.{table} WHERE {key} IS NOT NULL AND '{list}' <> ''"#,
    ),
    without(
        "view: the log of every client is shown",
        VIEWS,
        "WHERE c.client_id IN (SELECT client_id FROM temp.scope);",
        "WHERE c.client_id IS NOT NULL;",
    ),
    without(
        "nonce: an accessor is trusted by its plain name",
        GATE,
        "via.starts_with(self.nonce.as_str())",
        "!via.is_empty()",
    ),
    without(
        "question: a narrower question reads the whole scope",
        SCOPE,
        ".map(|c| c.id).filter(asked)",
        ".map(|c| c.id)",
    ),
    // The second wall: triggers
    without("trigger: inserts", VIEWS, r#"("INSERT", foreign("NEW")), "#, ""),
    without("trigger: updates", VIEWS, r#"("UPDATE", moved), "#, ""),
    without("trigger: deletes", VIEWS, r#", ("DELETE", foreign("OLD"))"#, ""),
    without("trigger: a viewer's scope can write", VIEWS, " AND can_write = 1)", ")"),
    without("recursive_triggers: a replace deletes unseen", POOL, "PRAGMA recursive_triggers=ON; ", ""),
    // The second wall: the authorizer's arms
    without(
        "authorizer: real tables are read",
        GATE,
        "self.inner(via) || guards || (asked && via.is_empty())",
        "self.inner(via) || guards || asked || via.is_empty()",
    ),
    without(
        "authorizer: accounts are read",
        GATE,
        "(mode == Mode::Admin && via.is_empty()) || (self.inner(via) && BOOKERS.contains(&table))",
        "!BOOKERS.contains(&\"\")",
    ),
    without(
        "authorizer: the scope list is read",
        GATE,
        r#""temp" if matches!(table, "scope" | "who") => self.inner(via) || mode == Mode::Scope,"#,
        r#""temp" if matches!(table, "scope" | "who") => true,"#,
    ),
    without(
        "authorizer: a reader writes",
        GATE,
        r#"(Mode::Write, "main", Some(class)) => own && *class != Class::Admin,"#,
        r#"(_, "main", Some(class)) => own && *class != Class::Admin,"#,
    ),
    without(
        "authorizer: the scope list is written",
        GATE,
        r#"(Mode::Scope, "temp", None) => matches!(table, "scope" | "who"),"#,
        r#"(_, "temp", None) => matches!(table, "scope" | "who"),"#,
    ),
    without("authorizer: a row moves to another client", GATE, "via.is_empty() && !fixed && ", "via.is_empty() && "),
    without("authorizer: the log is deleted", GATE, "[Class::Log, Class::Client,", "[Class::Client,"),
    without(
        "authorizer: rows are deleted for good",
        GATE,
        "Class::Client, Class::Plant].iter()",
        "Class::Plant].iter()",
    ),
    without(
        "authorizer: the plant's rows are deleted",
        GATE,
        "Class::Client, Class::Plant].iter()",
        "Class::Client].iter()",
    ),
    without(
        "authorizer: a reader ends a transaction",
        GATE,
        "A::Transaction { .. } | A::Savepoint { .. } => mode == Mode::Write,",
        "A::Transaction { .. } | A::Savepoint { .. } => true,",
    ),
    without(
        "authorizer: any function runs",
        GATE,
        "A::Function { function_name } => FUNCTIONS.contains(&function_name),",
        "A::Function { .. } => true,",
    ),
    without(
        "authorizer: what no arm names is allowed",
        GATE,
        "table_name, column_name, via),\n            _ => false,",
        "table_name, column_name, via),\n            _ => true,",
    ),
    without("authorizer: rows of a bare name are counted", GATE, r#""" => self.counts(table),"#, r#""" => true,"#),
    without(
        "trigger: undo images and ends of chains",
        VIEWS,
        "OF_CLIENTS.iter().for_each(",
        "OF_CLIENTS.iter().take(0).for_each(",
    ),
    // What the authorizer cannot see
    without("words: a full join by a column is read", READER, "if !is_seen_whole(sql) {", "if false {"),
    without("words: a write guesses by an index", LOG, "if !writes_values(sql) {", "if false {"),
    without("plan: the nonce is told", READER, "!stmt.readonly() || stmt.is_explain() != 0", "!stmt.readonly()"),
    without(
        "cache: a write judged while the gate was open",
        READER,
        "!stmt.readonly() || stmt.is_explain() != 0",
        "stmt.is_explain() != 0",
    ),
    // The first wall: the repository's own questions
    without(
        "client binding: one row by its id alone",
        READER,
        "SELECT {} FROM {} WHERE client_id = ?1 AND id = ?2",
        "SELECT {} FROM {} WHERE ?1 = ?1 AND id = ?2",
    ),
    without(
        "client binding: a list of all clients",
        READER,
        "WHERE client_id = ?1 ORDER BY {order}",
        "WHERE ?1 = ?1 ORDER BY {order}",
    ),
    without(
        "client binding: a matching list of all clients",
        READER,
        "WHERE client_id = ?1 AND {rule}",
        "WHERE ?1 = ?1 AND {rule}",
    ),
    without(
        "scope: a question about a foreign client is asked",
        REPOSITORY,
        "clients.iter().find(|c| !self.session.covers(**c))",
        "clients.iter().find(|_| false)",
    ),
    without("scope: a foreign row is put", WRITER, "if !self.reaches::<E>(row.client()) {", "if false {"),
    without("scope: a foreign row is removed", GONE, "if !self.reaches::<E>(client) {", "if false {"),
    without(
        "epoch: a withdrawn right lives on",
        SESSION,
        "if self.admin_read(crate::store::epoch)? == session.0.epoch {",
        "if self.admin_read(crate::store::epoch)? >= session.0.epoch {",
    ),
    without("epoch: days in memory outlive the rights", CUBE, "if self.epoch != epoch {", "if false {"),
    without("epoch: groups in memory outlive the rights", KEPT, "if self.epoch != epoch {", "if false {"),
    without("memory: a reader is given what it does not see", KEPT, "Ok(rev >= known)", "Ok(true)"),
    without(
        "undo: a step in a lost client",
        UNDO,
        "pool || self.session().covers(log)",
        "pool || log.bytes() != [1; 16]",
    ),
    // Roles
    without(
        "role: anyone creates",
        WRITER,
        "fn create<E: Entity>(&mut self, row: &E) -> Result<Put> {\n        self.session().may(Verb::Create, E::GROUP)?;",
        "fn create<E: Entity>(&mut self, row: &E) -> Result<Put> {",
    ),
    without("role: anyone updates", WRITER, "self.session().may(Verb::Update, E::GROUP)?;", ""),
    without("role: anyone removes", GONE, "self.session().may(Verb::Remove, E::GROUP)?;", ""),
    // The floating pool
    without(
        "pool: bookings for other clients are shown",
        PLANT,
        r#"{ format!("({} OR {})", in_scope(), known("t")) } else { "1 = 1".into() };"#,
        r#"{ let _ = (in_scope(), known("t")); String::from("1 = 1") } else { "1 = 1".into() };"#,
    ),
    without(
        "pool: anybody sees it",
        PLANT,
        r#"const SEES: &str = "EXISTS (SELECT 1 FROM temp.who WHERE sees_pool = 1)";"#,
        r#"const SEES: &str = "1 = 1";"#,
    ),
    without(
        "pool: anybody writes to the plant's log",
        PLANT,
        "{} AND EXISTS (SELECT 1 FROM temp.who WHERE sees_pool = 1 AND can_write = 1))",
        "{})",
    ),
    without(
        "pool: bookings of others are written",
        PLANT,
        r#"OR NOT ({})", known("OLD")"#,
        r#"OR 0 AND ({})", known("OLD")"#,
    ),
    without("pool: bookings are made in another's name", PLANT, r#"made += " OR NEW"#, r#"made += " OR 0 AND NEW"#),
    without(
        "pool: the file takes a second booking of one time",
        FILE,
        "BEFORE INSERT ON pool_booking\n  WHEN ",
        "BEFORE INSERT ON pool_booking\n  WHEN 0 AND ",
    ),
    without(
        "pool: the file lets a booking grow into another",
        FILE,
        "BEFORE UPDATE ON pool_booking\n  WHEN ",
        "BEFORE UPDATE ON pool_booking\n  WHEN 0 AND ",
    ),
    // Closed shifts
    without(
        "closed shift: anyone corrects",
        WRITER,
        "(Err(_), _) => Err(Code::ShiftClosed.into()),",
        "(Err(_), _) => Ok(()),",
    ),
    without(
        "closed shift: corrected without a reason",
        WRITER,
        "(Ok(()), None) => Err(Fault::new(Code::NeedsReason).at(\"reason\").into()),",
        "(Ok(()), None) => Ok(()),",
    ),
];

#[cfg(test)]
mod tests {
    use super::MUTANTS;

    #[test]
    fn every_guard_stands_once_where_the_list_says() {
        let root = crate::tree::root();
        let text = |file| std::fs::read_to_string(root.join(file)).unwrap_or_default();
        let moved = MUTANTS.iter().filter(|mutant| text(mutant.file).matches(mutant.from).count() != 1);
        assert_eq!(moved.map(|mutant| mutant.name).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
