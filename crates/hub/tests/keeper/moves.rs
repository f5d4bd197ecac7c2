//! A plant that outgrew its keeper: moved to PostgreSQL, and nothing of it is lost or changed.
use crate::{
    doors::enrol,
    office::{pass, with_password},
    plant::{Pc, Plant},
    server::{Server, admin, database},
};
use domain::{
    Id, Role,
    feed::{Position, Pull, Pulled},
};
use hub::{
    Error,
    desk::Desk,
    postgres::{Config, Postgres},
};
use std::collections::BTreeSet;
use store::book::Value;

/// A database that nobody has begun to use.
async fn fresh(server: &Server, plant: &Plant) -> (Postgres, String) {
    let name = database(server, &plant.clock).await;
    let config = Config { url: server.url("hub_app", &name), connections: 4, clock: plant.clock.clone() };
    (Postgres::open(&config).await.unwrap(), name)
}

/// A plant with something in every table that goes along.
async fn lived_in() -> (Plant, Pc) {
    let mut plant = Plant::new().await;
    let mut pool = plant.pool_pc(Role::Leader).await;
    let (pooled, booking) = (pool.pooled(Id::from_bytes([9; 16])), pool.books(Id::from_bytes([9; 16]), (0, 8)));
    pool.push(&plant.hub, &[pooled, booking]).await;
    let mut pc = plant.pc(Role::Leader).await;
    let code = plant.hub.new_code().await.unwrap();
    let enrolled = plant.hub.enrol(enrol(&code)).await.unwrap().unwrap();
    plant.hub.caller(&enrolled.tokens.access).await.unwrap().unwrap();
    let lines: Vec<_> = (0..450).map(|i| pc.line(&format!("L{i}"))).collect();
    pc.push(&plant.hub, &lines).await;
    let refused = pc.rename(&pc.line("never sent"), "x", lines[0].change.op);
    pc.push(&plant.hub, &[refused]).await;
    let (device, client) = (pc.stream.device, pc.client);
    plant.hub.hand_over(device, client, [4; 16], &[pc.line("left")]).await.unwrap();
    pc.catch_up(&plant.hub).await;
    let (_, here) = with_password(&plant, "ada", Role::Admin).await;
    pass(&plant, here, "ada").await;
    (plant, pc)
}

/// What is in a column, whatever kept it: bytes by their digits, yes and no as numbers.
fn of_book(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::Number(n) => n.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
    }
}

async fn columns(postgres: &tokio_postgres::Client) -> Vec<(String, String)> {
    let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'hub'
      AND table_name NOT IN ('version', 'code', 'pass', 'tries') ORDER BY 1, 2";
    postgres.query(sql, &[]).await.unwrap().iter().map(|r| (r.get(0), r.get(1))).collect()
}

async fn in_postgres(postgres: &tokio_postgres::Client, table: &str, column: &str) -> Vec<String> {
    let sql = format!(
        "SELECT CASE pg_typeof({column})::text WHEN 'uuid' THEN replace({column}::text, '-', '')
           WHEN 'bytea' THEN substr({column}::text, 3) WHEN 'boolean' THEN ({column}::text::boolean)::int::text
           ELSE coalesce({column}::text, '-') END FROM hub.{table}"
    );
    let mut found: Vec<String> = postgres
        .query(&sql, &[])
        .await
        .unwrap()
        .iter()
        .map(|r| r.get::<_, Option<String>>(0).unwrap_or("-".into()))
        .collect();
    found.sort();
    found
}

#[tokio::test]
async fn everything_of_a_keeper_is_in_its_new_place_column_by_column() {
    let (plant, _) = lived_in().await;
    let server = Server::shared();
    let (postgres, name) = fresh(&server, &plant).await;
    plant.hub.move_to(&postgres).await.unwrap();
    let postgres = admin(&server.url("postgres", &name)).await;
    let stays = BTreeSet::from([
        ("client_head", "durable"),
        ("parting", "kept"),
        ("state", "backed_up_at"),
        ("state", "only_one"),
    ]);
    for (table, column) in columns(&postgres).await {
        if stays.contains(&(table.as_str(), column.as_str())) {
            continue;
        }
        let rows = plant.ground.page(|page| page.rows(&format!("SELECT {column} FROM hub.{table}"), &[]).unwrap());
        let mut there: Vec<String> = rows.iter().map(|r| of_book(&r[0])).collect();
        there.sort();
        assert!(!there.is_empty(), "{table} was not lived in");
        let here = in_postgres(&postgres, &table, &column).await;
        assert_eq!(here.len(), there.len(), "{table}");
        assert!(here == there, "{table}.{column} is not what it was");
    }
}

#[tokio::test]
async fn a_pc_goes_on_at_the_new_place_where_it_stood() {
    let (plant, mut pc) = lived_in().await;
    let server = Server::shared();
    let (postgres, name) = fresh(&server, &plant).await;
    plant.hub.move_to(&postgres).await.unwrap();
    assert!(plant.hub.has_moved().await.unwrap());
    // What a power cut left half done is done by saying it once more.
    plant.hub.move_to(&postgres).await.unwrap();
    let config = Config { url: server.url("hub_app", &name), connections: 4, clock: plant.clock.clone() };
    let hub = Postgres::open(&config).await.unwrap();
    let change = pc.line("after");
    let answer = hub.push(pc.stream.device, pc.pack(std::slice::from_ref(&change))).await.unwrap();
    assert!(matches!(&answer, domain::feed::Pushed::Verdicts(v) if v[0].1.is_logged()), "{answer:?}");
    pc.sent(&[change]);
    let pull = Pull { client: pc.client, at: pc.at, limit: 10 };
    let Pulled::Page(page) = hub.pull(pc.stream.device, pull).await.unwrap() else { panic!("no page") };
    assert_eq!((page.from, page.entries.len()), (pc.at, 1));
    assert_ne!(page.from, Position::START);
    // What the keeper signed, the new hub knows as its own word.
    let said = plant.hub.manifest(pc.stream.device).await.unwrap();
    assert!(!hub.remind(said).await.unwrap(), "it is not behind its own word");
}

#[tokio::test]
async fn a_hub_in_use_is_not_written_over_and_the_keeper_goes_on() {
    let (plant, mut pc) = lived_in().await;
    let server = Server::shared();
    let (postgres, _) = fresh(&server, &plant).await;
    postgres.add_client(domain::Id::from_bytes([1; 16]), "other").await.unwrap();
    assert!(matches!(plant.hub.move_to(&postgres).await, Err(Error::InUse)));
    assert!(!plant.hub.has_moved().await.unwrap());
    let change = pc.line("on");
    pc.push(&plant.hub, &[change]).await;
    assert_eq!(pc.catch_up(&plant.hub).await.entries.len(), 1);
}
