//! What becomes of a change: decided once, where the order is made.
use super::{Fate, Folded, Place, Policy, Verdict, Why, Write, apply, is_mark, planted, row::together};
use crate::{
    Shape, Value,
    change::Act,
    planted::Bug::{
        DecisionNoVersion, DecisionReopens, EqualIsConflict, GroupSplit, LateCreate, NoBaseCheck, PatchUpsert,
        RemoveNoBase, RuleUnchecked, SeqReuse,
    },
};
use serde::{Deserialize, Serialize};

/// What was decided of a change.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Decided {
    /// In one word.
    pub verdict: Verdict,
    /// What becomes of each column of its patch, in order; empty where all are set.
    #[serde(with = "super::letters", default, skip_serializing_if = "Vec::is_empty")]
    pub fates: Vec<Fate>,
}

impl Decided {
    /// All of it stands: what a file decides that is its own hub.
    pub const WHOLE: Decided = Decided { verdict: Verdict::Applied, fates: vec![] };
    fn only(verdict: Verdict) -> Self {
        Decided { verdict, fates: vec![] }
    }
    fn of(verdict: Verdict, fates: Vec<Fate>) -> Self {
        let all_set = fates.iter().all(|f| *f == Fate::Set);
        Decided { verdict, fates: if all_set { vec![] } else { fates } }
    }
}

/// Whether a row keeps the rules of its table; none where whoever wrote it saw to that.
pub type Sound<'s> = Option<&'s dyn Fn(&Folded) -> bool>;

/// Decides a change on the row as it stands.
pub fn decide(shape: &Shape, row: Option<&Folded>, write: &Write, sound: Sound<'_>) -> Decided {
    match (row, write.act) {
        // Whoever asks to be forgotten waits for nobody's decision, and no rule of a figure concerns it.
        (Some(_), Act::Patch) if write.erases => Decided::only(Verdict::Applied),
        (None, Act::Create) => create(shape, write, sound),
        (Some(row), Act::Create) if row.gone && planted(LateCreate) => {
            Decided::of(Verdict::Applied, fates(shape, Some(row), write))
        }
        (row, Act::Patch) if planted(PatchUpsert) && row.is_none_or(|r| r.gone) => {
            Decided::of(Verdict::Applied, fates(shape, row, write))
        }
        (Some(row), Act::Create | Act::Patch) if !row.gone => Merge { shape, row, write, sound }.decide(),
        (Some(row), Act::Remove) if !row.gone => remove(row, write),
        (Some(row), Act::Restore) => Decided::only(if row.gone { Verdict::Applied } else { Verdict::Merged }),
        _ => Decided::only(Verdict::Gone),
    }
}

/// What nobody disputes: of a creation, and of what is not confirmed yet.
pub fn fates(shape: &Shape, row: Option<&Folded>, write: &Write) -> Vec<Fate> {
    let fate = |(place, value): &(Place, Value)| match policy(shape, place) {
        _ if write.erases => Fate::Set,
        Policy::Add if row.is_some() => Fate::Add,
        Policy::Append if row.is_some() => Fate::Append,
        p @ (Policy::Max | Policy::Min) => kept(p, row.map_or(&Value::Null, |r| r.value(place)), value),
        _ => Fate::Set,
    };
    write.patch.iter().map(fate).collect()
}

fn policy(shape: &Shape, place: &Place) -> Policy {
    match place {
        Place::Column(i) => shape.columns[*i].merge,
        Place::Other(_) => Policy::Review,
    }
}

fn is_marked(value: &Value) -> bool {
    matches!(value, Value::Text(text) if is_mark(text))
}

/// Of the greatest or least value, whether this is the one.
fn kept(policy: Policy, now: &Value, new: &Value) -> Fate {
    let number = |v: &Value| match v {
        Value::Int(n) => Some(*n as f64),
        Value::Real(x) => Some(*x),
        _ => None,
    };
    let better = match (number(now), number(new)) {
        (Some(now), Some(new)) => {
            if policy == Policy::Max {
                new > now
            } else {
                new < now
            }
        }
        (now, _) => now.is_none(),
    };
    if better { Fate::Set } else { Fate::Stay }
}

fn create(shape: &Shape, write: &Write, sound: Sound<'_>) -> Decided {
    let decided = Decided::of(Verdict::Applied, fates(shape, None, write));
    let made = || apply(None, write, &decided, shape);
    let keeps = sound.is_none_or(|sound| made().is_some_and(|row| sound(&row)));
    if keeps { decided } else { Decided::only(Verdict::Rejected(Why::Rule)) }
}

/// A removal by someone who has not seen the newest values and conflicts waits.
fn remove(row: &Folded, write: &Write) -> Decided {
    let newer = row.places().any(|p| row.version(&p).is_some_and(|v| !write.rests_on(&p, v)));
    let unseen = row.conflicts.iter().any(|c| !write.seen.contains(&c.op));
    match newer || unseen {
        true if planted(RemoveNoBase) => Decided::only(Verdict::Applied),
        true if !write.closes.is_empty() && !planted(DecisionReopens) => Decided::only(Verdict::Rejected(Why::Stale)),
        true => Decided::only(Verdict::Conflict),
        false => Decided::only(Verdict::Applied),
    }
}

/// A patch of a live row.
struct Merge<'m> {
    shape: &'m Shape,
    row: &'m Folded,
    write: &'m Write,
    sound: Sound<'m>,
}

impl Merge<'_> {
    fn decide(&self) -> Decided {
        let mut late = false;
        let mut fates = match self.fates(&mut late) {
            Ok(fates) => fates,
            Err(why) => return Decided::only(Verdict::Rejected(why)),
        };
        if !planted(RuleUnchecked) && !self.keeps_rules(&fates) {
            if !self.ruled().any(|p| self.newer(&p)) {
                return Decided::only(Verdict::Rejected(Why::Rule));
            }
            self.hold_back(&mut fates);
        }
        let waits = fates.contains(&Fate::Wait);
        match (waits, self.write.closes.is_empty() || planted(DecisionReopens)) {
            (true, false) => Decided::only(Verdict::Rejected(Why::Stale)),
            (true, true) => Decided::of(Verdict::Conflict, fates),
            (false, _) => Decided::of(if late { Verdict::Merged } else { Verdict::Applied }, fates),
        }
    }
    /// What becomes of each column by itself, its unit taken as one.
    fn fates(&self, late: &mut bool) -> Result<Vec<Fate>, Why> {
        self.write.patch.iter().map(|(place, value)| self.fate(place, value, late)).collect()
    }
    fn fate(&self, place: &Place, value: &Value, late: &mut bool) -> Result<Fate, Why> {
        let policy = policy(self.shape, place);
        let (same, newer) = self.unit(place);
        let equal = same && !planted(EqualIsConflict);
        let decides = !self.write.closes.is_empty() && !planted(DecisionNoVersion);
        match policy {
            Policy::Fixed if same => Ok(Fate::Stay),
            Policy::Fixed => Err(Why::Fixed),
            Policy::Add => Ok(Fate::Add),
            // What was to follow was erased before it came.
            Policy::Append if self.row.value(place) == value && is_marked(value) => Ok(Fate::Stay),
            Policy::Append => Ok(Fate::Append),
            Policy::Max | Policy::Min => Ok(kept(policy, self.row.value(place), value)),
            Policy::Review if equal && !decides => {
                *late |= newer || self.write.act == Act::Create;
                Ok(Fate::Stay)
            }
            Policy::Review if newer && !equal => Ok(Fate::Wait),
            Policy::Review | Policy::Last => {
                *late |= newer;
                Ok(Fate::Set)
            }
        }
    }
    /// Whether all values of the place's unit are there already, and whether somebody wrote one since.
    fn unit(&self, place: &Place) -> (bool, bool) {
        let mut all: Vec<Place> = together(self.shape, place).map(Place::Column).collect();
        if all.is_empty() || planted(GroupSplit) {
            all = vec![place.clone()];
        }
        let written = || all.iter().filter(|p| self.write.value(p).is_some());
        let same = written().all(|p| self.write.value(p) == Some(self.row.value(p)));
        (same, written().any(|p| self.newer(p)))
    }
    /// Whether somebody wrote the place whom the author has not seen.
    fn newer(&self, place: &Place) -> bool {
        let Some(version) = self.row.version(place).filter(|_| !planted(NoBaseCheck)) else { return false };
        if planted(SeqReuse) && self.write.act != Act::Create {
            return crate::planted::newer_by_number(self.write.op, place, version);
        }
        !self.write.rests_on(place, version)
    }
    fn ruled(&self) -> impl Iterator<Item = Place> + '_ {
        let ruled = self.shape.columns.iter().enumerate().filter(|(_, c)| c.ruled);
        ruled.map(|(i, _)| Place::Column(i))
    }
    fn keeps_rules(&self, fates: &[Fate]) -> bool {
        let Some(sound) = self.sound else { return true };
        let decided = Decided { verdict: Verdict::Applied, fates: fates.to_vec() };
        let after = apply(Some(self.row.clone()), self.write, &decided, self.shape);
        after.is_some_and(|row| sound(&row))
    }
    /// Somebody's values and the author's together break a rule: the author's wait.
    fn hold_back(&self, fates: &mut [Fate]) {
        for (fate, (place, _)) in fates.iter_mut().zip(&self.write.patch) {
            let ruled = matches!(place, Place::Column(i) if self.shape.columns[*i].ruled);
            if ruled && *fate == Fate::Set {
                *fate = Fate::Wait;
            }
        }
    }
}
