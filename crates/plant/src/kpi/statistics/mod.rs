//! Distributions and intervals, computed instead of copied from tables.

mod gamma;
mod normal;
mod percentile;
mod poisson;
mod sigma;
mod student;
mod wilson;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use normal::quantile as normal_quantile;
pub(super) use normal::{cdf, density};
pub use percentile::percentiles;
pub(super) use percentile::percentiles_of_sorted;
pub use poisson::poisson_95;
pub use sigma::sigma_level;
pub(super) use student::quantile_95;
pub use wilson::wilson_95;
