//! Every KPI, element and source as a page that people can review.

use super::{Better, KPIS, Kpi, grouping::OF_LINE_SHIFTS};
use domain::elements::{Element, Source};
use std::fmt::Write;

/// The definitions as Markdown: what the program computes, not what it should.
pub fn catalogue() -> String {
    let mut page = String::from(
        "# KPIs\n\n| code | formula | unit | better | groupings | interval | undefined |\n|---|---|---|---|---|---|---|\n",
    );
    for kpi in KPIS {
        let _ = writeln!(page, "{}", row(kpi));
    }
    page.push_str("\n# Elements\n\n| element | what it is |\n|---|---|\n");
    for element in Element::ALL {
        let _ = writeln!(page, "| `{}` | {} |", element.name(), element.about());
    }
    page.push_str("\n# Sources\n\n| of | source | confidence | what it is |\n|---|---|---|---|\n");
    for source in Source::ALL {
        let (of, key) = (source.subject().key(), source.key());
        let _ = writeln!(page, "| {of} | `{key}` | {:.1} | {} |", source.confidence(), source.about());
    }
    page
}

fn row(kpi: &Kpi) -> String {
    let better = match kpi.better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::None => "–",
    };
    let groupings: Vec<&str> = kpi.groupings.iter().map(|grouping| grouping.word()).collect();
    let groupings = if kpi.groupings == OF_LINE_SHIFTS { "all".to_owned() } else { groupings.join(", ") };
    let interval = kpi.interval.map_or("–", |interval| interval.word());
    let (code, formula, unit, undefined) = (kpi.code, kpi.write(str::to_owned), kpi.unit, kpi.undefined);
    format!("| `{code}` | {formula} | {unit} | {better} | {groupings} | {interval} | {undefined} |")
}
