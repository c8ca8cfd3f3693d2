//! Where the rule behind a finding stands: the clause of an RFC, or a page with the day on which it was read. No prose, so
//! the same in every language.

use std::fmt;

/// A place that states a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// A section of an RFC; without one the whole.
    Rfc { number: u16, section: Option<&'static str> },
    /// A page on the web, without `https://`, and when it was read (its text may have changed since).
    Page { page: &'static str, checked_on: &'static str },
}

/// A section (`4.6.4`) or appendix (`D.2`) of an RFC.
pub(super) const fn rfc(number: u16, section: &'static str) -> Source {
    Source::Rfc { number, section: Some(section) }
}

/// An RFC that says it as a whole.
pub(super) const fn whole_rfc(number: u16) -> Source {
    Source::Rfc { number, section: None }
}

pub(super) const fn page(page: &'static str, checked_on: &'static str) -> Source {
    Source::Page { page, checked_on }
}

impl Source {
    /// The address that opens it; of an RFC at the section.
    #[must_use]
    pub fn url(self) -> String {
        match self {
            Self::Rfc { number, section: None } => format!("https://www.rfc-editor.org/rfc/rfc{number}"),
            Self::Rfc { number, section: Some(section) } => {
                let is_appendix = section.starts_with(|first: char| first.is_ascii_uppercase());
                let kind = if is_appendix { "appendix" } else { "section" };
                format!("https://www.rfc-editor.org/rfc/rfc{number}#{kind}-{section}")
            }
            Self::Page { page, .. } => format!("https://{page}"),
        }
    }

    /// When it was read, for a page that can change.
    #[must_use]
    pub const fn checked_on(self) -> Option<&'static str> {
        match self {
            Self::Rfc { .. } => None,
            Self::Page { checked_on, .. } => Some(checked_on),
        }
    }
}

/// The short form by which it is named.
impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rfc { number, section: None } => write!(formatter, "RFC {number}"),
            Self::Rfc { number, section: Some(section) } => write!(formatter, "RFC {number} §{section}"),
            Self::Page { page, .. } => formatter.write_str(page),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::CHECKS;
    use super::*;

    #[test]
    fn every_check_says_where_its_rule_stands() {
        for check in CHECKS {
            assert!(!check.sources.is_empty(), "{}", check.code);
            for source in check.sources {
                let date = source.checked_on().map(str::parse::<jiff::civil::Date>);
                assert!(date.is_none_or(|date| date.is_ok()), "{}: {source:?}", check.code);
                assert!(!source.url().contains(char::is_whitespace), "{}: {source:?}", check.code);
            }
        }
    }

    #[test]
    fn addresses_lead_to_the_section() {
        assert_eq!(rfc(7208, "4.6.4").url(), "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4");
        assert_eq!(rfc(7208, "D.2").url(), "https://www.rfc-editor.org/rfc/rfc7208#appendix-D.2");
        assert_eq!(rfc(7208, "D.2").to_string(), "RFC 7208 §D.2");
        assert_eq!(whole_rfc(8996).to_string(), "RFC 8996");
    }
}
