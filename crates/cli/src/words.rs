//! The language of the command line, and its own texts.
use domain::Role;
use std::{collections::BTreeMap, env, io, sync::OnceLock};

/// `es` or `en`, by LINEBOARD_LANG, LC_ALL, LC_MESSAGES or LANG.
pub(crate) fn language() -> &'static str {
    static LANGUAGE: OnceLock<&str> = OnceLock::new();
    LANGUAGE.get_or_init(|| {
        let names = ["LINEBOARD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        let set = names.iter().find_map(|n| env::var(n).ok().filter(|v| !v.is_empty()));
        if set.is_some_and(|v| v.to_lowercase().starts_with("es")) { "es" } else { "en" }
    })
}

type Catalogue = BTreeMap<String, String>;

fn catalogue(language: &str) -> Catalogue {
    let text = if language == "es" { include_str!("../words/es.json") } else { include_str!("../words/en.json") };
    serde_json::from_str(text).unwrap_or_default()
}

fn words() -> &'static Catalogue {
    static WORDS: OnceLock<Catalogue> = OnceLock::new();
    WORDS.get_or_init(|| catalogue(language()))
}

/// A text of the command line with its `{names}` filled in.
pub(crate) fn say(key: &str, values: &[(&str, String)]) -> String {
    filled(words().get(key).map_or(key, String::as_str), values)
}

/// The same; none where there is no such text, or the values leave a name of it open.
pub(crate) fn own(key: &str, values: &[(&str, String)]) -> Option<String> {
    let text = words().get(key)?;
    let is_given = |name: &str| values.iter().any(|(given, _)| *given == name);
    let mut names = text.split('{').skip(1).filter_map(|part| part.split('}').next());
    names.all(is_given).then(|| filled(text, values))
}

fn filled(text: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(text.into(), |t, (name, value)| t.replace(&format!("{{{name}}}"), value))
}

/// So many of something: `KEY.one` for one, else `KEY.other`, with the number as `{n}`.
pub(crate) fn counted(key: &str, n: u64) -> String {
    say(&format!("{key}.{}", if n == 1 { "one" } else { "other" }), &[("n", n.to_string())])
}

/// What a person is in the plant.
pub(crate) fn role(role: Role) -> String {
    say(&format!("role_{}", role.word()), &[])
}

/// A table as people call it.
pub(crate) fn table_name(table: &str) -> String {
    own(&format!("table_{table}"), &[]).unwrap_or_else(|| table.into())
}

/// Why the system refuses a file; what is rare is told in the system's own words.
pub(crate) fn cause(e: &io::Error) -> String {
    let key = match e.kind() {
        io::ErrorKind::NotFound => "cause_not_found",
        io::ErrorKind::PermissionDenied => "cause_denied",
        io::ErrorKind::AlreadyExists => "cause_exists",
        io::ErrorKind::IsADirectory => "cause_folder",
        io::ErrorKind::NotADirectory => "cause_no_folder",
        io::ErrorKind::StorageFull => "cause_full",
        io::ErrorKind::ReadOnlyFilesystem => "cause_read_only",
        io::ErrorKind::InvalidData => "cause_no_text",
        _ => return e.to_string(),
    };
    say(key, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_texts_and_names() {
        let (en, es) = (catalogue("en"), catalogue("es"));
        assert!(!en.is_empty());
        assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
        let names = |t: &str| {
            let mut n: Vec<_> = t.split('{').skip(1).filter_map(|p| p.split('}').next()).map(String::from).collect();
            n.sort();
            n
        };
        for (key, text) in &en {
            assert_eq!(names(text), names(&es[key]), "{key}");
        }
    }

    #[test]
    fn every_table_and_role_has_a_name_and_what_is_counted_has_two_forms() {
        let en = catalogue("en");
        for table in domain::logged() {
            assert!(en.contains_key(&format!("table_{}", table.table)), "{}", table.table);
        }
        for role in Role::ALL {
            assert!(en.contains_key(&format!("role_{}", role.word())), "{}", role.word());
        }
        for one in en.keys().filter_map(|key| key.strip_suffix(".one")) {
            assert!(en.contains_key(&format!("{one}.other")), "{one}");
        }
    }

    #[test]
    fn a_text_whose_names_are_not_all_given_is_left_to_the_window_s() {
        let given = [("value", "hour".to_string())];
        assert_eq!(own("fault.grouping", &given), None);
        let whole = own("fault.grouping", &[given[0].clone(), ("allowed", "line".into())]);
        assert!(whole.is_some_and(|text| text.contains("hour") && text.contains("line")));
    }
}
