//! What files brought in.
use crate::{Touch, entity};

entity! {
    /// What one file brought one client.
    ImportBatch in import_batch as 20, Files {
        /// Shared by the batches of one file.
        file_id: String,
        /// What it holds.
        kind: String,
        /// The file's name.
        name: String,
        /// Rows it brought.
        rows: i64,
        /// Which column meant what, as JSON.
        mapping: String,
    }
    touch |_| Touch::Nothing;
    check |b, p| {
        p.text("kind", &b.kind);
        p.short("name", &b.name);
        p.count("rows", Some(b.rows));
    };
}
