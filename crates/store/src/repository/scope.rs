//! Whose rows a connection shows: session ∩ question, written before each use.
use super::{
    gate::Mode,
    pool::{Guarded, Tx},
};
use crate::{error::Result, session::Session};
use domain::{Client, Id, Role};

/// Rewrites the connection's scope; only ever outside a transaction.
///
/// The lists are transactional: set inside a transaction that rolls back they
/// would return to the session before.
pub(super) fn enter(g: &Guarded, session: &Session, question: Option<&[Id<Client>]>) -> Result<()> {
    leave(g)?;
    let can_write = session.role() >= Role::Operator;
    g.gate.with(Mode::Scope, || {
        let mut add = g.conn.prepare_cached("INSERT INTO temp.scope VALUES (?1, ?2)")?;
        let asked = |id: &Id<Client>| question.is_none_or(|q| q.contains(id));
        for client in session.clients().iter().map(|c| c.id).filter(asked) {
            add.execute((client.bytes().as_slice(), can_write))?;
        }
        let mut own = g.conn.prepare_cached("INSERT INTO temp.who VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let role = session.role();
        let (sees, pool, all) = (role.sees_people(), role.sees_pool(), role.sees_every_client());
        let leads = role >= Role::Leader;
        own.execute((session.user().bytes().as_slice(), true, sees, pool, leads, all))?;
        Ok(())
    })
}

/// Writes one person's own rows while he is not there: nothing else is in scope.
pub(crate) fn as_owner<T>(g: &Guarded, owner: [u8; 16], f: impl FnOnce() -> Result<T>) -> Result<T> {
    leave(g)?;
    g.gate.with(Mode::Scope, || {
        g.conn.prepare_cached("INSERT INTO temp.who VALUES (?1, 1, 0, 0, 0, 0)")?.execute([owner.as_slice()])
    })?;
    let done = Tx::begin(g, "BEGIN IMMEDIATE").and_then(|tx| {
        let out = g.gate.with(Mode::Write, f)?;
        tx.commit()?;
        Ok(out)
    });
    leave(g)?;
    done
}

/// Empties the scope, so that a connection at rest shows nothing.
pub(super) fn leave(g: &Guarded) -> Result<()> {
    assert!(g.conn.is_autocommit(), "the scope changes only outside a transaction");
    g.gate.with(Mode::Scope, || {
        g.conn.prepare_cached("DELETE FROM temp.scope")?.execute([])?;
        g.conn.prepare_cached("DELETE FROM temp.who")?.execute([])?;
        Ok(())
    })
}

/// Brings a client made in this transaction into its scope; undone with it.
pub(super) fn admit(g: &Guarded, client: Id<Client>) -> Result<()> {
    g.gate.with(Mode::Scope, || {
        let sql = "INSERT INTO temp.scope VALUES (?1, 1)";
        g.conn.prepare(sql)?.execute([client.bytes().as_slice()])?;
        Ok(())
    })
}
