//! The hub on a real PostgreSQL: its order, its walls, its ends and new beginnings.
mod flow;
mod plant;
mod server;
mod walls;
