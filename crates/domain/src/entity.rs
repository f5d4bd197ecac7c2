//! What a row of a client is; one declaration gives every layer its part.
use crate::{Client, Fault, Group, Id, Kind, LineShift, Problems, Value, merge::Policy, time::Day, workflow::Actor};
use serde::{Serialize, de::DeserializeOwned};

/// One column of an entity, after `client_id` and `id`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name, the same in SQL, JSON and the log.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be empty.
    pub null: bool,
    /// The table it points into.
    pub refers: Option<&'static str>,
    /// The words it may hold; empty where any may stand.
    pub words: &'static [&'static str],
    /// How two people's values come together.
    pub merge: Policy,
    /// The number of the unit it is written with; 0 where it stands alone.
    pub together: u8,
    /// Whether a rule over several columns reads it.
    pub ruled: bool,
}

impl Column {
    /// How a column of these lists merges.
    pub const fn policy(name: &str, fixed: &[&str], last: &[&str]) -> Policy {
        if among(name, fixed) {
            Policy::Fixed
        } else if among(name, last) {
            Policy::Last
        } else {
            Policy::Review
        }
    }
    /// The number of the list that names the column, from 1; 0 where none does.
    pub const fn unit(name: &str, units: &[&[&str]]) -> u8 {
        let mut i = 0;
        while i < units.len() {
            if among(name, units[i]) {
                return i as u8 + 1;
            }
            i += 1;
        }
        0
    }
}

/// Whether a list of names holds one, told when the program is built.
pub const fn among(name: &str, list: &[&str]) -> bool {
    let mut i = 0;
    while i < list.len() {
        if alike(name.as_bytes(), list[i].as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

const fn alike(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Which sums a written row makes stale.
#[derive(Clone, PartialEq, Debug)]
pub enum Touch {
    /// None.
    Nothing,
    /// Those of one line shift, by its id.
    LineShift(Id<LineShift>),
    /// Those of one line shift, and of the order of which something was made on it.
    Entry(Id<LineShift>, Option<Id<crate::WorkOrder>>),
    /// Those of one line on one shift of one day.
    Cell {
        /// The production day.
        day: Day,
        /// The shift.
        shift: Id<crate::Shift>,
        /// The line.
        line: Id<crate::Line>,
    },
    /// Those of line shifts that match, from a day on.
    Match {
        /// First day concerned; none for all.
        from: Option<Day>,
        /// Only this shift.
        shift: Option<Id<crate::Shift>>,
        /// Only this line.
        line: Option<Id<crate::Line>>,
    },
    /// Those of line shifts whose entries name the product, from a day on.
    Product {
        /// First day concerned.
        from: Day,
        /// The product.
        product: Id<crate::Product>,
    },
    /// Those of line shifts and inspections whose rows name the order.
    Order(Id<crate::WorkOrder>),
    /// Those of line shifts whose stops name the reason.
    Reason(Id<crate::DowntimeReason>),
    /// Those of one line and shift, as far as they are known, of one day.
    Place(ShiftPlace),
    /// Those of an inspection's place, and of the production of its order that day, for which it stands in or not.
    Inspection(ShiftPlace, Option<Id<crate::WorkOrder>>, Option<Id<crate::Job>>),
    /// Those of the inspections of a job, and of all production of their days: the job tells their order.
    Job(Id<crate::Job>),
    /// Those of the inspections after an operation.
    Step(Id<crate::Operation>),
    /// Those of the inspections of a product.
    Opportunities(Id<crate::Product>),
    /// Those of the places where a person is on the list.
    Employee(Id<crate::Employee>),
    /// Those of a cover's own place and of the absence it covers.
    Cover(ShiftPlace, Option<Id<crate::AttendanceEntry>>),
    /// Those of one work order alone.
    Delivery(Option<Id<crate::WorkOrder>>),
}

/// A line on a shift of a day; what is not known is none.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ShiftPlace {
    /// The production day.
    pub day: Day,
    /// The shift.
    pub shift: Option<Id<crate::Shift>>,
    /// The line.
    pub line: Option<Id<crate::Line>>,
}

/// What only `entity!` may implement, and only in this crate.
pub(crate) mod sealed {
    #[allow(unreachable_pub, reason = "a public trait asks for it")]
    pub trait Sealed {}
}

/// A client table, as every layer sees it.
pub trait Entity: sealed::Sealed + Sized + Clone + std::fmt::Debug + PartialEq + Serialize + DeserializeOwned {
    /// The table's name.
    const TABLE: &'static str;
    /// The number that stands for the table in the log; never reused.
    const NUMBER: u8;
    /// Whose rights it shares.
    const GROUP: Group;
    /// The columns in the order of the log; only ever extended at the end.
    const COLUMNS: &'static [Column];
    /// The columns as SQL: `client_id, id, …`.
    const LIST: &'static str;
    /// The columns that viewers and operators see empty: what concerns a person.
    const HIDDEN: &'static [&'static str];
    /// All of this, without the type.
    const SHAPE: crate::Shape = crate::Shape {
        table: Self::TABLE,
        number: Self::NUMBER,
        group: Self::GROUP,
        columns: Self::COLUMNS,
        hidden: Self::HIDDEN,
    };
    /// Whose row it is.
    fn client(&self) -> Id<Client>;
    /// Which row it is.
    fn id(&self) -> Id<Self>;
    /// The values of `COLUMNS`.
    fn values(&self) -> Vec<Value>;
    /// The row of these values; none where one does not fit.
    fn of(client: Id<Client>, id: Id<Self>, values: Vec<Value>) -> Option<Self>;
    /// Which sums the row concerns.
    fn touch(&self) -> Touch;
    /// What is impossible about the row.
    fn check(&self, problems: &mut Problems);
    /// The id that follows from the row, where it is a fact: whoever makes it makes the same row.
    fn natural(&self) -> Option<Id<Self>>;
    /// Whether this person may take the row from how it was to how it is; none before is a new row.
    fn step(before: Option<&Self>, after: &Self, by: &Actor<'_>) -> Result<(), Fault>;
}

/// Declares an entity: the struct, its columns, what it touches, its rules.
#[macro_export]
macro_rules! entity {
    ($(#[$doc:meta])* $name:ident in $table:ident as $number:literal, $group:ident {
        $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)?
    } touch $touch:expr; check $check:expr; $(fact $fact:expr;)? $(hides [$($hidden:ident),*];)?
    $(fixed [$($fixed:ident),*];)? $(last [$($last:ident),*];)? $(ruled [$($ruled:ident),*];)? $(together $([$($unit:ident),*]),*;)?
    $(step $step:expr;)?) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Whose row it is.
            pub client_id: $crate::Id<$crate::Client>,
            /// Which row it is.
            pub id: $crate::Id<$name>,
            $($(#[$fdoc])* pub $field: $type),*
        }
        impl $name {
            const FIXED: &'static [&'static str] = &[$($(stringify!($fixed)),*)?];
            const LAST: &'static [&'static str] = &[$($(stringify!($last)),*)?];
            const UNITS: &'static [&'static [&'static str]] = &[$($(&[$(stringify!($unit)),*]),*)?];
            const RULED: &'static [&'static str] = &[$($(stringify!($ruled)),*)?];
            /// A row of which nothing is known but whose and which it is; complete it with what is.
            pub fn blank(client_id: $crate::Id<$crate::Client>, id: $crate::Id<$name>) -> Self {
                $name { client_id, id, $($field: $crate::Field::blank()),* }
            }
        }
        impl $crate::entity::sealed::Sealed for $name {}
        impl $crate::Entity for $name {
            const TABLE: &'static str = stringify!($table);
            const NUMBER: u8 = $number;
            const GROUP: $crate::Group = $crate::Group::$group;
            const COLUMNS: &'static [$crate::Column] = &[$($crate::Column {
                name: stringify!($field),
                kind: <$type as $crate::Field>::KIND,
                null: <$type as $crate::Field>::NULL,
                refers: <$type as $crate::Field>::REFERS,
                words: <$type as $crate::Field>::WORDS,
                merge: $crate::Column::policy(stringify!($field), $name::FIXED, $name::LAST),
                together: $crate::Column::unit(stringify!($field), $name::UNITS),
                ruled: $crate::entity::among(stringify!($field), $name::RULED),
            }),*];
            const LIST: &'static str = concat!("client_id, id" $(, ", ", stringify!($field))*);
            const HIDDEN: &'static [&'static str] = &[$($(stringify!($hidden)),*)?];
            fn client(&self) -> $crate::Id<$crate::Client> { self.client_id }
            fn id(&self) -> $crate::Id<Self> { self.id }
            fn values(&self) -> Vec<$crate::Value> { vec![$($crate::Field::to_value(&self.$field)),*] }
            fn of(client_id: $crate::Id<$crate::Client>, id: $crate::Id<Self>, values: Vec<$crate::Value>) -> Option<Self> {
                let mut values = values.into_iter();
                Some($name { client_id, id, $($field: $crate::Field::from_value(values.next()?)?),* })
            }
            fn touch(&self) -> $crate::Touch { let touch: fn(&$name) -> $crate::Touch = $touch; touch(self) }
            fn check(&self, problems: &mut $crate::Problems) {
                let check: fn(&$name, &mut $crate::Problems) = $check;
                check(self, problems);
            }
            #[allow(unreachable_code, reason = "most rows are no facts")]
            fn natural(&self) -> Option<$crate::Id<Self>> {
                $(let fact: fn(&$name) -> $crate::Id<$name> = $fact;
                return Some(fact(self));)?
                None
            }
            #[allow(unused_variables, reason = "most rows have no steps")]
            fn step(before: Option<&Self>, after: &Self, by: &$crate::workflow::Actor<'_>) -> Result<(), $crate::Fault> {
                $(let step: fn(Option<&$name>, &$name, &$crate::workflow::Actor<'_>) -> Result<(), $crate::Fault> = $step;
                step(before, after, by)?;)?
                Ok(())
            }
        }
    };
}
