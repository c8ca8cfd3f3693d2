//! What the second engine says, and why it may say something else.

use super::{arc, terms};
use crate::auth::second::{Known, Part, Verdict};

/// What is judged, within a sentence.
pub(in crate::text) fn part(part: Part) -> String {
    match part {
        Part::MailFrom => "SPF of the envelope From".to_owned(),
        Part::Helo => "SPF of the HELO name".to_owned(),
        Part::HeaderFrom => "SPF of the header From".to_owned(),
        Part::Dkim(index) => format!("DKIM signature {}", index + 1),
        Part::Arc => "the ARC chain".to_owned(),
        Part::Dmarc => "DMARC".to_owned(),
        Part::Policy => "the DMARC policy".to_owned(),
    }
}

pub(in crate::text) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Spf(result) => terms::spf_result(Some(result)),
        Verdict::Dkim(result) => terms::dkim_result(result),
        Verdict::Arc(result) => arc::result(result),
        Verdict::Dmarc(result) => terms::dmarc_result(result),
        Verdict::Policy(policy) => terms::policy(policy),
    }
}

pub(in crate::text) const fn reason(known: Known) -> &'static str {
    match known {
        Known::ExpiryJudgedToday => "It judges the expiry (x=) today, not when the message was received.",
        Known::TrailingWhiteSpace => "It hashes lines of white space at the end of the body, which do not count.",
        Known::LengthRefused => "It refuses every signature with l=.",
        Known::LengthOfRawBody => "It cuts the body at l= before bringing it into its canonical form.",
        Known::FirstRecordOnly => "Of several DNS records at one name it takes the first that it can read.",
        Known::RuleNotEnforced => "It does not enforce the rule that decides here.",
        Known::GrammarNotEnforced => "It overlooks what is wrong in the grammar of a field or record.",
        Known::CannotRead => "It cannot read a field or record that the standard allows.",
        Known::VoidLookupsNotCounted => "It does not limit void DNS look-ups.",
        Known::BareReturnsDropped => "It drops lone carriage returns, which were signed.",
        Known::DraftForms => "It takes a missing c= in ARC by the letter; the signer meant relaxed.",
        Known::AuthorReadDifferently => "It takes an author from a From that names no single one.",
        Known::WalkGivenUp => "It gives up when one name of the DNS tree walk has no answer.",
        Known::FollowsFromOther => "This follows from its other results.",
    }
}
