//! The way in: folder, key, person, password.
use crate::{Outcome, args::Common, stop::Stop, words::cause};
use domain::{Client, Code, Id, Role};
use plant::{commands, import::desk::Desk};
use serde_json::Value as Json;
use std::{
    env,
    fs::File,
    io::{self, IsTerminal, Read, stdin},
    path::Path,
    sync::Arc,
};
use store::{
    Clock, Session, Store,
    keep::{folder::Folder, key::KeyPlace},
};

/// The longest password a file may hold.
const LONGEST: u64 = 4096;

/// An open store and who acts in it.
pub(crate) struct Door {
    pub(crate) store: Arc<Store>,
    pub(crate) session: Session,
    pub(crate) desk: Desk,
}

/// Where the data and its key are.
pub(crate) fn place(common: &Common) -> Outcome<(Folder, KeyPlace)> {
    Ok((Folder::find(common.data.clone())?, KeyPlace::find(common.key_file.clone())))
}

/// Who acts.
pub(crate) fn user(common: &Common) -> Outcome<String> {
    let named = || env::var("LINEBOARD_USER").ok().filter(|name| !name.is_empty());
    common.user.clone().or_else(named).ok_or_else(|| Stop::usage("needs_user", &[]).at("user"))
}

impl Door {
    /// Opens the store and logs in.
    pub(crate) fn open(common: &Common) -> Outcome<Door> {
        let name = user(common)?;
        let password = PASSWORD.of(common.password_file.as_deref(), &name)?;
        let (folder, key) = place(common)?;
        let store = Arc::new(Store::enter(&folder, &key, Clock::default())?);
        let session = store.login(&name, &password)?;
        Ok(Door { store, session, desk: Desk::default() })
    }
    /// Refuses whoever is no admin.
    pub(crate) fn admins_only(&self) -> Outcome<()> {
        match self.session.role() {
            Role::Admin => Ok(()),
            _ => Err(Stop::from(store::Error::from(Code::Forbidden))),
        }
    }
    /// Runs one of the commands that windows call, too.
    pub(crate) fn call(&self, name: &str, input: Json, tell: &dyn Fn(&str, u32, u32)) -> Outcome<Json> {
        let repo = self.store.repository(&self.session)?;
        Ok(commands::call(name, &commands::Call { repo: &repo, desk: &self.desk, tell }, input)?)
    }
    /// The same, of a command that is quick.
    pub(crate) fn ask(&self, name: &str, input: Json) -> Outcome<Json> {
        self.call(name, input, &|_, _, _| {})
    }
    /// The client of a code; the refusal tells nobody whether it is there.
    pub(crate) fn client(&self, code: &str) -> Outcome<Id<Client>> {
        let repo = self.store.repository(&self.session)?;
        let found = repo.session().clients().iter().find(|c| c.code.eq_ignore_ascii_case(code)).map(|c| c.id);
        found.ok_or_else(|| Stop::missing("client", code))
    }
    /// The code of a client of an answer.
    pub(crate) fn code(&self, id: &Json) -> String {
        let text = id.as_str().unwrap_or_default();
        let id: Option<Id<Client>> = text.parse().ok();
        let found = self.session.clients().iter().find(|c| Some(c.id) == id);
        found.map_or_else(|| text.into(), |c| c.code.clone())
    }
}

/// A secret that a file holds, or a person types.
pub(crate) struct Secret {
    /// What is asked on a terminal.
    prompt: &'static str,
    /// The option that names the file.
    option: &'static str,
    /// What is said where there is neither.
    lacks: &'static str,
}

/// The password of who acts.
pub(crate) const PASSWORD: Secret =
    Secret { prompt: "password_of", option: "password_file", lacks: "needs_password_file" };
/// A password to be.
const NEW_PASSWORD: Secret =
    Secret { prompt: "new_password_of", option: "new_password_file", lacks: "needs_new_password_file" };
/// What lets a PC in at a hub.
pub(crate) const HUB_CODE: Secret = Secret { prompt: "code_of_hub", option: "code_file", lacks: "needs_code_file" };

impl Secret {
    /// The secret of a file, or typed on a terminal.
    pub(crate) fn of(&self, file: Option<&Path>, name: &str) -> Outcome<String> {
        match file {
            Some(path) => read(path).map_err(|why| Stop::unreadable(path, &why).at(self.option)),
            None if stdin().is_terminal() => typed(self.prompt, name),
            None => Err(Stop::usage(self.lacks, &[]).at(self.option)),
        }
    }
}

fn typed(ask: &str, name: &str) -> Outcome<String> {
    let prompt = crate::words::say(ask, &[("name", name.into())]);
    rpassword::prompt_password(format!("{prompt}: ")).map_err(|e| Stop::Usage { message: cause(&e), field: None })
}

/// A new password, typed twice where it is typed.
pub(crate) fn new_password(file: Option<&Path>, name: &str) -> Outcome<String> {
    let first = NEW_PASSWORD.of(file, name)?;
    if file.is_none() && typed("again", name)? != first {
        return Err(Stop::usage("typed_differently", &[]));
    }
    Ok(first)
}

/// The first line of a file.
fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path).and_then(|f| f.take(LONGEST).read_to_string(&mut text))?;
    Ok(text.lines().next().unwrap_or_default().to_string())
}
