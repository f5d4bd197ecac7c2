//! How much room the database has left.
use super::{Finding, Is, Looks};
use crate::Error;
use std::{path::PathBuf, process::Command};
use tokio_postgres::Client;

/// Where the database lies, for whoever may know.
const FOLDER: &str = "SELECT setting FROM pg_settings WHERE name = 'data_directory'";

pub(super) async fn is(looks: &Looks, database: &Client) -> Result<Finding, Error> {
    let told: Option<String> = match database.query_opt(FOLDER, &[]).await? {
        // It is a folder of this machine only where one comes to it by a socket.
        Some(row) if looks.url.contains("host=/") => row.try_get(0)?,
        _ => None,
    };
    let folder = looks.disk.clone().or_else(|| told.map(PathBuf::from));
    let Some((folder, free)) = folder.and_then(|f| Some((f.clone(), free(&f)?))) else {
        return Ok(Finding::new(Is::Unknown, "disk_unknown", &[]));
    };
    let (is, word) = if free < looks.least_free { (Is::Bad, "disk_full") } else { (Is::Good, "disk") };
    let megabytes = [("free", (free >> 20).to_string()), ("least", (looks.least_free >> 20).to_string())];
    let mut finding = Finding::new(is, word, &megabytes);
    finding.values.push(("folder", folder.display().to_string()));
    Ok(finding)
}

/// Bytes that are free where a folder is; none where the system does not tell.
fn free(folder: &std::path::Path) -> Option<u64> {
    let told = Command::new("df").arg("-Pk").arg(folder).output().ok().filter(|o| o.status.success())?;
    let text = String::from_utf8(told.stdout).ok()?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes << 10)
}
