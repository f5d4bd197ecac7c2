//! Times in order, and tables.
use std::time::Duration;

/// The time below which so many of a hundred lie, in milliseconds.
pub(crate) fn of_hundred(times: &mut [Duration], many: usize) -> f64 {
    times.sort_unstable();
    times.get((times.len() * many / 100).min(times.len().saturating_sub(1))).map_or(f64::NAN, |t| t.as_secs_f64() * 1e3)
}

/// p50, p95 and p99 as cells.
pub(crate) fn three(times: &mut [Duration]) -> [String; 3] {
    [50, 95, 99].map(|many| format!("{:.1}", of_hundred(times, many)))
}

/// A Markdown table under a heading.
pub(crate) fn markdown(title: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut out = format!("## {title}\n\n{}", line(head.to_vec()));
    out += &line(head.iter().enumerate().map(|(i, _)| if i == 0 { "---" } else { "---:" }).collect());
    out.extend(rows.iter().map(|r| line(r.iter().map(String::as_str).collect())));
    out
}

/// So many in a second.
pub(crate) fn each_second(count: usize, took: Duration) -> String {
    format!("{:.0}", count as f64 / took.as_secs_f64())
}
