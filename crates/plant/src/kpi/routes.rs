//! Routes: the steps that one product or one job goes through.

use super::{
    ask::Question,
    group::{GroupKey, KeyPart},
    grouping::Grouping,
    label::Labels,
    rows::Groups,
};
use domain::{
    Client, Id,
    elements::{Element, Key},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Reader, Result, values};

/// The routes of each group.
pub(super) type Routes = BTreeMap<GroupKey, BTreeMap<Route, Steps>>;

/// What goes a way of its own: a job where jobs are asked about, else a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Route {
    is_job: bool,
    client: Key,
    id: Key,
}

/// Units that passed and units inspected the first time, step by step.
pub(super) type Steps = BTreeMap<Key, (f64, f64)>;

/// The same question, step by step of each route.
pub(super) fn by_step(question: &Question) -> Question {
    let by: Vec<Grouping> = question.by.iter().copied().chain([Grouping::Product, Grouping::Step]).collect();
    question.by(&by)
}

/// The routes of the groups of a question, from the groups of its steps.
pub(super) fn of(question: &Question, steps: &Groups) -> Routes {
    let asked = question.by.len();
    let mut routes = Routes::new();
    for (key, group) in steps {
        let Some((route, step)) = place(question, &key.0) else { continue };
        let steps = routes.entry(GroupKey(key.0[..asked].to_vec())).or_default().entry(route).or_default();
        let (passed, inspected) = steps.entry(step).or_default();
        *passed += group.sums[Element::FirstPassed];
        *inspected += group.sums[Element::FirstInspected];
    }
    routes
}

/// The route and step of a group; an inspection without a job goes with its product.
fn place(question: &Question, key: &[KeyPart]) -> Option<(Route, Key)> {
    let [.., KeyPart::Row(client, product), KeyPart::Row(_, step)] = *key else { return None };
    let at = question.by.iter().position(|by| *by == Grouping::Job);
    let job = at.and_then(|at| match key[at] {
        KeyPart::Row(_, job) => Some(job).filter(|job| *job != Key::default()),
        KeyPart::Time(_) => None,
    });
    Some((Route { is_job: job.is_some(), client, id: job.unwrap_or(product) }, step))
}

/// Multiplies the yields of the steps; a step without inspections is left out.
pub(super) fn roll(groups: &mut Groups, routes: &Routes) {
    for (key, routes) in routes {
        let Some(group) = groups.get_mut(key) else { continue };
        for steps in routes.values() {
            let yields: Vec<f64> =
                steps.values().filter(|(_, all)| *all > 0.0).map(|(passed, all)| passed / all).collect();
            if !yields.is_empty() {
                group.routes += 1.0;
                group.rolled += yields.iter().product::<f64>();
            }
        }
    }
}

/// A step of the one route of an answer.
pub(super) struct Step {
    pub code: String,
    pub passed: f64,
    pub inspected: f64,
}

/// The steps of the one route of a group, with those nobody inspected; none of several routes.
pub(super) fn steps(reader: &Reader<'_>, question: &Question, routes: &Routes, key: &GroupKey) -> Result<Vec<Step>> {
    let inspected = |steps: &Steps| steps.values().any(|(_, inspected)| *inspected > 0.0);
    let mut of_group = routes.get(key).into_iter().flatten().filter(|(_, steps)| inspected(steps));
    let (Some((route, steps)), None) = (of_group.next(), of_group.next()) else { return Ok(Vec::new()) };
    let known = known(reader, route)?.into_iter().filter(|step| question.operations.passes(Some(*step)));
    let all: BTreeSet<Key> = steps.keys().copied().chain(known).collect();
    let mut labels = Labels::new(reader);
    let mut told = Vec::with_capacity(all.len());
    for step in all {
        let (passed, inspected) = steps.get(&step).copied().unwrap_or_default();
        told.push(Step { code: labels.code("operation", route.client, Some(step))?, passed, inspected });
    }
    told.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(told)
}

/// The steps a route is known to have: of a product those with a standard or a job of its own.
fn known(reader: &Reader<'_>, route: &Route) -> Result<Vec<Key>> {
    let sql = if route.is_job {
        "SELECT operation_id FROM job WHERE client_id = ?1 AND id = ?2 AND operation_id IS NOT NULL"
    } else {
        "SELECT operation_id FROM product_standard WHERE client_id = ?1 AND product_id = ?2 AND operation_id IS NOT NULL
         UNION SELECT operation_id FROM job WHERE client_id = ?1 AND product_id = ?2 AND operation_id IS NOT NULL"
    };
    let key = |id: Key| -> Id<Client> { Id::from_bytes(id) };
    reader.select(sql, values![key(route.client), key(route.id)], |row| row.get(0))
}
