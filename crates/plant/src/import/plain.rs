//! The cells of a table's own columns.
use super::{
    cells::Reading,
    guess::normal,
    table::Cell,
    why::{RowError, Why},
};

/// The largest number a cell may mean: beyond it whole numbers have gaps.
const MOST: f64 = 9e15;
/// Characters of the longest name, which may be made up of several codes.
const NAME_MAX: usize = 1500;

impl Reading<'_> {
    /// Yes or no, in either language.
    pub fn truth(&mut self, name: &str) -> Option<bool> {
        if let Cell::Truth(yes) = self.cell(name).0 {
            return Some(yes);
        }
        let text = self.text(name)?;
        match normal(&text).as_str() {
            "yes" | "y" | "true" | "1" | "x" | "si" | "s" | "verdadero" => Some(true),
            "no" | "n" | "false" | "0" | "falso" => Some(false),
            _ => {
                self.fail(name, Why::BadTruth);
                None
            }
        }
    }
    /// A number of either sign: the table's own rules judge it.
    pub fn figure(&mut self, name: &str) -> Option<f64> {
        self.plain(name, false)
    }
    /// A whole number of either sign.
    pub fn whole(&mut self, name: &str) -> Option<i64> {
        let number = self.plain(name, true)?;
        if (number - number.round()).abs() > 1e-6 {
            self.fail(name, Why::NotWhole);
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "within what a number holds exactly")]
        Some(number.round() as i64)
    }
    fn plain(&mut self, name: &str, whole: bool) -> Option<f64> {
        let number = self.number_of(name, whole)?;
        if number.abs() <= MOST {
            return Some(number);
        }
        self.fail(name, Why::TooLarge);
        None
    }
    /// One of the words a column may hold.
    pub fn word(&mut self, name: &str, allowed: &[&str]) -> Option<String> {
        let text = self.text(name)?;
        let word = text.trim().to_lowercase().replace([' ', '-'], "_");
        if allowed.contains(&word.as_str()) {
            return Some(word);
        }
        let error = RowError::new(self.number(), Why::BadWord).at(name).value(text);
        self.errors.push(error.with("allowed", allowed.join(", ")));
        None
    }
    /// What a row is called, which may be long.
    pub fn name(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        if text.chars().count() > NAME_MAX {
            self.errors.push(RowError::new(self.number(), Why::TooLong).at(name).value(text.chars().count()));
            return None;
        }
        Some(text)
    }
}
