//! How far a long work is, on a terminal.
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{IsTerminal, stderr},
    time::Duration,
};

/// A bar that is only seen by a person.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar with a name, if somebody looks.
    pub(crate) fn new(name: String, json: bool) -> Self {
        if json || !stderr().is_terminal() {
            return Bar(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0).with_message(name);
        // Words come with time, so that quick work stays quiet.
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} % {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(bar)
    }
    /// Done, of all.
    pub(crate) fn at(&self, done: u64, all: u64) {
        self.0.set_length(all);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
