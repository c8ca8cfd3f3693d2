//! A cause silences its consequences: no two findings say the same.

use super::{Finding, Severity, Verdict};

/// Causes, and the findings that say nothing more beside one of them.
struct Rule {
    /// The least weight with which a cause explains. An error is what decides about the author domain
    /// (`Subject::weight_of_signature`, `Subject::weight_of_envelope`).
    least: Severity,
    causes: &'static [&'static str],
    consequences: &'static [&'static str],
}

/// What a failed DMARC is shown by. The sentence on top says that it failed; a finding says why.
const DMARC_FAILED: &[&str] = &["dmarc-unaligned", "dmarc-unauthenticated"];

const RULES: &[Rule] = &[
    // A domain that does not exist cannot publish anything.
    Rule {
        least: Severity::Error,
        causes: &["author-domain-missing"],
        consequences: &[
            "spf-missing",
            "dmarc-missing",
            "dmarc-policy-none",
            "dmarc-no-reports",
            "dmarc-unaligned",
            "dmarc-unauthenticated",
            "dmarc-readings-differ",
        ],
    },
    // The name says why it is not in DNS.
    Rule {
        least: Severity::Warning,
        causes: &["author-domain-not-public"],
        consequences: &["author-domain-missing", "spf-missing", "dmarc-missing", "dkim-missing"],
    },
    // A hop that took so long, or whose clock is wrong, says why the date of the author is far from it.
    Rule { least: Severity::Note, causes: &["slow-hop", "hop-date-future", "clock-skew"], consequences: &["date-far"] },
    // The author domain did sign. To set up signing, or to change the envelope sender, would mend something else.
    Rule {
        least: Severity::Error,
        causes: &[
            "dkim-key-missing",
            "dkim-key-revoked",
            "dkim-key-broken",
            "dkim-key-mismatch",
            "dkim-key-not-for-email",
            "dkim-key-strict-identity",
            "dkim-unreadable",
            "dkim-length-beyond-body",
            "dkim-sha1",
            "dkim-key-short",
            "dkim-expired",
        ],
        consequences: DMARC_FAILED,
    },
    // The same; what was changed only after the arrival is no more than a warning.
    Rule {
        least: Severity::Warning,
        causes: &["dkim-body-changed", "dkim-header-changed"],
        consequences: DMARC_FAILED,
    },
    // What such a copy differs in says nothing about the message. Its marks can be anybody's, so what DMARC comes to stays.
    Rule {
        least: Severity::Warning,
        causes: &["copy-rewritten"],
        consequences: &["dkim-body-changed", "dkim-header-changed"],
    },
    // What a filter takes for phishing it also marks.
    Rule { least: Severity::Warning, causes: &["filter-phish"], consequences: &["filter-marked-spam"] },
    // Microsoft judged the filter's address: what it made of that is no fault of the sender's.
    Rule { least: Severity::Warning, causes: &["filter-before-receiver"], consequences: &["compauth-failed"] },
    // Passed on without any signature: nothing else could have proved the author domain.
    Rule { least: Severity::Error, causes: &["dkim-missing"], consequences: DMARC_FAILED },
    // The author domain's own envelope sender does not pass, and this says why. That something else passed is news.
    Rule {
        least: Severity::Error,
        causes: &[
            "spf-fail",
            "spf-softfail",
            "spf-neutral-all",
            "spf-missing",
            "spf-deprecated-type",
            "spf-lookup-limit",
            "spf-void-limit",
            "spf-several-records",
            "spf-include-missing",
            "spf-broken",
        ],
        consequences: &["dmarc-unauthenticated"],
    },
    // Each says already that nothing proves the author domain.
    Rule {
        least: Severity::Error,
        causes: &["dmarc-unaligned", "dmarc-unauthenticated", "author-domain-missing", "spf-fail", "spf-softfail"],
        consequences: &["impersonates-provider"],
    },
    Rule {
        least: Severity::Warning,
        causes: &["compauth-failed", "filter-phish"],
        consequences: &["impersonates-provider"],
    },
    // Both ask for a signature of the author domain; the first says why this domain must not go without.
    Rule { least: Severity::Warning, causes: &["dmarc-reject-on-spf-only"], consequences: &["dkim-missing"] },
];

/// Leaves out what another finding explains, but for what passed in place of the author domain where the sentence says so.
pub(super) fn consequences(findings: &mut Vec<Finding>, verdict: &Verdict) {
    let made: Vec<(&str, Severity)> =
        findings.iter().map(|finding| (finding.problem.code(), finding.severity)).collect();
    let is_explained = |code: &str| {
        let explains = |rule: &Rule| {
            let mut causes = made.iter().filter(|(_, severity)| *severity >= rule.least);
            rule.consequences.contains(&code) && causes.any(|(cause, _)| rule.causes.contains(cause))
        };
        RULES.iter().any(explains)
    };
    let is_told = |code: &str| verdict.names_other_domain() && code == "dmarc-unaligned";
    findings.retain(|finding| {
        let code = finding.problem.code();
        is_told(code) || !is_explained(code)
    });
}

#[cfg(test)]
mod tests {
    use super::super::{Actor, CHECKS, Evidence, Problem};
    use super::*;
    use crate::message::Span;

    fn left(findings: &[(Severity, Problem)]) -> Vec<&'static str> {
        left_below(findings, &Verdict::Unauthenticated { author: "example.jp".to_owned() })
    }

    fn left_below(findings: &[(Severity, Problem)], verdict: &Verdict) -> Vec<&'static str> {
        let place = || Evidence::Bytes(Span::new(0, 1));
        let mut findings: Vec<Finding> = findings
            .iter()
            .map(|(severity, problem)| Finding::certain(problem.clone(), *severity, Actor::Sender, place()))
            .collect();
        consequences(&mut findings, verdict);
        findings.iter().map(|finding| finding.problem.code()).collect()
    }

    #[test]
    fn rules_name_checks() {
        for code in RULES.iter().flat_map(|rule| rule.causes.iter().chain(rule.consequences)) {
            assert!(CHECKS.iter().any(|check| check.code == *code), "{code}");
        }
    }

    #[test]
    fn what_decides_silences_its_consequence() {
        let author = || "example.jp".to_owned();
        let failed =
            (Severity::Error, Problem::DmarcUnauthenticated { author: author(), policy: None, suspect: false });
        let missing = |severity| (severity, Problem::SpfMissing { domain: author(), suspect: false, meant: None });
        assert_eq!(left(&[failed.clone(), missing(Severity::Error)]), ["spf-missing"]);
        assert_eq!(left(&[failed, missing(Severity::Warning)]), ["dmarc-unauthenticated", "spf-missing"]);
    }

    /// A made-up signature of the author domain does not hide what passed in its place.
    #[test]
    fn what_the_sentence_names_stays() {
        let author = || "example.jp".to_owned();
        let unaligned = Problem::DmarcUnaligned { author: author(), passed: Vec::new(), policy: None, service: None };
        let missing = Problem::DkimKeyMissing { domain: author(), selector: "s1".to_owned(), suspect: false };
        let findings = [(Severity::Error, unaligned), (Severity::Error, missing)];
        assert_eq!(left(&findings), ["dkim-key-missing"]);
        let policy = crate::auth::dmarc::Policy::Reject;
        let verdict =
            Verdict::OtherDomainOnly { author: author(), passed: "example.com".to_owned(), policy, related: false };
        assert_eq!(left_below(&findings, &verdict), ["dmarc-unaligned", "dkim-key-missing"]);
    }

    #[test]
    fn impersonation_is_said_once() {
        let author = || "example.jp".to_owned();
        let claimed = || {
            let problem = Problem::ImpersonatesProvider { author: author(), provider: "docomo".to_owned() };
            (Severity::Warning, problem)
        };
        let failed = Problem::DmarcUnauthenticated { author: author(), policy: None, suspect: true };
        assert_eq!(left(&[claimed(), (Severity::Error, failed)]), ["dmarc-unauthenticated"]);
        let missing = Problem::DmarcMissing { author: author() };
        assert_eq!(left(&[claimed(), (Severity::Warning, missing)]), ["impersonates-provider", "dmarc-missing"]);
    }

    #[test]
    fn what_passed_elsewhere_stays_beside_spf() {
        let unaligned = Problem::DmarcUnaligned {
            author: "example.jp".to_owned(),
            passed: Vec::new(),
            policy: None,
            service: None,
        };
        let spf = Problem::SpfMissing { domain: "example.jp".to_owned(), suspect: false, meant: None };
        let findings = [(Severity::Error, unaligned), (Severity::Error, spf)];
        assert_eq!(left(&findings), ["dmarc-unaligned", "spf-missing"]);
    }
}
