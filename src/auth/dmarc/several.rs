//! What each domain in From would come to by itself, where there is no single author domain (RFC 9989 sections 5.3.1 and
//! 11.5). It is no result of DMARC.

use serde::Serialize;

use super::{Authentication, Dmarc, DmarcResult, FromState, Input, Policy, Reason, align};
use crate::auth::domain;
use crate::dns::Ledger;

/// The most domains that are evaluated; a hostile From names hundreds.
pub const MAX_AUTHORS: usize = 5;

/// One domain of From, evaluated as if it stood there alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WouldBe {
    pub domain: String,
    pub result: DmarcResult,
    pub reason: Reason,
    pub policy: Option<Policy>,
    pub record_at: Option<String>,
}

/// Evaluates each domain by itself where DMARC does not apply to the message.
pub(super) fn evaluate(dmarc: &mut Dmarc, input: &Input, dns: &Ledger<'_>) {
    if dmarc.result != DmarcResult::NotApplicable {
        return;
    }
    let mut domains: Vec<String> = Vec::new();
    for name in input.from_fields.iter().flatten().flatten().filter_map(|text| domain::normalize(text)) {
        if !domains.contains(&name) {
            domains.push(name);
        }
    }
    dmarc.authors_left_out = domains.len().saturating_sub(MAX_AUTHORS);
    for name in domains.into_iter().take(MAX_AUTHORS) {
        let alone = align::evaluate(&alone(&name, input), dns);
        dmarc.trace.children.push(alone.trace);
        dmarc.would_be.push(WouldBe {
            domain: name,
            result: alone.result,
            reason: alone.reason,
            policy: alone.policy,
            record_at: alone.record_at,
        });
    }
}

/// The same message with one author. What did not pass changes no result, so it is not asked about again for each.
fn alone(name: &str, input: &Input) -> Input {
    let open = |authentication| authentication != Authentication::NotPassed;
    Input {
        from_fields: vec![vec![Some(name.to_owned())]],
        from: FromState::Whole,
        identifiers: input.identifiers.iter().filter(|one| open(one.authentication)).cloned().collect(),
        envelope: input.envelope,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Candidate, IdentifierSource, check};
    use super::*;
    use crate::auth::zone::Zone;

    fn run(authors: &[&str]) -> Dmarc {
        let zone = Zone::default()
            .txt("_dmarc.example.com", "v=DMARC1; p=none")
            .txt("_dmarc.example.net", "v=DMARC1; p=reject");
        let spf = Candidate {
            source: IdentifierSource::Spf,
            domain: "example.com".to_owned(),
            authentication: Authentication::Passed,
        };
        let from_fields = authors.iter().map(|author| vec![Some((*author).to_owned())]).collect();
        check(&Input { from_fields, identifiers: vec![spf], ..Input::default() }, &Ledger::new(&zone))
    }

    #[test]
    fn each_domain_is_judged_by_itself_and_the_message_is_not() {
        let dmarc = run(&["example.com", "Example.NET", "EXAMPLE.com.", "[192.0.2.1]"]);
        assert_eq!((dmarc.result, dmarc.reason), (DmarcResult::NotApplicable, Reason::SeveralFrom));
        assert_eq!((&dmarc.author_domain, dmarc.policy, &dmarc.record_at), (&None, None, &None));
        let listed: Vec<_> = dmarc.would_be.iter().map(|one| (one.domain.as_str(), one.result, one.policy)).collect();
        assert_eq!(
            listed,
            [
                ("example.com", DmarcResult::Pass, Some(Policy::None)),
                ("example.net", DmarcResult::Fail, Some(Policy::Reject))
            ]
        );
        assert_eq!(dmarc.authors_left_out, 0);
    }

    #[test]
    fn one_author_needs_no_list() {
        assert_eq!(run(&["example.com"]).would_be, []);
    }

    #[test]
    fn only_a_few_are_evaluated() {
        let names: Vec<String> = (0..100).map(|number| format!("a{number}.example.com")).collect();
        let dmarc = run(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((dmarc.would_be.len(), dmarc.authors_left_out), (MAX_AUTHORS, 95));
    }
}
