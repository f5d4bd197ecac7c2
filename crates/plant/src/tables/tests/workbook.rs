//! A table as a workbook.
use super::{Plant, counts, into, of};
use crate::export::Format;
use calamine::{Data, Reader, Xlsx};
use domain::{Line, Product, ProductStandard};
use std::{collections::BTreeSet, io::Cursor};

/// What a spreadsheet might take for something else.
const TEXTS: &[&str] =
    &["=1+1", "'=1", "''+x", "-5", "@sum", "'x", "0012", "1.50", "2026-01-01", "TRUE", "yes", "1e5", "ñandú, \"x\""];

#[test]
fn texts_stay_texts_on_their_way_through_a_workbook() {
    let plant = Plant::new();
    let (a, b) = (plant.client("A"), plant.client("B"));
    let repo = plant.store.repository(&plant.admin).unwrap();
    for text in TEXTS {
        let named = |line: Line| Line { code: (*text).into(), name: (*text).into(), ..line };
        repo.write(|w| w.put(&named(Line::blank(a, w.fresh())))).unwrap();
    }
    let file = plant.file(&plant.admin, of("line").what, Format::Xlsx);
    let columns = plant.out(&plant.admin, of("line").what, Format::Csv).unwrap();
    let wish = into("line", columns.lines().next().unwrap(), b);
    assert_eq!(counts(&plant.take(&plant.admin, &wish, &file, false).unwrap()), (TEXTS.len() as u32, 0, 0));
    let lines = plant.rows::<Line>(b);
    assert!(lines.iter().all(|line| line.code == line.name));
    let codes: BTreeSet<_> = lines.iter().map(|line| line.code.as_str()).collect();
    assert_eq!(codes, TEXTS.iter().copied().collect());
}

#[test]
fn in_a_workbook_days_are_days_numbers_are_numbers_and_nothing_is_a_formula() {
    let plant = Plant::new();
    let a = plant.client("A");
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.write(|w| {
        let product = Product { code: "=P".into(), ..Product::blank(a, w.fresh()) };
        w.put(&product)?;
        let blank = ProductStandard::blank(a, w.fresh());
        let valid_from = domain::Day::of(2026, 2, 28).unwrap();
        w.put(&ProductStandard { product_id: product.id, valid_from, minutes: 12.5, ..blank })
    })
    .unwrap();
    let file = plant.file(&plant.admin, of("product_standard").what, Format::Xlsx);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let of = |name: &str| {
        let column = range.rows().next().unwrap().iter().position(|cell| *cell == *name).unwrap();
        range.get((1, column)).unwrap().clone()
    };
    assert_eq!((of("client"), of("product")), (Data::String("A".into()), Data::String("=P".into())));
    assert_eq!(of("minutes"), Data::Float(12.5));
    assert!(
        matches!(of("valid_from"), Data::DateTime(day) if day.to_ymd_hms_milli().0 == 2026),
        "{:?}",
        of("valid_from")
    );
    assert!(book.worksheet_formula("Sheet1").unwrap().is_empty());
}
