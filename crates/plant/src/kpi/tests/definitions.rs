//! The worked examples, through the definitions of the KPIs.

use super::*;
use domain::elements::{self, Affects, Element, EntryFacts, Facts, Policy, StopFacts, Sums, work};

fn group(shifts: &[Facts]) -> Group {
    shifts.iter().map(work).fold(Group::default(), |mut all, worked| {
        all.add(&Group::of_line_shift(worked.sums, worked.sources));
        all
    })
}

fn value(kpi: &str, shifts: &[Facts]) -> Option<f64> {
    named(kpi).unwrap().value(&group(shifts))
}

fn percent(kpi: &str, shifts: &[Facts]) -> String {
    format!("{:.3}", value(kpi, shifts).unwrap())
}

fn line_shift(crew: f64, net: f64) -> Facts {
    Facts { crew: Some(crew), net_minutes: Some(net), ..Facts::default() }
}

fn entry(produced: f64, standard: f64) -> EntryFacts {
    EntryFacts { produced: Some(produced), product_standard: Some(standard), ..EntryFacts::default() }
}

fn stop(id: u8, minutes: f64) -> StopFacts {
    StopFacts { id: [id; 16], minutes: Some(minutes), ..StopFacts::default() }
}

#[test]
fn efficiency_is_23_148() {
    let facts = Facts { floating_idle: Some(2.0), entries: vec![entry(100.0, 15.0)], ..line_shift(10.0, 540.0) };
    assert_eq!(percent("efficiency", &[facts]), "23.148");
}

#[test]
fn a_ratio_of_sums_is_38() {
    let day = |earned: f64, hours: f64| Facts { entries: vec![entry(earned, 60.0)], ..line_shift(1.0, hours * 60.0) };
    assert_eq!(value("efficiency", &[day(10.0, 40.0), day(9.0, 10.0)]), Some(38.0));
}

#[test]
fn availability_is_99_444_for_a_station_and_94_444_for_the_line() {
    let down = |affects| Facts { stops: vec![StopFacts { affects, ..stop(1, 30.0) }], ..line_shift(10.0, 540.0) };
    assert_eq!(percent("availability", &[down(Affects::Station)]), "99.444");
    assert_eq!(percent("availability", &[down(Affects::Line)]), "94.444");
}

#[test]
fn performance_is_113_636_and_not_capped() {
    let run = EntryFacts { run_minutes: Some(132.0), ..entry(100.0, 15.0) };
    assert_eq!(percent("performance", &[Facts { entries: vec![run], ..line_shift(10.0, 540.0) }]), "113.636");
}

#[test]
fn run_in_clock_minutes_is_accounted_91_667_and_performance_90_909() {
    let run = EntryFacts { run_minutes: Some(440.0), ..entry(400.0, 10.0) };
    let facts = [Facts { entries: vec![run], ..line_shift(10.0, 480.0) }];
    assert_eq!((percent("accounted", &facts), percent("performance", &facts)), ("91.667".into(), "90.909".into()));
}

#[test]
fn the_waterfall_is_93_75_95_556_90_98_and_oee_79_0125() {
    let made = EntryFacts { run_minutes: Some(430.0), defective: Some(2.0), ..entry(100.0, 38.7) };
    let facts = [Facts { entries: vec![made], stops: vec![stop(1, 30.0)], ..line_shift(10.0, 480.0) }];
    let codes = ["availability", "accounted", "performance", "quality_rate"];
    assert_eq!(codes.map(|code| percent(code, &facts)), ["93.750", "95.556", "90.000", "98.000"]);
    assert_eq!(format!("{:.4}", value("oee", &facts).unwrap()), "79.0125");
}

#[test]
fn mtbf_is_60_h_and_mttr_0_75_h() {
    let planned = StopFacts { planned: true, ..stop(3, 120.0) };
    let facts = [Facts { stops: vec![stop(1, 60.0), stop(2, 30.0), planned], ..line_shift(10.0, 7410.0) }];
    assert_eq!((value("mtbf", &facts), value("mttr", &facts)), (Some(60.0), Some(0.75)));
}

#[test]
fn without_a_failure_mtbf_is_undefined_and_shows_its_hours() {
    let none = group(&[line_shift(10.0, 600.0)]);
    let mtbf = named("mtbf").unwrap();
    assert_eq!((mtbf.value(&none), mtbf.numerator.sum(&none), mtbf.undefined), (None, 10.0, "no_failure"));
}

#[test]
fn teep_of_one_machine_line_over_a_week_is_39_683() {
    let shift = Facts {
        basis: elements::Basis::Machine,
        entries: vec![entry(400.0, 1.0)],
        net_minutes: Some(480.0),
        ..Facts::default()
    };
    let mut line = group(&vec![shift; 10]);
    line.count_calendar(Day(20_000), Day(20_006));
    assert_eq!(line.capacity, 7.0 * 1440.0);
    assert_eq!(format!("{:.3}", named("teep").unwrap().value(&line).unwrap()), "39.683");
}

#[test]
fn throughput_counts_good_units_an_hour_of_the_line_s_clock() {
    let made = EntryFacts { defective: Some(20.0), ..entry(500.0, 1.0) };
    let facts = [Facts { entries: vec![made], stops: vec![stop(1, 60.0)], ..line_shift(10.0, 540.0) }];
    assert_eq!(value("throughput", &facts), Some(60.0));
}

#[test]
fn hours_are_run_hours_with_earned_hours_beside() {
    let facts = [Facts { entries: vec![entry(100.0, 15.0)], ..line_shift(10.0, 540.0) }];
    let hours = named("hours").unwrap();
    assert_eq!((value("hours", &facts), hours.beside.unwrap().value(hours, &group(&facts))), (Some(90.0), Some(25.0)));
}

#[test]
fn attainment_counts_only_where_units_were_planned() {
    let planned = Facts { planned_units: Some(200.0), entries: vec![entry(150.0, 1.0)], ..line_shift(1.0, 480.0) };
    let without = Facts { entries: vec![entry(999.0, 1.0)], ..line_shift(1.0, 480.0) };
    assert_eq!(value("attainment", &[planned, without.clone()]), Some(75.0));
    assert_eq!(value("attainment", &[without]), None);
}

#[test]
fn an_undefined_ratio_is_neither_0_nor_100() {
    let empty = Group::default();
    for kpi in KPIS.iter().filter(|kpi| kpi.denominator.quantity != Quantity::Nothing) {
        assert_eq!(kpi.value(&empty), None, "{}", kpi.code);
    }
    let negative = Facts { stops: vec![stop(1, 600.0)], ..line_shift(1.0, 480.0) };
    assert_eq!(value("accounted", &[negative]), None, "less than no time is left");
}

#[test]
fn an_interval_needs_five_line_shifts_and_shrinks_with_more() {
    let efficiency = named("efficiency").unwrap();
    let shift = |made: f64| Facts { entries: vec![entry(made, 1.0)], ..line_shift(1.0, 480.0) };
    let of =
        |made: &[f64]| interval::interval(efficiency, &group(&made.iter().map(|one| shift(*one)).collect::<Vec<_>>()));
    assert_eq!(of(&[200.0, 240.0, 260.0, 300.0]), None);
    let [low, high] = of(&[200.0, 240.0, 260.0, 300.0, 250.0]).unwrap();
    // R = 1250 / 2400; residuals −50, −10, 10, 50, 0; s² = 5200 · 5 / (4 · 2400²); t(4) = 2.7764
    let half = 2.776_445_105 * (5200.0f64 * 5.0 / 4.0).sqrt() / 2400.0 * 100.0;
    assert!((low - (125_000.0 / 2400.0 - half)).abs() < 1e-6 && (high - (125_000.0 / 2400.0 + half)).abs() < 1e-6);
    let [tight_low, tight_high] = of(&[200.0, 240.0, 260.0, 300.0, 250.0].repeat(10)).unwrap();
    assert!(tight_high - tight_low < (high - low) / 3.0);
}

#[test]
fn availability_s_interval_mirrors_that_of_its_stops() {
    let availability = named("availability").unwrap();
    let shifts: Vec<Facts> = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]
        .map(|minutes| Facts { stops: vec![stop(1, minutes)], ..line_shift(1.0, 480.0) })
        .to_vec();
    let all = group(&shifts);
    let [low, high] = interval::interval(availability, &all).unwrap();
    let value = availability.value(&all).unwrap();
    assert!(low < value && value < high && (value - low - (high - value)).abs() < 1e-9);
}

#[test]
fn every_formula_names_the_sums_its_value_is_made_of() {
    let made = EntryFacts { run_minutes: Some(430.0), defective: Some(2.0), ..entry(100.0, 38.7) };
    let facts = Facts {
        entries: vec![made],
        planned_units: Some(110.0),
        stops: vec![stop(1, 30.0)],
        policy: Policy::default(),
        ..line_shift(10.0, 480.0)
    };
    let mut all = group(&[facts]);
    let inspection = elements::QualityFacts {
        inspected: Some(500.0),
        defective: Some(15.0),
        rework: Some(4.0),
        repair: Some(3.0),
        scrap: Some(2.0),
        is_final: true,
        ..Default::default()
    };
    elements::inspect(&[inspection]).rows.iter().for_each(|row| all.sums += &row.sums);
    all.count_calendar(Day(1), Day(1));
    for (place, element) in elements::Family::People.elements().iter().enumerate() {
        all.sums[*element] = 1.0 + place as f64;
    }
    all.sums += &orders();
    // A rolled yield multiplies the steps of a route: its own tests tell.
    for kpi in KPIS.iter().filter(|kpi| kpi.method == Method::Ratio) {
        let text = kpi.write(|name| definition::number(name, &all).to_string());
        let computed = evaluate(&text);
        let value = kpi.value(&all).unwrap();
        assert!(
            (computed - value).abs() < 1e-9 * value.abs().max(1.0),
            "{}: {text} = {computed}, not {value}",
            kpi.code
        );
    }
    assert_eq!(Sums::default().0.len(), elements::Element::COUNT);
}

/// Seven orders due, some of them late, and two in work.
fn orders() -> Sums {
    use Element::*;
    let mut sums = Sums::default();
    let counts = [(ShippedOrders, 5.0), (UnshippedOrders, 2.0), (OnTimeFirst, 3.0), (ShippedComplete, 4.0)];
    let more =
        [(OnTimeComplete, 2.0), (JustifiedLate, 1.0), (JustifiedUnshipped, 1.0), (WipOrders, 2.0), (WipDays, 9.5)];
    counts.into_iter().chain(more).for_each(|(element, count)| sums[element] = count);
    sums
}

#[test]
fn delivery_has_four_answers_and_none_hides_what_another_shows() {
    let group = Group { sums: orders(), ..Group::default() };
    let value = |code: &str| format!("{:.3}", named(code).unwrap().value(&group).unwrap());
    assert_eq!(
        ["otd", "true_otd", "otif", "otd_net", "wip_age"].map(value),
        ["42.857", "50.000", "28.571", "71.429", "4.750"]
    );
    let otd = named("otd").unwrap();
    assert_eq!(otd.beside.unwrap().value(otd, &group), named("otd_net").unwrap().value(&group));
    let [low, high] = interval::interval(otd, &group).unwrap();
    assert_eq!(format!("{low:.2}-{high:.2}"), "15.82-74.95", "Wilson of 3 of 7");
}

/// Evaluates + − × / and brackets from left to right, × and / first.
fn evaluate(text: &str) -> f64 {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    sum(&mut words)
}

type Text<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn sum(words: &mut Text<'_>) -> f64 {
    let mut value = product(words);
    while let Some(sign) = words.next_if(|word| *word == "−" || *word == "+") {
        let next = product(words);
        value = if sign == "−" { value - next } else { value + next };
    }
    value
}

fn product(words: &mut Text<'_>) -> f64 {
    let mut value = factor(words);
    while let Some(sign) = words.next_if(|word| *word == "×" || *word == "/") {
        let next = factor(words);
        value = if sign == "/" { value / next } else { value * next };
    }
    value
}

fn factor(words: &mut Text<'_>) -> f64 {
    match words.next().unwrap() {
        "(" => {
            let value = sum(words);
            assert_eq!(words.next(), Some(")"));
            value
        }
        number => number.parse().unwrap(),
    }
}
