//! The rules, the worked examples and the identities of the elements.

mod estimates;
mod examples;
mod garment;
mod people;
mod properties;
mod quality;
mod rules;

use super::*;

/// An id that is easy to read in a failure.
fn key(number: u8) -> Key {
    [number; 16]
}

/// A line shift with a crew and net minutes.
fn line_shift(crew: f64, net_minutes: f64) -> Facts {
    Facts { crew: Some(crew), net_minutes: Some(net_minutes), ..Facts::default() }
}

/// An entry of one product with its standard.
fn entry(product: u8, produced: f64, standard: f64) -> EntryFacts {
    EntryFacts {
        id: key(product),
        product: Some(key(product)),
        produced: Some(produced),
        product_standard: Some(standard),
        ..EntryFacts::default()
    }
}

/// A stop without clock times whose reason holds up the line.
fn stop(id: u8, minutes: f64) -> StopFacts {
    StopFacts { id: key(id), minutes: Some(minutes), ..StopFacts::default() }
}

/// A stop with clock times.
fn stop_at(id: u8, start: f64, minutes: f64) -> StopFacts {
    StopFacts { start_minute: Some(start), ..stop(id, minutes) }
}

/// A percentage as the worked examples print it.
fn percent(part: f64, whole: f64) -> String {
    format!("{:.3}", 100.0 * part / whole)
}
