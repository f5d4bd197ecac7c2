//! Rows on their way in and out.
use super::{YesNo, words};
use clap::{Args as Group, builder::PossibleValuesParser};
use plant::import::fields::Kind;
use std::path::PathBuf;

/// What the rows of a file may be.
pub(crate) fn kinds() -> String {
    Kind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ")
}

/// Whether rows may be that.
pub(crate) fn is_kind(word: &str) -> bool {
    Kind::of(word).is_some()
}

/// Every table that goes out by file.
fn tables() -> PossibleValuesParser {
    PossibleValuesParser::new(domain::logged().map(|shape| shape.table).collect::<Vec<_>>())
}

/// A file on its way in.
#[derive(Group)]
pub(crate) struct Import {
    /// What its rows are: production, downtime, line or product; with --table the file stands here
    pub(crate) kind: String,
    /// A CSV or XLSX file
    #[arg(required_unless_present = "table", conflicts_with = "table")]
    pub(crate) file: Option<PathBuf>,
    /// The file holds a table as `export --table` writes it
    #[arg(long, value_name = "NAME", value_parser = tables(), hide_possible_values = true)]
    pub(crate) table: Option<String>,
    /// The client of rows that name none
    #[arg(long, value_name = "CODE")]
    pub(crate) client: Option<String>,
    /// Bring it in; else it is only looked at
    #[arg(long)]
    pub(crate) confirm: bool,
    /// Leave rows with errors out, instead of stopping
    #[arg(long)]
    pub(crate) without_errors: bool,
    /// Whether scrap is counted inside defective
    #[arg(long, value_name = "YES|NO")]
    pub(crate) scrap_inside: Option<YesNo>,
    /// The field of a column; COLUMN= leaves the column out
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub(crate) map: Vec<String>,
}

/// Rows on their way out.
#[derive(Group)]
pub(crate) struct Export {
    /// What the rows are
    #[arg(required_unless_present = "table", conflicts_with = "table", value_parser = words(Kind::ALL, |kind| kind.word()))]
    pub(crate) kind: Option<String>,
    /// Any table, column by column
    #[arg(long, value_name = "NAME", value_parser = tables(), hide_possible_values = true)]
    pub(crate) table: Option<String>,
    /// Only this client
    #[arg(long, value_name = "CODE")]
    pub(crate) client: Option<String>,
    /// As CSV, which is the default
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// As a workbook for spreadsheets, in this file; none that is there is written over
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    pub(crate) xlsx: Option<PathBuf>,
}
