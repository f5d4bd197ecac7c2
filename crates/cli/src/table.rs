//! Rows of words for people.
use domain::time::Instant;
use serde_json::Value as Json;

/// Columns as wide as what they hold; numbers stand to the right.
pub(crate) fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let wide = |i: usize| {
        let cells = rows.iter().filter_map(|r| r.get(i)).chain(head.get(i));
        cells.map(|c| c.chars().count()).max().unwrap_or(0)
    };
    let number = |i: usize| {
        rows.iter()
            .filter_map(|r| r.get(i))
            .all(|c| c == "—" || c.starts_with(|f: char| f.is_ascii_digit() || "+-".contains(f)))
    };
    let line = |cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(i, c)| {
            let space = " ".repeat(wide(i) - c.chars().count());
            if number(i) { format!("{space}{c}") } else { format!("{c}{space}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    let lines = std::iter::once(line(head)).chain(rows.iter().map(|r| line(r)));
    lines.collect::<Vec<_>>().join("\n")
}

/// A number with so many digits behind the point; "—" where there is none.
pub(crate) fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "—".into(), |v| format!("{v:.digits$}"))
}

/// A text of an answer.
pub(crate) fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_string()
}

/// A moment as it may be typed again.
pub(crate) fn moment(json: &Json) -> String {
    json.as_i64().map_or_else(|| "—".into(), |ms| Instant(ms).to_string().replace(".000Z", "Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_words_left() {
        let rows = [["A", "7.5"], ["LONG", "—"]].map(|r| r.map(String::from).to_vec());
        let text = table(&["line".into(), "%".into()], &rows);
        assert_eq!(text, "line    %\nA     7.5\nLONG    —");
    }
}
