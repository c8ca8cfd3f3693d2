//! A subdomain for one of the kinds of mail that one author domain sends, with records of its own.

use super::change::{Change, Current, Place};
use super::piece::{Piece, Placeholder};
use super::{Case, Fix, Kind, Outcome, service};
use crate::auth::dkim::crypto::KeyKind;
use crate::check::{Actor, Problem};

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    let mixed = case.findings.iter().find_map(|finding| match &finding.problem {
        Problem::StreamMixed { author } => Some((finding.problem.code(), author)),
        _ => None,
    });
    let Some((code, author)) = mixed.filter(|_| !case.is_suspect()) else { return Vec::new() };
    let name = |first: Vec<Piece>| {
        let subdomain = Piece::placeholder(Placeholder::Subdomain);
        service::below([first, vec![subdomain]].concat(), author)
    };
    let record =
        |first: Vec<Piece>, new| Change { place: Place::Txt, name: name(first), current: Current::Unknown, new };
    let text = |text: &str| Piece::text(text, true);
    let reports = Placeholder::ReportAddress { domain: author.clone() };
    let changes = vec![
        record(vec![], vec![text("v=spf1 "), Piece::placeholder(Placeholder::Servers), text(" ~all")]),
        record(
            vec![Piece::placeholder(Placeholder::Selector), Piece::text("._domainkey.", false)],
            vec![text(service::key_record(KeyKind::Rsa)), Piece::placeholder(Placeholder::PublicKey)],
        ),
        record(
            vec![Piece::text("_dmarc.", false)],
            vec![text("v=DMARC1; p=none; rua=mailto:"), Piece::placeholder(reports)],
        ),
    ];
    let fix = Fix::new(Kind::Subdomain { author: author.clone() }, vec![code], Actor::Sender, changes);
    vec![vec![Fix { outcome: Outcome::FutureMail, ..fix }]]
}
