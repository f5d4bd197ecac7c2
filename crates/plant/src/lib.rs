//! What the app does: commands, KPIs, import and reports.

pub mod alerts;
pub mod commands;
pub mod demo;
pub mod export;
pub mod honesty;
pub mod import;
pub mod kpi;
pub(crate) mod orders;
pub(crate) mod tables;
pub mod templates;
