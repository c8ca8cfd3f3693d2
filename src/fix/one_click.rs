//! The two header fields of RFC 8058 as they shall be: one address of the web, one value, both covered by the signature.

use super::piece::{self, Content, Piece, Placeholder};
use super::{Case, Change, Current, Fix, Kind, OneClickStep, Outcome, Place};
use crate::auth::dkim::{Reason, Signature};
use crate::check::provider::{Ask, of_recipient};
use crate::check::{Actor, Problem};
use crate::sender::unsubscribe::{FIELDS, addresses, way};
use crate::sender::{ONE_CLICK, StreamKind, Way};

/// The findings that the lines themselves answer.
const ABOUT_LINES: [&str; 2] = ["one-click-missing", "one-click-broken"];

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    fix(case).map(|fix| vec![fix]).into_iter().collect()
}

fn fix(case: Case<'_>) -> Option<Fix> {
    if case.is_suspect() {
        return None;
    }
    let found = |code: &'static str| case.findings.iter().find(|finding| finding.problem.code() == code);
    let codes: Vec<&'static str> = ABOUT_LINES.into_iter().filter(|code| found(code).is_some()).collect();
    if !codes.is_empty() || is_wanted(case) {
        return Some(lines(case, codes));
    }
    let finding = found("dkim-fields-unsigned")?;
    let Problem::DkimFieldsUnsigned { fields, .. } = &finding.problem else { return None };
    let is_about_this = FIELDS.iter().all(|name| fields.contains(name));
    is_about_this.then(|| signed(case, fields, finding.actor))?
}

/// The recipient's provider requires the fields of mail to many, and this is such mail without them.
fn is_wanted(case: Case<'_>) -> bool {
    let facts = case.facts;
    let is_bulk = facts.stream.kind == StreamKind::Bulk && facts.stream.mixed.is_none();
    let is_required = of_recipient(&facts.recipient).is_some_and(|provider| provider.requires(Ask::OneClickPost));
    is_bulk && is_required && facts.unsubscribe.counts == [0, 0] && !facts.is_header_partial()
}

/// A list of addresses on its way to be the right one.
struct List {
    steps: Vec<OneClickStep>,
    parts: Vec<Vec<Content>>,
}

/// Each of the two lines that is not right as it stands.
fn lines(case: Case<'_>, codes: Vec<&'static str>) -> Fix {
    let unsubscribe = &case.facts.unsubscribe;
    let [uris, posts] = &unsubscribe.values;
    let domain = case.facts.dmarc.author_domain.clone().unwrap_or_default();
    let List { mut steps, parts } = list(uris, &domain);
    let (before, after) = piece::sides(uris, &parts, ',');
    let is_right = |post: &String| post.eq_ignore_ascii_case(ONE_CLICK);
    match posts.as_slice() {
        [] => steps.push(OneClickStep::AddPost),
        [post] if is_right(post) => {}
        [post] => steps.push(OneClickStep::Post { before: post.clone() }),
        [_, _, ..] => steps.push(OneClickStep::Once { name: FIELDS[1] }),
    }
    steps.extend(sign(case));
    let kept = posts.first().filter(|post| is_right(post)).map_or(ONE_CLICK, String::as_str);
    let named = |name: &str, pieces: Vec<Piece>, changed: bool| {
        std::iter::once(Piece::text(&format!("{name}: "), changed)).chain(pieces).collect::<Vec<_>>()
    };
    let [uri_name, post_name] = FIELDS;
    let old_uris = before.into_iter().enumerate().map(|(index, pieces)| named(uri_name, pieces, index > 0));
    let new_uris = named(uri_name, after, uris.is_empty());
    let old_posts = posts.iter().enumerate().map(|(index, post)| {
        let is_gone = index > 0 || !is_right(post);
        named(post_name, vec![Piece::text(post, is_gone)], index > 0)
    });
    let is_new = !posts.iter().any(is_right);
    let new_posts = named(post_name, vec![Piece::text(kept, is_new)], posts.is_empty());
    let line = |name: &str, old: Vec<Vec<Piece>>, new: Vec<Piece>| {
        let stays = old.len() == 1 && old.iter().flatten().chain(&new).all(|piece| !piece.changed);
        (!stays).then(|| Change::at(Place::Header, name, Current::Records(old), new))
    };
    let changes = [line(uri_name, old_uris.collect(), new_uris), line(post_name, old_posts.collect(), new_posts)];
    Fix::new(
        Kind::OneClick { steps, unproved: unproved(case) },
        codes,
        Actor::Sender,
        changes.into_iter().flatten().collect(),
    )
}

/// The addresses that stay, mended, with the one of the web first and what only the sender knows as placeholders.
fn list(values: &[String], domain: &str) -> List {
    let mut steps = Vec::new();
    if values.is_empty() {
        steps.push(OneClickStep::New);
    }
    if values.len() > 1 {
        steps.push(OneClickStep::Once { name: FIELDS[0] });
    }
    let mut uris: Vec<String> = values.iter().flat_map(|value| addresses(value)).map(without_space).collect();
    let bare: Vec<String> =
        if uris.is_empty() { values.iter().flat_map(|value| bare(value)).collect() } else { Vec::new() };
    if !bare.is_empty() {
        steps.push(OneClickStep::Brackets);
        uris = bare;
    }
    // Whatever else stands there is no address, and may not even be shown as it is (RFC 3986 section 2).
    let is_plain = |uri: &String| uri.bytes().all(|byte| byte.is_ascii_graphic());
    let count = uris.len();
    uris.retain(is_plain);
    let of = |wanted: Way| uris.iter().filter(move |uri| way(uri) == wanted);
    if uris.len() < count || uris.iter().any(|uri| way(uri) == Way::Other) {
        steps.push(OneClickStep::DropOther);
    }
    let first = match (of(Way::Https).next(), of(Way::Http).next()) {
        (Some(https), _) => {
            if of(Way::Https).count() + of(Way::Http).count() > 1 {
                steps.push(OneClickStep::OneHttps);
            }
            Content::Text(https.clone())
        }
        (None, Some(http)) => {
            let rest = http.split_once("://").map_or("", |(_, rest)| rest);
            let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            // Where `http` is answered, `https` is not.
            let host = without_port(authority);
            steps.push(OneClickStep::Secure { host: host.to_owned() });
            if of(Way::Http).count() > 1 {
                steps.push(OneClickStep::OneHttps);
            }
            Content::Text(format!("https://{host}{path}"))
        }
        (None, None) => {
            if !values.is_empty() {
                steps.push(OneClickStep::AddHttps);
            }
            Content::Placeholder(Placeholder::UnsubscribePage { domain: domain.to_owned() })
        }
    };
    let mut parts = vec![bracketed(first)];
    parts.extend(of(Way::Mailto).map(|uri| bracketed(Content::Text(uri.clone()))));
    if values.is_empty() {
        let address = Content::Placeholder(Placeholder::UnsubscribeAddress { domain: domain.to_owned() });
        parts.push(vec![Content::Text("<mailto:".to_owned()), address, Content::Text(">".to_owned())]);
    }
    List { steps, parts }
}

/// Text in brackets is one piece, so that it is known again among the current ones.
fn bracketed(uri: Content) -> Vec<Content> {
    match uri {
        Content::Text(uri) => vec![Content::Text(format!("<{uri}>"))],
        other @ Content::Placeholder(_) => vec![Content::Text("<".to_owned()), other, Content::Text(">".to_owned())],
    }
}

/// White space within an address is none of it (RFC 2369 section 2).
fn without_space(uri: &str) -> String {
    uri.split_whitespace().collect()
}

fn without_port(authority: &str) -> &str {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    authority.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(authority, |(host, _)| host)
}

/// Addresses that stand there without their brackets. A comma before anything else than an address is a part of one.
fn bare(value: &str) -> Vec<String> {
    let mut uris: Vec<String> = Vec::new();
    for word in value.split_whitespace() {
        let mut is_within = false;
        for part in word.split(',') {
            if way(part) != Way::Other {
                uris.push(part.to_owned());
                is_within = true;
            } else if let Some(last) = uris.last_mut().filter(|_| is_within && !part.is_empty()) {
                last.push(',');
                last.push_str(part);
            }
        }
    }
    uris
}

/// The author domain, where nothing proves it: then only its owner can say whether the mail is its own.
fn unproved(case: Case<'_>) -> Option<String> {
    case.facts.dmarc.author_domain.clone().filter(|_| !case.proves_author())
}

/// The signature that can cover the fields: the author domain's own, else any that is valid. A stranger's is none.
fn signature(case: Case<'_>) -> Option<&Signature> {
    let is_valid =
        |signature: &&Signature| matches!(signature.reason, Reason::Verified | Reason::HeaderVerifiedBodyNotAvailable);
    let is_strangers = !case.proves_author() && case.facts.sender.proved_service().is_none();
    let other = || case.facts.dkim.iter().find(is_valid).filter(|_| !is_strangers);
    case.facts.author_signature().filter(is_valid).or_else(other)
}

/// Those of the names that are not yet in its `h=`.
fn missing(signature: &Signature, names: &[&'static str]) -> Vec<&'static str> {
    let is_named = |name: &str| signature.signed_headers.iter().any(|signed| signed.trim().eq_ignore_ascii_case(name));
    names.iter().copied().filter(|name| !is_named(name)).collect()
}

fn sign(case: Case<'_>) -> Option<OneClickStep> {
    let Some(signature) = signature(case) else {
        return (case.facts.dkim.is_empty() || !case.proves_author()).then_some(OneClickStep::SignBoth);
    };
    let names = missing(signature, &FIELDS);
    let (domain, selector) = signature.named()?;
    (!names.is_empty()).then_some(OneClickStep::Sign { domain, selector, names })
}

/// Both lines are right, and no valid signature covers them: the `h=` that does.
fn signed(case: Case<'_>, fields: &[&'static str], actor: Actor) -> Option<Fix> {
    let signature = signature(case)?;
    let (domain, selector) = signature.named()?;
    let names = missing(signature, fields);
    if names.is_empty() {
        return None;
    }
    let old = format!("h={}", signature.signed_headers.join(":"));
    let more = format!(":{}", names.join(":"));
    let current = Current::Records(vec![vec![Piece::text(&old, false)]]);
    let new = vec![Piece::text(&old, false), Piece::text(&more, true)];
    let change = Change::at(Place::Header, "DKIM-Signature", current, new);
    let steps = vec![OneClickStep::Sign { domain, selector, names }];
    let kind = Kind::OneClick { steps, unproved: unproved(case) };
    let fix = Fix::new(kind, vec!["dkim-fields-unsigned"], actor, vec![change]);
    Some(Fix { outcome: Outcome::OnlySigner, ..fix })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(values: &[&str]) -> (String, Vec<OneClickStep>) {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let List { steps, parts } = list(&values, "example.jp");
        let text = |content: &Content| match content {
            Content::Text(text) => text.clone(),
            Content::Placeholder(_) => "?".to_owned(),
        };
        let parts: Vec<String> = parts.iter().map(|part| part.iter().map(text).collect()).collect();
        (parts.join(", "), steps)
    }

    #[test]
    fn one_address_of_the_web_stands_first() {
        use OneClickStep::{AddHttps, Brackets, DropOther, New, Once, OneHttps, Secure};
        let secure = || Secure { host: "example.jp".to_owned() };
        for (values, expected, steps) in [
            (&[][..], "<?>, <mailto:?>", vec![New]),
            (&["<https://example.jp/u>"], "<https://example.jp/u>", vec![]),
            (&["<mailto:off@example.jp>"], "<?>, <mailto:off@example.jp>", vec![AddHttps]),
            (
                &["<mailto:off@example.jp>, <http://example.jp/u?a=1>"],
                "<https://example.jp/u?a=1>, <mailto:off@example.jp>",
                vec![secure()],
            ),
            (&["<https://example.jp/a>, <https://example.jp/b>"], "<https://example.jp/a>", vec![OneHttps]),
            (&["https://example.jp/u"], "<https://example.jp/u>", vec![Brackets]),
            (&["<ftp://example.jp/u>"], "<?>", vec![DropOther, AddHttps]),
            (&["see the web"], "<?>", vec![AddHttps]),
            (&["(not <https://example.com/>) <https://example.jp/u>"], "<https://example.jp/u>", vec![]),
            (&["<https://example.jp/u  x>"], "<https://example.jp/ux>", vec![]),
            (&["<http://example.jp:80/u>"], "<https://example.jp/u>", vec![secure()]),
            (
                &["https://example.jp/a,b, mailto:off@example.jp"],
                "<https://example.jp/a,b>, <mailto:off@example.jp>",
                vec![Brackets],
            ),
            (&["<https://example.jp/\u{202e}u>"], "<?>", vec![DropOther, AddHttps]),
            (
                &["<https://example.jp/u>", "<mailto:off@example.jp>"],
                "<https://example.jp/u>, <mailto:off@example.jp>",
                vec![Once { name: "List-Unsubscribe" }],
            ),
        ] {
            assert_eq!(listed(values), (expected.to_owned(), steps), "{values:?}");
        }
    }
}
