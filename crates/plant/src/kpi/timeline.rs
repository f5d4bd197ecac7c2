//! The days of a question and the stretches of time they fall into.

use super::{
    ask::Question,
    group::{GroupKey, Place},
    grouping::Grouping,
};
use domain::{Day, elements::Key};

/// The period of a question, cut where its days, weeks or months change.
pub(super) struct Timeline {
    first_day: Day,
    slot_of: Vec<u32>,
    starts: Vec<Day>,
}

impl Timeline {
    /// The stretches of a question; one where it is not grouped by time.
    pub(super) fn of(question: &Question) -> Timeline {
        let by: Vec<Grouping> = question.by.iter().copied().filter(|grouping| grouping.is_time()).collect();
        let mut timeline = Timeline { first_day: question.from, slot_of: Vec::new(), starts: vec![question.from] };
        let mut last = GroupKey::of(&by, &Place::of_day(Key::default(), question.from));
        for day in question.from.to(question.to) {
            let key = GroupKey::of(&by, &Place::of_day(Key::default(), day));
            if key != last {
                timeline.starts.push(day);
                last = key;
            }
            timeline.slot_of.push(timeline.starts.len() as u32 - 1);
        }
        timeline
    }

    /// The stretch of a day of the period.
    pub(super) fn slot(&self, day: Day) -> usize {
        self.slot_of[(day.0 - self.first_day.0) as usize] as usize
    }

    /// The first day of each stretch: any of its days has the same key.
    pub(super) fn starts(&self) -> &[Day] {
        &self.starts
    }

    /// The stretch of each day, from the first on.
    pub(super) fn slots(&self) -> &[u32] {
        &self.slot_of
    }
}
