//! Days, instants and the clock of a shift.
//!
//! Nothing here reads a clock: "now" is always an argument.

mod day;
mod instant;
mod shift;
mod slot;
mod zone;

#[cfg(test)]
mod edges;
#[cfg(test)]
mod tests;

pub use day::{BadDay, Day};
pub use instant::{BadInstant, Instant};
pub use shift::{Break, Span, all_valid_on, elapsed_net, net_minutes, shift_span, valid_on};
pub use slot::{Slot, slots, slots_without_clock};
pub use zone::{Zone, instant_at, is_over, local_label, local_minute, today, zone_named};
