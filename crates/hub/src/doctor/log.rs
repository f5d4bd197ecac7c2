//! The order and chain of every client's log, read through once and page by page.
use super::{Finding, Looks};
use crate::{
    Error,
    postgres::{Config, broken},
};

pub(super) async fn is(looks: &Looks) -> Result<Finding, Error> {
    let config = Config { url: looks.url.clone(), connections: 1, clock: looks.clock.clone() };
    let looked = broken(&config).await?;
    Ok(match looked.broken {
        Some((client, seq, word)) => Finding::bad(word, &[("client", client), ("seq", seq.to_string())]),
        None => {
            let values = [("entries", looked.entries.to_string()), ("clients", looked.clients.to_string())];
            Finding::good("order", &values)
        }
    })
}
