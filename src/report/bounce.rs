//! What a delivery report says: who refused which recipient, in which words, and what that means.

use super::{Block, Section};
use crate::analyze::Analysis;
use crate::bounce::{Bounce, Recipient};
use crate::message::date::Stamp;
use crate::message::{Kind, Pick, hidden};
use crate::text::{Words, count};

/// The most recipients that a report lists.
const RECIPIENTS: usize = 50;

/// `None` where the message is no delivery report.
pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let panels = words.panels();
    let bounce = analysis.facts.bounce.as_ref()?;
    let mut blocks = vec![Block::Pairs(about(bounce, words))];
    blocks.extend(
        bounce
            .recipients
            .iter()
            .take(RECIPIENTS)
            .map(|recipient| Block::Pairs(pairs(recipient, bounce.returned.is_some(), words))),
    );
    let left_out = bounce.recipients.len().saturating_sub(RECIPIENTS) + bounce.left_out;
    if left_out > 0 {
        blocks.push(Block::Note(panels.more.replace("{}", &count(left_out))));
    }
    blocks.push(Block::Pairs(returned(analysis, bounce, words)));
    blocks.push(Block::Note(panels.bounce_hint.to_owned()));
    blocks.push(Block::Note(panels.about_notice.to_owned()));
    Some(Section { title: panels.bounce.to_owned(), blocks })
}

fn about(bounce: &Bounce, words: &dyn Words) -> Vec<(String, String)> {
    let panels = words.panels();
    let reporter = bounce.reporter.as_ref().map_or_else(|| panels.not_named.to_owned(), |name| hidden::mark(name));
    let form = words.bounce_form(bounce.form);
    let form = bounce.writer.map_or_else(|| form.to_owned(), |writer| format!("{form} · {writer}"));
    let mut pairs = vec![(panels.reported_by.to_owned(), reporter), (panels.read_from.to_owned(), form)];
    pairs.extend(bounce.arrived.map(|at| (panels.arrived_there.to_owned(), at.rfc3339())));
    if !bounce.deviations.is_empty() {
        let texts: Vec<&str> = bounce.deviations.iter().map(|deviation| words.bounce_deviation(*deviation)).collect();
        pairs.push((panels.irregular.to_owned(), texts.join(" · ")));
    }
    pairs
}

fn pairs(recipient: &Recipient, is_returned: bool, words: &dyn Words) -> Vec<(String, String)> {
    let panels = words.panels();
    let shown =
        |value: &Option<String>| value.as_ref().map_or_else(|| panels.absent.to_owned(), |value| hidden::mark(value));
    let mut pairs = vec![
        (panels.recipient.to_owned(), shown(&recipient.address)),
        (panels.outcome.to_owned(), words.bounce_outcome(recipient.outcome).to_owned()),
    ];
    let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
    if recipient.original.is_some() {
        add(panels.written_to, shown(&recipient.original));
    }
    if recipient.host.is_some() || recipient.provider.is_some() {
        let host = recipient.host.as_ref().map(|host| hidden::mark(host));
        let provider = recipient.provider.map(|host| format!("{} ({})", host.title, words.bounce_known_by(host.by)));
        add(panels.answered_by, host.into_iter().chain(provider).collect::<Vec<_>>().join(" · "));
    }
    let codes = [recipient.reply.map(|reply| reply.to_string()), recipient.status.map(|status| status.to_string())];
    let codes: Vec<String> = codes.into_iter().flatten().collect();
    add(panels.codes, if codes.is_empty() { panels.no_code.to_owned() } else { codes.join(" ") });
    if let Some(text) = &recipient.text {
        add(panels.as_written, hidden::mark(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    match recipient.decoded {
        Some(decoded) => {
            let meaning = words.bounce_meaning(decoded.meaning);
            add(panels.what_it_means, format!("{meaning} ({})", words.bounce_basis(decoded.basis)));
            add(panels.remedy, words.bounce_remedy(recipient, is_returned));
            add(panels.rule, panels.source_dated.replace("{page}", decoded.source).replace("{date}", decoded.dated));
        }
        None if recipient.outcome != crate::bounce::Outcome::Delivered => {
            add(panels.what_it_means, panels.unknown_code.to_owned());
        }
        None => {}
    }
    let dates = [(panels.last_attempt, recipient.last_attempt), (panels.retried_until, recipient.retried_until)];
    for (name, at) in dates {
        if let Some(at) = at {
            add(name, Stamp::rfc3339(at));
        }
    }
    pairs
}

fn returned(analysis: &Analysis, bounce: &Bounce, words: &dyn Words) -> Vec<(String, String)> {
    let panels = words.panels();
    let Some(returned) = &bounce.returned else {
        return vec![(panels.returned_message.to_owned(), panels.no_returned.to_owned())];
    };
    let subject =
        returned.subject.as_ref().map_or_else(|| panels.no_subject.to_owned(), |subject| hidden::mark(subject));
    let mut pairs = vec![(panels.returned_message.to_owned(), subject)];
    if let Some(pick) = below(analysis) {
        pairs.push((panels.open_returned.to_owned(), panels.message_to_pick.replace("{}", &pick.to_string())));
    }
    let facts = [(panels.author_domain, &returned.author), ("Message-ID", &returned.message_id)];
    for (name, value) in facts {
        pairs.extend(value.as_ref().map(|value| (name.to_owned(), hidden::mark(value))));
    }
    if !returned.signers.is_empty() {
        pairs.push((panels.signing_domain.to_owned(), hidden::mark(&returned.signers.join(", "))));
    }
    if returned.header_only {
        pairs.push((panels.input.to_owned(), panels.returned_header_only.to_owned()));
    }
    pairs
}

/// How the command line names the message below this one.
fn below(analysis: &Analysis) -> Option<Pick> {
    let pick = analysis.message.place?.pick;
    Some(match (analysis.message.kind, pick.layer) {
        (_, Some(layer)) => Pick { layer: Some(layer + 1), ..pick },
        (Kind::Nested, None) => Pick { number: pick.number + 1, layer: None },
        (_, None) => Pick { layer: Some(2), ..pick },
    })
}
