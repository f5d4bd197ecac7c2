//! Medians, times and tables.
use std::time::{Duration, Instant};

/// The middle of some times, in milliseconds.
pub(crate) fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(f64::NAN, |t| t.as_secs_f64() * 1e3)
}

/// The time above which one of twenty lies, in milliseconds.
pub(crate) fn slow(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() * 19 / 20).map_or(f64::NAN, |t| t.as_secs_f64() * 1e3)
}

/// How long something took.
pub(crate) fn timed<T>(f: impl FnOnce() -> store::Result<T>) -> store::Result<(Duration, T)> {
    let from = Instant::now();
    let out = f()?;
    Ok((from.elapsed(), out))
}

/// Processor time of this thread, as the kernel counts it; none elsewhere than on Linux.
pub(crate) fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Milliseconds with as many digits as matter.
pub(crate) fn ms(value: f64) -> String {
    match value {
        v if v.is_nan() => "–".into(),
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// Whether a promise was kept.
pub(crate) fn met(took: f64, target: f64) -> String {
    if took <= target { "yes".into() } else { "**no**".into() }
}

/// How much longer the larger plant takes, where the smaller one has the same clients and days.
pub(crate) fn growth(small: f64, large: f64, plants: usize) -> String {
    if plants < 2 { "–".into() } else { format!("{:+.0} %", (large / small - 1.0) * 100.0) }
}

/// What the process holds of memory, in megabytes; none elsewhere than on Linux.
pub(crate) fn memory() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse().ok()).map_or(f64::NAN, |kb: f64| kb / 1024.0)
}

/// A Markdown table under a heading.
pub(crate) fn markdown(title: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut out = format!("## {title}\n\n{}", line(head.to_vec()));
    out += &line(head.iter().enumerate().map(|(i, _)| if i == 0 { "---" } else { "---:" }).collect());
    out.extend(rows.iter().map(|r| line(r.iter().map(String::as_str).collect())));
    out
}

/// Says how far a long work is, now and then, on standard error.
pub(crate) struct Progress {
    name: String,
    told: Instant,
}

impl Progress {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Progress { name: name.into(), told: Instant::now() }
    }
    pub(crate) fn at(&mut self, done: u64, all: u64) {
        if self.told.elapsed() > Duration::from_secs(5) || done == all {
            eprintln!("{}: {done} of {all}", self.name);
            self.told = Instant::now();
        }
    }
}
