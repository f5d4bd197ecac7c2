//! A line is short of people; minutes of a closed shift are unexplained.
use super::Look;
use domain::{AlertKind, Day, Id, Line, LineShift, Shift, elements::Element};
use store::{Cell, LineShifts, Result, values};

/// Closed shifts are looked at this many days back.
const DAYS: i32 = 30;

/// People needed and not there, on the lines and shifts of today: as staffing coverage counts them.
pub(super) fn cover_gap(look: &mut Look<'_, '_>) -> Result<()> {
    let (limit, today) = (look.limit(AlertKind::CoverGap)?, look.r.today(look.client)?);
    let sql = "SELECT DISTINCT s.line_id, s.shift_id, l.code, h.code FROM staffing s
        JOIN line_all l ON l.client_id = ?1 AND l.id = s.line_id JOIN shift_all h ON h.client_id = ?1 AND h.id = s.shift_id
        WHERE s.client_id = ?1 AND s.day = ?2 AND s.required IS NOT NULL";
    let client = look.client;
    let cells = look.r.select(sql, values![client, today], |row| {
        let label = format!("{} {} {today}", row.get::<String>(2)?, row.get::<String>(3)?);
        Ok((Cell { client, day: today, shift: row.get(1)?, line: row.get(0)? }, label))
    })?;
    let mut line_shifts = LineShifts::of(look.r);
    for (cell, label) in cells {
        let people = line_shifts.people(cell)?;
        let sum = |element| people.iter().map(|department| department.sums[element]).sum::<f64>();
        let short = sum(Element::RequiredPeople) - sum(Element::StaffedPeople);
        let subject = format!("{}/{}", cell.line.hex(), cell.shift.hex());
        look.beyond(limit, AlertKind::CoverGap, (subject, label), short);
    }
    Ok(())
}

/// Minutes of closed shifts that neither stops nor units account for, and that nobody put down to speed.
pub(super) fn unexplained(look: &mut Look<'_, '_>) -> Result<()> {
    let limit = look.limit(AlertKind::Unexplained)?;
    let Some(least) = limit.warning.or(limit.critical) else { return Ok(()) };
    let from = look.r.today(look.client)?.plus(-DAYS);
    let sql = "SELECT * FROM (SELECT k.day, k.shift_id, k.line_id, l.code, h.code,
          k.planned - k.stops - k.earned - coalesce(s.speed_minutes, 0) AS lost FROM kpi_line_shift k
        JOIN line_all l ON l.client_id = ?1 AND l.id = k.line_id JOIN shift_all h ON h.client_id = ?1 AND h.id = k.shift_id
        JOIN line_shift s ON s.client_id = ?1 AND s.day = k.day AND s.shift_id = k.shift_id AND s.line_id = k.line_id
        WHERE k.client_id = ?1 AND k.day >= ?2 AND s.state = 'closed') WHERE lost > ?3";
    let client = look.client;
    let lost = look.r.select(sql, values![client, from, least], |row| {
        let (day, shift, line): (Day, Id<Shift>, Id<Line>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let label = format!("{} {} {day}", row.get::<String>(3)?, row.get::<String>(4)?);
        Ok((LineShift::fact(client, day, shift, line).hex(), label, row.get::<f64>(5)?))
    })?;
    for (subject, label, minutes) in lost {
        look.beyond(limit, AlertKind::Unexplained, (subject, label), minutes);
    }
    Ok(())
}
