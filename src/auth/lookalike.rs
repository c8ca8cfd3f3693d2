//! Domain names that look like others: labels that mix scripts as no language does (UTS 39 section 5.2, "highly restrictive"), and
//! labels written wholly in letters that look like Latin ones. What is not certain by these two rules is not said.

use serde::Serialize;

/// Why a name looks like another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Lookalike {
    /// One label mixes these two scripts. `shown`: the name as programs may show it.
    Mixed { shown: String, one: Script, other: Script },
    /// Every letter of one label, all of that script, has a Latin double; `seems`: the label with these.
    Whole { shown: String, script: Script, seems: String },
}

/// The scripts whose letters look like those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

/// What a normalized name looks like; `None` for most.
#[must_use]
pub fn of(name: &str) -> Option<Lookalike> {
    if !name.split('.').any(|label| label.starts_with("xn--")) {
        return None;
    }
    let (shown, _) = idna::domain_to_unicode(name);
    shown.split('.').find_map(|label| mixed(label, &shown).or_else(|| whole(label, &shown)))
}

fn mixed(label: &str, shown: &str) -> Option<Lookalike> {
    let mut scripts = label.chars().filter_map(Script::of);
    let one = scripts.next()?;
    let other = scripts.find(|script| *script != one)?;
    Some(Lookalike::Mixed { shown: shown.to_owned(), one, other })
}

fn whole(label: &str, shown: &str) -> Option<Lookalike> {
    let script = label.chars().find_map(Script::of).filter(|script| *script != Script::Latin)?;
    let seems: Option<String> = label.chars().map(latin_double).collect();
    // One letter alone looks like nothing in particular.
    let seems = seems.filter(|seems| seems.chars().filter(char::is_ascii_alphabetic).count() > 1)?;
    Some(Lookalike::Whole { shown: shown.to_owned(), script, seems })
}

impl Script {
    /// The script of a letter; `None` for all others, digits and hyphens too, which go with any script.
    const fn of(character: char) -> Option<Self> {
        match character {
            'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(Self::Latin),
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Self::Greek),
            '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' => {
                Some(Self::Cyrillic)
            }
            '\u{531}'..='\u{58f}' => Some(Self::Armenian),
            '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Some(Self::Cherokee),
            _ => None,
        }
    }
}

/// The Latin letter that a small letter of another script is drawn like (UTS 39, confusables: those drawn alike in common
/// typefaces); digits and the hyphen stand for themselves.
const fn latin_double(character: char) -> Option<char> {
    Some(match character {
        '0'..='9' | '-' => character,
        'а' => 'a',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' | 'հ' => 'h',
        'і' => 'i',
        'ј' => 'j',
        'ӏ' => 'l',
        'о' | 'ο' | 'օ' => 'o',
        'р' => 'p',
        'ԛ' => 'q',
        'с' => 'c',
        'ѕ' => 's',
        'у' => 'y',
        'х' => 'x',
        'ԝ' => 'w',
        'ν' => 'v',
        'ո' => 'n',
        'ս' => 'u',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::domain::normalize;

    fn found(name: &str) -> Option<Lookalike> {
        of(&normalize(name).unwrap())
    }

    #[test]
    fn mixed_scripts_are_found() {
        let mixed = |one, other, shown: &str| Some(Lookalike::Mixed { shown: shown.to_owned(), one, other });
        assert_eq!(found("exаmple.com"), mixed(Script::Latin, Script::Cyrillic, "exаmple.com"));
        assert_eq!(found("gοοgle.example"), mixed(Script::Latin, Script::Greek, "gοοgle.example"));
    }

    #[test]
    fn whole_labels_of_doubles_are_found() {
        let expected =
            Lookalike::Whole { shown: "арр.example".to_owned(), script: Script::Cyrillic, seems: "app".to_owned() };
        assert_eq!(found("арр.example"), Some(expected));
    }

    #[test]
    fn names_of_one_language_are_none() {
        for name in [
            "example.com",
            "xn--zzzzzzzz.example",
            "bücher.example",
            "例え.jp",
            "メールとmail.jp",
            "почта.example",
            "москва.рф",
            "ελλάδα.gr",
            "münchen-2.example",
            "한국kr.example",
        ] {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
