//! Lines and products go out.
use super::sheet::Sheet;
use domain::{Id, Line, Product, ProductStandard};
use std::collections::HashMap;
use store::{ClientRef, Reader};

/// The lines of a client.
pub(super) fn lines(r: &Reader<'_>, client: &ClientRef, sheet: &mut Sheet) -> store::Result<()> {
    for line in r.list_where::<Line>(client.id, "1 ORDER BY code", &[])? {
        let basis = line.basis.word();
        sheet.push(vec![
            ("client", client.code.as_str().into()),
            ("code", line.code.into()),
            ("name", line.name.into()),
            ("basis", basis.into()),
        ]);
    }
    Ok(())
}

/// The products of a client, one row for each standard.
pub(super) fn products(r: &Reader<'_>, client: &ClientRef, sheet: &mut Sheet) -> store::Result<()> {
    let mut standards: HashMap<Id<Product>, Vec<ProductStandard>> = HashMap::new();
    for s in r.list_where::<ProductStandard>(client.id, "operation_id IS NULL ORDER BY valid_from", &[])? {
        standards.entry(s.product_id).or_default().push(s);
    }
    for product in r.list_where::<Product>(client.id, "1 ORDER BY code", &[])? {
        let row = || {
            let (code, name) = (product.code.as_str().into(), product.name.as_str().into());
            vec![("client", client.code.as_str().into()), ("code", code), ("name", name)]
        };
        let own = standards.remove(&product.id).unwrap_or_default();
        if own.is_empty() {
            sheet.push(row());
        }
        for s in own {
            let mut fields = row();
            fields.extend([("standard_minutes", s.minutes.into()), ("valid_from", s.valid_from.to_string().into())]);
            sheet.push(fields);
        }
    }
    Ok(())
}
