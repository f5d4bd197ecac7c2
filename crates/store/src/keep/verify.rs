//! Whether the file is sound.
