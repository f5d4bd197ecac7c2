//! Which column holds which field.
use super::{
    fields::{Field, Shape, What},
    profile::{Profile, Profiles},
    table::Table,
    why::Why,
};
use domain::Fault;
use std::collections::BTreeMap;

/// The field of each column of a file; none for a column that is left out.
pub type Mapping = BTreeMap<String, Option<String>>;

/// The likeness from which a word is taken for another.
const ALIKE: f64 = 0.8;

/// Guesses the field of every column from its name and what it holds.
pub fn guess(what: impl Into<What>, table: &Table, profiles: &Profiles) -> Mapping {
    let fields = what.into().fields();
    let names: Vec<String> = table.columns.iter().map(|c| normal(c)).collect();
    let mut pairs = Vec::new();
    for (column, name) in names.iter().enumerate() {
        for (place, field) in fields.iter().enumerate() {
            let score = likeness(name, field);
            let fit = fits(field.shape, &profiles.columns[column]);
            // A column of the right name but with wrong cells is taken if no other is: its errors then name the cells.
            if score >= if fit { ALIKE } else { 1.0 } {
                pairs.push((if fit { score } else { score - 1.0 }, column, place));
            }
        }
    }
    // The best pair first; among equals the leftmost column.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut taken: Vec<Option<usize>> = vec![None; names.len()];
    for (_, column, place) in pairs {
        if taken[column].is_none() && !taken.contains(&Some(place)) {
            taken[column] = Some(place);
        }
    }
    only_day(fields, profiles, &mut taken);
    let field = |place: &Option<usize>| place.map(|p| fields[p].name.to_string());
    table.columns.iter().cloned().zip(taken.iter().map(field)).collect()
}

/// Takes the only column of days for the day, whatever its name.
fn only_day(fields: &[Field], profiles: &Profiles, taken: &mut [Option<usize>]) {
    let Some(day) = fields.iter().position(|f| f.name == "day") else { return };
    let dated = |p: &Profile| p.filled > 0 && p.dated();
    let columns: Vec<usize> = (0..taken.len()).filter(|c| dated(&profiles.columns[*c])).collect();
    if let ([column], false) = (columns.as_slice(), taken.contains(&Some(day)))
        && taken[*column].is_none()
    {
        taken[*column] = Some(day);
    }
}

/// Whether a column can hold a field at all.
fn fits(shape: Shape, column: &Profile) -> bool {
    match shape {
        Shape::Day => column.dated() || column.filled == 0 || column.numeric(),
        Shape::Count | Shape::Real => column.numeric(),
        Shape::Code | Shape::Text | Shape::Start | Shape::Basis | Shape::Truth => true,
    }
}

/// How much a column's name is like a field's: 2 for its own name, 1 for one of its words.
fn likeness(name: &str, field: &Field) -> f64 {
    let own = field.name.replace('_', " ");
    if name == own {
        return 2.0;
    }
    if field.words().any(|w| w == name) {
        return 1.0;
    }
    field.words().map(|w| pairs_shared(name, w)).fold(pairs_shared(name, &own), f64::max).min(0.99)
}

/// Dice's coefficient over pairs of letters; short words must be the same.
fn pairs_shared(a: &str, b: &str) -> f64 {
    let pairs = |t: &str| t.as_bytes().windows(2).map(|w| [w[0], w[1]]).collect::<Vec<_>>();
    let (left, mut right) = (pairs(a), pairs(b));
    let all = left.len() + right.len();
    if left.len() < 4 || right.len() < 4 {
        return 0.0;
    }
    let shared = left.iter().filter(|p| right.iter().position(|q| &q == p).map(|at| right.swap_remove(at)).is_some());
    let shared = u32::try_from(shared.count()).unwrap_or(0);
    2.0 * f64::from(shared) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}

/// A name in small letters without accents, brackets, signs and little words.
pub fn normal(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let (mut depth, mut small) = (0, false);
    for c in name.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            c if depth > 0 && c != ')' => {}
            c if c.is_alphanumeric() => {
                if c.is_uppercase() && small {
                    text.push(' ');
                }
                small = c.is_lowercase();
                text.extend(c.to_lowercase().map(unaccented));
            }
            _ => {
                text.push(' ');
                small = false;
            }
        }
    }
    let little = |w: &&str| !matches!(*w, "de" | "del" | "la" | "el" | "las" | "los" | "the");
    text.split_whitespace().filter(little).collect::<Vec<_>>().join(" ")
}

fn unaccented(c: char) -> char {
    match c {
        'á' | 'à' => 'a',
        'é' | 'è' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        c => c,
    }
}

/// Refuses a mapping that names what is not there, or one field twice.
pub fn check(what: impl Into<What>, table: &Table, mapping: &Mapping) -> Result<(), Fault> {
    let what = what.into();
    let mut seen = Vec::new();
    for (column, field) in mapping {
        if !table.columns.contains(column) {
            return Err(unknown(Why::NoSuchColumn, column, table.columns.iter().map(String::as_str)));
        }
        let Some(field) = field else { continue };
        if what.field(field).is_none() {
            return Err(unknown(Why::NoSuchField, field, what.fields().iter().map(|f| f.name)));
        }
        if seen.contains(&field) {
            return Err(Why::FieldTwice.fault().at("mapping").with("value", field));
        }
        seen.push(field);
    }
    Ok(())
}

/// A column or field that is not there, with those that are.
fn unknown<'a>(why: Why, value: &str, allowed: impl Iterator<Item = &'a str>) -> Fault {
    why.fault().at("mapping").with("value", value).with("allowed", allowed.collect::<Vec<_>>().join(", "))
}

/// The needed fields that no column holds.
pub fn unmapped(what: impl Into<What>, mapping: &Mapping, client_chosen: bool) -> Vec<&'static str> {
    let held = |name: &str| mapping.values().flatten().any(|f| f == name);
    let needed = |f: &&Field| f.required || (f.name == "client" && !client_chosen);
    let fields = what.into().fields();
    fields.iter().filter(needed).map(|f| f.name).filter(|n| !held(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::fields::Kind, *};

    fn guessed(kind: Kind, text: &str) -> Vec<String> {
        let table = Table::open(text.into()).unwrap();
        let mapping = guess(kind, &table, &Profiles::of(&table).unwrap());
        table.columns.iter().map(|c| mapping[c].clone().unwrap_or("-".into())).collect()
    }

    #[test]
    fn the_garment_factorys_production_is_understood() {
        let text = "source_row,client,day,shift,line,product,standard_minutes,crew,shift_minutes,overtime_operator_minutes,units,style_changes,published_productivity,published_target\n\
                    2,C,2015-01-01,DAY,T,P,26.16,59,480,7080,1273,0,0.94,0.8\n";
        let expected = "- client day shift line product standard_minutes crew net_minutes overtime produced - - -";
        assert_eq!(guessed(Kind::Production, text).join(" "), expected);
    }

    #[test]
    fn the_garment_factorys_stops_are_understood() {
        let text =
            "source_row,client,day,shift,line,reason,minutes,stations_affected\n6,C,2015-02-04,DAY,T,IDLE,90,10\n";
        assert_eq!(guessed(Kind::Downtime, text).join(" "), "- client day shift line reason minutes affected");
    }

    #[test]
    fn spanish_headers_with_accents_and_units_are_understood() {
        let text = "Fecha;Turno;Línea;Estilo;Operarios;Minutos netos (min);Piezas producidas;Defectuosas;Observaciones\n\
                    01/02/2026;A;L1;E;10;480;100;1;x\n";
        let expected = "day shift line product crew net_minutes produced defective note";
        assert_eq!(guessed(Kind::Production, text).join(" "), expected);
    }

    #[test]
    fn camel_case_and_small_misspellings_are_understood() {
        let text = "ProductionDate,LineCode,UnitsProducd,Opperators\n2026-01-01,L,5,3\n";
        assert_eq!(guessed(Kind::Production, text).join(" "), "day line produced crew");
    }

    #[test]
    fn a_column_of_words_is_a_count_only_by_its_very_name() {
        assert_eq!(guessed(Kind::Production, "day,line,units\n2026-01-01,L,many\n").join(" "), "day line produced");
        assert_eq!(guessed(Kind::Production, "day,line,unitss\n2026-01-01,L,many\n").join(" "), "day line -");
        assert_eq!(
            guessed(Kind::Production, "day,line,units,qty\n2026-01-01,L,many,5\n").join(" "),
            "day line - produced"
        );
    }

    #[test]
    fn the_only_column_of_days_is_the_day() {
        assert_eq!(guessed(Kind::Production, "when,line\n2026-01-01,L\n").join(" "), "day line");
    }

    #[test]
    fn lines_and_products_are_understood() {
        assert_eq!(guessed(Kind::Line, "Línea,Nombre,Tipo\nL,x,labour\n").join(" "), "code name basis");
        assert_eq!(
            guessed(Kind::Product, "SKU,Description,SMV,Valid from\nP,x,1.5,2026-01-01\n").join(" "),
            "code name standard_minutes valid_from"
        );
    }

    #[test]
    fn a_wrong_mapping_is_refused() {
        let table = Table::open("a,b\n1,2\n".into()).unwrap();
        let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(c, f)| (c.to_string(), Some(f.to_string()))).collect();
        let code = |m: &Mapping| check(Kind::Line, &table, m).map_err(|f| f.code);
        assert_eq!(code(&map(&[("a", "code"), ("b", "name")])), Ok(()));
        assert_eq!(code(&map(&[("a", "code"), ("b", "code")])), Err("field_twice".into()));
        let said = |m: &Mapping| check(Kind::Line, &table, m).map_err(|f| (f.code.clone(), f.say("en")));
        let (column, field) = (said(&map(&[("c", "code")])).unwrap_err(), said(&map(&[("a", "hour")])).unwrap_err());
        assert_eq!(column, ("no_such_column".into(), "The file has no column c. It has: a, b.".into()));
        assert!(field.0 == "no_such_field" && field.1.contains("hour") && field.1.contains("basis"), "{field:?}");
        assert_eq!(unmapped(Kind::Line, &map(&[("b", "name")]), false), ["client", "code"]);
        assert_eq!(unmapped(Kind::Line, &map(&[("b", "name")]), true), ["code"]);
    }
}
