//! What others claim: beside our own verdict, and field by field with whom to believe.

use super::{Block, Section};
use crate::analyze::Analysis;
use crate::auth::claimed::{Claim, Comparison, Ours, Trust};
use crate::message::hidden;
use crate::text::{Panels, Words, count};

/// The most fields that a report lists.
const CLAIMS: usize = 50;
/// The most results of one field that a report lists.
const RESULTS: usize = 50;

/// `None` where the message has no such field.
pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let facts = &analysis.facts;
    let panels = words.panels();
    if facts.claims.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    if !facts.compared.rows.is_empty() {
        let columns = [panels.checked, panels.their_record, panels.our_verification, panels.why_differ];
        let rows = facts.compared.rows.iter().map(|row| self::row(row, &facts.claims, words)).collect();
        blocks.push(Block::Table { columns: columns.map(str::to_owned).to_vec(), rows });
    }
    let more = |left_out: usize| Block::Note(panels.more.replace("{}", &count(left_out)));
    if facts.compared.left_out > 0 {
        blocks.push(more(facts.compared.left_out));
    }
    blocks.extend(facts.claims.iter().take(CLAIMS).map(|claim| Block::Pairs(field(claim, words))));
    if facts.claims.len() > CLAIMS {
        blocks.push(more(facts.claims.len() - CLAIMS));
    }
    Some(Section { title: panels.claims.to_owned(), blocks })
}

fn row(row: &Comparison, claims: &[Claim], words: &dyn Words) -> Vec<String> {
    let panels = words.panels();
    let recorded = row.recorded.first().and_then(|place| place.find(claims));
    let recorded = recorded.map_or_else(
        || "–".to_owned(),
        |(claim, result)| match claim.trust {
            Trust::Trusted(_) => hidden::mark(&result.result),
            Trust::Unsure(_) | Trust::Ignored(_) => format!("{} ({})", hidden::mark(&result.result), panels.unsure),
        },
    );
    let reasons = row.reasons.iter().map(|reason| words.claim_why(reason.why));
    let comparison = std::iter::once(words.claim_agreement(row.agreement).to_owned()).chain(reasons);
    vec![
        words.claim_subject(row.subject),
        recorded,
        ours(row.ours, words).to_owned(),
        comparison.collect::<Vec<_>>().join(" / "),
    ]
}

/// Our own result, in the words of its own section.
fn ours(ours: Ours, words: &dyn Words) -> &'static str {
    match ours {
        Ours::Spf(result) => words.spf_result(result),
        Ours::Dkim(result) => words.dkim_result(result),
        Ours::Dmarc(result) => words.dmarc_result(result),
        Ours::Arc(result) => words.arc_result(result),
        Ours::Iprev(result) => words.iprev_result(result),
        Ours::NoSignature => words.panels().unsigned,
        Ours::NotJudged => words.panels().not_evaluated,
    }
}

fn field(claim: &Claim, words: &dyn Words) -> Vec<(String, String)> {
    let panels = words.panels();
    let writer = claim.authserv_id.as_ref().or(claim.receiver.as_ref());
    let writer = writer.map_or_else(|| panels.not_named.to_owned(), |writer| hidden::mark(writer));
    let mut pairs = vec![
        (
            claim.header.name().to_owned(),
            format!("{}: {}", trust_word(claim.trust, panels), words.claim_trust(claim.trust)),
        ),
        (panels.written_by.to_owned(), writer),
    ];
    if claim.results.is_empty() {
        pairs.push((panels.results_recorded.to_owned(), panels.no_results.to_owned()));
    }
    for result in claim.results.iter().take(RESULTS) {
        pairs.push((panels.results_recorded.to_owned(), hidden::mark(&result.written())));
        pairs.extend(result.notes.iter().map(|note| (String::new(), words.claim_note(*note).to_owned())));
    }
    if claim.results.len() > RESULTS {
        pairs.push((String::new(), panels.more.replace("{}", &count(claim.results.len() - RESULTS))));
    }
    let deviations: Vec<&str> =
        claim.deviations.iter().map(|deviation| words.claim_deviation(deviation.value)).collect();
    if !deviations.is_empty() {
        pairs.push((panels.irregular.to_owned(), deviations.join(", ")));
    }
    if !claim.unread.is_empty() {
        let places = claim.unread.iter().map(|span| format!("[{}–{}]", span.start, span.end));
        pairs.push((panels.unread_parts.to_owned(), places.collect::<Vec<_>>().join(" ")));
    }
    pairs
}

const fn trust_word(trust: Trust, panels: &Panels) -> &'static str {
    match trust {
        Trust::Trusted(_) => panels.trusted,
        Trust::Unsure(_) => panels.unsure,
        Trust::Ignored(_) => panels.ignored,
    }
}
