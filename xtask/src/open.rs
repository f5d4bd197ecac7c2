//! Builds the app and opens it.

use crate::{Outcome, setup, step, tree};

/// Sets up, builds the interface and the app, and opens the window.
pub(crate) fn run() -> Outcome {
    setup::to_build()?;
    interface()?;
    app()?;
    step::run(&mut tree::command(&tree::built("lineboard-app").to_string_lossy(), &[]))
}

/// Builds the interface into ui/dist, which the app carries inside.
pub(crate) fn interface() -> Outcome {
    step::run(&mut tree::npm("ui", &["run", "build"]))
}

/// Builds both programs.
///
/// Naming the whole workspace keeps one set of features, so the tests compile nothing twice.
pub(crate) fn app() -> Outcome {
    step::run(&mut tree::cargo(&["build", "--workspace", "--bin", "lineboard-app", "--bin", "lineboard"]))
}
