//! What a file of stops would change.
use super::{
    super::{
        cells::Start,
        check::Errors,
        rows::Stop,
        why::{RowError, Why},
    },
    Groups, Plan,
    book::{Book, Fresh, Spot, unknown},
    merge::{covers, merge},
    shifts::Shifts,
};
use domain::{DowntimeEntry, DowntimeReason, Entity, Id, LineShift, WorkOrder};
use std::collections::{HashMap, HashSet};

/// What makes two stops the same fact; a start in thousandths of a minute.
type Key = (Id<LineShift>, Option<Id<DowntimeReason>>, Option<Id<WorkOrder>>, Option<i64>, Option<String>);

/// A row with its ids.
struct Found {
    spot: Spot,
    entry: DowntimeEntry,
}

/// Plans every row; those that cannot be join the errors.
pub(super) fn plan(rows: &[Stop], book: &mut Book, plan: &mut Plan, errors: &mut Errors, fresh: Fresh<'_>) {
    let mut shifts = Shifts::default();
    let mut found: Vec<Option<Found>> = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(find(row, book, &mut shifts, fresh).map_err(|e| errors.add([e])).ok());
    }
    shifts.settle(book);
    let mut stops = Stops::of(book);
    let keyed = found.iter().enumerate().filter_map(|(i, f)| Some((key(&f.as_ref()?.entry), i)));
    for (key, group) in Groups::of(keyed) {
        stops.group(&key, &group, rows, &mut found, plan, errors);
    }
    plan.line_shifts = shifts.written(&stops.good);
}

fn find(row: &Stop, book: &mut Book, shifts: &mut Shifts, fresh: Fresh<'_>) -> Result<Found, RowError> {
    let (at, set_up) = (row.place.row, book.may_set_up());
    let known = book.client(at, &row.place.client, fresh)?;
    if let (false, Some(code)) = (set_up, &row.reason)
        && known.reasons.get(code).is_none()
    {
        return Err(unknown(at, Why::NoSuchReason, "reason", code));
    }
    let spot = book.spot(&row.place, fresh)?;
    let known = book.of_client(spot.client);
    let mut entry = row.entry(spot.client, Id::from_bytes([0; 16]), spot.line_shift);
    if let Some(Start::Clock(minute)) = row.start {
        let start = known.start(spot.shift, row.place.day).ok_or_else(|| without_times(row, minute))?;
        #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
        let after = (i64::from(minute) - start).rem_euclid(1440) as f64;
        entry.start_minute = Some(after);
    }
    entry.reason_id = row.reason.as_ref().map(|code| known.reason(code));
    entry.work_order_id = spot.order;
    shifts.stop(&row.place, spot);
    Ok(Found { spot, entry })
}

fn without_times(row: &Stop, minute: u16) -> RowError {
    let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
    let error = RowError::new(row.place.row, Why::ClockWithoutTimes).at("start").value(clock);
    error.with("shift", row.place.shift.as_deref().unwrap_or_default())
}

fn key(e: &DowntimeEntry) -> Key {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let start = e.start_minute.map(|m| (m * 1000.0).round() as i64);
    (e.line_shift_id, e.reason_id, e.work_order_id, start, e.station.clone())
}

/// The stops that are here, and the line shifts that good rows belong to.
struct Stops {
    here: HashMap<Key, Vec<DowntimeEntry>>,
    ids: HashSet<Id<DowntimeEntry>>,
    good: HashSet<Id<LineShift>>,
}

impl Stops {
    fn of(book: &mut Book) -> Self {
        let mut all = Stops { here: HashMap::new(), ids: HashSet::new(), good: HashSet::new() };
        for stop in book.known.values_mut().flat_map(|k| std::mem::take(&mut k.stops)) {
            all.ids.insert(stop.id);
            all.here.entry(key(&stop)).or_default().push(stop);
        }
        all
    }
    /// Plans the rows of one fact: first those that are here as they stand, then the others.
    fn group(
        &mut self,
        key: &Key,
        group: &[usize],
        rows: &[Stop],
        found: &mut [Option<Found>],
        plan: &mut Plan,
        errors: &mut Errors,
    ) {
        let mut here = self.here.remove(key).unwrap_or_default();
        let mut rest = Vec::new();
        for (turn, &i) in group.iter().enumerate() {
            let Some(mut f) = found[i].take() else { continue };
            f.entry.id = fact(&f, key, turn);
            match here.iter().position(|h| covers(h, &f.entry)) {
                Some(at) => {
                    here.remove(at);
                    self.good.insert(f.spot.line_shift);
                    plan.count(f.spot.client, false);
                }
                None => rest.push((i, f)),
            }
        }
        for (i, f) in rest {
            self.one(&rows[i], f, key, &mut here, plan, errors);
        }
    }
    /// Plans a stop that is not here as it stands: one that a file brought is contradicted, but a line may stop again.
    fn one(
        &mut self,
        row: &Stop,
        mut f: Found,
        key: &Key,
        here: &mut Vec<DowntimeEntry>,
        plan: &mut Plan,
        errors: &mut Errors,
    ) {
        let same = here.iter().position(|h| h.id == f.entry.id);
        let filled = match same.or_else(|| here.iter().position(|h| h.import_batch_id.is_some())) {
            Some(at) => merge(&here.remove(at), &f.entry).map_err(|d| refusal(row, &d)),
            None => {
                for turn in 0.. {
                    if self.ids.insert(f.entry.id) {
                        break;
                    }
                    f.entry.id = fact(&f, key, turn);
                }
                Ok(Some(f.entry))
            }
        };
        match filled {
            Ok(filled) => {
                self.good.insert(f.spot.line_shift);
                plan.stops.extend(filled);
                plan.count(f.spot.client, true);
            }
            Err(error) => errors.add([error]),
        }
    }
}

fn fact(f: &Found, key: &Key, turn: usize) -> Id<DowntimeEntry> {
    let part = |id: Option<String>| id.unwrap_or_default();
    let (shift, reason, order, start, station) = key;
    let text = format!(
        "{}/{}/{}/{}/{turn}",
        part(reason.map(Id::hex)),
        part(order.map(Id::hex)),
        part(start.map(|s| s.to_string())),
        station.as_deref().unwrap_or_default(),
    );
    Id::fact_under(f.spot.client, DowntimeEntry::TABLE, *shift, &text)
}

fn refusal(row: &Stop, differs: &super::merge::Differs) -> RowError {
    let text = |t: &Option<Box<str>>| t.as_deref().map(String::from);
    let (field, value) = match differs.field {
        "minutes" => ("minutes", row.minutes.map(|n| n.to_string())),
        "affected" => ("affected", row.affected.map(|n| n.to_string())),
        "action" => ("action", text(&row.action)),
        _ => ("cause", text(&row.cause)),
    };
    let error = RowError::new(row.place.row, Why::DiffersHere).at(field).value(value.unwrap_or_default());
    error.with("here", &differs.here)
}
