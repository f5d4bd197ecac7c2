//! Worked examples, and how often the intervals hold what they promise.

mod coverage;
mod examples;
