//! A subdomain for what does not go well with the rest of the author domain's mail: one of two kinds of it, or what a service
//! sends for which the SPF record has no look-up left. It has records of its own.

use super::change::{Change, Current, Place};
use super::kind::{Apart, SendingService};
use super::piece::{Piece, Placeholder};
use super::{Case, Fix, Kind, Outcome, SpfStep, Withheld, service};
use crate::auth::dkim::crypto::KeyKind;
use crate::auth::spf::Check;
use crate::check::{Actor, Problem};
use crate::sender::services::{DkimSetup, EnvelopeSetup, Known, Setup};

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    let mixed = case.findings.iter().find_map(|finding| match &finding.problem {
        Problem::StreamMixed { author } => Some((finding.problem.code(), author)),
        _ => None,
    });
    let Some((code, author)) = mixed.filter(|_| !case.is_suspect()) else { return Vec::new() };
    let at = service::sending_service(case).filter(|_| case.proves_author());
    vec![vec![fix(author, at, Apart::Streams, vec![code])]]
}

/// What to do in place of a change that needs more than ten look-ups: the service gets a name whose record has room.
#[must_use]
pub fn instead(case: Case<'_>, refused: &Fix) -> Option<Fix> {
    let author = case.facts.dmarc.author_domain.as_deref()?;
    let at = match (&refused.kind, &refused.outcome) {
        (Kind::Spf { steps, .. }, Outcome::NotOffered { why: Withheld::OverLimit }) => {
            steps.iter().find_map(|step| match step {
                SpfStep::AllowService { service, .. } => Some(*service),
                _ => None,
            })
        }
        (Kind::SpfLimit { .. }, _) => case.facts.spf.mail_from.as_ref().and_then(|check| listed(case, check)),
        _ => None,
    };
    // Only where the author's own envelope sender is asked for does a name of its own help.
    let is_own = |at: &SendingService| {
        at.service.setup.as_ref().is_some_and(|setup| setup.envelope == Some(EnvelopeSetup::Author))
    };
    let at = at.filter(is_own).filter(|_| case.facts.dmarc.envelope_is_aligned())?;
    Some(fix(author, Some(at), Apart::LookupLimit, refused.findings.clone()))
}

/// The service whose server connected, where the record includes its servers.
fn listed(case: Case<'_>, check: &Check) -> Option<SendingService> {
    let at = service::of_server(case, check)?;
    let host = at.service.setup.as_ref()?.spf.as_ref()?;
    let include = format!("include:{host}");
    case.costs.iter().any(|weighed| weighed.term.eq_ignore_ascii_case(&include)).then_some(at)
}

fn fix(author: &str, service: Option<SendingService>, apart: Apart, findings: Vec<&'static str>) -> Fix {
    let setup = service.and_then(|at| at.service.setup.as_ref());
    let changes = match setup {
        Some(setup) => of_service(author, setup),
        None => vec![spf(author, vec![Piece::placeholder(Placeholder::Servers)]), key(author, None)],
    };
    let fix = Fix::new(Kind::Subdomain { author: author.to_owned(), service, apart }, findings, Actor::Sender, changes);
    Fix { outcome: Outcome::FutureMail, ..fix }
}

/// The records that the service wants. What it makes of the name of the domain, only its console shows.
fn of_service(author: &str, setup: &Setup) -> Vec<Change> {
    let is_hint = setup.known == Known::Hint;
    let selectors: &[String] = if is_hint { &[] } else { &setup.selectors };
    let is_fixed = |target: &&String| !is_hint && !target.contains('<');
    let mut changes = Vec::new();
    if setup.envelope == Some(EnvelopeSetup::Author) && setup.spf.is_some() {
        changes.push(spf(author, service::include(setup, author)));
    }
    match setup.dkim {
        Some(DkimSetup::Cname) => {
            for place in 0..selectors.len().max(1) {
                let target = setup.targets.get(place).filter(is_fixed);
                let target =
                    target.map_or_else(|| Piece::placeholder(Placeholder::Target), |target| Piece::text(target, true));
                changes.push(at(author, Place::Cname, key_name(selectors.get(place)), vec![target]));
            }
        }
        Some(DkimSetup::Txt | DkimSetup::KeyPair) => changes.push(key(author, selectors.first())),
        Some(
            DkimSetup::Delegation
            | DkimSetup::Setting
            | DkimSetup::Application
            | DkimSetup::Upstream
            | DkimSetup::Automatic
            | DkimSetup::Impossible,
        )
        | None => {}
    }
    changes
}

fn spf(author: &str, servers: Vec<Piece>) -> Change {
    let record = [vec![Piece::text("v=spf1 ", true)], servers, vec![Piece::text(" ~all", true)]].concat();
    at(author, Place::Txt, Vec::new(), record)
}

fn key(author: &str, selector: Option<&String>) -> Change {
    let record = vec![Piece::text(service::key_record(KeyKind::Rsa), true), Piece::placeholder(Placeholder::PublicKey)];
    at(author, Place::Txt, key_name(selector), record)
}

fn key_name(selector: Option<&String>) -> Vec<Piece> {
    let selector =
        selector.map_or_else(|| Piece::placeholder(Placeholder::Selector), |selector| Piece::text(selector, false));
    vec![selector, Piece::text("._domainkey.", false)]
}

/// A record of the subdomain, which is still to be chosen.
fn at(author: &str, place: Place, first: Vec<Piece>, new: Vec<Piece>) -> Change {
    let name = service::below([first, vec![Piece::placeholder(Placeholder::Subdomain)]].concat(), author);
    Change { place, name, current: Current::Unknown, new }
}
