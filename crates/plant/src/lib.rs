//! What the app does: commands, KPIs, import and reports.

pub mod commands;
pub mod demo;
pub mod export;
pub mod import;
pub mod kpi;
pub(crate) mod tables;
pub mod templates;
