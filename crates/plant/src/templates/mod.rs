//! The usual steps, defects and reasons of an industry.
//!
//! A template adds what a client lacks, by code; what is there stays as it is.
#[cfg(test)]
mod tests;

use domain::{
    Affects, Client, ClientSetting, Code, DefectType, DowntimeReason, Entity, Fault, HoldReason, Id, Operation, words,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Writer, values};
use ts_rs::TS;

words! {
    /// What a client's goods are.
    Industry {
        /// Boards and devices.
        Electronics = "electronics",
        /// Garments.
        Textile = "textile",
        /// Medical devices.
        Medical = "medical",
        /// Boxes and wrapping.
        Packaging = "packaging",
        /// Anything else.
        General = "general",
    }
}

/// Which client takes which template.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    client_id: Id<Client>,
    industry: Industry,
}

/// What a template added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, TS)]
pub struct Applied {
    /// Steps.
    pub operations: usize,
    /// Types of defects.
    pub defect_types: usize,
    /// Reasons for stops.
    pub downtime_reasons: usize,
    /// Reasons to hold work.
    pub hold_reasons: usize,
    /// Whether the client had no policies and has the usual ones now.
    pub policies: bool,
}

/// A template as its file holds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    pub(crate) operations: Vec<Named>,
    pub(crate) defect_types: Vec<Named>,
    pub(crate) downtime_reasons: Vec<Named>,
    pub(crate) hold_reasons: Vec<Named>,
    pub(crate) policy: Policy,
}

/// A row of a template, named in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    pub(crate) code: String,
    pub(crate) en: String,
    es: String,
    #[serde(default, rename = "final")]
    is_final: bool,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    affects: Option<Affects>,
}

/// The policies of clients that set none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Policy {
    default_net_minutes: Option<f64>,
    pub(crate) default_opportunities: Option<i64>,
}

impl Named {
    /// Its name in a language.
    pub(crate) fn name(&self, language: &str) -> String {
        if language.starts_with("es") { self.es.clone() } else { self.en.clone() }
    }
}

impl Industry {
    /// Its template.
    pub(crate) fn template(self) -> Result<Template, Fault> {
        let text = match self {
            Industry::Electronics => include_str!("electronics.json"),
            Industry::Textile => include_str!("textile.json"),
            Industry::Medical => include_str!("medical.json"),
            Industry::Packaging => include_str!("packaging.json"),
            Industry::General => include_str!("general.json"),
        };
        serde_json::from_str(text).map_err(|e| Fault::new(Code::Internal).with("value", e))
    }
}

/// Adds what a client lacks of a template, in the person's language; one step, one undo.
///
/// # Errors
/// `forbidden` for who may not set up; `missing` for a client out of scope.
pub fn apply(w: &mut Writer<'_>, input: Apply) -> store::Result<Applied> {
    w.session().may(domain::Verb::Create, domain::Group::Setup)?;
    w.names(format!("template {}", input.industry.word()));
    add(w, input.client_id, &input.industry.template()?)
}

fn add(w: &mut Writer<'_>, client: Id<Client>, template: &Template) -> store::Result<Applied> {
    let language = w.session().language().to_string();
    let sql = "SELECT 1 FROM operation WHERE client_id = ?1 AND is_final = 1 LIMIT 1";
    let ends = w.first(sql, values![client], |_| Ok(()))?.is_some();
    let policies = w.find::<ClientSetting>(client, client.cast())?.is_none();
    if policies {
        w.put(&setting(client, &template.policy))?;
    }
    Ok(Applied {
        operations: missing(w, client, &template.operations, |id, place, n| {
            let step = operation(client, id, place, n, &language);
            // The client's own last step stays the last.
            Operation { is_final: step.is_final && !ends, ..step }
        })?,
        defect_types: missing(w, client, &template.defect_types, |id, _, n| defect_type(client, id, n, &language))?,
        downtime_reasons: missing(w, client, &template.downtime_reasons, |id, _, n| reason(client, id, n, &language))?,
        hold_reasons: missing(w, client, &template.hold_reasons, |id, _, n| hold_reason(client, id, n, &language))?,
        policies,
    })
}

/// The policies of a template.
fn setting(client: Id<Client>, policy: &Policy) -> ClientSetting {
    ClientSetting {
        default_net_minutes: policy.default_net_minutes,
        default_opportunities: policy.default_opportunities,
        ..ClientSetting::usual(client)
    }
}

/// A step of a template, at its place in the order.
pub(crate) fn operation(client: Id<Client>, id: Id<Operation>, place: usize, n: &Named, language: &str) -> Operation {
    Operation {
        code: n.code.clone(),
        name: n.name(language),
        sequence: 10 * (place as i64 + 1),
        is_final: n.is_final,
        active: true,
        ..Operation::blank(client, id)
    }
}

/// A type of defect of a template.
pub(crate) fn defect_type(client: Id<Client>, id: Id<DefectType>, n: &Named, language: &str) -> DefectType {
    DefectType { code: n.code.clone(), name: n.name(language), active: true, ..DefectType::blank(client, id) }
}

/// A reason to hold of a template.
pub(crate) fn hold_reason(client: Id<Client>, id: Id<HoldReason>, n: &Named, language: &str) -> HoldReason {
    HoldReason { code: n.code.clone(), name: n.name(language), active: true, ..HoldReason::blank(client, id) }
}

fn reason(client: Id<Client>, id: Id<DowntimeReason>, n: &Named, language: &str) -> DowntimeReason {
    DowntimeReason {
        code: n.code.clone(),
        name: n.name(language),
        planned: n.kind.as_deref() == Some("planned"),
        setup: n.kind.as_deref() == Some("setup"),
        affects: n.affects.unwrap_or_default(),
        active: true,
        ..DowntimeReason::blank(client, id)
    }
}

/// Adds the rows whose codes are not here; tells how many.
fn missing<E: Entity>(
    w: &mut Writer<'_>,
    client: Id<Client>,
    rows: &[Named],
    row: impl Fn(Id<E>, usize, &Named) -> E,
) -> store::Result<usize> {
    let sql = format!("SELECT code FROM {} WHERE client_id = ?1", E::TABLE);
    let here = w.select(&sql, values![client], |r| r.get::<String>(0))?;
    let here: BTreeSet<String> = here.iter().map(|code| code.trim().to_lowercase()).collect();
    let mut added = 0;
    for (place, named) in rows.iter().enumerate().filter(|(_, n)| !here.contains(&n.code.to_lowercase())) {
        // The same row on every PC, unless the client has given its id another code by now.
        let fact: Id<E> = Id::fact(client, E::TABLE, &named.code.to_lowercase());
        let id = if w.find(client, fact)?.is_some() { w.fresh() } else { fact };
        w.bring(&row(id, place, named))?;
        added += 1;
    }
    Ok(added)
}
