//! Which delivery KPI decides for a client.

use domain::{Client, DeliveryMode, Id};
use std::collections::BTreeMap;
use store::{Reader, Result};

/// The code of the delivery KPI that is the headline of some clients; none where they differ.
///
/// A client for whom the first shipment decides looks at `otd`; one for whom
/// the complete order decides looks at `otif`, in which late and incomplete
/// orders cannot hide. The others stay beside it.
pub(super) fn headline(reader: &Reader<'_>, clients: &[Id<Client>]) -> Result<Option<String>> {
    let mut modes: BTreeMap<Id<Client>, bool> = clients.iter().map(|client| (*client, false)).collect();
    let sql = "SELECT client_id FROM client_setting WHERE delivery_mode = ?1";
    reader.select(sql, &[domain::Value::Text(DeliveryMode::Complete.word().into())], |row| {
        if let Some(complete) = modes.get_mut(&row.get::<Id<Client>>(0)?) {
            *complete = true;
        }
        Ok(())
    })?;
    let code = |complete: bool| if complete { "otif" } else { "otd" };
    let first = modes.values().next().copied();
    Ok(first.filter(|first| modes.values().all(|mode| mode == first)).map(|mode| code(mode).to_owned()))
}
