//! How two people's values of one column come together.

/// What becomes of a column that two people wrote without seeing each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// It is written once, by whoever makes the row.
    Fixed,
    /// Texts follow each other.
    Append,
    /// Numbers are added up.
    Add,
    /// The greatest stays.
    Max,
    /// The least stays.
    Min,
    /// The last in the hub's order stays; for what is only looks.
    Last,
    /// The first stays and the other waits for a decision.
    Review,
}
