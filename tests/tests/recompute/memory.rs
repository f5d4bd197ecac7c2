//! What a session keeps in memory is what the file says, whatever is written meanwhile.
use domain::{Client, Day, Id};
use plant::kpi::{self, Answer, AnswerRow, Ask, Why, WhyAsk};
use std::sync::Arc;
use store::{Kept, Reader, Repository, Result};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn both(a: Option<f64>, b: Option<f64>) -> bool {
    a.zip(b).map_or(a == b, |(a, b)| near(a, b))
}

/// A row of a group nobody knows the limits of has ends that rest on the last bits; they are compared coarsely.
fn ends(row: &AnswerRow) -> [Option<f64>; 2] {
    [0, 1].map(|end| row.interval.map(|ends| (ends[end] * 1e5).round()))
}

fn same(memory: &Answer, file: &Answer) {
    assert_eq!(memory.rows.len(), file.rows.len(), "{memory:?} {file:?}");
    for (one, other) in memory.rows.iter().zip(&file.rows) {
        let told = |row: &AnswerRow| (row.keys.clone(), row.by.clone(), row.rows, row.line_shifts, row.weakest.clone());
        assert_eq!(told(one), told(other), "{}", file.kpi);
        assert_eq!((&one.left_out, &one.why), (&other.left_out, &other.why), "{}", file.kpi);
        assert!(both(one.value, other.value), "{}: {one:?} {other:?}", file.kpi);
        assert!(near(one.numerator, other.numerator) && near(one.denominator, other.denominator), "{one:?} {other:?}");
        assert!(near(one.estimated_share, other.estimated_share), "{one:?} {other:?}");
        assert!(near(one.estimated_numerator, other.estimated_numerator), "{one:?} {other:?}");
        assert!((0..2).all(|end| both(ends(one)[end], ends(other)[end])), "{one:?} {other:?}");
    }
}

/// Who asks from memory, and the same from the file.
pub(crate) struct Asking {
    kept: Arc<Kept>,
    pub(crate) compared: usize,
}

impl Asking {
    pub(crate) fn of(repo: &Repository<'_>) -> Asking {
        Asking { kept: repo.kept(), compared: 0 }
    }
    /// Holds a question against the file.
    pub(crate) fn compare(&mut self, r: &Reader<'_>, ask: &Ask) -> Result<()> {
        let file = kpi::ask(r, None, ask)?;
        same(&kpi::ask_kept(r, None, &self.kept, ask)?, &file);
        self.compared += file.rows.len();
        Ok(())
    }
    /// Holds the parts of a change against the file.
    pub(crate) fn compare_change(&mut self, r: &Reader<'_>, asked: &WhyAsk) -> Result<()> {
        let (memory, file) = (kpi::why_kept(r, None, &self.kept, asked)?, kpi::why(r, None, asked)?);
        let parts = |why: &Why| why.factors.iter().map(|part| (part.factor, part.part)).collect::<Vec<_>>();
        assert_eq!(memory.factors.len(), file.factors.len(), "{memory:?} {file:?}");
        assert!(both(memory.difference, file.difference), "{memory:?} {file:?}");
        for ((factor, part), (other, told)) in parts(&memory).into_iter().zip(parts(&file)) {
            assert!(factor == other && (part - told).abs() < 1e-6, "{factor:?}: {part} is not {told}");
        }
        self.compared += file.factors.len();
        Ok(())
    }
}

/// A question about some clients.
pub(crate) fn question(kpi: &str, clients: &[Id<Client>], (from, to): (Day, Day), by: &[&str]) -> Ask {
    let by = by.iter().map(|by| (*by).to_owned()).collect();
    Ask { clients: Some(clients.to_vec()), by, ..Ask::of(kpi, from, to) }
}
