//! Who may do what: the one role table.
use crate::words;

words! {
    /// What a person is in the plant; later ones may more.
    Role {
        /// Sees figures.
        Viewer = "viewer",
        /// Enters an open shift.
        Operator = "operator",
        /// Answers for a shift.
        Supervisor = "supervisor",
        /// Answers for clients.
        Leader = "leader",
        /// Sees every client.
        Poweruser = "poweruser",
        /// Runs the installation.
        Admin = "admin",
    }
}

words! {
    /// Tables that share their rights.
    Group {
        /// What a shift enters.
        Floor = "floor",
        /// Work orders, their jobs and shipments.
        Orders = "orders",
        /// Holds.
        Holds = "holds",
        /// Roster, attendance, cover and staffing.
        People = "people",
        /// The plant's floating people and their bookings.
        Pool = "pool",
        /// Raised alerts.
        Alerts = "alerts",
        /// What files brought in.
        Files = "files",
        /// How a client is set up.
        Setup = "setup",
        /// The clients themselves.
        Clients = "clients",
        /// Names of people, written by the store.
        Authors = "authors",
    }
}

words! {
    /// What can be done with a row.
    Verb {
        /// See it in a list, a count or an answer.
        Read = "read",
        /// Make it.
        Create = "create",
        /// Change it.
        Update = "update",
        /// Change it after its shift was closed.
        Amend = "amend",
        /// Decide what others asked for.
        Approve = "approve",
        /// Take it away.
        Remove = "remove",
        /// Bring it in with a file.
        Import = "import",
        /// Take it out as a file.
        Export = "export",
    }
}

impl Role {
    /// Days a person may still work on a PC after what its hub said has run out.
    ///
    /// A shift goes on being entered while a hub is away; what many clients' figures show is closed at once. Who
    /// runs the installation has the time to bring the hub back.
    pub const fn grace_days(self) -> i64 {
        match self {
            Role::Viewer | Role::Leader | Role::Poweruser => 0,
            Role::Operator | Role::Supervisor => 7,
            Role::Admin => 30,
        }
    }
    /// Whether the role sees every active client, by an explicit list.
    pub const fn sees_every_client(self) -> bool {
        matches!(self, Role::Poweruser | Role::Admin)
    }
    /// Whether the role may do this with rows of the group.
    pub fn may(self, verb: Verb, group: Group) -> bool {
        self.least(verb, group).is_some_and(|least| self >= least)
    }
    /// The least role a verb asks for; none when nobody may.
    fn least(self, verb: Verb, group: Group) -> Option<Role> {
        match (verb, group) {
            // Reading too: of the pool nobody below learns anything.
            (_, Group::Pool) => Some(Role::Supervisor),
            (Verb::Read, _) => Some(Role::Viewer),
            (Verb::Export, _) => (self != Role::Operator).then_some(Role::Viewer),
            (_, Group::Authors) => None,
            (_, Group::Clients) => Some(Role::Admin),
            (_, Group::Setup) => Some(Role::Leader),
            (_, Group::Orders | Group::Files | Group::People)
            | (Verb::Amend | Verb::Approve | Verb::Import, Group::Floor | Group::Holds | Group::Alerts) => {
                Some(Role::Supervisor)
            }
            (Verb::Remove, Group::Holds) | (_, Group::Alerts) => Some(Role::Supervisor),
            (Verb::Create | Verb::Update | Verb::Remove, Group::Floor | Group::Holds) => Some(Role::Operator),
        }
    }
    /// Whether the role sees what concerns a person: absence, its reason, notes.
    pub fn sees_people(self) -> bool {
        self >= Role::Supervisor
    }
    /// Whether the role sees who of the pool is free, and books.
    pub fn sees_pool(self) -> bool {
        self.may(Verb::Read, Group::Pool)
    }
    /// Whether the role may close, reopen and correct shifts.
    pub fn closes_shifts(self) -> bool {
        self.may(Verb::Amend, Group::Floor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_enters_but_neither_amends_nor_exports() {
        assert!(Role::Operator.may(Verb::Create, Group::Floor));
        assert!(!Role::Operator.may(Verb::Amend, Group::Floor));
        assert!(!Role::Operator.may(Verb::Export, Group::Floor));
        assert!(Role::Viewer.may(Verb::Export, Group::Floor));
    }

    #[test]
    fn nobody_writes_authors_and_only_an_admin_writes_clients() {
        assert!(Role::ALL.iter().all(|r| !r.may(Verb::Create, Group::Authors)));
        assert_eq!(Role::ALL.iter().filter(|r| r.may(Verb::Create, Group::Clients)).count(), 1);
    }
}
