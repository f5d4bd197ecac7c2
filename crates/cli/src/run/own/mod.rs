//! `hub try`: a hub of one's own on a fresh machine, all of it in one folder.
pub(super) mod certificate;
mod cluster;
mod programs;

use super::{
    hub::{CONNECTIONS, answer, bound, stop, told},
    out,
};
use crate::{
    Outcome,
    args::{Common, Serve, Try},
    stop::Stop,
    words::say,
};
use cluster::Cluster;
use hub::{
    clock::Clock,
    postgres::{Config, Postgres, migrate},
    wire::Bound,
};
use programs::Programs;
use serde_json::json;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Starts it, answers until told to stop, and stops it; what is there already goes on.
pub(super) async fn run(common: &Common, how: &Try) -> Outcome<()> {
    let folder = made(&how.folder)?;
    let _alone = alone(&folder, "lock")?;
    let programs = Programs::find(how.programs.as_deref())?;
    let certificate = certificate::of(&folder, &how.names())?;
    let cluster = Cluster::start(&folder, programs)?;
    cluster.database().await?;
    migrate(&cluster.url("postgres"), &Clock::default()).await.map_err(|e| told(&e))?;
    let config = Config { url: cluster.url("hub_app"), connections: CONNECTIONS, clock: Clock::default() };
    let desk = Postgres::open(&config).await.map_err(|e| told(&e))?;
    let (certificate, key) = (Some(certificate.certificate), Some(certificate.key));
    let bound = bound(&Serve { listen: how.listen, certificate, key }).await?;
    told_what_to_type(common, how, &config, &desk, &bound).await?;
    answer(desk, bound).await
}

/// The folder, which nobody else may enter: whoever can, can come to the database.
fn made(folder: &Path) -> Outcome<PathBuf> {
    let cannot = |e: std::io::Error| Stop::unreadable(folder, &e);
    fs::create_dir_all(folder).map_err(cannot)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(cannot)?;
    fs::canonicalize(folder).map_err(cannot)
}

/// Held as long as the program runs, however it ends.
pub(super) fn alone(folder: &Path, name: &str) -> Outcome<File> {
    let place = folder.join(name);
    let file = File::options().create(true).truncate(false).write(true).open(&place);
    let file = file.map_err(|e| Stop::unreadable(&place, &e))?;
    file.try_lock().map_err(|_| stop("hub_try_runs", &[("folder", folder.display().to_string())]))?;
    Ok(file)
}

async fn told_what_to_type(common: &Common, how: &Try, config: &Config, desk: &Postgres, bound: &Bound) -> Outcome<()> {
    let port = bound.address().map_or(how.listen.port(), |a| a.port());
    let name = how.names().first().cloned().unwrap_or_else(|| "localhost".into());
    let (url, certificate) = (format!("https://{name}:{port}"), how.folder.join("hub.pem"));
    let code = desk.new_code().await.map_err(|e| told(&e))?;
    let (certificate, database) = (certificate.display().to_string(), config.url.clone());
    if common.json {
        out(&json!({ "url": url, "certificate": certificate, "database": database, "code": code }).to_string());
    } else {
        let values = [("url", url), ("certificate", certificate), ("database", database), ("code", code)];
        out(&say("hub_try", &values));
    }
    Ok(())
}
