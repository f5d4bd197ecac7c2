//! A PC of a test.
