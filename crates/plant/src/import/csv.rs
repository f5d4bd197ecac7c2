//! Separated text becomes rows.
use ::csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

/// A text file and what separates its cells.
pub struct Separated {
    text: String,
    start: usize,
    first_line: u32,
    /// Comma, semicolon or tab.
    pub delimiter: u8,
    by_record: bool,
}

impl Separated {
    /// Finds out what separates the cells of a text.
    pub fn of(text: String) -> Self {
        let by_record = !text.contains('\n');
        match told(&text) {
            Some((delimiter, start)) => Separated { text, start, first_line: 1, delimiter, by_record },
            None => {
                let delimiter = guess(&text);
                Separated { text, start: 0, first_line: 0, delimiter, by_record }
            }
        }
    }
    /// Hands every row and its number to `take` until that refuses.
    pub fn each<E>(&self, mut take: impl FnMut(u32, &StringRecord) -> Result<(), E>) -> Result<(), E> {
        let mut reader = reader(&self.text[self.start..], self.delimiter);
        let mut record = StringRecord::new();
        let mut count = 0;
        // Reading characters from memory, of any number per row, cannot fail.
        while reader.read_record(&mut record).unwrap_or(false) {
            count += 1;
            take(self.first_line + self.number(&record, count), &record)?;
        }
        Ok(())
    }
    /// The line a row starts on; rows are counted where only carriage returns end them.
    fn number(&self, record: &StringRecord, count: u32) -> u32 {
        let Some(place) = record.position().filter(|_| !self.by_record) else { return count };
        // The place is where the row before ended; blank lines may follow.
        let from = self.start + usize::try_from(place.byte()).unwrap_or(0);
        let ends = self.text.as_bytes().get(from..).unwrap_or(&[]).iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        let blank = ends.filter(|b| **b == b'\n').count() as u64;
        u32::try_from(place.line() + blank).unwrap_or(u32::MAX)
    }
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// What Excel's own first line `sep=;` says, and where the table starts.
fn told(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let delimiter = *rest.as_bytes().first()?;
    let end = text.find('\n')? + 1;
    (rest.trim_end().len() <= 1 && delimiter.is_ascii()).then_some((delimiter, end))
}

/// The separator that cuts the first rows most evenly.
fn guess(text: &str) -> u8 {
    let mut head = text.len().min(64 * 1024);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    let score = |d: &u8| evenness(&text[..head], *d);
    // The first of equals wins, so the comma comes last for `max_by`.
    [b'\t', b';', b','].into_iter().max_by(|a, b| score(a).total_cmp(&score(b))).unwrap_or(b',')
}

/// How many of the first rows have as many cells as the fullest; nothing for a single column.
fn evenness(head: &str, delimiter: u8) -> f64 {
    let mut reader = reader(head, delimiter);
    let mut record = ByteRecord::new();
    let mut counts = Vec::new();
    while counts.len() < 50 && reader.read_byte_record(&mut record).unwrap_or(false) {
        counts.push(record.len());
    }
    let width = common(&counts);
    if width < 2 {
        return 0.0;
    }
    let even = counts.iter().filter(|n| **n == width).count();
    #[expect(clippy::cast_precision_loss, reason = "fifty rows at most")]
    let (share, bonus) = (even as f64 / counts.len() as f64, width.min(500) as f64 / 1e6);
    share + bonus
}

/// The commonest count.
fn common(counts: &[usize]) -> usize {
    let times = |n: &usize| counts.iter().filter(|c| c == &n).count();
    counts.iter().copied().max_by_key(|n| (times(n), *n)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        let take = |n: u32, r: &StringRecord| -> Result<(), ()> {
            rows.push((n, r.iter().map(String::from).collect()));
            Ok(())
        };
        Separated::of(text.into()).each(take).unwrap();
        rows
    }

    #[test]
    fn the_separator_is_found() {
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b\n1,5;2,5\n3,25;4\n", b';'),
            ("a\tb\n1,5\t2;5\n", b'\t'),
            ("a\nb\n", b','),
            ("\"x;y\",b\n\"1;2;3\",4\n", b','),
        ] {
            assert_eq!(Separated::of(text.into()).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let numbers: Vec<u32> = rows("a,b\n1,2\n\n3,4\r\n5,6").iter().map(|r| r.0).collect();
        assert_eq!(numbers, [1, 2, 4, 5]);
        let numbers: Vec<u32> = rows("a,b\r1,2\r3,4\r").iter().map(|r| r.0).collect();
        assert_eq!(numbers, [1, 2, 3]);
    }

    #[test]
    fn what_excel_says_about_the_separator_is_believed() {
        assert_eq!(
            rows("sep=;\na;b\n1,2;3\n"),
            [(2, vec!["a".into(), "b".into()]), (3, vec!["1,2".into(), "3".into()])]
        );
    }

    #[test]
    fn quotes_hold_separators_and_line_breaks() {
        assert_eq!(rows("a,b\n\"x, \"\"y\"\"\nz\",2\n3,4\n")[1].1, ["x, \"y\"\nz", "2"]);
        assert_eq!(rows("a,b\n\"x\nz\",2\n3,4\n")[2].0, 4);
    }
}
