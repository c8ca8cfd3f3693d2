//! Names to ask for: what macro expansion made, as DNS can carry it.

use std::fmt::Write as _;

/// The longest name, without the trailing dot (RFC 7208 section 7.3).
const MAX_NAME: usize = 253;
/// The longest label (RFC 1035 section 2.3.4).
const MAX_LABEL: usize = 63;

/// The name that an expanded domain-spec stands for; `None` when no question can carry it.
///
/// RFC 7208 section 4.8 leaves the result for such a name undefined; here it is a name without records.
pub(super) fn name(expanded: &str) -> Option<String> {
    let mut name = expanded.strip_suffix('.').unwrap_or(expanded);
    // Section 7.3: a name that is too long loses labels from the left.
    while name.len() > MAX_NAME {
        name = name.split_once('.')?.1;
    }
    has_sound_labels(name).then(|| name.to_ascii_lowercase())
}

/// Whether `check_host()` can be asked about this domain: a name of two labels or more that DNS can carry and that is no
/// address in brackets (section 4.3).
pub(super) fn is_domain(domain: &str) -> bool {
    domain.len() <= MAX_NAME
        && domain.contains('.')
        && !domain.starts_with('[')
        && domain.bytes().all(|byte| byte.is_ascii_graphic())
        && has_sound_labels(domain)
}

fn has_sound_labels(name: &str) -> bool {
    name.split('.').all(|label| !label.is_empty() && label.len() <= MAX_LABEL)
}

/// The name as a question carries it: other bytes than visible ASCII as in master files.
pub(super) fn escape(name: &str) -> String {
    name.bytes().fold(String::with_capacity(name.len()), |mut escaped, byte| {
        if byte.is_ascii_graphic() && byte != b'\\' {
            escaped.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(escaped, "\\{byte:03}");
        }
        escaped
    })
}

/// Whether a host name is the domain or lies below it (section 5.5).
pub(super) fn is_within(host: &str, domain: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(&domain.to_ascii_lowercase()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_long_name_from_the_left() {
        let long = format!("{}example.jp.", "label.".repeat(60));
        let cut = name(&long).unwrap();
        assert!(cut.len() <= MAX_NAME && cut.len() > MAX_NAME - 6);
        assert!(cut.starts_with("label.") && cut.ends_with("example.jp"));
    }

    #[test]
    fn refuses_what_no_question_can_carry() {
        assert_eq!(name("a..example.jp"), None);
        assert_eq!(name(""), None);
        assert_eq!(name(&"a".repeat(64)), None);
        assert_eq!(name(&"a".repeat(300)), None);
        assert_eq!(name("MX.Example.JP."), Some("mx.example.jp".to_owned()));
    }

    #[test]
    fn knows_a_domain_that_can_have_a_record() {
        for domain in ["example.jp", "_spf.example.jp", "xn--wgv71a119e.jp"] {
            assert!(is_domain(domain), "{domain}");
        }
        for domain in ["jp", "", "[192.0.2.1]", "a b.jp", "a..jp", ".jp", "\u{e9}.jp", &"a.".repeat(200)] {
            assert!(!is_domain(domain), "{domain}");
        }
    }

    #[test]
    fn escapes_as_master_files_do() {
        assert_eq!(escape("a b\\c.é.jp"), "a\\032b\\092c.\\195\\169.jp");
    }

    #[test]
    fn compares_by_whole_labels() {
        assert!(is_within("Mail.Example.jp", "example.jp"));
        assert!(is_within("example.jp", "example.jp"));
        assert!(!is_within("badexample.jp", "example.jp"));
    }
}
