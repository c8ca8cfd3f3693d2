//! Finds the services that a name or a field shows, by its suffix.

use std::collections::HashMap;

use super::{Matcher, On, Service};

/// The services, and where to look for them.
#[derive(Debug, Default)]
pub struct Services {
    all: Vec<Service>,
    /// The matchers by their last labels without `*`, or by the name of the field in small letters.
    by_key: HashMap<(On, String), Vec<Place>>,
}

/// A matcher, by the places of its service and of itself there.
type Place = (usize, usize);

/// A service and what shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub service: &'static Service,
    pub matcher: &'static Matcher,
}

impl Services {
    /// The most labels of a name that are looked at; DNS names have no more (RFC 1035 section 3.1).
    const MAX_LABELS: usize = 127;

    pub(super) fn new(all: Vec<Service>) -> Self {
        let mut by_key: HashMap<(On, String), Vec<Place>> = HashMap::new();
        for (place, service) in all.iter().enumerate() {
            for (own, matcher) in service.matchers.iter().enumerate() {
                let key = match matcher.on {
                    On::FeedbackId | On::Header => Some(matcher.is.to_ascii_lowercase()),
                    _ => key(&matcher.is).map(str::to_owned),
                };
                if let Some(key) = key {
                    by_key.entry((matcher.on, key)).or_default().push((place, own));
                }
            }
        }
        Self { all, by_key }
    }

    #[must_use]
    pub fn all(&self) -> &[Service] {
        &self.all
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Service> {
        self.all.iter().find(|service| service.id == id)
    }

    fn at(&'static self, on: On, key: &str) -> impl Iterator<Item = Found> {
        // One small allocation per label; a map of maps would save it and read worse.
        let places = self.by_key.get(&(on, key.to_owned())).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|&(service, matcher)| {
            let service = self.all.get(service)?;
            Some(Found { service, matcher: service.matchers.get(matcher)? })
        })
    }

    /// The services that a domain name shows: those of the longest matching suffix.
    #[must_use]
    pub fn by_name(&'static self, on: On, name: &str) -> Vec<Found> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let mut rest = name.as_str();
        for _ in 0..Self::MAX_LABELS {
            let fits = |found: &Found| !found.matcher.is.contains('*') || is_like(&found.matcher.is, &name);
            let found: Vec<Found> = self.at(on, rest).filter(fits).collect();
            if !found.is_empty() {
                return most_special(found);
            }
            let Some((_, parent)) = rest.split_once('.') else { break };
            rest = parent;
        }
        Vec::new()
    }

    /// The services that the last part of Feedback-ID shows.
    #[must_use]
    pub fn by_feedback_id(&'static self, last: &str) -> Vec<Found> {
        self.at(On::FeedbackId, &last.trim().to_ascii_lowercase()).collect()
    }

    /// The services that a field of the header shows.
    #[must_use]
    pub fn by_field(&'static self, name: &str, value: &str) -> Vec<Found> {
        let value = value.trim().to_ascii_lowercase();
        let fits = |found: &Found| {
            found.matcher.value.as_deref().is_none_or(|wanted| is_like(&wanted.to_ascii_lowercase(), &value))
        };
        self.at(On::Header, &name.to_ascii_lowercase()).filter(fits).collect()
    }

    /// Whether any service is shown by a field of that name, so that its value is worth reading.
    #[must_use]
    pub fn knows_field(&self, name: &str) -> bool {
        self.by_key.contains_key(&(On::Header, name.to_ascii_lowercase()))
    }
}

/// Of the matchers on one suffix, those with a pattern say more than those without.
fn most_special(found: Vec<Found>) -> Vec<Found> {
    let (patterns, plain): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.matcher.is.contains('*'));
    if patterns.is_empty() { plain } else { patterns }
}

/// The last labels of a pattern, after every `*`; they must be two at least.
pub(super) fn key(pattern: &str) -> Option<&str> {
    let key = match pattern.rfind('*') {
        None => pattern,
        Some(star) => pattern.get(star..)?.split_once('.')?.1,
    };
    let labels: Vec<&str> = key.split('.').collect();
    (labels.len() >= 2 && labels.iter().all(|label| !label.is_empty())).then_some(key)
}

/// Whether a text fits a pattern, in which `*` stands for any characters.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some((head, pattern)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(head) else { return false };
    let mut parts: Vec<&str> = pattern.split('*').collect();
    let Some(tail) = parts.pop() else { return true };
    for part in parts {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_written() {
        for (pattern, text, expected) in [
            ("mail-*.google.com", "mail-wm1-f44.google.com", true),
            ("mail-*.google.com", "xmail-wm1.google.com", false),
            ("mail-*.google.com", "mail-wm1.google.com.example.net", false),
            ("sonic*.consmr.mail.*.yahoo.com", "sonic302-1.consmr.mail.ne1.yahoo.com", true),
            ("*", "", true),
            ("a*a", "a", false),
            ("*.list-manage.com*", "<https://x.us1.list-manage.com/unsubscribe>", true),
            ("clean", "clean", true),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_is_found_by_its_last_labels() {
        assert_eq!(key("outbound-mail.sendgrid.net"), Some("outbound-mail.sendgrid.net"));
        assert_eq!(key("mail-*.google.com"), Some("google.com"));
        assert_eq!(key("a.*.b.example.jp"), Some("b.example.jp"));
        for wrong in ["com", "*.com", "mta*.*", "*", ".example.jp", ""] {
            assert_eq!(key(wrong), None, "{wrong}");
        }
    }
}
