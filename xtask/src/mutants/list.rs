//! The guards, one by one.

use super::Mutant;

/// Every guard of the walls, each with the text that removes it.
pub(super) const MUTANTS: &[Mutant] = &[];
