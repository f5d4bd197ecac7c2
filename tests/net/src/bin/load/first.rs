//! An empty PC comes to a full hub: how soon one works on it, and how soon it has everything.
use crate::{
    fill, number,
    report::{each_second, markdown, three},
    stage::Stage,
};
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

/// Clients, and entries of production of all of them together; with line shifts and what is set up, a million rows.
const CLIENTS: usize = 50;
const ENTRIES: usize = 888_000;

/// Measures it and tells it as Markdown.
pub(crate) async fn all(words: &[String]) -> String {
    let (clients, entries) = (number(words, "--clients", CLIENTS), number(words, "--entries", ENTRIES));
    let stage = Stage::set(clients).await;
    let user = stage.everybodys().await;
    let mut pcs = vec![];
    for (client, _) in &stage.clients {
        pcs.push(stage.pc(*client, user).await);
    }
    eprintln!("filling the hub");
    let from = Instant::now();
    let made = fill::all(&stage, pcs, entries).await;
    eprintln!("{made} changes in {:.0} s; a PC comes", from.elapsed().as_secs_f64());
    let folder = tempfile::tempdir().unwrap();
    let mut comer = Comer::start(folder.path());
    let asked = comer.line();
    let (device, user) = asked.split_once(' ').unwrap();
    let (device, user) = (device.parse().unwrap(), user.parse().unwrap());
    let code = stage.expects(user).await;
    comer.tell(&format!("{} {code} {made}\n{}", stage.address(), stage.trust().replace('\n', "|")));
    comer.line();
    stage.desk.assign(user, device).await.unwrap();
    comer.tell("assigned");
    let lines: Vec<String> = (&mut comer.says).lines().map_while(Result::ok).collect();
    let took = |name: &str| {
        let line = lines.iter().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("no {name} in {lines:?}"));
        line.trim().parse::<f64>().unwrap()
    };
    let (all, plain) = (Duration::from_secs_f64(took("all")), took("plain"));
    let rows = [
        vec![format!("all {made} changes of {clients} clients, s"), format!("{:.1}", all.as_secs_f64())],
        vec!["changes/s".into(), each_second(made, all)],
        vec!["until the first entry could be typed, s".into(), format!("{:.2}", took("typed"))],
        vec!["an entry typed meanwhile, p50 / p99 / longest, ms".into(), Comer::waited(&lines)],
        vec!["memory of the PC's process at most, MB".into(), format!("{:.0}", took("memory"))],
        vec!["its file, MB".into(), format!("{:.0}", took("file"))],
        vec!["plain INSERT of as many rows of that size into the same kind of file, s".into(), format!("{plain:.1}")],
        vec!["ratio".into(), format!("{:.1}", all.as_secs_f64() / plain)],
    ];
    markdown("An empty PC comes to a full hub", &["what", "found"], &rows)
}

/// The process of the PC that comes, with which one speaks in lines.
struct Comer {
    child: Child,
    says: BufReader<ChildStdout>,
}

impl Comer {
    fn start(folder: &Path) -> Comer {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("comes").arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        Comer { child, says }
    }
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.says.read_line(&mut line).unwrap();
        line.trim().into()
    }
    fn tell(&mut self, text: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{text}").unwrap();
    }
    /// How long an entry took that was typed meanwhile.
    fn waited(lines: &[String]) -> String {
        let mut all: Vec<Duration> = lines.iter().filter_map(|l| l.strip_prefix("entry ")).map(milliseconds).collect();
        let (many, [p50, _, p99]) = (all.len(), three(&mut all));
        let longest = all.last().map_or(0.0, |d| d.as_secs_f64() * 1e3);
        format!("{p50} / {p99} / {longest:.0} ({many} of them)")
    }
}

impl Drop for Comer {
    fn drop(&mut self) {
        drop(self.child.wait());
    }
}

fn milliseconds(text: &str) -> Duration {
    Duration::from_secs_f64(text.trim().parse::<f64>().unwrap() / 1e3)
}
