use super::*;

/// Reads a header in which the boundary is the first Received field.
fn notes(header: &str) -> Notes {
    with_servers(header, &[("mx.example.net", Some("192.0.2.25"), false)])
}

fn with_servers(header: &str, servers: &[(&str, Option<&str>, bool)]) -> Notes {
    let message = Message::read(format!("{header}\r\n").into_bytes());
    let servers = servers.iter().map(|&(host, client, is_exchange)| Server {
        host,
        client: client.map(|client| client.parse().unwrap()),
        is_exchange,
    });
    let boundary = message.named("Received").map(|(at, _)| at).next();
    read(&message, &Border { boundary, doubt: None, servers: servers.collect() })
}

/// The words of one field with their meanings.
fn words(field: &str) -> Vec<(String, Meaning)> {
    let notes = notes(&format!("{field}\r\nReceived: by mx.example.net\r\n"));
    notes.list[0].entries.iter().map(|entry| (entry.written(), entry.meaning)).collect()
}

fn meanings(field: &str) -> Vec<Meaning> {
    words(field).into_iter().map(|(_, meaning)| meaning).collect()
}

/// Microsoft's report, word by word, with the raw text beside the meaning.
#[test]
fn r32_reports_of_microsoft_are_decoded() {
    let field = "X-Forefront-Antispam-Report:\r\n CIP:192.0.2.25;CTRY:JP;LANG:ja;SCL:5;SRV:;IPV:NLI;SFV:SPM;\r\n H:mail.example.jp;PTR:InfoDomainNonexistent;CAT:PHSH;SFS:(1)(2);DIR:INB;SFTY:9.25;ZZZ:1;";
    let expected = [
        ("CIP: 192.0.2.25", Meaning::ConnectingAddress),
        ("CTRY: JP", Meaning::Country),
        ("LANG: ja", Meaning::Language),
        ("SCL: 5", Meaning::SclSpam),
        ("SRV", Meaning::NotBulkByFilter),
        ("IPV: NLI", Meaning::AddressNotListed),
        ("SFV: SPM", Meaning::VerdictSpam),
        ("H: mail.example.jp", Meaning::Helo),
        ("PTR: InfoDomainNonexistent", Meaning::ReverseNameNone),
        ("CAT: PHSH", Meaning::CategoryPhish),
        ("SFS: (1)(2)", Meaning::Diagnostic),
        ("DIR: INB", Meaning::Inbound),
        ("SFTY: 9.25", Meaning::TipFirstContact),
        ("ZZZ: 1", Meaning::Unknown),
    ];
    let found = words(field);
    assert_eq!(found.iter().map(|(text, meaning)| (text.as_str(), *meaning)).collect::<Vec<_>>(), expected);
}

/// what nobody publishes is unknown, never guessed.
#[test]
fn r32_unknown_codes_stay_unknown() {
    for field in [
        "X-Forefront-Antispam-Report: SFV:ZZZ",
        "X-Forefront-Antispam-Report: SCL:11",
        "X-Forefront-Antispam-Report: CAT:NEW",
        "X-Microsoft-Antispam: BCL:10",
        "X-MS-Exchange-Organization-SCL: spam",
        "X-Microsoft-Antispam-Mailbox-Delivery: dest:X",
        "X-Spam-Flag: perhaps",
        "X-Rspamd-Action: quarantine",
        "X-Amp-Result: UNKNOWN",
        "X-MANTSH: 1TEIXR1gbG1oaGk",
        "X-IronPort-Newfield: 1",
        "X-VADE-SPAMSTATE: other",
        "X-Mimecast-Bulk-Signature: no",
    ] {
        assert_eq!(meanings(field), [Meaning::Unknown], "{field}");
    }
}

#[test]
fn deliveries_and_levels() {
    assert_eq!(
        meanings("X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;OFR:SpamFilterAuthJ;RF:JunkEmail;"),
        [
            Meaning::Undocumented,
            Meaning::Undocumented,
            Meaning::Undocumented,
            Meaning::DeliveredToJunk,
            Meaning::Undocumented,
            Meaning::Unknown,
        ]
    );
    assert_eq!(meanings("X-Microsoft-Antispam: BCL:8;PCL:2;"), [Meaning::BulkManyComplaints, Meaning::OlderPhishLevel]);
    assert_eq!(meanings("X-MS-Exchange-Organization-SCL: -1"), [Meaning::SclSkipped]);
}

#[test]
fn spamassassin_and_its_kin() {
    let field = "X-Spam-Status: Yes, score=7.1 required=5.0 tests=BAYES_99,\r\n\tDKIM_SIGNED,NEW_RULE_1 autolearn=no version=4.0.1";
    let expected = [
        ("Yes", Meaning::CalledSpam),
        ("score: 7.1", Meaning::Score),
        ("required: 5.0", Meaning::Threshold),
        ("BAYES_99", Meaning::LearntSpam),
        ("DKIM_SIGNED", Meaning::DkimSigned),
        ("NEW_RULE_1", Meaning::Unknown),
        ("autolearn: no", Meaning::Learning),
        ("version: 4.0.1", Meaning::Engine),
    ];
    let found = words(field);
    assert_eq!(found.iter().map(|(text, meaning)| (text.as_str(), *meaning)).collect::<Vec<_>>(), expected);
    let amavis = "X-Spam-Status: No, score=-7.1 tagged_above=-999 required=5 tests=[BAYES_00=-1.9, SPF_PASS=-0.001] autolearn=ham";
    let found = words(amavis);
    assert_eq!(found[4], ("BAYES_00: -1.9".to_owned(), Meaning::LearntHam));
    assert_eq!(found[5], ("SPF_PASS: -0.001".to_owned(), Meaning::SpfPass));
    let barracuda = "X-Barracuda-Spam-Status: No, SCORE=0.40 using global scores of TAG_LEVEL=3.5 QUARANTINE_LEVEL=1000.0 KILL_LEVEL=9.0 tests=BSF_SC0, HTML_MESSAGE";
    assert_eq!(
        meanings(barracuda),
        [
            Meaning::CalledNotSpam,
            Meaning::Score,
            Meaning::TagLevel,
            Meaning::QuarantineLevel,
            Meaning::KillLevel,
            Meaning::Unknown,
            Meaning::HtmlPart,
        ]
    );
    let report = "X-Spam-Report: *  3.5 BAYES_99 BODY: Bayes spam probability is 99 to 100%\r\n\t*      [score: 1.0000]\r\n\t* -0.0 SPF_PASS SPF: sender matches SPF record";
    let found = words(report);
    assert_eq!(
        found,
        [("BAYES_99: 3.5".to_owned(), Meaning::LearntSpam), ("SPF_PASS: -0.0".to_owned(), Meaning::SpfPass)]
    );
}

#[test]
fn rspamd_results() {
    let field = "X-Spamd-Result: default: False [4.20 / 15.00];\r\n\tR_SPF_FAIL(1.00)[-all];\r\n\tDMARC_POLICY_REJECT(2.00)[example.jp : No valid SPF, No valid DKIM,reject];\r\n\tNEW_SYMBOL(0.00)[A(1)];";
    let expected = [
        ("False", Meaning::CalledNotSpam),
        ("4.20 / 15.00", Meaning::ScoreOfLimit),
        ("R_SPF_FAIL: 1.00", Meaning::SpfFail),
        ("DMARC_POLICY_REJECT: 2.00", Meaning::DmarcFailReject),
        ("NEW_SYMBOL: 0.00", Meaning::Unknown),
    ];
    let found = words(field);
    assert_eq!(found.iter().map(|(text, meaning)| (text.as_str(), *meaning)).collect::<Vec<_>>(), expected);
    assert_eq!(meanings("X-Rspamd-Report: R_DKIM_ALLOW(-0.2) MIME_GOOD(-0.1)"), [Meaning::DkimValid, Meaning::Unknown]);
}

#[test]
fn other_makers() {
    assert_eq!(
        meanings("X-Proofpoint-Spam-Details: rule=notspam policy=default score=0 phishscore=0 newscore=1"),
        [Meaning::RuleNotSpam, Meaning::PolicyRoute, Meaning::Score, Meaning::ClassScore, Meaning::Unknown]
    );
    assert_eq!(
        meanings("X-IronPort-AV: E=Sophos;i=\"5.60,1,2\";d=\"scan'208;a'\";a=\"100\""),
        [Meaning::Engine, Meaning::AvVersions, Meaning::AvFileTypes, Meaning::AvActions]
    );
    assert_eq!(
        meanings("X-DMARC-Info: pass=pass; s=r1; d=u0"),
        [Meaning::DmarcResult, Meaning::AlignedRelaxed, Meaning::AlignmentUndetermined]
    );
    assert_eq!(meanings("X-Gm-Message-State: AOJu0Yx"), [Meaning::GoogleInternal]);
}

/// a note below the boundary is a stranger's, whatever it says.
#[test]
fn place_decides_whose_it_is() {
    let trace = "Received: by mx.example.net\r\n";
    let flag = "X-Spam-Flag: YES\r\n";
    let letter = "From: a@example.jp\r\n";
    let older = "Received: by out.example.jp\r\n";
    for (header, whose) in [
        (format!("{flag}{trace}{older}{letter}"), Whose::Receiver(OwnReason::AboveBoundary)),
        (format!("{trace}{flag}{older}{letter}"), Whose::Unsure(UnsureReason::RightBelow)),
        (format!("{trace}{older}{flag}{letter}"), Whose::Stranger(StrangerReason::BelowBoundary)),
        (format!("{trace}{older}{letter}{flag}"), Whose::Stranger(StrangerReason::BelowBoundary)),
        (format!("{flag}{letter}"), Whose::Unsure(UnsureReason::NoBoundary)),
    ] {
        assert_eq!(notes(&header).list[0].whose, whose, "{header}");
    }
}

/// Exchange Online appends its notes below what the author wrote.
#[test]
fn exchange_online_appends_its_own() {
    let online = [("aa.mail.protection.outlook.com", Some("192.0.2.25"), true)];
    let other = [("mx.example.net", Some("192.0.2.25"), false)];
    let trace = "Received: by x\r\nFrom: a@example.jp\r\n";
    let report = |ip: &str| format!("X-Forefront-Antispam-Report: CIP:{ip};SFV:SPM;\r\n");
    let own = Whose::Receiver(OwnReason::ExchangeReplaces);
    let unconfirmed = Whose::Unsure(UnsureReason::Unconfirmed);
    let stranger = Whose::Stranger(StrangerReason::BelowBoundary);
    let last = |header: String, servers: &[(&str, Option<&str>, bool)]| {
        with_servers(&header, servers).list.last().map(|note| note.whose)
    };
    assert_eq!(last(format!("{trace}{}", report("192.0.2.25")), &online), Some(own));
    assert_eq!(last(format!("{trace}{}", report("192.0.2.99")), &online), Some(unconfirmed));
    assert_eq!(last(format!("{trace}{}", report("192.0.2.25")), &other), Some(stranger));
    let stamped = "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n";
    let delivery = "X-Microsoft-Antispam-Mailbox-Delivery: dest:J;\r\n";
    assert_eq!(last(format!("{trace}{stamped}{delivery}"), &online), Some(own));
    assert_eq!(last(format!("{trace}{delivery}"), &online), Some(unconfirmed));
    // One that was there on arrival is renamed, or comes before Exchange's own.
    let untrusted = format!("{trace}X-Forefront-Antispam-Report-Untrusted: CIP:192.0.2.25;SFV:NSPM;\r\n");
    assert_eq!(last(untrusted, &online), Some(Whose::Stranger(StrangerReason::SetAside)));
    let twice = with_servers(&format!("{trace}{0}{stamped}{0}", report("192.0.2.25")), &online);
    assert_eq!(twice.list[0].whose, unconfirmed);
    assert!(twice.own(Meaning::SPAM).is_some());
}

/// Whether bulk mail is spam is the organisation's choice; the level says what it chose.
#[test]
fn bulk_alone_is_not_spam() {
    let online = [("aa.mail.protection.outlook.com", Some("192.0.2.25"), true)];
    let of = |scl: &str| {
        let report = format!("X-Forefront-Antispam-Report: CIP:192.0.2.25;SCL:{scl};SRV:BULK;SFV:NSPM;CAT:BULK;\r\n");
        let notes = with_servers(&format!("Received: by x\r\nFrom: a@example.jp\r\n{report}"), &online);
        notes.own(Meaning::SPAM).map(|(_, entry)| entry.meaning)
    };
    assert_eq!((of("1"), of("6")), (None, Some(Meaning::SclSpam)));
}

#[test]
fn an_internal_exchange_keeps_its_own_names() {
    let scl = "Received: by x\r\nFrom: a@example.jp\r\nX-MS-Exchange-Organization-SCL: 9\r\n";
    let found = with_servers(scl, &[("ex01.example.net", Some("192.0.2.25"), true)]);
    assert_eq!(found.list[0].whose, Whose::Receiver(OwnReason::ExchangeReplaces));
    let found = with_servers(scl, &[("mx.example.net", Some("192.0.2.25"), false)]);
    assert_eq!(found.list[0].whose, Whose::Stranger(StrangerReason::BelowBoundary));
}

#[test]
fn enormous_notes_are_cut() {
    let tests = "A_RULE,".repeat(MAX_ENTRIES + 5);
    let field = format!("X-Spam-Status: No, tests={tests}\r\n");
    let found = notes(&format!("{}Received: by x\r\n", field.repeat(MAX_NOTES + 3)));
    assert_eq!((found.list.len(), found.left_out), (MAX_NOTES, 3));
    assert_eq!((found.list[0].entries.len(), found.list[0].left_out), (MAX_ENTRIES, 6));
}

#[test]
fn tables_have_no_twins() {
    let mut names = std::collections::HashSet::new();
    for header in table::HEADERS {
        assert!(header.names.iter().all(|name| names.insert(*name) && *name == name.to_ascii_lowercase()));
        let mut words = std::collections::HashSet::new();
        for word in header.words.iter().flat_map(|words| words.iter()) {
            assert!(words.insert(word.name), "{}", word.name);
        }
    }
}

/// Whose note it is, and the words as they stand: of these makers nothing is published, so nothing is decoded.
#[test]
fn notes_that_nobody_explains_are_named() {
    for (field, filter) in [
        ("X-Virus-Scanned: amavisd-new at mx.example.net", Filter::AntiVirus),
        ("X-EXAMPLE-MailScanner-SpamCheck: not spam, SpamAssassin (score=1.87)", Filter::MailScanner),
        ("X-ME-VSScore: 17", Filter::Fastmail),
        ("X-GMX-Antispam: 0 (Mail was not recognized as spam); Detail=V3;", Filter::Gmx),
        ("X-UI-Filterresults: notjunk:1;V01:K0:C19s7yhXQfI=", Filter::Gmx),
        ("X-Yandex-Spam: 1", Filter::Yandex),
        ("X-YahooFilteredBulk: 192.0.2.188", Filter::Yahoo),
        ("X-YMailISG: YtyUVyYWLDsbDhj3", Filter::Yahoo),
        ("X-Rspamd-Bar: -", Filter::Rspamd),
        ("X-Vade-SpamScore: 0", Filter::Vade),
        ("X-VR-SPAMSCORE: 0", Filter::Vade),
        ("X-Cloudmark-Analysis: v=1.0 c=1", Filter::Cloudmark),
        ("X-CMAE-Score: 0", Filter::Cloudmark),
        ("X-CTCH-RefID: str=0001.0A0C0211,ss=1", Filter::Cyren),
        ("X-TM-AS-MML: No", Filter::TrendMicro),
        ("X-imss-scan-details: No--7.363-5.0-31-10", Filter::TrendMicro),
        ("X-NAI-Spam-Score: 0", Filter::McAfee),
        ("X-ASSP-Message-Score: -26", Filter::Assp),
        ("X-StarScan-Version: 6.12.5; banners=-,-,-", Filter::MessageLabs),
        ("X-Coremail-Antispam: 1Uf129KBjDUn29KB7ZKAUJUUUU", Filter::Coremail),
        ("X-Junkmail-Status: score=15/100, host=mx.example.net", Filter::Mirapoint),
        ("X-Zone-Spam-Status: No, score=2.9, required=15", Filter::ZoneMta),
        ("X-Zoho-Virus-Status: 2", Filter::Zoho),
        ("X-FEAS-SPAM: 1", Filter::Fortinet),
        ("X-Exchange-Antispam-Report-Test: UriScan:;", Filter::Microsoft),
    ] {
        let notes = notes(&format!("{field}\r\nReceived: by mx.example.net\r\n"));
        let [note] = notes.list.as_slice() else { panic!("{field}") };
        assert_eq!(note.filter, filter, "{field}");
        let (_, value) = field.split_once(": ").unwrap();
        assert_eq!(note.entries.iter().map(Entry::written).collect::<Vec<_>>(), [value], "{field}");
        assert!(note.is_mute() && !note.decides(), "{field}");
    }
}

/// Marks of whoever sent it are no notes of a filter.
#[test]
fn marks_of_the_sender_are_no_notes() {
    for field in
        ["X-SG-EID: abc", "X-Mailer: x", "X-MSYS-API: {}", "X-SES-Outgoing: 2026.11.20-192.0.2.1", "X-PM-Message-Id: 1"]
    {
        let notes = notes(&format!("{field}\r\nReceived: by mx.example.net\r\n"));
        assert!(notes.list.is_empty(), "{field}");
    }
}
