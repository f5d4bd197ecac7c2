//! What the app does: commands, KPIs, import and reports.

pub mod import;
pub mod kpi;
