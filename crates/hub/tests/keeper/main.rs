//! What holds of every hub, of one in a PC's own file: the same tests as on a PostgreSQL.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[path = "../postgres/anew.rs"]
mod anew;
mod backups;
#[path = "../postgres/doors.rs"]
mod doors;
#[path = "../postgres/erased.rs"]
mod erased;
#[path = "../postgres/flow.rs"]
mod flow;
#[path = "../postgres/grants.rs"]
mod grants;
mod ground;
#[path = "../postgres/limits.rs"]
mod limits;
mod moves;
#[path = "../postgres/office.rs"]
mod office;
#[path = "../postgres/plant.rs"]
mod plant;
#[path = "../postgres/pool.rs"]
mod pool;
#[path = "../postgres/restore.rs"]
mod restore;
#[path = "../postgres/server.rs"]
#[allow(dead_code, reason = "the tests on PostgreSQL use the rest")]
mod server;
#[path = "../postgres/steps.rs"]
mod steps;
