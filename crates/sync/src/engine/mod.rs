//! The rounds of a PC, again and again, beside the person's work.
