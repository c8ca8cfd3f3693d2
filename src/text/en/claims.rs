//! What others claim: whom to believe, what their words mean, and why we can come to something else.

use crate::auth::claimed::{
    Agreement, Certainty, Deviation, IgnoreReason, Note, Subject, Trust, TrustReason, UnsureReason, Why,
};

pub(in crate::text) const fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Trusted(TrustReason::AboveBoundary) => "It is above the point where the receiving side begins.",
        Trust::Trusted(TrustReason::ProviderWritesBelow) => {
            "This provider writes it right below its own Received line and removes forgeries under its name."
        }
        Trust::Trusted(TrustReason::RepeatedAbove) => "A sealed field above the entrance says the same, word for word.",
        Trust::Unsure(UnsureReason::BoundaryHost) => {
            "It has the receiving server's name, but is below its Received line. A sender can write it there too."
        }
        Trust::Unsure(UnsureReason::BoundaryUnsure) => {
            "A newer hop may be where the receiving side begins. If so, strangers wrote this."
        }
        Trust::Ignored(IgnoreReason::BelowBoundary) => {
            "It was in the message when the receiving side took it over. Anybody can have written it."
        }
        Trust::Ignored(IgnoreReason::OtherServer) => {
            "It bears another name than the newest record of the receiving server."
        }
        Trust::Ignored(IgnoreReason::NoBoundary) => "It is not known where the receiving side begins.",
        Trust::Ignored(IgnoreReason::UnknownVersion) => "Its version is not known, so it is not read.",
        Trust::Ignored(IgnoreReason::SetAside) => "A server renamed it because it was there on arrival.",
        Trust::Ignored(IgnoreReason::LimitExceeded) => {
            "The message has more such fields than are read, so this one is not."
        }
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::NoServer => "no server name in front (as Microsoft writes)",
        Deviation::NoInstance => "no i= in front",
        Deviation::NoSemicolon => "no semicolon after the server name",
        Deviation::BareDomain => "a domain alone between results (Microsoft: the recipient's)",
        Deviation::EarlyProperty => "a property before its result (as Yahoo writes)",
        Deviation::StrayProperty => "a property after the end of its result",
        Deviation::NoPropertyType => "a property without its type",
        Deviation::UnquotedValue => "a value that should be in quotes",
        Deviation::EmptyValue => "an empty value",
    }
}

pub(in crate::text) fn subject(subject: Subject) -> String {
    match subject {
        Subject::SpfMailFrom => "SPF (envelope From)".to_owned(),
        Subject::SpfHelo => "SPF (HELO)".to_owned(),
        Subject::Dkim { signature: Some(index) } => format!("DKIM signature {}", index + 1),
        Subject::Dkim { signature: None } => "DKIM".to_owned(),
        Subject::Dmarc => "DMARC".to_owned(),
        Subject::Arc => "ARC".to_owned(),
        Subject::Iprev => "Reverse DNS (iprev)".to_owned(),
    }
}

pub(in crate::text) const fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agrees => "same",
        Agreement::NeitherPassed => "neither passed",
        Agreement::Differs => "differs",
        Agreement::NotRecorded => "not recorded",
        Agreement::NotJudged => "not checked here",
        Agreement::UnknownWord => "unknown word",
    }
}

pub(in crate::text) const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Established => "shown",
        Certainty::Possible => "possible",
    }
}

pub(in crate::text) fn why(why: Why) -> String {
    match why {
        Why::OtherAddress { theirs } => format!("The record is about another connecting address, {theirs}."),
        other => fixed_why(other).to_owned(),
    }
}

const fn fixed_why(why: Why) -> &'static str {
    match why {
        Why::OtherAddress { .. } => "The record is about another connecting address.",
        Why::OtherSender => "The record is about another sender or HELO name.",
        Why::OtherAuthor => "The record is about another domain in From.",
        Why::OtherMoment => "We asked DNS now; at receipt it may have said something else.",
        Why::KeyMissing => "The key is not in DNS today. It may have been there then.",
        Why::KeyRevoked => "The key has been revoked.",
        Why::KeyReplaced => "The key that is there now may not be the one that was there then.",
        Why::KeyPublishedSince => "The key may have been published later.",
        Why::BodyChangedSince => "The body is no longer as it was signed: it was changed after that check.",
        Why::HeaderChangedSince => "A signed header field may have been changed after that check.",
        Why::OtherForm => "The message may have looked different when that server checked it.",
        Why::ExpiryNotHeeded => "The signature had expired on arrival (x=). Some servers ignore that.",
        Why::WeakNotHeeded => "The key or algorithm is too weak to count (RFC 8301). Some servers ignore that.",
        Why::RuleNotHeeded => "The signature breaks a rule of the standard. Some servers ignore that.",
        Why::LimitsCounted => "Servers count the look-up limits of SPF differently.",
        Why::BestGuess => "No record was published; that server guessed.",
        Why::LocalPolicy => "That server followed a rule of its own.",
        Why::TheirDns => "DNS gave that server no answer.",
        Why::FollowsSpf => "It follows from SPF, which differs.",
        Why::FollowsDkim => "It follows from DKIM, which differs.",
        Why::PslReading => "That server reads the organisation from the Public Suffix List (RFC 7489).",
        Why::ArcOverride => "That server took an ARC chain into account.",
        Why::SealedSince => "The receiving side sealed the message itself, after its check.",
        Why::SignatureGone => "The message has no such signature now: it was removed, or the record is not true.",
        Why::SignedSince => "The signature was added after that record.",
        Why::NotLookedAt => "That server may not have looked at the signature.",
        Why::NotAsked => "DNS was not asked here.",
        Why::NoAnswer => "DNS gave no answer here.",
        Why::BodyMissing => "There is no body here as it was sent.",
        Why::NotKept => "The header was not kept as it was sent, so it cannot be checked here.",
        Why::NoAddress => "The connecting address is not known.",
        Why::NoSender => "The envelope sender or the HELO name is not known.",
        Why::Incomplete => "Something that our verdict needs is missing.",
        Why::MayBeForged => "The field may not be the receiving server's own.",
        Why::Unexplained => "Nothing in the message explains it.",
    }
}

/// What a failure of Microsoft's composite authentication comes to, for that reason.
pub(in crate::text) fn compauth(reason: Option<Note>) -> String {
    let reason = reason.map_or_else(String::new, |reason| format!("{} ", note(reason)));
    format!(
        "{reason}Microsoft weighs SPF, DKIM, DMARC and signs of its own for the domain in From. A failure alone does not block a message; it makes the junk folder more likely."
    )
}

pub(in crate::text) const fn note(note: Note) -> &'static str {
    match note {
        Note::MethodAuth => "The client logged in to send (SMTP AUTH).",
        Note::MethodDomainKeys => "DomainKeys came before DKIM and no longer counts.",
        Note::MethodSenderId => {
            "Sender ID judges the sender in the header by SPF records. It is out of use almost everywhere."
        }
        Note::MethodAdsp => "ADSP was a rule for unsigned mail; it was withdrawn, and DMARC took its place.",
        Note::MethodAtps => "ATPS, for signatures of authorised third parties, is experimental and hardly used.",
        Note::MethodVbr => "VBR: another service vouches for the sender.",
        Note::MethodRrvs => "RRVS: whether the mailbox still belongs to the person the sender means.",
        Note::MethodSmime => "The S/MIME signature in the body.",
        Note::MethodBimi => "BIMI decides whether a logo is shown. It proves nothing beyond DMARC.",
        Note::MethodCompauth => {
            "Microsoft's composite authentication: SPF, DKIM, DMARC and its own signs about the From domain, taken together."
        }
        Note::MethodSenderauth => "IIJ's summary of SPF, DKIM and DMARC in one word.",
        Note::MethodUnknown => "A method of that provider's own. Its meaning is not published.",
        Note::VersionUnknown => "The version of this method is not known, so the result is ignored.",
        Note::HardFail => "An older word for fail.",
        Note::DkimPolicy => "The signature fits, but a rule of that server does not let it count.",
        Note::BestGuessPass => "There was no DMARC record; with one, it would have passed. That is not a DMARC pass.",
        Note::IprevNoName => "The address has no reverse name.",
        Note::IprevMismatch => "The reverse name does not point back to the address.",
        Note::ResultUnknown => "Not a registered result of this method.",
        Note::CompauthExplicitFail => "Reason 000: DMARC failed, and the domain asks for quarantine or reject.",
        Note::CompauthImplicitFail => {
            "Reason 001: nothing proves the From domain. It has no records, or weak ones (~all, ?all, p=none)."
        }
        Note::CompauthForbiddenPair => "Reason 002: an administrator does not allow this sender to use this domain.",
        Note::CompauthOwnDomain => "Reason 010: DMARC failed for a domain of the recipient's own organisation.",
        Note::CompauthPassed => "The From domain passed. The last two digits are internal to Microsoft.",
        Note::CompauthArc => "Reason 130: an ARC chain overrode a DMARC failure.",
        Note::CompauthSoft => "Reason 2xx: passed by indirect signs only.",
        Note::CompauthNotChecked => "Reason 3xx: not checked.",
        Note::CompauthBypassed => "Reason 4xx or 9xx: the check was bypassed.",
        Note::CompauthOwnDomainImplicit => {
            "Reason 6xx: nothing proves a From domain of the recipient's own organisation."
        }
        Note::CompauthUnknown => "Unknown code: Microsoft does not publish its meaning.",
        Note::OlderAligned => "An older edition of Microsoft's page: SPF or DKIM passed and matches From.",
        Note::OlderDkimOfFrom => "An older edition of Microsoft's page: DKIM passed for the From domain.",
        Note::OlderSameEnvelope => {
            "An older edition of Microsoft's page: SPF passed, and the envelope sender is of the From domain."
        }
        Note::OlderReverseName => "An older edition of Microsoft's page: From matches the reverse name of the address.",
        Note::OlderReverseDomain => {
            "An older edition of Microsoft's page: From matches the domain of the reverse name."
        }
        Note::OlderBrokenByHop => "An older edition of Microsoft's page: a known earlier hop broke DKIM.",
        Note::OlderBestGuess => "An older edition of Microsoft's page: no DMARC record; by best guess it passes.",
        Note::OlderDmarcError => {
            "An older edition of Microsoft's page: the DMARC record has an error; SPF or DKIM matches From."
        }
        Note::OlderTimeout => "An older edition of Microsoft's page: DNS did not answer in time.",
        Note::OlderAcceptedDomain => {
            "An older edition of Microsoft's page: the sender's domain belongs to a Microsoft 365 organisation."
        }
        Note::OlderMx => "An older edition of Microsoft's page: the MX of From matches the reverse name.",
        Note::OlderSubnet => {
            "An older edition of Microsoft's page: the reverse name, its domain or its network matches."
        }
        Note::OlderBounce => "An older edition of Microsoft's page: an accepted bounce.",
        Note::OlderOwnDomain => "An older edition of Microsoft's page: the recipient's own domain, not proved.",
        Note::OlderHistory => "An older edition of Microsoft's page: a history of legitimate mail from this sender.",
        Note::ActionNone => "Nothing was done because of DMARC.",
        Note::ActionQuarantine => "The message was quarantined because of DMARC.",
        Note::ActionReject => "The message was to be rejected because of DMARC.",
        Note::ActionOverridden => {
            "The domain asks for reject; the receiver overrode that, usually with the junk folder instead."
        }
        Note::ActionPercentage => "The record covered only a part of the mail (pct), and this message was let off.",
        Note::ActionPermerror => "The DMARC record could not be read.",
        Note::ActionTemperror => "DNS gave no answer for the DMARC record.",
        Note::ActionUnknown => "Unknown action: its meaning is not published.",
        Note::AppliedNone => "What that server applied by DMARC: none.",
        Note::AppliedQuarantine => "What that server applied by DMARC: quarantine.",
        Note::AppliedReject => "What that server applied by DMARC: reject.",
        Note::BestGuessRecord => "No SPF record was published; that server guessed.",
        Note::LocalPolicy => "A rule of that server decided.",
        Note::NotSigned => "That server found no signature.",
        Note::BodyHashWrong => "For that server the body was not as signed.",
        Note::SignatureWrong => "For that server the signature did not fit.",
        Note::NoKey => "That server found no public key.",
        Note::KeyUnprotected => "The DNS answer with the key was not protected by DNSSEC, as most are not.",
        Note::KeySecure => "The DNS answer with the key was protected by DNSSEC.",
        Note::TestMode => "The domain is testing DKIM (t=y).",
        Note::ArcOverride => "An ARC chain was taken into account.",
        Note::ArcUsable => {
            "oda=1: Microsoft trusts the earlier ARC sealer, and its results may override a failed DMARC."
        }
        Note::ArcNotUsable => "oda is not 1: the earlier ARC results were not used to override DMARC.",
        Note::ArcLtdi => "ltdi: unknown code, Microsoft does not publish its meaning.",
    }
}
