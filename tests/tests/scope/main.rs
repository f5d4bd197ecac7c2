//! Entity × role × own, foreign and withdrawn client × whatever can be asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
mod bound;
mod cube;
mod files;
mod orders;
mod people;
mod questions;
mod rows;
mod steps;
mod trial;
mod work;

use domain::Role;
use trial::Trial;

/// Tries everything as one role; a session that lost two of its three clients.
fn everything(role: Role) {
    let trial = Trial::new(role);
    steps::of_a_lost_client(&trial);
    people::every_command(&trial);
    rows::every_entity(&trial);
    questions::every_kpi(&trial);
    questions::every_shift(&trial);
    questions::every_list(&trial);
    orders::every_step(&trial);
    work::every_step(&trial);
    work::every_look(&trial);
    files::out(&trial);
    files::tables(&trial);
    files::plant(&trial);
    files::into(&trial);
    trial.end();
}

#[test]
fn a_viewer_stays_in_scope() {
    everything(Role::Viewer);
}

#[test]
fn an_operator_stays_in_scope() {
    everything(Role::Operator);
}

#[test]
fn a_supervisor_stays_in_scope() {
    everything(Role::Supervisor);
}

#[test]
fn a_leader_stays_in_scope() {
    everything(Role::Leader);
}

#[test]
fn a_poweruser_stays_in_scope() {
    everything(Role::Poweruser);
}

#[test]
fn an_admin_stays_in_scope() {
    everything(Role::Admin);
}
