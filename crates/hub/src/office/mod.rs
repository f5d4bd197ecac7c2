//! Who may have what at a hub, and which PC is which: written once, whatever keeps the hub.
mod after;
mod clerk;
mod enrol;
mod lists;
mod manifest;
mod moves;
mod people;
mod token;

pub(crate) use after::name_all;
pub use {
    after::Held,
    clerk::PASS,
    enrol::CODE,
    lists::{Listed, ListedPc},
    manifest::LEASE,
    people::Person,
    token::{ACCESS, REFRESH},
};
