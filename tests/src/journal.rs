//! Everything a program logs, kept to be searched.
use std::{
    io,
    sync::{Mutex, OnceLock, PoisonError},
};
use tracing_subscriber::fmt::MakeWriter;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Keep;

impl io::Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Keep {
    type Writer = Keep;
    fn make_writer(&'a self) -> Keep {
        Keep
    }
}

/// Keeps what is logged from here on, at every level.
pub fn begin() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let all = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(Keep);
        all.with_ansi(false).init();
    });
}

/// What was logged.
pub fn text() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
