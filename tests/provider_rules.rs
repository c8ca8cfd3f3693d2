//! Every rule of every provider, on a message that meets it and on one that does not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "keys of one kind are enough here")]
#[path = "support/sign.rs"]
mod sign;

use hopscope::analyze::{Options, analyze};
use hopscope::check::provider::{Ask, Audience, Bulk, Rule, Ruleset, State, Status, Wanted, Why, judge, rulesets};
use hopscope::check::{HeaderPart, Problem, Severity};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::facts::Facts;
use hopscope::facts::network::NetworkCheck;
use hopscope::message::Message;
use hopscope::sender::{PassedOnBy, services};

use sign::Key;

const TOP: &str = "Return-Path: <news@example.com>\r\nReceived: from mail.example.com (mail.example.com [192.0.2.10]) by mx.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\n";
const HEADER: &str = "Date: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: Shop <news@example.com>\r\nTo: <sato@example.net>\r\nSubject: News\r\nMessage-ID: <1@example.com>\r\nList-Unsubscribe: <https://example.com/u>, <mailto:u@example.com>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nPrecedence: bulk\r\n";
const BODY: &str = "Hello.\r\n\r\nUnsubscribe: https://example.com/u\r\n";
const TAGS: &str = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.com; s=s1; h=From:Date:Subject:List-Unsubscribe:List-Unsubscribe-Post";
const FALSE_BODY: &str = "; bh=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const ZONE: &str = r#"
example.com. 60 IN TXT "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all"
example.com. 60 IN MX 10 mail.example.com.
example.com. 60 IN A 192.0.2.1
mail.example.com. 60 IN TXT "v=spf1 ip4:192.0.2.10 -all"
mail.example.com. 60 IN A 192.0.2.10
mail.example.com. 60 IN AAAA 2001:db8::10
10.2.0.192.in-addr.arpa. 60 IN PTR mail.example.com.
0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 60 IN PTR mail.example.com.
_dmarc.example.com. 60 IN TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"
s1._domainkey.example.com. 60 IN TXT "{key}"
default._bimi.example.com. 60 IN TXT "v=BIMI1; l=https://example.com/l.svg; a=https://example.com/c.pem"
"#;

/// A message in the making.
struct Draft {
    top: String,
    header: String,
    body: String,
    zone: String,
    /// What each signature says, the newest last.
    signatures: Vec<String>,
    /// What no short message shows.
    facts: fn(&mut Facts, u64),
}

type Edit = fn(&mut Draft, &Rule, &Ruleset);

/// How a test can end on a message that it is for.
enum Ends {
    Both {
        met: Edit,
        failed: Edit,
    },
    NeverMet {
        failed: Edit,
        open: Edit,
    },
    NeverFailed {
        met: Edit,
        open: Edit,
    },
    /// Nothing in one message decides it, and no list was asked.
    Open,
    /// The one rule that asks it is withdrawn.
    Unused,
}

const GOOD: Edit = |_, _, _| {};

impl Draft {
    fn new() -> Self {
        Self {
            top: TOP.to_owned(),
            header: HEADER.to_owned(),
            body: BODY.to_owned(),
            zone: ZONE.to_owned(),
            signatures: vec![TAGS.to_owned()],
            facts: |_, _| {},
        }
    }

    fn swap(text: &mut String, from: &str, to: &str) {
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
    }

    fn top(&mut self, from: &str, to: &str) {
        Self::swap(&mut self.top, from, to);
    }

    fn header(&mut self, from: &str, to: &str) {
        Self::swap(&mut self.header, from, to);
    }

    fn zone(&mut self, from: &str, to: &str) {
        Self::swap(&mut self.zone, from, to);
    }

    fn without(&mut self, name: &str) {
        let line = self.header.split_inclusive("\r\n").find(|line| line.starts_with(name)).unwrap().to_owned();
        self.header(&line, "");
    }

    fn forget(&mut self, record: &str) {
        let count = self.zone.lines().count();
        self.zone = self.zone.lines().filter(|line| !line.starts_with(record)).collect::<Vec<_>>().join("\n");
        assert_eq!(self.zone.lines().count() + 1, count, "{record}");
    }

    fn for_audience(&mut self, audience: Audience) {
        match audience {
            Audience::All | Audience::Bulk | Audience::Marketing => {}
            Audience::Forwarded => self.header += "X-Forwarded-To: <sato@example.net>\r\n",
            Audience::Lists => self.header += "List-Post: <mailto:list@example.org>\r\n",
        }
    }

    fn judge(&self, rule: &Rule, ruleset: &'static Ruleset, bulk: Bulk, rest: &str) -> State {
        let key = Key::ed25519();
        let mut message = format!("{}\r\n{}", self.header, self.body).into_bytes();
        for tags in &self.signatures {
            message = sign::sign(&message, "DKIM-Signature", tags, &key);
        }
        let zone = format!("{}\n$default {rest}\n", self.zone.replace("{key}", &key.record()));
        let snapshot = Snapshot::parse(&zone, "dns").unwrap();
        let message = Message::read([self.top.as_bytes(), &message].concat());
        let options = Options { provider: Wanted::Named(ruleset.id.clone()), bulk, ..Options::default() };
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let mut facts = analyze(message, options, &Ledger::new(&snapshot), now).facts;
        // A service that passes mail on stands by the marks of forwarding or of a list.
        let is_passed_on = matches!(rule.applies, Audience::Forwarded | Audience::Lists);
        facts.handling.by = is_passed_on
            .then(|| PassedOnBy { domain: "example.org".to_owned(), service: services::known().all().first() });
        (self.facts)(&mut facts, rule.limit.unwrap_or_default());
        let card = judge(&facts, ruleset, bulk);
        card.rows.iter().find(|row| row.rule.id == rule.id).unwrap().state
    }
}

/// Another server sent it, and nobody signed it.
const SPOOFED: Edit = |draft, _, _| {
    draft.top("192.0.2.10", "192.0.2.99");
    draft.signatures.clear();
};
const OTHER_SERVER: Edit = |draft, _, _| draft.top("192.0.2.10", "192.0.2.99");
const UNSIGNED: Edit = |draft, _, _| draft.signatures.clear();
const NO_DATE: Edit = |draft, _, _| draft.without("Date");
const NO_REVERSE: Edit = |draft, _, _| draft.forget("10.2.0.192");
const OVER_IPV6: Edit = |draft, _, _| draft.top("192.0.2.10", "IPv6:2001:db8::10");

fn fill(draft: &mut Draft, name: &str, bytes: u64) {
    let line = format!(" {}\r\n", "x".repeat(900));
    let lines = usize::try_from(bytes / 900).unwrap() + 1;
    draft.header.extend([name, ":", &line.repeat(lines)]);
}

fn both(failed: Edit) -> Ends {
    Ends::Both { met: GOOD, failed }
}

fn ends(ask: Ask) -> Ends {
    match ask {
        Ask::SpfOrDkim | Ask::DmarcPass | Ask::DmarcPolicy | Ask::DmarcReject | Ask::FromAligned => both(SPOOFED),
        Ask::Spf | Ask::SpfNoHardFail | Ask::SpfOfAuthor | Ask::ForwarderCoversItself => both(OTHER_SERVER),
        Ask::Dkim | Ask::SpfAndDkim => both(UNSIGNED),
        Ask::DmarcRecord => both(|draft, _, _| draft.forget("_dmarc")),
        Ask::DmarcReports => both(|draft, _, _| draft.zone("; rua=mailto:d@example.com", "")),
        Ask::SpfTidy => both(|draft, _, _| draft.zone("2001:db8::10 -all", "2001:db8::10 +all")),
        Ask::SpfOfHelo => Ends::Both {
            met: |draft, _, _| draft.top("<news@example.com>", "<>"),
            failed: |draft, rule, ruleset| {
                draft.top("<news@example.com>", "<>");
                OTHER_SERVER(draft, rule, ruleset);
            },
        },
        Ask::SpfIpv4 => both(|draft, _, _| draft.zone("ip4:192.0.2.10 ip6", "ip6")),
        Ask::SpfAsTxt => both(|draft, _, _| draft.zone("\nexample.com. 60 IN TXT", "\nexample.com. 60 IN SPF")),
        Ask::SpfSendsMail => both(|draft, _, _| draft.zone("ip4:192.0.2.10 ip6:2001:db8::10 -all", "-all")),
        Ask::DkimKeySize => Ends::Both {
            met: |draft, _, _| draft.facts = |facts, limit| with_rsa_key(facts, limit),
            failed: |draft, _, _| draft.facts = |facts, limit| with_rsa_key(facts, limit - 1),
        },
        Ask::DkimAllAligned => Ends::Both {
            met: |draft, _, _| draft.signatures.push(TAGS.to_owned()),
            failed: |draft, _, _| draft.signatures.push(format!("{TAGS}{FALSE_BODY}")),
        },
        Ask::AuthorHosts => both(|draft, _, _| {
            draft.forget("example.com. 60 IN MX");
            draft.forget("example.com. 60 IN A");
        }),
        Ask::AuthorNotNullMx => both(|draft, _, _| draft.zone("MX 10 mail.example.com.", "MX 0 .")),
        Ask::MailFromExists | Ask::MailFromHosts => {
            both(|draft, _, _| draft.top("<news@example.com>", "<news@gone.example.org>"))
        }
        Ask::NotOwnDomain => both(|draft, rule, ruleset| {
            let own = rule.domains.first().or(ruleset.domains.first()).unwrap();
            draft.header("<news@example.com>", &format!("<news@{own}>"));
        }),
        Ask::ForwardAndReverseDns | Ask::ReverseDns => both(NO_REVERSE),
        Ask::ReverseNameOwn => both(|draft, _, _| draft.zone("PTR mail.example.com.", "PTR mail.example.org.")),
        Ask::ReverseNameStatic => {
            both(|draft, _, _| draft.zone("PTR mail.example.com.", "PTR 192-0-2-10.isp.example.org."))
        }
        Ask::Tls => both(|draft, _, _| {
            // Postfix does not always say it, Gmail does.
            draft.top(
                "by mx.example.net (Postfix) with ESMTPS id 4gXa",
                "by mx.google.com with ESMTP id d2e1a72fcca58-7c",
            );
        }),
        Ask::Ipv6 => Ends::Both {
            met: OVER_IPV6,
            failed: |draft, rule, ruleset| {
                OVER_IPV6(draft, rule, ruleset);
                draft.forget("0.1.0.0");
            },
        },
        Ask::HeloFqdn => both(|draft, _, _| draft.top("from mail.example.com", "from localhost")),
        Ask::HeloNotReceiver => both(|draft, _, _| draft.top("from mail.example.com", "from mx.example.net")),
        Ask::Arc => Ends::Both {
            met: |draft, _, _| {
                draft.header += "ARC-Seal: i=1; a=ed25519-sha256; cv=none; d=example.org; s=s1; b=AAAA\r\n";
            },
            failed: GOOD,
        },
        Ask::Bimi => both(|draft, _, _| draft.zone("p=reject", "p=none")),
        Ask::BimiCertificate => both(|draft, _, _| draft.zone("; a=https://example.com/c.pem", "")),
        Ask::ListId => Ends::Unused,
        Ask::Blocklists | Ask::NotInOneMessage | Ask::NotJudged | Ask::NotPublished => Ends::Open,
        _ => ends_of_form(ask),
    }
}

fn with_rsa_key(facts: &mut Facts, bits: u64) {
    for signature in &mut facts.dkim {
        signature.key.kind = Some(hopscope::auth::dkim::crypto::KeyKind::Rsa);
        signature.key.bits = u32::try_from(bits).ok();
    }
}

fn ends_of_form(ask: Ask) -> Ends {
    match ask {
        Ask::OneAuthor => both(|draft, _, _| draft.header("<news@example.com>", "<news@example.com>, <b@example.com>")),
        Ask::AuthorPresent => both(|draft, _, _| draft.without("From")),
        Ask::AuthorDomainValid => both(|draft, _, _| draft.header("<news@example.com>", "<news@localhost>")),
        Ask::MessageId => both(|draft, _, _| draft.header("<1@example.com>", "1")),
        Ask::MessageIdPresent => both(|draft, _, _| draft.without("Message-ID")),
        Ask::SingleFields => both(|draft, _, _| draft.header += "Subject: More\r\n"),
        Ask::WellFormed | Ask::Date => both(NO_DATE),
        Ask::HeaderTotal | Ask::HeaderValue => both(|draft, rule, _| fill(draft, "X-Fill", rule.limit.unwrap())),
        Ask::HeaderCount => both(|draft, rule, _| {
            draft.header += &"X-Fill: 1\r\n".repeat(usize::try_from(rule.limit.unwrap()).unwrap());
        }),
        Ask::HeaderName => both(|draft, rule, _| {
            let name = "X".repeat(usize::try_from(rule.limit.unwrap()).unwrap() + 1);
            draft.header.extend([name.as_str(), ": 1\r\n"]);
        }),
        Ask::MessageIdLength => both(|draft, rule, _| {
            let left = "1".repeat(usize::try_from(rule.limit.unwrap()).unwrap());
            draft.header("<1@example.com>", &format!("<{left}@example.com>"));
        }),
        Ask::SubjectLength => both(|draft, rule, _| {
            draft.without("Subject");
            fill(draft, "Subject", rule.limit.unwrap());
        }),
        Ask::MessageSize => both(|draft, _, _| {
            draft.facts = |facts, limit| facts.form.message_bytes = usize::try_from(limit + 1).ok();
        }),
        Ask::LineLength => both(|draft, rule, _| {
            draft.body.extend([&"x".repeat(usize::try_from(rule.limit.unwrap()).unwrap()), "\r\n"]);
        }),
        Ask::Hops => both(|draft, rule, _| {
            let hop = "Received: from a.example.com (a.example.com [198.51.100.1]) by mail.example.com (Postfix) with ESMTP id 1; Fri, 20 Nov 2026 10:00:01 +0900\r\n";
            draft.top += &hop.repeat(usize::try_from(rule.limit.unwrap()).unwrap());
        }),
        Ask::SubjectNotAnswer => both(|draft, _, _| draft.header("Subject: News", "Subject: Re: News")),
        Ask::DisplayName => both(|draft, _, _| draft.header("From: Shop", "From: \"news@example.com\"")),
        Ask::PlainDomains => Ends::NeverFailed {
            met: GOOD,
            open: |draft, _, _| draft.header("news@example.com", "news@xn--r8jz45g.example.com"),
        },
        Ask::Decodable => both(|draft, _, _| draft.header("Subject: News", "Subject: =?utf-8?Q?=FF=FE?=")),
        Ask::PlainAddresses => both(|draft, _, _| draft.header("From: Shop <news@", "From: Shop <ne%ws@")),
        Ask::FullAddresses => both(|draft, _, _| draft.header("<sato@example.net>", "<sato@localhost>")),
        _ => ends_of_unsubscribing(ask),
    }
}

fn ends_of_unsubscribing(ask: Ask) -> Ends {
    match ask {
        Ask::OneClickUri => both(|draft, _, _| draft.header("<https://example.com/u>, ", "")),
        Ask::OneClickPost => both(|draft, _, _| draft.header("=One-Click", "=Yes")),
        Ask::OneClickSigned => both(|draft, _, _| draft.signatures = vec![TAGS.replace(":List-Unsubscribe-Post", "")]),
        Ask::ListUnsubscribe => both(|draft, _, _| draft.without("List-Unsubscribe:")),
        Ask::UnsubscribeMailto => both(|draft, _, _| draft.header(", <mailto:u@example.com>", "")),
        Ask::UnsubscribeInBody => both(|draft, _, _| "Hello.\r\n".clone_into(&mut draft.body)),
        Ask::ReplyAddress => Ends::NeverMet {
            failed: |draft, _, _| draft.header("From: Shop <news@", "From: Shop <no-reply@"),
            open: GOOD,
        },
        Ask::NoScripts => both(|draft, _, _| {
            draft.header += "MIME-Version: 1.0\r\nContent-Type: text/html\r\n";
            "<p>Hello</p><script>alert(1)</script>\r\n".clone_into(&mut draft.body);
        }),
        other => unreachable!("{other:?} has no messages here"),
    }
}

/// Judges the rule on the message that `edit` makes of the good one.
fn state(edit: Edit, rule: &Rule, ruleset: &'static Ruleset, bulk: Bulk) -> State {
    let mut draft = Draft::new();
    edit(&mut draft, rule, ruleset);
    draft.for_audience(rule.applies);
    draft.judge(rule, ruleset, bulk, "nxdomain")
}

fn each_rule() -> impl Iterator<Item = (&'static Ruleset, &'static Rule)> {
    rulesets().iter().flat_map(|ruleset| ruleset.rules.iter().map(move |rule| (ruleset, rule)))
}

/// R-34: the four parts of a one-click unsubscribe are rules of their own, each met and failed alone.
#[test]
fn every_rule_is_met_and_failed() {
    let mut wrong = Vec::new();
    for (ruleset, rule) in each_rule() {
        let mut expect = |name: &str, edit: Edit, wanted: State| {
            let found = state(edit, rule, ruleset, Bulk::Yes);
            if found != wanted {
                wrong.push(format!("{} ({name}): {found:?}, not {wanted:?}", rule.id));
            }
        };
        if rule.status == Status::Withdrawn {
            expect("withdrawn", GOOD, State::NotApplicable);
            continue;
        }
        let breach = if rule.is_firm() { State::NotMet } else { State::NotFirm };
        match ends(rule.ask) {
            Ends::Both { met, failed } => {
                expect("met", met, State::Met);
                expect("failed", failed, breach);
            }
            Ends::NeverMet { failed, open } => {
                expect("failed", failed, breach);
                expect("open", open, State::CannotKnow);
            }
            Ends::NeverFailed { met, open } => {
                expect("met", met, State::Met);
                expect("open", open, State::CannotKnow);
            }
            Ends::Open => expect("open", GOOD, State::CannotKnow),
            Ends::Unused => wrong.push(format!("{}: its test has no messages", rule.id)),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rules_of_bulk_senders_wait_for_the_answer() {
    let bulk = each_rule().filter(|(_, rule)| rule.applies == Audience::Bulk && rule.status != Status::Withdrawn);
    for (ruleset, rule) in bulk {
        if let Ends::Both { failed, .. } = ends(rule.ask) {
            assert_eq!(state(failed, rule, ruleset, Bulk::Unknown), State::BulkOnly, "{}", rule.id);
            assert_eq!(state(failed, rule, ruleset, Bulk::No), State::NotApplicable, "{}", rule.id);
        }
    }
}

/// The limit for one value that Gmail publishes today.
#[test]
fn a_firm_limit_of_the_header_is_a_warning() {
    let found = |length: u64| {
        let mut draft = Draft::new();
        draft
            .top("by mx.example.net (Postfix) with ESMTPS id 4gXa", "by mx.google.com with ESMTPS id d2e1a72fcca58-7c");
        draft.top("for <sato@example.net>", "for <no-such-user@gmail.com>");
        fill(&mut draft, "X-Fill", length);
        let message = Message::read(format!("{}{}\r\n{}", draft.top, draft.header, draft.body).into_bytes());
        let snapshot = Snapshot::parse("$default nxdomain\n", "dns").unwrap();
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let findings = analyze(message, Options::default(), &Ledger::new(&snapshot), now).findings;
        findings.iter().find_map(|finding| match &finding.problem {
            Problem::HeaderTooLarge { part, limit, firm: true, .. } => Some((finding.severity, *part, *limit)),
            _ => None,
        })
    };
    assert_eq!(found(32_768), Some((Severity::Warning, HeaderPart::Value, 32_768)));
    assert_eq!(found(30_000), None);
}

/// The names of the zone, none of them answered.
fn unanswered(silence: &str) -> String {
    if silence == "unknown" {
        return String::new();
    }
    let question = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("$answer {} {} {silence}\n", words.next()?, words.nth(2)?))
    };
    ZONE.lines().filter_map(question).collect()
}

/// Where DNS was not asked or did not answer, nothing is held against the sender.
#[test]
fn no_rule_fails_without_an_answer() {
    for silence in ["unknown", "timeout", "servfail"] {
        let mut draft = Draft::new();
        draft.zone = unanswered(silence);
        for (ruleset, rule) in each_rule().filter(|(_, rule)| matches!(rule.applies, Audience::All | Audience::Bulk)) {
            let state = draft.judge(rule, ruleset, Bulk::Yes, "unknown");
            assert!(!matches!(state, State::NotMet | State::NotFirm), "{} on {silence}: {state:?}", rule.id);
        }
    }
}

/// The rule about public blocklists rests on what the lists said, where they were asked: an entry is a doubt, no entry and no
/// answer leave it open.
#[test]
fn the_rule_about_blocklists_rests_on_their_answers() {
    let judged = |network: Vec<NetworkCheck>, lists: &str| {
        let message = Message::read([TOP, HEADER, "\r\n", BODY].concat().into_bytes());
        let zone = format!("{ZONE}{lists}\n$default nxdomain\n");
        let snapshot = Snapshot::parse(&zone, "dns").unwrap();
        let options = Options { network, ..Options::default() };
        let facts = analyze(message, options, &Ledger::new(&snapshot), "2026-11-22T00:00:00Z".parse().unwrap()).facts;
        let gmail = rulesets().iter().find(|ruleset| ruleset.id == "gmail").unwrap();
        let card = judge(&facts, gmail, Bulk::Unknown);
        let row = card.rows.into_iter().find(|row| row.rule.ask == Ask::Blocklists).unwrap();
        (row.state, row.why, row.place.is_some())
    };
    let asked = || vec![NetworkCheck::Blocklists];
    let listed = "10.2.0.192.bl.spamcop.net. A 127.0.0.2";
    let clean = "2.0.0.127.bl.spamcop.net. A 127.0.0.2";
    let refused = "10.2.0.192.zen.spamhaus.org. A 127.255.255.254";
    let entry = Why::ListedNow { list: "SpamCop" };
    assert_eq!(judged(asked(), listed), (State::NotFirm, entry, true));
    assert_eq!(judged(asked(), clean), (State::CannotKnow, Why::ListedNowhere, false));
    assert_eq!(judged(asked(), refused), (State::CannotKnow, Why::OneMessage, false));
    assert_eq!(judged(Vec::new(), listed), (State::CannotKnow, Why::OneMessage, false));
    // A list that answers everything, the entry with which it must not, lists nothing.
    let all = format!("{listed}\n1.0.0.127.bl.spamcop.net. A 127.0.0.2");
    assert_eq!(judged(asked(), &all), (State::CannotKnow, Why::OneMessage, false));
}

/// What a provider's words do not cover is not said to be met, and what a rule is not about is not judged by it.
#[test]
fn what_was_not_asked_for_is_not_met() {
    let judged = |provider: &str, rule: &str, edit: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::new();
        edit(&mut draft);
        let message = Message::read([draft.top, draft.header, "\r\n".to_owned(), draft.body].concat().into_bytes());
        let snapshot = Snapshot::parse(&format!("{}\n$default nxdomain\n", draft.zone), "dns").unwrap();
        let options = Options { provider: Wanted::All, ..Options::default() };
        let facts = analyze(message, options, &Ledger::new(&snapshot), "2026-11-22T00:00:00Z".parse().unwrap()).facts;
        let ruleset = rulesets().iter().find(|ruleset| ruleset.id == provider).unwrap();
        let row = judge(&facts, ruleset, Bulk::Unknown).rows.into_iter().find(|row| row.rule.id == rule).unwrap();
        (row.state, row.why)
    };
    let elsewhere = |draft: &mut Draft| {
        draft.top("<news@example.com>", "<news@bounce.example.org>");
        draft.zone.push_str("bounce.example.org. 60 IN TXT \"v=spf1 -all\"\nbounce.example.org. 60 IN MX 0 .\n");
    };
    let unknown = Why::EnvelopeHostsNotAsked { domain: "bounce.example.org".to_owned() };
    assert_eq!(judged("yahoo", "y-null-mx", &elsewhere), (State::CannotKnow, unknown.clone()));
    assert_eq!(judged("yahoo", "y-mailfrom-soa", &elsewhere), (State::CannotKnow, unknown));
    let null = |draft: &mut Draft| draft.top("<news@example.com>", "<>");
    assert_eq!(judged("softbank", "s-mailfrom-dns", &null), (State::NotApplicable, Why::SenderNull));
    let only_ipv6 = |draft: &mut Draft| {
        draft.forget("example.com. 60 IN MX");
        draft.zone("example.com. 60 IN A 192.0.2.1", "example.com. 60 IN AAAA 2001:db8::1");
        draft.zone.push_str("$answer example.com. MX nodata\n$answer example.com. A nodata\n");
    };
    assert_eq!(judged("docomo", "d-a-mx", &only_ipv6).0, State::NotFirm);
    let countless = |draft: &mut Draft| draft.zone("ip4:192.0.2.10 ip6:2001:db8::10", "exists:%{i}.spf.example.com");
    let uncounted = Why::SpfNotCounted { domain: "example.com".to_owned() };
    assert_eq!(judged("au", "k-spf-ip4", &countless), (State::CannotKnow, uncounted));
    let share = |draft: &mut Draft| draft.zone("p=reject;", "p=reject; pct=50;");
    let part = Why::BimiPolicyShare { domain: "example.com".to_owned() };
    assert_eq!(judged("gmail", "g-bimi", &share).1, part);
    let answer = |draft: &mut Draft| {
        draft.header("Subject: News", "Subject: Fw: hello");
        draft.header("Precedence: bulk\r\n", "");
        draft.header("List-Unsubscribe: <https://example.com/u>, <mailto:u@example.com>\r\n", "");
        draft.header("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "");
    };
    assert_eq!(judged("gmail", "g-subject-re", &answer).0, State::MarketingOnly);
}
