//! The database and its first admin.
use super::print;
use crate::{
    Outcome,
    args::{Common, Init},
    door,
    words::{language, say},
};
use domain::{Code, Fault};
use serde_json::json;
use store::{
    Clock, Store,
    keep::{folder::Folder, key::KeyPlace},
};

/// Makes both; a beginning that was cut short is finished.
pub(super) fn init(common: &Common, how: &Init) -> Outcome<()> {
    let file = how.new_password_file.as_deref().or(common.password_file.as_deref());
    let password = door::new_password(file, &how.admin)?;
    let (folder, key) = door::place(common)?;
    let store = begin(&folder, &key)?;
    let shown = how.display_name.as_deref().unwrap_or(&how.admin);
    let session = store.first_start(&how.admin, shown, &password, language())?;
    let at = folder.path().display().to_string();
    print(common.json, &json!({ "folder": at, "admin": session.name() }), || {
        say("initialised", &[("folder", at.clone()), ("name", session.name().into())])
    });
    Ok(())
}

/// A database without an account is one whose beginning was cut short.
fn begin(folder: &Folder, key: &KeyPlace) -> Outcome<Store> {
    match Store::begin(folder, key, Clock::default()) {
        Err(e) if e.is(Code::AlreadyInitialised) => {
            let store = Store::enter(folder, key, Clock::default()).map_err(|_| e)?;
            if store.first_start_due()? {
                return Ok(store);
            }
            Err(Fault::new(Code::AlreadyInitialised).with("value", folder.path().display()).into())
        }
        other => Ok(other?),
    }
}
