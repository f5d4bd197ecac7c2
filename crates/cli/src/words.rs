//! The language of the command line, and its own texts.
use std::{collections::BTreeMap, env, sync::OnceLock};

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

/// A text of the command line with its `{names}` filled in.
pub(crate) fn say(key: &str, values: &[(&str, String)]) -> String {
    static WORDS: OnceLock<Catalogue> = OnceLock::new();
    let text = WORDS.get_or_init(|| catalogue(language())).get(key).cloned().unwrap_or_else(|| key.into());
    values.iter().fold(text, |t, (name, value)| t.replace(&format!("{{{name}}}"), value))
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
}
