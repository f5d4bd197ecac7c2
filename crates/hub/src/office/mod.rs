//! Who may have what at a hub, and which PC is which: written once, whatever keeps the hub.
mod after;
mod clerk;
mod enrol;
mod limits;
mod lists;
mod manifest;
mod moves;
mod people;
mod token;

/// Who of a PC ($2) may see a client ($1), whether he still may, and since which generation. Lines that ended stay, so
/// that generations never fall.
pub(crate) const ACCESS_OF_PC: &str = "SELECT p.id, p.role, p.active AND e.active AND g.active AND NOT d.withdrawn,
    CASE WHEN e.generation > g.generation THEN e.generation ELSE g.generation END
  FROM hub.device d JOIN hub.device_person e ON e.device = d.id JOIN hub.person p ON p.id = e.person
  JOIN hub.granted g ON g.client_id = $1 AND g.person = p.id WHERE d.id = $2 ORDER BY p.id";

pub(crate) use after::name_all;
pub use {
    after::Held,
    clerk::PASS,
    enrol::CODE,
    lists::{Listed, ListedDeed, ListedPc},
    manifest::LEASE,
    people::Person,
    token::{ACCESS, REFRESH},
};
