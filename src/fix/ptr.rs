//! The reverse name of the connecting address, and the address that the name has to lead back to (RFC 8601 section 3).

use std::net::IpAddr;

use super::change::{Change, Current, Place};
use super::piece::{Piece, Placeholder};
use super::{Case, Fix, Kind, ReverseStep, Withheld};
use crate::auth::dmarc;
use crate::auth::iprev::{self, Iprev};
use crate::auth::spf::SpfResult;
use crate::check::Actor;

/// The findings that are answered here.
pub(super) const FINDINGS: [&str; 2] = ["reverse-name-missing", "reverse-name-mismatch"];

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    let found = case.findings.iter().find(|finding| FINDINGS.contains(&finding.problem.code()));
    let is_hidden = case.is_suspect() || case.is_stranger() || !case.is_server_shown();
    let Some((finding, reverse)) = found.zip(case.facts.iprev.as_ref()).filter(|_| !is_hidden) else {
        return Vec::new();
    };
    let (code, actor) = (finding.problem.code(), finding.actor);
    if case.facts.is_address_unsure() {
        let kind = Kind::ReverseName { ip: reverse.ip, step: ReverseStep::Choose };
        return vec![vec![Fix::not_offered(kind, vec![code], actor, Withheld::AddressUnsure)]];
    }
    let work = Work { case, reverse, code, actor };
    // The name that the server itself gives is the one that was meant for it.
    let named = case.helo.map(|helo| work.name(ReverseStep::AsHelo { name: helo.to_owned() }, Piece::text(helo, true)));
    let forward = own_name(case, reverse).map(|name| work.forward(name));
    let open = work.name(ReverseStep::Choose, Piece::placeholder(Placeholder::HostName));
    vec![named.into_iter().chain(forward).chain([open]).collect()]
}

/// The name of the address, where SPF of its own organization lets the address pass. A reverse name and a HELO are the words
/// of whoever runs the server, and a signature comes along with a copied message: neither shows whose the address is.
fn own_name<'a>(case: Case<'_>, reverse: &'a Iprev) -> Option<&'a str> {
    let spf = &case.facts.spf;
    let checks = [&spf.mail_from, &spf.helo].into_iter().flatten();
    let passed: Vec<_> = checks
        .filter(|check| check.result == Some(SpfResult::Pass) && !check.shows_nobody())
        .map(|check| check.domain.as_str())
        .collect();
    let is_own = |name: &str| passed.iter().any(|own| dmarc::is_same_organization(name, own));
    let mut names = reverse.names.iter().filter(|name| !name.is_generated(reverse.ip));
    names.find(|name| is_own(&name.name)).map(|name| name.name.as_str())
}

struct Work<'a> {
    case: Case<'a>,
    reverse: &'a Iprev,
    code: &'static str,
    actor: Actor,
}

impl Work<'_> {
    /// Another name for the address. Every name that does not lead back goes.
    fn name(&self, step: ReverseStep, name: Piece) -> Fix {
        let old = self.reverse.names.iter().map(|name| vec![Piece::text(&name.name, true)]).collect();
        let question = iprev::reverse_question(self.reverse.ip);
        let change = Change::at(Place::Ptr, &question.name, Current::Records(old), vec![name]);
        self.fix(step, change)
    }

    /// An address for the name.
    fn forward(&self, name: &str) -> Fix {
        let ip = self.reverse.ip;
        let place = match ip {
            IpAddr::V4(_) => Place::A,
            IpAddr::V6(_) => Place::Aaaa,
        };
        let old: Vec<_> = self.case.addresses(name).iter().map(|address| vec![Piece::text(address, false)]).collect();
        let current = if old.is_empty() { Current::Records(old) } else { Current::Beside(old) };
        let change = Change::at(place, name, current, vec![Piece::text(&ip.to_string(), true)]);
        self.fix(ReverseStep::Forward { name: name.to_owned() }, change)
    }

    fn fix(&self, step: ReverseStep, change: Change) -> Fix {
        let kind = Kind::ReverseName { ip: self.reverse.ip, step };
        Fix::new(kind, vec![self.code], self.actor, vec![change])
    }
}
