//! Picks the lines in which a test runner sums itself up.

/// The runner's own summary lines, without colours.
pub(crate) fn of(lines: &[String]) -> Vec<String> {
    let plain = lines.iter().map(|line| without_colour(line).trim().to_owned());
    plain.filter(|line| sums_up(line)).collect()
}

fn sums_up(line: &str) -> bool {
    let starts = ["Summary [", "test result:", "Tests ", "Test Files ", "ℹ tests ", "ℹ pass ", "ℹ fail ", "ℹ skipped "];
    // A crate without tests has nothing to sum up.
    starts.iter().any(|start| line.starts_with(start)) && !line.contains(" 0 passed; 0 failed;")
}

fn without_colour(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line.split("\u{1b}[");
    kept.push_str(rest.next().unwrap_or_default());
    for piece in rest {
        // A colour ends with the first letter after its numbers.
        kept.push_str(piece.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, text)| text));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn every_runner_is_heard_through_its_colours() {
        let said = [
            "\u{1b}[2m Test Files \u{1b}[22m \u{1b}[1m\u{1b}[32m3 passed\u{1b}[39m\u{1b}[22m",
            "\u{1b}[32;1m     Summary\u{1b}[0m [   1.204s] 41 tests run: 41 passed, 0 skipped",
            "ℹ tests 4",
            "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "Testing something else",
        ];
        let lines: Vec<String> = said.iter().map(|&line| line.to_owned()).collect();
        let summed = of(&lines);
        assert_eq!(
            summed,
            ["Test Files  3 passed", "Summary [   1.204s] 41 tests run: 41 passed, 0 skipped", "ℹ tests 4"]
        );
    }
}
