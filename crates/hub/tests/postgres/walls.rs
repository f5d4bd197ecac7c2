//! Nobody reads or writes another client's rows, whichever table, verb and role.
use crate::{
    plant::{Plant, fresh, person},
    server::admin,
};
use domain::{Client, Entity, Id, Role};
use hub::{
    Error,
    clock::Clock,
    desk::Desk,
    postgres::{Config, NEWEST, Postgres, migrate, migrate_to},
};
use tokio_postgres::{Client as Link, Transaction, error::SqlState};

/// Tables and views, of any schema but PostgreSQL's own, that have a client's rows.
const TABLES: &str = "SELECT format('%I.%I', n.nspname, c.relname), c.relkind::text,
    c.relrowsecurity AND c.relforcerowsecurity
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'client_id' AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";

/// Functions that would run with the rights of another role; what the one that takes words out can do is tried by itself.
const LENT: &str = "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND p.oid <> 'hub.redact(uuid, text[], text[])'::regprocedure";

/// Rights by which a role gets past row security.
const PAST: &str = "SELECT format('%s may truncate, refer to or watch %s', $1::text, c.oid::regclass)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'hub' AND c.relkind IN ('r', 'p') AND has_table_privilege($1, c.oid, 'TRUNCATE, REFERENCES, TRIGGER')";

/// A plant with rows of both clients in every table.
async fn full() -> Plant {
    let plant = Plant::new().await;
    for client in plant.clients {
        let user = plant.person(Role::Leader, &[client]).await;
        let device = plant.device(&[user]).await;
        let mut pc = plant.at(device, user, client);
        let mut strange = pc.line("A");
        strange.change.user = fresh();
        let changes = [pc.line("L"), strange];
        pc.push(&plant.hub, &changes).await;
        plant.claims(client).await;
        let left = pc.line("P");
        assert!(!plant.hub.hand_over(device, client, [4; 16], &[left]).await.unwrap());
    }
    plant
}

impl Plant {
    /// Something that is taken for a time, as if a client's log had such rows.
    async fn claims(&self, client: Id<Client>) {
        let sql = "INSERT INTO hub.claim VALUES ($1::text::uuid, 1, $1::text::uuid, $1::text::uuid, 0, 1)";
        self.ground.postgres().await.execute(sql, &[&client.to_string()]).await.unwrap();
    }
}

/// What a role gets hold of, in words; nothing where all walls hold.
async fn leaks(plant: &Plant) -> Vec<String> {
    let postgres = plant.ground.postgres().await;
    let [ours, theirs] = plant.clients;
    let mut found = vec![];
    for row in postgres.query(TABLES, &[]).await.unwrap() {
        let (table, kind, walled): (String, String, bool) = (row.get(0), row.get(1), row.get(2));
        if matches!(kind.as_str(), "r" | "p") && !walled {
            found.push(format!("{table} has no wall"));
        }
        for client in plant.clients {
            let rows = plant.count(&format!("{table} WHERE client_id = '{client}'")).await;
            assert!(rows > 0, "{table} has no rows to try it with");
        }
        for role in ["hub_app", "hub_owner"] {
            let mut link = link(plant, role).await;
            found.extend(attack(&mut link, &table, ours, theirs).await.into_iter().map(|l| format!("{role}: {l}")));
        }
    }
    for row in postgres.query(LENT, &[]).await.unwrap() {
        found.push(format!("{} runs with another role's rights", row.get::<_, String>(0)));
    }
    for row in postgres.query(PAST, &[&"hub_app"]).await.unwrap() {
        found.push(row.get(0));
    }
    found
}

/// A connection as a role; the owner may not log in, so a superuser becomes it.
async fn link(plant: &Plant, role: &str) -> Link {
    if role == "hub_app" {
        return admin(&plant.ground.server.url(role, &plant.ground.database)).await;
    }
    let link = plant.ground.postgres().await;
    link.batch_execute(&format!("SET ROLE {role}")).await.unwrap();
    link
}

async fn attack(link: &mut Link, table: &str, ours: Id<Client>, theirs: Id<Client>) -> Vec<String> {
    let row =
        format!("SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(t) || '{{\"client_id\": \"{theirs}\"}}')).*");
    let (own, foreign) = (format!("client_id = '{ours}'"), format!("client_id = '{theirs}'"));
    let writes = [
        format!("INSERT INTO {table} {row} FROM {table} t WHERE {own} LIMIT 1"),
        format!("UPDATE {table} SET client_id = client_id WHERE {foreign}"),
        format!("UPDATE {table} SET client_id = '{theirs}' WHERE {own}"),
        format!("DELETE FROM {table} WHERE {foreign}"),
        // Without a condition nothing is read, and only the wall of the verb itself stands.
        format!("UPDATE {table} SET client_id = '{theirs}'"),
    ];
    let blind = [format!("DELETE FROM {table}")];
    let mut leaks = vec![];
    for named in [format!("{{{ours}}}"), "{}".into(), String::new()] {
        let seen = read(link, &named, &format!("SELECT 1 FROM {table} WHERE {foreign}")).await;
        let all = read(link, &named, &format!("SELECT 1 FROM {table} WHERE NOT {own}")).await;
        if seen + all > 0 {
            leaks.push(format!("SELECT FROM {table} sees {} rows with clients {named:?}", seen + all));
        }
        for sql in writes.iter().chain(blind.iter().filter(|_| !named.contains('-'))) {
            let wrote = write(link, &named, sql).await;
            if wrote > 0 {
                leaks.push(format!("{sql} wrote {wrote} rows with clients {named:?}"));
            }
        }
    }
    leaks
}

async fn begin<'l>(link: &'l mut Link, named: &str) -> Transaction<'l> {
    let tx = link.transaction().await.unwrap();
    tx.execute("SELECT set_config('app.clients', $1, true)", &[&named]).await.unwrap();
    tx
}

async fn read(link: &mut Link, named: &str, sql: &str) -> u64 {
    let tx = begin(link, named).await;
    held(tx.query(sql, &[]).await.map(|rows| rows.len() as u64))
}

async fn write(link: &mut Link, named: &str, sql: &str) -> u64 {
    let tx = begin(link, named).await;
    held(tx.execute(sql, &[]).await)
}

/// How many rows it reached; one, where the wall let it by and only a key or a rule of the table stopped it.
fn held(done: Result<u64, tokio_postgres::Error>) -> u64 {
    done.unwrap_or_else(|e| {
        let refused = [SqlState::INSUFFICIENT_PRIVILEGE, SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE];
        u64::from(!e.code().is_some_and(|c| refused.contains(c)))
    })
}

#[tokio::test]
async fn every_table_verb_and_role_is_held_at_the_wall() {
    let plant = full().await;
    assert_eq!(leaks(&plant).await, Vec::<String>::new());
}

/// Lets a text of a client give way to another; tells how many did.
async fn redacts(link: &mut Link, named: &str, client: Id<Client>, before: &str, after: &str) -> i64 {
    let tx = begin(link, named).await;
    let sql = "SELECT hub.redact($1::text::uuid, ARRAY[$2::text], ARRAY[$3::text])";
    tx.query_one(sql, &[&client.to_string(), &before, &after]).await.unwrap().get(0)
}

#[tokio::test]
async fn whoever_may_take_words_out_of_a_log_can_do_nothing_else_with_it() {
    let plant = Plant::new().await;
    let [ours, theirs] = plant.clients;
    let mut pc = plant.pc(Role::Leader).await;
    let ann = pc.hires("Ann");
    pc.push(&plant.hub, std::slice::from_ref(&ann)).await;
    let before = serde_json::to_string(&ann).unwrap();
    let mut left = ann.clone();
    left.redact(&domain::Employee::SHAPE, "erased-0123456789abcdef");
    let after = serde_json::to_string(&left).unwrap();
    let mut link = link(&plant, "hub_app").await;
    let (named, foreign) = (format!("{{{ours}}}"), format!("{{{theirs}}}"));
    for others in ["{}", foreign.as_str()] {
        assert_eq!(redacts(&mut link, others, ours, &before, &after).await, 0, "a client that was not named");
    }
    assert_eq!(redacts(&mut link, &named, theirs, &before, &after).await, 0, "another client");
    let unsealed = after.replace("\"written\":\"", "\"overwritten\":\"");
    let told = after.replace("erased-0123456789abcdef", "Bob");
    let moved = after.replace(&ann.change.user.to_string(), &fresh::<()>().to_string());
    let (more, less) = (after.replace("\\\"active\\\":1", "\\\"active\\\":0"), after.replace("\\\"active\\\":1,", ""));
    for other in [&unsealed, &told, &moved, &more, &less] {
        assert_ne!(*other, after);
        assert_eq!(redacts(&mut link, &named, ours, &before, other).await, 0, "{other}");
    }
    let refused = link.execute("UPDATE hub.entry SET sent = sent", &[]).await.unwrap_err();
    assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
    assert_eq!(redacts(&mut link, &named, ours, &before, &after).await, 1, "words, and only they");
}

#[tokio::test]
async fn the_attacks_find_every_kind_of_hole() {
    let plant = full().await;
    let postgres = plant.ground.postgres().await;
    let holes = [
        ("ALTER TABLE hub.entry DISABLE ROW LEVEL SECURITY", "hub.entry has no wall"),
        ("ALTER TABLE hub.folded NO FORCE ROW LEVEL SECURITY", "hub_owner: SELECT FROM hub.folded"),
        ("CREATE POLICY open ON hub.parting FOR UPDATE USING (true)", "hub_app: UPDATE hub.parting"),
        ("CREATE POLICY open ON hub.quarantine FOR DELETE USING (true)", "hub_owner: DELETE FROM hub.quarantine"),
        ("CREATE POLICY open ON hub.refused FOR INSERT WITH CHECK (true)", "hub_app: INSERT INTO hub.refused"),
        (
            "CREATE VIEW hub.shown AS SELECT * FROM hub.verdict; GRANT SELECT ON hub.shown TO hub_app",
            "hub_app: SELECT FROM hub.shown",
        ),
        ("CREATE TABLE hub.later AS SELECT client_id FROM hub.entry", "hub.later has no wall"),
        (
            "CREATE FUNCTION hub.lent() RETURNS bigint SECURITY DEFINER LANGUAGE sql AS 'SELECT count(*) FROM hub.entry'",
            "hub.lent() runs with another role's rights",
        ),
        ("GRANT TRUNCATE ON hub.numbered TO hub_app", "hub_app may truncate, refer to or watch hub.numbered"),
    ];
    for (hole, _) in holes {
        postgres.batch_execute(hole).await.unwrap();
    }
    let found = leaks(&plant).await;
    for (hole, told) in holes {
        assert!(found.iter().any(|l| l.starts_with(told)), "{hole} is not among {found:#?}");
    }
}

/// Refuses whoever comes with a name left over from an earlier request.
const WATCH: &str = "CREATE FUNCTION hub.watch() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
    IF concat(current_setting('app.clients', true), current_setting('app.people', true)) <> '' THEN
      RAISE 'a name was left over'; END IF;
    RETURN true; END $$;
  GRANT EXECUTE ON FUNCTION hub.watch() TO hub_app;
  CREATE POLICY watch ON hub.state USING (hub.watch()); ALTER TABLE hub.state ENABLE ROW LEVEL SECURITY";

#[tokio::test]
async fn what_a_request_names_ends_with_it() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let url = plant.ground.server.url("hub_app", &plant.ground.database);
    let hub = Postgres::open(&Config { url, connections: 1, clock: plant.clock.clone() }).await.unwrap();
    let change = pc.line("L");
    pc.push(&hub, &[change]).await;
    pc.catch_up(&hub).await;
    hub.manifest(pc.stream.device).await.unwrap();
    hub.keep_person(&person(pc.user, Role::Leader)).await.unwrap();
    plant.ground.postgres().await.batch_execute(WATCH).await.unwrap();
    hub.ready().await.unwrap();
}

async fn refused(url: String) -> String {
    let config = Config { url, connections: 1, clock: Clock::fixed(0) };
    Postgres::open(&config).await.err().map_or_else(|| "opened".into(), |e| e.to_string())
}

#[tokio::test]
async fn a_hub_does_not_run_with_rights_past_the_walls() {
    let plant = Plant::new().await;
    let postgres = plant.ground.postgres().await;
    postgres
        .batch_execute(
            "CREATE ROLE past LOGIN BYPASSRLS; GRANT hub_app TO past; CREATE ROLE owns LOGIN; GRANT hub_owner TO owns;
             CREATE ROLE held LOGIN; GRANT hub_app TO held",
        )
        .await
        .unwrap();
    let url = |role| plant.ground.server.url(role, &plant.ground.database);
    assert!(refused(url("postgres")).await.contains("postgres is a superuser"));
    assert!(refused(url("past")).await.contains("past goes past row security"));
    assert!(refused(url("owns")).await.contains("owns owns the tables"));
    assert_eq!(refused(url("held")).await, "opened");
    postgres.batch_execute("ALTER TABLE hub.entry NO FORCE ROW LEVEL SECURITY").await.unwrap();
    assert!(refused(url("held")).await.contains("table entry has no wall"));
}

#[tokio::test]
async fn versions_go_up_and_down_and_a_newer_one_is_refused() {
    let plant = full().await;
    let (url, clock) = (plant.ground.server.url("postgres", &plant.ground.database), Clock::fixed(9));
    let app = plant.ground.server.url("hub_app", &plant.ground.database);
    migrate(&url, &clock).await.unwrap();
    let postgres = plant.ground.postgres().await;
    postgres.execute("INSERT INTO hub.version VALUES ($1, 'later', 0)", &[&(NEWEST + 1)]).await.unwrap();
    assert!(matches!(migrate(&url, &clock).await, Err(Error::Newer(n)) if n == NEWEST + 1));
    assert!(refused(app.clone()).await.contains("does not know"));
    postgres.execute("DELETE FROM hub.version WHERE number > $1", &[&NEWEST]).await.unwrap();
    // A hub of before the plant's log gives it to those who work with the pool.
    let of_plant = |table: &str, rule: &str| format!("hub.{table} WHERE client_id = '{}' {rule}", Client::PLANT);
    migrate_to(&url, 3, &clock).await.unwrap();
    assert_eq!(plant.count(&of_plant("granted", "")).await, 0);
    migrate(&url, &clock).await.unwrap();
    let people = plant.count("hub.person WHERE role IN ('supervisor', 'leader', 'poweruser', 'admin')").await;
    assert!(people > 0);
    assert_eq!(plant.count(&of_plant("granted", "AND active")).await, people);
    assert_eq!(plant.count(&of_plant("client_head", "AND length(key) = 32")).await, 1);
    migrate_to(&url, 0, &clock).await.unwrap();
    assert_eq!(plant.count("pg_class WHERE relnamespace = 'hub'::regnamespace AND relkind = 'r'").await, 1);
    assert!(refused(app).await.contains("must be migrated first"));
    migrate(&url, &clock).await.unwrap();
    let hub = plant.ground.hub(&clock).await;
    hub.add_client(plant.clients[0], "again").await.unwrap();
}

#[tokio::test]
async fn a_login_is_one_persons() {
    let plant = Plant::new().await;
    let mut one = person(fresh(), Role::Viewer);
    plant.hub.keep_person(&one).await.unwrap();
    one.user = fresh();
    assert!(plant.hub.keep_person(&one).await.is_err());
}
