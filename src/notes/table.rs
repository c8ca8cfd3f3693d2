//! Which fields are notes, and what their words mean: one entry a field, one line a word.

use super::form::Form;
use super::meaning::Meaning as M;
use super::symbols::{SYMBOLS, TESTS};
use super::whose::Guard;
use super::{Filter, Source};

/// One kind of field.
#[derive(Debug)]
pub(super) struct Header {
    /// In lower case.
    pub(super) names: &'static [&'static str],
    pub(super) filter: Filter,
    pub(super) form: Form,
    pub(super) guard: Guard,
    pub(super) words: &'static [&'static [Word]],
    /// Values without a word before them.
    pub(super) bare: Word,
    /// Where the maker, or who collected it, says what it means.
    pub(super) source: Option<Source>,
}

/// A word before a value: its values, and what any other value of it is.
#[derive(Debug)]
pub(super) struct Word {
    /// In lower case; a `*` at the start, the end or both stands for anything.
    pub(super) name: &'static str,
    pub(super) values: &'static [(&'static str, M)],
    pub(super) other: M,
}

const fn word(name: &'static str, values: &'static [(&'static str, M)], other: M) -> Word {
    Word { name, values, other }
}

/// Any value of the word means the same.
pub(super) const fn any(name: &'static str, other: M) -> Word {
    Word { name, values: &[], other }
}

/// Only these values are known.
const fn only(name: &'static str, values: &'static [(&'static str, M)]) -> Word {
    Word { name, values, other: M::Unknown }
}

const NO_BARE: Word = any("", M::Unknown);

const fn source(page: &'static str) -> Source {
    Source { page, checked_on: "2026-11-22" }
}

const MICROSOFT: Option<Source> = Some(source("learn.microsoft.com/defender-office-365/message-headers-eop-mdo"));
const MICROSOFT_SCL: Option<Source> =
    Some(source("learn.microsoft.com/defender-office-365/anti-spam-spam-confidence-level-scl-about"));
const MICROSOFT_ASF: Option<Source> =
    Some(source("learn.microsoft.com/defender-office-365/anti-spam-policies-asf-settings-about"));
const SPAMASSASSIN: Option<Source> = Some(source("github.com/apache/spamassassin, rules"));
const RSPAMD: Option<Source> = Some(source("github.com/rspamd/rspamd, conf and rules"));
const CISCO: Option<Source> = Some(source("cisco.com, Secure Email tech notes"));

const SCL: &[(&str, M)] = &[
    ("-1", M::SclSkipped),
    ("0", M::SclNotSpam),
    ("1", M::SclNotSpam),
    ("2", M::SclUnused),
    ("3", M::SclUnused),
    ("4", M::SclUnused),
    ("5", M::SclSpam),
    ("6", M::SclSpam),
    ("7", M::SclSpamSure),
    ("8", M::SclSpamSure),
    ("9", M::SclSpamSure),
];

const CUSTOM: &[(&str, M)] = &[
    ("Image links to remote sites", M::CustomRaised),
    ("Numeric IP in URL", M::CustomRaised),
    ("URL redirect to other port", M::CustomRaised),
    ("URL to .biz or .info websites", M::CustomRaised),
    ("SPF From Record Fail", M::CustomRaised),
    ("Backscatter NDR", M::CustomRaised),
    ("Empty Message", M::CustomHigh),
    ("Embed tag in html", M::CustomHigh),
    ("Javascript or VBscript tags in HTML", M::CustomHigh),
    ("Form tag in html", M::CustomHigh),
    ("IFRAME or FRAME in HTML", M::CustomHigh),
    ("Web bug", M::CustomHigh),
    ("Object tag in html", M::CustomHigh),
    ("Sensitive word in subject/body", M::CustomHigh),
    ("SPF Record Fail", M::CustomHigh),
];

const FOREFRONT: &[Word] = &[
    any("cip", M::ConnectingAddress),
    any("ctry", M::Country),
    any("lang", M::Language),
    only("scl", SCL),
    only("srv", &[("bulk", M::BulkByFilter), ("", M::NotBulkByFilter)]),
    only("ipv", &[("cal", M::AddressAllowed), ("nli", M::AddressNotListed)]),
    only(
        "sfv",
        &[
            ("nspm", M::VerdictNotSpam),
            ("spm", M::VerdictSpam),
            ("sfe", M::SenderSafeForUser),
            ("blk", M::SenderBlockedByUser),
            ("ska", M::SenderAllowedByPolicy),
            ("skb", M::SenderBlockedByPolicy),
            ("ski", M::SkippedInternal),
            ("skn", M::SkippedByRule),
            ("skq", M::ReleasedFromQuarantine),
            ("sks", M::MarkedByRule),
        ],
    ),
    any("h", M::Helo),
    word("ptr", &[("", M::ReverseNameNone), ("infodomainnonexistent", M::ReverseNameNone)], M::ReverseName),
    only("dir", &[("inb", M::Inbound), ("out", M::Outbound), ("int", M::Internal)]),
    only(
        "sfty",
        &[("9.19", M::TipDomainImpersonation), ("9.20", M::TipUserImpersonation), ("9.25", M::TipFirstContact)],
    ),
    only("cat", CATEGORIES),
    word("x-customspam", CUSTOM, M::CustomTest),
    any("sfs", M::Diagnostic),
    any("sfp", M::Diagnostic),
    any("efv", M::Diagnostic),
    any("ara", M::Diagnostic),
];

const CATEGORIES: &[(&str, M)] = &[
    ("amp", M::CategoryAntiMalware),
    ("malw", M::CategoryMalware),
    ("bimp", M::CategoryBrand),
    ("bulk", M::CategoryBulk),
    ("dimp", M::CategoryDomain),
    ("ftbp", M::CategoryAttachment),
    ("gimp", M::CategoryMailbox),
    ("hphsh", M::CategoryPhishSure),
    ("hphish", M::CategoryPhishSure),
    ("hspm", M::CategorySpamSure),
    ("intos", M::CategoryPhishInternal),
    ("ospm", M::CategoryOutboundSpam),
    ("phsh", M::CategoryPhish),
    ("sap", M::CategorySafeAttachments),
    ("spm", M::CategorySpam),
    ("spoof", M::CategorySpoof),
    ("uimp", M::CategoryUser),
    ("none", M::CategoryNone),
];

const BULK: &[Word] = &[
    only(
        "bcl",
        &[
            ("0", M::BulkNone),
            ("1", M::BulkFewComplaints),
            ("2", M::BulkFewComplaints),
            ("3", M::BulkFewComplaints),
            ("4", M::BulkMixedComplaints),
            ("5", M::BulkMixedComplaints),
            ("6", M::BulkMixedComplaints),
            ("7", M::BulkMixedComplaints),
            ("8", M::BulkManyComplaints),
            ("9", M::BulkManyComplaints),
        ],
    ),
    any("pcl", M::OlderPhishLevel),
    any("ara", M::Diagnostic),
    any("ruleid", M::Diagnostic),
    any("srvr", M::Diagnostic),
];

const DELIVERY: &[Word] = &[
    only("dest", &[("i", M::DeliveredToInbox), ("j", M::DeliveredToJunk)]),
    any("ucf", M::Undocumented),
    any("jmr", M::Undocumented),
    any("auth", M::Undocumented),
    any("ofr", M::Undocumented),
    any("eng", M::Undocumented),
];

const STATUS: &[Word] = &[
    any("score", M::Score),
    any("hits", M::Score),
    any("required", M::Threshold),
    any("tagged_above", M::Undocumented),
    any("tag_level", M::TagLevel),
    any("quarantine_level", M::QuarantineLevel),
    any("kill_level", M::KillLevel),
    any("autolearn", M::Learning),
    any("autolearn_force", M::Learning),
    any("version", M::Engine),
];

const YES_OR_NO: Word = only("", &[("yes", M::CalledSpam), ("no", M::CalledNotSpam)]);
const TRUE_OR_FALSE: Word = word("", &[("true", M::CalledSpam), ("false", M::CalledNotSpam)], M::ScoreOfLimit);

const PROOFPOINT_DETAILS: &[Word] = &[
    word(
        "rule",
        &[
            ("notspam", M::RuleNotSpam),
            ("spam", M::RuleSpam),
            ("outbound_notspam", M::RuleOutbound),
            ("bulk", M::RuleBulk),
        ],
        M::RuleOther,
    ),
    any("policy", M::PolicyRoute),
    any("score", M::Score),
    any("spamscore", M::ClassScore),
    any("phishscore", M::ClassScore),
    any("malwarescore", M::ClassScore),
    any("bulkscore", M::ClassScore),
    any("adultscore", M::ClassScore),
    any("suspectscore", M::ClassScore),
    any("impostorscore", M::ClassScore),
    any("lowpriorityscore", M::LowPriorityScore),
    any("priorityscore", M::HistoryScore),
    any("clxscore", M::HistoryScore),
    any("mlxscore", M::LearningScore),
    any("mlxlogscore", M::LearningScore),
    any("ipscore", M::AddressScore),
    any("classifier", M::Engine),
    any("adjust", M::Engine),
    any("reason", M::Engine),
    any("scancount", M::Engine),
    any("engine", M::Engine),
    any("definitions", M::Engine),
    any("vendor", M::Engine),
    any("signatures", M::Engine),
];

const IRONPORT_AV: &[Word] = &[
    // `E=` names the engine, `e=` an error, and words are read in either case.
    word("e", &[("u", M::AvError), ("e", M::AvError), ("t", M::AvError)], M::Engine),
    any("i", M::AvVersions),
    any("d", M::AvFileTypes),
    any("v", M::AvVirus),
    any("a", M::AvActions),
];

const ALIGNED: &[(&str, M)] = &[
    ("r1", M::AlignedRelaxed),
    ("s1", M::AlignedStrict),
    ("r0", M::NotAligned),
    ("s0", M::NotAligned),
    ("u0", M::AlignmentUndetermined),
];

const DMARC_INFO: &[Word] = &[
    any("pass", M::DmarcResult),
    any("dmarc-policy", M::DmarcPolicy),
    only("s", ALIGNED),
    only("d", ALIGNED),
    any("pdomain", M::PolicyDomain),
];

const fn header(
    names: &'static [&'static str],
    filter: Filter,
    form: Form,
    words: &'static [&'static [Word]],
) -> Header {
    Header { names, filter, form, guard: Guard::Place, words, bare: NO_BARE, source: None }
}

/// A field whose value is one word.
const fn single(names: &'static [&'static str], filter: Filter, bare: Word) -> Header {
    Header { names, filter, form: Form::Whole, guard: Guard::Place, words: &[], bare, source: None }
}

const fn microsoft(names: &'static [&'static str], words: &'static [&'static [Word]]) -> Header {
    let header = header(names, Filter::Microsoft, Form::Colons, words);
    Header { guard: Guard::ExchangeOnline, source: MICROSOFT, ..header }
}

const fn organization(names: &'static [&'static str], bare: Word, source: Option<Source>) -> Header {
    Header { guard: Guard::HeaderFirewall, source, ..single(names, Filter::Microsoft, bare) }
}

/// Every field that is read.
pub(super) const HEADERS: &[Header] = &[
    microsoft(&["x-forefront-antispam-report"], &[FOREFRONT]),
    microsoft(&["x-microsoft-antispam"], &[BULK]),
    Header { source: None, ..microsoft(&["x-microsoft-antispam-mailbox-delivery"], &[DELIVERY]) },
    Header { source: MICROSOFT_ASF, ..organization(&["x-customspam"], word("", CUSTOM, M::CustomTest), None) },
    organization(&["x-ms-exchange-organization-scl"], only("", SCL), MICROSOFT_SCL),
    organization(&["x-ms-exchange-organization-pcl"], any("", M::OlderPhishLevel), None),
    organization(
        &["x-ms-exchange-organization-authas"],
        only(
            "",
            &[
                ("anonymous", M::AuthAsAnonymous),
                ("internal", M::AuthAsInternal),
                ("external", M::AuthAsExternal),
                ("partner", M::AuthAsPartner),
            ],
        ),
        None,
    ),
    organization(&["x-ms-exchange-organization-authsource"], any("", M::StampedBy), None),
    organization(&["x-ms-exchange-organization-authmechanism"], any("", M::Undocumented), None),
    Header {
        guard: Guard::ExchangeOnline,
        ..single(
            &["x-microsoft-antispam-message-info", "x-message-info", "x-ms-exchange-antispam-messagedata"],
            Filter::Microsoft,
            any("", M::Opaque),
        )
    },
    Header {
        bare: YES_OR_NO,
        source: SPAMASSASSIN,
        ..header(&["x-spam-status"], Filter::SpamAssassin, Form::Status, &[STATUS, TESTS])
    },
    Header { source: SPAMASSASSIN, ..header(&["x-spam-report"], Filter::SpamAssassin, Form::Report, &[TESTS]) },
    Header { source: SPAMASSASSIN, ..single(&["x-spam-flag"], Filter::SpamAssassin, YES_OR_NO) },
    single(&["x-spam-score"], Filter::SpamAssassin, any("", M::Score)),
    Header { source: SPAMASSASSIN, ..single(&["x-spam-level"], Filter::SpamAssassin, any("", M::Stars)) },
    single(&["x-spam-checker-version"], Filter::SpamAssassin, any("", M::Engine)),
    Header {
        bare: TRUE_OR_FALSE,
        source: RSPAMD,
        ..header(&["x-spamd-result"], Filter::Rspamd, Form::Symbols, &[SYMBOLS])
    },
    Header { source: RSPAMD, ..header(&["x-rspamd-report"], Filter::Rspamd, Form::Symbols, &[SYMBOLS]) },
    Header {
        source: RSPAMD,
        ..single(
            &["x-rspamd-action"],
            Filter::Rspamd,
            only(
                "",
                &[
                    ("no action", M::ActionNone),
                    ("greylist", M::ActionGreylist),
                    ("add header", M::ActionAddHeader),
                    ("reject", M::ActionReject),
                ],
            ),
        )
    },
    single(&["x-rspamd-score"], Filter::Rspamd, any("", M::Score)),
    single(&["x-spam"], Filter::Rspamd, YES_OR_NO),
    header(
        &["x-proofpoint-spam-details", "x-proofpoint-virus-version"],
        Filter::Proofpoint,
        Form::Words,
        &[PROOFPOINT_DETAILS],
    ),
    single(&["x-proofpoint-guid", "x-proofpoint-orig-guid"], Filter::Proofpoint, any("", M::TraceId)),
    single(&["x-authority-analysis"], Filter::Proofpoint, any("", M::Opaque)),
    single(&["x-mimecast-spam-score"], Filter::Mimecast, any("", M::Score)),
    single(&["x-mc-unique", "x-mimecast-mfc-proc-id"], Filter::Mimecast, any("", M::TraceId)),
    single(&["x-mimecast-originator"], Filter::Mimecast, any("", M::SendingCustomer)),
    single(&["x-mimecast-bulk-signature"], Filter::Mimecast, only("", &[("yes", M::BulkMatch)])),
    single(&["x-mimecast-impersonation-protect"], Filter::Mimecast, any("", M::ImpersonationChecks)),
    Header {
        bare: YES_OR_NO,
        ..header(&["x-barracuda-spam-status"], Filter::Barracuda, Form::Status, &[STATUS, TESTS])
    },
    header(&["x-barracuda-spam-report"], Filter::Barracuda, Form::Report, &[TESTS]),
    single(&["x-barracuda-spam-flag"], Filter::Barracuda, YES_OR_NO),
    single(&["x-barracuda-spam-score"], Filter::Barracuda, any("", M::Score)),
    single(&["x-barracuda-connect"], Filter::Barracuda, any("", M::ConnectingAddress)),
    single(&["x-barracuda-start-time"], Filter::Barracuda, any("", M::FilterTime)),
    single(&["x-barracuda-bayes"], Filter::Barracuda, any("", M::LearntClass)),
    single(&["x-barracuda-brts-status"], Filter::Barracuda, any("", M::Undocumented)),
    single(&["x-barracuda-envelope-from", "x-barracuda-orig-rcpt"], Filter::Barracuda, any("", M::EnvelopeAddress)),
    Header {
        source: CISCO,
        ..single(
            &["x-ironport-anti-spam-filtered"],
            Filter::Cisco,
            only("", &[("true", M::Scanned), ("false", M::NotScanned)]),
        )
    },
    Header { source: CISCO, ..single(&["x-ironport-anti-spam-result"], Filter::Cisco, any("", M::Opaque)) },
    Header { source: CISCO, ..header(&["x-ironport-av"], Filter::Cisco, Form::Semicolons, &[IRONPORT_AV]) },
    single(&["ironport-phdr"], Filter::Cisco, any("", M::Opaque)),
    single(&["ironport-sdr", "x-sbrs"], Filter::Cisco, any("", M::SenderReputation)),
    Header {
        source: CISCO,
        ..single(
            &["x-amp-result"],
            Filter::Cisco,
            only("", &[("clean", M::FileClean), ("malicious", M::FileMalicious), ("unscannable", M::FileUnscannable)]),
        )
    },
    single(&["x-amp-original-verdict"], Filter::Cisco, any("", M::FileVerdict)),
    single(&["x-amp-file-uploaded"], Filter::Cisco, any("", M::FileUploaded)),
    single(&["x-ironport-outbreak-status"], Filter::Cisco, any("", M::OutbreakStatus)),
    single(&["x-ironport-outbreak-description"], Filter::Cisco, any("", M::OutbreakDescription)),
    single(
        &["x-gm-message-state", "x-gm-gg", "x-gm-features", "x-google-smtp-source"],
        Filter::Google,
        any("", M::GoogleInternal),
    ),
    single(&["x-google-dkim-signature"], Filter::Google, any("", M::GoogleSignature)),
    single(&["x-dmarc-policy"], Filter::Apple, any("", M::PolicyRecord)),
    header(&["x-dmarc-info"], Filter::Apple, Form::Semicolons, &[DMARC_INFO]),
    single(&["x-icl-score", "x-icl-info"], Filter::Apple, any("", M::Opaque)),
    single(&["x-apple-movetofolder", "x-apple-action"], Filter::Apple, any("", M::JunkPlacement)),
    single(&["x-ymail-osg"], Filter::Yahoo, any("", M::Opaque)),
    single(&["x-tm-as-result"], Filter::TrendMicro, any("", M::TrendResult)),
    single(&["x-brightmail-tracker"], Filter::Symantec, any("", M::Opaque)),
    single(&["x-spamreason", "x-spaminfo"], Filter::Symantec, any("", M::SymantecReason)),
    single(
        &["x-ksmg-antispam-status", "x-ksmg-antispam-rate", "x-ksmg-antispam-auth"],
        Filter::Kaspersky,
        any("", M::KasperskyVerdict),
    ),
    single(
        &["x-vade-spamstate"],
        Filter::Vade,
        only("", &[("clean", M::StateClean), ("commercial", M::StateCommercial), ("spam", M::StateSpam)]),
    ),
    // Whatever else these makers write is shown as it stands.
    single(&["x-apple-*", "x-mantsh", "x-clx-*", "x-icl-*"], Filter::Apple, NO_BARE),
    single(&["x-ironport-*", "ironport-*"], Filter::Cisco, NO_BARE),
    single(&["x-barracuda-*"], Filter::Barracuda, NO_BARE),
    single(&["x-mimecast-*"], Filter::Mimecast, NO_BARE),
    single(&["x-proofpoint-*"], Filter::Proofpoint, NO_BARE),
    single(&["x-tm-as-*"], Filter::TrendMicro, NO_BARE),
    single(&["x-gm-*", "x-google-*"], Filter::Google, NO_BARE),
    single(&["x-vr-*"], Filter::Vade, any("", M::Opaque)),
    single(&["x-vade-*"], Filter::Vade, NO_BARE),
    single(&["x-yahoo-*", "x-ymailisg"], Filter::Yahoo, any("", M::Opaque)),
    single(&["x-yahoofilteredbulk"], Filter::Yahoo, any("", M::Undocumented)),
    Header {
        guard: Guard::ExchangeOnline,
        ..single(&["x-ms-exchange-antispam-*", "x-microsoft-antispam-*"], Filter::Microsoft, any("", M::Opaque))
    },
    Header {
        guard: Guard::ExchangeOnline,
        ..single(&["x-exchange-antispam-*", "x-forefront-*"], Filter::Microsoft, any("", M::Undocumented))
    },
    single(&["x-imss-*", "x-imsva-*"], Filter::TrendMicro, NO_BARE),
    single(&["x-brightmail-*"], Filter::Symantec, NO_BARE),
    single(&["x-ksmg-*", "x-klms-*", "x-kas-*"], Filter::Kaspersky, NO_BARE),
    single(&["x-rspamd-*"], Filter::Rspamd, NO_BARE),
    // Makers of whose words nothing was found in their own pages: whose note it is, and the words as they stand.
    single(&["x-virus-*", "x-viruschecked", "x-av-checked", "x-amavis-*"], Filter::AntiVirus, NO_BARE),
    single(&["*-mailscanner", "*-mailscanner-*", "*-tmailscanner", "*-tmailscanner-*"], Filter::MailScanner, NO_BARE),
    single(
        &["x-me-vs*", "x-spam-known-sender", "x-spam-sender-reputation", "x-spam-hits", "x-spam-source"],
        Filter::Fastmail,
        NO_BARE,
    ),
    single(&["x-gmx-anti*", "x-ui-filterresults", "x-ui-out-filterresults"], Filter::Gmx, NO_BARE),
    single(&["x-yandex-spam"], Filter::Yandex, NO_BARE),
    single(&["x-zoho-virus-status"], Filter::Zoho, NO_BARE),
    single(&["x-zone-spam-*"], Filter::ZoneMta, NO_BARE),
    single(&["x-cloudmark-*", "x-cmae-*"], Filter::Cloudmark, NO_BARE),
    single(&["x-ctch-*"], Filter::Cyren, NO_BARE),
    single(&["x-starscan-*"], Filter::MessageLabs, NO_BARE),
    single(&["x-nai-*"], Filter::McAfee, NO_BARE),
    single(&["x-assp-*"], Filter::Assp, NO_BARE),
    single(&["x-coremail-antispam"], Filter::Coremail, NO_BARE),
    single(&["x-junkmail-*", "x-mirapoint-*"], Filter::Mirapoint, NO_BARE),
    single(&["x-feas-*", "x-fe-*"], Filter::Fortinet, NO_BARE),
    single(&["x-sophos-*", "x-pmx-*"], Filter::Sophos, NO_BARE),
    single(&["x-eset-*"], Filter::Eset, NO_BARE),
    single(&["x-drweb-*"], Filter::DrWeb, NO_BARE),
    single(&["x-pstn-*"], Filter::Postini, NO_BARE),
    single(&["x-bogosity"], Filter::Bogofilter, NO_BARE),
    single(&["x-dspam-*"], Filter::Dspam, NO_BARE),
    single(&["x-spamexperts-*", "x-recommended-action"], Filter::SpamExperts, NO_BARE),
];

/// The kind of field of that name, in lower case.
pub(super) fn header_of(name: &str) -> Option<&'static Header> {
    HEADERS.iter().find(|header| header.names.iter().any(|pattern| fits(pattern, name)))
}

impl Header {
    /// What a value means under a word, or without one.
    pub(super) fn meaning(&self, word: Option<&str>, value: &str) -> M {
        let Some(name) = word else { return self.bare.of(value) };
        let name = name.to_ascii_lowercase();
        let mut words = self.words.iter().flat_map(|words| words.iter());
        words.find(|word| fits(word.name, &name)).map_or(M::Unknown, |word| word.of(value))
    }
}

impl Word {
    fn of(&self, value: &str) -> M {
        let known = self.values.iter().find(|(known, _)| known.eq_ignore_ascii_case(value));
        match known {
            Some((_, meaning)) => *meaning,
            // An empty value says nothing, but where emptiness is a word of its own.
            None => self.other,
        }
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(part), Some(_)) => name.contains(part.trim_end_matches('*')),
        (Some(end), None) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        (None, None) => pattern == name,
    }
}
