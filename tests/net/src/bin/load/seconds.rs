//! What processes use, as the kernel counts it; nothing elsewhere than on Linux.
use std::fs;

/// Ticks of the kernel's clock in a second, as every Linux tells them to programs.
const TICKS: f64 = 100.0;

fn stat(process: u32) -> Vec<String> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold anything.
    let rest = text.rsplit_once(") ").map_or("", |r| r.1);
    rest.split(' ').map(String::from).collect()
}

fn ticks(stat: &[String], fields: std::ops::Range<usize>) -> f64 {
    stat.get(fields).unwrap_or_default().iter().filter_map(|n| n.parse::<f64>().ok()).sum()
}

/// Seconds of processor that a process has used.
pub(crate) fn used(process: u32) -> f64 {
    ticks(&stat(process), 11..13) / TICKS
}

/// The same of a process and all that it has begun, also what has ended.
pub(crate) fn used_by_all(parent: u32) -> f64 {
    let own = ticks(&stat(parent), 11..15) / TICKS;
    own + children(parent).into_iter().map(used).sum::<f64>()
}

fn children(parent: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = all.filter_map(|e| e.file_name().to_str()?.parse().ok());
    processes.filter(|p| stat(*p).get(1).is_some_and(|of| of.parse() == Ok(parent))).collect()
}

/// Megabytes that a process holds.
pub(crate) fn holds(process: u32) -> f64 {
    kilobytes(process, "VmRSS:") / 1024.0
}

/// Megabytes that a process and all that it has begun hold for themselves.
pub(crate) fn held_by_all(parent: u32) -> f64 {
    let own = kilobytes(parent, "RssAnon:");
    (own + children(parent).into_iter().map(|p| kilobytes(p, "RssAnon:")).sum::<f64>()) / 1024.0
}

fn kilobytes(process: u32, name: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix(name));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0.0)
}
