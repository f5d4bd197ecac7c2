//! `hub doctor`: one line for each thing that a hub relies on.
use super::{hub::stop, out};
use crate::{
    Outcome,
    args::{Common, Doctor},
    words::say,
};
use hub::{
    clock::Clock,
    doctor::{Finding, Is, Looks, look},
};
use serde_json::{Map, Value as Json, json};

/// Looks, and says of each thing how it is as soon as it is known.
pub(super) async fn doctor(common: &Common, url: String, how: &Doctor) -> Outcome<()> {
    let looks = Looks {
        url,
        clock: Clock::default(),
        certificate: how.certificate.clone(),
        disk: how.disk.clone(),
        least_free: u64::from(how.least_free) << 30,
    };
    let mut found = vec![];
    look(&looks, &mut |finding| {
        if !common.json {
            out(&format!("{} {}", sign(finding.is), said(&finding)));
        }
        found.push(finding);
    })
    .await;
    let bad: Vec<&Finding> = found.iter().filter(|f| f.is == Is::Bad).collect();
    if common.json {
        let checks: Vec<Json> = found.iter().map(told).collect();
        out(&json!({ "sound": bad.is_empty(), "checks": checks }).to_string());
    }
    match bad.first() {
        None => Ok(()),
        Some(first) => Err(stop("hub_unwell", &[("count", bad.len().to_string()), ("first", said(first))])),
    }
}

fn said(finding: &Finding) -> String {
    say(&format!("doctor_{}", finding.word), &finding.values)
}

fn told(finding: &Finding) -> Json {
    let is = match finding.is {
        Is::Good => "good",
        Is::Odd => "odd",
        Is::Bad => "bad",
        Is::Unknown => "unknown",
    };
    let values: Map<String, Json> = finding.values.iter().map(|(k, v)| ((*k).into(), v.clone().into())).collect();
    json!({ "check": finding.word, "is": is, "values": values, "message": said(finding) })
}

fn sign(is: Is) -> &'static str {
    match is {
        Is::Good => "✓",
        Is::Odd => "!",
        Is::Bad => "✗",
        Is::Unknown => "?",
    }
}
