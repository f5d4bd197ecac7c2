//! What is impossible is refused, with the field named.
use crate::Code;
use std::collections::BTreeMap;

/// One reason why a row cannot be.
#[derive(Clone, PartialEq, Debug)]
pub struct Problem {
    /// The column.
    pub field: &'static str,
    /// Why.
    pub code: Code,
    /// What the message names.
    pub params: BTreeMap<String, String>,
}

/// The reasons found so far.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes a reason unless `fine`.
    pub fn need(&mut self, fine: bool, field: &'static str, code: Code, value: impl ToString) {
        if !fine {
            let params = BTreeMap::from([("value".to_string(), value.to_string())]);
            self.0.push(Problem { field, code, params });
        }
    }
    /// A count or measure that cannot be below zero, nor without end.
    pub fn at_least_zero<N: Into<f64> + Copy>(&mut self, field: &'static str, value: Option<N>) {
        let Some(v) = value.map(Into::into) else { return };
        self.need(v.is_finite(), field, Code::BadNumber, v);
        self.need(v >= 0.0 || !v.is_finite(), field, Code::Negative, v);
    }
    /// A whole count between zero and a billion.
    pub fn count(&mut self, field: &'static str, value: Option<i64>) {
        let Some(v) = value else { return };
        self.need(v >= 0, field, Code::Negative, v);
        self.need(v <= 1_000_000_000, field, Code::TooLarge, v);
    }
    /// Minutes of one day: none below zero, none over 25 hours.
    pub fn minutes_of_day(&mut self, field: &'static str, value: Option<f64>) {
        self.at_least_zero(field, value);
        if let Some(v) = value {
            self.need(v <= 1500.0 || !v.is_finite(), field, Code::LongDay, v);
        }
    }
    /// A part of a whole, from 0 to 1.
    pub fn share(&mut self, field: &'static str, value: Option<f64>) {
        self.at_least_zero(field, value);
        if let Some(v) = value {
            self.need(v <= 1.0 || !v.is_finite(), field, Code::TooLarge, v);
        }
    }
    /// A minute after local midnight.
    pub fn clock_minute(&mut self, field: &'static str, value: Option<i64>) {
        self.count(field, value);
        self.need(value.unwrap_or(0) < 1440, field, Code::TooLarge, value.unwrap_or(0));
    }
    /// Hours of one person on one day: none below zero, none over 25.
    pub fn hours_of_day(&mut self, field: &'static str, value: Option<f64>) {
        self.at_least_zero(field, value);
        if let Some(v) = value {
            self.need(v <= 25.0 || !v.is_finite(), field, Code::LongDay, v * 60.0);
        }
    }
    /// Words that must be there and must not be endless.
    pub fn text(&mut self, field: &'static str, value: &str) {
        self.need(!value.trim().is_empty(), field, Code::Empty, "");
        self.short(field, value);
    }
    /// Words that must not be endless.
    pub fn short(&mut self, field: &'static str, value: &str) {
        self.need(value.chars().count() <= 2000, field, Code::TooLong, value.chars().count());
    }
}
