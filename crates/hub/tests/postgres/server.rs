//! A PostgreSQL of one's own, on a socket in a folder that goes with it.
use hub::clock::Clock;
use std::{
    fs,
    io::{ErrorKind, Write},
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// A running server; it ends with its last holder.
pub(crate) struct Server {
    folder: TempDir,
    owner: Option<(u32, u32)>,
    postmaster: Mutex<Child>,
    durable: bool,
}

/// The one server that the tests of this process share.
static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

impl Server {
    /// The server that all tests of the process share; each makes databases of its own.
    pub(crate) fn shared() -> Arc<Server> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Server::start(false));
            *shared = Arc::downgrade(&server);
            server
        })
    }
    /// A server for oneself; a durable one has on disk what it says to have.
    pub(crate) fn start(durable: bool) -> Server {
        let folder = tempfile::Builder::new().prefix("hub").tempdir().unwrap();
        let owner = owner(folder.path());
        if let Some((uid, gid)) = owner {
            chown(folder.path(), Some(uid), Some(gid)).unwrap();
        }
        let made = command("initdb", owner)
            .args(["--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D"])
            .arg(folder.path().join("kept"))
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let postmaster = Mutex::new(run(folder.path(), owner, durable, &[]));
        let server = Server { folder, owner, postmaster, durable };
        server.answers();
        server
    }
    /// A connection string for a role and a database.
    pub(crate) fn url(&self, role: &str, database: &str) -> String {
        format!("host={} user={role} dbname={database}", self.folder.path().display())
    }
    /// A file in its folder that only whoever runs it reads.
    pub(crate) fn keep(&self, name: &str, text: &str) -> String {
        let file = self.folder.path().join(name);
        let open = fs::File::options().create(true).truncate(true).write(true).open(&file);
        open.and_then(|mut f| f.write_all(text.as_bytes())).unwrap();
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        if let Some((uid, gid)) = self.owner {
            chown(&file, Some(uid), Some(gid)).unwrap();
        }
        file.display().to_string()
    }
    /// A client program of PostgreSQL that talks to this server as its superuser.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = command(name, self.owner);
        command.arg("-h").arg(self.folder.path()).args(["-U", "postgres"]);
        command
    }
    /// Sets a setting of the whole server, over what it was started with.
    pub(crate) async fn set(&self, name: &str, value: &str) {
        let file = self.folder.path().join("kept").join("postgresql.auto.conf");
        let mut file = fs::File::options().append(true).open(file).unwrap();
        writeln!(file, "{name} = {value}").unwrap();
        admin(&self.url("postgres", "postgres")).await.execute("SELECT pg_reload_conf()", &[]).await.unwrap();
        // Each process of the server takes it up in its own time.
        let since = Instant::now();
        let now = async || -> String {
            let postgres = admin(&self.url("postgres", "postgres")).await;
            postgres.query_one("SELECT current_setting($1)", &[&name]).await.unwrap().get(0)
        };
        while now().await != value {
            assert!(since.elapsed() < PATIENCE, "{name} does not become {value}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    /// Ends the server as no server expects it: killed, without a word to anybody.
    pub(crate) fn kill(&self) {
        let mut postmaster = self.child();
        postmaster.kill().unwrap();
        postmaster.wait().unwrap();
    }
    /// Starts it again on what is on disk.
    pub(crate) fn restart(&self) {
        self.restart_with(&[]);
    }
    /// The same, with settings over its own.
    pub(crate) fn restart_with(&self, settings: &[String]) {
        let since = Instant::now();
        // The killed server's backends hold its memory until they have noticed.
        loop {
            *self.child() = run(self.folder.path(), self.owner, self.durable, settings);
            if self.answers_while_running() {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "PostgreSQL does not start again: {}", self.said());
        }
    }
    fn child(&self) -> MutexGuard<'_, Child> {
        self.postmaster.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn answers(&self) {
        assert!(self.answers_while_running(), "PostgreSQL does not start: {}", self.said());
    }
    fn answers_while_running(&self) -> bool {
        let since = Instant::now();
        while self.child().try_wait().unwrap().is_none() && since.elapsed() < PATIENCE {
            if self.program("psql").args(["-qtAc", "SELECT 1", "postgres"]).output().unwrap().status.success() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
    fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("said")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let kept = self.folder.path().join("kept");
        let stop = command("pg_ctl", self.owner).args(["-m", "immediate", "stop", "-D"]).arg(kept).output();
        let mut postmaster = self.child();
        drop((stop, postmaster.kill(), postmaster.wait()));
    }
}

/// A statement as the superuser, on a connection of its own.
pub(crate) async fn admin(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A fresh database of the newest version; gives its name.
pub(crate) async fn database(server: &Server, clock: &Clock) -> String {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let name = format!("t{}", NUMBER.fetch_add(1, std::sync::atomic::Ordering::SeqCst));
    let postgres = admin(&server.url("postgres", "postgres")).await;
    postgres.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    hub::postgres::migrate(&server.url("postgres", &name), clock).await.unwrap();
    name
}

fn run(folder: &Path, owner: Option<(u32, u32)>, durable: bool, settings: &[String]) -> Child {
    let said = fs::File::options().create(true).append(true).open(folder.join("said")).unwrap();
    let mut command = command("postgres", owner);
    command.arg("-D").arg(folder.join("kept")).arg("-k").arg(folder);
    command.args(["-c", "listen_addresses=", "-c", "max_connections=120"]);
    for setting in settings {
        command.args(["-c", setting]);
    }
    if !durable {
        command.args(["-c", "fsync=off", "-c", "autovacuum=off"]);
    }
    command.stdout(Stdio::null()).stderr(said).spawn().unwrap()
}

/// A program of PostgreSQL; one of its own programs does not run as root.
fn command(name: &str, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program(name));
    if let Some((uid, gid)) = owner {
        command.uid(uid).gid(gid);
    }
    command.current_dir("/");
    command
}

fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).map(|folder| folder.join(name));
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|all| all.flatten().map(|version| version.path().join("bin").join(name)).collect())
        .unwrap_or_default();
    versions.sort();
    in_path.chain(versions.into_iter().rev()).find(|p| p.is_file()).unwrap_or_else(|| {
        panic!("PostgreSQL's {name} is neither in PATH nor in /usr/lib/postgresql: install postgresql to run this test")
    })
}

/// Who shall run it where we are root.
fn owner(ours: &Path) -> Option<(u32, u32)> {
    if fs::metadata(ours).unwrap().uid() != 0 {
        return None;
    }
    let number = |what: &str, who: &str| {
        let told = Command::new("id").args([what, who]).output().ok()?;
        String::from_utf8(told.stdout).ok()?.trim().parse().ok()
    };
    let of = |who| Some((number("-u", who)?, number("-g", who)?));
    match ["postgres", "nobody"].into_iter().find_map(of) {
        Some(found) => Some(found),
        None => panic!("{}: nobody but root is here to run PostgreSQL", ErrorKind::PermissionDenied),
    }
}
