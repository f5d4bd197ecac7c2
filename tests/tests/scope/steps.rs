//! Undo after a client was lost.
use crate::trial::{Trial, Want};
use serde_json::json;

/// The newest step is in a client that was lost: it can be neither undone nor named.
pub(crate) fn of_a_lost_client(t: &Trial) {
    for (name, code) in [("undo", "nothing_to_undo"), ("redo", "nothing_to_redo")] {
        t.expect(name, json!({}), Want::Refused(code));
    }
}
