use super::*;

/// A message of a mailer: its own fields, and the body.
fn mailed(fields: &str, body: &str) -> Message {
    let text = format!(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nTo: taro@example.jp\n{fields}\n{body}"
    );
    Message::read(text.into_bytes())
}

fn report(words: &str, status: &str) -> Message {
    let body = format!(
        "--b\nContent-Type: text/plain; charset=utf-8\n\n{words}\n--b\nContent-Type: message/delivery-status\n\n{status}\n--b\nContent-Type: message/rfc822\n\nFrom: taro@example.jp\nTo: hanako@example.com\nSubject: Hello\nMessage-ID: <1@example.jp>\n\nHi\n--b--\n"
    );
    mailed(
        "Subject: Undelivered Mail\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n",
        &body,
    )
}

fn read_bounce(message: &Message) -> Bounce {
    read(message, false).0.expect("it is a delivery report")
}

/// Who, what became of it, which host, which provider, the codes, and what they mean.
fn told(recipient: &Recipient) -> String {
    let word = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    format!(
        "{} {:?} {} {} {} {} {:?}",
        word(recipient.address.clone()),
        recipient.outcome,
        word(recipient.host.clone()),
        recipient.provider.map_or("-", |host| host.code),
        word(recipient.reply.map(|reply| reply.to_string())),
        word(recipient.status.map(|status| status.to_string())),
        recipient.meaning()
    )
}

#[track_caller]
fn assert_told(message: &Message, expected: &[&str]) -> Bounce {
    let bounce = read_bounce(message);
    assert_eq!(bounce.recipients.iter().map(told).collect::<Vec<_>>(), expected);
    bounce
}

#[test]
fn postfix() {
    let bounce = assert_told(
        &report(
            "This is the mail system at host mx.example.jp.\n\n<hanako@example.com>: host mail.example.com[192.0.2.25] said: 550 5.1.1\n    <hanako@example.com>: Recipient address rejected: User unknown (in reply to RCPT TO command)\n",
            "Reporting-MTA: dns; mx.example.jp\nArrival-Date: Sat, 21 Nov 2026 10:00:00 +0900 (JST)\n\nFinal-Recipient: rfc822; hanako@example.com\nOriginal-Recipient: rfc822;hanako@example.com\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mail.example.com\nDiagnostic-Code: smtp; 550 5.1.1 <hanako@example.com>: Recipient address\n    rejected: User unknown\n",
        ),
        &["hanako@example.com Final mail.example.com - 550 5.1.1 Some(NoSuchUser)"],
    );
    assert_eq!(
        (bounce.writer, bounce.reporter.as_deref(), bounce.form),
        (Some("Postfix"), Some("mx.example.jp"), Form::DeliveryStatus)
    );
    assert_eq!(bounce.arrived.map(Stamp::rfc3339).as_deref(), Some("2026-11-21T10:00:00+09:00"));
    let returned = bounce.returned.expect("the message is returned");
    assert_eq!((returned.author.as_deref(), returned.subject.as_deref()), (Some("example.jp"), Some("Hello")));
}

#[test]
fn several_recipients_fare_differently() {
    assert_told(
        &report(
            "This is the mail system at host mx.example.jp.\n",
            "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; a@gmail.com\nAction: failed\nStatus: 5.7.26\nRemote-MTA: dns; gmail-smtp-in.l.google.com\nDiagnostic-Code: smtp; 550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain's\n 550-5.7.26 DMARC policy. Please contact the administrator.\n\nFinal-Recipient: rfc822; b@example.com\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mail.example.com[192.0.2.25]:25: Connection timed out\nWill-Retry-Until: Thu, 26 Nov 2026 10:00:00 +0900 (JST)\n\nFinal-Recipient: rfc822; c@example.net\nAction: relayed\nStatus: 2.0.0\nRemote-MTA: dns; mx.example.net\nDiagnostic-Code: smtp; 250 2.0.0 Ok\n\nFinal-Recipient: rfc822; d@example.net\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n",
        ),
        &[
            "a@gmail.com Final gmail-smtp-in.l.google.com gmail 550 5.7.26 Some(DmarcPolicy)",
            "b@example.com Temporary mail.example.com - - 4.4.1 Some(NoAnswer)",
            "c@example.net Delivered mx.example.net - - 2.0.0 None",
            "d@example.net Final - - 552 5.2.2 Some(MailboxFull)",
        ],
    );
}

#[test]
fn exim_in_words() {
    let bounce = assert_told(
        &mailed(
            "Subject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: hanako@example.com\n",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  hanako@example.com\n    host mail.example.com [192.0.2.25]\n    SMTP error from remote mail server after RCPT TO:<hanako@example.com>:\n    550 5.7.1 Relay access denied\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <taro@example.jp>\nFrom: taro@example.jp\nSubject: Hello\nMessage-ID: <1@example.jp>\n\nHi\n",
        ),
        &["hanako@example.com Final mail.example.com - 550 5.7.1 Some(RelayDenied)"],
    );
    assert_eq!((bounce.writer, bounce.form), (Some("Exim"), Form::Words));
    assert_eq!(bounce.returned.and_then(|returned| returned.subject).as_deref(), Some("Hello"));
}

#[test]
fn qmail_in_words() {
    let bounce = assert_told(
        &mailed(
            "Subject: failure notice\n",
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<hanako@example.com>:\n192.0.2.25 does not like recipient.\nRemote host said: 550 5.2.1 mailbox disabled\nGiving up on 192.0.2.25.\n\n<nobody@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <taro@example.jp>\nFrom: taro@example.jp\nTo: hanako@example.com\nSubject: Hello\n\nHi\n",
        ),
        &[
            "hanako@example.com Final 192.0.2.25 - 550 5.2.1 Some(MailboxDisabled)",
            "nobody@example.com Final 192.0.2.25 - - 5.1.1 Some(NoSuchUser)",
        ],
    );
    assert_eq!(bounce.reporter.as_deref(), Some("mx.example.net"));
    assert!(bounce.returned.is_some_and(|returned| !returned.header_only));
}

#[test]
fn sendmail() {
    assert_told(
        &report(
            "The original message was received at Sat, 21 Nov 2026 10:00:00 +0900\nfrom client.example.jp [192.0.2.5]\n\n   ----- The following addresses had permanent fatal errors -----\n<hanako@example.com>\n    (reason: 553 sorry, that domain isn't in my list of allowed rcpthosts)\n\n   ----- Transcript of session follows -----\n... while talking to mail.example.com.:\n>>> DATA\n<<< 553 sorry, that domain isn't in my list of allowed rcpthosts\n550 5.1.1 <hanako@example.com>... User unknown\n",
            "Reporting-MTA: dns; mx.example.jp\nReceived-From-MTA: DNS; client.example.jp\nArrival-Date: Sat, 21 Nov 2026 10:00:00 +0900\n\nFinal-Recipient: RFC822; hanako@example.com\nAction: failed\nStatus: 5.1.1\nRemote-MTA: DNS; mail.example.com\nDiagnostic-Code: SMTP; 550 5.1.1 <hanako@example.com>... User unknown\nLast-Attempt-Date: Sat, 21 Nov 2026 10:00:01 +0900\n",
        ),
        &["hanako@example.com Final mail.example.com - 550 5.1.1 Some(NoSuchUser)"],
    );
}

#[test]
fn exchange_online() {
    let status = "Reporting-MTA: dns;TYCPR01MB0001.jpnprd01.prod.outlook.com\nReceived-From-MTA: dns;TYCPR01MB0002.jpnprd01.prod.outlook.com\nArrival-Date: Sat, 21 Nov 2026 01:00:00 +0000\n\nFinal-Recipient: rfc822;hanako@example.com\nAction: failed\nStatus: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient hanako@example.com not found by SMTP address lookup\n";
    let expected = ["hanako@example.com Final - - 550 5.1.10 Some(NoSuchUser)"];
    let english = "Delivery has failed to these recipients or groups:\n\nhanako@example.com<mailto:hanako@example.com>\nThe email address you entered couldn't be found.\n";
    let japanese = "次の受信者またはグループへの配信に失敗しました:\n\nhanako@example.com<mailto:hanako@example.com>\n入力したメール アドレスが見つかりませんでした。\n\n管理者用の診断情報:\n\n生成サーバー: TYCPR01MB0001.jpnprd01.prod.outlook.com\n";
    for words in [english, japanese] {
        assert_eq!(assert_told(&report(words, status), &expected).writer, Some("Exchange"));
    }
    let bulk = "Reporting-MTA: dns;mx.example.jp\n\nFinal-Recipient: rfc822;hanako@outlook.com\nAction: failed\nStatus: 5.7.515\nRemote-MTA: dns;outlook-com.olc.protection.outlook.com\nDiagnostic-Code: smtp;550 5.7.515 Access denied, sending domain EXAMPLE.JP doesn't meet the required authentication level.\n";
    assert_told(
        &report(english, bulk),
        &["hanako@outlook.com Final outlook-com.olc.protection.outlook.com outlook 550 5.7.515 Some(BulkSenderRules)"],
    );
}

#[test]
fn gmail() {
    assert_told(
        &report(
            "** Message blocked **\n\nYour message to hanako@example.com has been blocked.\n\nThe response was:\n\n550 5.7.1 Message blocked\n",
            "Reporting-MTA: dns; googlemail.com\nArrival-Date: Sat, 21 Nov 2026 01:00:00 -0800 (PST)\nX-Original-Message-ID: <1@example.jp>\n\nFinal-Recipient: rfc822; hanako@example.com\nAction: failed\nStatus: 5.7.1\nRemote-MTA: dns; mail.example.com. (192.0.2.25, the server for the domain example.com.)\nDiagnostic-Code: smtp; 550 5.7.1 Message blocked\nLast-Attempt-Date: Sat, 21 Nov 2026 01:00:01 -0800 (PST)\n",
        ),
        &["hanako@example.com Final mail.example.com - 550 5.7.1 Some(PolicyRefused)"],
    );
    let old = mailed(
        "Subject: Delivery Status Notification (Failure)\nX-Failed-Recipients: hanako@example.com\n",
        "Delivery to the following recipient failed permanently:\n\n     hanako@example.com\n\nTechnical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected by the server for the recipient domain example.com by mail.example.com. [192.0.2.25].\n\nThe error that the other server returned was:\n550 5.1.1 <hanako@example.com>... User Unknown\n\n----- Original message -----\n\nFrom: taro@example.jp\nSubject: Hello\n\nHi\n",
    );
    assert_told(&old, &["hanako@example.com Final mail.example.com - 550 5.1.1 Some(NoSuchUser)"]);
}

#[test]
fn yahoo_and_icloud_as_receivers() {
    let status = |host: &str, text: &str, status: &str, action: &str| {
        report(
            "This is the mail system at host mx.example.jp.\n",
            &format!(
                "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; hanako@example.com\nAction: {action}\nStatus: {status}\nRemote-MTA: dns; {host}\nDiagnostic-Code: smtp; {text}\n"
            ),
        )
    };
    for (message, expected) in [
        (
            status(
                "mta5.am0.yahoodns.net",
                "421 4.7.0 [TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected volume or user complaints",
                "4.7.0",
                "delayed",
            ),
            "hanako@example.com Temporary mta5.am0.yahoodns.net yahoo 421 4.7.0 Some(RateLimited)",
        ),
        (
            status("mta5.am0.yahoodns.net", "554 5.7.9 Message not accepted for policy reasons.", "5.7.9", "failed"),
            "hanako@example.com Final mta5.am0.yahoodns.net yahoo 554 5.7.9 Some(PolicyRefused)",
        ),
        (
            status("mx01.mail.icloud.com", "554 5.7.1 [HME1] message rejected due to local policy", "5.7.1", "failed"),
            "hanako@example.com Final mx01.mail.icloud.com icloud 554 5.7.1 Some(Unauthenticated)",
        ),
        (
            status(
                "mx01.mail.icloud.com",
                "550 5.7.1 Your message was rejected due to example.jp's DMARC policy.",
                "5.7.1",
                "failed",
            ),
            "hanako@example.com Final mx01.mail.icloud.com icloud 550 5.7.1 Some(DmarcPolicy)",
        ),
        (
            status("mx01.mail.icloud.com", "599 9.9.9 something new", "5.9.9", "failed"),
            "hanako@example.com Final mx01.mail.icloud.com icloud - 5.9.9 None",
        ),
    ] {
        assert_told(&message, &[expected]);
    }
}

#[test]
fn yahoo_in_words() {
    assert_told(
        &mailed(
            "Subject: Failure Notice\n",
            "Sorry, we were unable to deliver your message to the following address.\n\n<hanako@example.com>:\nRemote host said: 550 5.1.1 <hanako@example.com>... User unknown [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\nFrom: taro@example.jp\nSubject: Hello\n\nHi\n",
        ),
        &["hanako@example.com Final - - 550 5.1.1 Some(NoSuchUser)"],
    );
}

/// A message in ISO-2022-JP, as Japanese mailers write.
fn in_jis(fields: &str, body: &str) -> Message {
    let mut bytes = format!("Return-Path: <>\nFrom: Mail Administrator <postmaster@mx.example.jp>\nTo: taro@example.jp\nContent-Type: text/plain; charset=ISO-2022-JP\n{fields}\n").into_bytes();
    bytes.extend_from_slice(&encoding_rs::ISO_2022_JP.encode(body).0);
    Message::read(bytes)
}

#[test]
fn japanese_carriers() {
    // docomo answers alike for an address that does not exist and for a filter; behind DATA it is the filter.
    let docomo = |phase: &str| {
        report(
            &format!(
                "This is the mail system at host mx.example.jp.\n\n<hanako@docomo.ne.jp>: host mfsmax.docomo.ne.jp[192.0.2.25] said: 550\n    Unknown user hanako@docomo.ne.jp (in reply to {phase} command)\n"
            ),
            "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; hanako@docomo.ne.jp\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; mfsmax.docomo.ne.jp\nDiagnostic-Code: smtp; 550 Unknown user hanako@docomo.ne.jp\n",
        )
    };
    assert_told(
        &docomo("end of DATA"),
        &["hanako@docomo.ne.jp Final mfsmax.docomo.ne.jp docomo 550 5.0.0 Some(RecipientFilter)"],
    );
    assert_told(
        &docomo("RCPT TO"),
        &["hanako@docomo.ne.jp Final mfsmax.docomo.ne.jp docomo 550 5.0.0 Some(NoSuchUserOrFiltered)"],
    );

    let softbank = in_jis(
        "Subject: Mail System Error - Returned Mail\n",
        "次のあて先へのメッセージはエラーのため送信できませんでした。\n\n宛先: hanako@softbank.ne.jp\n\n550 Invalid recipient: <hanako@softbank.ne.jp>\n",
    );
    assert_told(&softbank, &["hanako@softbank.ne.jp Final - softbank 550 - Some(NoSuchUser)"]);

    let au = in_jis(
        "Subject: Mail System Error - Returned Mail\n",
        "The user(s) account is disabled.\n\n<hanako@ezweb.ne.jp>: 550 user unknown (in reply to RCPT TO command)\n",
    );
    assert_told(&au, &["hanako@ezweb.ne.jp Final - au 550 - Some(NoSuchUserOrFiltered)"]);

    let docomo_words = in_jis(
        "Subject: Undelivered Mail Returned to Sender\n",
        "メールを配信できませんでした。\n\n<hanako@docomo.ne.jp>:\n552 Too much mail data\n",
    );
    assert_told(&docomo_words, &["hanako@docomo.ne.jp Final - docomo 552 - Some(MailboxFull)"]);
}

#[test]
fn delays_and_successes() {
    let delayed = mailed(
        "Subject: Warning: message 1x delayed 24 hours\n",
        "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.example.net.\n\nThe address to which the message has not yet been delivered is:\n\n  hanako@example.com\n    host mail.example.com [192.0.2.25]\n    SMTP error from remote mail server after RCPT TO:<hanako@example.com>:\n    451 4.7.1 Greylisted, please try again\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.\n",
    );
    assert_told(&delayed, &["hanako@example.com Temporary mail.example.com - 451 4.7.1 Some(Greylisted)"]);
    let success = report(
        "This is the mail system at host mx.example.jp.\n\nYour message was successfully delivered to the destination(s) listed below.\n",
        "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; hanako@example.com\nAction: relayed\nStatus: 2.0.0\nRemote-MTA: dns; mail.example.com\nDiagnostic-Code: smtp; 250 2.0.0 Ok\n\nFinal-Recipient: rfc822; jiro@example.com\nAction: delivered\nStatus: 2.0.0\n",
    );
    let bounce = assert_told(
        &success,
        &[
            "hanako@example.com Delivered mail.example.com - - 2.0.0 None",
            "jiro@example.com Delivered - - - 2.0.0 None",
        ],
    );
    assert_eq!(bounce.undelivered().count(), 0);
}

#[test]
fn a_broken_status_is_read_as_far_as_it_goes() {
    let bounce = assert_told(
        &report(
            "Sorry.\n",
            "Reporting-MTA: dns; mx.example.jp\nX-Strange: 1\nFinal-Recipient: rfc822; <a@example.com>\nAction: failed\nStatus: five\nDiagnostic-Code: smtp; 550 5.1.1 no\nFinal-Recipient: b@example.com\nAction: exploded\nStatus: 5.2.2 (full)\nthis is no field\n",
        ),
        &["a@example.com Final - - 550 5.1.1 Some(NoSuchUser)", "b@example.com Final - - - 5.2.2 Some(MailboxFull)"],
    );
    for deviation in
        [Deviation::NoBlankLine, Deviation::UnreadableLine, Deviation::UnknownAction, Deviation::UnreadableStatus]
    {
        assert!(bounce.deviations.contains(&deviation), "{deviation:?} in {:?}", bounce.deviations);
    }
}

#[test]
fn spans_point_at_the_reply() {
    let message = report(
        "",
        "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no\n",
    );
    let bounce = read_bounce(&message);
    let said = bounce.recipients.first().map(|recipient| message.source.slice(recipient.span));
    assert_eq!(said.map(String::from_utf8_lossy).as_deref(), Some("Diagnostic-Code: smtp; 550 5.1.1 no"));
}

#[test]
fn other_notices_have_their_own_names() {
    let multipart = |kind: &str, part: &str| {
        let text = format!(
            "From: hanako@example.com\nTo: taro@example.jp\nSubject: x\nContent-Type: multipart/report; report-type={kind}; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b\n{part}\n--b--\n"
        );
        Message::read(text.into_bytes())
    };
    let reply = Message::read(b"Return-Path: <>\nFrom: hanako@example.com\nAuto-Submitted: auto-replied\nSubject: Away\n\nI am away. Write to jiro@example.com; 550 5.1.1 is no reply.\n".to_vec());
    for (message, kind, word) in [
        (
            multipart(
                "disposition-notification",
                "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; hanako@example.com\nDisposition: manual-action/MDN-sent-manually; displayed\n",
            ),
            NoticeKind::ReadReceipt,
            Some("manual-action/MDN-sent-manually; displayed"),
        ),
        (
            multipart("feedback-report", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"),
            NoticeKind::FeedbackReport,
            Some("abuse"),
        ),
        (multipart("tlsrpt", "Content-Type: application/tlsrpt+json\n\n{}\n"), NoticeKind::TlsReport, None),
        (reply, NoticeKind::AutoReply, None),
    ] {
        let (bounce, notice) = read(&message, false);
        assert_eq!(bounce, None, "{kind:?}");
        let notice = notice.expect("it is a notice");
        assert_eq!((notice.kind, notice.word.as_deref()), (kind, word));
    }
}

/// What became of the recipient of a report in words.
fn outcome_in(subject: &str, body: &str) -> Option<Outcome> {
    let (bounce, _) = read(&mailed(&format!("Subject: {subject}\n"), body), false);
    bounce?.recipients.first().map(|recipient| recipient.outcome)
}

#[test]
fn the_words_of_the_reporter_decide_whether_it_still_tries() {
    let qmail =
        "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message.\n";
    let exim = "This message was created automatically by mail delivery software.\n\n";
    for (body, expected) in [
        (
            format!(
                "{qmail}I've given up; I'm not going to try again.\n\n<a@example.com>:\nRemote host said: 451 4.7.1 your mail is delayed\n"
            ),
            Outcome::Final,
        ),
        (
            format!("{qmail}\n<a@example.com>:\nRemote host said: 550 5.7.1 mail to a is delayed for good\n"),
            Outcome::Final,
        ),
        (
            format!(
                "{exim}Your message has been delayed for five days and will be deleted from the queue.\n\n  a@example.com\n    451 4.7.1 wait\n"
            ),
            Outcome::Final,
        ),
        (
            format!(
                "{exim}Your message has been delayed. If it cannot be delivered within five days, it will be deleted from the queue.\n\n  a@example.com\n    451 4.7.1 wait\n"
            ),
            Outcome::Temporary,
        ),
        (
            "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to a@example.com. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n\nThe response was:\n451 4.4.1 timed out\n".to_owned(),
            Outcome::Temporary,
        ),
        (
            format!("{exim}Your message is delayed.\n\n  a@example.com\n    451 4.7.1 permanent error of the filter\n"),
            Outcome::Temporary,
        ),
    ] {
        assert_eq!(outcome_in("Mail", &body), Some(expected), "{body}");
    }
}

#[test]
fn letters_with_words_of_failure_are_no_reports() {
    for text in [
        "Return-Path: <>\nFrom: hanako@example.com\nAuto-Submitted: auto-replied\nSubject: Away\n\nYour mail was not delivered to me. Ask jiro@example.com: 550 5.1.1\n",
        "Return-Path: <>\nFrom: postmaster@example.com\nAuto-Submitted: auto-replied\nSubject: Away\n\nYour mail was not delivered to me. Ask\njiro@example.com\n550 5.1.1 no\n",
        "Return-Path: <news@example.com>\nFrom: postmaster@example.com\nSubject: News\n\nWhy mail is undeliverable: 550 5.1.1. Ask help@example.com.\n",
        "Return-Path: <>\nFrom: MAILER-DAEMON@example.com\nSubject: Quota\n\nThe mailbox of jiro@example.com is almost full.\n",
        "Return-Path: <>\nFrom: parcels@example.com\nSubject: Your parcel could not be delivered\n\nWrite to help@example.com, code 550 5.1.1.\n",
        "Return-Path: <>\nFrom: postmaster@example.com\nSubject: Your parcel could not be delivered\n\nWrite to help@example.com.\n",
        "Return-Path: <jiro@example.com>\nFrom: jiro@example.com\nSubject: See this\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nI got this.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n--b--\n",
    ] {
        assert_eq!(read(&Message::read(text.as_bytes().to_vec()), false).0, None, "{text}");
    }
}

#[test]
fn the_host_is_the_one_that_refused() {
    // The host of the words comes before the one in brackets, which may be the sender's own.
    assert_told(
        &report(
            "Delivery has failed to these recipients or groups:\n\nhanako@example.com\nmx1.example.com gave this error:\n550 5.7.1 no\n",
            "Reporting-MTA: dns;TY1.prod.outlook.com\n\nFinal-Recipient: rfc822;hanako@example.com\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp;550 5.7.1 no [TY2.prod.outlook.com 2026-11-20]\n",
        ),
        &["hanako@example.com Final mx1.example.com microsoft-365 550 5.7.1 Some(PolicyRefused)"],
    );
    // The reporter names itself in its words.
    assert_told(
        &report(
            "The relay mx.example.jp could not pass it on.\n",
            "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; hanako@docomo.ne.jp\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 Unknown user hanako@docomo.ne.jp\n",
        ),
        &["hanako@docomo.ne.jp Final - docomo 550 5.0.0 Some(NoSuchUserOrFiltered)"],
    );
}

#[test]
fn people_write_about_failures_too() {
    for text in [
        "From: taro@example.jp\nTo: help@example.net\nSubject: failure notice\n\nHello, I got this:\n\nHi. This is the qmail-send program at mx.example.net.\n<hanako@example.com>:\n550 5.1.1 no\n",
        "From: postmaster@example.jp\nTo: taro@example.jp\nSubject: Maintenance\n\nOn Saturday the server is replaced. Questions to help@example.jp.\n",
    ] {
        assert_eq!(read(&Message::read(text.as_bytes().to_vec()), false).0, None, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_breaks_the_reader(words in "[ -~\\n<>@:.あ-ん]{0,400}", status in "(Final-Recipient|Action|Status|Diagnostic-Code|Remote-MTA|X)?[ -~\\n;:<>@]{0,300}", cut in 0_usize..900) {
        let message = report(&words, &status);
        let bytes = message.source.bytes();
        let part = bytes.get(..cut.min(bytes.len())).unwrap_or_default().to_vec();
        let _ = read(&Message::read(part), false);
        let _ = read(&message, false);
        let _ = read(&mailed("Subject: failure notice\n", &words), false);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let mut message = b"Return-Path: <>\nFrom: MAILER-DAEMON@example.jp\nContent-Type: message/delivery-status\n\n".to_vec();
        message.extend_from_slice(&bytes);
        let _ = read(&Message::read(message), false);
    }
}

/// A message of a program that is no daemon by its fields: its own opening words are its frame.
fn of_gateway(from: &str, path: &str, body: &str) -> Message {
    let text = format!(
        "Return-Path: {path}\nFrom: {from}\nTo: taro@example.jp\nSubject: failure notice\nContent-Type: text/plain; charset=UTF-8\n\n{body}"
    );
    Message::read(text.into_bytes())
}

#[test]
fn gateways_write_under_their_own_names() {
    let filter = "このメールは「m-FILTER」が自動的に生成して送信しています。\nメールサーバーとの通信中、下記の理由により\nこのメールは送信できませんでした。\n\n以下のメールアドレスへの送信に失敗しました。\nhanako@example.com\n\n-------server message\n550 5.1.1 <hanako@example.com>: Recipient address rejected: User unknown\n\n-------SMTP command\nDATA\n\n-------original message\nFrom: taro@example.jp\nSubject: Hello\n\nHi\n";
    let scan = "****** Message from InterScan Messaging Security Suite ******\n\nSent <<< RCPT TO:<hanako@example.com>\nReceived >>> 550 5.1.1 <hanako@example.com>... user unknown\nUnable to deliver message to <hanako@example.com>.\n";
    let smail = "|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n hanako@example.com ... unknown host\n";
    for (from, path, body, writer, expected) in [
        (
            "postmaster@example.co.jp",
            "<postmaster@example.co.jp>",
            filter,
            "m-FILTER",
            "hanako@example.com Final - - 550 5.1.1 Some(NoSuchUser)",
        ),
        ("<>", "<>", filter, "m-FILTER", "hanako@example.com Final - - 550 5.1.1 Some(NoSuchUser)"),
        (
            "InterScan MSS <postmaster@example.co.jp>",
            "<postmaster@example.co.jp>",
            scan,
            "Trend Micro InterScan",
            "hanako@example.com Final - - 550 5.1.1 Some(NoSuchUser)",
        ),
        (
            "MAILER-DAEMON@example.net",
            "<taro@example.jp>",
            smail,
            "Smail",
            "hanako@example.com Final - - - - Some(NoSuchDomain)",
        ),
    ] {
        let bounce = assert_told(&of_gateway(from, path, body), &[expected]);
        assert_eq!(bounce.writer, Some(writer));
        // The same words in a letter are a letter.
        let letter = of_gateway("jiro@example.jp", "<jiro@example.jp>", body);
        assert_eq!(read(&letter, false).0, None, "{writer}");
    }
}

#[test]
fn a_mailers_name_stands_for_its_address() {
    let body = "Delivery to the following recipients failed permanently:\n\n   * hanako@example.com\n\nSMTP:RCPT host 192.0.2.8: 553 5.3.0 <hanako@example.com>... No such user here\n";
    let from = "Mail Delivery System <Mail.Delivery.System@mx.example.net>";
    assert_told(&of_gateway(from, "<>", body), &["hanako@example.com Final 192.0.2.8 - 553 5.3.0 Some(NoSuchUser)"]);
    let person = of_gateway("Hanako <Mail.Delivery.System@mx.example.net>", "<hanako@example.net>", body);
    assert_eq!(read(&person, false).0, None);
}

#[test]
fn the_reporters_own_host_is_no_refuser() {
    let status = |reporter: &str, text: &str| {
        report(
            "Delivery has failed to these recipients or groups:\n\nhanako@example.com\n",
            &format!(
                "Reporting-MTA: dns;{reporter}\n\nFinal-Recipient: rfc822;hanako@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp;{text}\n"
            ),
        )
    };
    let exchange = "TYCPR01MB0001.jpnprd01.prod.outlook.com";
    for (reporter, text, expected) in [
        // Gmail's words, with Exchange's own name behind them.
        (
            exchange,
            "550-5.7.26 This mail has been blocked because the sender is unauthenticated. - gsmtp [TYCPR01MB0002.jpnprd01.prod.outlook.com 2026-11-20]",
            "hanako@example.com Final - gmail 550 5.7.26 Some(Unauthenticated)",
        ),
        (
            "mx.example.jp",
            "550-5.7.27 SPF [TY1EUR01.eop-EUR01.prod.protection.outlook.com] - gsmtp [TY1EUR01.eop-EUR01.prod.protection.outlook.com 2026]",
            "hanako@example.com Final - gmail 550 5.7.27 Some(SpfFailed)",
        ),
        // Another server of the reporter's.
        (
            exchange,
            "550 5.4.300 Message expired [TYCPR01MB0002.jpnprd01.prod.outlook.com 2026-11-20]",
            "hanako@example.com Final - microsoft-365 550 5.4.300 Some(Expired)",
        ),
        // The entrance of another organization.
        (
            exchange,
            "550 5.4.1 Recipient address rejected: Access denied. [AM1EUR05FT012.eop-EUR05.prod.protection.outlook.com 2026-11-20]",
            "hanako@example.com Final AM1EUR05FT012.eop-EUR05.prod.protection.outlook.com microsoft-365 550 5.4.1 Some(NoSuchUser)",
        ),
    ] {
        assert_told(&status(reporter, text), &[expected]);
    }
}

#[test]
fn providers_in_japan_are_named_and_only_their_codes_decoded() {
    let status = |host: &str, text: &str| {
        report(
            "This is the mail system at host mx.example.jp.\n",
            &format!(
                "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; hanako@example.com\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; {host}\nDiagnostic-Code: smtp; {text}\n"
            ),
        )
    };
    for (host, text, expected) in [
        ("mfsmax.docomo.ne.jp", "552 too much mail data", "docomo 552 5.0.0 Some(MailboxFull)"),
        ("mfsmax.docomo.ne.jp", "503 Bad sequence of commands", "docomo 503 5.0.0 Some(ProtocolError)"),
        ("mfsmax.docomo.ne.jp", "550 something new", "docomo 550 5.0.0 None"),
        ("lsean.ezweb.ne.jp", "550 : User unknown", "au 550 5.0.0 Some(RecipientFilter)"),
        ("lsean.ezweb.ne.jp", "550 <hanako@ezweb.ne.jp>: User unknown", "au 550 5.0.0 Some(NoSuchUserOrFiltered)"),
        ("mx.softbank.ne.jp", "550 Invalid recipient", "softbank 550 5.0.0 Some(NoSuchUser)"),
        ("mx.ymobile.ne.jp", "553 sender domain does not exist", "softbank 553 5.0.0 Some(SenderDomainUnknown)"),
        ("mx.yahoo.co.jp", "550 zonk", "yahoo-japan 550 5.0.0 None"),
        ("mx.rakumail.jp", "550 zonk", "rakuten-mobile 550 5.0.0 None"),
        ("mta-rcv-e03.mail.nifty.com", "550 5.1.1 user unknown", "nifty 550 5.1.1 Some(NoSuchUser)"),
        ("mfgw.ocn.ad.jp", "550 zonk", "ocn 550 5.0.0 None"),
        ("mta-snd-e07.biglobe.ne.jp", "552 5.2.2 full", "biglobe 552 5.2.2 Some(MailboxFull)"),
        ("www1234.sakura.ne.jp", "550 User unknown", "sakura 550 5.0.0 Some(NoSuchUserOrFiltered)"),
        ("mx.example.com", "550 we don't allow this mail", "- 550 5.0.0 Some(DmarcPolicy)"),
    ] {
        assert_told(&status(host, text), &[&format!("hanako@example.com Final {host} {expected}")]);
    }
}
