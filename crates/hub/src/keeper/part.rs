//! One client's part of the book, asked as the core asks.
use crate::{
    Error,
    base::{Row, Value, given},
    core::{Head, Ledger, Terms},
    logged::{Columns, creates, incarnation, text, verdict, why},
    office::ACCESS_OF_PC,
};
use domain::{
    Client, Id, Role,
    change::{Device, Op, User},
    feed::{Catalogue, Claim, Entry, Record, Rules, Sent, Stream},
    merge::{Fate, Folded, Verdict, Why},
};
use store::book::Page;

/// A client's part of an open page.
pub(super) struct Part<'p, 'b> {
    page: &'p Page<'b>,
    client: Id<Client>,
    now: i64,
    /// What has no place in the log waits here until it is said why.
    refused: Option<Sent>,
}

impl<'p, 'b> Part<'p, 'b> {
    /// The part of a client, whose rows are there from now on.
    pub(super) fn of(page: &'p Page<'b>, client: Id<Client>, now: i64) -> Result<Self, Error> {
        page.see_clients(&[client])?;
        Ok(Part { page, client, now, refused: None })
    }
    /// What holds for the request; none where there is no such client.
    pub(super) fn terms(&self) -> Result<Option<Terms>, Error> {
        let sql = "SELECT s.locked, s.epoch, h.key FROM hub.state s JOIN hub.client_head h ON h.client_id = $1";
        let found = self.row_of(sql, given![self.client])?;
        let terms = |r: Row| Ok(Terms { locked: r.yes(0)?, epoch: r.number(1)?, now: self.now, key: r.hash(2)? });
        found.map(terms).transpose()
    }
    /// Whether the hub is locked, and in which life it is; for a client that it does not know.
    pub(super) fn life(&self) -> Result<(bool, i64), Error> {
        let found = self.row_of("SELECT locked, epoch FROM hub.state", &[])?;
        let state = found.ok_or(Error::Unknown("state of the hub"))?;
        Ok((state.yes(0)?, state.number(1)?))
    }
    fn rows_of(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        Ok(self.page.rows(sql, values)?.into_iter().map(Row).collect())
    }
    fn row_of(&self, sql: &str, values: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.rows_of(sql, values)?.into_iter().next())
    }
    fn write(&self, sql: &str, values: &[Value]) -> Result<(), Error> {
        Ok(self.page.run(sql, values).map(drop)?)
    }
    fn access(&self, device: Id<Device>) -> Result<Vec<Row>, Error> {
        self.rows_of(ACCESS_OF_PC, given![self.client, device])
    }
    fn keep_entry(&self, entry: &Entry, chain: [u8; 32]) -> Result<(), Error> {
        let sql =
            "INSERT INTO hub.entry (client_id, seq, chain, received_at, device, incarnation, verdict, fates, sent)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let Entry { seq, received_at, stream, decided, sent } = entry;
        let (verdict, fates) = (decided.verdict.number(), Fate::text(&decided.fates));
        let values = given![
            self.client,
            *seq,
            chain,
            *received_at,
            stream.device,
            stream.incarnation,
            verdict,
            fates,
            text(sent)
        ];
        self.write(sql, values)?;
        let sql = "UPDATE hub.client_head SET seq = $2, chain = $3, received_at = $4 WHERE client_id = $1";
        self.write(sql, given![self.client, *seq, chain, *received_at])
    }
    fn keep_row(&self, record: Record, row: &Folded) -> Result<(), Error> {
        let Some(shape) = Catalogue.shape(record.0) else { return Ok(()) };
        let sql = "INSERT INTO hub.folded (client_id, kind, record, row) VALUES ($1, $2, $3, $4)
          ON CONFLICT (client_id, kind, record) DO UPDATE SET row = excluded.row";
        self.write(sql, given![self.client, record.0, record.1, row.text(shape.columns)])
    }
    fn keep_claim(&self, record: Record, row: &Folded) -> Result<(), Error> {
        if !Catalogue.takes(record.0) {
            return Ok(());
        }
        let sql = "DELETE FROM hub.claim WHERE client_id = $1 AND kind = $2 AND record = $3";
        self.write(sql, given![self.client, record.0, record.1])?;
        let Some(Claim { of, from, to }) = Catalogue.claim(record, row) else { return Ok(()) };
        let sql =
            "INSERT INTO hub.claim (client_id, kind, record, what, from_at, to_at) VALUES ($1, $2, $3, $4, $5, $6)";
        self.write(sql, given![self.client, record.0, record.1, of, from, to])
    }
    fn keep_why(&self, sent: &Sent, verdict: &Verdict) -> Result<(), Error> {
        let sql = "INSERT INTO hub.refused (client_id, op, kind, record, creates, why, sent)
          VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let change = &sent.change;
        self.write(
            sql,
            given![self.client, change.op, change.kind, change.record, creates(sent), why(verdict), text(sent)],
        )
    }
}

impl Ledger for Part<'_, '_> {
    type Error = Error;
    fn client(&self) -> Id<Client> {
        self.client
    }
    fn head(&self) -> Result<Head, Error> {
        let sql = "SELECT seq, chain, received_at FROM hub.client_head WHERE client_id = $1";
        let found = self.row_of(sql, given![self.client])?.ok_or(Error::Unknown("client"))?;
        Ok(Head { seq: found.number(0)?, chain: found.hash(1)?, received_at: found.number(2)? })
    }
    fn chain(&self, seq: i64) -> Result<Option<[u8; 32]>, Error> {
        if seq == 0 {
            return Ok(Some([0; 32]));
        }
        let sql = "SELECT chain FROM hub.entry WHERE client_id = $1 AND seq = $2";
        self.row_of(sql, given![self.client, seq])?.map(|r| r.hash(0)).transpose()
    }
    fn entries(&self, after: i64, limit: usize) -> Result<Vec<Entry>, Error> {
        let sql = "SELECT seq, received_at, device, incarnation, verdict, fates, sent FROM hub.entry
          WHERE client_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows_of(sql, given![self.client, after, limit])?.iter().map(entry).collect()
    }
    fn verdict(&self, op: Id<Op>) -> Result<Option<Verdict>, Error> {
        let sql = "SELECT verdict, why FROM hub.verdict WHERE client_id = $1 AND op = $2";
        let found = self.row_of(sql, given![self.client, op])?;
        found.map(|r| verdict(r.number(0)?, r.words(1)?)).transpose()
    }
    fn row(&self, record: Record) -> Result<Option<Folded>, Error> {
        let Some(shape) = Catalogue.shape(record.0) else { return Ok(None) };
        let sql = "SELECT row FROM hub.folded WHERE client_id = $1 AND kind = $2 AND record = $3";
        let found = self.row_of(sql, given![self.client, record.0, record.1])?;
        found.map(|r| Folded::of_text(shape.columns, r.text(0)?).ok_or(Error::Damaged("row"))).transpose()
    }
    fn has(&self, record: Record) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM hub.folded WHERE client_id = $1 AND kind = $2 AND record = $3";
        Ok(self.row_of(sql, given![self.client, record.0, record.1])?.is_some())
    }
    fn taken(&self, claim: &Claim, (kind, id): Record) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM hub.claim WHERE client_id = $1 AND what = $2 AND to_at > $3 AND from_at < $4
          AND NOT (kind = $5 AND record = $6) LIMIT 1";
        Ok(self.row_of(sql, given![self.client, claim.of, claim.from, claim.to, kind, id])?.is_some())
    }
    fn refused_creation(&self, record: Record) -> Result<Option<Why>, Error> {
        let sql = "SELECT why FROM hub.refused WHERE client_id = $1 AND kind = $2 AND record = $3
          AND creates AND why IS NOT NULL LIMIT 1";
        let found = self.row_of(sql, given![self.client, record.0, record.1])?;
        found.map_or(Ok(None), |r| Ok(Why::of(r.text(0)?)))
    }
    fn last(&self, stream: Stream) -> Result<i64, Error> {
        let sql = "SELECT number FROM hub.numbered WHERE client_id = $1 AND device = $2 AND incarnation = $3
          ORDER BY number DESC LIMIT 1";
        let found = self.row_of(sql, given![self.client, stream.device, stream.incarnation])?;
        found.map_or(Ok(0), |r| r.number(0))
    }
    fn numbered(&self, stream: Stream, number: i64) -> Result<Option<Id<Op>>, Error> {
        let sql = "SELECT op FROM hub.numbered
          WHERE client_id = $1 AND device = $2 AND incarnation = $3 AND number = $4";
        let found = self.row_of(sql, given![self.client, stream.device, stream.incarnation, number])?;
        found.map(|r| r.id(0)).transpose()
    }
    fn people(&self, device: Id<Device>) -> Result<Vec<(Id<User>, Role)>, Error> {
        let mut people = vec![];
        for row in self.access(device)? {
            if row.yes(2)? {
                people.push((row.id(0)?, row.role(1)?));
            }
        }
        Ok(people)
    }
    fn role(&self, user: Id<User>) -> Result<Option<Role>, Error> {
        let sql = "SELECT p.role FROM hub.person p JOIN hub.granted g ON g.client_id = $1 AND g.person = p.id
          WHERE p.active AND g.active AND p.id = $2";
        self.row_of(sql, given![self.client, user])?.map(|r| r.role(0)).transpose()
    }
    fn generation(&self, device: Id<Device>) -> Result<i64, Error> {
        let newest = |newest: i64, row: &Row| Ok(newest.max(row.number(3)?));
        self.access(device)?.iter().try_fold(0, newest)
    }
    fn durable(&self) -> Result<i64, Error> {
        let sql = "SELECT durable FROM hub.client_head WHERE client_id = $1";
        self.row_of(sql, given![self.client])?.map_or(Ok(0), |r| r.number(0))
    }
    fn keeps_parting(&self, parting: [u8; 16]) -> Result<bool, Error> {
        let sql = "SELECT kept FROM hub.parting WHERE client_id = $1 AND parting = $2";
        self.row_of(sql, given![self.client, parting])?.map_or(Ok(false), |r| r.yes(0))
    }
    fn append(&mut self, entry: Entry, chain: [u8; 32], row: Folded) -> Result<(), Error> {
        self.keep_entry(&entry, chain)?;
        self.keep_claim(entry.sent.record(), &row)?;
        self.keep_row(entry.sent.record(), &row)
    }
    fn judge(&mut self, op: Id<Op>, verdict: Verdict) -> Result<(), Error> {
        let sql = "INSERT INTO hub.verdict (client_id, op, verdict, why) VALUES ($1, $2, $3, $4)";
        self.write(sql, given![self.client, op, verdict.number(), why(&verdict)])?;
        match self.refused.take_if(|s| s.change.op == op) {
            Some(sent) => self.keep_why(&sent, &verdict),
            None => Ok(()),
        }
    }
    fn keep_refused(&mut self, sent: &Sent) -> Result<(), Error> {
        self.refused = Some(sent.clone());
        Ok(())
    }
    /// Another text under the same name is kept beside the first.
    fn quarantine(&mut self, sent: &Sent) -> Result<(), Error> {
        let sql = "INSERT INTO hub.quarantine (client_id, op, hash, received_at, sent) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT DO NOTHING";
        self.write(sql, given![self.client, sent.change.op, sent.hash(), self.now, text(sent)])
    }
    fn redact(&mut self, record: Record, redact: &dyn Fn(&mut Sent) -> bool) -> Result<(), Error> {
        for table in ["entry", "refused", "quarantine"] {
            let sql = format!("SELECT sent FROM hub.{table} WHERE client_id = $1 AND sent ->> 'record' = $2");
            let of = Id::<()>::from_bytes(record.1).to_string();
            for row in self.rows_of(&sql, given![self.client, of])? {
                let mut sent: Sent = serde_json::from_str(row.text(0)?).map_err(|_| Error::Damaged("entry"))?;
                if sent.record() == record && redact(&mut sent) {
                    let sql = format!("UPDATE hub.{table} SET sent = $3 WHERE client_id = $1 AND sent = $2");
                    self.write(&sql, given![self.client, row.text(0)?, text(&sent)])?;
                }
            }
        }
        Ok(())
    }
    fn number(&mut self, stream: Stream, number: i64, op: Id<Op>) -> Result<(), Error> {
        let sql = "INSERT INTO hub.numbered (client_id, device, incarnation, number, op) VALUES ($1, $2, $3, $4, $5)";
        self.write(sql, given![self.client, stream.device, stream.incarnation, number, op])
    }
    fn keep_parting(&mut self, parting: [u8; 16]) -> Result<(), Error> {
        let sql = "INSERT INTO hub.parting (client_id, parting, received_at) VALUES ($1, $2, $3)
          ON CONFLICT DO NOTHING";
        self.write(sql, given![self.client, parting, self.now])
    }
}

fn entry(row: &Row) -> Result<Entry, Error> {
    let stream = Stream { device: row.id(2)?, incarnation: incarnation(row.number(3)?)? };
    let (seq, received_at, verdict) = (row.number(0)?, row.number(1)?, row.number(4)?);
    Columns { seq, received_at, stream, verdict, fates: row.text(5)?, sent: row.text(6)? }.entry()
}
