//! The hub on a real PostgreSQL: its order, its walls, its ends and new beginnings.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod anew;
mod doctor;
mod doors;
mod erased;
mod flow;
mod grants;
mod ground;
mod limits;
mod meets;
mod office;
mod plant;
mod pool;
mod reads;
mod restore;
mod server;
mod steps;
mod tls;
mod walls;
mod writers;
