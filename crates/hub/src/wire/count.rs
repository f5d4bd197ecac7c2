//! What is counted, as Prometheus reads it.
use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

/// Requests by route and status, refusals by code, and what is in work.
#[derive(Default)]
pub(super) struct Counts {
    in_flight: AtomicI64,
    answered: Mutex<BTreeMap<(String, u16), u64>>,
    refused: Mutex<BTreeMap<String, u64>>,
}

/// A request in work, for as long as it is kept.
pub(super) struct InFlight<'c>(&'c AtomicI64);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Counts {
    /// One more in work.
    pub(super) fn begin(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(&self.in_flight)
    }
    /// One answered; with its code where it was refused.
    pub(super) fn answered(&self, route: &str, status: u16, code: Option<&str>) {
        let mut all = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        *all.entry((route.into(), status)).or_default() += 1;
        if let Some(code) = code {
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner).entry(code.into()).or_default() += 1;
        }
    }
    /// All of it as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::from("# TYPE lineboard_requests_total counter\n");
        for ((route, status), n) in &*self.answered.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(text, "lineboard_requests_total{{route=\"{route}\",status=\"{status}\"}} {n}");
        }
        text.push_str("# TYPE lineboard_refused_total counter\n");
        for (code, n) in &*self.refused.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(text, "lineboard_refused_total{{code=\"{code}\"}} {n}");
        }
        let now = self.in_flight.load(Ordering::Relaxed);
        let _ = write!(text, "# TYPE lineboard_requests_in_flight gauge\nlineboard_requests_in_flight {now}\n");
        text
    }
}
