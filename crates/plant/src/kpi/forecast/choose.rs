//! The method and parameters with the smallest one-step errors.

use super::{
    method::{Smoothing, SmoothingMethod},
    start::{self, first},
    state::State,
};
use domain::Day;

const ALPHAS: &[f64] = &[0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
const BETAS: &[f64] = &[0.0, 0.02, 0.05, 0.1, 0.2, 0.4];
const GAMMAS: &[f64] = &[0.0, 0.05, 0.1, 0.2, 0.4, 0.6];
const NONE: &[f64] = &[0.0];

/// The steps by which the best of the grid is refined.
const STEPS: [f64; 3] = [0.04, 0.02, 0.01];

/// A smoothing with what it came to on the data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitted {
    pub smoothing: Smoothing,
    /// What it knows after the last day.
    pub state: State,
    /// The sum of its squared one-step errors.
    squares: f64,
    /// How many errors there are.
    errors: usize,
}

impl Fitted {
    /// The best of all methods that the data can tell.
    ///
    /// Every error is of a value the method had not seen. A method with more
    /// parameters must earn them: squared errors are compared after Akaike's
    /// final prediction error, Σe²/n × (n + k) / (n − k).
    pub(super) fn best(data: &[(Day, f64)]) -> Fitted {
        let (first, weekdays) = first(data);
        let methods = SmoothingMethod::ALL.into_iter().filter(|method| weekdays || !method.has_weekdays());
        let mut best = Search::of(SmoothingMethod::Simple, data, first).best();
        for method in methods.skip(1) {
            let other = Search::of(method, data, first).best();
            // What is within rounding of the simpler method is no better than it.
            if other.score() < best.score() * (1.0 - 1e-9) - rounding(data) {
                best = other;
            }
        }
        best
    }

    /// The degrees of freedom of its errors.
    pub(super) fn degrees(&self) -> usize {
        self.errors - self.smoothing.method.parameters()
    }

    /// The standard deviation of its errors.
    pub(super) fn error(&self) -> f64 {
        (self.squares / self.degrees() as f64).sqrt()
    }

    fn score(&self) -> f64 {
        let (n, k) = (self.errors as f64, self.smoothing.method.parameters() as f64);
        self.squares / n * (n + k) / (n - k)
    }
}

/// A squared error that is nothing but rounding.
fn rounding(data: &[(Day, f64)]) -> f64 {
    let largest = data.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
    (largest * 1e-10).powi(2)
}

/// The search for the parameters of one method.
struct Search<'a> {
    method: SmoothingMethod,
    start: State,
    rest: &'a [(Day, f64)],
}

impl<'a> Search<'a> {
    fn of(method: SmoothingMethod, data: &'a [(Day, f64)], first: usize) -> Search<'a> {
        let (begin, rest) = data.split_at(first);
        Search { method, start: start::state(method, begin), rest }
    }

    /// The best of the grid, moved on while a neighbour is better.
    fn best(&self) -> Fitted {
        let mut best = self.run([0.5, 0.0, 0.0]);
        self.grid().for_each(|parameters| best = self.better(best, parameters));
        for step in STEPS {
            loop {
                let from = best.squares;
                let Smoothing { alpha, beta, gamma, .. } = best.smoothing;
                self.neighbours([alpha, beta, gamma], step).for_each(|next| best = self.better(best, next));
                if best.squares >= from {
                    break;
                }
            }
        }
        best
    }

    fn grid(&self) -> impl Iterator<Item = [f64; 3]> {
        let betas = if self.method.has_trend() { BETAS } else { NONE };
        let gammas = if self.method.has_weekdays() { GAMMAS } else { NONE };
        ALPHAS.iter().flat_map(move |a| betas.iter().flat_map(move |b| gammas.iter().map(move |c| [*a, *b, *c])))
    }

    /// One step up and down in each parameter the method has.
    fn neighbours(&self, at: [f64; 3], step: f64) -> impl Iterator<Item = [f64; 3]> {
        let has = [true, self.method.has_trend(), self.method.has_weekdays()];
        let moves = [-step, step].into_iter().flat_map(|by| (0..3).map(move |place| (place, by)));
        moves.filter(move |(place, _)| has[*place]).map(move |(place, by)| {
            let mut next = at;
            next[place] = (next[place] + by).clamp(if place == 0 { ALPHAS[0] } else { 0.0 }, 1.0);
            next
        })
    }

    fn better(&self, best: Fitted, parameters: [f64; 3]) -> Fitted {
        let other = self.run(parameters);
        if other.squares < best.squares { other } else { best }
    }

    /// Lets the method learn day by day.
    fn run(&self, [alpha, beta, gamma]: [f64; 3]) -> Fitted {
        let smoothing = Smoothing { method: self.method, alpha, beta, gamma };
        let mut state = self.start;
        let squares = self.rest.iter().map(|(day, value)| state.learn(*day, *value, &smoothing).powi(2)).sum();
        Fitted { smoothing, state, squares, errors: self.rest.len() }
    }
}
