//! Numbers as people write them, with comma or point.

/// Which sign stands before the fraction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// What a text says under each style; none where it says nothing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Numeral {
    /// Read with a decimal point.
    pub point: Option<f64>,
    /// Read with a decimal comma.
    pub comma: Option<f64>,
}

impl Numeral {
    /// Reads a text; none where it is no number under any style.
    pub fn of(text: &str) -> Option<Numeral> {
        let (negative, body) = signed(text.trim())?;
        let (body, exponent) = scaled(body)?;
        let value = |v: f64| Some(v * exponent * if negative { -1.0 } else { 1.0 }).filter(|v: &f64| v.is_finite());
        let point = plain(body, '.', ',').and_then(value);
        let comma = plain(body, ',', '.').and_then(value);
        (point.is_some() || comma.is_some()).then_some(Numeral { point, comma })
    }
    /// The style that the text itself proves.
    pub fn proves(&self) -> Option<Style> {
        match (self.point, self.comma) {
            (Some(_), None) => Some(Style::Point),
            (None, Some(_)) => Some(Style::Comma),
            _ => None,
        }
    }
    /// The number where both readings agree or only one is possible.
    pub fn sure(&self) -> Option<f64> {
        match (self.point, self.comma) {
            (Some(p), Some(c)) if p != c => None,
            (p, c) => p.or(c),
        }
    }
    /// The number in a column of a known style; a text that proves the other is read as it says.
    pub fn under(&self, style: Style) -> Option<f64> {
        match style {
            Style::Point => self.point.or(self.comma),
            Style::Comma => self.comma.or(self.point),
        }
    }
}

/// Splits off the sign: before, behind, or brackets as bookkeepers use.
fn signed(text: &str) -> Option<(bool, &str)> {
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        return Some((true, inner.trim()));
    }
    let minus = |c: char| matches!(c, '-' | '−');
    if let Some(rest) = text.strip_prefix(minus).or_else(|| text.strip_suffix(minus)) {
        return Some((true, rest.trim()));
    }
    Some((false, text.strip_prefix('+').unwrap_or(text)))
}

/// Splits off an exponent as spreadsheets write it (1.2E+03).
fn scaled(text: &str) -> Option<(&str, f64)> {
    let Some((body, power)) = text.split_once(['e', 'E']) else { return Some((text, 1.0)) };
    let power: i32 = power.parse().ok()?;
    (power.abs() <= 300).then(|| (body, 10f64.powi(power)))
}

/// A number with one decimal sign and one grouping sign; groups of three or none.
fn plain(text: &str, decimal: char, grouping: char) -> Option<f64> {
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let whole = ungrouped(whole, grouping)?;
    let number = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
    number.parse().ok()
}

/// The digits of a whole part without what groups them.
fn ungrouped(text: &str, grouping: char) -> Option<String> {
    let groups = |c: char| c == grouping || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    let sign = text.chars().find(|c| groups(*c));
    let Some(sign) = sign else {
        return text.bytes().all(|b| b.is_ascii_digit()).then(|| text.to_string());
    };
    let parts: Vec<&str> = text.split(sign).collect();
    let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let first = (1..=3).contains(&parts[0].len()) && !parts[0].starts_with('0');
    let rest = parts[1..].iter().all(|p| p.len() == 3);
    (digits && first && rest).then(|| parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<f64>, Option<f64>) {
        Numeral::of(text).map_or((None, None), |n| (n.point, n.comma))
    }

    #[test]
    fn a_comma_before_two_digits_is_never_dropped() {
        assert_eq!(read("1,23"), (None, Some(1.23)));
        assert_eq!(read("1.23"), (Some(1.23), None));
        assert_eq!(read("0,123"), (None, Some(0.123)));
        assert_eq!(read("1234,567"), (None, Some(1234.567)));
    }

    #[test]
    fn three_digits_can_be_a_group_or_a_fraction() {
        assert_eq!(read("1,234"), (Some(1234.0), Some(1.234)));
        assert_eq!(read("1.234"), (Some(1.234), Some(1234.0)));
        assert_eq!(Numeral::of("1,234").unwrap().sure(), None);
        assert_eq!(read("1.234.567"), (None, Some(1_234_567.0)));
        assert_eq!(read("1,234.5"), (Some(1234.5), None));
        assert_eq!(read("1.234,5"), (None, Some(1234.5)));
        assert_eq!(read("1 234,5"), (None, Some(1234.5)));
        assert_eq!(read("1\u{a0}234"), (Some(1234.0), Some(1234.0)));
        assert_eq!(read("1'234.5"), (Some(1234.5), None));
    }

    #[test]
    fn signs_brackets_and_powers_are_read() {
        for (text, value) in [("-5", -5.0), ("5-", -5.0), ("(5)", -5.0), ("−5", -5.0), ("+5", 5.0), ("1E+03", 1000.0)]
        {
            assert_eq!(Numeral::of(text).unwrap().sure(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "-",
            ".",
            ",",
            "abc",
            "12x",
            "1,2,3",
            "1.2.3",
            "1,23,456",
            "0,123,456",
            "1 23",
            "NaN",
            "inf",
            "1e",
            "1e999",
            "0x1F",
            "١٢",
            "5 min",
            "12,345.678,9",
            "--5",
            "1..2",
        ] {
            assert_eq!(Numeral::of(text), None, "{text:?}");
        }
    }

    /// Writes thousandths with given signs.
    fn written(thousandths: i64, decimal: char, group: Option<char>) -> String {
        let (whole, fraction) = (thousandths / 1000, thousandths % 1000);
        let digits = whole.to_string();
        let mut text = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if let (Some(g), true) = (group, i > 0 && (digits.len() - i).is_multiple_of(3)) {
                text.push(g);
            }
            text.push(digit);
        }
        format!("{text}{decimal}{fraction:03}")
    }

    proptest! {
        #[test]
        fn every_number_is_read_back_in_its_style(n in 0i64..10_000_000_000, grouped: bool, point: bool) {
            let (decimal, group, style) = if point { ('.', ',', Style::Point) } else { (',', '.', Style::Comma) };
            let text = written(n, decimal, grouped.then_some(group));
            let read = Numeral::of(&text).unwrap().under(style).unwrap();
            let expected = format!("{}.{:03}", n / 1000, n % 1000).parse::<f64>().unwrap();
            prop_assert_eq!(read, expected, "{}", text);
        }
        #[test]
        fn no_reading_joins_a_fraction_to_the_whole(whole in 0u32..1_000_000, fraction in "[0-9]{1,2}|[0-9]{4,6}", sign in "[.,]") {
            let text = format!("{whole}{sign}{fraction}");
            let joined: f64 = format!("{whole}{fraction}").parse().unwrap();
            let n = Numeral::of(&text).unwrap();
            let true_value: f64 = format!("{whole}.{fraction}").parse().unwrap();
            prop_assert_eq!(n.sure(), Some(true_value));
            prop_assert!(joined == true_value || n.point != Some(joined) && n.comma != Some(joined));
        }
        #[test]
        fn any_text_is_read_or_refused_without_harm(text in "\\PC{0,24}|[0-9.,' eE+()-]{0,16}") {
            if let Some(n) = Numeral::of(&text) {
                prop_assert!(n.point.or(n.comma).unwrap().is_finite());
                prop_assert!(text.bytes().any(|b| b.is_ascii_digit()));
            }
        }
    }
}
