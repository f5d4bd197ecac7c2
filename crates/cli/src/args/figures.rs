//! Figures: what they are, where they go, and why they changed.
use super::day;
use clap::{Args as Group, Subcommand};
use domain::Day;

/// A figure over a period, of some places.
#[derive(Clone, Group)]
pub(crate) struct Asked {
    /// Its code: efficiency, availability, oee, …
    pub(crate) code: String,
    /// Only these clients, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) client: Vec<String>,
    /// The first day, as YYYY-MM-DD; else the first there is
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Option<Day>,
    /// The last day; else the last there is
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) to: Option<Day>,
    /// Only these lines, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) line: Vec<String>,
    /// Only these shifts, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) shift: Vec<String>,
    /// Only these products, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) product: Vec<String>,
}

/// A question.
#[derive(Group)]
pub(crate) struct Kpi {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Groups, as far as the figure has them: client, line, shift, product, operation, order, step, job, department, customer_po, priority, day, week, month
    #[arg(long, value_delimiter = ',', value_name = "GROUPS")]
    pub(crate) by: Vec<String>,
    /// Take the answer apart, down to the rows
    #[arg(long)]
    pub(crate) explain: bool,
}

/// A figure to be followed.
#[derive(Group)]
pub(crate) struct Course {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Days to look ahead, 7 to 30
    #[arg(long, default_value_t = 30, value_name = "DAYS")]
    pub(crate) ahead: u32,
    /// Limits rest on the days up to this one; else on all
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) base_to: Option<Day>,
}

/// A change to be taken apart.
#[derive(Group)]
pub(crate) struct Why {
    /// Its code: oee, efficiency, availability, accounted, performance, quality_rate or throughput
    pub(crate) code: String,
    /// The first day, as YYYY-MM-DD
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Day,
    /// The last day
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) to: Day,
    /// The period to compare with, as DAY..DAY; else the one of equal length before
    #[arg(long, value_parser = period, value_name = "DAY..DAY")]
    pub(crate) versus: Option<(Day, Day)>,
    /// Only these clients, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) client: Vec<String>,
    /// Only these lines, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) line: Vec<String>,
    /// Only these shifts, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) shift: Vec<String>,
    /// Only these products, by their codes
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) product: Vec<String>,
}

/// A question about what was known.
#[derive(Group)]
pub(crate) struct Asof {
    /// The stamp under an answer, or a moment with its zone: 2026-11-25T10:12Z
    #[arg(value_name = "STAMP|TIME")]
    pub(crate) then: String,
    #[command(subcommand)]
    pub(crate) question: Question,
}

/// What can be asked as it was known.
#[derive(Subcommand)]
pub(crate) enum Question {
    /// Ask for a figure
    Kpi(Kpi),
}

fn period(text: &str) -> Result<(Day, Day), String> {
    let (from, to) = text.split_once("..").ok_or("not of the form DAY..DAY")?;
    Ok((day(from)?, day(to)?))
}
