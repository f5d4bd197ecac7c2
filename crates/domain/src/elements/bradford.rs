//! The Bradford factor: spells of absence squared, times their days.

use super::people::AttendanceFacts;
use crate::Day;
use std::collections::BTreeMap;

/// The days of 52 weeks.
pub const BRADFORD_DAYS: i32 = 364;

/// How often and how long somebody was absent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bradford {
    /// S: absences without a scheduled day attended in between.
    pub spells: u32,
    /// D: days absent; a part of a day is half a one.
    pub days: f64,
}

impl Bradford {
    /// S² × D.
    pub fn factor(self) -> f64 {
        f64::from(self.spells).powi(2) * self.days
    }
}

/// What a day was, when all of a person's rows of it are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct DayOf {
    came: bool,
    absent: bool,
}

/// Counts a person's spells and days of absence.
///
/// `rows` are his days in any order. A day with no row, a day off and a day of
/// vacation neither begin nor end a spell.
pub fn bradford<'r>(rows: impl Iterator<Item = (Day, &'r AttendanceFacts)>, counted: i64) -> Bradford {
    let mut days = BTreeMap::<Day, DayOf>::new();
    for (day, row) in rows {
        let of = days.entry(day).or_default();
        of.came |= row.is_present();
        of.absent |= row.is_absent(counted);
    }
    let (mut told, mut within) = (Bradford::default(), false);
    for of in days.values() {
        if of.absent {
            told.spells += u32::from(!within);
            told.days += if of.came { 0.5 } else { 1.0 };
        }
        within = of.absent || (within && !of.came);
    }
    told
}
