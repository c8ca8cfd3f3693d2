//! Domain names as the evaluators compare them: A-labels, lower case, no trailing dot.

use serde::Serialize;

/// The longest name in presentation form, without the trailing dot (RFC 1035 section 2.3.4).
pub const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// A domain as DNS and comparisons want it: A-labels, lower case, no trailing dot (RFC 9989 section 5.3.1, RFC 4343).
/// `None` when the text cannot be a DNS name (a domain literal, an empty or over-long label, white space).
///
/// U-labels are mapped by UTS 46. Names that are ASCII already are taken as they are, so that an underscore, or an A-label
/// that stands for nothing, can still be asked for.
#[must_use]
pub fn normalize(text: &str) -> Option<String> {
    let text = text.trim();
    let ascii = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii_cow(text.as_bytes(), idna::AsciiDenyList::EMPTY).ok()?.to_ascii_lowercase()
    };
    let name = ascii.strip_suffix('.').unwrap_or(&ascii);
    let is_name = name.len() <= MAX_NAME && name.split('.').all(is_label);
    is_name.then(|| name.to_owned())
}

/// Whether `child` stands strictly below `parent`; both normalized.
#[must_use]
pub fn is_below(child: &str, parent: &str) -> bool {
    child.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
}

/// Whether `name` is `parent` or stands below it; both normalized.
#[must_use]
pub fn is_at_or_below(name: &str, parent: &str) -> bool {
    name == parent || is_below(name, parent)
}

/// How many labels a name has.
#[must_use]
pub fn label_count(name: &str) -> usize {
    name.split('.').count()
}

/// The `count` right-most labels of a name; the whole name when it has no more.
#[must_use]
pub fn right_most(name: &str, count: usize) -> &str {
    let cut = name.rmatch_indices('.').nth(count.saturating_sub(1));
    cut.map_or(name, |(dot, _)| &name[dot + 1..])
}

/// Whether names directly below belong to strangers, by the Public Suffix List (ICANN and private section).
#[must_use]
pub fn is_public_suffix(name: &str) -> bool {
    psl::domain_str(name).is_none()
}

/// Whether the name stands below a suffix that the Public Suffix List names, not just below any word.
#[must_use]
pub fn is_below_known_suffix(name: &str) -> bool {
    psl::domain(name.as_bytes()).is_some_and(|domain| domain.suffix().is_known())
}

/// Why no server of the Internet has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocalName {
    /// One label alone, which is a computer's name in its own network.
    SingleLabel,
    /// Below a name that is kept for use inside a network or for tests.
    Reserved,
}

/// Names that are not delegated: RFC 6761, RFC 6762 and its appendix G, RFC 8375, and what old systems call themselves.
/// `example` is one of them and is left out: it stands for a real domain.
const RESERVED: &[&str] = &[
    "corp",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Whether a name cannot be one of the Internet; `None` when it can, or is no name.
#[must_use]
pub fn local_name(text: &str) -> Option<LocalName> {
    let name = normalize(text)?;
    if RESERVED.iter().any(|reserved| is_at_or_below(&name, reserved)) {
        return Some(LocalName::Reserved);
    }
    (!name.contains('.')).then_some(LocalName::SingleLabel)
}

/// A label that a mail domain may hold: what the address grammar gives another meaning (RFC 5322 section 3.2.3) is left out.
fn is_label(label: &str) -> bool {
    let is_special = |byte: u8| b"\"(),:;<>@[\\]".contains(&byte);
    !label.is_empty()
        && label.len() <= MAX_LABEL
        && label.bytes().all(|byte| byte.is_ascii_graphic() && !is_special(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_trailing_dot_do_not_count() {
        assert_eq!(normalize("Mail.Example.COM.").as_deref(), Some("mail.example.com"));
        assert_eq!(normalize(" example.jp "), Some("example.jp".to_owned()));
    }

    #[test]
    fn u_labels_become_a_labels() {
        assert_eq!(normalize("例え.jp").as_deref(), Some("xn--r8jz45g.jp"));
        assert_eq!(normalize("例え。jp").as_deref(), Some("xn--r8jz45g.jp"));
        assert_eq!(normalize("ＥＸＡＭＰＬＥ.jp").as_deref(), Some("example.jp"));
        assert_eq!(normalize("BÜCHER.example").as_deref(), Some("xn--bcher-kva.example"));
    }

    #[test]
    fn underscore_labels_and_unreadable_a_labels_stay() {
        assert_eq!(normalize("_dmarc.Example.jp").as_deref(), Some("_dmarc.example.jp"));
        assert_eq!(normalize("s1._domainkey.例え.jp").as_deref(), Some("s1._domainkey.xn--r8jz45g.jp"));
        assert_eq!(normalize("xn--zzzzzzzz.example").as_deref(), Some("xn--zzzzzzzz.example"));
    }

    #[test]
    fn what_dns_cannot_hold_is_none() {
        for text in
            ["", ".", "[192.0.2.1]", "a..b", "exa mple.com", "a@example.com", "example.com..", "a\u{0}b.com", "a＠b.jp"]
        {
            assert_eq!(normalize(text), None, "{text:?}");
        }
        assert_eq!(normalize(&format!("{}.com", "a".repeat(64))), None);
        assert_eq!(normalize(&"a.".repeat(127)), Some("a.".repeat(127).trim_end_matches('.').to_owned()));
        assert_eq!(normalize(&"a.".repeat(128)), None);
    }

    #[test]
    fn below_is_by_labels() {
        assert!(is_below("a.example.com", "example.com"));
        assert!(!is_below("badexample.com", "example.com"));
        assert!(!is_below("example.com", "example.com"));
        assert!(!is_below(".example.com", "example.com"));
        assert!(is_at_or_below("example.com", "example.com"));
    }

    #[test]
    fn suffixes_of_the_list() {
        assert!(is_public_suffix("jp") && is_public_suffix("co.jp") && is_public_suffix("github.io"));
        assert!(!is_public_suffix("example.co.jp"));
    }

    #[test]
    fn names_of_a_network_are_not_public() {
        for name in ["localhost", "LOCALHOST.localdomain", "nas.local", "mail.corp", "router.home.arpa"] {
            assert_eq!(local_name(name), Some(LocalName::Reserved), "{name}");
        }
        assert_eq!(local_name("DESKTOP-1"), Some(LocalName::SingleLabel));
        for name in ["example.jp", "local.example.jp", "bank.example", "[192.0.2.1]", ""] {
            assert_eq!(local_name(name), None, "{name}");
        }
        assert!(is_below_known_suffix("asp.net") && is_below_known_suffix("a.co.jp"));
        assert!(!is_below_known_suffix("node.js") && !is_below_known_suffix("co.jp"));
    }

    #[test]
    fn right_most_labels() {
        assert_eq!(right_most("a.b.example.com", 2), "example.com");
        assert_eq!(right_most("a.b.example.com", 1), "com");
        assert_eq!(right_most("example.com", 5), "example.com");
        assert_eq!(label_count("a.b.example.com"), 4);
    }
}
