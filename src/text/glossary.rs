//! The terms that a reader may not know, and where they occur in a sentence.

use std::ops::Range;

use super::Words;

/// A term of the trade. One entry each, in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    Spf,
    Dkim,
    Dmarc,
    Arc,
    EnvelopeFrom,
    HeaderFrom,
    AuthorDomain,
    AuthorSignature,
    ThirdPartySignature,
    Alignment,
    OrganizationalDomain,
    PublicSuffixList,
    TreeWalk,
    Policy,
    Selector,
    PublicKey,
    BodyHash,
    LookupLimit,
    VoidLookup,
    PermError,
    TempError,
    Softfail,
    Neutral,
    Received,
    Hop,
    Boundary,
    ConnectingAddress,
    Helo,
    ReverseDns,
    Tls,
    Forwarding,
    Srs,
    MailingList,
    SendingService,
    Spoofing,
    Bounce,
    ListUnsubscribe,
    AuthenticationResults,
    MessageId,
    Dns,
    Bimi,
    Dnsbl,
    MtaSts,
    TlsRpt,
    Dane,
}

impl Term {
    /// Every term, in the order of the list: the methods, the names, the records, the way, the rest.
    pub const ALL: [Self; 45] = [
        Self::Spf,
        Self::Dkim,
        Self::Dmarc,
        Self::Arc,
        Self::EnvelopeFrom,
        Self::HeaderFrom,
        Self::AuthorDomain,
        Self::AuthorSignature,
        Self::ThirdPartySignature,
        Self::Alignment,
        Self::OrganizationalDomain,
        Self::PublicSuffixList,
        Self::TreeWalk,
        Self::Policy,
        Self::Selector,
        Self::PublicKey,
        Self::BodyHash,
        Self::LookupLimit,
        Self::VoidLookup,
        Self::PermError,
        Self::TempError,
        Self::Softfail,
        Self::Neutral,
        Self::Received,
        Self::Hop,
        Self::Boundary,
        Self::ConnectingAddress,
        Self::Helo,
        Self::ReverseDns,
        Self::Tls,
        Self::Forwarding,
        Self::Srs,
        Self::MailingList,
        Self::SendingService,
        Self::Spoofing,
        Self::Bounce,
        Self::ListUnsubscribe,
        Self::AuthenticationResults,
        Self::MessageId,
        Self::Dns,
        Self::Bimi,
        Self::Dnsbl,
        Self::MtaSts,
        Self::TlsRpt,
        Self::Dane,
    ];
}

/// What the list says of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub name: &'static str,
    /// How it is written in sentences, `name` included where it is.
    pub spellings: &'static [&'static str],
    pub meaning: &'static str,
}

/// The terms in a text of ours, each with where it stands first, in that order.
#[must_use]
pub fn terms_in(text: &str, words: &dyn Words) -> Vec<(Range<usize>, Term)> {
    let mut found: Vec<(Range<usize>, Term)> = Vec::new();
    let spelled = Term::ALL.into_iter().flat_map(|term| {
        let spellings = words.term(term).spellings.iter();
        spellings.filter_map(move |spelling| Some((first(text, spelling)?, term)))
    });
    let mut candidates: Vec<(Range<usize>, Term)> = spelled.collect();
    // Where two begin at one place, the longer is the term, and what lies within it is part of its name.
    candidates.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    for (range, term) in candidates {
        let is_within = found.last().is_some_and(|(last, _)| range.start < last.end);
        if !is_within && found.iter().all(|(_, known)| *known != term) {
            found.push((range, term));
        }
    }
    found
}

/// Where a spelling stands first as a word of its own: not in a domain name, an address or a longer word.
fn first(text: &str, spelling: &str) -> Option<Range<usize>> {
    let is_word = |character: char| character.is_ascii_alphanumeric() || "-_.@".contains(character);
    let stands_alone = |start: usize| {
        let (before, after) = (text.get(..start), text.get(start + spelling.len()..));
        let ends = |side: Option<char>, edge: Option<char>| {
            !edge.is_some_and(|edge| edge.is_ascii_alphanumeric()) || !side.is_some_and(is_word)
        };
        // A full stop ends a sentence unless something follows at once.
        let mut rest = after.unwrap_or_default().chars();
        let next = match (rest.next(), rest.next()) {
            (Some('.'), follows) => follows.filter(|follows| is_word(*follows)),
            (next, _) => next,
        };
        ends(before.and_then(|before| before.chars().next_back()), spelling.chars().next())
            && ends(next, spelling.chars().next_back())
    };
    let start = text.match_indices(spelling).map(|(start, _)| start).find(|start| stands_alone(*start))?;
    Some(start..start + spelling.len())
}

#[cfg(test)]
mod tests {
    use super::super::Lang;
    use super::*;

    fn found(text: &str, lang: Lang) -> Vec<&'static str> {
        terms_in(text, lang.words()).into_iter().map(|(_, term)| lang.words().term(term).name).collect()
    }

    #[test]
    fn terms_are_words_of_their_own() {
        assert_eq!(found("SPF and DKIM both pass.", Lang::En), ["SPF", "DKIM"]);
        assert_eq!(found("spf.example.jp, x-DKIM.example, a@SPF and DKIM-Signature", Lang::En), [""; 0]);
        assert_eq!(found("It ends in permerror.", Lang::En), ["permerror"]);
        assert_eq!(found("tabi-coffee.example の作成者署名（DKIM）がありません。", Lang::Ja), ["作成者署名", "DKIM"]);
    }

    #[test]
    fn the_longer_term_wins_and_each_is_told_once() {
        assert_eq!(found("an envelope From, and the envelope From again", Lang::En), ["envelope From"]);
        assert_eq!(found("DNSツリーウォークとDNS", Lang::Ja), ["DNSツリーウォーク"]);
    }

    #[test]
    fn every_term_is_found_by_its_name_and_explained() {
        for lang in Lang::ALL {
            let mut names: Vec<&str> = Vec::new();
            for term in Term::ALL {
                let entry = lang.words().term(term);
                assert!(entry.spellings.contains(&entry.name), "{}", entry.name);
                assert_eq!(terms_in(entry.name, lang.words()), [(0..entry.name.len(), term)], "{}", entry.name);
                assert!(entry.meaning.ends_with(['.', '。']) && entry.meaning.len() > 40, "{}", entry.name);
                assert!(!names.contains(&entry.name), "{}", entry.name);
                names.push(entry.name);
            }
        }
    }
}
