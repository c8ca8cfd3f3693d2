//! DMARC in sentences: why an identifier is aligned, what the owner asks for, what each part of a record says.

use super::terms::{policy_tag, policy_word};
use crate::auth::dmarc::record::{Mode, ProblemKind, Psd, Record, Request, TagName};
use crate::auth::dmarc::{
    Authentication, Compared, IdentifierSource, Permission, Policy, PolicyRequest, PolicyTag, Relation,
};

pub(in crate::text) fn relation(compared: Compared<'_>) -> String {
    let Compared { identifier, author, organization } = compared;
    let domain = &identifier.domain;
    let (subject, mode) = match identifier.source {
        IdentifierSource::Spf => (format!("The envelope From domain {domain}"), "aspf=s"),
        IdentifierSource::Dkim(_) => (format!("d={domain}"), "adkim=s"),
    };
    let organization = organization.unwrap_or(author);
    let relaxed =
        format!("the organizational domain of both is {organization}. Relaxed alignment is asked for: aligned.");
    let sentence = match identifier.relation {
        Relation::Same => format!("{subject} is the author domain itself: aligned."),
        Relation::Below => format!("{subject} lies below the author domain {author}, and {relaxed}"),
        Relation::Above => format!("{subject} is above the author domain {author}, and {relaxed}"),
        Relation::Sibling => format!("{subject} is a sibling of the author domain {author}: {relaxed}"),
        Relation::NotIdentical => {
            format!(
                "{subject} is not exactly {author}, and the record asks for strict alignment ({mode}): not aligned."
            )
        }
        Relation::OtherOrganization => match &identifier.organizational_domain {
            Some(own) => format!(
                "{subject} belongs to the organisation {own}, the author domain to {organization}: not aligned."
            ),
            None => format!(
                "{subject} does not belong to {organization}, the organisation of the author domain: not aligned."
            ),
        },
        Relation::OwnOrganization => {
            format!(
                "{subject} and the author domain {author} are organisations of their own, as a record with psd=n says: not aligned."
            )
        }
        Relation::PublicSuffix => format!(
            "{subject} and the author domain {author} belong to different owners, as a record with psd=y above them says: not aligned."
        ),
        Relation::NoRecordAbove => format!(
            "{subject} seems to belong with {author}, but no DMARC record in DNS says so. By RFC 9989 the organisation of the author domain is therefore {organization}: not aligned. Receivers that use the Public Suffix List may decide otherwise."
        ),
        Relation::NoRecord => {
            format!("No DMARC record applies, so nothing says how {domain} and {author} are to be compared.")
        }
        Relation::Unknown => format!("DNS did not say enough to compare {domain} with {author}."),
    };
    let passing = match (identifier.authentication, identifier.is_aligned()) {
        (Authentication::Passed, true) => " It passed.",
        (Authentication::NotPassed, true) => " It did not pass, so it does not count.",
        (Authentication::TempError, _) => " Whether it passes is not known, because DNS gave no answer.",
        (Authentication::NotEvaluated, _) => " Whether it passes was not evaluated.",
        (Authentication::Passed | Authentication::NotPassed, false) => "",
    };
    format!("{sentence}{passing}")
}

/// Never that something will happen: the owner asks, the receiver decides (RFC 9989 section 5.4).
pub(in crate::text) fn policy_request(request: PolicyRequest<'_>) -> String {
    let PolicyRequest { author, record_at, tag, published, applied } = request;
    let Some(tag) = tag else {
        return format!(
            "The record at {record_at} has no usable policy, so it counts as p=none: it asks for reports only."
        );
    };
    let scope = match tag {
        PolicyTag::P if author == record_at => "",
        PolicyTag::P => ", for subdomains too",
        PolicyTag::Sp => ", for subdomains",
        PolicyTag::Np => ", for subdomains that do not exist",
    };
    let stated = format!("{}={}{scope}", policy_tag(tag), policy_word(published));
    let asks = match published {
        Policy::None => format!(
            "The record at {record_at} asks for reports only: mail of {author} that fails DMARC is to be treated like any other ({stated})."
        ),
        Policy::Quarantine => format!(
            "The record at {record_at} asks receivers to quarantine mail of {author} that fails DMARC ({stated})."
        ),
        Policy::Reject => {
            format!("The record at {record_at} asks receivers to reject mail of {author} that fails DMARC ({stated}).")
        }
    };
    let testing = if applied == published {
        String::new()
    } else {
        format!(" The domain is testing (t=y), which asks for one level less: {}.", policy_word(applied))
    };
    let receiver = match applied {
        Policy::None => "",
        Policy::Quarantine => " What happens to such mail is the receiver's own decision.",
        Policy::Reject => {
            " By RFC 9989 a receiver must not refuse a message for this request alone; without other reasons it quarantines it. What happens is the receiver's own decision."
        }
    };
    format!("{asks}{testing}{receiver}")
}

/// What a part of a record says.
pub(in crate::text) fn record_part(name: TagName, record: &Record) -> String {
    match name {
        TagName::V => "this is a DMARC record".to_owned(),
        TagName::P => request("the domain", record.p),
        TagName::Sp => request("subdomains", record.sp),
        TagName::Np => request("subdomains that do not exist", record.np),
        TagName::Psd => match record.psd {
            Psd::PublicSuffix => "a public suffix: names directly below it belong to different owners".to_owned(),
            Psd::Organization => "an organizational domain: the tree walk ends here".to_owned(),
            Psd::Unstated => "not said whether this is a public suffix or an organizational domain".to_owned(),
        },
        TagName::T if record.testing => "testing: the policy is asked for one level lower".to_owned(),
        TagName::T => "not testing".to_owned(),
        TagName::Adkim => format!("DKIM: {}", mode(record.adkim)),
        TagName::Aspf => format!("SPF: {}", mode(record.aspf)),
        TagName::Fo => "when failure reports are wanted".to_owned(),
        TagName::Rua => "where aggregate reports are wanted".to_owned(),
        TagName::Ruf => "where reports of single failures are wanted".to_owned(),
        TagName::Pct | TagName::Rf | TagName::Ri => "removed with RFC 9989: receivers ignore it".to_owned(),
        TagName::Unknown => "not a registered tag: receivers ignore it".to_owned(),
        TagName::Malformed => "not of the form name=value: receivers ignore it".to_owned(),
    }
}

fn request(whom: &str, request: Request) -> String {
    match request {
        Request::Policy(Policy::None) => format!("for {whom}: asks for reports only"),
        Request::Policy(Policy::Quarantine) => format!("for {whom}: asks to quarantine what fails"),
        Request::Policy(Policy::Reject) => format!("for {whom}: asks to reject what fails"),
        Request::Broken | Request::Absent => format!("for {whom}: none, quarantine or reject is expected here"),
    }
}

const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Relaxed => "names of the same organisation are aligned (relaxed)",
        Mode::Strict => "only the same name is aligned (strict)",
    }
}

pub(in crate::text) const fn record_problem(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::EmptyTag => "empty",
        ProblemKind::MalformedTag => "cannot be read",
        ProblemKind::DuplicateTag => "occurs twice",
        ProblemKind::UnknownTag => "unknown",
        ProblemKind::RemovedTag => "removed",
        ProblemKind::BadValue => "not an allowed value",
        ProblemKind::NoPolicy => "no policy (p=)",
        ProblemKind::PolicyNotSecond => "older receivers want it right after v",
        ProblemKind::BadUri => "not a URI",
        ProblemKind::SizeLimit => "size limit, ignored",
        ProblemKind::UnusualScheme => "not mailto:",
        ProblemKind::FailureOptionsWithoutRuf => "no effect without ruf",
        ProblemKind::RufOnPublicSuffix => "ignored with psd=y",
    }
}

pub(in crate::text) const fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Internal => "own organisation",
        Permission::Authorised => "agreed",
        Permission::Replaced => "agreed, for another address of its own",
        Permission::NotAuthorised => "has not agreed: no reports may be sent there",
        Permission::ReplacedElsewhere => "points to a third domain: no reports may be sent",
        Permission::Unreachable => "no answer from DNS",
        Permission::NotAsked => "not asked",
        Permission::NotMail => "not mailto:, need not be supported",
        Permission::NotAName => "no name that could be asked for",
        Permission::BeyondLimit => "not looked at (too many)",
    }
}
