//! Every KPI, element and source as one page, reviewed as a diff.

#[test]
fn the_definitions_are_as_reviewed() {
    checks::snapshot::same("kpis.md", &plant::kpi::catalogue());
}
