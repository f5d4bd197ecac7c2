//! Answers, from the rows of a plant to the digit.
