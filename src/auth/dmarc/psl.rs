//! The older reading beside the verdict: RFC 7489 with the Public Suffix List (ICANN and private section), which many
//! receivers still follow.

use super::answer::Published;
use super::discover;
use super::record::{Mode, Request, Status};
use super::{Authentication, Dmarc, DmarcResult, Found, IdentifierSource, Policy, PslReading, Task};
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::Ledger;

/// Sets `psl` when the older reading comes to another result, policy or organizational domain.
///
/// It needs the author domain's record and the one of its organizational domain. Both are names of the tree walk, which has
/// asked for them already unless it stopped earlier at a `psd` tag; then one name more is asked. Nothing is compared when one
/// of the readings is not decided.
pub(super) fn compare(dmarc: &mut Dmarc, dns: &Ledger<'_>) {
    let is_decided = matches!(dmarc.result, DmarcResult::Pass | DmarcResult::Fail | DmarcResult::None);
    let Some(author) = dmarc.author_domain.clone().filter(|_| is_decided) else { return };
    let suffix_organization = psl::domain_str(&author).map(str::to_owned);
    // A public suffix that writes mail itself has nothing above it that could speak for it.
    let organization = suffix_organization.clone().unwrap_or_else(|| author.clone());
    let Some((published, mut step)) = find_record(&author, &organization, dns) else { return };
    let Some((result, policy)) = read(dmarc, &author, &organization, published.as_ref()) else { return };

    let some_record_applies = result != DmarcResult::None || dmarc.result != DmarcResult::None;
    let own = dmarc.organizational_domain.as_ref();
    let organization_differs = some_record_applies && own.is_some_and(|own| *own != organization);
    if result == dmarc.result && policy == dmarc.policy && !organization_differs {
        return;
    }
    step.outcome = match result {
        DmarcResult::Pass => Outcome::Pass,
        DmarcResult::Fail => Outcome::Fail,
        _ => Outcome::None,
    };
    dmarc.trace.children.push(step);
    dmarc.psl = Some(PslReading { organizational_domain: suffix_organization, result, policy });
}

/// The record that RFC 7489 section 6.6.3 finds: the author domain's, else the organizational domain's. Two records at one
/// name end the discovery. `None` when DNS did not say.
fn find_record(author: &str, organization: &str, dns: &Ledger<'_>) -> Option<(Option<Published>, Step)> {
    let mut step = Step::new(What::Dmarc(Task::DmarcPublicSuffix), Outcome::None).text(organization);
    let mut names = vec![author];
    if organization != author {
        names.push(organization);
    }
    for name in names {
        let (found, published, question) = discover::ask_one(name, dns)?;
        step.questions.push(question);
        match found {
            Found::Record => return Some((published, step)),
            Found::Nothing | Found::OtherText => {}
            Found::SeveralDropped | Found::UnusableDropped => return Some((None, step)),
            Found::Unreachable | Found::NotAsked => return None,
        }
    }
    Some((None, step))
}

/// Result and policy; `None` when an identifier that could align was not evaluated.
fn read(
    dmarc: &Dmarc,
    author: &str,
    organization: &str,
    published: Option<&Published>,
) -> Option<(DmarcResult, Option<Policy>)> {
    let Some(published) = published else { return Some((DmarcResult::None, None)) };
    let Some(policy) = requested_policy(published, author) else { return Some((DmarcResult::None, None)) };
    let is_aligned = |source: IdentifierSource, domain: &str| {
        let mode = match source {
            IdentifierSource::Spf => published.record.aspf,
            IdentifierSource::Dkim(_) => published.record.adkim,
        };
        domain == author || (mode == Mode::Relaxed && psl::domain_str(domain) == Some(organization))
    };
    let aligned = dmarc.identifiers.iter().filter(|identifier| is_aligned(identifier.source, &identifier.domain));
    let authentications: Vec<Authentication> = aligned.map(|identifier| identifier.authentication).collect();
    if authentications.contains(&Authentication::Passed) {
        Some((DmarcResult::Pass, Some(policy)))
    } else if authentications.iter().all(|&authentication| authentication == Authentication::NotPassed) {
        Some((DmarcResult::Fail, Some(policy)))
    } else {
        None
    }
}

/// RFC 7489 section 6.6.3 step 6, which knows neither `np` nor `t`. `None` where it switches DMARC off.
fn requested_policy(published: &Published, author: &str) -> Option<Policy> {
    let record = &published.record;
    if record.status == Status::Unusable {
        return None;
    }
    match (record.p, record.sp) {
        (Request::Policy(_), Request::Policy(sp)) if published.domain != author => Some(sp),
        (Request::Policy(p), Request::Absent | Request::Policy(_)) => Some(p),
        _ => (!record.rua.is_empty()).then_some(Policy::None),
    }
}

/// Whether two domains belong to one organization by the Public Suffix List.
pub(super) fn is_same_organization(one: &str, other: &str) -> bool {
    one == other || psl::domain_str(one).is_some_and(|organization| psl::domain_str(other) == Some(organization))
}

#[cfg(test)]
mod tests;
