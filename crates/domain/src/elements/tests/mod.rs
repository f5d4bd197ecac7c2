//! The rules, the worked examples and the identities of the elements.
