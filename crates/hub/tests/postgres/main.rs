//! The hub on a real PostgreSQL: its order, its walls, its ends and new beginnings.
mod doors;
mod flow;
mod grants;
mod plant;
mod restore;
mod server;
mod walls;
mod writers;
