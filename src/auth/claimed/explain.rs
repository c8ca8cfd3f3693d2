//! What the words of a result mean, as codes: methods, results, reason codes, actions, comments. A word that is in no table
//! is unknown, and says so; nothing is guessed.

use serde::Serialize;

use super::ClaimedResult;

/// One thing that is known of a result, or that it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    // What the method is.
    MethodAuth,
    MethodDomainKeys,
    MethodSenderId,
    MethodAdsp,
    MethodAtps,
    MethodVbr,
    MethodRrvs,
    MethodSmime,
    MethodBimi,
    MethodCompauth,
    MethodSenderauth,
    /// No registered method.
    MethodUnknown,
    /// A version of the method that nobody knows: the result is ignored (RFC 8601 section 2.6).
    VersionUnknown,

    // What the result is.
    HardFail,
    DkimPolicy,
    BestGuessPass,
    IprevNoName,
    IprevMismatch,
    /// No result that is registered for the method.
    ResultUnknown,

    // Microsoft's composite authentication: what `reason=` says.
    CompauthExplicitFail,
    CompauthImplicitFail,
    CompauthForbiddenPair,
    CompauthOwnDomain,
    CompauthPassed,
    CompauthArc,
    CompauthSoft,
    CompauthNotChecked,
    CompauthBypassed,
    CompauthOwnDomainImplicit,
    CompauthUnknown,

    // The last digits, from an edition of the page that is no longer there.
    OlderAligned,
    OlderDkimOfFrom,
    OlderSameEnvelope,
    OlderReverseName,
    OlderReverseDomain,
    OlderBrokenByHop,
    OlderBestGuess,
    OlderDmarcError,
    OlderTimeout,
    OlderAcceptedDomain,
    OlderMx,
    OlderSubnet,
    OlderBounce,
    OlderOwnDomain,
    OlderHistory,

    // What Microsoft did with the message by DMARC: `action=`.
    ActionNone,
    ActionQuarantine,
    ActionReject,
    ActionOverridden,
    ActionPercentage,
    ActionPermerror,
    ActionTemperror,
    ActionUnknown,

    // Which policy came to apply: Google's `dis=`, `policy.dmarc` (RFC 9989 section 9.1), Fastmail's disposition.
    AppliedNone,
    AppliedQuarantine,
    AppliedReject,

    // What a comment says.
    BestGuessRecord,
    LocalPolicy,
    NotSigned,
    BodyHashWrong,
    SignatureWrong,
    NoKey,
    KeyUnprotected,
    KeySecure,
    TestMode,
    ArcOverride,
    ArcUsable,
    ArcNotUsable,
    ArcLtdi,
}

/// Where a note is documented, and when that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub page: &'static str,
    pub checked_on: &'static str,
}

const fn source(page: &'static str, checked_on: &'static str) -> Source {
    Source { page, checked_on }
}

const RFC_8601: Source = source("RFC 8601 §2.7", "2026-11-22");
const IANA: Source = source("iana.org/assignments/email-auth", "2026-11-22");
const MICROSOFT: Source = source("learn.microsoft.com/defender-office-365/message-headers-eop-mdo", "2026-11-22");
const MICROSOFT_OLDER: Source =
    source("learn.microsoft.com/defender-office-365/message-headers-eop-mdo, an older edition", "2026-11-22");
const MICROSOFT_ARC: Source =
    source("learn.microsoft.com/defender-office-365/email-authentication-arc-configure", "2026-11-22");
const IIJ: Source = source("iijmio.jp/mm/senderauth", "2026-11-22");
const NTTPC: Source = source("help.arena.ne.jp/hc/ja/articles/360025522613", "2026-11-22");
const BIGLOBE: Source = source("faq.support.biglobe.ne.jp, faq_id=10574", "2026-11-22");

impl Note {
    /// Where it is documented; `None` where the note says that nothing is known, and for comments, which are listed as
    /// servers were seen to write them (2026-11-22).
    #[must_use]
    pub const fn source(self) -> Option<Source> {
        Some(match self {
            Self::MethodUnknown
            | Self::ResultUnknown
            | Self::VersionUnknown
            | Self::CompauthUnknown
            | Self::ActionUnknown
            | Self::ArcLtdi
            | Self::BestGuessRecord
            | Self::LocalPolicy
            | Self::NotSigned
            | Self::BodyHashWrong
            | Self::SignatureWrong
            | Self::NoKey
            | Self::KeyUnprotected
            | Self::KeySecure
            | Self::TestMode
            | Self::ArcOverride => return None,
            Self::MethodAuth | Self::DkimPolicy | Self::IprevNoName | Self::IprevMismatch => RFC_8601,
            Self::MethodDomainKeys
            | Self::MethodSenderId
            | Self::MethodAtps
            | Self::MethodVbr
            | Self::MethodRrvs
            | Self::MethodSmime
            | Self::AppliedNone
            | Self::AppliedQuarantine
            | Self::AppliedReject => IANA,
            Self::MethodAdsp => NTTPC,
            Self::MethodBimi => source("draft-brand-indicators-for-message-identification", "2026-11-22"),
            Self::MethodSenderauth => IIJ,
            Self::HardFail => BIGLOBE,
            Self::MethodCompauth
            | Self::BestGuessPass
            | Self::CompauthExplicitFail
            | Self::CompauthImplicitFail
            | Self::CompauthForbiddenPair
            | Self::CompauthOwnDomain
            | Self::CompauthPassed
            | Self::CompauthArc
            | Self::CompauthSoft
            | Self::CompauthNotChecked
            | Self::CompauthBypassed
            | Self::CompauthOwnDomainImplicit
            | Self::ActionNone
            | Self::ActionQuarantine
            | Self::ActionReject
            | Self::ActionOverridden
            | Self::ActionPercentage
            | Self::ActionPermerror
            | Self::ActionTemperror => MICROSOFT,
            Self::OlderAligned
            | Self::OlderDkimOfFrom
            | Self::OlderSameEnvelope
            | Self::OlderReverseName
            | Self::OlderReverseDomain
            | Self::OlderBrokenByHop
            | Self::OlderBestGuess
            | Self::OlderDmarcError
            | Self::OlderTimeout
            | Self::OlderAcceptedDomain
            | Self::OlderMx
            | Self::OlderSubnet
            | Self::OlderBounce
            | Self::OlderOwnDomain
            | Self::OlderHistory => MICROSOFT_OLDER,
            Self::ArcUsable | Self::ArcNotUsable => MICROSOFT_ARC,
        })
    }
}

const PLAIN: &[&str] = &["none", "pass", "fail", "policy", "neutral", "temperror", "permerror"];

/// The methods of the IANA registry (RFC 8601 section 6) and some that are not in it, each with its results and what is to
/// be said of it.
const METHODS: &[(&str, &[&str], Option<Note>)] = &[
    ("spf", &["none", "pass", "fail", "hardfail", "softfail", "policy", "neutral", "temperror", "permerror"], None),
    ("dkim", &["none", "pass", "fail", "hardfail", "policy", "neutral", "temperror", "permerror"], None),
    ("dmarc", &["none", "pass", "fail", "bestguesspass", "temperror", "permerror"], None),
    ("arc", &["none", "pass", "fail"], None),
    ("iprev", &["pass", "fail", "temperror", "permerror"], None),
    ("auth", &["none", "pass", "fail", "temperror", "permerror"], Some(Note::MethodAuth)),
    ("domainkeys", PLAIN, Some(Note::MethodDomainKeys)),
    (
        "sender-id",
        &["none", "pass", "fail", "hardfail", "softfail", "policy", "neutral", "temperror", "permerror"],
        Some(Note::MethodSenderId),
    ),
    ("dkim-adsp", ADSP, Some(Note::MethodAdsp)),
    ("x-dkim-adsp", ADSP, Some(Note::MethodAdsp)),
    ("dkim-atps", PLAIN, Some(Note::MethodAtps)),
    ("vbr", &["none", "pass", "fail", "temperror", "permerror"], Some(Note::MethodVbr)),
    ("rrvs", &["none", "pass", "fail", "unknown", "temperror", "permerror"], Some(Note::MethodRrvs)),
    ("smime", PLAIN, Some(Note::MethodSmime)),
    ("bimi", &["none", "pass", "fail", "skipped", "declined", "temperror", "permerror"], Some(Note::MethodBimi)),
    ("compauth", &["none", "pass", "fail", "softpass"], Some(Note::MethodCompauth)),
    ("senderauth", PLAIN, Some(Note::MethodSenderauth)),
];
const ADSP: &[&str] = &["none", "pass", "unknown", "fail", "discard", "nxdomain", "temperror", "permerror"];

/// Reason codes of `compauth=`: the whole code, or its first digit.
const COMPAUTH: &[(&str, Note)] = &[
    ("000", Note::CompauthExplicitFail),
    ("001", Note::CompauthImplicitFail),
    ("002", Note::CompauthForbiddenPair),
    ("010", Note::CompauthOwnDomain),
    ("130", Note::CompauthArc),
    ("1", Note::CompauthPassed),
    ("2", Note::CompauthSoft),
    ("3", Note::CompauthNotChecked),
    ("4", Note::CompauthBypassed),
    ("6", Note::CompauthOwnDomainImplicit),
    ("7", Note::CompauthPassed),
    ("9", Note::CompauthBypassed),
];

/// What an older edition of the page said about whole codes.
const COMPAUTH_OLDER: &[(&str, Note)] = &[
    ("100", Note::OlderAligned),
    ("101", Note::OlderDkimOfFrom),
    ("102", Note::OlderSameEnvelope),
    ("103", Note::OlderReverseName),
    ("104", Note::OlderReverseDomain),
    ("108", Note::OlderBrokenByHop),
    ("109", Note::OlderBestGuess),
    ("111", Note::OlderDmarcError),
    ("112", Note::OlderTimeout),
    ("115", Note::OlderAcceptedDomain),
    ("116", Note::OlderMx),
    ("201", Note::OlderSubnet),
    ("202", Note::OlderSubnet),
    ("501", Note::OlderBounce),
    ("601", Note::OlderOwnDomain),
    ("701", Note::OlderHistory),
    ("702", Note::OlderHistory),
    ("703", Note::OlderHistory),
    ("704", Note::OlderHistory),
];

const ACTIONS: &[(&str, Note)] = &[
    ("none", Note::ActionNone),
    ("quarantine", Note::ActionQuarantine),
    ("reject", Note::ActionReject),
    ("oreject", Note::ActionOverridden),
    ("pct.quarantine", Note::ActionPercentage),
    ("pct.reject", Note::ActionPercentage),
    ("permerror", Note::ActionPermerror),
    ("temperror", Note::ActionTemperror),
];

const APPLIED: &[(&str, Note)] =
    &[("none", Note::AppliedNone), ("quarantine", Note::AppliedQuarantine), ("reject", Note::AppliedReject)];

/// What software writes in comments and reasons, in lower case.
const COMMENTS: &[(&str, Note)] = &[
    ("best guess record", Note::BestGuessRecord),
    ("local policy", Note::LocalPolicy),
    ("message not signed", Note::NotSigned),
    ("no signature", Note::NotSigned),
    ("no sig", Note::NotSigned),
    ("body hash", Note::BodyHashWrong),
    ("signature did not verify", Note::SignatureWrong),
    ("signature verification failed", Note::SignatureWrong),
    ("bad signature", Note::SignatureWrong),
    ("no key", Note::NoKey),
    ("key not found", Note::NoKey),
    ("key unavailable", Note::NoKey),
    ("unprotected", Note::KeyUnprotected),
    ("insecure key", Note::KeyUnprotected),
    ("key; secure", Note::KeySecure),
    ("test mode", Note::TestMode),
    ("test key", Note::TestMode),
];

/// Everything that is known of a result.
pub(super) fn notes(result: &ClaimedResult) -> Vec<Note> {
    let mut notes = Vec::new();
    if result.is_unknown_version() {
        return vec![Note::VersionUnknown];
    }
    let method = METHODS.iter().find(|(name, ..)| *name == result.method);
    match method {
        None => notes.push(Note::MethodUnknown),
        Some((_, results, note)) => {
            notes.extend(*note);
            if !results.contains(&result.result.as_str()) {
                notes.push(Note::ResultUnknown);
            }
        }
    }
    notes.extend(match (result.method.as_str(), result.result.as_str()) {
        (_, "hardfail") => Some(Note::HardFail),
        ("dkim", "policy") => Some(Note::DkimPolicy),
        ("dmarc", "bestguesspass") => Some(Note::BestGuessPass),
        ("iprev", "permerror") => Some(Note::IprevNoName),
        ("iprev", "fail") => Some(Note::IprevMismatch),
        _ => None,
    });
    match result.method.as_str() {
        "compauth" => compauth(result, &mut notes),
        "dmarc" => dmarc(result, &mut notes),
        "arc" => arc(result, &mut notes),
        _ => {}
    }
    let texts: Vec<String> =
        result.comments.iter().chain(&result.reason).map(|text| text.to_ascii_lowercase()).collect();
    for &(words, note) in COMMENTS {
        if texts.iter().any(|text| text.contains(words)) && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

fn compauth(result: &ClaimedResult, notes: &mut Vec<Note>) {
    let Some(code) = result.reason.as_deref() else { return };
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |table: &[(&str, Note)]| table.iter().find(|(known, _)| *known == code).map(|(_, note)| *note);
    let first = COMPAUTH.iter().find(|(known, _)| known.len() == 1 && code.starts_with(known)).map(|(_, note)| *note);
    let note = if is_code { whole(COMPAUTH).or(first) } else { None };
    notes.push(note.unwrap_or(Note::CompauthUnknown));
    notes.extend(whole(COMPAUTH_OLDER));
}

fn dmarc(result: &ClaimedResult, notes: &mut Vec<Note>) {
    if let Some(action) = result.property("action") {
        let known = ACTIONS.iter().find(|(known, _)| action.value.eq_ignore_ascii_case(known));
        notes.push(known.map_or(Note::ActionUnknown, |(_, note)| *note));
    }
    // Google puts the policies of the record, and the one that came to apply, in a comment.
    let in_comments = || {
        let words = result.comments.iter().flat_map(|comment| comment.split([' ', ',']));
        words.filter_map(|word| word.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("dis"))
    };
    let stated = ["policy.dmarc", "policy.applied-disposition"].iter().find_map(|name| result.property(name));
    let applied = stated.map(|value| value.value.as_str()).or_else(|| in_comments().map(|(_, value)| value));
    notes.extend(applied.and_then(|applied| {
        APPLIED.iter().find(|(known, _)| applied.eq_ignore_ascii_case(known)).map(|(_, note)| *note)
    }));
    if result.comments.iter().any(|comment| comment.split([' ', ',']).any(|word| word == "arc=pass")) {
        notes.push(Note::ArcOverride);
    }
}

/// Microsoft's `(0 oda=1 ltdi=1 spf=[…])`.
fn arc(result: &ClaimedResult, notes: &mut Vec<Note>) {
    for word in result.comments.iter().flat_map(|comment| comment.split_ascii_whitespace()) {
        match word.split_once('=') {
            Some(("oda", "1")) => notes.push(Note::ArcUsable),
            Some(("oda", _)) => notes.push(Note::ArcNotUsable),
            Some(("ltdi", _)) => notes.push(Note::ArcLtdi),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Border, read};
    use super::*;
    use crate::message::Message;

    fn of(result: &str) -> Vec<Note> {
        let message = Message::read(format!("Authentication-Results: mx.example.jp; {result}\r\n\r\n").into_bytes());
        read(&message, Border::default()).remove(0).results.remove(0).notes
    }

    #[test]
    fn codes_of_microsoft() {
        for (reason, expected) in [
            ("000", vec![Note::CompauthExplicitFail]),
            ("001", vec![Note::CompauthImplicitFail]),
            ("002", vec![Note::CompauthForbiddenPair]),
            ("010", vec![Note::CompauthOwnDomain]),
            ("130", vec![Note::CompauthArc]),
            ("109", vec![Note::CompauthPassed, Note::OlderBestGuess]),
            ("199", vec![Note::CompauthPassed]),
            ("202", vec![Note::CompauthSoft, Note::OlderSubnet]),
            ("305", vec![Note::CompauthNotChecked]),
            ("451", vec![Note::CompauthBypassed]),
            ("904", vec![Note::CompauthBypassed]),
            ("601", vec![Note::CompauthOwnDomainImplicit, Note::OlderOwnDomain]),
            ("701", vec![Note::CompauthPassed, Note::OlderHistory]),
            ("501", vec![Note::CompauthUnknown, Note::OlderBounce]),
            ("003", vec![Note::CompauthUnknown]),
            ("800", vec![Note::CompauthUnknown]),
            ("10", vec![Note::CompauthUnknown]),
            ("1x0", vec![Note::CompauthUnknown]),
        ] {
            let notes = of(&format!("compauth=fail reason={reason}"));
            assert_eq!(notes[0], Note::MethodCompauth);
            assert_eq!(notes[1..], expected, "{reason}");
        }
        assert_eq!(of("compauth=pass"), [Note::MethodCompauth]);
    }

    #[test]
    fn what_was_done_by_dmarc() {
        assert_eq!(of("dmarc=fail action=oreject header.from=example.com"), [Note::ActionOverridden]);
        assert_eq!(of("dmarc=fail action=pct.quarantine"), [Note::ActionPercentage]);
        assert_eq!(of("dmarc=fail action=other"), [Note::ActionUnknown]);
        assert_eq!(of("dmarc=bestguesspass action=none"), [Note::BestGuessPass, Note::ActionNone]);
        assert_eq!(of("dmarc=fail (p=REJECT sp=REJECT dis=NONE arc=pass)"), [Note::AppliedNone, Note::ArcOverride]);
        assert_eq!(of("dmarc=fail policy.dmarc=quarantine (p=reject)"), [Note::AppliedQuarantine]);
        assert_eq!(of("arc=pass (0 oda=1 ltdi=1 spf=[1,1,smtp.mailfrom=a])"), [Note::ArcUsable, Note::ArcLtdi]);
    }

    #[test]
    fn unknown_words_say_so() {
        assert_eq!(of("x-token-a=pass"), [Note::MethodUnknown]);
        assert_eq!(of("dkim=timeout"), [Note::ResultUnknown]);
        assert_eq!(of("dkim/3=pass"), [Note::VersionUnknown]);
        assert_eq!(of("spf=hardfail"), [Note::HardFail]);
        assert_eq!(of("iprev=permerror"), [Note::IprevNoName]);
        assert_eq!(of("dkim=pass (2048-bit key)"), []);
    }

    #[test]
    fn comments_of_known_software() {
        assert_eq!(of("dkim=none (message not signed)"), [Note::NotSigned]);
        assert_eq!(of("dkim=neutral (body hash did not verify)"), [Note::BodyHashWrong]);
        assert_eq!(of("dkim=pass (2048-bit key; unprotected)"), [Note::KeyUnprotected]);
        assert_eq!(
            of("spf=pass (google.com: best guess record for domain of a@b designates 192.0.2.1)"),
            [Note::BestGuessRecord]
        );
        assert_eq!(of("dkim=fail reason=\"signature verification failed\""), [Note::SignatureWrong]);
    }

    #[test]
    fn tables_have_no_twins_and_sources_have_dates() {
        for table in [COMPAUTH, COMPAUTH_OLDER, ACTIONS, APPLIED] {
            for (index, (word, note)) in table.iter().enumerate() {
                assert!(table.iter().skip(index + 1).all(|(other, _)| other != word), "{word}");
                let source = note.source().unwrap();
                assert!(!source.page.is_empty() && source.checked_on.len() == 10);
            }
        }
    }
}
