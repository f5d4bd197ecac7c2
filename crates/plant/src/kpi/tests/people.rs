//! People: absences, labour hours and staffing, through the store.

use super::*;
use domain::{Absence, AttendanceEntry, ClientSetting, CoverageEntry, Employee, Role, Staffing};
use store::session::NewAccount;

/// A person of the roster.
fn hire(plant: &Plant, f: &Factory, code: &str, department: Option<&str>) -> Id<Employee> {
    plant.write(|w| {
        let row = Employee {
            code: code.into(),
            name: code.into(),
            department: department.map(Into::into),
            active: true,
            ..Employee::blank(f.client, w.fresh())
        };
        w.put(&row)?;
        Ok(row.id)
    })
}

/// Nine hours scheduled on a line of the shift.
fn on_list(f: &Factory, employee: Id<Employee>, day: Day, line: usize) -> AttendanceEntry {
    let shift = Some(f.shift);
    AttendanceEntry {
        employee_id: employee,
        day,
        shift_id: shift,
        line_id: Some(f.lines[line]),
        scheduled_hours: Some(9.0),
        ..AttendanceEntry::blank(f.client, AttendanceEntry::fact(f.client, employee, day, shift))
    }
}

fn came(row: AttendanceEntry) -> AttendanceEntry {
    AttendanceEntry { actual_hours: Some(9.0), ..row }
}

fn absent(row: AttendanceEntry, why: Absence) -> AttendanceEntry {
    AttendanceEntry { absent_hours: Some(9.0), absence: Some(why), ..row }
}

fn cover(f: &Factory, id: Id<CoverageEntry>, of: &AttendanceEntry, line: usize, confirmed: bool) -> CoverageEntry {
    CoverageEntry {
        attendance_entry_id: Some(of.id),
        day: of.day,
        shift_id: of.shift_id,
        line_id: Some(f.lines[line]),
        hours: of.absent_hours,
        confirmed,
        ..CoverageEntry::blank(f.client, id)
    }
}

/// Ten people on the first line, the last of them absent; the absence.
pub(super) fn ten(plant: &Plant, f: &Factory, day: Day) -> AttendanceEntry {
    let people: Vec<_> = (0..10).map(|n| hire(plant, f, &format!("P{}-{n}", day.0), Some("Sewing"))).collect();
    let mut rows: Vec<_> = people.iter().map(|id| came(on_list(f, *id, day, 0))).collect();
    rows[9] = absent(on_list(f, people[9], day, 0), Absence::Medical);
    plant.write(|w| w.put_all(&rows));
    rows.remove(9)
}

/// Net and gross absenteeism of a day, as shown.
fn absenteeism(plant: &Plant, day: Day) -> [String; 2] {
    let row = plant.ask(&question("absenteeism", day, day, &[])).rows.remove(0);
    [row.value, row.beside.map(|gross| gross.value)].map(|value| value.map_or("—".into(), |v| format!("{v:.3}")))
}

fn sound(plant: &Plant) {
    let report = plant.store.verify(&plant.admin, &mut |_, _| {}).unwrap();
    assert!(report.is_sound(), "{:?}", report.first());
}

fn login(plant: &Plant, role: Role, clients: &[Id<Client>]) -> Session {
    let new = NewAccount {
        name: role.word().into(),
        display_name: role.word().into(),
        role,
        clients: clients.into(),
        password: "a long enough phrase 8".into(),
        forced_change: false,
        language: "en".into(),
    };
    plant.store.user_add(&plant.admin, &new).unwrap();
    plant.store.login(role.word(), "a long enough phrase 8").unwrap()
}

#[test]
fn one_of_ten_absent_is_ten_per_cent_and_a_confirmed_cover_leaves_it_gross() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let missing = ten(&plant, &f, DAY);
    assert_eq!(absenteeism(&plant, DAY), ["10.000", "10.000"]);
    let id = plant.write(|w| Ok(w.fresh()));
    plant.write(|w| w.put(&cover(&f, id, &missing, 1, false)));
    assert_eq!(absenteeism(&plant, DAY), ["10.000", "10.000"], "asked for, not confirmed");
    plant.write(|w| w.put(&cover(&f, id, &missing, 1, true)));
    assert_eq!(absenteeism(&plant, DAY), ["0.000", "10.000"]);
    plant.write(|w| w.remove::<CoverageEntry>(f.client, id));
    assert_eq!(absenteeism(&plant, DAY), ["10.000", "10.000"]);
    sound(&plant);
}

#[test]
fn without_a_list_absenteeism_is_undefined() {
    let plant = plant();
    plant.client("ACME", Basis::Labour);
    let row = plant.ask(&question("absenteeism", DAY, DAY, &[])).rows.remove(0);
    assert_eq!((row.value, row.beside, row.why.as_deref()), (None, None, Some("no_rows")));
}

#[test]
fn a_cover_moves_the_line_of_the_absence_and_the_line_it_works_on() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    for line in 0..2 {
        plant.make(&f, Made { line, entries: vec![(0, 100, 0, None)], ..Made::default() });
    }
    let missing = ten(&plant, &f, DAY);
    let by_line = |kpi: &str| shown(&plant.ask(&question(kpi, DAY, DAY, &["line"])));
    assert_eq!(by_line("efficiency"), pairs(&[("L1", "12.500"), ("L2", "12.500")]));
    let id = plant.write(|w| Ok(w.fresh()));
    let idle = CoverageEntry { idle_minutes: Some(240.0), ..cover(&f, id, &missing, 1, true) };
    plant.write(|w| w.put(&idle));
    assert_eq!(by_line("absenteeism"), pairs(&[("L1", "0.000")]));
    // 300 earned of 5 × 480 + 240 available.
    assert_eq!(by_line("efficiency"), pairs(&[("L1", "12.500"), ("L2", "11.364")]));
    plant.write(|w| w.put(&CoverageEntry { line_id: Some(f.lines[0]), ..idle.clone() }));
    assert_eq!(by_line("efficiency"), pairs(&[("L1", "11.364"), ("L2", "12.500")]), "both lines were worked out");
    sound(&plant);
}

#[test]
fn the_people_present_are_the_crew_where_nobody_entered_one() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let open = Made { state: ShiftState::Open, ..Made::default() };
    plant.make(&f, Made { crew: None, entries: vec![(0, 900, 0, None)], ..open.clone() });
    ten(&plant, &f, DAY);
    let row = plant.ask(&question("efficiency", DAY, DAY, &["line"])).rows.remove(0);
    assert_eq!((row.denominator, row.weakest.as_deref()), (9.0 * 480.0, Some("attendance")));
    plant.make(&f, Made { crew: Some(7.0), ..open });
    assert_eq!(plant.ask(&question("efficiency", DAY, DAY, &["line"])).rows[0].denominator, 7.0 * 480.0);
    sound(&plant);
}

#[test]
fn a_change_of_department_moves_the_rows() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let (ann, bob) = (hire(&plant, &f, "ANN", Some("Sewing")), hire(&plant, &f, "BOB", Some("Cutting")));
    let rows = [came(on_list(&f, ann, DAY, 0)), absent(on_list(&f, bob, DAY, 0), Absence::Personal)];
    plant.write(|w| w.put_all(&rows));
    let by = || shown(&plant.ask(&question("absenteeism", DAY, DAY, &["department"])));
    assert_eq!(by(), pairs(&[("Cutting", "100.000"), ("Sewing", "0.000")]));
    plant.write(|w| {
        let row: Employee = w.get(f.client, bob)?;
        w.put(&Employee { department: Some("Sewing".into()), ..row })
    });
    assert_eq!(by(), pairs(&[("Sewing", "50.000")]));
    let only = Ask { departments: Some(vec!["Cutting".into()]), ..question("absenteeism", DAY, DAY, &[]) };
    assert_eq!(plant.ask(&only).rows[0].value, None);
    sound(&plant);
}

#[test]
fn a_list_without_line_or_shift_counts_for_the_client() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let ann = hire(&plant, &f, "ANN", None);
    let id = AttendanceEntry::fact(f.client, ann, DAY, None);
    let row =
        AttendanceEntry { id, shift_id: None, line_id: None, ..absent(on_list(&f, ann, DAY, 0), Absence::Medical) };
    plant.write(|w| w.put(&row));
    assert_eq!(absenteeism(&plant, DAY), ["100.000", "100.000"]);
    let by = |word| shown(&plant.ask(&question("absenteeism", DAY, DAY, &[word])));
    assert_eq!([by("line"), by("shift"), by("department")], [(); 3].map(|()| pairs(&[("—", "100.000")])));
    sound(&plant);
}

#[test]
fn what_counts_as_absent_follows_the_client_s_policy_at_once() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    ten(&plant, &f, DAY);
    let unscheduled_only = ClientSetting { counted_absences: Some(1), ..ClientSetting::usual(f.client) };
    plant.write(|w| w.put(&unscheduled_only));
    assert_eq!(absenteeism(&plant, DAY), ["0.000", "0.000"], "an illness does not count any more");
    sound(&plant);
}

#[test]
fn staffing_coverage_is_people_there_of_those_needed() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    ten(&plant, &f, DAY);
    let need = |line: usize, id, required, actual| {
        let (shift_id, line_id, day) = (f.shift, f.lines[line], DAY);
        plant.write(|w| w.put(&Staffing { day, shift_id, line_id, required, actual, ..Staffing::blank(f.client, id) }))
    };
    let id = |number: u8| Id::from_bytes([number; 16]);
    need(0, id(1), Some(12.0), None);
    let row = plant.ask(&question("coverage", DAY, DAY, &[])).rows.remove(0);
    assert_eq!((row.value, row.estimated_numerator, row.weakest.as_deref()), (Some(75.0), 1.0, Some("attendance")));
    need(1, id(2), Some(8.0), Some(6.0));
    let by_line = shown(&plant.ask(&question("coverage", DAY, DAY, &["line"])));
    assert_eq!(by_line, pairs(&[("L1", "75.000"), ("L2", "75.000")]));
    need(1, id(3), Some(8.0), Some(8.0));
    assert_eq!(plant.ask(&question("coverage", DAY, DAY, &[])).rows[0].value, Some(85.0), "the newer row counts");
    sound(&plant);
}

#[test]
fn labour_hours_stand_with_how_they_are_paid() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let ann = hire(&plant, &f, "ANN", None);
    let row = AttendanceEntry {
        actual_hours: Some(12.0),
        normal_hours: Some(8.0),
        double_hours: Some(2.0),
        triple_hours: Some(1.0),
        ..on_list(&f, ann, DAY, 0)
    };
    plant.write(|w| w.put(&row));
    let row = plant.ask(&question("labour_hours", DAY, DAY, &[])).rows.remove(0);
    let parts: Vec<_> = row.parts.iter().map(|part| (part.name.as_str(), part.value)).collect();
    let wanted = [("normal_hours", 8.0), ("double_hours", 2.0), ("triple_hours", 1.0), ("unsplit_hours", 1.0)];
    assert_eq!((row.value, parts), (Some(12.0), wanted.to_vec()));
}

#[test]
fn a_ratio_s_interval_is_taken_between_line_shifts() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let people: Vec<_> = (0..4).map(|n| hire(&plant, &f, &format!("P{n}"), Some(["A", "B"][n % 2]))).collect();
    for day in 0..6 {
        let list = |(n, id): (usize, &Id<Employee>)| {
            let row = on_list(&f, *id, DAY.plus(day), 0);
            if n as i32 == day { absent(row, Absence::Unscheduled) } else { came(row) }
        };
        let rows: Vec<_> = people.iter().enumerate().map(list).collect();
        plant.write(|w| w.put_all(&rows));
    }
    let whole = |by: &[&str]| plant.ask(&question("absenteeism", DAY, DAY.plus(5), by)).rows;
    let (all, by_line, by_department) = (whole(&[]), whole(&["line"]), whole(&["department"]));
    assert_eq!(all[0].line_shifts, 6);
    assert_eq!(
        all[0].interval.map(|i| i.map(|x| format!("{x:.6}"))),
        by_line[0].interval.map(|i| i.map(|x| format!("{x:.6}")))
    );
    // Six days of 36 hours, 9 of them missing on four: s² = Σ(x − R·y)²·n / ((n − 1)(Σy)²), t of 5 degrees.
    let r: f64 = 36.0 / 216.0;
    let squares = 4.0 * (9.0 - r * 36.0_f64).powi(2) + 2.0 * (r * 36.0).powi(2);
    let half = 2.570_581_835_636_197 * (squares * 6.0 / 5.0).sqrt() / 216.0;
    let [low, high] = all[0].interval.unwrap();
    assert!((low - 100.0 * (r - half)).abs() < 1e-6 && (high - 100.0 * (r + half)).abs() < 1e-6, "{low} {high}");
    assert!(by_department.iter().all(|row| row.line_shifts == 6 && row.interval.is_some()));
    assert!(plant.ask(&question("absenteeism", DAY, DAY.plus(3), &[])).rows[0].interval.is_none(), "four say nothing");
}

/// Twenty days of uneven lists of a client, with covers and needs.
fn uneven(plant: &Plant, f: &Factory, mut seed: u64) {
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let departments = [Some("Sewing"), Some("Cutting"), None];
    let people: Vec<_> = (0..6).map(|n| hire(plant, f, &format!("P{n}"), departments[n % 3])).collect();
    plant.write(|w| {
        for day in 0..20 {
            for id in &people {
                let row = on_list(f, *id, DAY.plus(day), next(2) as usize);
                let hours = |n: u64| (n > 0).then_some(n as f64);
                let row = AttendanceEntry {
                    scheduled_hours: (next(5) > 0).then_some(9.0),
                    actual_hours: hours(next(10)),
                    absent_hours: (next(3) == 0).then(|| next(9) as f64),
                    absence: (next(2) == 0).then(|| Absence::ALL[next(7) as usize]),
                    ..row
                };
                w.put(&row)?;
                if next(4) == 0 {
                    let id = w.fresh();
                    w.put(&cover(f, id, &row, next(2) as usize, next(2) == 0))?;
                }
            }
            let (shift_id, line_id) = (f.shift, f.lines[next(2) as usize]);
            let required = Some(next(6) as f64);
            w.put(&Staffing {
                day: DAY.plus(day),
                shift_id,
                line_id,
                required,
                ..Staffing::blank(f.client, w.fresh())
            })?;
        }
        Ok(())
    });
}

const CODES: [&str; 3] = ["absenteeism", "labour_hours", "coverage"];

#[test]
fn departments_lines_and_days_add_up_to_the_whole_and_the_sums_are_what_the_rows_make() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Machine)];
    factories.iter().zip([3, 11]).for_each(|(f, seed)| uneven(&plant, f, seed));
    for code in CODES {
        let whole = plant.ask(&question(code, DAY, DAY.plus(19), &[])).rows.remove(0);
        assert!(whole.numerator > 0.0, "{code}");
        for word in named(code).unwrap().groupings.iter().map(|by| by.word()).chain(["day", "week", "month"]) {
            let rows = plant.ask(&question(code, DAY, DAY.plus(19), &[word])).rows;
            let sum = |of: fn(&AnswerRow) -> f64| rows.iter().map(of).sum::<f64>();
            let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
            assert!(same(sum(|row| row.numerator), whole.numerator), "{code} by {word}");
            assert!(code == "labour_hours" || same(sum(|row| row.denominator), whole.denominator), "{code} by {word}");
            assert_eq!(rows.iter().map(|row| row.rows).sum::<i64>(), whole.rows, "{code} by {word}");
        }
    }
    sound(&plant);
    let before: Vec<_> = CODES.map(|code| plant.ask(&question(code, DAY, DAY.plus(19), &["line", "day"])).rows).into();
    plant.store.rebuild_sums(&plant.admin, &mut |_, _| {}).unwrap();
    let after: Vec<_> = CODES.map(|code| plant.ask(&question(code, DAY, DAY.plus(19), &["line", "day"])).rows).into();
    assert_eq!(before, after);
}

#[test]
fn a_client_s_people_never_move_another_client_s_numbers() {
    let plant = plant();
    let [acme, bolt] = ["ACME", "BOLT"].map(|code| plant.client(code, Basis::Labour));
    uneven(&plant, &acme, 5);
    let ask = |code: &str| {
        plant.ask(&Ask { clients: Some(vec![acme.client]), ..question(code, DAY, DAY.plus(19), &["line"]) })
    };
    let before = CODES.map(ask);
    uneven(&plant, &bolt, 6);
    assert_eq!(before, CODES.map(ask));
}

#[test]
fn whoever_may_not_read_why_still_gets_the_same_number() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let people: Vec<_> = (0..3).map(|n| hire(&plant, &f, &format!("P{n}"), None)).collect();
    let rows = [
        came(on_list(&f, people[0], TODAY, 0)),
        AttendanceEntry { absence: Some(Absence::Vacation), ..on_list(&f, people[1], TODAY, 0) },
        AttendanceEntry { absence: Some(Absence::Medical), ..on_list(&f, people[2], TODAY, 0) },
    ];
    plant.write(|w| w.put_all(&rows));
    plant.make(&f, Made { day: TODAY, state: ShiftState::Open, ..Made::default() });
    let today = question("absenteeism", TODAY, TODAY, &[]);
    for role in [Role::Viewer, Role::Operator, Role::Supervisor] {
        let who = login(&plant, role, &[f.client]);
        let answer = plant.store.repository(&who).unwrap().read(|r| ask(r, None, &today)).unwrap();
        assert_eq!(answer.so_far.and_then(|row| row.value), Some(50.0), "{}", role.word());
    }
}

#[test]
fn a_save_by_who_may_not_read_why_leaves_the_number() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let people: Vec<_> = (0..2).map(|n| hire(&plant, &f, &format!("P{n}"), None)).collect();
    let off = AttendanceEntry { absence: Some(Absence::Vacation), ..on_list(&f, people[1], DAY, 0) };
    plant.write(|w| w.put_all(&[absent(on_list(&f, people[0], DAY, 0), Absence::Medical), off]));
    let line_shift = plant.make(&f, Made { state: ShiftState::Open, ..Made::default() });
    let before = plant.ask(&question("absenteeism", DAY, DAY, &[]));
    assert_eq!(before.rows[0].denominator, 9.0);
    let operator = login(&plant, Role::Operator, &[f.client]);
    let id = plant.write(|w| Ok(w.fresh()));
    let entry = produced(&f, id, line_shift, (0, 10, 0, None));
    plant.store.repository(&operator).unwrap().write(|w| w.put(&entry)).unwrap();
    assert_eq!(plant.ask(&question("absenteeism", DAY, DAY, &[])).rows, before.rows);
    sound(&plant);
}

#[test]
fn an_explanation_lists_the_people_as_its_reader_may_see_them() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    ten(&plant, &f, DAY);
    let asked = Explain { ask: question("absenteeism", DAY, DAY, &[]), offset: 0, limit: 10, rows: true };
    for (role, sees) in [(Role::Viewer, false), (Role::Operator, false), (Role::Supervisor, true)] {
        let who = login(&plant, role, &[f.client]);
        let told = plant.store.repository(&who).unwrap().read(|r| explain(r, None, &asked)).unwrap();
        assert_eq!((told.row.value, told.total), (Some(10.0), 1));
        assert_eq!(told.formula, "uncovered_hours / scheduled_hours × 100 = 9 / 90 × 100 = 10 %");
        let shift = &told.line_shifts[0];
        assert_eq!((shift.elements["uncovered_hours"], shift.elements["scheduled_hours"]), (9.0, 90.0));
        assert_eq!(shift.entries.len(), 10);
        let why: Vec<_> = shift.entries.iter().filter_map(|entry| entry.values.get("absence")).collect();
        assert_eq!(!why.is_empty(), sees, "{}: {why:?}", role.word());
        assert_eq!(shift.entries[0].author.as_deref(), Some("Ada"));
    }
}
