//! Which passwords are guessed first.
use std::collections::HashSet;

/// Words and names on every list of stolen passwords, in both languages.
const WORDS: &str = include_str!("common.txt");

/// Rows in which fingers and minds run along, forwards or backwards.
const ROWS: [&str; 7] = [
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjklñ",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// The fewest characters that must come from neither a word nor a run.
const FREE: usize = 5;

/// Whether a guesser tries it among the first: words, names, runs and years.
pub(super) fn guessable(password: &str, names: &[&str]) -> bool {
    let plain: Vec<char> = password.to_lowercase().chars().collect();
    let folded: Vec<char> = plain.iter().map(|c| fold(*c)).collect();
    let named = |n: &&str| n.chars().count() >= 4 && find(&plain, &lower(n)).next().is_some();
    names.iter().any(named) || repeats(&plain) || free(&plain, &folded, names) < FREE
}

fn lower(text: &str) -> Vec<char> {
    text.to_lowercase().chars().collect()
}

/// Reads the digits and signs that stand for letters.
fn fold(c: char) -> char {
    match c {
        '@' | '4' | 'á' => 'a',
        '3' | 'é' => 'e',
        '1' | '!' | 'í' => 'i',
        '0' | 'ó' => 'o',
        '5' | '$' => 's',
        '7' => 't',
        'ú' | 'ü' => 'u',
        c => c,
    }
}

/// Whether it is few characters again and again.
fn repeats(text: &[char]) -> bool {
    let distinct = text.iter().collect::<HashSet<_>>().len();
    let block = |size: usize| text.iter().zip(&text[size..]).all(|(a, b)| a == b);
    distinct < 5 || (1..=8.min(text.len() / 2)).any(block)
}

/// How many characters no word, name, run or year explains; a second word is worth two.
///
/// So one word in disguise is refused, and a phrase of three plain words is not.
fn free(plain: &[char], folded: &[char], names: &[&str]) -> usize {
    let mut known = vec![false; plain.len()];
    let mut words: Vec<_> = WORDS.split_whitespace().chain(names.iter().copied()).map(lower).collect();
    words.retain(|w| w.len() >= 3);
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    let mut found = 0;
    for word in &words {
        let places =
            find(plain, word).chain(find(folded, word)).filter(|at| !known[*at..at + word.len()].contains(&true));
        let places: Vec<usize> = places.collect();
        found += usize::from(!places.is_empty());
        places.iter().for_each(|at| known[*at..at + word.len()].fill(true));
    }
    for at in 0..plain.len() {
        let size = run(&plain[at..]).max(year(&plain[at..]));
        known[at..at + size].fill(true);
    }
    known.iter().filter(|k| !**k).count() + 2 * found.saturating_sub(1)
}

/// Where a word stands in a text.
fn find<'t>(text: &'t [char], word: &'t [char]) -> impl Iterator<Item = usize> + 't {
    text.windows(word.len().max(1)).enumerate().filter(move |(_, w)| *w == word).map(|(at, _)| at)
}

/// The length of the run a text begins with; shorter ones than three are chance.
fn run(text: &[char]) -> usize {
    let same = text.iter().take_while(|c| **c == text[0]).count();
    let along = ROWS.iter().flat_map(|row| [row.chars().collect::<Vec<_>>(), row.chars().rev().collect()]);
    let longest = along.map(|row| follows(text, &row)).max().unwrap_or(0).max(same);
    if longest >= 3 { longest } else { 0 }
}

fn follows(text: &[char], row: &[char]) -> usize {
    let from = |start: usize| text.iter().zip(&row[start..]).take_while(|(a, b)| a == b).count();
    (0..row.len()).map(from).max().unwrap_or(0)
}

/// Four digits that are a year of our times.
fn year(text: &[char]) -> usize {
    match text {
        ['1', '9', a, b, ..] | ['2', '0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() => 4,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::choose;

    #[test]
    fn the_passwords_everybody_tries_are_refused() {
        let common = "123456789012 1234567890123 qwertyuiop12 qwerty123456 1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiopasdfgh
            password1234 Password123! P@ssw0rd1234 passwordpassword iloveyou1234 administrator administrator1 letmein12345
            welcome12345 Welcome2026! changeme2026 lineboard2026 Lineboard-1234 contraseña123 Contrasena2026 tequieromucho
            abcdefghijkl abcabcabcabc 111111111111 aaaaaaaaaaaaa 121212121212 asdfghjkl123 zxcvbnm12345 098765432109
            unbelievable jesuschrist12 liverpool1234 manchesterunited september2026 Diciembre2025! produccion123 aabbaabbaabb
            supervisor123 Password-Admin-12345 poiuytrewq12 abcd1234abcd1234 correcthorsebatterystaple teamoteamoteamo Monkey.dragon1 starwars12345";
        for password in common.split_whitespace() {
            let refused = choose(password, &[]).unwrap_err();
            assert_eq!((refused.code.as_str(), password), ("common_password", password));
        }
    }

    #[test]
    fn a_password_of_its_owners_name_is_refused() {
        for (password, names) in [
            ("maria.lopez-99x", ["maria", "María López"]),
            ("xkT9 MARIA q4Lw2", ["maria", "María López"]),
            ("el patio de maría lópez", ["ml", "María López"]),
            ("ana12345ana1990", ["ana", "A"]),
        ] {
            assert_eq!(choose(password, &names).unwrap_err().code, "common_password", "{password}");
        }
    }

    #[test]
    fn length_is_enough_and_no_sort_of_character_is_demanded() {
        let fine = [
            "copper kettle on mars",
            "tresgatosduermen",
            "bananas on the roof",
            "xkqvjzwmfbtp",
            "kettle-4-lamps-9",
            "9413 7726 0358",
            "summer coffee chocolate",
            "dragon butterfly coffee moon",
            "la lluvia cae en verde",
            "correct horse battery",
            "ΩμέγαΚαιΆλφα",
            "пятница утро чай",
        ];
        for password in fine {
            choose(password, &["ana", "Ana"]).unwrap();
        }
    }

    #[test]
    fn no_password_of_one_sign_or_one_word_with_years_passes() {
        for c in '!'..='~' {
            choose(&c.to_string().repeat(20), &[]).unwrap_err();
        }
        for word in super::WORDS.split_whitespace() {
            let padded = format!("{word}-2026-12345");
            assert_eq!(choose(&padded, &[]).map_err(|f| f.code), Err("common_password".into()), "{padded}");
        }
    }
}
