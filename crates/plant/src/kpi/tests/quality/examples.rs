//! The worked examples of inspections, to the digit.

use super::*;

#[test]
fn ppm_of_5_in_500_is_10_000() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(500), defective: Some(5), ..q });
    let ppm = row(&plant, "ppm");
    assert_eq!((ppm.value, ppm.numerator, ppm.denominator, ppm.rows), (Some(10_000.0), 5.0, 500.0, 1));
    assert_eq!((ppm.estimated_share, ppm.weakest), (0.0, None));
    let [low, high] = ppm.interval.unwrap();
    assert_eq!((format!("{low:.0}"), format!("{high:.0}")), ("4279".into(), "23193".into()), "Wilson of 5 in 500");
}

#[test]
fn dpmo_of_products_with_10_and_20_opportunities_is_2_500_and_sigma_4_307() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    for (product, count, units, defects) in [(0, 10, 100, 2), (1, 20, 50, 3)] {
        opportunities(&plant, &f, product, count);
        inspect(&plant, &f, |q| QualityEntry {
            product_id: Some(f.products[product]),
            inspected: Some(units),
            total_defects: Some(defects),
            ..q
        });
    }
    let dpmo = row(&plant, "dpmo");
    assert_eq!((dpmo.value, dpmo.numerator, dpmo.denominator), (Some(2500.0), 5.0, 2000.0));
    let sigma = dpmo.beside.unwrap();
    assert_eq!((sigma.name.as_str(), format!("{:.3}", sigma.value)), ("sigma", "4.307".into()));
    assert_eq!(dpmo.estimated_share, 0.0);
    let [low, high] = dpmo.interval.unwrap();
    // 5 counted events lie between 1.6235 and 11.6683 (Garwood).
    assert_eq!((format!("{:.2}", low * 2e-3), format!("{:.2}", high * 2e-3)), ("1.62".into(), "11.67".into()));
    let by = plant.ask(&question("dpmo", DAY, DAY, &["product"]));
    assert_eq!(shown(&by), pairs(&[("A", "2000.000"), ("B", "3000.000")]));
}

#[test]
fn dpmo_of_15_defects_in_500_units_of_47_opportunities_is_638_298() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    opportunities(&plant, &f, 0, 47);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(500), total_defects: Some(15), ..q });
    assert_eq!(digits(row(&plant, "dpmo").value, 3), "638.298");
}

#[test]
fn sigma_is_3_4_and_6_at_the_rates_of_the_books() {
    for (units, chances, defects, rate, sigma) in [
        (1_000_000, 10, 668_072, "66807.20", "3.000"),
        (100_000_000, 1, 620_967, "6209.67", "4.000"),
        (10_000_000, 1, 34, "3.40", "6.000"),
    ] {
        let plant = plant();
        let f = plant.client("ACME", Basis::Labour);
        opportunities(&plant, &f, 0, chances);
        inspect(&plant, &f, |q| QualityEntry { inspected: Some(units), total_defects: Some(defects), ..q });
        let dpmo = row(&plant, "dpmo");
        assert_eq!((digits(dpmo.value, 2), digits(dpmo.beside.map(|b| b.value), 3)), (rate.into(), sigma.into()));
    }
}

#[test]
fn fpy_of_three_steps_is_95_90_98_and_rty_83_79() {
    let plant = plant();
    let (_, _) = three_steps(&plant);
    let fpy = plant.ask(&question("fpy", DAY, DAY, &["step"]));
    assert_eq!(shown(&fpy), pairs(&[("CUT", "95.000"), ("PACK", "98.000"), ("SEW", "90.000")]));
    let rty = row(&plant, "rty");
    assert_eq!((digits(rty.value, 2), rty.numerator, rty.denominator), ("83.79".into(), 283.0, 300.0));
    assert_eq!((rty.interval, rty.left_out), (None, vec![]));
    assert_eq!(row(&plant, "ppm").value, Some(20_000.0), "only the final step");
    let explained = explained(&plant, "rty");
    assert!(explained.formula.contains(" = 95 / 100 × 98 / 100 × 90 / 100 × 100 = 83.7899"), "{}", explained.formula);
    assert_eq!(explained.steps.iter().map(|s| s.step.as_str()).collect::<Vec<_>>(), ["CUT", "PACK", "SEW"]);
}
