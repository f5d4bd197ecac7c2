//! What the hub refused of one's own: written again, or let go.
use super::{Latest, Put, Reader, Writer, cell::key, feed::shape};
use crate::{Result, error::missing};
use domain::{
    Client, Entity, Id, PoolBooking, PoolEmployee, Shape, Value, Verb,
    change::{Act, Op},
    merge::Why,
};
use serde_json::{Map, Value as Json};

/// A change that the hub refused.
#[derive(Debug)]
pub struct Refused {
    /// The table.
    pub shape: &'static Shape,
    /// The row.
    pub record: [u8; 16],
    /// What it would have done.
    pub act: Act,
    /// What it would have written, by column.
    pub values: Vec<(usize, Value)>,
    /// Who wrote it.
    pub by: Option<Latest>,
    /// The change.
    pub op: Id<Op>,
    /// Why it was refused; none where its row was gone.
    pub why: Option<Why>,
}

impl Reader<'_> {
    /// What the hub refused of a client: one's own, and everybody's for those who may correct it.
    pub fn refused(&self, client: Id<Client>) -> Result<Vec<Refused>> {
        let sql = "SELECT op, why FROM main.refused WHERE client_id = ?1 AND seen_to IS NULL ORDER BY op";
        let listed = self.beside(client, sql, |r| Ok((r.get::<Id<Op>>(0)?, r.get::<Option<String>>(1)?)))?;
        let each = listed.into_iter().map(|(op, why)| self.refusal(client, op, why.as_deref()));
        Ok(each.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
    fn refusal(&self, client: Id<Client>, op: Id<Op>, why: Option<&str>) -> Result<Option<Refused>> {
        let (key, columns) = ([key(client), Value::Id(op.bytes())], "kind, record, act, patch, user_id");
        let found = self.logged(client, columns, "op = ?2", &key, |r| {
            Ok((r.get::<i64>(0)?, r.get(1)?, r.get(2)?, r.get::<String>(3)?, r.get::<[u8; 16]>(4)?))
        })?;
        let Some((kind, record, act, patch, user)) = found.into_iter().next() else { return Ok(None) };
        let Some(shape) = u8::try_from(kind).ok().and_then(shape) else { return Ok(None) };
        let own = user == self.session.user().bytes();
        // For whom others booked is not said, so theirs are seen to by whoever sees every client.
        let every = client != Client::PLANT || self.session.role().sees_every_client();
        if !own && (!every || self.session.may(Verb::Amend, shape.group).is_err()) {
            return Ok(None);
        }
        let (by, values) = (self.written(self, client, op)?, named(shape, &patch));
        Ok(Some(Refused { shape, record, act, values, by, op, why: why.and_then(Why::of) }))
    }
}

/// The values of a patch, in the table's columns.
fn named(shape: &Shape, patch: &str) -> Vec<(usize, Value)> {
    let patch: Map<String, Json> = serde_json::from_str(patch).unwrap_or_default();
    let columns = shape.columns.iter().enumerate();
    columns.filter_map(|(i, c)| Some((i, Value::from_json(c.kind, patch.get(c.name)?)?))).collect()
}

impl Writer<'_> {
    /// Writes again what was refused, as the person now acting, with what he mends of it.
    ///
    /// # Errors
    /// `missing` where it is not on the person's list, and those of the table:
    /// then it stays on the list.
    pub fn write_again(&mut self, client: Id<Client>, op: Id<Op>, mended: &[(usize, Value)]) -> Result<Put> {
        let refused = self.signed_anew(self.refused_one(client, op)?)?;
        macro_rules! by_kind {
            ($($name:ident),* $(,)?) => { match refused.shape.number {
                $(n if n == <domain::$name as Entity>::NUMBER => self.again::<domain::$name>(client, &refused, mended),)*
                PoolEmployee::NUMBER => self.again::<PoolEmployee>(client, &refused, mended),
                PoolBooking::NUMBER => self.again::<PoolBooking>(client, &refused, mended),
                _ => Err(missing()),
            } };
        }
        let put = domain::entities!(by_kind)?;
        self.take_off(client, &refused)?;
        Ok(put)
    }
    /// A booking is signed by who makes it, when he does.
    fn signed_anew(&self, mut refused: Refused) -> Result<Refused> {
        if refused.shape.table != PoolBooking::TABLE {
            return Ok(refused);
        }
        let (who, when) = (self.session().user(), self.now().0);
        for (column, value) in [("booked_by", Value::Id(who.bytes())), ("booked_at", Value::Int(when))] {
            let at = PoolBooking::COLUMNS.iter().position(|c| c.name == column).ok_or_else(missing)?;
            refused.values.iter_mut().filter(|(i, _)| *i == at).for_each(|(_, v)| *v = value.clone());
        }
        Ok(refused)
    }
    /// Takes what was refused off the list; the log keeps it, here and at the hub.
    ///
    /// # Errors
    /// `missing` where it is not on the person's list, `forbidden` for who may write nothing of the kind.
    pub fn let_go(&mut self, client: Id<Client>, op: Id<Op>) -> Result<&'static str> {
        let refused = self.refused_one(client, op)?;
        self.session().may(Verb::Update, refused.shape.group)?;
        self.silent = true;
        self.take_off(client, &refused)?;
        Ok(refused.shape.table)
    }
    fn refused_one(&self, client: Id<Client>, op: Id<Op>) -> Result<Refused> {
        self.refused(client)?.into_iter().find(|r| r.op == op).ok_or_else(missing)
    }
    fn take_off(&mut self, client: Id<Client>, refused: &Refused) -> Result<()> {
        self.changed.insert(refused.shape.table);
        let sql = "UPDATE main.refused SET seen_to = ?3 WHERE client_id = ?1 AND op = ?2";
        self.local(sql, &[key(client), Value::Id(refused.op.bytes()), Value::Int(self.now().0)])
    }
    fn again<E: Entity>(&mut self, client: Id<Client>, refused: &Refused, mended: &[(usize, Value)]) -> Result<Put> {
        let id = Id::<E>::from_bytes(refused.record);
        match refused.act {
            Act::Create | Act::Patch => {}
            Act::Remove => return self.remove(client, id).map(|()| Put::Patched),
            Act::Restore => return self.restore(client, id).map(|()| Put::Created),
        }
        let there = self.current(client, id)?;
        if there.is_none() && refused.act == Act::Patch {
            return Err(missing());
        }
        let mut values = there.map_or_else(|| vec![Value::Null; E::COLUMNS.len()], |row| row.values);
        for (i, value) in refused.values.iter().chain(mended) {
            *values.get_mut(*i).ok_or_else(missing)? = value.clone();
        }
        let row = E::of(client, id, values).ok_or_else(missing)?;
        self.bring(&row)
    }
}
