//! Three invented clients, one for each industry.
mod electronics;
mod packaging;
mod textile;

use super::blueprint::Blueprint;

/// The clients of the demo plant.
pub(super) const CLIENTS: &[&Blueprint] = &[&textile::PLAN, &electronics::PLAN, &packaging::PLAN];
