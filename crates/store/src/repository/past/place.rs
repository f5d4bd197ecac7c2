//! Which rows of a table belong to a period: its columns say it.
use domain::{Group, SHAPES, Shape};

/// How a row is placed in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::repository) enum Place {
    /// It is not: set-up, orders and files are there whole.
    Whole,
    /// By its production day.
    Day,
    /// By the row it stands below.
    Below {
        /// The column that names that row.
        column: &'static str,
        /// The table of that row.
        table: &'static str,
    },
}

impl Place {
    /// How the rows of a table are placed.
    pub(in crate::repository) fn of(shape: &Shape) -> Place {
        if matches!(shape.group, Group::Clients | Group::Authors | Group::Setup | Group::Orders | Group::Files) {
            return Place::Whole;
        }
        if shape.columns.iter().any(|column| column.name == "day" && !column.null) {
            return Place::Day;
        }
        let above = shape.columns.iter().filter(|column| !column.null).find_map(|column| {
            let parent = SHAPES.iter().find(|parent| Some(parent.table) == column.refers)?;
            (Place::of(parent) != Place::Whole).then_some((column.name, parent.table))
        });
        above.map_or(Place::Whole, |(column, table)| Place::Below { column, table })
    }
    /// The column that places a row, where one does.
    pub(super) fn column(self) -> Option<&'static str> {
        match self {
            Place::Whole => None,
            Place::Day => Some("day"),
            Place::Below { column, .. } => Some(column),
        }
    }
    /// The rule by which its rows are found.
    pub(in crate::repository) fn rule(self) -> String {
        match self {
            Place::Whole => "client_id = ?1".into(),
            Place::Day => "client_id = ?1 AND day BETWEEN ?2 AND ?3".into(),
            Place::Below { column, .. } => format!("client_id = ?1 AND {column} = ?2"),
        }
    }
}
