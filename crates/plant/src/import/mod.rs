//! Files of others become rows: read, guessed, checked, and only then taken in.

pub mod cells;
pub mod check;
pub mod commands;
pub mod csv;
pub mod day;
pub mod desk;
pub mod fields;
pub mod guess;
pub mod layout;
pub mod memory;
pub mod number;
pub mod plain;
pub mod plan;
pub mod preview;
pub mod profile;
pub mod rows;
pub mod table;
pub mod text;
pub mod why;
pub mod write;
pub mod xlsx;

#[cfg(test)]
pub(crate) mod tests;
