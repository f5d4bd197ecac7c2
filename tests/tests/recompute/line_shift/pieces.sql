-- What each entry, stop and empty line shift of a client adds to the elements,
-- worked out of the definitions in SQL alone: ?1 is the client, ?2 its day of
-- today. A piece is one entry with its share of the time, one entry's part of a
-- stop, a stop nobody carries, or the time of a line shift without entries.
WITH
-- Closed line shifts, and those whose day is over.
cell AS (
  SELECT l.id, l.day, l.shift_id AS shift, l.line_id AS line, l.crew AS told_crew, l.floating_idle,
    l.net_minutes AS told_net, coalesce(l.overtime, 0.0) AS overtime, l.planned_units,
    coalesce((SELECT n.basis = 'machine' FROM line_all n WHERE n.client_id = ?1 AND n.id = l.line_id), 0) AS machine,
    s.default_crew, coalesce(s.default_net_minutes, 480.0) AS default_net, s.default_standard,
    s.exclude_planned, s.exclude_setup,
    (SELECT c.id FROM line_calendar c WHERE c.client_id = ?1 AND c.line_id = l.line_id AND c.shift_id = l.shift_id
      AND c.valid_from <= l.day ORDER BY c.valid_from DESC, c.id DESC LIMIT 1) AS plan,
    (SELECT t.id FROM shift_time t WHERE t.client_id = ?1 AND t.shift_id = l.shift_id AND t.valid_from <= l.day
      ORDER BY t.valid_from DESC, t.id DESC LIMIT 1) AS clock
  FROM line_shift l JOIN client_setting s ON s.client_id = ?1
  WHERE l.client_id = ?1 AND (l.state = 'closed' OR l.day < ?2)
),
timed AS (
  SELECT x.*,
    iif((c.weekdays >> ((x.day + 3) % 7)) & 1, c.planned_crew, NULL) AS planned_crew,
    coalesce(x.planned_units, iif((c.weekdays >> ((x.day + 3) % 7)) & 1, c.planned_units, NULL)) AS units,
    t.end_minute - t.start_minute + iif(t.end_minute <= t.start_minute, 1440.0, 0.0) AS length,
    (SELECT total(b.minutes) FROM shift_break b WHERE b.client_id = ?1 AND b.shift_id = x.shift AND b.valid_from =
      (SELECT max(y.valid_from) FROM shift_break y
        WHERE y.client_id = ?1 AND y.shift_id = x.shift AND y.valid_from <= x.day)) AS pauses,
    (SELECT d.net_minutes FROM calendar_day d WHERE d.client_id = ?1 AND d.day = x.day
      AND coalesce(d.line_id, x.line) = x.line AND coalesce(d.shift_id, x.shift) = x.shift
      ORDER BY d.line_id IS NULL, d.shift_id IS NULL, d.id DESC LIMIT 1) AS exception
  FROM cell x LEFT JOIN line_calendar c ON c.client_id = ?1 AND c.id = x.plan
  LEFT JOIN shift_time t ON t.client_id = ?1 AND t.id = x.clock
),
-- The entries, each of the product it names, else of what its order makes.
made AS (
  SELECT e.id, e.line_shift_id AS cell, e.hour, e.work_order_id AS work, e.operation_id AS step,
    coalesce(e.product_id, o.product_id) AS product, coalesce(e.produced, 0) * 1.0 AS produced,
    coalesce(e.produced, 0) - coalesce(e.defective, coalesce(e.rework, 0.0) + coalesce(e.repair, 0) + coalesce(e.scrap, 0))
      AS good, e.run_minutes, e.crew_assigned, e.crew_present,
    o.standard AS of_order
  FROM production_entry e JOIN cell x ON x.id = e.line_shift_id
  LEFT JOIN work_order_all o ON o.client_id = ?1 AND o.id = e.work_order_id
  WHERE e.client_id = ?1
),
counted AS (
  SELECT cell, count(*) AS entries, count(run_minutes) = count(*) AS reported, min(product) AS product,
    sum(produced) AS produced, count(DISTINCT coalesce(product, '')) > 1 AS products,
    count(DISTINCT coalesce(step, '')) > 1 AS steps, count(DISTINCT coalesce(work, '')) > 1 AS works
  FROM made GROUP BY cell
),
-- Of one hour the largest crew; between hours their mean; an entry of the whole shift overlaps all.
hourly AS (
  SELECT cell, hour, max(crew_assigned) AS assigned, max(crew_present) AS present FROM made GROUP BY cell, hour
),
of_entries AS (
  SELECT cell,
    iif(max(hour IS NULL AND assigned IS NOT NULL), max(assigned), avg(assigned)) AS assigned,
    iif(max(hour IS NULL AND present IS NOT NULL), max(present), avg(present)) AS present
  FROM hourly GROUP BY cell
),
person AS (
  SELECT a.day, a.shift_id AS shift, a.line_id AS line, a.scheduled_hours, a.absent_hours, a.absence,
    coalesce(a.actual_hours, iif(coalesce(a.normal_hours, a.double_hours, a.triple_hours) IS NULL, NULL,
      coalesce(a.normal_hours, 0) + coalesce(a.double_hours, 0) + coalesce(a.triple_hours, 0))) AS worked
  FROM attendance_entry a WHERE a.client_id = ?1
),
came AS (
  SELECT day, shift, line, count(*) AS people FROM person
  WHERE CASE WHEN worked IS NOT NULL THEN worked > 0
    WHEN scheduled_hours IS NOT NULL AND absent_hours IS NOT NULL THEN absent_hours < scheduled_hours
    ELSE coalesce(absence, 'late') = 'late' END
  GROUP BY day, shift, line
),
manned AS (
  SELECT t.*, CASE WHEN t.machine THEN 1.0 ELSE
      coalesce(t.told_crew, e.assigned, e.present,
        (SELECT c.people FROM came c WHERE c.day = t.day AND c.shift = t.shift AND c.line = t.line),
        (SELECT avg(p.crew) FROM line_shift p WHERE p.client_id = ?1 AND p.line_id = t.line AND p.shift_id = t.shift
          AND p.day BETWEEN t.day - 30 AND t.day - 1),
        t.planned_crew, t.default_crew, 0.0) END AS crew,
    NOT t.machine AND coalesce(t.told_crew, e.assigned) IS NULL AS crew_guessed,
    coalesce(t.told_net, t.exception, t.length - t.pauses, t.default_net) AS net,
    coalesce(t.told_net, t.exception, t.length - t.pauses) IS NULL AS net_guessed,
    (SELECT total(v.idle_minutes) FROM coverage_entry v WHERE v.client_id = ?1 AND v.day = t.day
      AND v.shift_id = t.shift AND v.line_id = t.line) AS idle_minutes
  FROM timed t LEFT JOIN of_entries e ON e.cell = t.id
),
whole AS (
  SELECT m.*, m.crew + idle AS people, (m.crew + idle) * net + overtime AS available,
    coalesce(max(m.length, net), net) AS room, m.crew_guessed OR m.net_guessed AS guessed,
    coalesce(e.entries, 0) AS entries, coalesce(e.reported, 0) AS reported, e.product, e.produced,
    coalesce(e.products, 0) AS products, coalesce(e.steps, 0) AS steps, coalesce(e.works, 0) AS works
  FROM (SELECT manned.*, CASE WHEN machine THEN 0.0 WHEN floating_idle IS NOT NULL THEN floating_idle
    WHEN net > 0 THEN idle_minutes / net ELSE 0.0 END AS idle FROM manned) m
  LEFT JOIN counted e ON e.cell = m.id
),
stop AS (
  SELECT d.id, d.line_shift_id AS cell, d.work_order_id AS work, d.reason_id AS reason, d.minutes,
    iif(d.minutes IS NULL, NULL, d.start_minute) AS start, x.room,
    CASE WHEN d.minutes IS NULL THEN 0.0 WHEN x.machine THEN 1.0
      ELSE coalesce(d.affected, iif(r.affects = 'station', 1.0, x.crew)) END AS affected,
    NOT x.machine AND d.affected IS NULL AS guessed,
    (coalesce(r.planned, 0) AND x.exclude_planned) OR (coalesce(r.setup, 0) AND x.exclude_setup) AS excluded,
    NOT coalesce(r.planned, 0) AND NOT coalesce(r.setup, 0) AS unplanned,
    coalesce('at ' || d.station, iif(r.affects = 'station', 'some station', 'line')) AS place,
    -- Stations do not multiply the minutes of a machine line.
    iif(x.machine, 'line', coalesce('at ' || d.station, iif(r.affects = 'station', 'some station', 'line'))) AS people
  FROM downtime_entry d JOIN whole x ON x.id = d.line_shift_id
  LEFT JOIN downtime_reason_all r ON r.client_id = ?1 AND r.id = d.reason_id
  WHERE d.client_id = ?1
),
-- Stops with clock times, cut at every moment where one of them begins or ends.
span AS (
  SELECT *, min(max(start, 0.0), room) AS a, min(max(start + minutes, 0.0), room) AS b FROM stop WHERE start IS NOT NULL
),
edge AS (SELECT cell, a AS at FROM span UNION SELECT cell, b FROM span),
cut AS (SELECT cell, at AS a, (SELECT min(y.at) FROM edge y WHERE y.cell = x.cell AND y.at > x.at) AS b FROM edge x),
-- Every minute is given to the stop of a group that held up most, the earlier one of equals.
turn AS (
  SELECT s.id, c.b - c.a AS minutes FROM cut c JOIN span s ON s.cell = c.cell AND s.a <= c.a AND s.b >= c.b
  WHERE NOT EXISTS (SELECT 1 FROM span y WHERE y.cell = s.cell AND y.people = s.people AND y.a <= c.a AND y.b >= c.b
    AND (-y.affected, y.start, y.id) < (-s.affected, s.start, s.id))
),
given AS (SELECT id, sum(minutes) AS minutes FROM turn GROUP BY id),
-- What goes on at the same place, for the same reason, where another stop has not ended.
rest AS (
  SELECT DISTINCT s.id FROM stop s JOIN stop y ON y.cell = s.cell AND y.place = s.place AND y.reason IS s.reason
  WHERE y.unplanned AND (y.start, y.id) < (s.start, s.id) AND s.start <= y.start + y.minutes
),
lasted AS (
  SELECT s.*, iif(s.start IS NULL, coalesce(s.minutes, 0.0), coalesce(g.minutes, 0.0)) AS clock,
    s.unplanned AND r.id IS NULL AS failure
  FROM stop s LEFT JOIN given g ON g.id = s.id LEFT JOIN rest r ON r.id = s.id
),
lost AS (SELECT cell, sum(clock * affected) AS minutes FROM lasted GROUP BY cell),
-- What the line shifts show that made one product only, with an entered crew; minutes of people apart from those of machines.
shown AS (
  SELECT x.day, x.product, x.machine, x.available - coalesce(l.minutes, 0.0) AS uptime, x.produced
  FROM whole x LEFT JOIN lost l ON l.cell = x.id
  WHERE x.entries > 0 AND NOT x.products AND (x.machine OR x.told_crew IS NOT NULL)
),
proved AS (
  SELECT x.day, h.product, h.machine, sum(h.uptime) / sum(h.produced) AS standard
  FROM (SELECT DISTINCT day FROM whole) x JOIN shown h ON h.day BETWEEN x.day - 30 AND x.day - 1
  GROUP BY x.day, h.product, h.machine HAVING sum(h.produced) > 0
),
known AS (
  SELECT e.*, x.day, x.machine, x.default_standard, coalesce(e.of_order,
    (SELECT p.minutes FROM product_standard p WHERE p.client_id = ?1 AND p.product_id = e.product
      AND p.operation_id = e.step AND p.valid_from <= x.day ORDER BY p.valid_from DESC, p.id DESC LIMIT 1),
    (SELECT p.minutes FROM product_standard p WHERE p.client_id = ?1 AND p.product_id = e.product
      AND p.operation_id IS NULL AND p.valid_from <= x.day ORDER BY p.valid_from DESC, p.id DESC LIMIT 1)) AS agreed
  FROM made e JOIN whole x ON x.id = e.cell
),
earning AS (
  SELECT k.*, k.agreed IS NULL AS guessed, coalesce(k.agreed, p.standard, k.default_standard, 0.0) AS standard
  FROM known k LEFT JOIN proved p ON p.day = k.day AND p.product = k.product AND p.machine = k.machine
),
total AS (
  SELECT cell, sum(run_minutes) AS run, sum(produced * standard) AS earned, count(*) AS n,
    count(run_minutes) = count(*) AS reported
  FROM earning GROUP BY cell
),
shared AS (
  SELECT e.*, CASE WHEN t.reported AND t.run > 0 THEN e.run_minutes / t.run
      WHEN t.earned > 0 THEN e.produced * e.standard / t.earned ELSE 1.0 / t.n END AS share
  FROM earning e JOIN total t ON t.cell = e.cell
),
ordered AS (SELECT cell, work, sum(share) AS share, count(*) AS n FROM shared WHERE work IS NOT NULL GROUP BY cell, work),
-- Who carries a stop: the entries of its order, all entries, or nobody.
carried AS (
  SELECT s.*, NULL AS product, NULL AS step, s.work AS to_work, 1.0 AS part FROM lasted s JOIN whole x ON x.id = s.cell
  LEFT JOIN ordered o ON o.cell = s.cell AND o.work = s.work
  WHERE iif(s.work IS NULL, x.entries = 0, o.cell IS NULL)
  UNION ALL
  SELECT s.*, e.product, e.step, e.work, e.share FROM lasted s JOIN shared e ON e.cell = s.cell WHERE s.work IS NULL
  UNION ALL
  SELECT s.*, e.product, e.step, e.work, iif(o.share > 0, e.share / o.share, 1.0 / o.n)
  FROM lasted s JOIN shared e ON e.cell = s.cell AND e.work = s.work JOIN ordered o ON o.cell = s.cell AND o.work = s.work
),
piece AS (
  SELECT cell, product, step, work, share, 1 AS entry, produced, good, produced * standard AS earned,
    good * standard AS earned_good, guessed, run_minutes, 0.0 AS excluded, 0.0 AS stopped, 0.0 AS guessed_excluded,
    0.0 AS guessed_stopped, 0.0 AS down, 0.0 AS failures FROM shared
  UNION ALL
  SELECT id, NULL, NULL, NULL, 1.0, 0, 0.0, 0.0, 0.0, 0.0, 0, NULL, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 FROM whole WHERE entries = 0
  UNION ALL
  SELECT cell, product, step, to_work, 0.0, 0, 0.0, 0.0, 0.0, 0.0, 0, NULL,
    iif(excluded, clock * affected * part, 0.0), iif(excluded, 0.0, clock * affected * part),
    iif(excluded AND guessed, clock * affected * part, 0.0), iif(guessed AND NOT excluded, clock * affected * part, 0.0),
    iif(unplanned, clock * part, 0.0), iif(failure, part, 0.0) FROM carried
),
summed AS (
  SELECT x.day, x.line, x.shift, p.product, p.step, p.work, p.entry,
    coalesce(NOT (t.reported AND t.run > 0), 0) AS divided, x.products, x.steps, x.works,
    x.available * p.share AS available, x.available * p.share - p.excluded AS planned, p.stopped AS stops,
    p.produced, p.good, p.earned, p.earned_good, p.down AS down_clock, p.failures,
    coalesce(x.units, 0.0) * p.share AS units, iif(x.units IS NULL, 0.0, p.produced) AS made_planned,
    x.crew * p.share AS crew, p.share AS cells,
    iif(x.reported, coalesce(p.run_minutes, 0.0) * x.crew, x.available * p.share - p.excluded - p.stopped) AS run,
    CASE WHEN x.reported THEN coalesce(p.run_minutes, 0.0) WHEN x.people > 0
      THEN (x.available * p.share - p.excluded - p.stopped) / x.people ELSE 0.0 END AS run_clock,
    iif(p.guessed, p.earned, 0.0) AS est_earned, iif(p.guessed, p.earned_good, 0.0) AS est_earned_good,
    x.guessed, x.crew_guessed, x.reported, p.guessed_excluded, p.guessed_stopped
  FROM piece p JOIN whole x ON x.id = p.cell LEFT JOIN total t ON t.cell = p.cell
)
SELECT day, line, shift, product, step, work, entry, divided, products, steps, works,
  available, planned, stops, run, run_clock, good, earned, earned_good, down_clock, failures, units, made_planned, crew, cells,
  iif(guessed, available, 0.0),
  iif(guessed, planned, guessed_excluded),
  iif(guessed, planned - stops, guessed_excluded + guessed_stopped),
  iif(reported AND NOT crew_guessed, 0.0, run),
  iif(reported, 0.0, run_clock),
  est_earned, est_earned_good,
  iif(crew_guessed, crew, 0.0)
FROM summed
