//! A PostgreSQL of one's own in a folder, reached only by a socket in it.
use super::{programs::Programs, stop};
use crate::{Outcome, stop::Stop};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The longest path of a socket that every system takes, with the socket's own name.
const PATH: usize = 103 - "/.s.PGSQL.5432".len();

/// A server that runs; it stops with its holder.
pub(super) struct Cluster {
    programs: Programs,
    folder: PathBuf,
}

impl Cluster {
    /// Starts the server of a folder, made where there is none; one that a killed program left goes on.
    pub(super) fn start(folder: &Path, programs: Programs) -> Outcome<Cluster> {
        if folder.as_os_str().len() > PATH {
            return Err(stop("hub_try_long", &[("folder", folder.display().to_string())]));
        }
        let cluster = Cluster { programs, folder: folder.into() };
        cluster.owned()?;
        if !cluster.kept().join("PG_VERSION").is_file() {
            cluster.made()?;
        }
        if cluster.runs() { Ok(cluster) } else { cluster.started() }
    }
    /// A connection string for a role.
    pub(super) fn url(&self, role: &str) -> String {
        format!("host='{}' user={role} dbname=hub", self.folder.display().to_string().replace('\'', "\\'"))
    }
    /// Makes the hub's database where there is none.
    pub(super) async fn database(&self) -> Outcome<()> {
        let url = self.url("postgres").replace("dbname=hub", "dbname=postgres");
        hub::postgres::make_database(&url, "hub").await.map_err(|e| super::told(&e))
    }
    fn kept(&self) -> PathBuf {
        self.folder.join("database")
    }
    /// The folder is of whoever runs the server.
    #[cfg(unix)]
    fn owned(&self) -> Outcome<()> {
        let Some((user, group)) = self.programs.owner else { return Ok(()) };
        let owned = std::os::unix::fs::chown(&self.folder, Some(user), Some(group));
        owned.map_err(|e| Stop::unreadable(&self.folder, &e))
    }
    #[cfg(not(unix))]
    fn owned(&self) -> Outcome<()> {
        Ok(())
    }
    fn made(&self) -> Outcome<()> {
        let kept = self.kept();
        // What a killed program left half made holds nothing yet.
        if kept.is_dir() {
            fs::remove_dir_all(&kept).map_err(|e| Stop::unreadable(&kept, &e))?;
        }
        let made = self.programs.run("initdb", |c| {
            c.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D"]).arg(&kept);
        });
        made.map_err(|why| self.failed(&why))
    }
    fn runs(&self) -> bool {
        let asked = self.programs.run("pg_ctl", |c| {
            c.arg("status").arg("-D").arg(self.kept());
        });
        asked.is_ok()
    }
    fn started(self) -> Outcome<Cluster> {
        // By a shell: whatever is in the path is said as it is.
        let socket = self.folder.display().to_string().replace('\'', r"'\''");
        let options = format!("-c listen_addresses= -c max_connections=50 -c unix_socket_directories='{socket}'");
        let log = self.folder.join("postgres.log");
        let started = self.programs.run("pg_ctl", |c| {
            c.arg("start").arg("-w").arg("-D").arg(self.kept()).arg("-l").arg(&log).args(["-o", &options]);
        });
        started.map_err(|why| self.failed(&format!("{why}\n{}", last_lines(&log))))?;
        Ok(self)
    }
    fn failed(&self, why: &str) -> Stop {
        stop("hub_try_postgres", &[("folder", self.folder.display().to_string()), ("why", why.trim().into())])
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stop = |c: &mut std::process::Command| {
            c.args(["stop", "-w", "-m", "fast", "-D"]).arg(self.kept());
        };
        drop(self.programs.run("pg_ctl", stop));
    }
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(3).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
